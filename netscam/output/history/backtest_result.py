"""The result of a backtest, and what a reader must be told with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

KEYS, RANDOM = "key_nodes", "random"
"""Rankings that are no measures: membership in the key-node set, and the order by chance."""
FEW = 30
"""Fewer positives than this are called few."""
CHOSEN = (
    "The documents of the record were chosen with hindsight: the curators searched for parties that authorities had "
    "acted on, so earlier documents about these are in it and those about others are not. That favours every ranking."
)
REACH = (
    "Authorities act on whom they can reach and investigate, and publish before they act: a high place may reflect "
    "that an inquiry was already public."
)
LIMITS = (
    CHOSEN,
    REACH,
    "Not acted on is not the same as not involved; a place is a position in the recorded network, never guilt.",
)
"""Notes that hold for every backtest."""


@dataclass(frozen=True, eq=False)
class Backtest:
    """Rankings on the record as known on a cutoff, judged by the acts of authorities after it.

    Parameters
    ----------
    event, cutoff, horizon, dating
        As asked.
    observed_until, whole_horizon
        Last day of the horizon that the record can know about, and whether that is its end.
    known
        How many entities that could be acted on were in the record on the cutoff, by what became of them
        (``outcomes``): those that were acted on ``already`` and the ``undecided`` are not candidates.
    unknown_later
        Ids of those acted on later that no document had mentioned by the cutoff: no ranking could have named them.
    candidates, positives, prevalence
        How many were judged, how many of them were acted on within the horizon, and that share.
    rankings
        One row per ranking: see ``judge_rankings``.
    entities
        One row per positive: ``id, name, type, earliest, latest`` (bounds of the act's date), ``document``,
        ``known_since``, ``lead_days`` (from the first document that mentions it to the act), and its place among the
        candidates in each ranking, equals sharing the mean of their places.
    sets, sets_proven
        The best key-node sets among those that could be acted on and were not yet known to be: see ``Foresight``.
    other_reading
        Under the other ``dating``: ``dating, candidates, positives, prevalence`` and its ``rankings``.
    parameters
        Everything else that was asked for.
    notes
        What a reader must be told.
    """

    event: str
    cutoff: str
    horizon: str
    dating: str
    observed_until: str
    whole_horizon: bool
    known: Mapping[str, int]
    unknown_later: tuple[str, ...]
    candidates: int
    positives: int
    prevalence: float
    rankings: pd.DataFrame
    entities: pd.DataFrame
    sets: tuple[tuple[str, ...], ...]
    sets_proven: bool
    other_reading: Mapping[str, Any]
    parameters: Mapping[str, Any]
    notes: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        from netscam.analysis.rich import rich_table

        return rich_table(" ".join((f"{self.event} after {self.cutoff}:", *self.notes)), self.to_frame())

    def to_frame(self) -> pd.DataFrame:
        """One row per ranking."""
        return self.rankings

    def to_dict(self) -> dict[str, Any]:
        """Every field as plain data for JSON; tables are lists of rows."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        other = {**self.other_reading, "rankings": self.other_reading["rankings"].to_dict("records")}
        tables = {name: getattr(self, name).to_dict("records") for name in ("rankings", "entities")}
        return {**plain, **tables, "other_reading": other}


def notes_on(result: Backtest) -> tuple[str, ...]:
    """What the numbers of this run cannot say."""
    met = f"{result.positives} of {result.candidates} candidates met with {result.event}"
    few = f" Fewer than {FEW} positives: the intervals are wide and rough." if result.positives < FEW else ""
    span = f"between {result.cutoff} and {result.observed_until}"
    told = [f"{met} {span} (prevalence {result.prevalence:.3f}).{few}"]
    if not result.whole_horizon:
        told.append(
            f"The record ends on {result.observed_until}, before the horizon does: acts after that count as none."
        )
    if result.known["undecided"]:
        told.append(
            f"{result.known['undecided']} known entities are left out: their status or a list tells of {result.event}, "
            "but the record does not say whether it came before or after the cutoff."
        )
    if result.unknown_later:
        told.append(
            f"{len(result.unknown_later)} entities met with {result.event} within the horizon that no document of the "
            "record had mentioned by the cutoff: no ranking could have named them."
        )
    base = result.rankings[result.rankings["ranking"].ne(RANDOM)]
    clear = base.loc[base["roc_auc_low"].gt(0.5), "ranking"].tolist()
    told.append(
        f"Rankings whose interval of ROC AUC lies above chance: {', '.join(clear)}; {len(base)} were tried, and no "
        "interval is widened for that."
        if clear
        else f"None of the {len(base)} rankings has an interval of ROC AUC above chance."
    )
    return tuple(told)
