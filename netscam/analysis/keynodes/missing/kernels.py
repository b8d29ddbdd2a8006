"""Compiled loops over stacked graphs: mean betweenness as nodes are taken, and the largest component left."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from netscam.analysis.dismantle.kernels.between import accumulate, compact
from netscam.analysis.dismantle.kernels.chance import below
from netscam.analysis.dismantle.kernels.components import base_sets
from netscam.analysis.jit import kernel

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Neighbours = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
TIE = 1e-9


@kernel
def mean_order(
    indptr: Ints,
    indices: Neighbours,
    offset: Ints,
    free: Flags,
    removed: Flags,
    places: int,
    sources: int,
    chance: npt.NDArray[np.uint64],
) -> Ints:
    """Take the node with the highest betweenness, summed over the graphs, again and again; the lowest of equals.

    ``sources`` 0 counts from every node, otherwise from so many of each graph. ``removed`` changes in place.
    """
    n = indptr.shape[1] - 1
    order = np.empty(places, np.int64)
    score = np.empty(n)
    part = np.empty(n)
    dist = np.empty(n, np.int32)
    paths = np.empty(n)
    share = np.empty(n)
    queue = np.empty(n, np.int32)
    for count in range(places):
        score[:] = 0.0
        for d in range(indptr.shape[0]):
            nodes, starts, ends = compact(indptr[d], indices[offset[d] : offset[d + 1]], ~removed)
            c = len(nodes)
            part[:c] = 0.0
            looks = c if sources == 0 or sources >= c else sources
            for i in range(looks):
                s = i if looks == c else below(chance, c)
                accumulate(starts, ends, s, part[:c], dist[:c], paths[:c], share[:c], queue[:c])
            for i in range(c):
                score[nodes[i]] += part[i] * c / looks
        best = -1
        for v in range(n):
            if free[v] and not removed[v] and (best < 0 or score[v] > score[best] * (1.0 + TIE) + TIE):
                best = v
        if best < 0:
            return order[:count]
        removed[best] = True
        order[count] = best
    return order


@kernel
def largest_left(indptr: Ints, indices: Neighbours, offset: Ints, removed: Flags) -> Ints:
    """Largest component of every graph without the removed nodes."""
    largest = np.empty(indptr.shape[0], np.int64)
    for d in range(indptr.shape[0]):
        largest[d] = base_sets(indptr[d], indices[offset[d] : offset[d + 1]], removed)[2]
    return largest
