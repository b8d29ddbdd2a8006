"""Annealing of what is cut off from the largest component, rather than of what is removed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.chance import below, temperature, uniform
from netscam.analysis.jit import kernel

DEAREST, CHEAPEST, PATIENCE = 3.0, 1.0, 1e-6
"""Price of a node too many, in nodes of the mainland, and its change in a step."""
EXCESS = 0.05
MOST = 60
"""Largest island; where larger ones are worth having, the search by single removals finds them."""
TOO_LARGE = -1


@kernel
def island(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    inside: NDArray[np.bool_],
    mark: NDArray[np.int64],
    queue: NDArray[np.int64],
    start: int,
    stamp: int,
) -> int:
    """Size of the island that holds ``start``, marking its nodes with ``stamp``; TOO_LARGE above MOST."""
    mark[start] = stamp
    queue[0] = start
    head, tail = 0, 1
    while head < tail:
        v = queue[head]
        head += 1
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if inside[w] and mark[w] != stamp:
                mark[w] = stamp
                queue[tail] = w
                tail += 1
                if tail > MOST:
                    return TOO_LARGE
    return tail


@kernel
def parts(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    inside: NDArray[np.bool_],
    mark: NDArray[np.int64],
    queue: NDArray[np.int64],
    node: int,
    stamp: int,
) -> tuple[int, int]:
    """Size of the island of ``node`` if it belongs to one, and the pairs inside the islands that it would join."""
    whole, pairs = 1, 0
    mark[node] = stamp
    for e in range(indptr[node], indptr[node + 1]):
        w = indices[e]
        if inside[w] and mark[w] != stamp:
            s = island(indptr, indices, inside, mark, queue, w, stamp)
            if s == TOO_LARGE or whole + s > MOST:
                return TOO_LARGE, 0
            whole += s
            pairs += s * (s - 1) // 2
    return whole, pairs


@kernel
def shore_change(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    inside: NDArray[np.bool_],
    touch: NDArray[np.int64],
    costs: NDArray[np.float64],
    rules: NDArray[np.int8],
    node: int,
) -> tuple[int, float, bool]:
    """Nodes and cost that the shore gains when ``node`` changes sides, and whether one of them may not be taken."""
    leaving = inside[node]
    more, cost, barred = 0, 0.0, False
    if touch[node] > 0:
        more = 1 if leaving else -1
        cost = more * costs[node]
        barred = leaving and rules[node] == 1
    last = 1 if leaving else 0
    for e in range(indptr[node], indptr[node + 1]):
        w = indices[e]
        if not inside[w] and touch[w] == last and rules[w] != 2:
            more += -1 if leaving else 1
            cost += -costs[w] if leaving else costs[w]
            barred = barred or (not leaving and rules[w] == 1)
    return more, cost, barred


@kernel
def energy(mainland: int, pairs: int, over: float, price: float) -> float:
    """Pairs left, and ``price`` for every node that the shore costs above the budget; below it, the mainland pays."""
    left = mainland + min(0.0, over)
    return left * (left - 1.0) / 2.0 + pairs + price * max(0.0, over)


@kernel
def anneal(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    inside: NDArray[np.bool_],
    costs: NDArray[np.float64],
    rules: NDArray[np.int8],
    budget: float,
    chance: NDArray[np.uint64],
    heat: NDArray[np.float64],
    steps: NDArray[np.int64],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], float]:
    """Move single nodes into islands and out of them; the shore, every other node beside an island, is removed.

    The energy is the pairs within islands and within the mainland, as if that were in one piece. A shore dearer than
    the budget is allowed at a price that rises while there is one and falls otherwise. ``rules`` and ``steps`` as in
    the search by removals; ``heat`` holds the first and last temperature in nodes of the mainland, and the price,
    which changes in place. Returns the present islands, the best with a shore that can be paid, and their energy.
    """
    n = len(indptr) - 1
    inside = inside.copy()
    touch = np.zeros(n, np.int64)
    mark = np.zeros(n, np.int64)
    queue = np.empty(n, np.int64)
    stamp = 1
    mainland, pairs, spent = n, 0, 0.0
    for v in range(n):
        if inside[v]:
            for e in range(indptr[v], indptr[v + 1]):
                touch[indices[e]] += 1
            if mark[v] == 0:
                s = island(indptr, indices, inside, mark, queue, v, stamp)
                pairs += s * (s - 1) // 2
    for v in range(n):
        removed = rules[v] == 2 or (not inside[v] and touch[v] > 0)
        mainland -= removed or inside[v]
        spent += costs[v] if removed else 0.0
    typical = np.median(costs)
    unit = max(1.0, n - budget / typical)
    wall = (1.0 + EXCESS) * budget + costs.max()
    best, least = inside.copy(), np.inf
    for step in range(steps[0], steps[1]):
        over = (spent - budget) / typical
        heat[2] = max(CHEAPEST, heat[2] * (1.0 - PATIENCE)) if over < 1e-9 else min(DEAREST, heat[2] * (1.0 + PATIENCE))
        price = heat[2] * unit
        now = energy(mainland, pairs, over, price)
        if over < 1e-9 and now < least:
            least = now
            best[:] = inside
        v = below(chance, n)
        if rules[v] == 2:
            continue
        more, cost, barred = shore_change(indptr, indices, inside, touch, costs, rules, v)
        if barred or (cost > 0.0 and spent + cost > wall):
            continue
        side = 1 if inside[v] else -1
        floor = energy(mainland + side - more, 0, over + cost / typical, price) if side < 0 else -np.inf
        warmth = temperature(heat, step, steps[2]) * unit
        dared = now - warmth * np.log(1.0 - uniform(chance))
        if floor + pairs > dared:
            continue
        stamp += 1
        whole, joined = parts(indptr, indices, inside, mark, queue, v, stamp)
        if whole == TOO_LARGE:
            continue
        change = -side * (whole * (whole - 1) // 2 - joined)
        if energy(mainland + side - more, pairs + change, over + cost / typical, price) > dared:
            continue
        inside[v] = not inside[v]
        mainland += side - more
        pairs += change
        spent += cost
        for e in range(indptr[v], indptr[v + 1]):
            touch[indices[e]] -= side
    return inside, best, least
