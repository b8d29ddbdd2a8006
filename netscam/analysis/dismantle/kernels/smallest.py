"""Iterated greedy for the cheapest set that leaves no component above a size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.chance import below, temperature, uniform
from netscam.analysis.dismantle.kernels.neighbourhood import State, flip, merge, merger, settle, start_state, undo
from netscam.analysis.jit import kernel


@kernel
def best_cutter(
    state: State,
    component: int,
    costs: NDArray[np.float64],
    free: NDArray[np.bool_],
    banned: NDArray[np.bool_],
    noise: float,
    chance: NDArray[np.uint64],
) -> int:
    """Member of a component with the most pairs cut per cost, blurred by ``noise``; -1 when none may be taken."""
    label, gain = state[1], state[3]
    best = -1
    value = -1.0
    for v in range(len(label)):
        if label[v] != component or state[0][v] or not free[v] or banned[v]:
            continue
        score = gain[v] / costs[v] * (1.0 + noise * uniform(chance))
        if score > value:
            value = score
            best = v
    return best


@kernel
def repair(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    state: State,
    limit: int,
    costs: NDArray[np.float64],
    free: NDArray[np.bool_],
    banned: NDArray[np.bool_],
    noise: float,
    chance: NDArray[np.uint64],
    journal: NDArray[np.int64],
    changes: int,
    start: NDArray[np.int64],
) -> int:
    """Cut every component above ``limit`` that holds a node of ``start`` or falls off from one; -1 when impossible."""
    out, label, size = state[0], state[1], state[2]
    queue = [np.int64(v) for v in start]
    one = np.empty(1, np.int64)
    while len(queue) > 0:
        x = queue[-1]
        if out[x] or size[label[x]] <= limit:
            queue.pop()
            continue
        v = best_cutter(state, label[x], costs, free, banned, noise, chance)
        if v < 0:
            v = best_cutter(state, label[x], costs, free, np.zeros_like(banned), noise, chance)
        if v < 0:
            return -1
        one[0] = v
        flip(indptr, indices, state, one)
        journal[changes] = v
        changes += 1
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if not out[w] and label[w] == w and size[w] > limit:
                queue.append(np.int64(w))
    return changes


@kernel
def prune(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    state: State,
    limit: int,
    free: NDArray[np.bool_],
    nodes: NDArray[np.int64],
    journal: NDArray[np.int64],
    changes: int,
) -> int:
    """Put back those of ``nodes`` whose return leaves every component at ``limit`` or less, in the given order."""
    begin = changes
    for v in nodes:
        if state[0][v] and free[v] and merger(indptr, indices, state, v)[0] <= limit:
            merge(indptr, indices, state, v)
            journal[changes] = v
            changes += 1
    settle(indptr, indices, state, journal[begin:changes])
    return changes


@kernel
def related(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    state: State,
    free: NDArray[np.bool_],
    seed: int,
    wanted: int,
    chance: NDArray[np.uint64],
) -> NDArray[np.int64]:
    """``seed`` and up to ``wanted - 1`` removed free nodes met on a short random walk from it."""
    found = np.empty(wanted, np.int64)
    found[0] = seed
    count = 1
    x = seed
    for _ in range(8 * wanted):
        if count == wanted or indptr[x] == indptr[x + 1]:
            break
        x = indices[indptr[x] + below(chance, indptr[x + 1] - indptr[x])]
        known = not state[0][x] or not free[x]
        for i in range(count):
            known = known or found[i] == x
        if not known:
            found[count] = x
            count += 1
    return found[:count]


@kernel
def touched_removed(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    state: State,
    before: int,
    chance: NDArray[np.uint64],
) -> NDArray[np.int64]:
    """Removed nodes beside a component that changed after epoch ``before``, in random order."""
    out, work = state[0], state[4]
    work[9, 1] += 1
    stamp = work[9, 1]
    mark = work[12]
    found = np.empty(len(out), np.int64)
    count = 0
    for v in range(len(out)):
        if not out[v]:
            continue
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if not out[w] and work[8, w] > before and mark[v] != stamp:
                mark[v] = stamp
                found[count] = v
                count += 1
    for i in range(count - 1, 0, -1):
        j = below(chance, i + 1)
        found[i], found[j] = found[j], found[i]
    return found[:count]


@kernel
def shrink(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    chosen: NDArray[np.int64],
    costs: NDArray[np.float64],
    rules: NDArray[np.int8],
    limit: int,
    chance: NDArray[np.uint64],
    heat: NDArray[np.float64],
    steps: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], float]:
    """Free a few nodes, repair, prune; keep what is no dearer. Returns the present set, the best set, its cost.

    ``rules``, ``heat`` and ``steps`` as in the fragmentation search. The cost is infinite when the limit cannot be met.
    """
    n = len(indptr) - 1
    state, _ = start_state(indptr, indices, chosen)
    free = rules == 0
    banned = np.zeros(n, np.bool_)
    journal = np.empty(4 * n + 16, np.int64)
    everyone = np.arange(n)
    if repair(indptr, indices, state, limit, costs, free, banned, 0.0, chance, journal, 0, everyone) < 0:
        return chosen, chosen, np.inf
    prune(indptr, indices, state, limit, free, everyone, journal, 0)
    cost = costs[state[0]].sum()
    best = np.nonzero(state[0])[0]
    best_cost = cost
    picked = np.nonzero(state[0] & free)[0]
    for step in range(steps[0], steps[1]):
        if len(picked) == 0:
            break
        wanted = 1
        while wanted < 12 and uniform(chance) < 0.25:
            wanted += 1
        drop = related(indptr, indices, state, free, picked[below(chance, len(picked))], wanted, chance)
        before = state[4][9, 0]
        flip(indptr, indices, state, drop)
        changes = len(drop)
        journal[:changes] = drop
        for v in drop:
            banned[v] = uniform(chance) < 0.5
        mood = uniform(chance)
        noise = 0.01 if mood < 0.4 else (0.3 if mood < 0.8 else 2.0)
        changes = repair(indptr, indices, state, limit, costs, free, banned, noise, chance, journal, changes, drop)
        for v in drop:
            banned[v] = False
        beside = touched_removed(indptr, indices, state, before, chance)
        changes = prune(indptr, indices, state, limit, free, beside, journal, changes)
        now = costs[state[0]].sum()
        warmth = temperature(heat, step, steps[2])
        if now <= cost or uniform(chance) < np.exp((cost - now) / warmth):
            cost = now
            picked = np.nonzero(state[0] & free)[0]
            if cost < best_cost - 1e-9:
                best_cost = cost
                best = np.nonzero(state[0])[0]
        else:
            undo(indptr, indices, state, journal[:changes])
    return np.nonzero(state[0])[0], best, best_cost
