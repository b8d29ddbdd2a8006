"""Compiled kernels that count what is left of a graph."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from netscam.analysis.jit import kernel

Ints = npt.NDArray[np.int64]
Neighbours = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@kernel
def component_labels(indptr: Ints, indices: Neighbours, alive: Flags) -> tuple[Ints, Ints]:
    """Number of every vertex's component, by first vertex, -1 where not alive; and the size of every component."""
    n = indptr.shape[0] - 1
    label = np.full(n, -1, dtype=np.int64)
    size = np.zeros(n, dtype=np.int64)
    queue = np.empty(n, dtype=np.int64)
    count = 0
    for start in range(n):
        if not alive[start] or label[start] >= 0:
            continue
        label[start] = count
        queue[0] = start
        head, tail = 0, 1
        while head < tail:
            v = queue[head]
            head += 1
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if alive[w] and label[w] < 0:
                    label[w] = count
                    queue[tail] = w
                    tail += 1
        size[count] = tail
        count += 1
    return label, size[:count].copy()


@kernel
def within_distance(indptr: Ints, indices: Neighbours, start: Flags, distance: int) -> Flags:
    """Mark every vertex at most ``distance`` steps from a start vertex."""
    n = indptr.shape[0] - 1
    seen = start.copy()
    queue = np.empty(n, dtype=np.int64)
    tail = 0
    for v in range(n):
        if start[v]:
            queue[tail] = v
            tail += 1
    head = 0
    for _ in range(distance):
        level = tail
        while head < level:
            v = queue[head]
            head += 1
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if not seen[w]:
                    seen[w] = True
                    queue[tail] = w
                    tail += 1
    return seen


@kernel
def balls(indptr: Ints, indices: Neighbours, distance: int) -> tuple[Ints, Ints]:
    """List the nodes within ``distance`` steps of every node, itself first, as starts and members."""
    n = indptr.shape[0] - 1
    start = np.zeros(n + 1, dtype=np.int64)
    members = np.empty(4 * n + 16, dtype=np.int64)
    mark = np.full(n, -1, dtype=np.int64)
    used = 0
    for v in range(n):
        if used + n > members.shape[0]:
            bigger = np.empty(2 * members.shape[0] + n, dtype=np.int64)
            bigger[:used] = members[:used]
            members = bigger
        mark[v] = v
        members[used] = v
        head, used = used, used + 1
        for _ in range(distance):
            level = used
            while head < level:
                u = members[head]
                head += 1
                for e in range(indptr[u], indptr[u + 1]):
                    w = indices[e]
                    if mark[w] != v:
                        mark[w] = v
                        members[used] = w
                        used += 1
        start[v + 1] = used
    return start, members[:used]
