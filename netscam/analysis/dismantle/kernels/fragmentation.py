"""Destroy-and-repair search for the set that leaves the fewest connected pairs within a budget."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.chance import below, temperature, uniform
from netscam.analysis.dismantle.kernels.neighbourhood import State, flip, merge, merger, settle, start_state, undo
from netscam.analysis.jit import kernel

GROUP = 40
SLACK = 1e-9


@kernel
def best_taker(
    state: State,
    costs: NDArray[np.float64],
    free: NDArray[np.bool_],
    banned: NDArray[np.bool_],
    money: float,
    noise: float,
    chance: NDArray[np.uint64],
) -> int:
    """Affordable node with the most pairs cut per cost, blurred by ``noise``; -1 when none cuts anything."""
    out, gain = state[0], state[3]
    best = -1
    value = 0.0
    ties = 0
    for v in range(len(out)):
        if out[v] or not free[v] or gain[v] <= 0.0 or banned[v] or costs[v] > money:
            continue
        score = gain[v] / costs[v]
        if score * (1.0 + noise) < value:
            continue
        if noise > 0.0:
            score *= 1.0 + noise * uniform(chance)
        if score > value:
            value = score
            best = v
            ties = 1
        elif score == value:
            ties += 1
            if uniform(chance) * ties < 1.0:
                best = v
    return best


@kernel
def boundary(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    state: State,
    free: NDArray[np.bool_],
    room: int,
    chance: NDArray[np.uint64],
) -> NDArray[np.int64]:
    """Takeable nodes around a small random connected group, at most ``room``: together they cut it off.

    Alone, none of them need look worth taking, so a search by single gains would not find them.
    """
    out, label, size, _, work = state
    n = len(out)
    found = np.empty(room, np.int64)
    count = 0
    x = below(chance, n)
    for _ in range(50):
        if not out[x] and size[label[x]] > 2:
            break
        x = below(chance, n)
    if out[x] or size[label[x]] < 3:
        return found[:0]
    work[9, 1] += 1
    stamp = work[9, 1]
    mark = work[12]
    group = np.empty(GROUP, np.int64)
    group[0] = x
    mark[x] = stamp
    grown = 1
    keep = 0.5 if uniform(chance) < 0.7 else 0.95
    while grown < GROUP and uniform(chance) < keep:
        y = group[below(chance, grown)]
        w = indices[indptr[y] + below(chance, indptr[y + 1] - indptr[y])]
        if out[w] or mark[w] == stamp:
            break
        mark[w] = stamp
        group[grown] = w
        grown += 1
    for g in range(grown):
        y = group[g]
        for e in range(indptr[y], indptr[y + 1]):
            w = indices[e]
            if count < room and not out[w] and mark[w] != stamp and free[w]:
                mark[w] = stamp
                found[count] = w
                count += 1
    return found[:count]


@kernel
def least_missed(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    state: State,
    picked: NDArray[np.int64],
    costs: NDArray[np.float64],
    banned: NDArray[np.bool_],
    looks: int,
    chance: NDArray[np.uint64],
) -> int:
    """Place in ``picked`` of the node that joins the fewest pairs per cost, among ``looks`` from a random place on."""
    count = len(picked)
    start = below(chance, count)
    best = start
    value = np.inf
    for i in range(min(looks, count)):
        j = (start + i) % count
        v = picked[j]
        if banned[v]:
            continue
        loss = merger(indptr, indices, state, v)[1] / costs[v]
        if loss < value:
            value = loss
            best = j
    return best


@kernel
def propose(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    state: State,
    picked: NDArray[np.int64],
    count: int,
    costs: NDArray[np.float64],
    free: NDArray[np.bool_],
    money: float,
    chance: NDArray[np.uint64],
    banned: NDArray[np.bool_],
    journal: NDArray[np.int64],
) -> tuple[int, int, float, int]:
    """One step: take a group's boundary or nothing, put nodes back, spend what is left greedily.

    Returns the new count, the change in pairs, the money left and the length of the journal of changed nodes.
    """
    change = 0
    changes = 0
    drops = 0
    if count > 0 and uniform(chance) < 0.7:
        drops = 1
        while drops < count and uniform(chance) < 0.4:
            drops += 1
    else:
        taken = boundary(indptr, indices, state, free, max(3, count // 3), chance)
        change += flip(indptr, indices, state, taken)
        for v in taken:
            banned[v] = True
            picked[count] = v
            count += 1
            money -= costs[v]
            journal[changes] = v
            changes += 1
    tight = drops == 0 or uniform(chance) < 0.6
    looks = (1 + below(chance, 40) if drops > 0 else 150) if tight else 1
    begin = changes
    while count > 0 and (drops > 0 or money < -SLACK):
        drops -= 1
        i = least_missed(indptr, indices, state, picked[:count], costs, banned, looks, chance)
        v = picked[i]
        change += merger(indptr, indices, state, v)[1]
        merge(indptr, indices, state, v)
        count -= 1
        picked[i] = picked[count]
        money += costs[v]
        journal[changes] = v
        changes += 1
    settle(indptr, indices, state, journal[begin:changes])
    for i in range(begin, changes):
        banned[journal[i]] = uniform(chance) < 0.8
    mood = uniform(chance)
    noise = 0.0 if mood < 0.3 else (0.1 if mood < 0.6 else (1.0 if mood < 0.85 else 5.0))
    while True:
        v = best_taker(state, costs, free, banned, money + SLACK, noise, chance)
        if v < 0:
            break
        journal[changes] = v
        changes += 1
        change += flip(indptr, indices, state, journal[changes - 1 : changes])
        picked[count] = v
        count += 1
        money -= costs[v]
    return count, change, money, changes


@kernel
def search(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    chosen: NDArray[np.int64],
    costs: NDArray[np.float64],
    rules: NDArray[np.int8],
    budget: float,
    chance: NDArray[np.uint64],
    heat: NDArray[np.float64],
    steps: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Run steps ``steps[0]`` to ``steps[1]`` of cycles of ``steps[2]``; returns present set, best set, its value.

    ``rules`` is 0 for free nodes, 1 for those not to be taken and 2 for those that stay taken. A worse set is
    kept with probability exp(-change / temperature), cooled from ``heat[0]`` to ``heat[1]`` within each cycle.
    """
    n = len(indptr) - 1
    state, value = start_state(indptr, indices, chosen)
    free = rules == 0
    banned = np.zeros(n, np.bool_)
    picked = np.empty(2 * n + 8, np.int64)
    old = np.empty(2 * n + 8, np.int64)
    journal = np.empty(4 * n + 16, np.int64)
    count = 0
    money = budget
    for v in chosen:
        money -= costs[v]
        if free[v]:
            picked[count] = v
            count += 1
    best = chosen.copy()
    best_value = value if money >= -SLACK else np.int64(2**62)
    for step in range(steps[0], steps[1]):
        old_count, old_money = count, money
        old[:count] = picked[:count]
        count, change, money, changes = propose(
            indptr, indices, state, picked, count, costs, free, money, chance, banned, journal
        )
        for i in range(changes):
            banned[journal[i]] = False
        warmth = temperature(heat, step, steps[2])
        if change <= 0 or uniform(chance) < np.exp(-change / warmth):
            value += change
            if value < best_value and money >= -SLACK:
                best_value = value
                best = np.nonzero(state[0])[0]
        else:
            undo(indptr, indices, state, journal[:changes])
            count, money = old_count, old_money
            picked[:count] = old[:count]
    return np.nonzero(state[0])[0], best, int(best_value)
