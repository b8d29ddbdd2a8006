"""Shares printed as a span, such as ``25-50 %`` or ``more than 75 %``, in the words that stakes are read from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

NUMBER = r"(\d{1,3}(?:\.\d+)?)\s*%?"
BETWEEN = re.compile(rf"(?:from |between )?{NUMBER}\s*(?:-|\u2013|\u2014|to|and|until)\s*{NUMBER}")
LIMITS = MappingProxyType(
    {
        "at least ": re.compile(
            rf"(?:>=|\u2265|at least|minimum|min\.?|from)\s*{NUMBER}|{NUMBER}\s*(?:\+|or more|and more|or over)"
        ),
        "at least over ": re.compile(rf"(?:>|over|more than|above|exceeding)\s*{NUMBER}"),
        "at most ": re.compile(rf"(?:<=|\u2264|at most|maximum|max\.?|up to)\s*{NUMBER}|{NUMBER}\s*or less"),
        "at most under ": re.compile(rf"(?:<|under|less than|below)\s*{NUMBER}"),
    }
)
WORDS = re.compile(
    r", share (?:(?P<limit>at least|at most) )?(?P<low>over |under )?(?P<first>\d+(?:\.\d+)?)"
    r"(?: to (?P<high>under )?(?P<second>\d+(?:\.\d+)?))? %"
)


def span_words(text: str) -> str:
    """Words for a span of percent: ``share 25 to 50 %``, ``share at least over 75 %``; empty for anything else."""
    shown = " ".join(text.casefold().replace(",", ".").split())
    if found := BETWEEN.fullmatch(shown):
        low, high = float(found[1]), float(found[2])
        return f"share {low:g} to {high:g} %" if low <= high <= 100 else ""
    for word, pattern in LIMITS.items():
        if found := pattern.fullmatch(shown):
            number = float(next(group for group in found.groups() if group))
            return f"share {word}{number:g} %" if number <= 100 else ""
    return ""


def span_text(least: str, most: str) -> str:
    """Two printed limits as one span: one figure where they are equal, ``at least`` where only the first is there."""
    if least and most:
        return least if least == most else f"{least} to {most}"
    return f"at least {least}" if least else f"at most {most}" if most else ""


def limits_in(text: str) -> Mapping[str, float]:
    """Limits of the first span in a text, under the names of BODS; the inverse of ``share_words`` of that importer."""
    found = WORDS.search(text)
    if found is None or (not found["limit"] and not found["second"]):
        return {}
    first = float(found["first"])
    if found["limit"] == "at most":
        return {"exclusiveMaximum" if found["low"] else "maximum": first}
    low = {"exclusiveMinimum" if found["low"] == "over " else "minimum": first}
    if found["limit"]:
        return low
    return low | {"exclusiveMaximum" if found["high"] else "maximum": float(found["second"])}
