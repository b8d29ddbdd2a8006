"""Union-find, component labels and the curve of the largest component."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.jit import kernel

NO_GIANT = -1


@kernel
def find(parent: NDArray[np.int64], node: int) -> int:
    """Root of ``node``; halves the path on the way."""
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@kernel
def join(parent: NDArray[np.int64], size: NDArray[np.int64], a: int, b: int) -> int:
    """Root of the union of two sets, the larger one on top; ``size`` holds weights at roots."""
    a = find(parent, a)
    b = find(parent, b)
    if a == b:
        return a
    if size[a] < size[b]:
        a, b = b, a
    parent[b] = a
    size[a] += size[b]
    return a


@kernel
def base_sets(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], removed: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Union-find over the nodes that are not removed, and the size of its largest set (0 when none is left)."""
    n = len(indptr) - 1
    parent = np.arange(n)
    size = np.ones(n, np.int64)
    largest = 0
    for v in range(n):
        if removed[v]:
            continue
        root = v
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if w < v and not removed[w]:
                root = join(parent, size, root, w)
        root = find(parent, v)
        largest = max(largest, size[root])
    return parent, size, largest


@kernel
def lcc_curve(indptr: NDArray[np.int64], indices: NDArray[np.int32], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Largest component after 0, 1, ..., len(order) removals, by putting the nodes back from the end."""
    n = len(indptr) - 1
    count = len(order)
    removed = np.zeros(n, np.bool_)
    removed[order] = True
    parent, size, largest = base_sets(indptr, indices, removed)
    curve = np.empty(count + 1, np.int64)
    curve[count] = largest
    for t in range(count - 1, -1, -1):
        v = order[t]
        removed[v] = False
        for e in range(indptr[v], indptr[v + 1]):
            if not removed[indices[e]]:
                join(parent, size, v, indices[e])
        largest = max(largest, size[find(parent, v)])
        curve[t] = largest
    return curve


@kernel
def size_beside(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    removed: NDArray[np.bool_],
    parent: NDArray[np.int64],
    size: NDArray[np.int64],
    node: int,
    giant: int,
    seen: NDArray[np.int64],
    stamp: int,
) -> tuple[int, bool]:
    """Size of the component that would form around ``node`` less that of ``giant``, and whether that joins it."""
    total = 1
    touches = False
    for e in range(indptr[node], indptr[node + 1]):
        w = indices[e]
        if not removed[w]:
            root = find(parent, w)
            if root == giant:
                touches = True
            elif seen[root] != stamp:
                seen[root] = stamp
                total += size[root]
    return total, touches
