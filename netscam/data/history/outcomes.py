"""What became of each entity after a cutoff: the outcome that a backtest is judged by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.data.dataset import Dataset
from netscam.data.history.acts import NEVER, Dating, find_act, first_acts
from netscam.data.history.periods import span_end
from netscam.data.select import check_date, first_day, last_day
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

STATES = ("already", "later", "beyond", "none", "undecided")
"""Acted on by the cutoff; after it and within the horizon; after the horizon; never in the record; or the record's
dates allow more than one of these."""


def outcomes(data: Dataset, *, event: str, cutoff: str, horizon: str, dating: Dating = "stated") -> pd.DataFrame:
    """State of every entity that the act could have been about.

    Parameters
    ----------
    data
        The whole record, written with hindsight: only what is judged, never what is ranked.
    event
        One of ``ACTS``.
    cutoff
        Last day of what is known; a date of reduced precision counts to its last day.
    horizon
        How long after the cutoff an act counts: ``24m``, ``2y``, ``90d``.
    dating
        How undated acts are read: see ``first_acts``.

    Returns
    -------
    pandas.DataFrame
        Columns ``id, name, type, state, earliest, latest, row, document``, in id order, one row for each entity of a
        type that the schema lets the act be about; ``state`` is one of ``STATES``. What nobody acted on has
        no dates; what is undecided is neither a hit nor a miss.

    Raises
    ------
    DateError
        Not a date or not a horizon.
    UnknownNameError
        Not one of ``ACTS``.
    """
    last, end = last_day(check_date(cutoff)), span_end(cutoff, horizon)
    kinds = load_schema().relation_types[find_act(event).relation].source
    able = data.entities.loc[data.entities["type"].isin(kinds), ["id", "name", "type"]]
    table = able.merge(first_acts(data, event, dating=dating), on="id", how="left", validate="1:1")
    acted = table["latest"].notna()
    table = table.fillna({"earliest": "", "latest": "", "row": "", "document": ""})
    bounds = zip(acted, table["earliest"], table["latest"], strict=True)
    states = [_state(low, high, last, end) if known else "none" for known, low, high in bounds]
    table.insert(3, "state", states)
    table["latest"] = table["latest"].replace(NEVER, "")
    return table.reset_index(drop=True)


def _state(earliest: str, latest: str, cutoff: str, end: str) -> str:
    if latest <= cutoff:
        return "already"
    if earliest > end:
        return "beyond"
    return "later" if cutoff < earliest and latest <= end else "undecided"


def observed_until(data: Dataset, *, cutoff: str, horizon: str) -> tuple[str, bool]:
    """Last day on which the record can know of an act, and whether that is the whole horizon.

    Returns
    -------
    day, whole
        The end of the horizon, or the date of the record if that comes first. What happens in the rest of the horizon
        is not in the record, and entities acted on then still count as never acted on.
    """
    end = span_end(cutoff, horizon)
    if data.as_of == "unknown":
        return end, False
    return min(end, last_day(data.as_of)), first_day(data.as_of) >= end
