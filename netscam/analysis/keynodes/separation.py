"""Compiled separation: shortest-path trees under fractional node lengths, and the cuts read from them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from netscam.analysis.jit import kernel

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Neighbours = npt.NDArray[np.int32]
NUDGE = 1e-7  # per step, so that of equally short trees the flattest is taken: its cut is the strongest
NEAR = 1.0 - 1e-6


@kernel
def _push(keys: Floats, nodes: Ints, size: int, key: float, node: int) -> int:
    i = size
    while i > 0:
        up = (i - 1) >> 1
        if keys[up] <= key:
            break
        keys[i] = keys[up]
        nodes[i] = nodes[up]
        i = up
    keys[i] = key
    nodes[i] = node
    return size + 1


@kernel
def _drop(keys: Floats, nodes: Ints, size: int) -> int:
    """Take the smallest key out of the heap."""
    size -= 1
    key, node = keys[size], nodes[size]
    i = 0
    while True:
        child = 2 * i + 1
        if child >= size:
            break
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[i] = keys[child]
        nodes[i] = nodes[child]
        i = child
    keys[i] = key
    nodes[i] = node
    return size


@kernel
def _tree(
    indptr: Ints,
    indices: Neighbours,
    x: Floats,
    root: int,
    dist: Floats,
    parent: Ints,
    order: Ints,
    heap: Floats,
    who: Ints,
) -> int:
    """Settle every node nearer than 1 to ``root``; ``dist`` must be infinite everywhere on entry."""
    count = 0
    dist[root] = x[root] + NUDGE
    parent[root] = -1
    size = _push(heap, who, 0, dist[root], root) if dist[root] < NEAR else 0
    while size > 0:
        key, v = heap[0], who[0]
        size = _drop(heap, who, size)
        if key > dist[v]:
            continue
        order[count] = v
        count += 1
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            further = key + x[w] + NUDGE
            if further < NEAR and further < dist[w]:
                dist[w] = further
                parent[w] = v
                size = _push(heap, who, size, further, w)
    return count


@kernel
def _grown(values: Floats, columns: Ints, used: int, more: int) -> tuple[Floats, Ints]:
    if used + more <= values.shape[0]:
        return values, columns
    room = max(2 * values.shape[0], used + more)
    new_values = np.empty(room, dtype=np.float64)
    new_columns = np.empty(room, dtype=np.int64)
    new_values[:used] = values[:used]
    new_columns[:used] = columns[:used]
    return new_values, new_columns


@kernel
def pair_cuts(
    indptr: Ints, indices: Neighbours, x: Floats, weight: Floats, group: Ints, groups: int
) -> tuple[float, Floats, Floats]:
    """Tree cuts for connected pairs, those of all roots of a group added up.

    Parameters
    ----------
    x
        The point, shape (n,).
    weight
        What every node counts, shape (n,).
    group
        Group of every root, shape (n,), below ``groups``.

    Returns
    -------
    value
        Weighted pairs that the trees leave connected at ``x``.
    right, left
        The cut of group g says theta[g] + left[g] @ x >= right[g]; shapes (groups,) and (groups, n). Only trees that
        demand something at ``x`` are in it.
    """
    n = indptr.shape[0] - 1
    dist = np.full(n, np.inf)
    parent = np.empty(n, dtype=np.int64)
    order = np.empty(n, dtype=np.int64)
    heap = np.empty(indices.shape[0] + n + 1, dtype=np.float64)
    who = np.empty(indices.shape[0] + n + 1, dtype=np.int64)
    below = np.zeros(n, dtype=np.float64)
    right = np.zeros(groups)
    left = np.zeros((groups, n))
    value = 0.0
    for root in range(n):
        count = _tree(indptr, indices, x, root, dist, parent, order, heap, who) if weight[root] > 0.0 else 0
        total = 0.0
        for i in range(count):
            below[order[i]] = weight[order[i]]
            total += weight[order[i]]
            dist[order[i]] = np.inf
        got = total - weight[root]
        for i in range(count - 1, 0, -1):
            below[parent[order[i]]] += below[order[i]]
            got -= below[order[i]] * x[order[i]]
        below[root] -= weight[root]
        got -= below[root] * x[root]
        if count > 1 and got > 0.0:
            half = weight[root] / 2.0
            value += half * got
            right[group[root]] += half * (total - weight[root])
            for i in range(count):
                left[group[root], order[i]] += half * below[order[i]]
    return value, right, left


@kernel
def _size_cut(order: Ints, parent: Ints, take: int, x: Floats, weight: Floats, below: Floats, limit: float) -> float:
    """Fill ``below`` with subtree weights of the first ``take`` nodes; return the violation of their cut, scaled."""
    total = 0.0
    for i in range(take):
        below[order[i]] = weight[order[i]]
        total += weight[order[i]]
    for i in range(take - 1, 0, -1):
        below[parent[order[i]]] += below[order[i]]
    excess = total - limit
    if excess <= 0.0:
        return -1.0
    got = 0.0
    for i in range(take):
        got += min(below[order[i]], excess) * x[order[i]]
    return (excess - got) / excess


@kernel
def size_cuts(
    indptr: Ints, indices: Neighbours, x: Floats, weight: Floats, roots: Ints, limit: float, least: float
) -> tuple[Floats, Floats, Ints, Ints, Floats]:
    """Tree cuts against components heavier than ``limit``, at most one per root.

    Of the prefixes of the shortest-path tree (just too heavy, then doubling) the most violated one is kept.

    Returns
    -------
    level
        Violation of the best cut of every root, as a share of its right side.
    right, start, columns, values
        The cut of row r says sum values * x[columns] >= right[r]; a row that was not violated is empty.
    """
    n = indptr.shape[0] - 1
    dist = np.full(n, np.inf)
    parent = np.empty(n, dtype=np.int64)
    order = np.empty(n, dtype=np.int64)
    heap = np.empty(indices.shape[0] + n + 1, dtype=np.float64)
    who = np.empty(indices.shape[0] + n + 1, dtype=np.int64)
    below = np.zeros(n, dtype=np.float64)
    level = np.zeros(roots.shape[0])
    right = np.zeros(roots.shape[0])
    start = np.zeros(roots.shape[0] + 1, dtype=np.int64)
    values = np.empty(4 * n + 16, dtype=np.float64)
    columns = np.empty(4 * n + 16, dtype=np.int64)
    used = 0
    for r in range(roots.shape[0]):
        count = _tree(indptr, indices, x, roots[r], dist, parent, order, heap, who)
        best, best_take = least, 0
        total, goal = 0.0, limit
        for i in range(count):
            total += weight[order[i]]
            if total > goal or i == count - 1:
                got = _size_cut(order, parent, i + 1, x, weight, below, limit)
                if got > best:
                    best, best_take = got, i + 1
                goal = limit + max(2.0 * (total - limit), 1.0)
        if best_take > 0:
            _size_cut(order, parent, best_take, x, weight, below, limit)
            level[r] = best
            excess = -limit
            for i in range(best_take):
                excess += weight[order[i]]
            right[r] = excess
            values, columns = _grown(values, columns, used, best_take)
            for i in range(best_take):
                values[used] = min(below[order[i]], excess)
                columns[used] = order[i]
                used += 1
        start[r + 1] = used
        for i in range(count):
            dist[order[i]] = np.inf
    return level, right, start, columns[:used], values[:used]
