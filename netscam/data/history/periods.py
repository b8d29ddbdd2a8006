"""Months, quarters and years as steps of a timeline, and spans such as 24 months."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Literal

from netscam.data.dataset import Dataset
from netscam.data.select import check_date, first_day, last_day
from netscam.errors import DateError, GraphError

Step = Literal["month", "quarter", "year"]
Clock = Literal["valid", "known"]
STEPS = {"month": 1, "quarter": 3, "year": 12}
"""Months in each step."""
SPAN = re.compile(r"([1-9][0-9]{0,3})([dmy])")


@dataclass(frozen=True, order=True)
class Period:
    """A calendar month, quarter or year: its label (``2025-10``, ``2025-Q4``, ``2025``) and its last day."""

    end: str
    label: str


def periods(first: str, last: str, step: Step = "month") -> list[Period]:
    """Every period from the one that holds the first date to the one that holds the last, in order.

    Parameters
    ----------
    first, last
        Dates of any precision; of the first its first day counts, of the last its last day.
    step
        ``month``, ``quarter`` or ``year``, as the calendar has them.

    Raises
    ------
    DateError
        Something that is not a date, or a last date before the first.
    GraphError
        Another step.
    """
    if step not in STEPS:
        raise GraphError(f"a step is {', '.join(STEPS)}, not {step!r}")
    start, stop = first_day(check_date(first)), last_day(check_date(last))
    if stop < start:
        raise DateError(f"{last} is before {first}")
    size = STEPS[step]
    numbers = range(_month(start) // size, _month(stop) // size + 1)
    return [_period((number + 1) * size - 1, step) for number in numbers]


def _month(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def _period(month: int, step: Step) -> Period:
    year, number = divmod(month, 12)
    text = f"{year:04d}-{number + 1:02d}"
    labels = {"month": text, "quarter": f"{year:04d}-Q{number // 3 + 1}", "year": f"{year:04d}"}
    return Period(last_day(text), labels[step])


def span_end(date: str, span: str) -> str:
    """Last day of a span that begins after a date: ``2025-10-01`` and ``24m`` give ``2027-10-01``.

    Parameters
    ----------
    date
        Of any precision; its last day counts.
    span
        A whole number of days, months or years: ``90d``, ``24m``, ``2y``. A day that a month lacks becomes its last.

    Raises
    ------
    DateError
        Not a date, not such a span, or an end after the year 9999.
    """
    found = SPAN.fullmatch(span)
    if found is None:
        raise DateError(f"{span!r} is not a span like 90d, 24m or 2y")
    day, number = datetime.date.fromisoformat(last_day(check_date(date))), int(found[1])
    try:
        if found[2] == "d":
            return (day + datetime.timedelta(days=number)).isoformat()
        year, month = divmod(day.year * 12 + day.month - 1 + number * (12 if found[2] == "y" else 1), 12)
        last = calendar.monthrange(year, month + 1)[1]
        return day.replace(year=year, month=month + 1, day=min(day.day, last)).isoformat()
    except (OverflowError, ValueError, calendar.IllegalMonthError):
        raise DateError(f"{span} after {date} is beyond the calendar") from None


def days_between(first: str, last: str) -> int:
    """Days from one day to another, both written in full."""
    return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days


def record_span(data: Dataset, clock: Clock) -> tuple[str, str]:
    """First and last date of a record by one of its two clocks.

    Parameters
    ----------
    data
        The dataset.
    clock
        ``valid``: from the first stated start of a relation to the date of the record. ``known``: from the first
        publication to the date of the record.

    Raises
    ------
    DateError
        The record has no such date.
    GraphError
        Another clock.
    """
    if clock not in ("valid", "known"):
        raise GraphError(f"a clock is 'valid' or 'known', not {clock!r}")
    dates = data.relations["start"] if clock == "valid" else data.documents["published"]
    stated = sorted(date for date in dates if date)
    if not stated:
        raise DateError(f"no {'relation has a start' if clock == 'valid' else 'document has a publication date'}")
    last = data.as_of if data.as_of != "unknown" else stated[-1]
    return stated[0], max(last, stated[0])
