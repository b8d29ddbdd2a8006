"""Smaller datasets from larger ones: by type, relation, date, knowledge and probability."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import Dataset, join_list, split_list
from netscam.data.evidence import find_prior, relation_probabilities, tie_factor
from netscam.errors import DateError, UnknownNameError
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd


def select(
    data: Dataset,
    *,
    types: Iterable[str] | None = None,
    relations: Iterable[str] | None = None,
    at: str | None = None,
    known_by: str | None = None,
    min_probability: float | None = None,
    prior: str = "default",
) -> Dataset:
    """Keep the part of a dataset that a question is about.

    Parameters
    ----------
    data
        The dataset; it is left as it is.
    types
        Entity types to keep; relations keep both their ends.
    relations
        Relation types to keep.
    at
        Date (2025, 2025-10 or 2025-10-14) on which a relation must be valid. Valid time: a relation without a
        start counts from ever, one without an end until ever; a date of reduced precision means the whole span, and
        touching the span is enough.
    known_by
        Date by which a document must have been published (knowledge time). Evidence on later or undated documents is
        dropped, then relations left without any, then events and entities that nothing known by then mentions.
        A document dated 2025-10 is known by 2025-10-31, not by 2025-10-14. What was written with hindsight goes too:
        statuses and descriptions of entities, descriptions of relations, ends of relations that lay ahead, costs; the
        record's date becomes ``known_by``.
    min_probability
        Least probability that a relation holds and is a tie: the claim's own probability times the factor of the
        address that it ends at, if it ends at one (``tie_factor``).
    prior
        Prior that turns grades into probabilities for ``min_probability``.

    Returns
    -------
    Dataset
        A smaller dataset, valid in itself; documents that nothing cites any more are kept, since they are the record.
        What was chosen is noted in its package under ``netscam.selection``, so that results can say it.

    Raises
    ------
    UnknownNameError
        A type, relation or prior that is not known.
    DateError
        A date that is not of the form 2025, 2025-10 or 2025-10-14, or does not exist.
    """
    find_prior(prior)
    kinds = {"types": _known("entity type", types, "entity_types")}
    kinds |= {"relations": _known("relation type", relations, "relation_types")}
    asked = {**kinds, "at": at, "known_by": known_by, "min_probability": min_probability}
    chosen = note_selection(data, **{name: value for name, value in asked.items() if value is not None})
    if known_by is not None:
        chosen = _known_by(chosen, check_date(known_by))
    if types is not None:
        chosen = keep_entities(chosen, chosen.entities["type"].isin(kinds["types"] or []))
    if relations is not None:
        chosen = _keep_relations(chosen, chosen.relations["relation"].isin(kinds["relations"] or []))
    if at is not None:
        chosen = _keep_relations(chosen, _valid_at(chosen.relations, check_date(at)))
    if min_probability is not None:
        likely = relation_probabilities(chosen, prior=prior) * tie_factor(chosen, prior=prior) >= min_probability
        chosen = _keep_relations(chosen, chosen.relations["id"].map(likely).astype(bool))
    return chosen


def note_selection(data: Dataset, **selection: Any) -> Dataset:
    """The dataset with a note in its package of what was chosen from it, beside what was noted before."""
    if not selection:
        return data
    told = data.package.get("netscam", {})
    noted = {**told.get("selection", {}), **selection}
    return replace(data, package={**data.package, "netscam": {**told, "selection": noted}})


def _known(kind: str, names: Iterable[str] | None, vocabulary: str) -> list[str] | None:
    if names is None:
        return None
    known = load_schema().vocabularies[vocabulary]
    chosen = [names] if isinstance(names, str) else list(names)
    for name in chosen:
        if name not in known:
            raise UnknownNameError(kind, name, known)
    return chosen


def first_day(date: str) -> str:
    """First day of a date of reduced precision, as text that sorts."""
    return f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10]


def last_day(date: str) -> str:
    """Last day of a date of reduced precision, as text that sorts."""
    if len(date) == 7:
        return f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:]))[1]:02d}"
    return f"{date}-12-31"[:10]


def check_date(date: str) -> str:
    """A date as it is given.

    Raises
    ------
    DateError
        It is not of the form 2025, 2025-10 or 2025-10-14, or there is no such day.
    """
    try:
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", date):
            raise ValueError
        datetime.date.fromisoformat(first_day(date))
    except ValueError:
        raise DateError(f"{date!r} is not a date like 2025, 2025-10 or 2025-10-14") from None
    return date


def _valid_at(relations: pd.DataFrame, at: str) -> pd.Series[bool]:
    started = relations["start"].eq("") | relations["start"].map(first_day).le(last_day(at))
    ended = relations["end"].ne("") & relations["end"].map(last_day).lt(first_day(at))
    return started & ~ended


def _known_by(data: Dataset, known_by: str) -> Dataset:
    published = data.documents["published"]
    known = published.ne("") & published.map(last_day).le(last_day(known_by))
    documents = data.documents[known]
    evidence = data.evidence[data.evidence["document"].isin(documents["id"])]
    supported = evidence.loc[evidence["stance"] == "supports", "relation"]
    relations = data.relations[data.relations["id"].isin(supported)]
    events = data.events[data.events["document"].isin(documents["id"])]
    mentioned = {*relations["source"], *relations["target"], *events["place"]}
    mentioned.update(item for cell in events["entities"] for item in split_list(cell))
    entities = data.entities[data.entities["id"].isin(mentioned)]
    evidence = evidence[evidence["relation"].isin(relations["id"])]
    ahead = relations["end"].ne("") & relations["end"].map(first_day).gt(last_day(known_by))
    relations = relations.assign(end=relations["end"].where(~ahead, ""), description="")
    corrections = data.corrections[data.corrections["date"].map(last_day).le(last_day(known_by))]
    corrections = corrections[corrections["document"].eq("") | corrections["document"].isin(documents["id"])]
    told = {key: value for key, value in data.package.get("netscam", {}).items() if key != "caveat"}
    return _with(
        replace(data, costs=None, package={**data.package, "netscam": {**told, "as_of": known_by}}),
        entities=entities.assign(status="", description=""),
        relations=relations,
        evidence=evidence,
        documents=documents,
        events=events,
        corrections=corrections,
    )


def _keep_relations(data: Dataset, keep: pd.Series[bool]) -> Dataset:
    relations = data.relations[keep.to_numpy()]
    evidence = data.evidence[data.evidence["relation"].isin(relations["id"])]
    return _with(data, relations=relations, evidence=evidence)


def keep_entities(data: Dataset, keep: pd.Series[bool]) -> Dataset:
    """Keep some entities and what hangs on them: relations with both ends, their evidence, events, costs."""
    entities = data.entities[keep.to_numpy()]
    ids = set(entities["id"])
    ends = data.relations["source"].isin(ids) & data.relations["target"].isin(ids)
    events = data.events.copy()
    events["entities"] = [join_list(i for i in split_list(cell) if i in ids) for cell in events["entities"]]
    events["place"] = events["place"].where(events["place"].isin(ids), "")
    had = data.events["entities"].ne("") | data.events["place"].ne("")
    events = events[events["entities"].ne("") | events["place"].ne("") | ~had]
    return _with(_keep_relations(data, ends), entities=entities, events=events)


def _with(data: Dataset, **tables: Any) -> Dataset:
    frames = {name: frame.reset_index(drop=True) for name, frame in tables.items()}
    costs = data.costs
    if costs is not None and "entities" in frames:
        costs = costs[costs["id"].isin(frames["entities"]["id"])].reset_index(drop=True)
    return replace(data, **frames, costs=costs)
