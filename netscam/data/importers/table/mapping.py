"""The mapping file of the format ``table``: TOML, one ``[[tables]]`` for each table."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from netscam.errors import WHOLE_FILE, DataError, Problem
from netscam.schema import load_schema

LAYOUTS = ("entities", "links", "adjacency", "two-mode")
ENTITY_COLUMNS = (
    *("id", "name", "type", "aliases", "countries", "status", "latitude", "longitude", "coordinate_precision"),
    *("description", "address"),
)
LINK_COLUMNS = (
    *(
        "source",
        "target",
        "relation",
        "start",
        "end",
        "share",
        "share_min",
        "share_max",
        "description",
        "status",
        "credibility",
        "document",
    ),
    *("source_name", "target_name", "source_type", "target_type"),
)
PLACE = re.compile(r"line (\d+), column (\d+)")


@dataclass(frozen=True)
class Source:
    """The document that stands for the table."""

    title: str = ""
    publisher: str = "(not stated)"
    kind: str = "dataset"
    url: str = ""
    published: str = ""
    reliability: str = "F"
    language: str = "en"


@dataclass(frozen=True)
class TableMapping:
    """How one table is read.

    ``columns`` has our column as key and the table's as value; ``identifiers`` has a scheme as key and a column as
    value; ``types``, ``relations`` and ``statuses`` have the table's word as key and ours as value.
    """

    file: str = "*"
    layout: str = "entities"
    sheet: str = ""
    records: str = ""
    delimiter: str = ""
    encoding: str = ""
    scheme: str = "original"
    type: str = "organization"
    target_type: str = ""
    relation: str = "linked_to"
    status: str = "reported"
    credibility: str = "6"
    columns: Mapping[str, str] = field(default_factory=dict)
    identifiers: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)


def load_mapping(path: Path) -> tuple[Source, list[TableMapping]]:
    """Read and check a mapping file.

    Raises
    ------
    DataError
        It is not TOML, or says something that netscam does not know; every place at once.
    """
    text = _text(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = PLACE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        column = f"character {found[2]}" if found else WHOLE_FILE
        raise DataError([Problem(path.name, line, column, "toml", f"not TOML: {error}")]) from error
    except (RecursionError, ValueError):
        message = "not TOML that can be read: nested too deeply, or a number too long"
        raise DataError([Problem(path.name, 1, WHOLE_FILE, "toml", message)]) from None
    check = _Check(path.name, text)
    check.keys(raw, ("source", "tables"), "")
    source = check.made(Source, raw.get("source", {}), "source")
    check.word(source.kind, "document_kinds", "kind")
    check.word(source.reliability, "reliabilities", "reliability")
    tables = raw.get("tables", [])
    if not isinstance(tables, list) or not tables:
        check.add("tables", "the mapping has no [[tables]]")
        tables = []
    mappings = [check.table(table) for table in tables]
    if check.problems:
        raise DataError(check.problems)
    return source, mappings


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"the mapping cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}"
        raise DataError([Problem(path.name, 1, WHOLE_FILE, "missing-file", message)]) from error


def near(value: str, known: Iterable[str]) -> str:
    """Suggest the known word nearest to a wrong one, or list the known ones when they are few."""
    words = list(known)
    close = difflib.get_close_matches(value[:60].lower(), words, n=1, cutoff=0.7)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; known: {', '.join(words)}" if len(words) <= 15 else ""


class _Check:
    """Collects what is wrong with a mapping, with the line on which the wrong word stands first."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.splitlines()
        self.problems: list[Problem] = []

    def add(self, word: str, message: str) -> None:
        line = next((number for number, text in enumerate(self.lines, 1) if word and word in text), 1)
        self.problems.append(Problem(self.file, line, word or WHOLE_FILE, "mapping", message))

    def keys(self, raw: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        for key in raw:
            if key not in known:
                self.add(key, f"{key!r} is not known{f' in {where}' if where else ''}{near(key, known)}")

    def word(self, value: str, vocabulary: str, name: str) -> None:
        known = load_schema().vocabularies[vocabulary]
        if value not in known:
            self.add(value or name, f"{name}: {value!r} is not known{near(value, known)}")

    def made(self, kind: type[Any], raw: object, where: str) -> Any:
        if not isinstance(raw, dict):
            self.add(where, f"{where} has to be a table of keys and values")
            return kind()
        known = {item.name: item for item in fields(kind)}
        self.keys(raw, tuple(known), where)
        good: dict[str, Any] = {}
        for name, value in raw.items():
            if name not in known:
                continue
            is_map = str(known[name].type).startswith("Mapping")
            if is_map != isinstance(value, dict) or (not is_map and not isinstance(value, (str, int, float))):
                self.add(name, f"{name!r} has to be {'a table of keys and values' if is_map else 'a text'}")
            else:
                good[name] = {str(k): str(v) for k, v in value.items()} if is_map else str(value)
        return kind(**good)

    def table(self, raw: object) -> TableMapping:
        made: TableMapping = self.made(TableMapping, raw, "tables")
        if made.layout not in LAYOUTS:
            self.add(made.layout or "layout", f"layout: {made.layout!r} is not known{near(made.layout, LAYOUTS)}")
        known = LINK_COLUMNS if made.layout == "links" else ENTITY_COLUMNS
        self.keys(made.columns, known, "columns")
        needed = {"links": ("source", "target"), "entities": ("name",)}.get(made.layout, ())
        for name in needed:
            if name not in made.columns and not (name == "name" and "id" in made.columns):
                self.add("columns", f"columns has to name the column for {name!r}")
        for value in (made.type, *([made.target_type] if made.target_type else []), *made.types.values()):
            self.word(value, "entity_types", "type")
        for value in (made.relation, *made.relations.values()):
            self.word(value, "relation_types", "relation")
        for value in (made.status, *made.statuses.values()):
            self.word(value, "statuses", "status")
        self.word(made.credibility, "credibilities", "credibility")
        return made
