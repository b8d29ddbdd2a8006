"""Many draws of one graph as one array, and sets that are good over all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from netscam.analysis.keynodes.csr import CSR, csr_from_igraph
from netscam.graph.sample import EdgeSampler

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Score = Callable[[Floats], Floats]
"""From values in draws, shape (draws, n), to one number per column; the least is best."""
LEAST_GAIN = 1e-6


@dataclass(frozen=True, eq=False)
class Stack:
    """Draws of one graph.

    Parameters
    ----------
    csr
        The recorded graph in natural order of the ids.
    edge
        Number of the edge, in the order of ``csr.edges()``, of every entry of ``csr.indices``.
    column
        Number among these of every edge of the sampler.
    present
        Which edges are there, shape (draws, m).
    """

    csr: CSR
    edge: Ints
    column: Ints
    present: Flags

    def pairs(self, alive: Flags) -> Floats:
        """Connected pairs among the vertices that are alive, shape (draws,)."""
        from netscam.analysis.keynodes.draws import pairs_left

        return np.asarray(pairs_left(self.csr.indptr, self.csr.indices, self.edge, self.present, alive))

    def left(self, alive: Flags, rows: npt.ArrayLike | None = None) -> Floats:
        """Pairs left after removing each further vertex, shape (draws, n); not fewer where it is not alive."""
        from netscam.analysis.keynodes.draws import pairs_left_without

        chosen = self if rows is None else replace(self, present=np.ascontiguousarray(self.present[np.asarray(rows)]))
        csr = chosen.csr
        return np.asarray(pairs_left_without(csr.indptr, csr.indices, chosen.edge, chosen.present, alive))

    def draw(self, number: int) -> CSR:
        """One draw as a graph of its own."""
        from netscam.analysis.keynodes.draws import thinned

        start, kept = thinned(self.csr.indptr, self.csr.indices, self.edge, self.present[number])
        return replace(self.csr, indptr=start, indices=kept.copy())


def stack_of(sampler: EdgeSampler, present: Flags) -> Stack:
    """Put draws (rows of ``present``, columns as the sampler's edges) into the order of the key-node methods."""
    csr = csr_from_igraph(sampler.graph)
    place = {name: number for number, name in enumerate(csr.names or ())}
    number = np.array([place[str(name)] for name in sampler.graph.vs["name"]] if csr.n else [], dtype=np.int64)
    column = np.searchsorted(_codes(csr.edges(), csr.n), _codes(number[sampler.ends], csr.n))
    ordered = np.zeros_like(present)
    ordered[:, column] = present
    arcs = np.column_stack([np.repeat(np.arange(csr.n, dtype=np.int64), csr.degrees), csr.indices.astype(np.int64)])
    edge = np.searchsorted(_codes(csr.edges(), csr.n), _codes(arcs, csr.n))
    return Stack(csr, edge.astype(np.int64), column.astype(np.int64), ordered)


def _codes(ends: Ints, size: int) -> Ints:
    return np.asarray(ends.min(axis=1) * size + ends.max(axis=1), dtype=np.int64)


def mean_score(values: Floats) -> Floats:
    """Mean over draws: for the set that is best in expectation (sample average approximation)."""
    return np.asarray(values.mean(axis=0))


def tail_score(level: float) -> Score:
    """Mean of the worst ``1 - level`` of the draws, the conditional value at risk (Rockafellar & Uryasev 2000)."""

    def score(values: Floats) -> Floats:
        worst = max(1, int(np.ceil((1 - level) * len(values) - 1e-9)))
        return np.asarray(np.partition(values, len(values) - worst, axis=0)[len(values) - worst :].mean(axis=0))

    return score


def best_set(stack: Stack, free: Flags, size: int, score: Score, start: Flags | None = None) -> tuple[Flags, float]:
    """Choose a set by greedy choice, or from ``start``, and swap single nodes while that lowers the score.

    Returns
    -------
    removed, score
        Flags of the set, and its score. Ties go to the first node in natural order.
    """
    alive = np.ones(stack.csr.n, dtype=np.bool_) if start is None else ~start
    current = float(score(stack.pairs(alive)[:, None])[0])
    while (~alive).sum() < size and (free & alive).any():
        node, current = _cheapest(score(stack.left(alive)), free & alive)
        alive[node] = False
    better = True
    while better:
        better = False
        for node in np.flatnonzero(~alive & free).tolist():
            alive[node] = True
            other, value = _cheapest(score(stack.left(alive)), free & alive)
            gains = value < current - LEAST_GAIN
            if gains:
                current, better = value, True
            alive[other if gains else node] = False
    return ~alive, current


def _cheapest(scores: Floats, allowed: Flags) -> tuple[int, float]:
    masked = np.where(allowed, scores, np.inf)
    node = int(np.flatnonzero(masked <= masked.min() + LEAST_GAIN)[0])
    return node, float(masked[node])
