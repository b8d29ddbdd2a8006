"""Work over numbered draws, on one process or several, with the same result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np

from netscam.errors import GraphError

T = TypeVar("T")
LEAST = 250
"""Fewest draws worth a process of their own, which takes about a second to start."""


def over_draws(work: Callable[..., T], draws: int, *given: Any, workers: int = 1) -> list[T]:
    """Call ``work(numbers, *given)`` on consecutive parts of ``range(draws)``.

    Parameters
    ----------
    work
        A function of a module, whose result on a part does not depend on the other parts.
    draws
        How many draws.
    given
        Further arguments; they are pickled for other processes.
    workers
        Processes. New ones are spawned, so a script that asks for more than one needs the usual
        ``if __name__ == "__main__":``.

    Returns
    -------
    list
        Results of the parts, in order. With one worker there is one part.

    Raises
    ------
    GraphError
        Fewer than one draw or worker.
    """
    if draws < 1 or workers < 1:
        raise GraphError("uncertainty needs at least one draw and one worker")
    parts = _parts(draws, min(workers, max(1, draws // LEAST)))
    if len(parts) == 1:
        return [work(parts[0], *given)]
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(work, part, *given) for part in parts]
        return [future.result() for future in waiting]


def _parts(draws: int, count: int) -> list[Sequence[int]]:
    cuts = np.linspace(0, draws, count + 1).round().astype(int)
    return [range(a, b) for a, b in pairwise(cuts.tolist())]
