"""The record as it stood on a day, stripped of everything that may have been written with hindsight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from netscam.data.dataset import Dataset, empty_table
from netscam.data.select import check_date, first_day, last_day, select
from netscam.errors import DataError, Problem
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

HINDSIGHT = {
    "entities": ("name", "aliases", "status", "identifiers", "description"),
    "relations": ("description",),
    "evidence": ("status", "locator", "note"),
    "events": ("summary",),
}
"""Text that curators wrote, or may have written, knowing what came later: an OFAC number is a designation."""
LIKE_SOURCE = {letter: str(number) for number, letter in enumerate("ABCDEF", start=1)}
"""Credibility that a document's own reliability suggests."""


def blind_record(data: Dataset, cutoff: str) -> Dataset:
    """What was known on a day, and nothing else: the only thing that a backtest may rank.

    Parameters
    ----------
    data
        The whole record.
    cutoff
        As for ``select(known_by=)``; a date of reduced precision counts to its last day.

    Returns
    -------
    Dataset
        ``select(data, known_by=cutoff)``, with these taken out as well: names, aliases, identifiers (a list number
        tells of the listing), statuses of evidence, notes, summaries, costs, corrections, relations and events that
        begin only after the cutoff. Every credibility is what the reliability of the document suggests (A 1 to F 6),
        because curators grade a claim better when a later document agrees.

    Raises
    ------
    DateError
        Not a date.

    Notes
    -----
    One kind of hindsight no program can take out: which documents the curators looked for. They searched for
    parties that had been designated, so older documents on these are in the record and those on others are not.
    """
    then = select(data, known_by=check_date(cutoff))
    begun = then.relations["start"].eq("") | then.relations["start"].map(first_day).le(last_day(cutoff))
    events = then.events[then.events["date"].map(first_day).le(last_day(cutoff))]
    relations = then.relations[begun]
    evidence = then.evidence[then.evidence["relation"].isin(relations["id"])]
    grades = evidence["document"].map(then.documents.set_index("id")["reliability"]).map(LIKE_SOURCE)
    told = {"selection": {"known_by": cutoff}, "as_of": cutoff}
    tables: dict[str, pd.DataFrame] = {
        "entities": then.entities.assign(latitude=float("nan"), longitude=float("nan")),
        "relations": relations.assign(share=float("nan")),
        "evidence": evidence.assign(credibility=grades.fillna("6")),
        "events": events,
    }
    blank = {name: frame.assign(**dict.fromkeys(HINDSIGHT[name], "")) for name, frame in tables.items()}
    mentioned = _mentioned(blank["relations"], blank["events"])
    blank["entities"] = blank["entities"][blank["entities"]["id"].isin(mentioned)]
    return Dataset(
        name=then.name,
        documents=then.documents,
        corrections=empty_table("corrections"),
        package={"netscam": told},
        **{name: frame.reset_index(drop=True) for name, frame in blank.items()},
    )


def _mentioned(relations: pd.DataFrame, events: pd.DataFrame) -> set[str]:
    listed = (entity.strip() for cell in events["entities"] for entity in cell.split(";"))
    return {*relations["source"], *relations["target"], *events["place"], *listed} - {""}


def check_blind(record: Dataset, data: Dataset, cutoff: str) -> None:
    """Refuse a record that knows more than could be known on the cutoff.

    Parameters
    ----------
    record
        What is to be ranked.
    data
        The whole record it was taken from.
    cutoff
        The last day of what may be known.

    Raises
    ------
    DataError
        One problem with the rule ``leak`` for every document that is later or undated or whose date is not the one in
        the whole record, every row that rests on no document of the time, every row that lay in the future, and every
        cell of ``HINDSIGHT`` that is filled.
    """
    then, last = select(data, known_by=cutoff), last_day(check_date(cutoff))
    problems = [*_unknown_rows(record, then), *_altered_rows(record, then), *_unsupported_rows(record)]
    problems += [*_late_rows(record, last), *_filled_cells(record)]
    if problems:
        raise DataError(problems)


def _leak(table: str, row: int, column: str, message: str) -> Problem:
    return Problem(f"{table}.csv", row + 2, column, "leak", message)


def _unknown_rows(record: Dataset, then: Dataset) -> Iterator[Problem]:
    """Rows that are not in the record as known on the cutoff."""
    for table in ("entities", "relations", "evidence", "documents", "events"):
        known = set(getattr(then, table)["id"])
        for row, key in enumerate(getattr(record, table)["id"]):
            if key not in known:
                yield _leak(table, row, "id", f"{key!r} is not known by the cutoff")


def _altered_rows(record: Dataset, then: Dataset) -> Iterator[Problem]:
    """Documents with another date and relations with other ends than in the whole record."""
    dates = dict(zip(then.documents["id"], then.documents["published"], strict=True))
    for row, (key, date) in enumerate(zip(record.documents["id"], record.documents["published"], strict=True)):
        if dates.get(key, date) != date:
            yield _leak("documents", row, "published", f"{key!r} was published on {dates[key]}, not on {date}")
    ends = {key: (source, target) for key, source, target in _ends(then)}
    for row, (key, source, target) in enumerate(_ends(record)):
        if ends.get(key, (source, target)) != (source, target):
            yield _leak("relations", row, "source", f"the ends of {key!r} are not those of the record")


def _unsupported_rows(record: Dataset) -> Iterator[Problem]:
    """Relations and entities that rest on nothing that the record still holds."""
    support = set(record.evidence.loc[record.evidence["stance"].eq("supports"), "relation"])
    for row, key in enumerate(record.relations["id"]):
        if key not in support:
            yield _leak("relations", row, "id", f"no document of the time supports {key!r}")
    mentioned = _mentioned(record.relations, record.events)
    for row, key in enumerate(record.entities["id"]):
        if key not in mentioned:
            yield _leak("entities", row, "id", f"no document of the time mentions {key!r}")


def _ends(data: Dataset) -> Iterator[tuple[str, str, str]]:
    return zip(*(data.relations[name] for name in ("id", "source", "target")), strict=True)


def _late_rows(record: Dataset, last: str) -> Iterator[Problem]:
    places = (("relations", "start"), ("relations", "end"), ("events", "date"), ("documents", "published"))
    for table, column in places:
        for row, date in enumerate(getattr(record, table)[column]):
            day = last_day(date) if table == "documents" else first_day(date)
            if date and day > last:
                yield _leak(table, row, column, f"{date} is after the cutoff")


def _filled_cells(record: Dataset) -> Iterator[Problem]:
    """Cells that may have been written with hindsight, and costs and corrections, which are."""
    for table, columns in HINDSIGHT.items():
        frame = getattr(record, table)
        for column in columns:
            for row, value in enumerate(frame[column]):
                if value:
                    yield _leak(table, row, column, "may have been written after the cutoff")
    reliability = record.documents.set_index("id")["reliability"]
    suggested = record.evidence["document"].map(reliability).map(LIKE_SOURCE).fillna("6")
    for row, (grade, like) in enumerate(zip(record.evidence["credibility"], suggested, strict=True)):
        if str(grade) != like:
            yield _leak("evidence", row, "credibility", "may have been graded after the cutoff")
    if len(record.corrections):
        yield _leak("corrections", 0, "id", "corrections are made with hindsight")
    if record.costs is not None:
        yield _leak("costs", 0, "id", "costs are set with hindsight")


def candidates(record: Dataset, event_sources: tuple[str, ...]) -> list[str]:
    """Ids of a record that could be acted on: of a type that the act can be about and that measures include."""
    able = set(event_sources) & set(load_schema().analysis_types)
    return record.entities.loc[record.entities["type"].isin(able), "id"].tolist()
