"""A small random stream for compiled code: splitmix64, whose whole state is one number in an array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.jit import kernel


@kernel
def uniform(state: NDArray[np.uint64]) -> float:
    """Next number of the stream, uniform on [0, 1)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return np.float64(z >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@kernel
def temperature(heat: NDArray[np.float64], step: int, length: int) -> float:
    """Temperature of a step: from ``heat[0]`` down to ``heat[1]`` geometrically, anew in every cycle of ``length``."""
    return float(heat[0] * (heat[1] / heat[0]) ** ((step % length) / length))


@kernel
def below(state: NDArray[np.uint64], bound: int) -> int:
    """Next number of the stream, a whole number from 0 to ``bound - 1``."""
    return int(uniform(state) * bound)
