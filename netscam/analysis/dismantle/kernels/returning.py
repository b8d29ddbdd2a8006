"""Reinsertion for equal costs in near-linear time: the largest component is kept out of the keys."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.components import NO_GIANT, base_sets, find, join, size_beside
from netscam.analysis.jit import kernel


@kernel
def returning_order(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], order: NDArray[np.int64], limit: int
) -> tuple[NDArray[np.int64], int]:
    """Answer as `reinsertion_order` does when all costs are 1.

    A node beside the giant is queued by the rest of its component, so that growth of the giant makes no key stale.
    Whatever the giant swallows announces itself to the removed nodes beside it, once.
    """
    n = len(indptr) - 1
    removed = np.zeros(n, np.bool_)
    removed[order] = True
    parent, size, _ = base_sets(indptr, indices, removed)
    following = np.arange(n)
    for v in range(n):
        root = find(parent, v)
        if root != v:
            following[v] = following[root]
            following[root] = v
    seen = np.full(n, -1, np.int64)
    stamp = 0
    giant = NO_GIANT
    beside: list[Any] = [(0, 0) for _ in range(0)]
    apart: list[Any] = [(0, 0) for _ in range(0)]
    stale = True
    result = np.empty(len(order), np.int64)
    left = len(order)
    needed = 0
    while left > 0:
        if stale:
            stale = False
            beside.clear()
            apart.clear()
            for v in order:
                if removed[v]:
                    rest, touches = size_beside(indptr, indices, removed, parent, size, v, giant, seen, stamp)
                    stamp += 1
                    if touches:
                        beside.append((rest, v))
                    else:
                        apart.append((rest, v))
            heapq.heapify(beside)
            heapq.heapify(apart)
        bulk = size[giant] if giant != NO_GIANT else 0
        near = len(apart) == 0 or (
            len(beside) > 0
            and (
                beside[0][0] + bulk < apart[0][0] or (beside[0][0] + bulk == apart[0][0] and beside[0][1] < apart[0][1])
            )
        )
        key, v = heapq.heappop(beside) if near else heapq.heappop(apart)
        if not removed[v]:
            continue
        rest, touches = size_beside(indptr, indices, removed, parent, size, v, giant, seen, stamp)
        stamp += 1
        if touches != near or rest > key:
            if touches:
                heapq.heappush(beside, (rest, v))
            else:
                heapq.heappush(apart, (rest, v))
            continue
        if rest + (bulk if touches else 0) > limit and needed == 0:
            needed = left
        left -= 1
        result[left] = v
        removed[v] = False
        whole = v
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if removed[w]:
                continue
            root = find(parent, w)
            if root != giant and root != find(parent, v):
                following[whole], following[root] = following[root], following[whole]
                join(parent, size, v, root)
        if touches:
            other = find(parent, v)
            member = giant
            join(parent, size, other, giant)
            giant = find(parent, giant)
            x = v
            while True:
                for e in range(indptr[x], indptr[x + 1]):
                    w = indices[e]
                    if removed[w]:
                        rest, _ = size_beside(indptr, indices, removed, parent, size, w, giant, seen, stamp)
                        stamp += 1
                        heapq.heappush(beside, (rest, np.int64(w)))
                x = following[x]
                if x == v:
                    break
            following[v], following[member] = following[member], following[v]
        elif size[find(parent, v)] > max(64, 3 * bulk // 2):
            giant = find(parent, v)
            stale = True
    return result, needed
