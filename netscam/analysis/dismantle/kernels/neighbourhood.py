"""What one node more or less would do: pairs cut by every node of a component, and the size of a merger."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.jit import kernel

State: TypeAlias = tuple[
    NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]
]
"""(out, label, size, gain, work): see `new_state`."""


@kernel
def new_state(n: int) -> State:
    """Empty state: nothing removed, nothing labelled.

    ``out`` marks removed nodes, ``label`` names the component of a node by one of its members, ``size`` is read at
    the label, ``gain`` is the number of connected pairs that the removal of a node would cut, and ``work`` has
    scratch rows: cursor, time, low point, subtree, cut-off nodes, cut-off pairs, path, members, epoch, counters,
    stamps of components, the component that a component was merged into, and marks of nodes.
    """
    work = np.zeros((13, max(n, 2)), np.int64)
    work[11, :] = np.arange(max(n, 2))
    return (
        np.zeros(n, np.bool_),
        np.arange(n),
        np.ones(n, np.int64),
        np.zeros(n, np.float64),
        work,
    )


@kernel
def explore(indptr: NDArray[np.int64], indices: NDArray[np.int32], state: State, start: int) -> int:
    """Label the component of ``start`` and find, for each member, the pairs that its removal would cut.

    One depth-first search with low points (Hopcroft and Tarjan 1973); row 7 of ``work`` holds the members afterwards.
    """
    out, label, size, gain, work = state
    cursor, time, low, subtree = work[0], work[1], work[2], work[3]
    cut, pairs, path, members, epoch = work[4], work[5], work[6], work[7], work[8]
    work[9, 0] += 1
    now = work[9, 0]
    path[0] = start
    depth = 1
    clock = 0
    fresh = start
    while depth > 0:
        if fresh >= 0:
            epoch[fresh] = now
            label[fresh] = start
            cursor[fresh] = indptr[fresh]
            time[fresh] = clock
            low[fresh] = clock
            subtree[fresh] = 1
            cut[fresh] = 0
            pairs[fresh] = 0
            members[clock] = fresh
            clock += 1
            fresh = -1
        v = path[depth - 1]
        e = cursor[v]
        stop = indptr[v + 1]
        least = low[v]
        while e < stop:
            w = indices[e]
            e += 1
            if out[w]:
                continue
            if epoch[w] == now:
                least = min(least, time[w])
                continue
            fresh = w
            break
        cursor[v] = e
        low[v] = least
        if fresh >= 0:
            path[depth] = fresh
            depth += 1
            continue
        depth -= 1
        if depth > 0:
            up = path[depth - 1]
            s = subtree[v]
            subtree[up] += s
            low[up] = min(low[up], least)
            if least >= time[up]:
                cut[up] += s
                pairs[up] += s * (s - 1) // 2
    whole = clock * (clock - 1) // 2
    for i in range(clock):
        v = members[i]
        rest = clock - 1 - cut[v]
        gain[v] = whole - pairs[v] - rest * (rest - 1) // 2
    size[start] = clock
    return clock


@kernel
def flip(indptr: NDArray[np.int64], indices: NDArray[np.int32], state: State, nodes: NDArray[np.int64]) -> int:
    """Take the given nodes that are there, put back those that are not; returns the change in connected pairs.

    Labels, sizes and gains are brought up to date once, after all nodes have changed sides.
    """
    out, label, size, _, work = state
    epoch, seen = work[8], work[10]
    work[9, 1] += 1
    stamp = work[9, 1]
    change = 0
    for v in nodes:
        begin, end = (indptr[v], indptr[v + 1]) if out[v] else (0, 1)
        for e in range(begin, end):
            w = indices[e] if out[v] else v
            if not out[w] and seen[label[w]] != stamp:
                seen[label[w]] = stamp
                change -= size[label[w]] * (size[label[w]] - 1) // 2
    for v in nodes:
        out[v] = not out[v]
    before = work[9, 0]
    for v in nodes:
        begin, end = (indptr[v], indptr[v + 1]) if out[v] else (0, 1)
        for e in range(begin, end):
            w = indices[e] if out[v] else v
            if not out[w] and epoch[w] <= before:
                s = explore(indptr, indices, state, w)
                change += s * (s - 1) // 2
    return change


@kernel
def undo(indptr: NDArray[np.int64], indices: NDArray[np.int32], state: State, journal: NDArray[np.int64]) -> None:
    """Turn back every node that is in the journal an odd number of times."""
    order = np.sort(journal)
    turn = np.empty(len(order), np.int64)
    count = 0
    i = 0
    while i < len(order):
        j = i
        while j < len(order) and order[j] == order[i]:
            j += 1
        if (j - i) % 2 == 1:
            turn[count] = order[i]
            count += 1
        i = j
    flip(indptr, indices, state, turn[:count])


@kernel
def top(above: NDArray[np.int64], component: int) -> int:
    """Last of the components that `merge` has joined, one into the next, from ``component`` on."""
    while above[component] != component:
        component = above[component]
    return component


@kernel
def merger(indptr: NDArray[np.int64], indices: NDArray[np.int32], state: State, node: int) -> tuple[int, int]:
    """Size of the component that ``node`` would form if it came back, and the pairs that it would join.

    Components that `merge` has joined since the last `flip` count as one.
    """
    out, label, size, _, work = state
    seen, above = work[10], work[11]
    work[9, 1] += 1
    stamp = work[9, 1]
    total = 1
    joined = 0
    for e in range(indptr[node], indptr[node + 1]):
        w = indices[e]
        if not out[w]:
            c = top(above, label[w])
            if seen[c] != stamp:
                seen[c] = stamp
                joined += total * size[c]
                total += size[c]
    return total, joined


@kernel
def merge(indptr: NDArray[np.int64], indices: NDArray[np.int32], state: State, node: int) -> None:
    """Note that ``node`` will come back, without relabelling; `settle` the noted nodes before anything else."""
    out, label, size, _, work = state
    above = work[11]
    out[node] = False
    label[node] = node
    size[node] = 1
    for e in range(indptr[node], indptr[node + 1]):
        w = indices[e]
        if not out[w] and w != node:
            c = top(above, label[w])
            if c != node:
                above[c] = node
                size[node] += size[c]


@kernel
def settle(indptr: NDArray[np.int64], indices: NDArray[np.int32], state: State, nodes: NDArray[np.int64]) -> None:
    """Relabel the components of the nodes that `merge` has put back and forget the notes."""
    label, work = state[1], state[4]
    above = work[11]
    for v in nodes:
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if label[w] >= 0:
                above[label[w]] = label[w]
        above[v] = v
    before = work[9, 0]
    for v in nodes:
        if work[8, v] <= before:
            explore(indptr, indices, state, v)


@kernel
def start_state(indptr: NDArray[np.int64], indices: NDArray[np.int32], chosen: NDArray[np.int64]) -> tuple[State, int]:
    """State with ``chosen`` removed, and the connected pairs that are left."""
    n = len(indptr) - 1
    state = new_state(n)
    for v in chosen:
        state[0][v] = True
    total = 0
    for v in range(n):
        if not state[0][v] and state[4][8, v] == 0:
            s = explore(indptr, indices, state, v)
            total += s * (s - 1) // 2
    return state, total
