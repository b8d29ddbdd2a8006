"""netscam's own dismantling: the best of several orders, polished; with costs, the cheapest set, ordered."""

from __future__ import annotations

import math

import numpy as np

from netscam.analysis.dismantle.judge import order_area
from netscam.analysis.dismantle.methods import METHODS, Order, Task, complete, reinserted
from netscam.analysis.dismantle.polish import planned_iterations, polish
from netscam.analysis.dismantle.result import AUC_SHARE
from netscam.analysis.dismantle.rules import Interrupted, plain_interrupt
from netscam.analysis.dismantle.smallest import smallest_set

QUICK = ("corehd", "collective-influence", "degree")
PATHS_UP_TO = 300_000
"""Edges up to which sampled betweenness is among the starts."""
SHARE_POLISHED = 0.01
"""The polish works on an order that goes on to this share of the nodes, so that nodes can come in from behind."""
TRIALS, SHORT = 4, 20
"""How many starts are polished for a trial, each for one part in so many of the moves."""
TAIL_STEPS = 1000
"""Steps of the search for the fewest removals behind the part that the area depends on."""


def starts(task: Task) -> list[tuple[str, Order]]:
    """Orders to choose from, with and without reinsertion, each ending at the limit.

    Raises
    ------
    Interrupted
        Ctrl-C, with the best of those made; a plain KeyboardInterrupt before the first.
    """
    names = [*QUICK, "betweenness-sampled"] if task.csr.m <= PATHS_UP_TO else list(QUICK)
    found: list[tuple[str, Order]] = []
    try:
        with plain_interrupt():
            for name in names:
                order = complete(task, METHODS[name].function(task))
                found += [(name, order), (f"{name}+reinsertion", reinserted(task, order))]
    except KeyboardInterrupt:
        if not found:
            raise
        raise Interrupted(min((order for _, order in found), key=lambda order: order_area(task.csr, order))) from None
    return found


def strongest_order(task: Task, *, iterations: int | None, seconds: float | None) -> tuple[Order, str]:
    """Polish the best of the `starts`; returns the order and the name of that start.

    The orders of smallest area are polished a little, the best of these for the rest of the moves, since the start
    that looks best is not always the one that leads furthest; ctrl-C ends the polish early. What comes behind the part
    that the area depends on is cut again, down to the limit of the task, in few removals.
    """
    limit = max(1, min(math.floor(SHARE_POLISHED * task.csr.n), _below_tenth(task)))
    inner = Task(task.csr, task.costs, limit, task.seed)
    try:
        made = starts(inner)
    except Interrupted as stop:
        return complete(task, stop.found), "interrupted"
    found = sorted(
        ((order_area(task.csr, order), i, name, order) for i, (name, order) in enumerate(made)),
        key=lambda start: (start[0], start[1]),
    )
    best, name = found[0][3], found[0][2]
    if iterations != 0 and best.size:
        total = planned_iterations(inner, best, seconds) if iterations is None else iterations
        try:
            best, name = _shortlist(inner, found[:TRIALS], total // SHORT, None if seconds is None else seconds / SHORT)
            share = 1 - TRIALS / SHORT
            best = polish(
                inner, best, iterations=int(share * total), seconds=None if seconds is None else share * seconds
            )
        except Interrupted as stop:
            if order_area(task.csr, stop.found) <= order_area(task.csr, best):
                best = stop.found
    return finish(task, best), name


def _shortlist(
    task: Task, found: list[tuple[float, int, str, Order]], iterations: int, seconds: float | None
) -> tuple[Order, str]:
    tried = []
    for _, i, name, order in found:
        polished = polish(task, order, iterations=iterations, seconds=seconds)
        tried.append((order_area(task.csr, polished), i, name, polished))
    _, _, name, best = min(tried, key=lambda start: (start[0], start[1]))
    return best, name


def _below_tenth(task: Task) -> int:
    return max(1, math.ceil(AUC_SHARE * task.csr.n) - 1)


def finish(task: Task, order: Order) -> Order:
    """Keep the order as far as the area needs it, and go on from there with the fewest removals to the limit."""
    from netscam.analysis.dismantle.kernels.components import lcc_curve

    return _tail(task, order, lcc_curve(*task.arrays, order))


def _tail(task: Task, order: Order, curve: Order) -> Order:
    below = np.flatnonzero((curve < AUC_SHARE * task.csr.n) | (curve <= 1))
    head = order[: below[0]] if below.size else order
    if curve[len(head)] <= task.limit:
        reached = int(np.flatnonzero(curve <= task.limit)[0])
        return order[:reached]
    try:
        rest = smallest_set(
            task.csr, task.limit, must=head.tolist(), start=order.tolist(), iterations=TAIL_STEPS, seed=task.seed
        ).nodes  # fmt: skip
    except Interrupted as stop:
        rest = tuple(stop.found.tolist())
    kept = set(head.tolist())
    tail = np.array([v for v in rest if v not in kept], dtype=np.int64)
    return np.concatenate([head, _ordered_tail(task, head, tail)])


def _ordered_tail(task: Task, head: Order, tail: Order) -> Order:
    """Order the tail by putting back, with the head left out of the graph."""
    from netscam.analysis.dismantle.kernels.reinsertion import reinsertion_order

    weights = np.ones(task.csr.n)
    weights[head] = 1e-12
    kept, _ = reinsertion_order(*task.arrays, np.concatenate([head, tail]), weights, 0)
    inside = np.zeros(task.csr.n, np.bool_)
    inside[tail] = True
    result: Order = kept[inside[kept]]
    return result


def cheapest_order(task: Task, *, iterations: int | None, seconds: float | None) -> tuple[Order, str]:
    """The cheapest set that an iterated greedy finds for the limit, in the order that reinsertion gives."""
    try:
        found = smallest_set(
            task.csr, task.limit, costs=task.costs, iterations=iterations, seconds=seconds, seed=task.seed
        )  # fmt: skip
        order = np.array(found.nodes, dtype=np.int64)
    except Interrupted as stop:
        order = stop.found
    return reinserted(task, order) if order.size else order, "smallest_set"
