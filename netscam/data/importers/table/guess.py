"""A first mapping for tables that were never seen, to be edited by a person."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import islice
from pathlib import Path

from netscam.data.importers.table.mapping import Source, TableMapping
from netscam.data.importers.table.rows import grid, suffix
from netscam.data.importers.table.words import COLUMNS, LINKS, RELATION_WORDS, ROLES, TYPE_WORDS
from netscam.schema import load_schema

SAMPLE = 2000
MOST_WORDS = 60
MOST_KEPT = 5000


def guess_tables(files: Iterable[Path]) -> list[TableMapping]:
    """One mapping for each file, from its header and its rows."""
    return [guess_table(path) for path in files]


def guess_table(path: Path) -> TableMapping:
    """Mapping of one table: its layout, then its columns by their names, then its words by their likeness to ours.

    The layout is guessed from 2,000 rows, the words are those of the whole file.
    """
    rows = [row for _, row in islice(_rows(path), SAMPLE + 1)]
    if not rows:
        return TableMapping(file=path.name)
    names = [name.strip() for name in rows[0]]
    body = [row for row in rows[1:] if len(row) == len(names)]
    links = _columns(names, LINKS)
    if {"source", "target"} <= links.keys():
        two_mode = suffix(path) == "dl" and "source_name" in links
        return TableMapping(
            file=path.name,
            layout="links",
            type="person" if two_mode else TableMapping.type,
            target_type="organization" if two_mode else "",
            relation="member_of" if two_mode else TableMapping.relation,
            columns=links,
            types=_words(path, names, (links.get("source_type"), links.get("target_type")), _type_of),
            relations=_words(path, names, (links.get("relation"),), _relation_of),
        )
    if found := _by_roles(path, names, links):
        return found
    if len(names) > 2 and body and all(_is_number(cell) for row in body for cell in row[1:]):
        square = {row[0].strip() for row in body} == set(names[1:])
        return TableMapping(
            file=path.name,
            layout="adjacency" if square else "two-mode",
            type="person",
            target_type="" if square else "organization",
            relation="linked_to" if square else "member_of",
        )
    columns = _columns(names, COLUMNS)
    if not {"id", "name"} & columns.keys() and names:
        columns["name"] = names[0]
    return TableMapping(file=path.name, columns=columns, types=_words(path, names, (columns.get("type"),), _type_of))


def _by_roles(path: Path, names: list[str], links: Mapping[str, str]) -> TableMapping | None:
    """Mapping of a table whose two ends are named by what they are to each other, such as owner and company."""
    known = {_fold(name): name for name in reversed(names)}
    for sources, targets, (relation, source_type, target_type) in ROLES:
        source = next((known[word] for word in sources if word in known), "")
        target = next((known[word] for word in targets if word in known), "")
        if source and target:
            others = {ours: name for ours, name in links.items() if name not in (source, target)}
            return TableMapping(
                file=path.name,
                layout="links",
                type=source_type,
                target_type=target_type,
                relation=relation,
                columns={**others, "source": source, "target": target},
                types=_words(path, names, (others.get("source_type"), others.get("target_type")), _type_of),
                relations=_words(path, names, (others.get("relation"),), _relation_of),
            )
    return None


def _fold(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _columns(names: list[str], wanted: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    known = {_fold(name): name for name in reversed(names)}
    found: dict[str, str] = {}
    for ours, theirs in wanted.items():
        name = next((known[word] for word in theirs if word in known and known[word] not in found.values()), "")
        if name:
            found[ours] = name
    return found


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    return grid(path, TableMapping(), lambda _: None)


def _words(path: Path, names: list[str], columns: Iterable[str | None], ours: Callable[[str], str]) -> dict[str, str]:
    places = [names.index(column) for column in columns if column]
    counts: Counter[str] = Counter()
    for _, row in islice(_rows(path), 1, None) if places else ():
        if len(row) == len(names):
            counts.update(text for place in places if (text := row[place].strip()))
        if len(counts) > MOST_KEPT:
            counts = Counter(dict(counts.most_common(MOST_WORDS)))
    return {word: ours(word) for word, _ in sorted(counts.most_common(MOST_WORDS))}


def _type_of(word: str) -> str:
    return _known(word, "entity_types", TYPE_WORDS, "organization")


def _relation_of(word: str) -> str:
    return _known(word, "relation_types", RELATION_WORDS, "linked_to")


def _known(word: str, vocabulary: str, patterns: Mapping[str, str], default: str) -> str:
    folded = _fold(word)
    if folded in load_schema().vocabularies[vocabulary]:
        return folded
    return next((ours for ours, pattern in patterns.items() if re.search(pattern, folded)), default)


def _is_number(cell: str) -> bool:
    return not cell.strip() or re.fullmatch(r"\s*-?\d*\.?\d+\s*", cell) is not None


def mapping_text(mappings: Iterable[TableMapping], source: Source | None = None) -> str:
    """Mapping file for these mappings; ``load_mapping`` reads it back."""
    lines = ["# Mapping for netscam import table. Check every line; nothing here was stated by the table itself.", ""]
    lines += ["[source]", "# Where the table is from, and its grade: A reliable ... E unreliable, F cannot be judged."]
    lines += [_pair(item.name, str(getattr(source or Source(), item.name))) for item in fields(Source)]
    for mapping in mappings:
        lines += ["", "[[tables]]", "# layout: entities, links, adjacency or two-mode"]
        simple = [item.name for item in fields(TableMapping) if not isinstance(getattr(mapping, item.name), Mapping)]
        lines += [_pair(name, str(getattr(mapping, name))) for name in simple]
        for name in ("columns", "identifiers", "types", "relations", "statuses"):
            pairs: Mapping[str, str] = getattr(mapping, name)
            lines += [f"[tables.{name}]", *(_pair(key, value) for key, value in pairs.items())]
    return "\n".join(lines) + "\n"


def _pair(key: str, value: str) -> str:
    name = key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _quoted(key)
    return f"{name} = {_quoted(value)}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
