"""Reach: the set from which most nodes are within a distance, exact by a mixed-integer programme, or greedy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from netscam.analysis.keynodes.task import Found, Task

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def _balls(task: Task) -> tuple[Ints, Ints]:
    from netscam.analysis.keynodes.kernels import balls

    start, members = balls(task.csr.indptr, task.csr.indices, task.distance)
    return np.asarray(start), np.asarray(members)


def _upper_bound(task: Task, gains: Floats, value: float, taken: npt.NDArray[np.bool_]) -> float:
    """Bound any allowed set by what the best further nodes could add at most to a set (submodularity)."""
    usable = np.flatnonzero(task.free & ~task.must)
    places = min(task.places - int(task.must.sum()), usable.size)
    best = np.sort(gains[usable])[::-1]
    bound = value + float(best[:places].sum())
    if np.isfinite(task.budget):
        cost = task.cost[usable]
        order = np.argsort(-gains[usable] / np.maximum(cost, 1e-12), kind="stable")
        left = task.budget - float(task.cost[task.must].sum())
        before = np.concatenate([[0.0], np.cumsum(cost[order])[:-1]])
        share = np.clip((left - before) / np.maximum(cost[order], 1e-12), 0.0, 1.0)
        bound = min(bound, value + float((gains[usable][order] * share).sum()))
    return min(bound, float(task.csr.n))


def reach_greedily(task: Task) -> Found:
    """Take in turn the node that reaches most new nodes (per cost under a budget).

    With unit costs the set reaches at least 1 - 1/e (63 %) of the optimum (Nemhauser, Wolsey, Fisher, Mathematical
    Programming 14, 1978); the bound returned is computed from the gains that are left and is usually tighter.
    """
    start, members = _balls(task)
    owner = np.repeat(np.arange(task.csr.n), np.diff(start))
    covered = np.zeros(task.csr.n, dtype=bool)
    taken = np.zeros(task.csr.n, dtype=bool)
    left, places = task.budget, task.places
    bound = float(task.csr.n)
    queue = np.flatnonzero(task.must).tolist()
    while True:
        gains = np.bincount(owner[~covered[members]], minlength=task.csr.n).astype(np.float64)
        if not queue:
            bound = min(bound, _upper_bound(task, gains, float(covered.sum()), taken))
            fits = task.free & ~taken & (task.cost <= left + 1e-9) & (gains > 0)
            if places <= 0 or not fits.any():
                break
            rate = gains / np.maximum(task.cost, 1e-12) if np.isfinite(task.budget) else gains
            queue = [int(np.where(fits, rate, -1.0).argmax())]
        v = queue.pop(0)
        taken[v] = True
        covered[members[start[v] : start[v + 1]]] = True
        left -= float(task.cost[v])
        places -= 1
    value = float(covered.sum())
    bound = float(np.floor(bound + 1e-6))
    return Found(np.flatnonzero(taken), value, max(bound, value), bound <= value, "greedy")


def reach_exactly(
    task: Task, *, time_limit: float, banned: tuple[tuple[int, ...], ...] = (), at_least: float = 0.0
) -> Found | None:
    """Maximum coverage as a mixed-integer programme in HiGHS.

    Parameters
    ----------
    task
        A reach task.
    time_limit
        Seconds.
    banned
        Sets that may not be contained in the answer, to list alternatives.
    at_least
        Smallest value of interest.

    Returns
    -------
    The best set, or None when nothing reaches ``at_least`` (or nothing was found in time).
    """
    import highspy

    from netscam.analysis.keynodes.solver import quiet_solver

    n = task.csr.n
    start, members = _balls(task)
    solver = quiet_solver()
    solver.setOptionValue("time_limit", max(time_limit, 0.01))
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.99)
    upper = np.concatenate([task.free.astype(np.float64), np.ones(n)])
    lower = np.concatenate([task.must.astype(np.float64), np.zeros(n)])
    solver.addVars(2 * n, lower, upper)
    index = np.arange(2 * n, dtype=np.int32)
    solver.changeColsCost(2 * n, index, np.repeat([0.0, 1.0], n))
    solver.changeColsIntegrality(n, index[:n], np.full(n, highspy.HighsVarType.kInteger))
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    infinite = highspy.kHighsInf
    for y in range(n):
        ball = members[start[y] : start[y + 1]].astype(np.int32)
        row = np.append(ball, np.int32(n + y))
        solver.addRow(0.0, infinite, row.size, row, np.append(np.ones(ball.size), -1.0))
    solver.addRow(-infinite, float(min(task.places, n)), n, index[:n], np.ones(n))
    if np.isfinite(task.budget):
        solver.addRow(-infinite, task.budget, n, index[:n], task.cost)
    if at_least > 0:
        solver.addRow(at_least - 0.5, infinite, n, index[n:], np.ones(n))
    for ban in banned:
        solver.addRow(-infinite, len(ban) - 1.0, len(ban), np.array(ban, dtype=np.int32), np.ones(len(ban)))
    solver.run()
    info = solver.getInfo()
    column = np.asarray(solver.getSolution().col_value)
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if not feasible or column.size < n:
        return None
    nodes = np.flatnonzero(column[:n] > 0.5)
    value = task.value(nodes)
    bound = float(np.floor(info.mip_dual_bound + 1e-5)) if np.isfinite(info.mip_dual_bound) else float(n)
    bound = max(value, min(bound, float(n)))
    return Found(nodes, value, bound, bound <= value, "exact")
