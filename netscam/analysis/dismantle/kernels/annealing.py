"""Simulated annealing of a removal order on the area under its curve."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.chance import below, uniform
from netscam.analysis.dismantle.kernels.forest import Course, Forest, base_forest, counted, put_back, roll_back
from netscam.analysis.dismantle.kernels.replacing import replace_round
from netscam.analysis.jit import kernel


@kernel
def moved(order: NDArray[np.int32], kind: int, a: int, z: int, s: int) -> int:
    """Node at place ``s`` after a move between places a < z: 0 last to first, 1 first to last, 2 swap."""
    if kind == 0:
        return int(order[z] if s == a else order[s - 1])
    if kind == 1:
        return int(order[a] if s == z else order[s + 1])
    if s == a:
        return int(order[z])
    return int(order[a] if s == z else order[s])


@kernel
def try_window(forest: Forest, course: Course, kind: int, a: int, z: int, allowance: float) -> float:
    """Change of the aim by a move inside places a to z, made when at most ``allowance``; else infinite.

    The forest holds the graph without the first z + 1 nodes. Only the curve between the two places can change.
    """
    order, curve, fresh, threshold = course
    old = 0.0
    for s in range(a + 1, z + 2):
        old += counted(curve[s], curve[s - 1], threshold)
    new = 0.0
    largest = curve[z + 1]
    behind = largest
    height = 0
    for s in range(z, a, -1):
        got, height = put_back(forest, moved(order, kind, a, z, s), height)
        largest = max(largest, got)
        fresh[s] = largest
        new += counted(behind, largest, threshold)
        behind = largest
        if new + (s - a) * counted(largest, largest, threshold) - old > allowance:
            roll_back(forest, height, 0)
            return np.inf
    roll_back(forest, height, 0)
    new += counted(behind, curve[a], threshold)
    if new - old > allowance:
        return np.inf
    curve[a + 1 : z + 1] = fresh[a + 1 : z + 1]
    first, last = order[a], order[z]
    if kind == 0:
        for s in range(z, a, -1):
            order[s] = order[s - 1]
        order[a] = last
    elif kind == 1:
        for s in range(a, z):
            order[s] = order[s + 1]
        order[z] = first
    else:
        order[a] = last
        order[z] = first
    return new - old


@kernel
def step_length(reach: int, chance: NDArray[np.uint64]) -> int:
    """A distance from 1 to ``reach``: mostly short, now and then anything."""
    if uniform(chance) < 0.15:
        return 1 + below(chance, max(1, reach))
    return int(np.exp(uniform(chance) * np.log(reach + 0.999)))


@kernel
def sweep(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    order: NDArray[np.int32],
    curve: NDArray[np.int32],
    threshold: float,
    warmth: float,
    tries: float,
    reach: int,
    replacements: int,
    chance: NDArray[np.uint64],
) -> tuple[float, int, int]:
    """One pass from the end of the order to its start, ``tries`` window moves at every place, replacements before it.

    ``order`` and ``curve`` change in place. Returns the area (sum of the curve up to the first point below
    the threshold), and the moves and replacements made.
    """
    n = len(indptr) - 1
    m = len(order)
    parent = np.empty(n, np.int32)
    forest = Forest(indptr, indices, parent, np.ones(n, np.int32), np.empty(2 * n + 2, np.int32))
    course = Course(order, curve, np.empty(m + 1 + 3 * n, np.int32), threshold)
    base_forest(forest, order)
    replaced = replace_round(forest, course, warmth, replacements, chance)
    largest = base_forest(forest, order)
    moves = 0
    curve[m] = largest
    for z in range(m - 1, -1, -1):
        wanted = tries if curve[z + 1] >= threshold else 0.3 * tries
        todo = int(wanted + uniform(chance))
        for _ in range(todo):
            d = step_length(min(reach, z), chance)
            a = z - d
            if a < 0 or (curve[a] < threshold and uniform(chance) < 0.7):
                continue
            kind = below(chance, 5) // 2
            allowance = -warmth * np.log(1.0 - uniform(chance))
            moves += try_window(forest, course, kind, a, z, allowance) < np.inf
        v = order[z]
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if parent[w] >= 0:
                while parent[parent[w]] != parent[w]:
                    parent[w] = parent[parent[w]]
                    w = parent[w]
        got, _ = put_back(forest, v, 0)
        largest = max(largest, got)
        curve[z] = largest
    area = 0.0
    for s in range(1, m + 1):
        area += curve[s]
        if curve[s] < threshold:
            break
    return area, moves, replaced
