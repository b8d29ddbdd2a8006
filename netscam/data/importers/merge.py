"""Several records of one thing become one row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from netscam.data.importers.dates import iso_date, ordered
from netscam.data.importers.places import load_countries
from netscam.data.importers.report import Report
from netscam.data.importers.shares import span_words
from netscam.data.importers.spool import Claim, Document, Entity
from netscam.data.importers.text import cell, digest, listed, plain, web_address
from netscam.schema import load_schema

Row = tuple[str, ...]
THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")


def number_text(value: float) -> str:
    """Shortest text of a number, as ``write_dataset`` writes it."""
    return repr(int(value)) if value.is_integer() else repr(value)


def _items(records: Sequence[Entity], column: str) -> Iterable[str]:
    return (item for record in records for item in getattr(record, column).split("\x1f") if item)


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def merge_entities(records: Sequence[Entity], report: Report) -> Row:
    """One row of ``entities`` of all records with one id.

    The first name stays the name and other names become aliases; countries and identifiers are joined; of several
    standings the strongest stays; a second type is counted and not taken.
    """
    first = records[0]
    kinds = {record.type for record in records} - {""}
    further = sum(bool(record.type) for record in records) - 1
    if further > 0 and not kinds & {"address", "wallet", "authority"}:
        report.note("further record with an id that was there before, joined to it", further)
    if len(kinds) > 1:
        report.note(f"records with one id but different types ({', '.join(sorted(kinds))}); the first type is taken")
    name = cell(_first(record.name for record in records), report)
    if not plain(name):
        report.note("record without a name, called by its id")
        name = cell(f"(no name) {first.id}")
    others = [*(record.name for record in records), *_items(records, "aliases")]
    latitude, longitude = _coordinates(records, report)
    countries = [code for code in dict.fromkeys(_items(records, "countries")) if code in load_countries()]
    texts = dict.fromkeys(record.description for record in records if record.description)
    return (
        first.id,
        _first(record.type for record in records),
        name,
        listed((other for other in others if plain(other) != name), report),
        ";".join(countries),
        _strongest(record.status for record in records),
        latitude,
        longitude,
        _first(record.precision for record in records),
        listed(_items(records, "identifiers"), report),
        cell(" ".join(texts), report),
    )


def _strongest(statuses: Iterable[str]) -> str:
    known = load_schema().statuses
    return min((status for status in statuses if status), key=lambda status: known[status].rank, default="")


def _coordinates(records: Sequence[Entity], report: Report) -> tuple[str, str]:
    for record in records:
        if record.latitude and record.longitude:
            north, east = _number(record.latitude), _number(record.longitude)
            if north is not None and east is not None and -90 <= north <= 90 and -180 <= east <= 180:
                return number_text(north), number_text(east)
            report.dropped(
                "coordinates that are not on the earth", record.place, f"{record.latitude} {record.longitude}"
            )
    return "", ""


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if number - number == 0 else None


def merge_claims(key: tuple[str, str, str], claims: Sequence[Claim], report: Report) -> tuple[Row, list[Row]]:
    """One row of ``relations`` and its rows of ``evidence`` of all claims about one relation.

    The relation starts with the earliest start; it has ended when every claim has, at the latest end. Of different
    shares that of the newest claim that has not ended stays, with the start and the end of the claims that print it,
    or none where that is not clear; the evidence notes keep all. A span of shares stays in the description, in the
    words from which stakes are read as limits.
    """
    low, high, kind = key
    relation = f"r-{digest(kind, low, high)}"
    spans = [_span(claim, report) for claim in claims]
    shares = [_share(claim, report) for claim in claims]
    share = _newest_share(spans, shares)
    start, end = _whole_span([span for span, own in zip(spans, shares, strict=True) if not share or own in (share, "")])
    if len({share for share in shares if share}) > 1:
        taken = "the newest is taken" if share else "none is taken, since none is the newest"
        report.note(f"relation with several shares; {taken}, the notes of its evidence keep them")
    if len(claims) > 1:
        report.note("further statement of a relation that was there before, joined to it", len(claims) - 1)
    said = (
        text for claim, span in zip(claims, spans, strict=True) for text in (claim.description, _limits(claim, span))
    )
    texts = dict.fromkeys(text for text in said if text)
    row = (
        relation,
        claims[0].source,
        claims[0].target,
        kind,
        start,
        end if ordered(start, end) else "",
        share,
        cell(" ".join(texts), report),
    )
    several = len(claims) > 1
    notes = [
        _note(claim, span, share) if several else "" for claim, span, share in zip(claims, spans, shares, strict=True)
    ]
    return row, _evidence(relation, claims, notes, report)


def _whole_span(spans: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Earliest start and, where every claim has ended, latest end."""
    start = min((begin for begin, _ in spans if begin), default="")
    return start, max(until for _, until in spans) if spans and all(until for _, until in spans) else ""


def _limits(claim: Claim, span: tuple[str, str]) -> str:
    """Words for a share that is printed as a span; that of a claim that has ended stays in the notes."""
    words = span_words(claim.share) if claim.share and not span[1] else ""
    return f"Stake as printed, {words}." if words else ""


def _newest_share(spans: Sequence[tuple[str, str]], shares: Sequence[str]) -> str:
    """Share of the newest claims: open ones where there are any; empty where they differ or nothing dates them."""
    running = [k for k, (_, until) in enumerate(spans) if not until] or range(len(spans))
    stated = [k for k in running if shares[k]]
    newest = max((spans[k][0] for k in stated), default="")
    found = {shares[k] for k in stated if spans[k][0] in (newest, "")}
    return found.pop() if len(found) == 1 else ""


def _note(claim: Claim, span: tuple[str, str], share: str) -> str:
    parts = [
        f"share {share} %" if share else span_words(claim.share),
        f"from {span[0]}" if span[0] else "",
        f"to {span[1]}" if span[1] else "",
    ]
    said = " ".join(part for part in parts if part)
    return f"{claim.description} ({said})" if said and claim.description else said or claim.description


def _span(claim: Claim, report: Report) -> tuple[str, str]:
    start, end = iso_date(claim.start), iso_date(claim.end)
    for written, read in ((claim.start, start), (claim.end, end)):
        if written and not read:
            report.dropped("date of a relation that is no date", claim.place, written)
    if not ordered(start, end):
        report.dropped("end of a relation that is before its start", claim.place, f"{start} to {end}")
        end = ""
    return start, end


@lru_cache(maxsize=10_000)
def _percent(value: str) -> str:
    """Percent as a number; a comma before three digits may set off thousands, so such a text is not read."""
    text = value.strip().rstrip("%").strip()
    number = None if THOUSANDS.fullmatch(text) else _number(text.replace(",", "."))
    return number_text(number) if number is not None and 0 <= number <= 100 else ""


def _share(claim: Claim, report: Report) -> str:
    share = _percent(claim.share) if claim.share else ""
    if claim.share and not share and not span_words(claim.share):
        report.dropped("share that is no number from 0 to 100", claim.place, claim.share)
    return share


def _evidence(relation: str, claims: Sequence[Claim], notes: Sequence[str], report: Report) -> list[Row]:
    said: dict[tuple[str, str, str], list[int]] = {}
    for number, claim in enumerate(claims):
        said.setdefault((claim.document, claim.stance, claim.status), []).append(number)
    rows: list[Row] = []
    for (document, stance, status), numbers in said.items():
        locators = dict.fromkeys(claims[k].locator for k in numbers if claims[k].locator)
        texts = dict.fromkeys(notes[k] for k in numbers if notes[k])
        rows.append(
            (
                f"e-{digest(relation, document, stance, status)}",
                relation,
                document,
                stance,
                status,
                min(claims[k].credibility for k in numbers),
                cell(", ".join(locators), report),
                cell("; ".join(texts), report),
            )
        )
    return rows


def document_row(document: Document, report: Report) -> Row:
    """One row of ``documents``."""
    if not document.published:
        report.note("document without a date; state it with --published")
    return (
        document.id,
        cell(document.title, report) or document.id,
        cell(document.publisher, report) or "(not stated)",
        document.kind,
        web_address(document.url),
        "",
        iso_date(document.published),
        "",
        document.language,
        document.reliability,
        cell(document.origin_group),
    )
