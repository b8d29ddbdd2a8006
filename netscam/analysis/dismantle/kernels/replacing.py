"""Replacing a node of a removal order by one outside it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.chance import below, uniform
from netscam.analysis.dismantle.kernels.forest import Course, Forest, counted, put_back, roll_back
from netscam.analysis.jit import kernel


@kernel
def try_replacement(forest: Forest, course: Course, place: int, node: int, allowance: float) -> float:
    """Change of the aim when the node at ``place`` is replaced by one outside the order; infinite when not made.

    The forest holds the graph without the whole order; the component of ``node`` in it is taken apart and built anew.
    """
    indptr, indices, parent, size, _ = forest
    order, curve, fresh, threshold = course
    m = len(order)
    count = 1
    members = fresh[m + 1 :]
    members[0] = node
    parent_was = members[len(parent) :]
    size_was = parent_was[len(parent) :]
    parent_was[0] = parent[node]
    size_was[0] = size[node]
    parent[node] = -1
    q = 0
    while q < count:
        x = members[q]
        q += 1
        for e in range(indptr[x], indptr[x + 1]):
            w = indices[e]
            if parent[w] >= 0:
                parent_was[count] = parent[w]
                size_was[count] = size[w]
                parent[w] = -1
                members[count] = w
                count += 1
    height = 0
    largest = curve[m]
    for i in range(1, count):
        got, height = put_back(forest, members[i], height)
    got, height = put_back(forest, order[place], height)
    largest = max(largest, got)
    floor = height
    old = 0.0
    for s in range(place + 1, m + 1):
        old += counted(curve[s], curve[s - 1], threshold)
    new = 0.0
    behind = largest
    fresh[m] = largest
    good = largest < threshold
    for s in range(m - 1 if good else place, place, -1):
        got, height = put_back(forest, order[s], height)
        largest = max(largest, got)
        fresh[s] = largest
        new += counted(behind, largest, threshold)
        behind = largest
        if new + (s - place) * counted(largest, largest, threshold) - old > allowance:
            good = False
            break
    if good:
        new += counted(behind, curve[place], threshold)
        good = new - old <= allowance
    roll_back(forest, height, floor)
    if not good:
        roll_back(forest, floor, 0)
        for i in range(count):
            parent[members[i]] = parent_was[i]
            size[members[i]] = size_was[i]
        return np.inf
    curve[place + 1 : m + 1] = fresh[place + 1 : m + 1]
    order[place] = node
    return new - old


@kernel
def candidate_near(forest: Forest, node: int, chance: NDArray[np.uint64]) -> int:
    """A node outside the order (parent not -1) one or two random steps from ``node``; -1 when none is met."""
    indptr, indices, parent = forest.indptr, forest.indices, forest.parent
    x = node
    for _ in range(2):
        if indptr[x] == indptr[x + 1]:
            return -1
        x = indices[indptr[x] + below(chance, indptr[x + 1] - indptr[x])]
        if parent[x] >= 0 and indptr[x + 1] - indptr[x] > 1:
            return int(x)
    return -1


@kernel
def replace_round(forest: Forest, course: Course, warmth: float, tries: int, chance: NDArray[np.uint64]) -> int:
    """``tries`` replacements, places near the end of the order more often; returns how many were made."""
    m = len(course.order)
    made = 0
    for _ in range(tries):
        place = m - int(np.exp(uniform(chance) * np.log(m + 0.5)))
        node = candidate_near(forest, course.order[place], chance)
        allowance = -warmth * np.log(1.0 - uniform(chance))
        if node >= 0:
            made += try_replacement(forest, course, place, node, allowance) < np.inf
    return made
