"""How well rankings name what came later, with equals counted fairly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from netscam.errors import GraphError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


class Judge:
    """One ranking of n candidates, ready to be judged on any number of resamples of them.

    Parameters
    ----------
    scores
        Shape (n,): higher comes first; NaN comes last. Equal scores are equal places: every number below is the mean
        over all orders of equals, so that neither ids nor the order of rows can help.
    hits
        Shape (n,): whether a candidate is one of those that came later.

    Raises
    ------
    GraphError
        No candidate, or hits of another shape.

    References
    ----------
    McSherry, F., & Najork, M. (2008). Computing information retrieval performance measures efficiently in the presence
    of tied scores. ECIR, 414-421. Hanley, J. A., & McNeil, B. J. (1982). The meaning and use of the area under a
    receiver operating characteristic (ROC) curve. Radiology 143, 29-36.
    """

    def __init__(self, scores: Floats, hits: NDArray[np.bool_]) -> None:
        if not len(scores) or len(scores) != len(hits):
            raise GraphError("a ranking is judged on at least one candidate, each a hit or not")
        filled = np.where(np.isnan(scores), -np.inf, scores)
        self._order = np.argsort(-filled, kind="stable")
        ranked = filled[self._order]
        self._starts = np.flatnonzero(np.concatenate([[True], ranked[1:] != ranked[:-1]]))
        self._hits = np.asarray(hits, dtype=bool)[self._order]

    def groups(self, weights: Ints) -> tuple[Ints, Ints]:
        """Hits and candidates in each group of equals, best first.

        Parameters
        ----------
        weights
            Shape (resamples, n): how often each candidate is in each resample.

        Returns
        -------
        hits, all
            Shape (resamples, groups).
        """
        ordered = weights[:, self._order]
        every = np.add.reduceat(ordered, self._starts, axis=1)
        return np.add.reduceat(ordered * self._hits, self._starts, axis=1), every


def precision_at(hits: Ints, every: Ints, k: int) -> Floats:
    """Expected share of hits among the first k (all of them, where there are fewer).

    Parameters
    ----------
    hits, every
        From ``Judge.groups``; shape (resamples, groups).
    k
        At least 1.

    Returns
    -------
    numpy.ndarray
        Shape (resamples,).
    """
    before = np.cumsum(every, axis=1) - every
    taken = np.clip(k - before, 0, every)
    found = (taken * hits / np.maximum(every, 1)).sum(axis=1)
    return np.asarray(found / np.minimum(k, every.sum(axis=1)), dtype=np.float64)


def average_precision(hits: Ints, every: Ints) -> Floats:
    """Expected mean, over the hits, of the precision at the place of each; NaN without a hit.

    Notes
    -----
    Within a group of n equals with r hits, after t candidates with R hits, the i-th place holds a hit with chance r/n,
    and (i - 1)(r - 1)/(n - 1) hits of the group are then expected before it. The sum over i of
    (R + 1 + (i - 1)(r - 1)/(n - 1)) / (t + i) has a closed form in harmonic numbers.
    """
    total = hits.sum(axis=1)
    harmonic = np.concatenate([[0.0], np.cumsum(1.0 / np.arange(1, every.sum(axis=1).max() + 1))])
    before = np.cumsum(every, axis=1) - every
    earlier = np.cumsum(hits, axis=1) - hits
    slope = np.where(every > 1, (hits - 1) / np.maximum(every - 1, 1), 0.0)
    steps = harmonic[before + every] - harmonic[before]
    sums = slope * every + (earlier + 1 - slope - slope * before) * steps
    found = np.where(every > 0, hits / np.maximum(every, 1) * sums, 0.0).sum(axis=1)
    return np.asarray(np.where(total > 0, found / np.maximum(total, 1), np.nan), dtype=np.float64)


def roc_auc(hits: Ints, every: Ints) -> Floats:
    """Chance that a hit stands above a miss, half for equals (Mann and Whitney); NaN without a hit or a miss."""
    misses = every - hits
    below = misses.sum(axis=1, keepdims=True) - np.cumsum(misses, axis=1)
    pairs = hits.sum(axis=1) * misses.sum(axis=1)
    won = (hits * (below + 0.5 * misses)).sum(axis=1)
    return np.asarray(np.where(pairs > 0, won / np.maximum(pairs, 1), np.nan), dtype=np.float64)


def resamples(hits: NDArray[np.bool_], draws: int, seed: int) -> Ints:
    """Bootstrap weights: the candidates as they are first, then ``draws`` resamples with as many hits and misses.

    Hits and misses are drawn apart, each with replacement, so that every resample has the recorded prevalence and all
    measures are defined.

    Returns
    -------
    numpy.ndarray
        Shape (draws + 1, n).
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    weights = np.ones((draws + 1, len(hits)), dtype=np.int64)
    for mine in (np.flatnonzero(hits), np.flatnonzero(~hits)):
        if len(mine):
            weights[1:, mine] = rng.multinomial(len(mine), np.full(len(mine), 1 / len(mine)), size=draws)
    return weights


def judged(scores: Floats, hits: NDArray[np.bool_], weights: Ints, ks: Sequence[int]) -> dict[str, Floats]:
    """Every number of one ranking on every resample: ``precision_at_K``, ``average_precision``, ``roc_auc``.

    Returns
    -------
    dict
        Arrays of shape (resamples,).
    """
    found, every = Judge(scores, hits).groups(weights)
    numbers = {f"precision_at_{k}": precision_at(found, every, k) for k in ks}
    return {**numbers, "average_precision": average_precision(found, every), "roc_auc": roc_auc(found, every)}
