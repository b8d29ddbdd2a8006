"""Sets found quickly: greedy choice with swaps, rounding of fractional answers, and pruning."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from netscam.analysis.dismantle.rules import Interrupted, plain_interrupt
from netscam.analysis.keynodes.task import Task
from netscam.errors import GraphError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
STEPS_AN_ITERATION = 20
STEPS, USUAL = 200_000_000, 1000  # steps times size of the graph that so many iterations may take: some 20 seconds
LARGE = 200_000  # nodes plus edges above which every step of the swaps here takes too long
OWN = 30  # rounds of shaking here; more of them are better spent in the other search


def start_set(task: Task, *, seed: int, iterations: int, seconds: float | None = None, thorough: int = 1) -> Ints:
    """Find a good allowed set for fragmentation or dismantling.

    The quick sets of this module, and from 1 iteration on those of ``netscam.analysis.dismantle.search``, 20 steps to
    an iteration (times ``thorough``) and at most ``seconds``; the best of them. On large graphs the steps of 1000
    iterations are cut to some 20 seconds, and those of more in the same proportion.

    Raises
    ------
    GraphError
        When no set is allowed.
    Interrupted
        Ctrl-C, with the best set so far; a plain KeyboardInterrupt where there is none.
    """
    found: list[Ints] = []
    try:
        with plain_interrupt():
            if iterations > 0:
                found += _searched(task, seed, iterations, seconds, thorough)
            if task.objective == "dismantle":
                found.append(_dismantling(task))
            elif not found or task.csr.n + task.csr.m <= LARGE:
                found.append(_fragmenting(task, task.must, seed=seed, iterations=min(iterations, OWN)))
    except KeyboardInterrupt as stop:
        found += [stop.found] if isinstance(stop, Interrupted) and not task.faults(stop.found) else []
        if not found:
            raise KeyboardInterrupt from None
        raise Interrupted(_best(task, found)) from None
    return _best(task, found)


def _best(task: Task, found: list[Ints]) -> Ints:
    return min(found, key=lambda nodes: (task.value(nodes), nodes.size, nodes.tolist()))


def _searched(task: Task, seed: int, iterations: int, seconds: float | None, thorough: int) -> list[Ints]:
    """Ask the searches of the dismantling side, where they can take the task: positive costs, one limit, no weights."""
    from netscam.analysis.dismantle.search import fragmentation_search, smallest_set

    most = STEPS * max(1.0, iterations / USUAL) / (task.csr.n + 2 * task.csr.m + 1)
    steps = min(STEPS_AN_ITERATION * thorough * iterations, max(500, int(most)))
    candidates = np.flatnonzero(task.free).tolist()
    must = np.flatnonzero(task.must).tolist()
    one_limit = np.isinf(task.budget) or task.places >= task.csr.n
    if task.csr.m == 0 or task.cost.min() <= 0 or task.weighted or not one_limit:
        return []
    if task.objective == "dismantle":
        found = smallest_set(
            task.csr,
            task.target_size,
            costs=task.cost,
            candidates=candidates,
            must=must,
            iterations=steps,
            seconds=seconds,
            seed=seed,
        )
    else:
        by_number = bool(np.isinf(task.budget))
        found = fragmentation_search(
            task.csr,
            task.places if by_number else None,
            costs=None if by_number else task.cost,
            budget=None if by_number else task.budget,
            candidates=candidates,
            must=must,
            iterations=steps,
            seconds=seconds,
            seed=seed,
        )
    nodes = np.array(found.nodes, dtype=np.int64)
    return [] if task.faults(nodes) else [nodes]


def _fragmenting(task: Task, taken: Flags, *, seed: int, iterations: int) -> Ints:
    from netscam.analysis.keynodes.local import iterated_swaps

    draws = np.random.Generator(np.random.PCG64(seed)).random((iterations, 4))
    left = min(task.budget, float(task.cost.sum())) - float(task.cost[taken].sum())
    alive, _ = iterated_swaps(
        task.csr.indptr,
        task.csr.indices,
        ~taken,
        task.weight,
        task.free & ~task.must,
        task.cost,
        left,
        task.places - int(taken.sum()),
        draws,
    )
    return np.flatnonzero(~alive)


def _dismantling(task: Task) -> Ints:
    """Put nodes back from nothing in several orders; the cheapest of the results."""
    found = [completed(task, score) for score in (task.csr.degrees / np.maximum(task.cost, 1e-9), _core_rank(task))]
    return min(found, key=lambda nodes: (task.value(nodes), nodes.tolist()))


def _core_rank(task: Task) -> Floats:
    """Order in which greedy fragmentation takes the nodes, as falling scores."""
    from netscam.analysis.keynodes.local import pair_losses

    alive = ~task.must
    score = np.zeros(task.csr.n)
    for turn in range(min(task.csr.n, 200)):
        loss = pair_losses(task.csr.indptr, task.csr.indices, alive, np.ones(task.csr.n))
        loss = np.where(task.free & alive, loss / np.maximum(task.cost, 1e-9), 0.0)
        if loss.max(initial=0.0) <= 0.0:
            break
        v = int(loss.argmax())
        alive[v] = False
        score[v] = task.csr.n - turn + 1.0
    return np.where(score > 0, score, task.csr.degrees / max(1, task.csr.n))


def completed(task: Task, score: Floats) -> Ints:
    """Make an allowed set that prefers nodes with a high score.

    For fragmentation the best nodes are taken while they fit, then improved by swaps; for dismantling nodes are put
    back from the lowest score on while every component stays small enough.

    Raises
    ------
    GraphError
        When dismantling is impossible because nodes that may not be taken hang together too much.
    """
    rank = np.lexsort((np.arange(task.csr.n), -score))
    if task.objective == "dismantle":
        return _pruned(task, rank)
    taken = task.must.copy()
    left, places = task.budget - float(task.cost[taken].sum()), task.places - int(taken.sum())
    for v in rank.tolist():
        if places <= 0 or score[v] <= 1e-6:
            break
        if task.free[v] and not taken[v] and task.cost[v] <= left + 1e-9:
            taken[v] = True
            left -= task.cost[v]
            places -= 1
    return _fragmenting(task, taken, seed=0, iterations=0)


def _pruned(task: Task, rank: Ints) -> Ints:
    from netscam.analysis.keynodes.local import put_back

    csr = task.csr
    order = rank[::-1]
    keep = ~task.free[order]
    order = np.concatenate([order[keep], order[~keep & ~task.must[order]]])
    ones = np.ones(csr.n)
    out = put_back(csr.indptr, csr.indices, order, ~task.free, ones, float(task.target_size))
    nodes = np.flatnonzero(out)
    if task.faults(nodes):
        raise GraphError(
            f"no allowed set leaves every component at {task.target_size} or fewer: "
            "the nodes that may not be taken hang together too much"
        )
    return nodes
