"""Simulated annealing of a removal order: anytime, and repeatable because it cools by moves and not by the clock."""

from __future__ import annotations

import math
import time

import numpy as np

from netscam.analysis.dismantle.methods import Order, Task
from netscam.analysis.dismantle.result import AUC_SHARE, area
from netscam.analysis.dismantle.rules import Interrupted, held_interrupt, random_stream

WORK = 7e9
"""Neighbours looked at by a polish of default length on a network of up to 25,000 nodes: under a minute."""
RATE = 1e8
"""Neighbours looked at in a second, as planned when only seconds are given."""
HOT, HOT_SHARE, COOLING = 8.0, 0.005, 1000.0
"""Start temperature: 8 times the mean fall of the curve per removal, at most 0.5 % of the area; then its fall."""
SWEEPS = 150
REPLACEMENTS = 0.05
MOST_PER_PLACE = 6000
"""Moves for each place of the order beyond which a small network gains nothing."""


def planned_iterations(task: Task, order: Order, seconds: float | None = None) -> int:
    """Moves that the default work pays for, or that fit into ``seconds`` at a nominal rate; the clock is not read."""
    work = WORK * max(1.0, min(10.0, task.csr.n / 25_000)) if seconds is None else RATE * seconds
    return max(1000, min(int(work / _move_weight(task, order)), MOST_PER_PLACE * order.size))


def _move_weight(task: Task, order: Order) -> float:
    """Expected neighbours looked at by one window move: mean length of a window times mean degree of the order."""
    if order.size == 0:
        return 1.0
    length = 0.15 * order.size / 4 + 0.85 * order.size / (2 * math.log(order.size + 2))
    return max(1.0, length * float(task.csr.degrees[order].mean() + 1))


def polish(task: Task, order: Order, *, iterations: int | None = None, seconds: float | None = None) -> Order:
    """Improve the area under the curve of an order.

    Moves: carry a node to an earlier or later place, swap two, replace one by a node one or two steps away that is
    not in the order. Only the window between two places is looked at again: the forest of the graph without the
    places behind the window is kept while a sweep walks from the end of the order to its start, and what
    a trial links is unlinked afterwards. Accepted by simulated annealing (Kirkpatrick, Gelatt and Vecchi,
    Science 220, 1983), cooled by a factor of 1,000 over the sweeps.

    Parameters
    ----------
    task
        Graph, component size to end at, seed. Costs play no part.
    order
        Where to start; also what is given back when nothing better is found.
    iterations
        Moves to try; None takes a number that follows from the size of the graph and the order.
    seconds
        Stop after the sweep in which so much time is over. Alone, it also sets ``iterations`` to what a slow core
        manages in that time, so that the cooling ends.

    Returns
    -------
    ndarray
        The best order met, shape (r,), made to end at the limit of the task.

    Raises
    ------
    Interrupted
        Ctrl-C, with the best order so far.
    """
    from netscam.analysis.dismantle.kernels import annealing
    from netscam.analysis.dismantle.kernels.components import lcc_curve

    n = task.csr.n
    curve = lcc_curve(*task.arrays, order)
    best, value = order.copy(), area(curve, n)
    total = planned_iterations(task, order, seconds) if iterations is None else iterations
    if order.size < 2 or total < 1 or math.isnan(value) or value == 0.0:
        return best
    now, shape = order.astype(np.int32), curve.astype(np.int32)
    tries = min(4.0, max(0.2, total / (SWEEPS * order.size)))
    sweeps = max(1, round(total / (tries * order.size)))
    length = max(1, removal_length(curve, n))
    hot = min(HOT * n / length, HOT_SHARE * value * n)
    chance = random_stream(task.seed)
    end = math.inf if seconds is None else time.monotonic() + seconds
    for i in range(sweeps):
        warmth = hot * COOLING ** (-i / sweeps)
        try:
            with held_interrupt() as pressed:
                reached, _, _ = annealing.sweep(
                    *task.arrays, now, shape, AUC_SHARE * n, warmth, tries, order.size,
                    1 + int(REPLACEMENTS * order.size * min(1.0, tries)), chance,
                )  # fmt: skip
                stopped = pressed()
        except KeyboardInterrupt:
            raise Interrupted(best) from None
        if reached / n < value - 1e-12:
            best, value = now.astype(np.int64), reached / n
        if stopped:
            raise Interrupted(best)
        if time.monotonic() >= end:
            break
    return best


def removal_length(curve: Order, n: int) -> int:
    """Removals until the curve is below the share that ends the area."""
    return int(np.flatnonzero((curve < AUC_SHARE * n) | (curve <= 1))[0])
