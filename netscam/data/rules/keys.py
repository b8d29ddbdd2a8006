"""Rules about ids: one row each, and no pointing at rows that are not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from netscam.data.rules.base import Finding, rule, show
from netscam.data.rules.lists import items
from netscam.data.rules.tables import Column, Mask, Tables, to_mask
from netscam.data.rules.values import members
from netscam.schema import load_schema

Rows = NDArray[np.int64]
WHAT = {"entities": "an entity", "relations": "a relation", "documents": "a document"}


def line(tables: Tables, table: str, row: int) -> int:
    """Line of the file in which a row stands."""
    lines = tables.raw[table].lines
    return row + 2 if lines is None else int(lines[row])


def repeats(keys: NDArray[Any]) -> tuple[Rows, Rows]:
    """Rows whose key stood in an earlier row, and for each the first such row."""
    series = pd.Series(keys)
    rows = np.flatnonzero(series.duplicated().to_numpy())
    if not len(rows):
        return rows, rows
    first = series.drop_duplicates()
    return rows, pd.Series(first.index, index=first.to_numpy()).loc[keys[rows]].to_numpy()


def combined(*parts: tuple[NDArray[Any], int]) -> Rows:
    """One number for each row from several codes; equal where all codes are. A part is codes and their bound."""
    key = np.zeros(len(parts[0][0]), np.int64)
    size = 1
    for codes, bound in parts:
        if size > 2**62 // max(bound, 1):
            key = pd.factorize(key)[0].astype(np.int64)
            size = len(key)
        key = key * bound + codes
        size *= bound
    return key


@rule("unique-id", "table")
def unique_id(tables: Tables) -> Iterator[Finding]:
    """An id stands in one row of its table."""
    for table in tables.raw:
        if tables.has(table, "id"):
            column = tables.column(table, "id")
            if len(column.values) == len(column.codes):
                continue
            rows, first = repeats(column.codes)
            filled = column.filled[column.codes[rows]]
            yield _repeat(tables, column, rows[filled], first[filled])


def _repeat(tables: Tables, column: Column, rows: Rows, first: Rows) -> Finding:
    return Finding(
        rows,
        "id",
        lambda k: f"{show(column.value(rows[k]))} is also the id of line {line(tables, column.table, int(first[k]))}",
        column.table,
    )


@rule("id-case", "table", level="warning")
def id_case(tables: Tables) -> Iterator[Finding]:
    """Two ids of a table do not differ in upper and lower case alone; people and spreadsheets take them for one."""
    for table in tables.raw:
        if not tables.has(table, "id"):
            continue
        column = tables.column(table, "id")
        lower = pc.utf8_lower(column.values)
        if lower.equals(column.values):
            continue
        twice = pd.Series(lower.to_pylist()).duplicated(keep=False).to_numpy() & column.filled
        groups: dict[str, list[str]] = {}
        for value in column.values.filter(twice).to_pylist():
            groups.setdefault(value.lower(), []).append(value)
        bad = members(column, [value for group in groups.values() for value in sorted(group)[1:]])
        yield column.finding(bad, _say_case({key: min(group) for key, group in groups.items()}))


def _say_case(first: dict[str, str]) -> Callable[[str], str]:
    return lambda value: f"{show(value)} and {show(first[value.lower()])} differ in case alone"


@rule("unknown-id", "table")
def unknown_id(tables: Tables) -> Iterator[Finding]:
    """What a row points at is there: ends of relations, relation and document of evidence, what events name.

    The row that a correction speaks of may be gone, so it is not looked up. Where the table pointed at cannot be read
    at all, nothing is said.
    """
    for table in tables.raw:
        for key in load_schema().tables[table].get("foreignKeys", []):
            target, name = key["reference"]["resource"], key["fields"]
            if tables.has(table, name) and tables.has(target, "id"):
                column = tables.column(table, name)
                lost = column.filled & (tables.pointed(table, name, target) < 0)
                if lost.any():
                    yield column.finding(lost & ~_aside(tables, target, column), _say(WHAT[target]))
    if tables.has("events", "entities") and tables.has("entities", "id"):
        listed = items(tables.column("events", "entities"))
        ids = tables.column("entities", "id").values
        lost = listed.column.filled & ~to_mask(pc.is_in(listed.column.values, value_set=ids))
        yield listed.finding(lost & ~_aside(tables, "entities", listed.column), _say(WHAT["entities"]))


def _aside(tables: Tables, table: str, column: Column) -> Mask:
    """Say which distinct values are ids of rows that were set aside."""
    return members(column, sorted(tables.raw[table].set_aside))


def _say(what: str) -> Callable[[str], str]:
    return lambda value: f"{show(value)} is not {what}"
