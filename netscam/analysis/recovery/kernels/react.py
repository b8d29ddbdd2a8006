"""One round of reaction: orphans look for a replacement, closed sites open again elsewhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.chance import below, uniform
from netscam.analysis.jit import kernel
from netscam.analysis.recovery.kernels.choose import candidate, drawn
from netscam.analysis.recovery.kernels.network import tie

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]
Floats = NDArray[np.float64]


@kernel
def replace_round(
    head: Ints,
    following: Ints,
    node: Ints,
    holds: Flags,
    degree: Ints,
    alive: Flags,
    counts: Ints,
    orphan: Ints,
    vacancy: Ints,
    heir: Ints,
    taken: Ints,
    group: Ints,
    wanted: Ints,
    masks: Words,
    settings: Floats,
    chance: Words,
    dist: Ints,
    queue: Ints,
    weight: Floats,
) -> None:
    """Every open orphan looks once, in the order in which they were orphaned; the settled leave the list.

    ``counts`` holds entries in use and open orphans. ``taken`` counts the ties that each node takes over.
    """
    rules, left = settings[2:9], 0
    for i in range(counts[1]):
        o, gone = orphan[i], vacancy[i]
        if not alive[o]:
            continue
        found = -1
        if uniform(chance) < settings[0]:
            if uniform(chance) < settings[1]:
                if heir[gone] < 0 or not alive[heir[gone]]:
                    heir[gone] = candidate(
                        head, following, node, degree, alive, group, wanted, masks, gone, gone, rules, chance, dist,
                        queue, weight,
                    )  # fmt: skip
                found = heir[gone]
            else:
                found = candidate(
                    head,
                    following,
                    node,
                    degree,
                    alive,
                    group,
                    wanted,
                    masks,
                    gone,
                    o,
                    rules,
                    chance,
                    dist,
                    queue,
                    weight,
                )
        if found < 0:
            orphan[left], vacancy[left] = o, gone
            left += 1
            continue
        if found != o:
            taken[found] += 1
            counts[0] = tie(head, following, node, holds, degree, counts[0], o, found, False)
            if settings[9] > 0.0 and uniform(chance) < settings[9]:
                third = neighbour(head, following, node, alive, degree, found, chance)
                counts[0] = tie(head, following, node, holds, degree, counts[0], o, third, False)
    counts[1] = left


@kernel
def neighbour(head: Ints, following: Ints, node: Ints, alive: Flags, degree: Ints, of: int, chance: Words) -> int:
    """One of the nodes that ``of`` is tied to, by chance; there must be one."""
    skip = below(chance, degree[of])
    e = head[of]
    while True:
        if alive[node[e]]:
            if skip == 0:
                return int(node[e])
            skip -= 1
        e = following[e]


@kernel
def move_round(
    head: Ints,
    following: Ints,
    node: Ints,
    holds: Flags,
    degree: Ints,
    alive: Flags,
    counts: Ints,
    closed: Ints,
    origin: Ints,
    active: Flags,
    sites: Ints,
    site: Ints,
    levels: NDArray[np.int8],
    settings: Floats,
    chance: Words,
    weight: Floats,
) -> None:
    """Every closed site may open anew: owners come along, others may, and a host nearby may take it in.

    ``counts`` holds entries in use, open orphans, nodes ever, sites waiting. ``origin`` says which site a new one
    follows.
    """
    left = 0
    for i in range(counts[3]):
        old = closed[i]
        if uniform(chance) >= settings[11]:
            closed[left] = old
            left += 1
            continue
        new = counts[2]
        counts[2] += 1
        alive[new] = True
        origin[new] = old
        e = head[old]
        while e >= 0:
            w, hold = node[e], holds[e]
            e = following[e]
            if alive[w] and (w >= len(active) or active[w]):
                moves = uniform(chance) < (settings[12] if hold else settings[13])
                if moves:
                    counts[0] = tie(head, following, node, holds, degree, counts[0], w, new, hold)
        if uniform(chance) < settings[14]:
            landlord = host(head, following, node, holds, alive, old, sites, site, levels, settings[15], chance, weight)
            if landlord >= 0:
                counts[0] = tie(head, following, node, holds, degree, counts[0], landlord, new, True)
    counts[3] = left


@kernel
def host(
    head: Ints,
    following: Ints,
    node: Ints,
    holds: Flags,
    alive: Flags,
    old: int,
    sites: Ints,
    site: Ints,
    levels: NDArray[np.int8],
    spread: float,
    chance: Words,
    weight: Floats,
) -> int:
    """Who holds another recorded site that is open, drawn by nearness to the ``old`` one; -1 if nobody does."""
    total = 0.0
    for s in range(len(sites)):
        weight[s] = 0.0
        if alive[sites[s]] and sites[s] != old and holder(head, following, node, holds, alive, sites[s], 0) >= 0:
            weight[s] = spread ** levels[site[old], s]
            total += weight[s]
    near = drawn(weight, len(sites), total, chance)
    if near < 0:
        return -1
    count = 0
    while holder(head, following, node, holds, alive, sites[near], count) >= 0:
        count += 1
    return holder(head, following, node, holds, alive, sites[near], below(chance, count))


@kernel
def holder(head: Ints, following: Ints, node: Ints, holds: Flags, alive: Flags, of: int, skip: int) -> int:
    """Holder number ``skip`` of a site; -1 if it has not as many."""
    e = head[of]
    while e >= 0:
        if holds[e] and alive[node[e]]:
            if skip == 0:
                return int(node[e])
            skip -= 1
        e = following[e]
    return -1
