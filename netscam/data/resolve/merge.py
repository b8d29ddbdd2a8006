"""Union of datasets by id and by what people have agreed on; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from netscam.data.dataset import Dataset, join_list, split_list
from netscam.data.resolve.authorities import same_authorities
from netscam.data.resolve.decisions import Decision, agreed_groups
from netscam.data.resolve.rows import Row, checked_dataset, text_rows
from netscam.data.withdrawals import without_withdrawn
from netscam.errors import DataError, Problem
from netscam.schema import load_schema

LISTS = ("aliases", "countries", "identifiers")
DATED = ("start", "end", "share")


@dataclass(frozen=True)
class Merged:
    """The union and what happened on the way: ids that became another, and warnings, one for each thing left out."""

    data: Dataset
    ids: Mapping[str, str]
    problems: tuple[Problem, ...]


@dataclass
class _Union:
    """Rows taken so far."""

    ids: Mapping[str, str]
    entities: dict[str, Row] = field(default_factory=dict)
    tables: dict[str, dict[str, Row]] = field(default_factory=dict)
    claims: dict[tuple[str, str, str], str] = field(default_factory=dict)
    evidence: dict[tuple[str, str, str, str], str] = field(default_factory=dict)
    said: dict[tuple[str, str], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def warn(self, table: str, column: str, rule: str, message: str) -> None:
        """Note something that a person should know."""
        self.problems.append(Problem(f"{table}.csv", 1, column, rule, message, "warning"))


def merge(
    datasets: Sequence[Dataset],
    decisions: Iterable[Decision] = (),
    *,
    same_identifier: Iterable[str] = (),
    name: str = "merged",
) -> Merged:
    """Join datasets into one.

    Parameters
    ----------
    datasets
        One or more, the most trusted first: where two disagree about a cell, the first one's stays and a warning says
        what the other has.
    decisions
        What people decided; only ``same`` joins. To undo one, delete its row and merge again.
    same_identifier
        Schemes, such as ``ofac``, in which an equal identifier is agreed to mean one entity.
    name
        Name of the new dataset.

    Returns
    -------
    Merged
        A joined entity keeps the id that it has in the first dataset that has one of its ids (the smallest there);
        names become aliases, lists are united, empty cells are filled. Relations of one kind between the same two
        entities become one with all the evidence; start, end and share stay together as one record states them, and
        what another record states goes to the note of its evidence. A relation that would join an entity to itself is
        left out with a warning. Rows of other tables whose ids collide get the name of their dataset in front.
        An entity that any of the datasets withdraws (``withdrawals``) is left out of all of them.
        Official bodies of one name or short form, such as OFAC, become one with a warning that says so, unless a
        decision says ``different``.

    Raises
    ------
    DataError
        Decisions contradict each other, join a person with something else, or the union breaks a rule of validation.
    """
    decisions = list(decisions)
    datasets = without_withdrawn(datasets)
    rows = [{table: text_rows(frame) for table, frame in data.tables().items()} for data in datasets]
    agreed = [d for d in decisions if d.decision != "unsure"] + _by_identifier(rows, same_identifier)
    bodies = _bodies(rows, decisions)
    union = _Union(_canonical(rows, agreed_groups([*agreed, *bodies])))
    for body in bodies:
        union.warn("entities", "id", "same-authority", f"{body.first!r} and {body.second!r} taken as one: {body.why}")
    known = {row["id"] for tables in rows for row in tables["entities"]}
    for decision in decisions:
        for unknown in sorted({decision.first, decision.second} - known):
            message = f"{unknown!r} is in none of the datasets; not applied"
            place = ("decisions.csv", max(1, decision.line), "first" if unknown == decision.first else "second")
            union.problems.append(Problem(*place, "unknown-id", message, "warning"))
    for data, tables in zip(datasets, rows, strict=True):
        _take(union, data.name, tables)
    if union.problems and (wrong := [p for p in union.problems if p.level == "error"]):
        raise DataError(wrong)
    tables_out = {"entities": list(union.entities.values())} | {t: list(r.values()) for t, r in union.tables.items()}
    merged, problems = checked_dataset(name, tables_out, _package(datasets, name))
    ids = {old: new for old, new in sorted(union.ids.items()) if old != new and old in known}
    return Merged(merged, ids, tuple([*sorted(union.problems), *problems]))


def _by_identifier(rows: Sequence[Mapping[str, Sequence[Row]]], schemes: Iterable[str]) -> list[Decision]:
    schemes = set(schemes)
    holders: dict[str, list[str]] = {}
    for tables in rows:
        for row in tables["entities"]:
            for identifier in split_list(row["identifiers"]):
                if identifier.partition(":")[0] in schemes:
                    holders.setdefault(identifier, []).append(row["id"])
    pairs = {
        (min(ids[0], other), max(ids[0], other), identifier)
        for identifier, ids in holders.items()
        for other in ids[1:]
        if other != ids[0]
    }
    return [Decision(a, b, "same", "identifier", "", identifier) for a, b, identifier in sorted(pairs)]


def _bodies(rows: Sequence[Mapping[str, Sequence[Row]]], decisions: Sequence[Decision]) -> list[Decision]:
    """Official bodies that two datasets both have, where nobody has decided about the pair."""
    decided = {decision.pair for decision in decisions}
    pairs = [(min(pair), max(pair)) for pair in same_authorities(rows)]
    why = "one name or short form of an official body"
    return [Decision(a, b, "same", "name", "", why) for a, b in pairs if (a, b) not in decided]


def _canonical(rows: Sequence[Mapping[str, Sequence[Row]]], groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Id that each joined id becomes: the smallest in the first dataset that has any."""
    place: dict[str, int] = {}
    for number, tables in enumerate(rows):
        for row in tables["entities"]:
            place.setdefault(row["id"], number)
    found = {}
    for group in groups:
        present = sorted((place[key], key) for key in group if key in place)
        found.update({key: present[0][1] for _, key in present})
    return found


def _take(union: _Union, dataset: str, tables: Mapping[str, Sequence[Row]]) -> None:
    order = sorted(tables["entities"], key=lambda row: union.ids.get(row["id"], row["id"]) != row["id"])
    for row in order:
        _take_entity(union, row)
    documents = {row["id"]: _add(union, "documents", dataset, row) for row in tables["documents"]}
    relations = {row["id"]: _take_relation(union, dataset, row) for row in tables["relations"]}
    for row in tables["evidence"]:
        _take_evidence(union, dataset, row | {"document": documents[row["document"]]}, relations[row["relation"]])
    for row in tables["events"]:
        entities = join_list(dict.fromkeys(union.ids.get(key, key) for key in split_list(row["entities"])))
        place = union.ids.get(row["place"], row["place"])
        document = documents.get(row["document"], row["document"])
        _add(union, "events", dataset, row | {"entities": entities, "place": place, "document": document})
    for row in tables["corrections"]:
        _add(union, "corrections", dataset, row | {"document": documents.get(row["document"], row["document"])})
    for row in tables.get("costs", ()):
        key = union.ids.get(row["id"], row["id"])
        union.tables.setdefault("costs", {}).setdefault(key, row | {"id": key})


def _take_entity(union: _Union, row: Row) -> None:
    key = union.ids.get(row["id"], row["id"])
    kept = union.entities.get(key)
    if kept is None:
        union.entities[key] = row | {"id": key}
        return
    if kept == row:
        return
    if key == row["id"] and not _names(kept) & _names(row):
        said = (
            f"{key!r} is {kept['name']!r} in one dataset and {row['name']!r} in another; taken as one, since ids decide"
        )
        union.warn("entities", "id", "same-id", said)
    kinds = load_schema().entity_types
    if kinds[kept["type"]].natural_person != kinds[row["type"]].natural_person:
        message = f"{row['id']!r} ({row['type']}) and {key!r} ({kept['type']}) cannot be one: only one is a person"
        union.problems.append(Problem("entities.csv", 1, "type", "different-kinds", message))
    aliases = [kept["aliases"], "" if row["name"] == kept["name"] else row["name"].replace(";", ","), row["aliases"]]
    union.entities[key] = {
        **{column: _chosen(union, key, column, kept[column], row[column]) for column in kept},
        "id": key,
        "aliases": _joined(aliases, without=kept["name"]),
        **{column: _joined([kept[column], row[column]]) for column in LISTS[1:]},
        "name": kept["name"],
    }


def _names(row: Row) -> set[str]:
    return {name.casefold() for name in (row["name"], *split_list(row["aliases"]))}


def _chosen(union: _Union, key: str, column: str, kept: str, other: str) -> str:
    if kept and other and kept != other and column not in (*LISTS, "id", "name"):
        union.warn("entities", column, "differs", f"{key!r} keeps {kept!r}; the other record has {other!r}")
    return kept or other


def _joined(cells: Iterable[str], without: str = "") -> str:
    return join_list(dict.fromkeys(item for cell in cells for item in split_list(cell) if item != without))


def _add(union: _Union, table: str, dataset: str, row: Row) -> str:
    """Take a row under its id, or under a longer one where the id stands for something else."""
    rows = union.tables.setdefault(table, {})
    key = row["id"]
    number = 0
    while key in rows and rows[key] != row | {"id": key}:
        number += 1
        key = f"{dataset}-{row['id']}" + (f"-{number}" if number > 1 else "")
    rows[key] = row | {"id": key}
    return key


def _take_relation(union: _Union, dataset: str, row: Row) -> str:
    """Id under which a relation is kept; empty when it falls away."""
    ends = tuple(union.ids.get(row[end], row[end]) for end in ("source", "target"))
    if ends[0] == ends[1]:
        said = (
            f"relation {row['id']!r} ({row['source']} {row['relation']} {row['target']}) now joins one entity; left out"
        )
        union.warn("relations", "target", "self-relation", said)
        return ""
    directed = load_schema().relation_types[row["relation"]].directed
    claim = (*(ends if directed else tuple(sorted(ends))), row["relation"])
    kept = union.claims.get((claim[0], claim[1], claim[2]))
    if kept is None:
        kept = _add(union, "relations", dataset, row | {"source": ends[0], "target": ends[1]})
        union.claims[claim[0], claim[1], claim[2]] = kept
        return kept
    own = union.tables["relations"][kept]
    if any(row[column] for column in DATED) and not any(own[column] for column in DATED):
        own |= {column: row[column] for column in DATED}
    elif any(row[column] and own[column] != row[column] for column in DATED):
        _choose_span(union, dataset, row, own)
    if row["description"] and own["description"] not in ("", row["description"]):
        before = union.said.get((dataset, row["id"]), "")
        union.said[dataset, row["id"]] = f"{before}; {row['description']}" if before else row["description"]
    own["description"] = own["description"] or row["description"]
    return kept


def _choose_span(union: _Union, dataset: str, row: Row, own: Row) -> None:
    """Keep start, end and share of the first record; of a later one that has not ended where it begins after that."""
    later = bool(own["end"]) and not row["end"] and row["start"] > own["end"]
    theirs, ours = (", ".join(f"{column} {each[column]}" for column in DATED if each[column]) for each in (row, own))
    taken, rest = (theirs, ours) if later else (ours, theirs)
    why = "the record it joins" if later else f"relation {row['id']!r} of {dataset}"
    message = f"{own['id']!r} keeps {taken}; {why} has {rest}, which its evidence notes"
    union.warn("relations", next(column for column in DATED if row[column]), "differs", message)
    if not later:
        union.said[dataset, row["id"]] = f"Relation as {dataset} has it: {theirs}"
        return
    note = f"Relation as an earlier record has it: {ours}"
    own |= {column: row[column] for column in DATED}
    before = [each for each in union.tables.get("evidence", {}).values() if each["relation"] == own["id"]]
    for each in before:
        each["note"] = f"{each['note']}; {note}" if each["note"] else note
    if not before:
        union.said[dataset, own["id"]] = note


def _take_evidence(union: _Union, dataset: str, row: Row, relation: str) -> None:
    if not relation:
        return
    if said := union.said.get((dataset, row["relation"]), ""):
        row = row | {"note": f"{row['note']}; {said}" if row["note"] and said not in row["note"] else said}
    key = (relation, row["document"], row["stance"], row["status"])
    if key in union.evidence:
        kept = union.tables["evidence"][union.evidence[key]]
        for column in ("locator", "note"):
            if row[column] and row[column] not in kept[column]:
                kept[column] = f"{kept[column]}, {row[column]}".removeprefix(", ")
        kept["credibility"] = min(kept["credibility"], row["credibility"])
        return
    union.evidence[key] = _add(union, "evidence", dataset, row | {"relation": relation})


def _package(datasets: Sequence[Dataset], name: str) -> dict[str, Any]:
    """Descriptor of the union: its parts with version and hash, and every licence, source and contributor once."""
    parts = [{"name": d.name, "version": d.version, "hash": d.hash(), "as_of": d.as_of} for d in datasets]
    package: dict[str, Any] = {
        "title": " + ".join(data.title for data in datasets),
        "description": f"Joined by netscam merge from {', '.join(data.name for data in datasets)}.",
        "version": "+".join(data.version for data in datasets),
    }
    for key in ("licenses", "sources", "contributors"):
        found: list[Any] = []
        for data in datasets:
            found += [item for item in data.package.get(key, []) if item not in found]
        if found:
            package[key] = found
    dates = [data.as_of for data in datasets if data.as_of != "unknown"]
    own: dict[str, Any] = {"merged_from": parts, "synthetic": any(data.synthetic for data in datasets)}
    return package | {"netscam": own | ({"as_of": max(dates)} if dates else {})}
