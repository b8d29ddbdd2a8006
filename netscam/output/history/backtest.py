"""Backtest: whether the record of the time would have named those that authorities acted on later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, get_args

from netscam.data.dataset import Dataset
from netscam.data.history.acts import Dating, find_act, first_mentions
from netscam.data.history.blind import blind_record, candidates, check_blind
from netscam.data.history.outcomes import STATES, observed_until, outcomes
from netscam.data.history.periods import days_between
from netscam.data.select import select
from netscam.errors import GraphError, UnknownNameError
from netscam.output.history.backtest_result import KEYS, LIMITS, Backtest, notes_on
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

    from netscam.analysis.temporal.foresee import Foresight


@dataclass(frozen=True)
class Judging:
    """How rankings are judged.

    Parameters
    ----------
    ks
        Places that precision is taken at.
    k
        Size of the key-node set; 0 for none.
    draws, level, seed
        Of the bootstrap: see ``judge_rankings``.
    """

    ks: tuple[int, ...] = (5, 10, 20)
    k: int = 5
    draws: int = 2000
    level: float = 0.9
    seed: int = 0


@dataclass(frozen=True)
class Question:
    """Which event, after which cutoff, within which horizon."""

    event: str
    cutoff: str
    horizon: str

    def outcomes(self, data: Dataset, dating: Dating) -> pd.DataFrame:
        """What became of each entity, as a record tells it."""
        return outcomes(data, event=self.event, cutoff=self.cutoff, horizon=self.horizon, dating=dating)


def backtest(
    data: Dataset,
    *,
    cutoff: str,
    event: str = "designation",
    horizon: str = "24m",
    measures: Sequence[str] | None = None,
    dating: Dating = "stated",
    record: Dataset | None = None,
    judging: Judging | None = None,
) -> Backtest:
    """Rank on the record as it stood, and see where those stood that authorities acted on later.

    Parameters
    ----------
    data
        The whole record; what came later is read from it, and nothing else.
    cutoff
        Last day of what may be known.
    event
        ``designation``, ``indictment``, ``arrest``, ``extradition`` or ``conviction``.
    horizon
        How long after the cutoff an act counts: ``24m``, ``2y``, ``90d``.
    measures
        Centralities; every registered one by default.
    dating
        ``stated``: acts that the record dates. ``inferred``: undated ones too, by the first document that shows
        them; see ``first_acts``. The result carries the other reading beside it.
    record
        What to rank, by default ``blind_record(data, cutoff)``.
    judging
        Places, resamples, seed.

    Returns
    -------
    Backtest
        Numbers as they are, poor or not, with how small the sample is.

    Raises
    ------
    DataError
        The record to rank knows something later than the cutoff (rule ``leak``).
    DateError
        Not a date or not a horizon.
    GraphError
        Nobody who could be acted on was known.
    UnknownNameError
        An unknown event or measure.

    Notes
    -----
    Candidates are the entities that the record mentions by the cutoff, of a type that the act can be about, in the
    analysis graph, not yet acted on. Scores are computed on the whole network of the time, addresses and parties that
    had been acted on included. Who was acted on by the cutoff is hindsight-free: it is told apart by date. Nothing is
    fitted, so there is no training set.
    """
    how = judging or Judging()
    then = blind_record(data, cutoff) if record is None else record
    check_blind(then, data, cutoff)
    able = candidates(then, load_schema().relation_types[find_act(event).relation].source)
    if not able:
        raise GraphError(f"no entity that could meet with {event} was known by {cutoff}")
    asked = Question(event, cutoff, horizon)
    mine_is = find_dating(dating)
    other: Dating = "inferred" if mine_is == "stated" else "stated"
    seen = _foreseen(data, then, able, asked, measures, how)
    table = asked.outcomes(data, mine_is)
    inside = table["id"].isin(able)
    until, whole = observed_until(data, cutoff=cutoff, horizon=horizon)
    result = Backtest(
        event=event,
        cutoff=cutoff,
        horizon=horizon,
        dating=mine_is,
        observed_until=until,
        whole_horizon=whole,
        known={state: int((table["state"].eq(state) & inside).sum()) for state in STATES},
        unknown_later=tuple(table.loc[~inside & table["state"].eq("later"), "id"]),
        **_verdict(table, seen, how),
        entities=_entities(data, table, seen),
        sets=seen.sets,
        sets_proven=seen.proven,
        other_reading={"dating": other, **_verdict(asked.outcomes(data, other), seen, how)},
        parameters={"measures": [name for name in seen.scores.columns if name != KEYS], **asdict(how)},
    )
    return replace(result, notes=(*notes_on(result), *LIMITS))


def find_dating(dating: str) -> Dating:
    """A way to date acts, by name.

    Raises
    ------
    UnknownNameError
        Neither ``stated`` nor ``inferred``.
    """
    ways: tuple[Dating, ...] = get_args(Dating)
    for known in ways:
        if dating == known:
            return known
    raise UnknownNameError("dating", dating, ways)


def _foreseen(
    data: Dataset,
    then: Dataset,
    able: Sequence[str],
    asked: Question,
    measures: Iterable[str] | None,
    how: Judging,
) -> Foresight:
    """Rankings on the record of the time; the set leaves out those that were then known to have been acted on."""
    from netscam.analysis.temporal.foresee import foresee
    from netscam.graph.build import to_igraph

    known = asked.outcomes(select(data, known_by=asked.cutoff), "stated")
    done = known.loc[known["state"].eq("already"), "id"]
    graphs = {directed: to_igraph(then, directed=directed) for directed in (False, True)}
    return foresee(graphs, able, measures=measures, k=how.k, forbid=done, seed=how.seed)


def _verdict(table: pd.DataFrame, seen: Foresight, how: Judging) -> dict[str, Any]:
    from netscam.analysis.temporal.verdict import judge_rankings

    scores, later = _judged(table, seen)
    if not len(scores):
        raise GraphError("nobody who was known by the cutoff can be judged")
    rankings = judge_rankings(scores, later, ks=how.ks, draws=how.draws, level=how.level, seed=how.seed)
    positives = int(later.sum())
    return {
        "candidates": len(scores),
        "positives": positives,
        "prevalence": positives / len(scores),
        "rankings": rankings,
    }


def _judged(table: pd.DataFrame, seen: Foresight) -> tuple[pd.DataFrame, pd.Series[bool]]:
    """Scores of the candidates, and which of them were acted on within the horizon."""
    state = table.set_index("id")["state"].reindex(seen.scores.index)
    judged = state.isin(["later", "beyond", "none"])
    return seen.scores[judged], state[judged].eq("later")


def _entities(data: Dataset, table: pd.DataFrame, seen: Foresight) -> pd.DataFrame:
    """How early, and how high, each positive stood."""
    from netscam.analysis.temporal.verdict import places

    scores, later = _judged(table, seen)
    hits = table[table["id"].isin(later.index[later])]
    hits = hits[["id", "name", "type", "earliest", "latest", "document"]].reset_index(drop=True)
    hits["known_since"] = hits["id"].map(first_mentions(data))
    lead = zip(hits["known_since"], hits["earliest"], strict=True)
    hits["lead_days"] = [days_between(since, act) if since and act else None for since, act in lead]
    return hits.merge(places(scores), left_on="id", right_index=True, validate="1:1")
