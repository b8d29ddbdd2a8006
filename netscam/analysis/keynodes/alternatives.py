"""Every equally good set, once the best value is proved."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from netscam.analysis.keynodes.task import Found, Task
from netscam.errors import GraphError

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Optima:
    """Optimal sets in canonical order, whether they are all, and the nodes in every one of them (None: unknown)."""

    sets: tuple[Ints, ...]
    complete: bool
    common: Ints | None


def without_spare(task: Task, nodes: Ints, value: float) -> Ints:
    """Leave out nodes that add nothing, the last ones first; those that must be taken stay."""
    kept = np.sort(nodes)
    for v in kept[::-1].tolist():
        fewer = kept[kept != v]
        if not task.must[v] and not task.faults(fewer) and abs(task.value(fewer) - value) < 1e-9 * max(1.0, value):
            kept = fewer
    return kept


def all_optima(task: Task, found: Found, *, most: int, time_limit: float) -> Optima:
    """List optimal sets without spare nodes.

    Parameters
    ----------
    task
        The question.
    found
        A proved answer.
    most
        Most sets to list.
    time_limit
        Seconds; the list is marked incomplete when they run out.
    """
    deadline = time.monotonic() + time_limit
    first = without_spare(task, found.nodes, found.value)
    if most <= 1:
        return Optima((first,), False, None)
    if task.objective == "reach":
        sets, complete = _reaching(task, first, found.value, most, deadline)
    else:
        sets, complete = _branching(task, first, found.value, most, deadline)
    ordered = tuple(sorted(sets, key=lambda nodes: (nodes.size, nodes.tolist())))
    common = ordered[0]
    for nodes in ordered[1:]:
        common = np.intersect1d(common, nodes)
    if complete:
        return Optima(ordered, True, common)
    return Optima(ordered, False, _in_every(task, common, found.value, deadline))


def _reaching(task: Task, first: Ints, value: float, most: int, deadline: float) -> tuple[list[Ints], bool]:
    from netscam.analysis.keynodes.reach import reach_exactly

    sets = [first]
    while len(sets) < most:
        left = deadline - time.monotonic()
        banned = tuple(tuple(nodes[~task.must[nodes]].tolist()) for nodes in sets)
        if () in banned:
            return sets, True
        other = reach_exactly(task, time_limit=left, banned=banned, at_least=value) if left > 0 else None
        if other is None:
            return sets, left > 0 and time.monotonic() < deadline
        sets.append(without_spare(task, other.nodes, value))
    return sets, False


def _branching(task: Task, first: Ints, value: float, most: int, deadline: float) -> tuple[list[Ints], bool]:
    """List optimal sets by branch and cut without domination, ruling out each set as it is found."""
    from netscam.analysis.keynodes.branch import Search
    from netscam.analysis.keynodes.exact import reduced_task, relaxed, to_original

    reduced = reduced_task(task, dominate=False)
    relaxation, constant = relaxed(task, reduced, value)
    relaxation.deadline = deadline
    sets: list[Ints] = []
    position = np.full(task.csr.n, -1, dtype=np.int64)
    position[reduced.original[reduced.free]] = np.flatnonzero(reduced.free)
    exhausted = False

    def keep(nodes: Ints) -> bool:
        nonlocal exhausted
        sets.append(nodes)
        columns = position[nodes[~task.must[nodes]]]
        exhausted = columns.size == 0
        if not exhausted:
            relaxation.forbid(columns)
        return not exhausted and len(sets) < most

    def record(x: npt.NDArray[np.float64]) -> bool:
        nodes = to_original(reduced, x, task)
        if task.value(nodes) > value + 1e-6 * max(1.0, value):
            relaxation.forbid(np.flatnonzero(x > 0.5))
            return True
        return keep(without_spare(task, nodes, value))

    if not keep(first):
        return sets, exhausted
    search = Search(
        relaxation=relaxation,
        improve=lambda x: (np.inf, x),
        best=value - constant,
        incumbent=np.isin(reduced.original, first).astype(np.float64),
        step=1.0 if task.whole else 0.0,
        stop=lambda: time.monotonic() > deadline or exhausted or len(sets) >= most,
        record=record,
    )
    search.run()
    return sets, exhausted or (search.finished and len(sets) < most)


def _in_every(task: Task, common: Ints, value: float, deadline: float) -> Ints | None:
    """Find the nodes of ``common`` without which no set is optimal, by asking for a set without each of them."""
    kept: list[int] = []
    left = common.tolist()
    while left:
        v = left.pop(0)
        if not task.must[v]:
            other = _set_without(task, v, value, deadline)
            if other is None:
                return None
            if other.size:
                left = [w for w in left if w in other]
                kept = [w for w in kept if w in other]
                continue
        kept.append(v)
    return np.array(kept, dtype=np.int64)


def _set_without(task: Task, v: int, value: float, deadline: float) -> Ints | None:
    """Find an optimal set without ``v``; empty when there is none, None when time runs out first."""
    from netscam.analysis.keynodes.exact import solve_exactly
    from netscam.analysis.keynodes.reach import reach_exactly

    seconds = deadline - time.monotonic()
    if seconds <= 0:
        return None
    free = task.free.copy()
    free[v] = False
    rest = replace(task, free=free)
    try:
        if task.objective == "reach":
            other = reach_exactly(rest, time_limit=seconds, at_least=value)
            if other is None:
                return np.empty(0, dtype=np.int64) if time.monotonic() < deadline else None
        else:
            other = solve_exactly(rest, time_limit=seconds, seed=0, iterations=10)
    except GraphError:
        return np.empty(0, dtype=np.int64)
    if abs(other.value - value) < 1e-9 * max(1.0, value):
        return other.nodes
    beyond = other.proven or (other.bound is not None and other.bound > value + (0.5 if task.whole else 1e-6))
    return np.empty(0, dtype=np.int64) if beyond else None
