"""Linear relaxations of reduced problems, kept in HiGHS and tightened with separated tree cuts."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from netscam.analysis.keynodes.reduce import Reduced
from netscam.analysis.keynodes.separation import pair_cuts, size_cuts
from netscam.analysis.keynodes.solver import quiet_solver

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
INFINITE = 1e30
GROUPS = 50  # groups of roots whose cuts are added up: few, dense rows, measured best of 10, 30, 50, 100 and n
SCATTERED = 6.0  # connected pairs per node below which cuts are short, and one row per root is better
ROOTS = 700  # roots that one round of size cuts looks at
MOST_ENTRIES = 300_000  # of size cuts per round; the most violated are kept
LEAST = 1e-4  # violation worth a cut, as a share of its right side
SLICE = 5000  # simplex steps between two looks at the keyboard
CUT = -1


@dataclass(frozen=True)
class Point:
    """A solution of the relaxation: its value and the columns; ``bound`` is infinite when there is none."""

    bound: float
    x: Floats
    theta: Floats


class Relaxation(ABC):
    """A linear programme over x (is the node taken?) and further columns theta, which grows by cuts.

    Dominations are rows as well, added when they are broken.
    """

    def __init__(self, reduced: Reduced, prices: Floats, upper: Floats) -> None:
        self.reduced = reduced
        self.solver = quiet_solver()
        self.solver.addVars(upper.size, np.zeros(upper.size), upper)
        self.solver.changeColsCost(upper.size, np.arange(upper.size, dtype=np.int32), prices)
        self.kind: list[int] = []
        self.fixed_rows = 0
        self.used = np.zeros(len(reduced.dominated), dtype=np.bool_)
        self.deadline = np.inf

    @abstractmethod
    def separate(self, x: Floats, point: Point, *, strict: bool = False) -> tuple[float, int]:
        """Separate at ``x`` and add the cuts that ``point`` breaks; returns the value at x and the rows added.

        ``strict`` takes every broken cut, however little it is broken, as an end of the search needs it.
        """

    def solve(self, most_steps: int | None = None) -> Point:
        """Solve the programme as it stands, from the last basis."""
        n = self.reduced.csr.n
        status = self._run(SLICE if most_steps is None else most_steps)
        while most_steps is None and status == highspy.HighsModelStatus.kIterationLimit:
            status = self._run(SLICE)
        if status == highspy.HighsModelStatus.kInfeasible:
            return Point(np.inf, np.zeros(n), np.zeros(0))
        column = np.asarray(self.solver.getSolution().col_value)
        known = status == highspy.HighsModelStatus.kOptimal or most_steps is not None
        bound = self.solver.getInfo().objective_function_value if known else -np.inf
        return Point(bound, np.clip(column[:n], 0.0, 1.0), column[n:])

    def _run(self, steps: int) -> highspy.HighsModelStatus:
        """Go on for so many simplex steps. Python sees ctrl-C between slices, and steps repeat where seconds do not."""
        self.solver.setOptionValue("simplex_iteration_limit", steps)
        if np.isfinite(self.deadline):
            left = max(0.01, self.deadline - time.monotonic())
            self.solver.setOptionValue("time_limit", self.solver.getRunTime() + left)
        self.solver.run()
        status: highspy.HighsModelStatus = self.solver.getModelStatus()
        return status

    def reduced_costs(self) -> Floats:
        """Reduced cost of every x at the last solution."""
        return np.asarray(self.solver.getSolution().col_dual)[: self.reduced.csr.n]

    def restrict(self, lower: Floats, upper: Floats) -> None:
        """Set the bounds of every x."""
        n = self.reduced.csr.n
        self.solver.changeColsBounds(n, np.arange(n, dtype=np.int32), lower, upper)

    def forbid(self, columns: Ints) -> None:
        """Rule out every set that holds all of ``columns``, for good."""
        self.solver.addRow(-INFINITE, columns.size - 1.0, columns.size, columns.astype(np.int32), np.ones(columns.size))
        self.kind.append(-2)

    def dominate(self, point: Point) -> int:
        """Add the dominations that ``point`` breaks."""
        pairs = self.reduced.dominated
        if not len(pairs):
            return 0
        broken = np.flatnonzero((point.x[pairs[:, 0]] - point.x[pairs[:, 1]] > 1e-5) & ~self.used)
        if broken.size:
            starts = np.arange(0, 2 * broken.size, 2, dtype=np.int32)
            signs = np.tile([1.0, -1.0], broken.size)
            columns = pairs[broken].ravel().astype(np.int32)
            below = np.full(broken.size, -INFINITE)
            self.solver.addRows(broken.size, below, np.zeros(broken.size), 2 * broken.size, starts, columns, signs)
            self.kind.extend(broken.tolist())
            self.used[broken] = True
        return int(broken.size)

    def append(self, rows: list[tuple[Ints, Floats]], right: Floats) -> None:
        """Add cuts, each given by its columns and values."""
        starts = np.concatenate([[0], np.cumsum([columns.size for columns, _ in rows])])
        self.solver.addRows(
            len(rows),
            right,
            np.full(len(rows), INFINITE),
            int(starts[-1]),
            starts[:-1].astype(np.int32),
            np.concatenate([columns for columns, _ in rows]).astype(np.int32),
            np.concatenate([values for _, values in rows]),
        )
        self.kind.extend([CUT] * len(rows))

    def purge(self) -> None:
        """Drop cuts and dominations that are slack at the last solution."""
        activity = np.asarray(self.solver.getSolution().row_value)[self.fixed_rows :]
        basis = self.solver.getBasis().row_status[self.fixed_rows :]
        if len(basis) != len(self.kind) or activity.size != len(self.kind):
            return
        programme = self.solver.getLp()
        lower = np.asarray(programme.row_lower_)[self.fixed_rows :]
        kind = np.array(self.kind, dtype=np.int64)
        basic = np.array([status == highspy.HighsBasisStatus.kBasic for status in basis], dtype=np.bool_)
        slack = np.where(kind == CUT, activity - lower > 0.01 * np.maximum(1.0, np.abs(lower)), activity < -0.01)
        drop = np.flatnonzero(basic & slack & (kind > -2))
        if drop.size:
            self.solver.deleteRows(drop.size, (self.fixed_rows + drop).astype(np.int32))
            self.used[kind[drop][kind[drop] >= 0]] = False
            self.kind = np.delete(kind, drop).tolist()


class PairRelaxation(Relaxation):
    """Fragmentation: theta[g] is the weight of connected pairs owned by the roots of group g.

    Parameters
    ----------
    reduced
        The reduced problem.
    places, budget
        Limits on the set; infinite when they do not bind.
    value
        Pairs left by the best set known, which says how long the cuts will be.
    """

    def __init__(self, reduced: Reduced, places: float, budget: float, value: float = np.inf) -> None:
        n = reduced.csr.n
        self.groups = max(1, n if value < SCATTERED * n else min(GROUPS, n))
        self.group = _neighbourhoods(reduced, self.groups)
        prices = np.concatenate([-reduced.inner, np.ones(self.groups)])
        upper = np.concatenate([reduced.free.astype(np.float64), np.full(self.groups, INFINITE)])
        super().__init__(reduced, prices, upper)
        self.solver.changeObjectiveOffset(reduced.constant + float(reduced.inner.sum()))
        free = np.flatnonzero(reduced.free).astype(np.int32)
        for most, share in ((places, np.ones(free.size)), (budget, reduced.cost[free])):
            if np.isfinite(most) and free.size:
                self.solver.addRow(-INFINITE, float(most), free.size, free, share)
        self.fixed_rows = self.solver.getNumRow()

    def separate(self, x: Floats, point: Point, *, strict: bool = False) -> tuple[float, int]:
        """Separate at ``x``; exact, one cut per group."""
        reduced, n = self.reduced, self.reduced.csr.n
        csr = reduced.csr
        pairs, right, left = pair_cuts(csr.indptr, csr.indices, x, reduced.weight, self.group, self.groups)
        value = reduced.constant + float((reduced.inner * (1 - x)).sum()) + pairs
        added = self.dominate(point)
        broken = right - left @ point.x - point.theta
        least = 1e-5 + 1e-8 * right if strict else LEAST * np.maximum(1.0, np.minimum(right, 1e4))
        picked = np.flatnonzero(broken > least)
        left[:, ~reduced.free] = 0.0
        rows = []
        for g in picked.tolist():
            columns = np.flatnonzero(left[g])
            rows.append((np.append(columns, n + g), np.append(left[g, columns], 1.0)))
        if rows:
            self.append(rows, right[picked])
        return float(value), added + len(rows)


class SizeRelaxation(Relaxation):
    """Dismantling: every tree heavier than ``limit`` must lose enough.

    Parameters
    ----------
    reduced
        The reduced problem.
    limit
        Largest component allowed.
    """

    def __init__(self, reduced: Reduced, limit: float) -> None:
        super().__init__(reduced, reduced.cost, reduced.free.astype(np.float64))
        self.limit = limit
        self.parts = max(1, reduced.csr.n // ROOTS)
        self.next = 0

    def separate(self, x: Floats, point: Point, *, strict: bool = False) -> tuple[float, int]:
        """Separate at ``x``, the most violated cut of every root; exact where x is whole.

        Large graphs are worked off in parts of the roots, on to the next part where the last call found something.
        """
        added = self.dominate(point)
        for _ in range(self.parts):
            roots = np.arange(self.next, self.reduced.csr.n, self.parts, dtype=np.int64)
            outside, found = self._separate(x, point, roots)
            self.next = (self.next + 1) % self.parts
            if outside:
                return np.inf, added + found
        return float((self.reduced.cost * x).sum()), added

    def _separate(self, x: Floats, point: Point, roots: Ints) -> tuple[bool, int]:
        csr = self.reduced.csr
        level, right, start, columns, values = size_cuts(
            csr.indptr, csr.indices, x, self.reduced.weight, roots, self.limit, LEAST
        )
        length = np.diff(start)
        sums = np.concatenate([[0.0], np.cumsum(values * point.x[columns])])
        share = (right - (sums[start[1:]] - sums[start[:-1]])) / np.maximum(1.0, right)
        picked = np.flatnonzero((length > 0) & (share > LEAST))
        picked = picked[np.argsort(-share[picked], kind="stable")]
        picked = picked[: max(1, int(np.searchsorted(np.cumsum(length[picked]), MOST_ENTRIES)))]
        rows: dict[bytes, tuple[int, Ints, Floats]] = {}
        for r in picked.tolist():
            part = slice(start[r], start[r + 1])
            order = np.argsort(columns[part])
            usable = order[self.reduced.free[columns[part][order]]]
            index, value = columns[part][usable], values[part][usable]
            rows.setdefault(index.tobytes() + value.tobytes(), (r, index, value))
        if rows:
            kept = list(rows.values())
            self.append([(index, value) for _, index, value in kept], right[[r for r, _, _ in kept]])
        return bool(level.max(initial=0.0) > LEAST), len(rows)


def _neighbourhoods(reduced: Reduced, groups: int) -> Ints:
    """Cut the breadth-first order of the nodes into groups of equal size."""
    csr = reduced.csr
    seen = np.zeros(csr.n, dtype=np.bool_)
    order: list[int] = []
    for start in range(csr.n):
        if not seen[start]:
            queue = [start]
            seen[start] = True
            for v in queue:
                fresh = [w for w in csr.neighbours(v).tolist() if not seen[w]]
                seen[fresh] = True
                queue.extend(fresh)
            order.extend(queue)
    group = np.empty(csr.n, dtype=np.int64)
    group[order] = np.arange(csr.n) * groups // max(1, csr.n)
    return group
