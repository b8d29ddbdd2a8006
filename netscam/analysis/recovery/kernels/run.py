"""Whole runs: remove, measure, let the network react, measure, and again; then wait whether it recovers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.jit import kernel
from netscam.analysis.recovery.kernels.choose import target
from netscam.analysis.recovery.kernels.measure import measured
from netscam.analysis.recovery.kernels.network import compact_alive, grown, grown_flags, start_lists
from netscam.analysis.recovery.kernels.react import move_round, replace_round

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]
Floats = NDArray[np.float64]


@kernel
def one_run(
    ends: Ints,
    held: Flags,
    present: Flags,
    group: Ints,
    wanted: Ints,
    active: Flags,
    sites: Ints,
    site: Ints,
    levels: NDArray[np.int8],
    masks: Words,
    may: Flags,
    order: Ints,
    rule: int,
    steps: int,
    settings: Floats,
    chance: Words,
    exact: int,
    sources: int,
    values: Floats,
    healed: Floats,
    hits: Ints,
    taken: Ints,
    opened: Ints,
) -> float:
    """One run, from the ties that are ``present``.

    Fills ``values`` (shape (steps + 1, 2, 5): after 0, 1, ... removals; first just after the removal, then after the
    reaction), ``healed`` (shape (steps,): rounds until efficiency is back where it was just before the removal, else
    NaN), ``hits`` (shape (steps,): who was removed, -1 for nobody), ``taken`` (shape (n,): ties that each node took
    over) and ``opened`` (shape (n,): sites opened after a site closed, added up).

    Returns
    -------
    float
        Rounds after the last removal until efficiency is back at its start; NaN when it is not.
    """
    n = len(group)
    room = n + steps
    head, following, node, holds, degree = start_lists(n, room, ends, held, present)
    alive = np.zeros(room, np.bool_)
    alive[:n] = True
    # entries in use, open orphans, nodes ever, sites waiting
    counts = np.array([len(node), 0, n, 0])
    orphan, vacancy = np.empty(64, np.int64), np.empty(64, np.int64)
    closed, origin = np.empty(steps, np.int64), np.full(room, -1, np.int64)
    heir = np.full(room, -1, np.int64)
    dist, queue, weight = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room)
    pace, horizon, waited, now = int(settings[16]), int(settings[17]), np.nan, np.empty(5)
    look(head, following, node, degree, alive, n, exact, sources, chance, values[0, 0])
    values[0, 1] = values[0, 0]
    goal = settings[18] * values[0, 0, 0] * (1.0 - 1e-12)
    for step in range(steps):
        gone = target(rule, order, step, head, following, node, degree, alive, may, chance)
        if gone >= 0:
            hits[step] = gone
            alive[gone] = False
            moves = settings[10] > 0.0 and site[gone] >= 0
            if moves:
                closed[counts[3]] = gone
                counts[3] += 1
            orphan, vacancy = grown(orphan, counts[1] + degree[gone]), grown(vacancy, counts[1] + degree[gone])
            e = head[gone]
            while e >= 0:
                w = node[e]
                e = following[e]
                if alive[w]:
                    degree[w] -= 1
                    if not moves and (w >= n or active[w]):
                        orphan[counts[1]], vacancy[counts[1]] = w, gone
                        counts[1] += 1
        look(head, following, node, degree, alive, n, exact, sources, chance, now)
        values[step + 1, 0] = now
        changed = False
        final = step == steps - 1
        before = settings[18] * values[step, 1, 0] * (1.0 - 1e-12)
        if gone >= 0 and values[step + 1, 0, 0] >= before:
            healed[step] = 0.0
        if final and values[step + 1, 0, 0] >= goal:
            waited = 0.0
        for tick in range(1, (max(pace, horizon) if final else pace) + 1):
            idle = counts[1] == 0 and counts[3] == 0
            if not idle:
                need = counts[0] + 4 * counts[1]
                for i in range(counts[3]):
                    need += 2 * degree[closed[i]] + 2
                before_round = counts[0] + counts[2]
                following, node, holds = grown(following, need), grown(node, need), grown_flags(holds, need)
                replace_round(
                    head, following, node, holds, degree, alive, counts, orphan, vacancy, heir, taken, group, wanted,
                    masks, settings, chance, dist, queue, weight,
                )  # fmt: skip
                move_round(
                    head, following, node, holds, degree, alive, counts, closed, origin, active, sites, site, levels,
                    settings, chance, weight,
                )  # fmt: skip
                changed = changed or counts[0] + counts[2] != before_round
            open_question = np.isnan(healed[step]) or (final and np.isnan(waited))
            if changed and (tick == pace or open_question):
                look(head, following, node, degree, alive, n, exact, sources, chance, now)
                changed = False
            if tick == pace or open_question:
                if np.isnan(healed[step]) and gone >= 0 and now[0] >= before:
                    healed[step] = tick
                if final and np.isnan(waited) and tick <= horizon and now[0] >= goal:
                    waited = tick
            if tick == pace:
                values[step + 1, 1] = now
            if tick >= pace and (idle or not final or not open_question):
                break
    for v in range(n, counts[2]):
        opened[origin[v]] += 1
    return waited


@kernel
def look(
    head: Ints,
    following: Ints,
    node: Ints,
    degree: Ints,
    alive: Flags,
    n: int,
    exact: int,
    sources: int,
    chance: Words,
    out: Floats,
) -> None:
    """Measure the network as it is now."""
    _, starts, rows = compact_alive(head, following, node, degree, alive)
    measured(starts, rows, n, exact, sources, chance, out)
