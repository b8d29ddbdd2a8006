"""What each single removal would break, in every draw of a stack."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from netscam.analysis.keynodes.draws import thinned
from netscam.analysis.keynodes.kernels import component_labels
from netscam.analysis.keynodes.local import pair_losses

Ints = npt.NDArray[np.int64]
Neighbours = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@njit(cache=True)
def joined_pairs(start: Ints, kept: Neighbours, alive: Flags) -> float:
    """Connected pairs among the vertices of one graph that are alive."""
    label, count = component_labels(start, kept, alive)
    size = np.zeros(count)
    for v in range(label.shape[0]):
        if label[v] >= 0:
            size[label[v]] += 1.0
    return float((size * (size - 1.0)).sum() / 2.0)


@njit(cache=True)
def stack_pairs(indptr: Ints, indices: Neighbours, edge: Ints, present: Flags, alive: Flags) -> Floats:
    """Connected pairs among the vertices that are alive, in every draw; shape (draws,)."""
    pairs = np.zeros(present.shape[0])
    for d in range(present.shape[0]):
        start, kept = thinned(indptr, indices, edge, present[d])
        pairs[d] = joined_pairs(start, kept, alive)
    return pairs


@njit(cache=True)
def stack_left(indptr: Ints, indices: Neighbours, edge: Ints, present: Flags, alive: Flags) -> Floats:
    """Connected pairs left when each further vertex is removed, in every draw; shape (draws, n)."""
    n = indptr.shape[0] - 1
    left = np.zeros((present.shape[0], n))
    one = np.ones(n)
    for d in range(present.shape[0]):
        start, kept = thinned(indptr, indices, edge, present[d])
        left[d] = joined_pairs(start, kept, alive) - pair_losses(start, kept, alive, one)
    return left
