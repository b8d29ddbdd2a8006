"""Dates as lists print them, turned into ISO 8601 with the precision that they have."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ].*)?)?)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
NAMED = re.compile(r"(?:(\d{1,2})[\s-]+)?([A-Za-z]{3})[a-z]*\.?[\s,-]+(\d{4})(?:\s.*)?")
NAMED_FIRST = re.compile(r"([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})")
SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:\s.*)?")
IN_NAME = re.compile(r"(?<!\d)(20\d{2})[-_]?(0[1-9]|1[0-2])(?:[-_]?(0[1-9]|[12]\d|3[01]))?(?!\d)")


@lru_cache(maxsize=100_000)
def iso_date(value: str, *, month_first: bool = False) -> str:
    """Date of a text, as far as it states one.

    Parameters
    ----------
    value
        ``2012-05-03T00:00:00``, ``2012-05``, ``20120503``, ``03 May 2012``, ``May 2012``, ``03-MAY-2012``,
        ``May 3, 2012``, ``03/05/2012`` or ``2012``.
    month_first
        Read ``03/05/2012`` as the fifth of March and not as the third of May.

    Returns
    -------
    str
        ``2012``, ``2012-05`` or ``2012-05-03``; empty for what is no date of the calendar. ``circa`` and spans are not
        dates.
    """
    text = value.strip()
    if found := ISO.fullmatch(text) or COMPACT.fullmatch(text):
        return _checked(*found.groups())
    if found := NAMED.fullmatch(text):
        return _checked(found[3], _month(found[2]), found[1])
    if found := NAMED_FIRST.fullmatch(text):
        return _checked(found[3], _month(found[1]), found[2])
    if found := SLASHED.fullmatch(text):
        day, month = (found[2], found[1]) if month_first else (found[1], found[2])
        return _checked(found[3], month, day)
    return ""


def _month(name: str) -> str:
    return str(MONTHS.get(name.lower(), 99))


def _checked(year: str, month: str | None, day: str | None) -> str:
    y, m, d = int(year), int(month or 0), int(day or 0)
    if not 1 <= y <= 9999 or m > 12 or (month and not m):
        return ""
    if not m:
        return f"{y:04d}"
    if not d:
        return "" if day else f"{y:04d}-{m:02d}"
    return f"{y:04d}-{m:02d}-{d:02d}" if d <= calendar.monthrange(y, m)[1] else ""


def ordered(start: str, end: str) -> bool:
    """Whether a span may be one: it ends within or after the span of its start."""
    return not start or not end or (end + "-99-99")[:10] >= start


def date_in_name(*names: str) -> str:
    """First date in a file or folder name, such as ``sdn_2024-05.csv``; empty where there is none."""
    for name in names:
        if found := IN_NAME.search(name):
            return "-".join(part for part in found.groups() if part)
    return ""
