"""A network that changes: nodes go, ties are added, and nothing is copied."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.jit import kernel

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@kernel
def start_lists(n: int, room: int, ends: Ints, held: Flags, present: Flags) -> tuple[Ints, Ints, Ints, Flags, Ints]:
    """Linked lists of neighbours: first entry of each node, next entry, node, whether the tie holds a site, degrees.

    Entries come in pairs, one for each end of a tie. ``room`` is how many nodes there can ever be.
    """
    head = np.full(room, -1, np.int64)
    following = np.empty(2 * len(ends), np.int64)
    node = np.empty(2 * len(ends), np.int64)
    holds = np.empty(2 * len(ends), np.bool_)
    degree = np.zeros(room, np.int64)
    used = 0
    for e in range(len(ends) - 1, -1, -1):
        if not present[e]:
            continue
        for side in range(2):
            a = ends[e, side]
            node[used] = ends[e, 1 - side]
            holds[used] = held[e]
            following[used] = head[a]
            head[a] = used
            degree[a] += 1
            used += 1
    return head, following[:used].copy(), node[:used].copy(), holds[:used].copy(), degree


@kernel
def grown(values: Ints, size: int) -> Ints:
    """The same numbers with room for ``size``, at least twice the room before where that is more than there was."""
    if len(values) >= size:
        return values
    larger = np.empty(max(size, 2 * len(values)), np.int64)
    larger[: len(values)] = values
    return larger


@kernel
def grown_flags(values: Flags, size: int) -> Flags:
    """The same for flags."""
    if len(values) >= size:
        return values
    larger = np.empty(max(size, 2 * len(values)), np.bool_)
    larger[: len(values)] = values
    return larger


@kernel
def adjacent(head: Ints, following: Ints, node: Ints, a: int, b: int) -> bool:
    """Whether two nodes are tied."""
    e = head[a]
    while e >= 0:
        if node[e] == b:
            return True
        e = following[e]
    return False


@kernel
def tie(
    head: Ints, following: Ints, node: Ints, holds: Flags, degree: Ints, used: int, a: int, b: int, hold: bool
) -> int:
    """Tie two nodes that are there, unless they are one or tied; gives back how many entries are in use."""
    if a == b or adjacent(head, following, node, a, b):
        return used
    for side in range(2):
        x = a if side == 0 else b
        node[used] = b if side == 0 else a
        holds[used] = hold
        following[used] = head[x]
        head[x] = used
        degree[x] += 1
        used += 1
    return used


@kernel
def steps_from(
    head: Ints, following: Ints, node: Ints, alive: Flags, ghost: int, source: int, dist: Ints, queue: Ints
) -> None:
    """Steps from ``source`` to every node, -1 where there is no path; ``ghost`` can be walked through though gone."""
    dist[:] = -1
    dist[source] = 0
    queue[0] = source
    first, last = 0, 1
    while first < last:
        v = queue[first]
        first += 1
        e = head[v]
        while e >= 0:
            w = node[e]
            e = following[e]
            if dist[w] < 0 and (alive[w] or w == ghost):
                dist[w] = dist[v] + 1
                queue[last] = w
                last += 1


@kernel
def compact_alive(
    head: Ints, following: Ints, node: Ints, degree: Ints, alive: Flags
) -> tuple[Ints, Ints, NDArray[np.int32]]:
    """Nodes that are there, and the compressed rows of the ties between them."""
    nodes = np.nonzero(alive)[0]
    number = np.empty(len(alive), np.int32)
    total = 0
    for i in range(len(nodes)):
        number[nodes[i]] = i
        total += degree[nodes[i]]
    starts = np.zeros(len(nodes) + 1, np.int64)
    ends = np.empty(total, np.int32)
    at = 0
    for i in range(len(nodes)):
        e = head[nodes[i]]
        while e >= 0:
            if alive[node[e]]:
                ends[at] = number[node[e]]
                at += 1
            e = following[e]
        starts[i + 1] = at
    return nodes, starts, ends[:at]
