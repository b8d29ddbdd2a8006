"""Add what a list prints about entities that are already recorded, without touching a curated row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from netscam.data.dataset import Dataset, join_list, split_list
from netscam.data.resolve.authorities import known_authority, plain_name
from netscam.data.resolve.decisions import Decision, agreed_groups
from netscam.data.resolve.rows import Row, checked_dataset, text_rows
from netscam.errors import DataError, Problem
from netscam.schema import load_schema

TAKEN = ("registered_at", "holds_account", "sanctioned_by", "linked_to")
BROUGHT = ("address", "wallet", "authority")


@dataclass(frozen=True)
class Enriched:
    """The dataset with what was added: matched ids, counts of added rows, and notes for a person."""

    data: Dataset
    matched: Mapping[str, str]
    added: Mapping[str, int]
    shared_addresses: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]


@dataclass
class _Work:
    tables: dict[str, list[Row]]
    ids: dict[str, str]
    claims: dict[tuple[str, str, str], str]
    said: set[tuple[str, str, str, str]]
    costs: dict[str, Row]
    added: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, row: Row) -> None:
        """Take a new row."""
        self.tables[table].append(row)
        self.added[table] = self.added.get(table, 0) + 1


def enrich(
    data: Dataset,
    listed: Dataset,
    decisions: Iterable[Decision] = (),
    *,
    schemes: Sequence[str] = ("ofac",),
    append_identifiers: bool = False,
) -> Enriched:
    """Add the addresses, wallets, listings, links and identifiers that a list prints about recorded entities.

    Parameters
    ----------
    data
        The curated dataset; every row of it stays byte for byte as it is.
    listed
        An imported list, for example by ``netscam import ofac``.
    decisions
        ``same`` joins an entity with a listed one, ``different`` keeps them apart whatever their identifiers say.
    schemes
        Schemes of identifiers in which an equal value means the same entry: the curated row itself names the entry.
    append_identifiers
        Also write listed identifiers behind those in the ``identifiers`` cell of the curated rows. This is the one
        thing that changes curated rows, and it only ever adds.

    Returns
    -------
    Enriched
        New rows only: the document, addresses, wallets and authorities that are not there yet, relations between
        recorded entities or to those, and evidence that names the document. What the curated record already says
        gets the list as further evidence. Listed identifiers are in the note of the evidence of the listing.
        ``shared_addresses`` names street addresses at which two or more recorded entities now meet.

    Raises
    ------
    DataError
        Decisions contradict each other, an entity answers to two listed ones or the other way round without a
        decision that says so, or the result breaks a rule of validation.

    Notes
    -----
    Two recorded entities at one street address are a reason to look, not a tie that anybody stated: the address
    enters the analysis with the probability that its precision has.
    """
    other = {table: text_rows(frame) for table, frame in listed.tables().items()}
    tables = {table: text_rows(frame) for table, frame in data.tables().items()}
    matched = _match(tables["entities"], other["entities"], decisions, schemes)
    work = _Work(tables, dict(matched), _claims(tables["relations"]), _said(tables["evidence"]), _costs(tables))
    brought = _known(tables["entities"], other["entities"])
    work.ids |= {key: there for key, there in brought.items() if key not in work.ids}
    identifiers = {row["id"]: _fresh(row, matched, tables["entities"]) for row in other["entities"]}
    entities = {row["id"]: row for row in other["entities"]}
    evidence: dict[str, list[Row]] = {}
    for row in other["evidence"]:
        evidence.setdefault(row["relation"], []).append(row)
    for relation in other["relations"]:
        if relation["relation"] in TAKEN and set(matched) & {relation["source"], relation["target"]}:
            _take(work, listed.name, relation, entities, evidence.get(relation["id"], ()), identifiers)
    _documents(work, other["documents"], listed.name)
    if append_identifiers:
        _append(work, matched, identifiers)
    made, problems = checked_dataset(data.name, work.tables, _package(data, listed))
    shared = _shared(work.tables, {row["id"] for row in text_rows(data.relations)})
    return Enriched(made, dict(sorted(matched.items())), dict(sorted(work.added.items())), shared, tuple(problems))


def _match(
    own: Sequence[Row], other: Sequence[Row], decisions: Iterable[Decision], schemes: Iterable[str]
) -> dict[str, str]:
    """Listed id to curated id: by decision, else by an identifier in the schemes."""
    decisions = list(decisions)
    groups = agreed_groups(decisions)
    apart = {d.pair for d in decisions if d.decision == "different"}
    own_ids, other_ids = {row["id"] for row in own}, {row["id"] for row in other}
    found = {(key, there) for g in groups for key in g for there in g if key in other_ids and there in own_ids}
    named = {item: row["id"] for row in own for item in _of_schemes(row, schemes)}
    for row in other:
        for item in _of_schemes(row, schemes):
            there = named.get(item)
            if there is not None and tuple(sorted((row["id"], there))) not in apart:
                found.add((row["id"], there))
    problems = []
    for side, what in ((0, "listed"), (1, "recorded")):
        counts: dict[str, list[str]] = {}
        for pair in sorted(found):
            counts.setdefault(pair[side], []).append(pair[1 - side])
        for key, several in counts.items():
            if side == 0 and len(several) > 1:
                message = f"{what} entity {key!r} answers to several: {', '.join(several)}; decide which"
                problems.append(Problem("decisions.csv", 1, "first", "several-matches", message))
    if problems:
        raise DataError(problems)
    return dict(sorted(found))


def _of_schemes(row: Row, schemes: Iterable[str]) -> list[str]:
    return [item for item in split_list(row["identifiers"]) if item.partition(":")[0] in schemes]


def _known(own: Sequence[Row], other: Sequence[Row]) -> dict[str, str]:
    """Listed addresses, wallets and authorities that the record has already: equal identifier, or equal text."""
    identifiers = {item: row["id"] for row in own if row["type"] in BROUGHT for item in split_list(row["identifiers"])}
    texts = {_text(row): row["id"] for row in reversed(own) if row["type"] in BROUGHT}
    authorities = [row for row in own if row["type"] == "authority"]
    found: dict[str, str] = {}
    for row in other:
        if row["type"] not in BROUGHT:
            continue
        same = next((identifiers[i] for i in split_list(row["identifiers"]) if i in identifiers), None)
        same = same or texts.get(_text(row))
        if row["type"] == "authority":
            same = same or known_authority(row, authorities)
        if same:
            found[row["id"]] = same
    return found


def _text(row: Row) -> tuple[str, str, str]:
    return (row["type"], plain_name(row["name"]), row["countries"])


def _costs(tables: Mapping[str, Sequence[Row]]) -> dict[str, Row]:
    """Row of costs for a new entity of each type whose recorded entities all cost the same."""
    types = {row["id"]: row["type"] for row in tables["entities"]}
    rows: dict[str, list[Row]] = {}
    for row in tables.get("costs", ()):
        rows.setdefault(types[row["id"]], []).append(row)
    return {kind: found[0] for kind, found in rows.items() if len({row["cost"] for row in found}) == 1}


def _claims(relations: Iterable[Row]) -> dict[tuple[str, str, str], str]:
    return {_claim(row["source"], row["target"], row["relation"]): row["id"] for row in relations}


def _claim(source: str, target: str, kind: str) -> tuple[str, str, str]:
    ends = (source, target) if load_schema().relation_types[kind].directed else tuple(sorted((source, target)))
    return (ends[0], ends[1], kind)


def _said(evidence: Iterable[Row]) -> set[tuple[str, str, str, str]]:
    return {(row["relation"], row["document"], row["stance"], row["status"]) for row in evidence}


def _fresh(row: Row, matched: Mapping[str, str], own: Sequence[Row]) -> list[str]:
    """Identifiers that a listed entity has and the matched curated row has not."""
    if row["id"] not in matched:
        return []
    there = next(r for r in own if r["id"] == matched[row["id"]])
    return [item for item in split_list(row["identifiers"]) if item not in split_list(there["identifiers"])]


def _take(
    work: _Work, dataset: str, relation: Row, entities: Mapping[str, Row], evidence: Iterable[Row],
    identifiers: Mapping[str, Sequence[str]],
) -> None:  # fmt: skip
    ends = []
    for end in ("source", "target"):
        key = relation[end]
        if key not in work.ids and entities[key]["type"] not in BROUGHT:
            return
        ends.append(work.ids.get(key) or _bring(work, dataset, entities[key]))
    if ends[0] == ends[1]:
        return
    claim = _claim(ends[0], ends[1], relation["relation"])
    kept = work.claims.get(claim)
    if kept is None:
        kept = _new_id("r", dataset, *claim)
        work.claims[claim] = kept
        work.add("relations", relation | {"id": kept, "source": ends[0], "target": ends[1]})
    for row in evidence:
        said = (kept, _document_id(dataset, row["document"]), row["stance"], row["status"])
        if said in work.said:
            continue
        work.said.add(said)
        note = row["note"]
        if relation["relation"] == "sanctioned_by" and identifiers.get(relation["source"]):
            listed = f"Identifiers in the entry: {', '.join(identifiers[relation['source']])}"
            note = f"{note}; {listed}" if note else listed
        work.add("evidence", row | {"id": _new_id("e", *said), "relation": kept, "document": said[1], "note": note})


def _bring(work: _Work, dataset: str, row: Row) -> str:
    key = _new_id(row["type"], dataset, row["id"])
    work.ids[row["id"]] = key
    work.add("entities", row | {"id": key})
    if row["type"] in work.costs:
        work.add("costs", work.costs[row["type"]] | {"id": key})
    return key


def _new_id(kind: str, *parts: str) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
    return f"{kind}_{digest}"


def _document_id(dataset: str, document: str) -> str:
    return f"{dataset}.{document}"[:128]


def _documents(work: _Work, documents: Iterable[Row], dataset: str) -> None:
    used = {row["document"] for row in work.tables["evidence"]}
    there = {row["id"] for row in work.tables["documents"]}
    for row in documents:
        key = _document_id(dataset, row["id"])
        if key in used and key not in there:
            work.add("documents", row | {"id": key})


def _append(work: _Work, matched: Mapping[str, str], identifiers: Mapping[str, Sequence[str]]) -> None:
    fresh: dict[str, list[str]] = {}
    for key, there in matched.items():
        fresh.setdefault(there, []).extend(identifiers[key])
    for row in work.tables["entities"]:
        if row["id"] in fresh:
            row["identifiers"] = join_list(dict.fromkeys([*split_list(row["identifiers"]), *fresh[row["id"]]]))


def _shared(tables: Mapping[str, Sequence[Row]], before: set[str]) -> dict[str, tuple[str, ...]]:
    """Street addresses with two or more entities, at least one of them by a new relation."""
    streets = {r["id"] for r in tables["entities"] if r["coordinate_precision"] in ("street", "exact")}
    at: dict[str, set[str]] = {}
    fresh: set[str] = set()
    for row in tables["relations"]:
        if row["relation"] == "registered_at" and row["target"] in streets:
            at.setdefault(row["target"], set()).add(row["source"])
            fresh |= {row["target"]} if row["id"] not in before else set()
    return {key: tuple(sorted(at[key])) for key in sorted(fresh) if len(at[key]) > 1}


def _package(data: Dataset, listed: Dataset) -> dict[str, Any]:
    own = dict(data.package.get("netscam", {}))
    part = {"name": listed.name, "version": listed.version, "hash": listed.hash(), "as_of": listed.as_of}
    own["enriched_with"] = [*own.get("enriched_with", []), part]
    sources = list(data.package.get("sources", []))
    sources += [item for item in listed.package.get("sources", []) if item not in sources]
    return {**data.package, "netscam": own, **({"sources": sources} if sources else {})}
