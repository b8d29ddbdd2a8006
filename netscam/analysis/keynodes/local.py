"""Compiled local search: what taking each node would break, best swaps, and putting nodes back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from netscam.analysis.jit import kernel

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Neighbours = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@kernel
def pair_losses(indptr: Ints, indices: Neighbours, alive: Flags, weight: Floats) -> Floats:
    """Weigh the pairs that removing each single node would break, for all nodes in one depth-first search.

    A node splits its component into the subtrees whose lowest link does not reach above it, and the rest (Tarjan's
    articulation points); time is linear in the size of the graph. Nodes that are not alive lose 0.
    """
    n = indptr.shape[0] - 1
    loss = np.zeros(n)
    found = np.full(n, -1, dtype=np.int64)
    low = np.zeros(n, dtype=np.int64)
    parent = np.full(n, -1, dtype=np.int64)
    edge = indptr[:-1].copy()
    order = np.empty(n, dtype=np.int64)
    mass = np.zeros(n)
    split = np.zeros(n)
    squares = np.zeros(n)
    stack = np.empty(n, dtype=np.int64)
    for root in range(n):
        if not alive[root] or found[root] >= 0:
            continue
        count = 0
        found[root] = low[root] = 0
        mass[root] = weight[root]
        order[0] = root
        count = 1
        stack[0] = root
        top = 0
        while top >= 0:
            v = stack[top]
            if edge[v] < indptr[v + 1]:
                w = indices[edge[v]]
                edge[v] += 1
                if not alive[w] or w == parent[v]:
                    continue
                if found[w] < 0:
                    found[w] = low[w] = count
                    parent[w] = v
                    mass[w] = weight[w]
                    order[count] = w
                    count += 1
                    top += 1
                    stack[top] = w
                else:
                    low[v] = min(low[v], found[w])
            else:
                top -= 1
                u = parent[v]
                if u >= 0:
                    mass[u] += mass[v]
                    low[u] = min(low[u], low[v])
                    if low[v] >= found[u]:
                        split[u] += mass[v]
                        squares[u] += mass[v] * mass[v]
        total = mass[root]
        for i in range(count):
            v = order[i]
            rest = total - weight[v] - split[v]
            loss[v] = (total * total - squares[v] - rest * rest - weight[v] * weight[v]) / 2.0
    return loss


@kernel
def _pick(loss: Floats, free: Flags, alive: Flags, cost: Floats, left: float, per_cost: bool) -> int:
    """Choose the affordable node with the largest loss (or loss per cost); the first of equals."""
    best, choice = 0.0, -1
    for v in range(loss.shape[0]):
        if free[v] and alive[v] and cost[v] <= left + 1e-9:
            score = loss[v] / max(cost[v], 1e-12) if per_cost else loss[v]
            if score > best + 1e-9:
                best, choice = score, v
    return choice


@kernel
def _fill(
    indptr: Ints, indices: Neighbours, alive: Flags, weight: Floats, free: Flags, cost: Floats, left: float, places: int
) -> tuple[float, int]:
    """Take nodes greedily while they are affordable; changes ``alive``, returns what budget and places are left."""
    while places > 0:
        v = _pick(pair_losses(indptr, indices, alive, weight), free, alive, cost, left, True)
        if v < 0:
            break
        alive[v] = False
        left -= cost[v]
        places -= 1
    return left, places


@kernel
def _swaps(
    indptr: Ints, indices: Neighbours, alive: Flags, weight: Floats, free: Flags, cost: Floats, left: float
) -> tuple[float, float]:
    """Swap single nodes while that breaks more pairs; changes ``alive``, returns budget left and pairs gained."""
    n = alive.shape[0]
    gained = 0.0
    better = True
    while better:
        better = False
        for s in range(n):
            if alive[s] or not free[s]:
                continue
            alive[s] = True
            loss = pair_losses(indptr, indices, alive, weight)
            v = _pick(loss, free, alive, cost, left + cost[s], False)
            if v >= 0 and loss[v] > loss[s] + 1e-6:
                gained += loss[v] - loss[s]
                alive[v] = False
                left += cost[s] - cost[v]
                better = True
            else:
                alive[s] = False
    return left, gained


@kernel
def _pairs(indptr: Ints, indices: Neighbours, alive: Flags, weight: Floats) -> float:
    """Weigh the pairs that can reach each other."""
    n = alive.shape[0]
    seen = np.zeros(n, dtype=np.bool_)
    queue = np.empty(n, dtype=np.int64)
    pairs = 0.0
    for start in range(n):
        if not alive[start] or seen[start]:
            continue
        seen[start] = True
        queue[0] = start
        head, tail = 0, 1
        total = squares = 0.0
        while head < tail:
            v = queue[head]
            head += 1
            total += weight[v]
            squares += weight[v] * weight[v]
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if alive[w] and not seen[w]:
                    seen[w] = True
                    queue[tail] = w
                    tail += 1
        pairs += (total * total - squares) / 2.0
    return pairs


@kernel
def iterated_swaps(
    indptr: Ints,
    indices: Neighbours,
    alive: Flags,
    weight: Floats,
    free: Flags,
    cost: Floats,
    left: float,
    places: int,
    draws: Floats,
) -> tuple[Flags, float]:
    """Greedy choice, then swaps, then one round of shaking and repairing per row of ``draws`` (numbers in [0, 1)).

    Returns
    -------
    The flags of what is left alive under the best set found, and the pairs that it leaves.
    """
    alive = alive.copy()
    left, places = _fill(indptr, indices, alive, weight, free, cost, left, places)
    left, _ = _swaps(indptr, indices, alive, weight, free, cost, left)
    best_alive, best = alive.copy(), _pairs(indptr, indices, alive, weight)
    best_left, best_places = left, places
    for i in range(draws.shape[0]):
        taken = np.flatnonzero(free & ~alive)
        if taken.shape[0] == 0:
            break
        for j in range(min(draws.shape[1], max(1, taken.shape[0] // 2))):
            s = taken[int(draws[i, j] * taken.shape[0])]
            if not alive[s]:
                alive[s] = True
                left += cost[s]
                places += 1
        around = np.flatnonzero(free & alive)
        v = around[int(draws[i, draws.shape[1] - 1] * around.shape[0])]
        if cost[v] <= left and places > 0:
            alive[v] = False
            left -= cost[v]
            places -= 1
        left, places = _fill(indptr, indices, alive, weight, free, cost, left, places)
        left, _ = _swaps(indptr, indices, alive, weight, free, cost, left)
        value = _pairs(indptr, indices, alive, weight)
        if value < best - 1e-9:
            best, best_left, best_places = value, left, places
            best_alive[:] = alive
        elif value > 1.02 * best or i % 20 == 19:
            alive[:] = best_alive
            left, places = best_left, best_places
    return best_alive, best


@kernel
def put_back(indptr: Ints, indices: Neighbours, order: Ints, forced: Flags, weight: Floats, limit: float) -> Flags:
    """Start from nothing and put nodes back in ``order`` unless that makes a component heavier than ``limit``.

    ``forced`` nodes are put back whatever they make. Returns the flags of the nodes that stay out.
    """
    n = indptr.shape[0] - 1
    out = np.ones(n, dtype=np.bool_)
    boss = np.arange(n)
    mass = weight.copy()
    near = np.empty(n, dtype=np.int64)
    for i in range(order.shape[0]):
        v = order[i]
        total = weight[v]
        count = 0
        for e in range(indptr[v], indptr[v + 1]):
            w = np.int64(indices[e])
            if out[w]:
                continue
            while boss[w] != w:
                boss[w] = boss[boss[w]]
                w = boss[w]
            known = False
            for j in range(count):
                known = known or near[j] == w
            if not known:
                near[count] = w
                count += 1
                total += mass[w]
        if total <= limit or forced[v]:
            out[v] = False
            for j in range(count):
                boss[near[j]] = v
            mass[v] = total
    return out
