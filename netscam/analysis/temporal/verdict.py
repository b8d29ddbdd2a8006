"""Rankings made before, judged by what came after: one table with intervals and lifts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from netscam.analysis.temporal.judge import judged, resamples
from netscam.errors import GraphError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RANDOM, BASE = "random", "degree"
"""Names of the order by chance, and of the measure that every other is compared with."""


def judge_rankings(
    scores: pd.DataFrame,
    later: pd.Series[bool],
    *,
    ks: Sequence[int] = (5, 10, 20),
    draws: int = 2000,
    level: float = 0.9,
    seed: int = 0,
) -> pd.DataFrame:
    """Judge rankings by which of the candidates came later.

    Parameters
    ----------
    scores
        Index: ids of the candidates; one column per ranking, higher values first, NaN last.
    later
        Same index: whether the event came within the horizon.
    ks
        Places that precision is taken at.
    draws
        Bootstrap resamples; the same for every ranking, so that differences are compared like with like.
    level
        Coverage of the intervals, which are percentiles of the resamples.
    seed
        For the resamples.

    Returns
    -------
    pandas.DataFrame
        One row per ranking, by average precision, best first, then the order by chance, ``random``. Columns
        ``ranking``; for each of ``precision_at_K``, ``average_precision``, ``roc_auc`` the value and its ``_low`` and
        ``_high``; ``lift_over_random`` and ``lift_over_degree``: average precision as a multiple of that of chance and
        of ``degree``, with intervals; ``auc_minus_degree`` with its interval. NaN where there is no ``degree``, no hit
        or no miss.

    Raises
    ------
    GraphError
        No candidates, other ids, a place below 1, no draws, or a level outside (0, 1).

    Notes
    -----
    With few hits the intervals are wide and themselves rough: the bootstrap can only repeat the hits it has. A wide
    interval that holds the value of chance is no evidence that a ranking foresees anything.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman & Hall.
    """
    import pandas as pd

    if not len(scores) or list(scores.index) != list(later.index):
        raise GraphError("rankings and outcomes must be of the same candidates, at least one")
    if draws < 1 or not 0 < level < 1 or any(k < 1 for k in ks):
        raise GraphError("places and draws are at least 1, and the level lies between 0 and 1")
    hits = later.to_numpy(dtype=bool)
    weights = resamples(hits, draws, seed)
    chance = judged(np.zeros(len(hits)), hits, weights, ks)
    every = {str(name): judged(scores[name].to_numpy(dtype=float), hits, weights, ks) for name in scores.columns}
    rows = [_row(name, numbers, chance, every.get(BASE), level) for name, numbers in every.items()]
    table = pd.DataFrame([*rows, _row(RANDOM, chance, chance, every.get(BASE), level)])
    place = pd.DataFrame(
        {"last": table["ranking"].eq(RANDOM), "worth": -table["average_precision"], "name": table["ranking"]}
    )
    return table.loc[place.sort_values(["last", "worth", "name"], kind="stable").index].reset_index(drop=True)


def _row(
    name: str, numbers: dict[str, Floats], chance: dict[str, Floats], base: dict[str, Floats] | None, level: float
) -> dict[str, Any]:
    row: dict[str, Any] = {"ranking": name}
    for key, values in numbers.items():
        row |= _bounds(key, values, level)
    mine = numbers["average_precision"]
    undefined = np.full(len(mine), np.nan)
    theirs = base or dict.fromkeys(numbers, undefined)
    row |= _bounds("lift_over_random", mine / chance["average_precision"], level)
    row |= _bounds("lift_over_degree", mine / theirs["average_precision"], level)
    row |= _bounds("auc_minus_degree", numbers["roc_auc"] - theirs["roc_auc"], level)
    return row


def _bounds(key: str, values: Floats, level: float) -> dict[str, float]:
    """The value on the candidates themselves, and the interval over resamples."""
    if np.isnan(values).any():
        return {key: float(values[0]), f"{key}_low": float("nan"), f"{key}_high": float("nan")}
    low, high = np.quantile(values[1:], [(1 - level) / 2, (1 + level) / 2])
    return {key: _short(values[0]), f"{key}_low": _short(low), f"{key}_high": _short(high)}


def _short(value: float) -> float:
    """Twelve significant digits, as rankings have."""
    return float(f"{value:.12g}")


def places(scores: pd.DataFrame) -> pd.DataFrame:
    """Place of every candidate in every ranking: 1 is the first; equals share the mean of their places; NaN is last.

    Returns
    -------
    pandas.DataFrame
        Same index and columns.
    """
    return scores.fillna(-np.inf).rank(ascending=False, method="average")
