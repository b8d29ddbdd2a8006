"""Rules about relations and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from netscam.data.rules.base import Finding, rule, show
from netscam.data.rules.keys import combined, line, repeats
from netscam.data.rules.tables import Column, Tables
from netscam.schema import load_schema


@rule("end-type", "table")
def end_type(tables: Tables) -> Iterator[Finding]:
    """Each end of a relation has a type that this kind of relation allows there; the codebook lists them."""
    if not (tables.has("relations", "source", "target", "relation") and tables.has("entities", "id", "type")):
        return
    schema = load_schema()
    kinds = list(schema.entity_types)
    types, relation = tables.column("entities", "type"), tables.column("relations", "relation")
    words = relation.values.to_pylist()
    kind_of = np.array([kinds.index(v) if v in kinds else -1 for v in types.values.to_pylist()], np.int64)
    ids = tables.column("entities", "id")
    first_kind = np.full(len(ids.values), -1)
    first_kind[ids.codes[::-1]] = kind_of[types.codes[::-1]]
    first_kind[~ids.filled] = -1
    for end in ("source", "target"):
        allowed = np.ones((len(words), len(kinds) + 1), bool)
        for row, word in enumerate(words):
            if word in schema.relation_types:
                ends = getattr(schema.relation_types[word], end)
                allowed[row, :-1] = [kind in ends for kind in kinds]
        pointed = tables.pointed("relations", end, "entities")
        kind = np.append(first_kind, -1)[pointed][tables.column("relations", end).codes]
        rows = np.flatnonzero(~allowed[relation.codes, kind])
        yield _end(rows, end, [kinds[k] for k in kind[rows]], relation)


def _end(rows: NDArray[np.int64], end: str, kinds: list[str], relation: Column) -> Finding:
    schema = load_schema()

    def say(k: int) -> str:
        word = relation.value(rows[k])
        allowed = ", ".join(getattr(schema.relation_types[word], end))
        return f"{_article(kinds[k])} cannot be the {end} of {word!r}; allowed: {allowed}"

    return Finding(rows, end, say, "relations")


def _article(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


@rule("self-relation", "table")
def self_relation(tables: Tables) -> Iterator[Finding]:
    """A relation joins two different entities."""
    if tables.has("relations", "source", "target"):
        source, target = tables.column("relations", "source"), _recoded(tables, "target", "source")
        rows = np.flatnonzero((source.codes == target) & source.filled[source.codes])
        yield Finding(rows, "target", lambda k: f"{show(source.value(rows[k]))} is both ends", "relations")


@rule("duplicate-relation", "table")
def duplicate_relation(tables: Tables) -> Iterator[Finding]:
    """Two entities are joined by one relation of a kind; more documents for it are more rows of evidence.

    For kinds without direction the two ends may not be written the other way round either.
    """
    if not tables.has("relations", "source", "target", "relation"):
        return
    source, relation = tables.column("relations", "source"), tables.column("relations", "relation")
    target = _recoded(tables, "target", "source")
    types = load_schema().relation_types
    words = relation.values.to_pylist()
    symmetric = np.array([word in types and not types[word].directed for word in words], bool)[relation.codes]
    a = np.where(symmetric, np.minimum(source.codes, target), source.codes)
    b = np.where(symmetric, np.maximum(source.codes, target), target)
    size = int(max(a.max(initial=0), b.max(initial=0))) + 1
    rows, first = repeats(combined((a, size), (b, size), (relation.codes, len(words))))
    full = source.filled[source.codes[rows]] & relation.filled[relation.codes[rows]]
    full &= tables.column("relations", "target").filled[tables.column("relations", "target").codes[rows]]
    rows, first = rows[full], first[full]
    yield Finding(
        rows,
        "relation",
        lambda k: f"line {line(tables, 'relations', int(first[k]))} states this relation already",
        "relations",
    )


def _recoded(tables: Tables, name: str, other: str) -> NDArray[np.signedinteger[Any]]:
    """Codes of one column of relations in the numbering of another; values that the other lacks come after."""
    column, base = tables.column("relations", name), tables.column("relations", other)
    if column.values.equals(base.values):
        return column.codes
    found = pc.index_in(column.values, value_set=base.values)
    codes = pc.fill_null(found, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    fresh = codes < 0
    codes[fresh] = len(base.values) + np.arange(int(fresh.sum()))
    recoded: NDArray[np.int64] = codes[column.codes]
    return recoded


@rule("duplicate-evidence", "table")
def duplicate_evidence(tables: Tables) -> Iterator[Finding]:
    """A document says a thing about a relation once: relation, document, stance and status together are unique."""
    names = ("relation", "document", "stance", "status")
    if not tables.has("evidence", *names):
        return
    columns = [tables.column("evidence", name) for name in names]
    rows, first = repeats(combined(*((column.codes, len(column.values)) for column in columns)))
    full = np.all([column.filled[column.codes[rows]] for column in columns], axis=0)
    rows, first = rows[full], first[full]
    yield Finding(
        rows,
        "document",
        lambda k: f"line {line(tables, 'evidence', int(first[k]))} has this evidence already",
        "evidence",
    )


@rule("no-evidence", "table", level="warning")
def no_evidence(tables: Tables) -> Iterator[Finding]:
    """Every relation rests on at least one row of evidence; one without is kept but gets the lowest probability."""
    if tables.has("relations", "id") and tables.has("evidence", "relation") and tables.whole("evidence"):
        column, told = tables.column("relations", "id"), tables.column("evidence", "relation")
        cited = np.zeros(len(column.values) + 1, bool)
        cited[tables.pointed("evidence", "relation", "relations")[told.codes]] = True
        yield column.finding(column.filled & ~cited[:-1], lambda value: f"no evidence names relation {show(value)}")
