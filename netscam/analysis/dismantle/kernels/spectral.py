"""Generalized network dismantling: spectral cuts of the cost-weighted Laplacian and a cover of the cut edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.between import compact
from netscam.analysis.dismantle.kernels.chance import uniform
from netscam.analysis.jit import kernel
from netscam.analysis.keynodes.kernels import component_labels


@kernel
def fiedler(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    costs: NDArray[np.float64],
    rounds: int,
    chance: NDArray[np.uint64],
) -> NDArray[np.float64]:
    """Second eigenvector of the Laplacian with edge weights cost + cost - 1, by power iteration away from the first."""
    n = len(indptr) - 1
    strength = np.zeros(n)
    for v in range(n):
        for e in range(indptr[v], indptr[v + 1]):
            strength[v] += max(1e-9, costs[v] + costs[indices[e]] - 1.0)
    shift = 2.0 * strength.max() if n else 1.0
    vector = np.empty(n)
    for v in range(n):
        vector[v] = uniform(chance) - 0.5
    for _ in range(rounds):
        vector -= vector.mean()
        following = (shift - strength) * vector
        for v in range(n):
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                following[v] += max(1e-9, costs[v] + costs[w] - 1.0) * vector[w]
        norm = np.sqrt((following * following).sum())
        vector = following / max(norm, 1e-300)
    return vector


@kernel
def cover(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    costs: NDArray[np.float64],
    side: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Greedy cheap cover of the edges between the two sides: most uncovered cut edges over cost first."""
    n = len(side)
    cut = np.zeros(n, np.int64)
    for v in range(n):
        for e in range(indptr[v], indptr[v + 1]):
            cut[v] += side[v] != side[indices[e]]
    picked = np.empty(n, np.int64)
    taken = np.zeros(n, np.bool_)
    count = 0
    while True:
        best = np.argmax(cut / costs)
        if cut[best] <= 0:
            break
        taken[best] = True
        cut[best] = 0
        picked[count] = best
        count += 1
        for e in range(indptr[best], indptr[best + 1]):
            w = indices[e]
            if not taken[w] and side[w] != side[best]:
                cut[w] -= 1
    return picked[:count]


@kernel
def spectral_order(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    costs: NDArray[np.float64],
    limit: int,
    chance: NDArray[np.uint64],
) -> NDArray[np.int64]:
    """Halve the largest component again and again by the signs of its second eigenvector."""
    n = len(indptr) - 1
    removed = np.zeros(n, np.bool_)
    order = np.empty(n, np.int64)
    count = 0
    while True:
        labels, sizes = component_labels(indptr, indices, ~removed)
        if len(sizes) == 0 or sizes.max() <= limit:
            break
        nodes, starts, ends = compact(indptr, indices, labels == np.argmax(sizes))
        weights = costs[nodes]
        rounds = 30 + int(20 * np.log(len(nodes) + 1.0))
        vector = fiedler(starts, ends, weights, rounds, chance)
        picked = cover(starts, ends, weights, vector > 0.0)
        if len(picked) == 0:
            picked = np.zeros(1, np.int64)
        for i in picked:
            removed[nodes[i]] = True
            order[count] = nodes[i]
            count += 1
    return order[:count]
