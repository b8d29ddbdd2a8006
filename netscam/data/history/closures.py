"""Which sites the record says were closed, emptied or raided, when, and which document says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from netscam.data.dataset import Dataset, split_list
from netscam.data.select import check_date, first_day, last_day
from netscam.errors import DateError, UnknownNameError
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

STATES = {"closed": ("closure", "demolition", "licence_suspension"), "emptied": ("exodus",), "raided": ("raid",)}
"""Event types by the state that they leave a site in."""
GONE = ("closed", "emptied")
"""States in which a site is counted as gone: a raid does not end what goes on at a site."""


def site_events(data: Dataset, first: str, last: str, *, types: Iterable[str] = ("compound",)) -> pd.DataFrame:
    """Events around a window of time that closed, emptied or raided entities of some types.

    Parameters
    ----------
    data
        The dataset.
    first, last
        The window: from the first day of the one date to the last day of the other.
    types
        Entity types that count as sites.

    Returns
    -------
    pandas.DataFrame
        One row per event and site that it lists, by date, event and site: columns ``id, name, type, state``
        (``closed``, ``emptied``, ``raided``), ``when`` (``before``, ``window``, ``after``; a date of reduced precision
        that touches the window is in it), ``certain`` (whether the whole span of its date is in it), ``date, people,
        event, summary, document, publisher, reliability, published``.

    Raises
    ------
    DateError
        Not a date, or an end before the start.
    UnknownNameError
        An unknown entity type.

    Notes
    -----
    Only events that list a site count: what took place somewhere may concern others. Most of what is reported names
    no site: see ``unnamed_events``.
    """
    import pandas as pd

    begin, end = window(first, last)
    kinds = [types] if isinstance(types, str) else list(types)
    for kind in kinds:
        if kind not in load_schema().entity_types:
            raise UnknownNameError("entity type", kind, load_schema().entity_types)
    sites = data.entities.loc[data.entities["type"].isin(kinds), ["id", "name", "type"]]
    states = {event: state for state, events in STATES.items() for event in events}
    events = data.events[data.events["type"].isin(states)].drop(columns=["place"])
    rows = events.assign(
        state=events["type"].map(states),
        when=[_when(date, begin, end) for date in events["date"]],
        certain=[begin <= first_day(date) and last_day(date) <= end for date in events["date"]],
        site=events["entities"].map(split_list),
    )
    rows = rows.rename(columns={"id": "event"}).drop(columns=["type", "entities", "date_precision"]).explode("site")
    documents = data.documents[["id", "publisher", "reliability", "published"]].rename(columns={"id": "document"})
    table = rows.merge(sites.rename(columns={"id": "site"}), on="site").rename(columns={"site": "id"})
    table = table.merge(documents, on="document", how="left", validate="m:1")
    columns = ["id", "name", "type", "state", "when", "certain", "date", "people", "event", "summary"]
    columns += list(documents.columns)
    return pd.DataFrame(table[columns]).sort_values(["date", "event", "id"], kind="stable", ignore_index=True)


def window(first: str, last: str) -> tuple[str, str]:
    """First and last day of a window.

    Raises
    ------
    DateError
        Not a date, or an end before the start.
    """
    begin, end = first_day(check_date(first)), last_day(check_date(last))
    if end < begin:
        raise DateError(f"{last} is before {first}")
    return begin, end


def _when(date: str, begin: str, end: str) -> str:
    if last_day(date) < begin:
        return "before"
    return "after" if first_day(date) > end else "window"


def unnamed_events(data: Dataset, first: str, last: str, *, types: Iterable[str] = ("compound",)) -> pd.DataFrame:
    """Events of the same kinds within the window that list no such site: what the network cannot show.

    Returns
    -------
    pandas.DataFrame
        Columns ``event, type, date, place, people, summary, document``, by date and event.
    """
    begin, end = window(first, last)
    kinds = [types] if isinstance(types, str) else list(types)
    sites = set(data.entities.loc[data.entities["type"].isin(kinds), "id"])
    wanted = [event for events in STATES.values() for event in events]
    events = data.events[data.events["type"].isin(wanted)]
    named = events["entities"].map(lambda cell: bool(sites & set(split_list(cell)))).astype(bool)
    inside = events["date"].map(lambda date: _when(date, begin, end) == "window").astype(bool)
    found = events[~named & inside].rename(columns={"id": "event"})
    found = found[["event", "type", "date", "place", "people", "summary", "document"]]
    return found.sort_values(["date", "event"], kind="stable", ignore_index=True)


def ended_relations(data: Dataset, first: str, last: str) -> pd.DataFrame:
    """Relations whose stated end touches the window: columns ``id, source, relation, target, end``, in id order."""
    begin, end = window(first, last)
    inside = data.relations["end"].map(lambda date: bool(date) and _when(date, begin, end) == "window").astype(bool)
    return data.relations.loc[inside, ["id", "source", "relation", "target", "end"]].reset_index(drop=True)
