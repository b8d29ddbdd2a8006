"""Decycling by min-sum message passing, with decimation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.chance import below, uniform
from netscam.analysis.jit import kernel

DEPTH = 24
FIRST_SWEEPS, SWEEPS = 20, 3
NOISE = 1e-3


@kernel
def back_arcs(indptr: NDArray[np.int64], indices: NDArray[np.int32]) -> NDArray[np.int64]:
    """Place of the opposite arc of every arc."""
    back = np.empty(len(indices), np.int64)
    at = indptr[:-1].copy()
    for v in range(len(indptr) - 1):
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            back[at[w]] = e
            back[e] = at[w]
            at[w] += 1
    return back


@kernel
def peel(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    alive: NDArray[np.bool_],
    degree: NDArray[np.int64],
    stack: NDArray[np.int64],
    top: int,
) -> None:
    """Take the nodes of the stack, and every node that has then fewer than two ties, out of the core."""
    while top > 0:
        top -= 1
        v = stack[top]
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if alive[w]:
                degree[w] -= 1
                if degree[w] < 2:
                    alive[w] = False
                    stack[top] = w
                    top += 1


@kernel
def update(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    back: NDArray[np.int64],
    alive: NDArray[np.bool_],
    node: int,
    price: float,
    taken: NDArray[np.float32],
    later: NDArray[np.float32],
    earlier: NDArray[np.float32],
    work: NDArray[np.float64],
) -> float:
    """New messages of a node; returns how much dearer it is to take the node than to leave it."""
    depth = later.shape[1]
    low, least, second, who = work[0], work[1], work[2], work[3]
    low[:depth] = 0.0
    least[:depth] = np.inf
    second[:depth] = np.inf
    who[:depth] = -1.0
    free = 0.0
    for e in range(indptr[node], indptr[node + 1]):
        if not alive[indices[e]]:
            continue
        b = back[e]
        after = np.inf
        for t in range(depth - 1, -1, -1):
            work[5, t] = min(later[b, t], after)
            after = min(after, earlier[b, t])
        free += min(np.float64(taken[b]), after)
        before = np.float64(taken[b])
        for t in range(depth):
            low[t] += before
            gap = work[5, t] - before
            before = min(before, np.float64(later[b, t]))
            if gap < least[t]:
                second[t] = least[t]
                least[t] = gap
                who[t] = e
            elif gap < second[t]:
                second[t] = gap
    for e in range(indptr[node], indptr[node + 1]):
        if not alive[indices[e]]:
            continue
        b = back[e]
        after = np.inf
        before = np.float64(taken[b])
        smallest = np.inf
        for t in range(depth):
            after = min(after, np.float64(earlier[b, t]))
        cost = price + free - min(np.float64(taken[b]), after)
        smallest = cost
        for t in range(depth):
            rest = low[t] - before
            before = min(before, np.float64(later[b, t]))
            work[4, t] = rest
            work[5, t] = rest + min(0.0, second[t] if who[t] == e else least[t])
            smallest = min(smallest, work[5, t])
        taken[e] = cost - smallest
        for t in range(depth):
            later[e, t] = work[4, t] - smallest
            earlier[e, t] = work[5, t] - smallest
    stay = np.inf
    for t in range(depth):
        stay = min(stay, low[t] + min(0.0, least[t]))
    return price + free - stay


@kernel
def min_sum_order(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    costs: NDArray[np.float64],
    share: float,
    chance: NDArray[np.uint64],
) -> NDArray[np.int64]:
    """Nodes whose removal leaves no cycle, in the order in which they are fixed.

    Every node that stays has a time from 1 to DEPTH at which it is peeled off, later than all its neighbours but one;
    the messages are the least costs of the two sides of a tie. After some sweeps the nodes most worth taking, ``share``
    of the core, are taken for good, and what is no longer on a cycle is dropped.
    """
    n = len(indptr) - 1
    back = back_arcs(indptr, indices)
    alive = np.ones(n, np.bool_)
    degree = np.diff(indptr)
    stack = np.empty(n + 1, np.int64)
    top = 0
    for v in range(n):
        if degree[v] < 2:
            alive[v] = False
            stack[top] = v
            top += 1
    peel(indptr, indices, alive, degree, stack, top)
    price = np.empty(n)
    unit = np.mean(costs) if n > 0 else 1.0
    for v in range(n):
        price[v] = costs[v] / unit * (1.0 + NOISE * uniform(chance))
    taken = np.zeros(len(indices), np.float32)
    later = np.zeros((len(indices), DEPTH), np.float32)
    earlier = np.zeros((len(indices), DEPTH), np.float32)
    work = np.empty((6, DEPTH))
    bias = np.zeros(n)
    order = np.empty(n, np.int64)
    count = 0
    sweeps = FIRST_SWEEPS
    core = np.nonzero(alive)[0]
    while len(core) > 0:
        for _ in range(sweeps):
            for i in range(len(core) - 1, 0, -1):
                j = below(chance, i + 1)
                core[i], core[j] = core[j], core[i]
            for node in core:
                bias[node] = update(indptr, indices, back, alive, int(node), price[node], taken, later, earlier, work)
        sweeps = SWEEPS
        core = np.sort(core)
        ranked = core[np.argsort(bias[core], kind="mergesort")]
        for node in ranked[: max(1, int(share * len(core)))]:
            if alive[node]:
                alive[node] = False
                order[count] = node
                count += 1
                stack[0] = node
                peel(indptr, indices, alive, degree, stack, 1)
        core = np.nonzero(alive)[0]
    return order[:count]
