"""Shrink a key-node problem without changing its optimum, and carry answers back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from netscam.analysis.keynodes.csr import CSR, csr_from_edges

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Reduced:
    """A smaller problem: nodes that are never worth taking are merged, nodes that must be taken are gone.

    Parameters
    ----------
    csr
        The reduced graph.
    weight
        What every reduced node stands for, shape (csr.n,).
    inner
        Pair value that is lost when the reduced node itself is taken, shape (csr.n,).
    constant
        Pair value that no set of allowed nodes can break.
    free
        Which reduced nodes may be taken; each of these stands for one original node.
    original
        The original vertex of every free reduced node; -1 for merged ones.
    cost
        Cost of taking a reduced node, shape (csr.n,); 0 where it is not free.
    dominated
        Shape (d, 2): taking the first of a row is only worth it when the second is taken as well.
    loose
        Largest weight of a merged blob, which no answer can split.
    """

    csr: CSR
    weight: Floats
    inner: Floats
    constant: float
    free: Flags
    original: Ints
    cost: Floats
    dominated: Ints
    loose: float


def dominations(csr: CSR, free: Flags, cost: Floats, weight: Floats) -> Ints:
    """Find pairs (i, j) of free nodes such that j is at least as good a choice as i in every set.

    That holds when every neighbour of i other than j is a neighbour of j, and j costs no more and weighs no less:
    swapping i for j then breaks at least as much. Equals are ordered by number, so that the pairs form no cycle.

    Returns
    -------
    Array of shape (d, 2).
    """
    near = [set(csr.neighbours(v).tolist()) for v in range(csr.n)]
    pairs: list[tuple[int, int]] = []
    for i in np.flatnonzero(free).tolist():
        if not near[i]:
            continue
        pivot = min(near[i], key=lambda v: (len(near[v]), v))
        second = min((v for v in near[i] if v != pivot), key=lambda v: (len(near[v]), v), default=pivot)
        for j in sorted(near[pivot] | near[second] | {pivot, second}):
            if j == i or not free[j] or cost[j] > cost[i] or weight[j] < weight[i]:
                continue
            if not near[i] - {j} <= near[j]:
                continue
            twin = near[j] - {i} <= near[i] and cost[j] == cost[i] and weight[j] == weight[i]
            if not twin or j < i:
                pairs.append((i, j))
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _useless(csr: CSR, pairs: Ints) -> Flags:
    """Mark nodes that every neighbour dominates: once those are taken the node is alone and not worth taking."""
    adjacent = {(int(a), int(b)) for a, b in csr.edges().tolist()}
    count = np.zeros(csr.n, dtype=np.int64)
    for i, j in pairs.tolist():
        if (min(i, j), max(i, j)) in adjacent:
            count[i] += 1
    return np.asarray(count == csr.degrees)


def _blobs(csr: CSR, free: Flags) -> Ints:
    """Number groups of connected nodes that are not free; free nodes get a group of their own."""
    from netscam.analysis.keynodes.kernels import component_labels

    label, size = component_labels(csr.indptr, csr.indices, ~free)
    label[free] = len(size) + np.arange(int(free.sum()))
    return np.asarray(label)


def reduce_problem(
    csr: CSR, free: Flags, cost: Floats, weight: Floats, taken: Flags, *, dominate: bool = True
) -> Reduced:
    """Build the reduced problem.

    Parameters
    ----------
    csr
        The whole graph.
    free
        Nodes that may be taken.
    cost, weight
        Per node, shape (n,).
    taken
        Nodes that are taken in any case; they are removed first.
    dominate
        Use domination; without it every optimal set survives, with it at least one.
    """
    free = free & ~taken
    edges = csr.edges()
    edges = edges[~(taken[edges[:, 0]] | taken[edges[:, 1]])]
    left = csr_from_edges(csr.n, edges)
    pairs = dominations(left, free, cost, weight) if dominate else np.empty((0, 2), dtype=np.int64)
    useless = _useless(left, pairs) if dominate else left.degrees == 0
    free = free & ~useless
    group = _blobs(left, free)
    count = int(group.max(initial=-1)) + 1
    mass: Floats = np.bincount(group, weights=weight * ~taken, minlength=count).astype(np.float64)
    square = np.bincount(group, weights=(weight * ~taken) ** 2, minlength=count)
    constant = float((mass**2 - square).sum() / 2)
    owner = np.full(count, -1, dtype=np.int64)
    owner[group[free]] = np.flatnonzero(free)
    merged = csr_from_edges(count, group[edges])
    return _fold_pendants(merged, mass, constant, owner, cost, _regroup(pairs, group, free))


def _regroup(pairs: Ints, group: Ints, free: Flags) -> Ints:
    kept = pairs[free[pairs[:, 0]] & free[pairs[:, 1]]]
    return np.asarray(group[kept])


def _fold_pendants(csr: CSR, mass: Floats, constant: float, owner: Ints, cost: Floats, pairs: Ints) -> Reduced:
    """Fold blobs that hang on one free node into that node; drop what has no edge."""
    free = owner >= 0
    inner = np.zeros(csr.n)
    weight = mass.copy()
    keep = csr.degrees > 0
    for blob in np.flatnonzero(~free & (csr.degrees == 1)).tolist():
        host = int(csr.neighbours(blob)[0])
        inner[host] += weight[host] * mass[blob]
        weight[host] += mass[blob]
        keep[blob] = False
    keep |= inner > 0
    number = np.cumsum(keep) - 1
    edges = csr.edges()
    edges = number[edges[keep[edges].all(axis=1)]]
    index = np.flatnonzero(keep)
    kept_pairs = number[pairs[keep[pairs].all(axis=1)]]
    original = owner[index]
    return Reduced(
        csr=csr_from_edges(index.size, edges),
        weight=weight[index],
        inner=inner[index],
        constant=constant,
        free=free[index],
        original=original,
        cost=np.where(original >= 0, cost[np.maximum(original, 0)], 0.0),
        dominated=kept_pairs,
        loose=float(mass[~free].max(initial=0.0)),
    )
