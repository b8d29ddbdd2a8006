"""Orders that come off a priority queue: adaptive degree, CoreHD, collective influence, VoteRank."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.jit import kernel


@kernel
def degree_order(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], costs: NDArray[np.float64], removed: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """All nodes not yet ``removed`` by residual degree over cost, highest first, ties by index."""
    n = len(indptr) - 1
    gone = removed.copy()
    degree = np.zeros(n, np.int64)
    heap: list[Any] = [(0.0, 0) for _ in range(0)]
    for v in range(n):
        for e in range(indptr[v], indptr[v + 1]):
            if not gone[indices[e]]:
                degree[v] += 1
        if not gone[v]:
            heap.append((-degree[v] / costs[v], v))
    heapq.heapify(heap)
    order = np.empty(len(heap), np.int64)
    count = 0
    while len(heap) > 0:
        key, v = heapq.heappop(heap)
        if gone[v] or key != -degree[v] / costs[v]:
            continue
        gone[v] = True
        order[count] = v
        count += 1
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if not gone[w]:
                degree[w] -= 1
                heapq.heappush(heap, (float(-degree[w] / costs[w]), np.int64(w)))
    return order[:count]


@kernel
def corehd_order(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], costs: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Nodes taken from the 2-core by core degree over cost until no cycle is left, ties by index."""
    n = len(indptr) - 1
    degree = np.empty(n, np.int64)
    gone = np.zeros(n, np.bool_)
    leaves = np.empty(n, np.int64)
    top = 0
    for v in range(n):
        degree[v] = indptr[v + 1] - indptr[v]
        if degree[v] < 2:
            gone[v] = True
            leaves[top] = v
            top += 1
    heap: list[Any] = [(0.0, 0) for _ in range(0)]
    order = np.empty(n, np.int64)
    count = 0
    started = False
    while True:
        while top > 0:
            top -= 1
            v = leaves[top]
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if not gone[w]:
                    degree[w] -= 1
                    if degree[w] < 2:
                        gone[w] = True
                        leaves[top] = w
                        top += 1
                    elif started:
                        heapq.heappush(heap, (float(-degree[w] / costs[w]), np.int64(w)))
        if not started:
            started = True
            for v in range(n):
                if not gone[v]:
                    heap.append((-degree[v] / costs[v], v))
            heapq.heapify(heap)
        chosen = -1
        while len(heap) > 0:
            key, v = heapq.heappop(heap)
            if not gone[v] and key == -degree[v] / costs[v]:
                chosen = v
                break
        if chosen < 0:
            break
        order[count] = chosen
        count += 1
        gone[chosen] = True
        leaves[0] = chosen
        top = 1
    return order[:count]


@kernel
def influence_of(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    degree: NDArray[np.int64],
    gone: NDArray[np.bool_],
    node: int,
    radius: int,
    seen: NDArray[np.int64],
    stamp: int,
    queue: NDArray[np.int64],
) -> int:
    """(k - 1) times the sum of (k - 1) over the nodes at exactly ``radius`` steps."""
    seen[node] = stamp
    queue[0] = node
    begin = 0
    end = 1
    for _ in range(radius):
        stop = end
        for q in range(begin, stop):
            v = queue[q]
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if not gone[w] and seen[w] != stamp:
                    seen[w] = stamp
                    queue[end] = w
                    end += 1
        begin = stop
    total = 0
    for q in range(begin, end):
        total += degree[queue[q]] - 1
    return int((degree[node] - 1) * total)


@kernel
def influence_order(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], costs: NDArray[np.float64], radius: int
) -> NDArray[np.int64]:
    """Nodes by collective influence over cost until it is zero; values refreshed at the head of the queue."""
    n = len(indptr) - 1
    degree = np.empty(n, np.int64)
    gone = np.zeros(n, np.bool_)
    seen = np.full(n, -1, np.int64)
    queue = np.empty(n + 1, np.int64)
    version = np.zeros(n, np.int64)
    for v in range(n):
        degree[v] = indptr[v + 1] - indptr[v]
    stamp = 0
    heap = [(0.0, 0, 0) for _ in range(0)]
    for v in range(n):
        value = influence_of(indptr, indices, degree, gone, v, radius, seen, stamp, queue)
        stamp += 1
        if value > 0:
            heap.append((-value / costs[v], v, 0))
    heapq.heapify(heap)
    order = np.empty(n, np.int64)
    count = 0
    while len(heap) > 0:
        _, v, when = heapq.heappop(heap)
        if gone[v] or when != version[v]:
            continue
        if when < count:
            value = influence_of(indptr, indices, degree, gone, v, radius, seen, stamp, queue)
            stamp += 1
            version[v] = count
            if value > 0:
                heapq.heappush(heap, (-value / costs[v], v, count))
            continue
        gone[v] = True
        order[count] = v
        count += 1
        for e in range(indptr[v], indptr[v + 1]):
            degree[indices[e]] -= 1
    return order[:count]


@kernel
def vote_order(indptr: NDArray[np.int64], indices: NDArray[np.int32], costs: NDArray[np.float64]) -> NDArray[np.int64]:
    """VoteRank: take the node with most votes over cost, silence it, weaken its neighbours by 1 / mean degree."""
    n = len(indptr) - 1
    ability = np.ones(n, np.float64)
    votes = np.empty(n, np.float64)
    gone = np.zeros(n, np.bool_)
    heap: list[Any] = [(0.0, 0) for _ in range(0)]
    for v in range(n):
        votes[v] = indptr[v + 1] - indptr[v]
        heap.append((-votes[v] / costs[v], v))
    heapq.heapify(heap)
    weaken = n / max(1.0, float(indptr[n]))
    order = np.empty(n, np.int64)
    count = 0
    while len(heap) > 0:
        key, v = heapq.heappop(heap)
        if gone[v] or key != -votes[v] / costs[v]:
            continue
        gone[v] = True
        order[count] = v
        count += 1
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if not gone[w]:
                votes[w] -= ability[v]
                heapq.heappush(heap, (float(-votes[w] / costs[w]), np.int64(w)))
        ability[v] = 0.0
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            loss = min(weaken, ability[w])
            if loss <= 0.0:
                continue
            ability[w] -= loss
            for f in range(indptr[w], indptr[w + 1]):
                x = indices[f]
                if not gone[x]:
                    votes[x] -= loss
                    heapq.heappush(heap, (float(-votes[x] / costs[x]), np.int64(x)))
    return order[:count]
