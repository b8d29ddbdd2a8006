"""From a situation and a question to arrays: the ensemble of runs, on one thread or several."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from netscam.analysis.recovery.settings import as_array
from netscam.analysis.recovery.strategies import RANDOM
from netscam.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from netscam.analysis.recovery.situation import Situation

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

METRICS = ("efficiency", "efficiency_of_start", "connected_pairs", "largest_component", "density")
"""What is measured, in the order of the compiled code."""
EXACT, SOURCES = 4096, 1024
"""Up to so many nodes efficiency is exact; beyond, it is estimated from so many sampled sources."""
CHANCE = 4
"""Stream of random numbers of the runs; 0 to 2 belong to the draws from the evidence."""


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Which network each run starts from and which random numbers it gets; shared by all strategies and models.

    Parameters
    ----------
    present
        Which ties are there, shape (max(1, draws), m): the record, or draws of it.
    which
        Row of ``present`` for each run, shape (runs,).
    states
        Start of each run's random stream, shape (runs,).
    draws
        How many draws; 0 for the record.
    workers
        Threads.
    """

    present: NDArray[np.bool_]
    which: Ints
    states: NDArray[np.uint64]
    draws: int
    workers: int = 1

    @property
    def runs(self) -> int:
        """How many runs."""
        return len(self.states)


RUNS, SUMS = ("values", "rounds", "healed", "hits"), ("stepped", "ties", "opened")


@dataclass(frozen=True, eq=False)
class Outcome:
    """Arrays of one ensemble, see ``kernels.run``; the first four have a row for each run, the others are sums."""

    values: Floats
    rounds: Floats
    healed: Floats
    hits: Ints
    stepped: Ints
    ties: Ints
    opened: Ints


def make_ensemble(case: Situation, *, runs: int, draws: int, seed: int, workers: int = 1) -> Ensemble:
    """Runs of a situation: run i has its own stream, and with draws starts from draw i modulo ``draws``.

    Raises
    ------
    GraphError
        Fewer than one run or worker, a negative number of draws, or more draws than runs.
    """
    if runs < 1 or workers < 1 or draws < 0:
        raise GraphError("recovery needs at least one run and one worker, and no negative number of draws")
    if draws > runs:
        raise GraphError(f"{draws} draws need at least as many runs, not {runs}")
    edges = len(case.sampler.ends)
    present = case.sampler.draws(seed, draws) if draws else np.ones((1, edges), dtype=np.bool_)
    states = [np.random.SeedSequence(seed, spawn_key=(CHANCE, r)).generate_state(1, np.uint64)[0] for r in range(runs)]
    which = np.arange(runs, dtype=np.int64) % max(1, draws)
    return Ensemble(present, which, np.array(states, dtype=np.uint64), draws, workers)


def simulate(
    case: Situation, order: list[int], rule: int, steps: int, settings: Mapping[str, float], ensemble: Ensemble
) -> Outcome:
    """Run the ensemble. Where nothing is left to chance, one run stands for all that start from the same network."""
    sure = settings["success"] == 0 and (settings["sites"] == 0 or settings["reopen"] == 0)
    if sure and rule != RANDOM and case.graph.vcount() <= EXACT:
        count = len(ensemble.present)
        once = _run(case, order, rule, steps, settings, ensemble, np.arange(count, dtype=np.int64))
        which = ensemble.which
        return replace(once, **{name: getattr(once, name)[which] for name in RUNS})
    parts = np.array_split(np.arange(ensemble.runs), min(ensemble.workers, ensemble.runs))
    if len(parts) == 1:
        return _run(case, order, rule, steps, settings, ensemble, parts[0])
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(len(parts)) as pool:
        waiting = [pool.submit(_run, case, order, rule, steps, settings, ensemble, part) for part in parts]
        done = [future.result() for future in waiting]
    return Outcome(
        *(np.concatenate([getattr(part, name) for part in done]) for name in RUNS),
        *(np.sum([getattr(part, name) for part in done], axis=0) for name in SUMS),
    )


def _run(
    case: Situation,
    order: list[int],
    rule: int,
    steps: int,
    settings: Mapping[str, float],
    ensemble: Ensemble,
    part: Ints,
) -> Outcome:
    from netscam.analysis.recovery.kernels.run import one_run

    n, runs = case.graph.vcount(), len(part)
    values = np.zeros((runs, steps + 1, 2, len(METRICS)))
    rounds, healed = np.full(runs, np.nan), np.full((runs, steps), np.nan)
    hits = np.full((runs, steps), -1, dtype=np.int64)
    stepped, ties, opened = (np.zeros(n, dtype=np.int64) for _ in range(3))
    ends, numbers = np.ascontiguousarray(case.sampler.ends, dtype=np.int64), as_array(settings)
    listed = np.array(order, dtype=np.int64)
    who = (case.group, case.wanted, case.active, case.sites, case.site, case.levels, case.masks, case.active)
    for row, number in enumerate(part.tolist()):
        taken = np.zeros(n, dtype=np.int64)
        present, chance = ensemble.present[ensemble.which[number]], ensemble.states[number : number + 1].copy()
        limits = (chance, EXACT, SOURCES)
        out = (values[row], healed[row], hits[row], taken, opened)
        rounds[row] = one_run(ends, case.held, present, *who, listed, rule, steps, numbers, *limits, *out)
        stepped += taken > 0
        ties += taken
    return Outcome(values, rounds, healed, hits, stepped, ties, opened)
