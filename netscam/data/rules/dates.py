"""Rules about dates, which may be known to the day, the month or the year."""

from __future__ import annotations

import calendar
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from netscam.data.rules.base import Finding, rule, show
from netscam.data.rules.tables import Column, Mask, Tables
from netscam.data.rules.values import DATES, fields

SHAPE = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
PRECISIONS = {4: "year", 7: "month", 10: "day"}


@rule("date", "table")
def date(tables: Tables) -> Iterator[Finding]:
    """A date is ISO 8601, with reduced precision where less is known, and is in the calendar.

    ``2025``, ``2025-10`` and ``2025-10-14`` are dates; ``14/10/2025``, ``2025-02-30`` and the year ``0000`` are not.
    """
    for table, field in fields(tables):
        if field["name"] in DATES:
            column = tables.column(table, field["name"])
            yield column.finding(column.filled & ~real(column), _say)


@rule("date-order", "table")
def date_order(tables: Tables) -> Iterator[Finding]:
    """A relation does not end before it starts; where the precisions differ, overlapping spans are enough."""
    if not tables.has("relations", "start", "end"):
        return
    start, end = tables.column("relations", "start"), tables.column("relations", "end")
    earliest, latest = _number(start, 0), _number(end, 99)
    first, last = earliest[start.codes], latest[end.codes]
    rows = np.flatnonzero((first > 0) & (last > 0) & (first > last))
    yield Finding(
        rows,
        "end",
        lambda k: f"the end, {end.value(rows[k])}, is before the start, {start.value(rows[k])}",
        "relations",
    )


@rule("date-precision", "table")
def date_precision(tables: Tables) -> Iterator[Finding]:
    """The date of an event is written to the precision that ``date_precision`` states."""
    if not tables.has("events", "date", "date_precision"):
        return
    dates, stated = tables.column("events", "date"), tables.column("events", "date_precision")
    good = real(dates)
    names = list(PRECISIONS.values())
    written = np.array(
        [names.index(PRECISIONS[len(v)]) if ok else -1 for v, ok in zip(dates.values.to_pylist(), good, strict=True)],
        np.int64,
    )
    said = np.array([names.index(v) if v in names else -1 for v in stated.values.to_pylist()], np.int64)
    left, right = written[dates.codes], said[stated.codes]
    rows = np.flatnonzero((left >= 0) & (right >= 0) & (left != right))
    yield Finding(
        rows,
        "date_precision",
        lambda k: f"{dates.value(rows[k])} is known to the {names[left[rows[k]]]}, not to the {names[right[rows[k]]]}",
        "events",
    )


def real(column: Column) -> Mask:
    """Say which distinct values are dates of the calendar."""
    shaped = column.matches(SHAPE)
    shaped[shaped] = [_exists(value) for value in column.values.filter(shaped).to_pylist()]
    return shaped


def _exists(value: str) -> bool:
    year, month, day = (int(part) for part in (value + "-01-01").split("-")[:3])
    return year > 0 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _number(column: Column, unknown: int) -> NDArray[np.int64]:
    """Dates as yyyymmdd with ``unknown`` for the parts that are not given; 0 where there is no date."""
    parts = f"-{unknown:02d}-{unknown:02d}"
    values = zip(column.values.to_pylist(), real(column), strict=True)
    return np.array([int((v + parts[len(v) - 4 :])[:10].replace("-", "")) if ok else 0 for v, ok in values], np.int64)


def _say(value: str) -> str:
    shaped = len(value) in PRECISIONS and value.replace("-", "").isdecimal() and value[4:5] in ("", "-")
    if shaped:
        return f"{show(value)} is not in the calendar"
    return f"{show(value)} is not a date; write 2025, 2025-10 or 2025-10-14"
