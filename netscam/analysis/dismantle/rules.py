"""What every search shares: checked input, the random stream, the clock, and the set it ends with."""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netscam.errors import GraphError


@dataclass(frozen=True)
class FoundSet:
    """A set that a search ended with.

    Parameters
    ----------
    nodes
        Vertex numbers, ascending.
    value
        Connected pairs left (`fragmentation_search`) or cost of the set (`smallest_set`).
    cost
        Sum of the costs of ``nodes``; their number when no costs were given.
    iterations
        Steps made; fewer than asked for when the seconds ran out.
    seed
        Seed of the random stream.
    """

    nodes: tuple[int, ...]
    value: float
    cost: float
    iterations: int
    seed: int


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during a search; carries the best that was found.

    Parameters
    ----------
    found
        Vertex numbers: a set, ascending, or an order of removals.
    """

    def __init__(self, found: NDArray[np.int64]) -> None:
        super().__init__()
        self.found = found


@contextmanager
def held_interrupt() -> Iterator[Callable[[], bool]]:
    """Keep ctrl-C out of compiled code, which turns it into a SystemError; gives a function that says if it came."""
    came: list[int] = []
    previous = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or previous is not signal.default_int_handler:
        yield lambda: False
        return
    signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield lambda: bool(came)
    finally:
        signal.signal(signal.SIGINT, previous)


@dataclass(frozen=True)
class Rules:
    """Checked input of a search: cost of every node and 0 free, 1 not to be taken, 2 stays taken."""

    costs: NDArray[np.float64]
    rules: NDArray[np.int8]

    @property
    def must(self) -> NDArray[np.int64]:
        """Nodes that stay taken, ascending."""
        return np.flatnonzero(self.rules == 2).astype(np.int64)


def make_rules(n: int, costs: Any, candidates: Iterable[int] | None, must: Iterable[int]) -> Rules:
    """Check costs, candidates and compulsory nodes; raises GraphError for costs that are not positive and finite."""
    values = np.ones(n) if costs is None else np.asarray(costs, dtype=np.float64).copy()
    if values.shape != (n,) or not np.isfinite(values).all() or (n and values.min() <= 0):
        raise GraphError(f"costs must be {n} positive numbers, one for each node")
    rules = np.zeros(n, dtype=np.int8)
    if candidates is not None:
        rules[:] = 1
        rules[inside(n, candidates)] = 0
    rules[inside(n, must)] = 2
    return Rules(values, rules)


def inside(n: int, nodes: Iterable[int]) -> NDArray[np.int64]:
    """Distinct vertex numbers, ascending; raises GraphError for one outside the graph."""
    index = np.unique(np.fromiter(nodes, dtype=np.int64))
    if index.size and (index[0] < 0 or index[-1] >= n):
        raise GraphError(f"a node lies outside 0 to {n - 1}")
    return index


def random_stream(seed: int) -> NDArray[np.uint64]:
    """State of the compiled random stream, drawn from NumPy's PCG64 of ``seed``."""
    return np.random.Generator(np.random.PCG64(seed)).integers(0, 2**63, size=1, dtype=np.uint64)


class Clock:
    """Runs steps in chunks of a size that depends on the graph only, and stops between chunks when time is up.

    Ctrl-C stops it as well and sets ``interrupted``.
    """

    def __init__(self, seconds: float | None) -> None:
        self.end = math.inf if seconds is None else time.monotonic() + seconds
        self.interrupted = False

    def run(self, chunk: Callable[[int, int], None], total: int, weight: int) -> int:
        """Call ``chunk(first, last)`` until ``total`` steps are made; returns the steps made."""
        size = max(1, 3_000_000 // max(weight, 1))
        done = 0
        try:
            with held_interrupt() as pressed:
                while done < total and time.monotonic() < self.end and not self.interrupted:
                    chunk(done, min(done + size, total))
                    done = min(done + size, total)
                    self.interrupted = pressed()
        except KeyboardInterrupt:
            self.interrupted = True
        return done
