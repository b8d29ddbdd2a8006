"""Who steps in: candidates weighted by degree, distance and fit of role."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.between import accumulate
from netscam.analysis.dismantle.kernels.chance import below, uniform
from netscam.analysis.jit import kernel
from netscam.analysis.recovery.kernels.measure import ones
from netscam.analysis.recovery.kernels.network import adjacent, compact_alive, steps_from

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]
Floats = NDArray[np.float64]


@kernel
def fit(masks: Words, a: int, b: int) -> float:
    """Roles that two nodes share as a share of the roles of either; 1 when neither has one."""
    either = ones(masks[a] | masks[b])
    return 1.0 if either == 0 else ones(masks[a] & masks[b]) / either


@kernel
def candidate(
    head: Ints,
    following: Ints,
    node: Ints,
    degree: Ints,
    alive: Flags,
    group: Ints,
    wanted: Ints,
    masks: Words,
    gone: int,
    seeker: int,
    rules: Floats,
    chance: Words,
    dist: Ints,
    queue: Ints,
    weight: Floats,
) -> int:
    """Draw who takes the place of ``gone`` for ``seeker`` (for everybody, where both are one); -1 if nobody can.

    ``rules``: exponents of degree, distance and role, least fit, same type, factor for those out of reach, memory.
    Recorded nodes alone are candidates: ``group`` covers these, and is below 0 for those that never step in; ``wanted``
    is the group from which a node is replaced.
    """
    for_all = seeker == gone
    if rules[1] > 0.0:
        ghost = gone if for_all or rules[6] > 0.0 else -1
        steps_from(head, following, node, alive, ghost, seeker, dist, queue)
    total = 0.0
    for c in range(len(group)):
        weight[c] = 0.0
        if not alive[c] or group[c] < 0 or c == seeker or (rules[4] > 0.0 and group[c] != wanted[gone]):
            continue
        if not for_all and adjacent(head, following, node, seeker, c):
            continue
        share = 1.0
        if rules[0] > 0.0:
            share *= (degree[c] + 1.0) ** rules[0]
        if rules[1] > 0.0:
            share *= np.exp(-rules[1] * (dist[c] - 2.0)) if dist[c] >= 0 else rules[5]
        if rules[2] > 0.0 or rules[3] > 0.0:
            alike = fit(masks, gone, c)
            share *= 0.0 if alike < rules[3] else alike ** rules[2]
        weight[c] = share
        total += share
    return drawn(weight, len(group), total, chance)


@kernel
def drawn(weight: Floats, count: int, total: float, chance: Words) -> int:
    """Number drawn in proportion to the first ``count`` weights; -1 when all are 0."""
    spot = uniform(chance) * total
    last = -1
    if total <= 0.0:
        return last
    for c in range(count):
        if weight[c] > 0.0:
            last = c
            spot -= weight[c]
            if spot < 0.0:
                return c
    return last


@kernel
def target(
    rule: int,
    order: Ints,
    step: int,
    head: Ints,
    following: Ints,
    node: Ints,
    degree: Ints,
    alive: Flags,
    may: Flags,
    chance: Words,
) -> int:
    """Who is removed next: 0 as listed, 1 most ties now, 2 most betweenness now, 3 by chance; -1 when nobody is left.

    Equals go by id order. Only recorded nodes that ``may`` be removed are.
    """
    if rule == 0:
        return int(order[step]) if step < len(order) else -1
    left = np.nonzero(may & alive[: len(may)])[0]
    if len(left) == 0:
        return -1
    if rule == 3:
        return int(left[below(chance, len(left))])
    score = degree.astype(np.float64)
    if rule == 2:
        nodes, starts, ends = compact_alive(head, following, node, degree, alive)
        c = len(nodes)
        found, dist, paths = np.zeros(c), np.empty(c, np.int32), np.empty(c)
        share, queue = np.empty(c), np.empty(c, np.int32)
        for s in range(c):
            accumulate(starts, ends, s, found, dist, paths, share, queue)
        for i in range(c):
            score[nodes[i]] = np.round(found[i], 6)
    best = int(left[0])
    for v in left:
        if score[v] > score[best]:
            best = int(v)
    return best
