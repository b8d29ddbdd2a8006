"""Cells as netscam's rules want them: what a list prints, made safe, with a count of what was changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from netscam.data.importers.report import Report
from netscam.errors import HIDDEN
from netscam.schema import load_schema

ODD = re.compile(r"\s\s|^\s|\s\Z|[^\S ]")
SPACE = re.compile(r"\s+")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")
NOT_ID = re.compile(r"[^A-Za-z0-9_.-]+")
SCHEME = re.compile(r"[^a-z0-9_-]+")
URL = re.compile(r"https?://[^\s/?#@\\\"<>]+(?:[/?#][^\s\"<>]*)?")
STANDING = re.compile(r"(?:^|; )status: (no evidence|[a-z]+); probability [0-9.e-]+(?P<rest>.*)", re.DOTALL)
OWN = re.compile(r"type: (?P<type>[a-z_]+)(?:; status: (?P<status>[a-z]+))?(?:; precision: (?P<precision>[a-z]+))?")
FORMULA = ("=", "+", "-", "@")
LONGEST = 2000


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for these texts on any machine."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def plain(value: str, report: Report | None = None) -> str:
    """One line of visible text: control characters and line breaks become blanks, runs of blanks one blank."""
    if HIDDEN.search(value):
        value = HIDDEN.sub(" ", value)
        if report is not None:
            report.changed("control character or line break replaced by a blank")
    return SPACE.sub(" ", value).strip() if ODD.search(value) else value


def guarded(value: str, report: Report | None = None) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    if value.startswith(FORMULA):
        if report is not None:
            report.changed("apostrophe put before = + - @")
        return f"'{value}"
    return value


def cell(value: str, report: Report | None = None) -> str:
    """Text for a cell: plain, guarded and not longer than 2,000 characters."""
    text = guarded(plain(value, report), report)
    if len(text) > LONGEST:
        if report is not None:
            report.changed(f"text cut at {LONGEST:,} characters")
        text = text[: LONGEST - 4].rstrip() + " ..."
    return text


def listed(items: Iterable[str], report: Report | None = None) -> str:
    """A ``;``-separated cell: every item plain and once, a ``;`` inside an item written as a comma."""
    kept = dict.fromkeys(plain(item, report).replace(";", ",").strip() for item in items)
    return guarded(";".join(item for item in kept if item), report)


def identifier(scheme: str, value: str) -> str:
    """``scheme:value`` with the scheme in lower case; empty when there is no value."""
    text = plain(value).replace(";", ",")
    name = SCHEME.sub("-", scheme.lower()).strip("-_")
    name = name if name[:1].isalpha() else f"id-{name}".rstrip("-")
    return f"{name}:{text}" if text else ""


def make_id(key: str) -> str:
    """Id for a key of any shape: itself where it can be one, else its readable part and a digest of the whole."""
    if ID.fullmatch(key):
        return key
    readable = NOT_ID.sub("-", key.encode("ascii", "ignore").decode()).strip("-_.")[:60].rstrip("-_.")
    return f"{readable}-{digest(key)}" if readable else f"x-{digest(key)}"


def folded(value: str) -> str:
    """Text for comparing addresses: letters and digits in lower case, one blank between words."""
    return " ".join(re.findall(r"\w+", value.casefold()))


def own_standing(text: str) -> list[tuple[str, str]]:
    """Status and stance of each claim that netscam's own exporters wrote into a text; empty for any other text.

    ``alleged to own; status: alleged; probability 0.5; disputed by S001`` is a claim that alleges and one that denies.
    """
    found = STANDING.search(text)
    known = load_schema().statuses
    if found is None or (found[1] not in known and found[1] != "no evidence"):
        return []
    denied = [("denied", "disputes")] if re.search(r"; disputed by:? \S", found["rest"]) else []
    if found[1] in known:
        return [(found[1], "supports"), *denied]
    return denied or [("alleged", "supports")]


def own_entity(text: str, schema: str) -> tuple[str, str, str]:
    """Type, status and precision that netscam's own exporter wrote into a text; empty for any other text.

    The type has to be one that is exported with that schema of FollowTheMoney.
    """
    found = OWN.fullmatch(text)
    known = load_schema()
    if found is None or found["type"] not in known.entity_types:
        return "", "", ""
    status, precision = found["status"] or "", found["precision"] or ""
    fits = known.entity_types[found["type"]].followthemoney == schema
    fits &= status in ("", *known.statuses) and precision in ("", *known.vocabularies["precisions"])
    return (found["type"], status, precision) if fits else ("", "", "")


def web_address(value: str) -> str:
    """A link that netscam's rules accept, else nothing."""
    return value if URL.fullmatch(value) else ""
