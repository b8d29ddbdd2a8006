"""Rules that the table schemas state: required cells, patterns, vocabularies, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd

from netscam.data.rules.base import Finding, near, rule, show
from netscam.data.rules.tables import Column, Mask, Tables
from netscam.data.rules.victims import victim_types
from netscam.schema import load_schema

NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
INTEGER = r"-?[0-9]{1,18}"
DATES = ("start", "end", "published", "accessed", "date")
URLS = ("url", "archived_url")


def fields(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of the schema that the usable tables have."""
    for table in tables.raw:
        for field in _stated(table):
            if tables.has(table, field["name"]):
                yield table, field


@cache
def _stated(table: str) -> tuple[dict[str, Any], ...]:
    return tuple(load_schema().table_schema(table)["fields"])


@rule("required", "table")
def required(tables: Tables) -> Iterator[Finding]:
    """Cells that the schema requires are filled; the columns are marked ``required`` in the codebook."""
    for table, field in fields(tables):
        if field.get("constraints", {}).get("required"):
            column = tables.column(table, field["name"])
            yield column.finding(~column.filled, lambda _: "the cell is empty but required")


def _misshapen(form: str, value: str) -> str:
    return f"{show(value)} is not of the form {form}"


def _unknown(words: list[str], value: str) -> str:
    return f"{show(value)} is not known{near(value, words)}"


def _outside(span: str, value: str) -> str:
    return f"{value} is out of range; it has to be {span}"


@rule("pattern", "table")
def pattern(tables: Tables) -> Iterator[Finding]:
    """Cells have the form that the schema states; ids are ASCII letters, digits, ``_``, ``.`` and ``-``."""
    for table, field in fields(tables):
        form = field.get("constraints", {}).get("pattern")
        if form and field["name"] not in DATES + URLS:
            column = tables.column(table, field["name"])
            bad = column.filled & ~column.matches(form)
            yield column.finding(bad, partial(_misshapen, form))


@rule("enum", "table")
def enum(tables: Tables) -> Iterator[Finding]:
    """Cells of a controlled vocabulary hold one of its words, spelled exactly."""
    for table, field in fields(tables):
        words = field.get("constraints", {}).get("enum")
        if words:
            column = tables.column(table, field["name"])
            bad = column.filled & ~members(column, words)
            if (table, field["name"]) == ("entities", "type"):
                bad &= ~victim_types(column)
            yield column.finding(bad, partial(_unknown, words))


@rule("number", "table")
def number(tables: Tables) -> Iterator[Finding]:
    """Numbers are written with a decimal point, without units, blanks or thousands separators, and are finite."""
    for table, field in fields(tables):
        if field["type"] == "number":
            column = tables.column(table, field["name"])
            yield column.finding(column.filled & ~np.isfinite(numbers(column)), _say_number)


@rule("integer", "table")
def integer(tables: Tables) -> Iterator[Finding]:
    """Counts are whole numbers in digits alone: ``1200``, not ``1,200``, ``1200.0`` or ``about 1200``."""
    for table, field in fields(tables):
        if field["type"] == "integer":
            column = tables.column(table, field["name"])
            bad = column.filled & ~column.matches(INTEGER)
            yield column.finding(bad, lambda value: f"{show(value)} is not a whole number{_separators(value)}")


@rule("range", "table")
def in_range(tables: Tables) -> Iterator[Finding]:
    """Numbers lie within what the schema allows: latitude -90 to 90, longitude -180 to 180, share 0 to 100."""
    for table, field in fields(tables):
        limits = field.get("constraints", {})
        low, high = limits.get("minimum", -np.inf), limits.get("maximum", np.inf)
        if field["type"] in ("number", "integer") and limits:
            column = tables.column(table, field["name"])
            found = numbers(column)
            bad = np.isfinite(found) & ((found < low) | (found > high))
            span = f"from {low} to {high}" if np.isfinite(high) else f"{low} or more"
            yield column.finding(bad, partial(_outside, span))


def members(column: Column, words: Any) -> Mask:
    """Say which distinct values are among the words."""
    import pyarrow as pa
    import pyarrow.compute as pc

    known = words if isinstance(words, pa.Array) else pa.array(list(words), pa.large_string())
    mask: Mask = pc.is_in(column.values, value_set=known).to_numpy(zero_copy_only=False)
    return mask


def numbers(column: Column) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Distinct values as numbers; NaN where they are none, infinite where they are too large."""
    found = np.full(len(column.values), np.nan)
    good = column.matches(NUMBER)
    if good.any():
        found[good] = pd.to_numeric(pd.Series(column.values.filter(good).to_pylist(), dtype=object), errors="coerce")
    return found


def _say_number(value: str) -> str:
    return f"{show(value)} is not a finite number{_separators(value)}"


def _separators(value: str) -> str:
    plain = value.replace(",", "").replace(" ", "").replace("'", "").replace("_", "")
    parts = plain.split(".")
    return "; write it without separators" if plain != value and all(part.isdecimal() for part in parts) else ""
