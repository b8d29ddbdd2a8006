"""Breaking what is left into small trees, and putting nodes back in the order that hurts least."""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.components import NO_GIANT, base_sets, join, size_beside
from netscam.analysis.jit import kernel


@kernel
def reinsertion_order(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    order: NDArray[np.int64],
    costs: NDArray[np.float64],
    limit: int,
) -> tuple[NDArray[np.int64], int]:
    """Put nodes back, smallest resulting component over cost first, until none is out.

    Returns the nodes in removal order (the last one put back is removed first) and how many of them are
    needed to leave every component at ``limit`` or less.
    """
    n = len(indptr) - 1
    removed = np.zeros(n, np.bool_)
    removed[order] = True
    parent, size, _ = base_sets(indptr, indices, removed)
    seen = np.full(n, -1, np.int64)
    stamp = 0
    heap = [(0.0, 0, 0) for _ in range(0)]
    for i in range(len(order)):
        v = order[i]
        total, _ = size_beside(indptr, indices, removed, parent, size, v, NO_GIANT, seen, stamp)
        stamp += 1
        heap.append((total / costs[v], v, total))
    heapq.heapify(heap)
    result = np.empty(len(order), np.int64)
    needed = 0
    left = len(order)
    while len(heap) > 0:
        key, v, _ = heapq.heappop(heap)
        total, _ = size_beside(indptr, indices, removed, parent, size, v, NO_GIANT, seen, stamp)
        stamp += 1
        if total / costs[v] > key:
            heapq.heappush(heap, (total / costs[v], v, total))
            continue
        if total > limit and needed == 0:
            needed = left
        left -= 1
        result[left] = v
        removed[v] = False
        for e in range(indptr[v], indptr[v + 1]):
            if not removed[indices[e]]:
                join(parent, size, v, indices[e])
    return result, needed


@kernel
def break_components(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    removed: NDArray[np.bool_],
    costs: NDArray[np.float64],
    limit: int,
) -> NDArray[np.int64]:
    """Nodes that cut every component larger than ``limit``, largest component first.

    In a spanning tree of the component the node is taken whose loss leaves the smallest largest branch
    over cost; where the component is a tree this is its centroid.
    """
    n = len(indptr) - 1
    gone = removed.copy()
    stamp = np.zeros(n, np.int64)
    above = np.full(n, -1, np.int64)
    weight = np.ones(n, np.int64)
    worst = np.zeros(n, np.int64)
    queue = np.empty(n, np.int64)
    heap = [(0, 0) for _ in range(0)]
    picked = np.empty(n, np.int64)
    count = 0
    round_ = 1
    seeds = np.empty(n, np.int64)
    n_seeds = 0
    for v in range(n - 1, -1, -1):
        if not gone[v]:
            seeds[n_seeds] = v
            n_seeds += 1
    mark = 1
    while True:
        while n_seeds > 0:
            n_seeds -= 1
            s = seeds[n_seeds]
            if gone[s] or stamp[s] >= mark:
                continue
            round_ += 1
            end = _bfs(indptr, indices, gone, s, round_, stamp, above, queue)
            if end > limit:
                heapq.heappush(heap, (-end, s))
        if len(heap) == 0:
            break
        _, s = heapq.heappop(heap)
        round_ += 1
        mark = round_ + 1
        end = _bfs(indptr, indices, gone, s, round_, stamp, above, queue)
        for q in range(end):
            weight[queue[q]] = 1
            worst[queue[q]] = 0
        for q in range(end - 1, 0, -1):
            v = queue[q]
            weight[above[v]] += weight[v]
            worst[above[v]] = max(worst[above[v]], weight[v])
        best = queue[0]
        value = np.inf
        for q in range(end):
            v = queue[q]
            left = costs[v] * max(worst[v], end - weight[v])
            if left < value or (left == value and v < best):
                value = left
                best = v
        gone[best] = True
        picked[count] = best
        count += 1
        for e in range(indptr[best + 1] - 1, indptr[best] - 1, -1):
            if not gone[indices[e]]:
                seeds[n_seeds] = indices[e]
                n_seeds += 1
    return picked[:count]


@kernel
def _bfs(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    gone: NDArray[np.bool_],
    start: int,
    round_: int,
    stamp: NDArray[np.int64],
    above: NDArray[np.int64],
    queue: NDArray[np.int64],
) -> int:
    """Breadth-first tree from ``start``: queue, parents, and the number of nodes reached."""
    stamp[start] = round_
    above[start] = -1
    queue[0] = start
    end = 1
    q = 0
    while q < end:
        v = queue[q]
        q += 1
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if not gone[w] and stamp[w] != round_:
                stamp[w] = round_
                above[w] = v
                queue[end] = w
                end += 1
    return end
