"""A union-find forest whose links can be undone: for trying changes of a removal order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.jit import kernel

TAIL = 0.02
"""Weight of the curve behind its first point below the share that ends the area: a slope, not an aim."""


@kernel
def put_back(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    parent: NDArray[np.int32],
    size: NDArray[np.int32],
    node: int,
    log: NDArray[np.int32],
    height: int,
) -> tuple[int, int]:
    """Put a removed node (parent -1) back; returns the size of its component and the new height of the log."""
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
def roll_back(
    parent: NDArray[np.int32], size: NDArray[np.int32], log: NDArray[np.int32], height: int, floor: int
) -> None:
    """Undo the entries of the log from ``height`` down to ``floor``."""
    while height > floor:
        height -= 1
        x = log[height]
        if x < 0:
            parent[-x - 1] = -1
        else:
            size[parent[x]] -= size[x]
            parent[x] = x


@kernel
def base_forest(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    order: NDArray[np.int32],
    parent: NDArray[np.int32],
    size: NDArray[np.int32],
    log: NDArray[np.int32],
) -> int:
    """Flat union-find of the graph without the nodes of ``order``; returns the largest size."""
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
