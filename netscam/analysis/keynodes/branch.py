"""Branch and cut: split on fractional nodes, tighten each part, drop what cannot beat the best set known."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from netscam.analysis.dismantle.rules import plain_interrupt
from netscam.analysis.keynodes.relax import Point, Relaxation
from netscam.analysis.keynodes.tighten import tighten

Floats = npt.NDArray[np.float64]
Improve = Callable[[Floats], tuple[float, Floats]]
CHOSEN = 6  # branching candidates that are tried out
TRIES = 20  # simplex steps of a trial


@dataclass
class Search:
    """State of one branch and cut run.

    Parameters
    ----------
    relaxation
        The programme, shared by all parts of the search.
    improve
        Turns a fractional point into an allowed set; returns its value and its 0/1 vector.
    best, incumbent
        Value and 0/1 vector of the best set known.
    step
        1 when every value is a whole number, so that bounds may be rounded up; 0 otherwise.
    stop
        Called without arguments; a true answer ends the search.
    record
        Given, every optimal set is looked for instead of one: it is called with each whole solution as good as
        ``best`` and must forbid it by a row; a true answer means that the search goes on.
    """

    relaxation: Relaxation
    improve: Improve
    best: float
    incumbent: Floats
    step: float
    stop: Callable[[], bool]
    record: Callable[[Floats], bool] | None = None
    bound: float = -np.inf
    root_bound: float = -np.inf
    branches: int = 0
    finished: bool = False
    gains: dict[tuple[int, int], list[float]] = field(default_factory=dict)
    lower: Floats = field(init=False)
    upper: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.lower = np.zeros(self.relaxation.reduced.csr.n)
        self.upper = self.relaxation.reduced.free.astype(np.float64)

    @property
    def slack(self) -> float:
        """How far a computed bound may be off: the tolerances of the simplex method on numbers of this size."""
        size = abs(self.best) if np.isfinite(self.best) else 1.0
        return 1e-7 * size + 1e-4 if self.step else 1e-6 * size + 1e-12

    @property
    def enough(self) -> float:
        """Bound from which a part cannot hold a better set."""
        better = self.best - 1.0 + 2 * self.slack if self.step else self.best - self.slack
        return better if self.record is None else better + self.step + 2 * self.slack * (1 - self.step)

    def proven_bound(self, bound: float) -> float:
        """Round a computed bound to what is proved by it."""
        safe = bound - self.slack
        return min(float(np.ceil(safe)) if self.step else safe, self.best)

    def run(self) -> None:
        """Search until proved or stopped; an interrupt from the keyboard counts as a stop."""
        with suppress(KeyboardInterrupt), plain_interrupt():
            self._root()
            self._parts()
        self.bound = self.best if self.finished and self.record is None else max(self.bound, self.root_bound)

    def _consider(self, x: Floats) -> None:
        if self.record is not None:
            return
        value, chosen = self.improve(x)
        if value < self.best - 1e-9:
            self.best, self.incumbent = value, chosen

    def _root(self) -> None:
        inner = self.incumbent.copy()
        while True:
            point, inner, done = tighten(self.relaxation, inner, 12, self.stop, self.enough)
            self.root_bound = max(self.root_bound, self.proven_bound(point.bound))
            self._consider(point.x)
            if done or self.stop() or point.bound >= self.enough:
                self.finished = point.bound >= self.enough
                break
        self.bound = self.root_bound
        self._fix(point)
        self.point, self.inner, self.done = point, inner, done

    def _fix(self, point: Point) -> None:
        """Fix nodes whose reduced cost alone exceeds what is left between the bound and the best set."""
        room = self.enough - point.bound
        if room <= 0 or not np.isfinite(room):
            return
        price = self.relaxation.reduced_costs()
        self.upper[(price > room + self.slack) & (point.x < 1e-6)] = 0.0
        self.lower[(-price > room + self.slack) & (point.x > 1 - 1e-6)] = 1.0
        self.relaxation.restrict(self.lower, self.upper)

    def _parts(self) -> None:
        if self.finished or (self.root_bound >= self.best and self.record is None) or self.stop():
            return
        heap: list[tuple[float, int, Floats, Floats]] = [(self.point.bound, 0, self.lower, self.upper)]
        count = 0
        while heap:
            self.bound = self.proven_bound(heap[0][0])
            if heap[0][0] >= self.enough:
                self.finished = True
                break
            if self.stop():
                break
            bound, _, lower, upper = heapq.heappop(heap)
            try:
                parts = self._part(bound, lower, upper)
            except KeyboardInterrupt:
                heapq.heappush(heap, (bound, -1, lower, upper))
                raise
            for part in parts:
                count += 1
                heapq.heappush(heap, (part[0], count, part[1], part[2]))
        if not heap:
            self.bound = self.best
            self.finished = True

    def _part(self, known: float, lower: Floats, upper: Floats) -> list[tuple[float, Floats, Floats]]:
        """Tighten one part; returns the parts it splits into."""
        self.branches += 1
        lower, upper = np.maximum(lower, self.lower), np.minimum(upper, self.upper)
        if (lower > upper).any():
            return []
        if len(self.relaxation.kind) > 1.5 * (lower.size + 50):
            self.relaxation.purge()
        self.relaxation.restrict(lower, upper)
        point, _, _ = tighten(self.relaxation, self.inner, 6, self.stop, self.enough, 2e-4)
        if point.bound >= self.enough:
            return []
        bound = max(known, point.bound)
        self._consider(point.x)
        split = np.flatnonzero((point.x > 1e-6) & (point.x < 1 - 1e-6))
        if not split.size:
            return self._whole(point, bound, lower, upper)
        v = self._choose(point, split, lower, upper)
        down, up = upper.copy(), lower.copy()
        down[v], up[v] = 0.0, 1.0
        return [(bound, lower, down), (bound, up, upper)]

    def _whole(self, point: Point, bound: float, lower: Floats, upper: Floats) -> list[Any]:
        """Deal with a part whose solution is whole: it is optimal there once no cut is broken."""
        if self.relaxation.separate(np.round(point.x), point, strict=True)[1]:
            return [(bound, lower, upper)]
        if self.record is not None and self.record(np.round(point.x)):
            return [(bound, lower, upper)]
        return []

    def _choose(self, point: Point, split: npt.NDArray[np.int64], lower: Floats, upper: Floats) -> int:
        """Choose the node to branch on: the largest product of expected gains, tried out where not yet known."""
        x = point.x
        rank = np.argsort(-np.minimum(x[split], 1 - x[split]), kind="stable")
        scores: list[tuple[float, int]] = []
        tried = 0
        for v in split[rank].tolist():
            gain = []
            for side, move in ((0, x[v]), (1, 1 - x[v])):
                seen = self.gains.setdefault((v, side), [])
                if len(seen) < 2 and tried < 2 * CHOSEN:
                    tried += 1
                    seen.append(self._try(v, float(side), point, lower, upper) / max(move, 1e-6))
                known = seen or [0.0]
                gain.append(move * math.fsum(known) / len(known))
            scores.append((max(gain[0], 1e-6) * max(gain[1], 1e-6), -v))
        return -max(scores)[1]

    def _try(self, v: int, to: float, point: Point, lower: Floats, upper: Floats) -> float:
        """Gain of the bound when ``v`` is fixed, after a few simplex steps."""
        low, high = lower.copy(), upper.copy()
        low[v] = high[v] = to
        basis = self.relaxation.solver.getBasis()
        self.relaxation.restrict(low, high)
        bound = self.relaxation.solve(TRIES).bound
        self.relaxation.restrict(lower, upper)
        self.relaxation.solver.setBasis(basis)
        return float(np.clip(min(bound, self.enough + 1.0) - point.bound, 0.0, None))
