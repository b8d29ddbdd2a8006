"""The exact engine for fragmentation and dismantling: reduce, start, cut, branch, carry back."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from netscam.analysis.dismantle.rules import Interrupted
from netscam.analysis.keynodes.greedy import start_set
from netscam.analysis.keynodes.reduce import Reduced, reduce_problem
from netscam.analysis.keynodes.task import Found, Task

if TYPE_CHECKING:
    from netscam.analysis.keynodes.relax import Relaxation

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
QUICK, ROUNDS = 50, 5
"""Iterations of the start heuristic where bounds come quickly; all that were asked for once so many leave a gap."""
QUICK_UP_TO = 2_000
"""Nodes and ties together up to which bounds come quickly."""


def reduced_task(task: Task, *, dominate: bool = True) -> Reduced:
    """Reduce a fragmentation or dismantling task."""
    weight = task.weight if task.objective == "fragmentation" else np.ones(task.csr.n)
    return reduce_problem(task.csr, task.free, task.cost, weight, task.must, dominate=dominate)


def repaired(reduced: Reduced, x: Floats) -> Floats:
    """Swap taken nodes for the ones that dominate them, until no domination is broken."""
    x = x.copy()
    changed = True
    while changed:
        changed = False
        for i, j in reduced.dominated.tolist():
            if x[i] > 0.5 > x[j]:
                x[i], x[j] = 0.0, 1.0
                changed = True
    return x


def to_reduced(reduced: Reduced, nodes: Ints) -> Floats:
    """0/1 vector over reduced nodes of a set of original ones."""
    x = np.isin(reduced.original, nodes).astype(np.float64)
    return repaired(reduced, x)


def to_original(reduced: Reduced, x: Floats, task: Task) -> Ints:
    """Original nodes of a 0/1 vector, with those that must be taken."""
    return np.union1d(reduced.original[(x > 0.5) & reduced.free], np.flatnonzero(task.must))


def relaxed(task: Task, reduced: Reduced, value: float) -> tuple[Relaxation, float]:
    """Build the linear relaxation of a task whose best known value is ``value``, and what to add to its value."""
    from netscam.analysis.keynodes.relax import PairRelaxation, SizeRelaxation

    must_cost = float(task.cost[task.must].sum())
    if task.objective == "dismantle":
        return SizeRelaxation(reduced, float(task.target_size)), must_cost
    places = task.places - int(task.must.sum())
    most = float(places) if places < int(reduced.free.sum()) else np.inf
    return PairRelaxation(reduced, most, task.budget - must_cost, value), 0.0


def _rounding(task: Task, reduced: Reduced) -> Callable[[Floats], tuple[float, Floats]]:
    """Make the function that turns a fractional point into an allowed set."""
    from netscam.analysis.keynodes.greedy import completed

    def improve(x: Floats) -> tuple[float, Floats]:
        score = np.full(task.csr.n, -1.0)
        score[reduced.original[reduced.free]] = x[reduced.free]
        nodes = completed(task, score)
        return task.value(nodes), to_reduced(reduced, nodes)

    return improve


def solve_exactly(task: Task, *, time_limit: float, seed: int, iterations: int, start: Ints | None = None) -> Found:
    """Find the best set and prove it, or return the best set and bound at the time limit.

    Parameters
    ----------
    task
        A fragmentation or dismantling task.
    time_limit
        Seconds.
    seed, iterations
        For the start heuristic. On small graphs a few iterations come first, and all where those prove no set.
    start
        A set to start from, better than nothing.

    Notes
    -----
    Ctrl-C at any moment after the first sets are made counts as the time limit.
    """
    from netscam.analysis.keynodes.branch import Search

    deadline = time.monotonic() + time_limit
    quick = min(iterations, QUICK) if task.csr.n + task.csr.m <= QUICK_UP_TO else iterations
    try:
        nodes = start_set(task, seed=seed, iterations=quick, seconds=time_limit)
    except Interrupted as stop:
        return _unproved(task, stop.found)
    if start is not None and not task.faults(start) and task.value(start) < task.value(nodes):
        nodes = start
    reduced = reduced_task(task)
    relaxation, constant = relaxed(task, reduced, task.value(nodes))
    relaxation.deadline = deadline
    round_up = _rounding(task, reduced)

    rounds = count(1)

    def improve(x: Floats) -> tuple[float, Floats]:
        value, vector = round_up(x)
        if next(rounds) == ROUNDS and iterations > quick:
            longer = start_set(task, seed=seed, iterations=iterations, seconds=deadline - time.monotonic())
            if task.value(longer) < value:
                value, vector = task.value(longer), to_reduced(reduced, longer)
        return value - constant, vector

    search = Search(
        relaxation=relaxation,
        improve=improve,
        best=task.value(nodes) - constant,
        incumbent=to_reduced(reduced, nodes),
        step=1.0 if task.whole else 0.0,
        stop=lambda: time.monotonic() > deadline,
    )
    search.run()
    best = to_original(reduced, search.incumbent, task)
    if task.faults(best) or task.value(best) > task.value(nodes):
        best = nodes
    value = task.value(best)
    floor = constant if task.objective == "dismantle" else reduced.constant
    bound = min(max(search.bound + constant, floor), value)
    tolerance = 1.0 - 1e-6 if task.whole else 2e-6 * abs(value)
    proven = value - bound < tolerance or value == bound
    return Found(
        nodes=best,
        value=value,
        bound=value if proven else bound,
        proven=proven,
        method="exact",
        root_bound=max(search.root_bound + constant, floor),
        branches=search.branches,
    )


def _unproved(task: Task, nodes: Ints) -> Found:
    """The best set of a search that ctrl-C ended, with the bound that needs no work."""
    value = task.value(nodes)
    bound = min(value, float(task.cost[task.must].sum()) if task.objective == "dismantle" else 0.0)
    return Found(nodes=nodes, value=value, bound=bound, proven=value == bound, method="exact")
