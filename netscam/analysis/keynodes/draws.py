"""Compiled greedy choice and swaps on the average over draws of a graph."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from netscam.analysis.jit import kernel
from netscam.analysis.keynodes.kernels import component_labels
from netscam.analysis.keynodes.local import pair_losses

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Neighbours = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@kernel
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


@kernel
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


@kernel
def _joined_pairs(start: Ints, kept: Neighbours, alive: Flags) -> float:
    size = component_labels(start, kept, alive)[1]
    return float((size * (size - 1) // 2).sum())


@kernel
def pairs_left(indptr: Ints, indices: Neighbours, link: Ints, sample: Flags, alive: Flags) -> Floats:
    """Count connected pairs of alive nodes in every draw."""
    pairs = np.zeros(sample.shape[0])
    for d in range(sample.shape[0]):
        start, kept = thinned(indptr, indices, link, sample[d])
        pairs[d] = _joined_pairs(start, kept, alive)
    return pairs


@kernel
def pairs_left_without(indptr: Ints, indices: Neighbours, link: Ints, sample: Flags, alive: Flags) -> Floats:
    """Count the connected pairs that are left when each further node is removed, in every draw; shape (draws, n)."""
    n = indptr.shape[0] - 1
    left = np.zeros((sample.shape[0], n))
    one = np.ones(n)
    for d in range(sample.shape[0]):
        start, kept = thinned(indptr, indices, link, sample[d])
        left[d] = _joined_pairs(start, kept, alive) - pair_losses(start, kept, alive, one)
    return left


@kernel
def _best(loss: Floats, free: Flags, alive: Flags, cost: Floats, left: float) -> int:
    best, choice = 1e-9, -1
    for v in range(loss.shape[0]):
        if free[v] and alive[v] and cost[v] <= left + 1e-9 and loss[v] > best + 1e-9:
            best, choice = loss[v], v
    return choice


@kernel
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
