"""A union-find forest whose links can be undone: for trying changes of a removal order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.jit import kernel

TAIL = 0.02
"""Weight of the curve behind its first point below the share that ends the area: a slope, not an aim."""


class Forest(NamedTuple):
    """A graph without the nodes that are out (parent -1): its rows, parents, sizes at the roots, and links to undo."""

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    parent: NDArray[np.int32]
    size: NDArray[np.int32]
    log: NDArray[np.int32]


class Course(NamedTuple):
    """A removal order, its curve with room for a trial one, and the value below which the curve hardly counts."""

    order: NDArray[np.int32]
    curve: NDArray[np.int32]
    fresh: NDArray[np.int32]
    threshold: float


@kernel
def put_back(forest: Forest, node: int, height: int) -> tuple[int, int]:
    """Put a removed node (parent -1) back; returns the size of its component and the new height of the log."""
    indptr, indices, parent, size, log = forest
    parent[node] = node
    size[node] = 1
    log[height] = -node - 1
    height += 1
    r = node
    for e in range(indptr[node], indptr[node + 1]):
        w = indices[e]
        if parent[w] < 0:
            continue
        while parent[w] != w:
            w = parent[w]
        if w == r:
            continue
        if size[w] < size[r]:
            parent[w] = r
            size[r] += size[w]
            log[height] = w
        else:
            parent[r] = w
            size[w] += size[r]
            log[height] = r
            r = w
        height += 1
    return size[r], height


@kernel
def roll_back(forest: Forest, height: int, floor: int) -> None:
    """Undo the entries of the log from ``height`` down to ``floor``."""
    _, _, parent, size, log = forest
    while height > floor:
        height -= 1
        x = log[height]
        if x < 0:
            parent[-x - 1] = -1
        else:
            size[parent[x]] -= size[x]
            parent[x] = x


@kernel
def base_forest(forest: Forest, order: NDArray[np.int32]) -> int:
    """Flat union-find of the graph without the nodes of ``order``; returns the largest size."""
    indptr, indices, parent, size, log = forest
    n = len(parent)
    parent[:] = -2
    for v in order:
        parent[v] = -1
    largest = 0
    for v in range(n):
        if parent[v] == -2:
            log[0] = v
            top = 1
            count = 0
            parent[v] = v
            while top > 0:
                top -= 1
                x = log[top]
                count += 1
                for e in range(indptr[x], indptr[x + 1]):
                    w = indices[e]
                    if parent[w] == -2:
                        parent[w] = v
                        log[top] = w
                        top += 1
            size[v] = count
            largest = max(largest, count)
    return largest


@kernel
def counted(value: int, before: int, threshold: float) -> float:
    """Share of a point of the curve in the aim: all of it until one is below the threshold."""
    return float(value) if before >= threshold else TAIL * value
