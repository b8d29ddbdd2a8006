"""Compiled greedy choice and swaps on the average over draws of a graph."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from netscam.analysis.keynodes.local import pair_losses

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Neighbours = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@njit(cache=True)
def thinned(indptr: Ints, indices: Neighbours, link: Ints, present: Flags) -> tuple[Ints, Neighbours]:
    """Compressed rows of the graph that keeps the edges that are present in one draw."""
    n = indptr.shape[0] - 1
    start = np.zeros(n + 1, dtype=np.int64)
    kept = np.empty(indices.shape[0], dtype=np.int32)
    used = 0
    for v in range(n):
        for e in range(indptr[v], indptr[v + 1]):
            if present[link[e]]:
                kept[used] = indices[e]
                used += 1
        start[v + 1] = used
    return start, kept[:used].copy()


@njit(cache=True)
def _mean_losses(indptr: Ints, indices: Neighbours, link: Ints, sample: Flags, alive: Flags) -> Floats:
    """Average over the draws of the pairs that removing each node would break."""
    n = indptr.shape[0] - 1
    weight = np.ones(n)
    loss = np.zeros(n)
    for d in range(sample.shape[0]):
        start, kept = thinned(indptr, indices, link, sample[d])
        loss += pair_losses(start, kept, alive, weight)
    loss /= sample.shape[0]
    return loss


@njit(cache=True)
def pairs_left(indptr: Ints, indices: Neighbours, link: Ints, sample: Flags, alive: Flags) -> Floats:
    """Count connected pairs of alive nodes in every draw."""
    n = indptr.shape[0] - 1
    pairs = np.zeros(sample.shape[0])
    queue = np.empty(n, dtype=np.int64)
    for d in range(sample.shape[0]):
        seen = ~alive
        for root in range(n):
            if seen[root]:
                continue
            seen[root] = True
            queue[0] = root
            head, tail = 0, 1
            while head < tail:
                v = queue[head]
                head += 1
                for e in range(indptr[v], indptr[v + 1]):
                    w = indices[e]
                    if sample[d, link[e]] and not seen[w]:
                        seen[w] = True
                        queue[tail] = w
                        tail += 1
            pairs[d] += tail * (tail - 1) / 2.0
    return pairs


@njit(cache=True)
def _best(loss: Floats, free: Flags, alive: Flags, cost: Floats, left: float) -> int:
    best, choice = 1e-9, -1
    for v in range(loss.shape[0]):
        if free[v] and alive[v] and cost[v] <= left + 1e-9 and loss[v] > best + 1e-9:
            best, choice = loss[v], v
    return choice


@njit(cache=True)
def average_swaps(
    indptr: Ints,
    indices: Neighbours,
    link: Ints,
    sample: Flags,
    alive: Flags,
    free: Flags,
    cost: Floats,
    left: float,
    places: int,
) -> Flags:
    """Take nodes greedily, then swap single ones while the average gets better; returns what is left alive."""
    alive = alive.copy()
    while places > 0:
        v = _best(_mean_losses(indptr, indices, link, sample, alive), free, alive, cost, left)
        if v < 0:
            break
        alive[v] = False
        left -= cost[v]
        places -= 1
    better = True
    while better:
        better = False
        for s in range(alive.shape[0]):
            if alive[s] or not free[s]:
                continue
            alive[s] = True
            loss = _mean_losses(indptr, indices, link, sample, alive)
            v = _best(loss, free, alive, cost, left + cost[s])
            if v >= 0 and loss[v] > loss[s] + 1e-6:
                alive[v] = False
                left += cost[s] - cost[v]
                better = True
            else:
                alive[s] = False
    return alive
