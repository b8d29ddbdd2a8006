"""The cutting loop: solve, separate half way to an inner point, repeat."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from netscam.analysis.keynodes.relax import Point, Relaxation

Floats = npt.NDArray[np.float64]


def tighten(
    relaxation: Relaxation,
    inner: Floats,
    rounds: int,
    stop: Callable[[], bool],
    enough: float = np.inf,
    least_gain: float = 0.0,
) -> tuple[Point, Floats, bool]:
    """Solve and separate in turn, separating half way between the solution and an inner point (in-out separation).

    In-out separation: Ben-Ameur and Neto, Networks 49 (2007). The inner point moves to every trial point that is
    better, which makes the loop a bundle method for the convex function that the cuts describe.

    Parameters
    ----------
    relaxation
        The programme to tighten.
    inner
        A point inside; it is replaced by better ones as they turn up.
    rounds
        Most solves.
    stop
        Called without arguments; a true answer ends the loop.
    enough
        The loop ends when the bound reaches this.
    least_gain
        The loop ends when three solves together raise the bound by less than this share.

    Returns
    -------
    The last point, the last inner point, and whether the point breaks no cut.
    """
    share, inner_value = 0.5, np.inf
    history: list[float] = []
    for turn in range(rounds):
        point = relaxation.solve()
        history.append(point.bound)
        if point.bound >= enough or stop():
            return point, inner, False
        added = 0
        while not added:
            trial = (1 - share) * point.x + share * inner
            value, added = relaxation.separate(trial, point)
            if value < inner_value - 1e-9:
                inner, inner_value = trial, value
            if share == 0.0:
                break
            share = share if added else (share / 2 if share > 1e-2 else 0.0)
        if not added:
            return point, inner, True
        share = min(0.5, max(share, 0.05) * 1.5)
        if turn % 4 == 3:
            relaxation.purge()
        if len(history) > 3 and history[-1] - history[-4] < least_gain * max(1.0, abs(history[-1])):
            break
    return relaxation.solve(), inner, False
