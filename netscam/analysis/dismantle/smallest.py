"""Search for the cheapest set that leaves no component above a size."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.rules import (
    Clock,
    FoundSet,
    Interrupted,
    Rules,
    inside,
    make_rules,
    plain_interrupt,
    random_stream,
)
from netscam.errors import GraphError

if TYPE_CHECKING:
    from netscam.analysis.keynodes.csr import CSR

SOURCES = 32
DECIMATION, MESSAGES_UP_TO = 0.005, 1_000_000
"""Share of the core that min-sum fixes at a time, and ties up to which it is among the starts."""
PATH_WORK = 600_000_000
"""Edges looked at to find the start by sampled betweenness; where that is too little the other starts are better."""


def planned_steps(n: int, m: int) -> int:
    """Steps that take some 5 to 20 seconds on one core; depends on the size of the graph only, so it repeats."""
    return int(min(200_000, max(500, 7e8 // (n + 2 * m + 1))))


def smallest_set(
    csr: CSR,
    target_size: int,
    *,
    costs: Any = None,
    candidates: Iterable[int] | None = None,
    must: Iterable[int] = (),
    iterations: int | None = None,
    seconds: float | None = None,
    start: Iterable[int] | None = None,
    seed: int = 0,
) -> FoundSet:
    """Look for the cheapest set of nodes whose removal leaves no component above ``target_size``.

    Iterated greedy (Ruiz and Stuetzle, European Journal of Operational Research 177, 2007): free a few removed nodes
    that lie near each other, cut the components that have become too large where most pairs are lost, put back
    what is no longer needed, keep what is no dearer. Starts from the cheapest
    of CoreHD, collective influence, sampled betweenness and min-sum with reinsertion.

    Parameters
    ----------
    csr
        The graph.
    target_size
        Largest component allowed, at least 1.
    costs
        Cost of every node, shape (n,), positive. None means 1 each.
    candidates, must
        Nodes that may, and that have to, be removed.
    iterations, seconds, seed
        As for `fragmentation_search`.
    start
        A set to start from instead, of any quality.

    Returns
    -------
    FoundSet
        ``value`` and ``cost`` are the cost of the set.

    Raises
    ------
    GraphError
        ``target_size`` below 1, or no set of candidates reaches it.
    Interrupted
        Ctrl-C, with the best set so far.
    """
    from netscam.analysis.dismantle.kernels import smallest

    if target_size < 1:
        raise GraphError("target_size must be at least 1")
    rules = make_rules(csr.n, costs, candidates, must)
    chance = random_stream(seed)
    total = planned_steps(csr.n, csr.m) if iterations is None else iterations
    heat = np.array([0.5, 0.05]) * (float(np.median(rules.costs)) if csr.n else 1.0)
    starts = [inside(csr.n, start)] if start is not None else _threshold_starts(csr, rules, target_size, seed)
    best: NDArray[np.int64] = np.empty(0, np.int64)
    value = math.inf
    try:
        with plain_interrupt():
            for first in starts:
                _, found, cost = smallest.shrink(
                    csr.indptr, csr.indices, _obey(first, rules), rules.costs, rules.rules, target_size, chance, heat,
                    np.array([0, 0, 1]),
                )  # fmt: skip
                if cost < value:
                    best, value = found, float(cost)
    except KeyboardInterrupt:
        if value == math.inf:
            raise
        raise Interrupted(best) from None
    if value == math.inf:
        raise GraphError(f"no set of the candidates leaves every component at {target_size} or less")
    now = best

    def chunk(begin: int, end: int) -> None:
        nonlocal best, value, now
        now, found, cost = smallest.shrink(
            csr.indptr, csr.indices, now, rules.costs, rules.rules, target_size, chance, heat,
            np.array([begin, end, total]),
        )  # fmt: skip
        if cost < value:
            best, value = found, float(cost)

    clock = Clock(seconds)
    done = clock.run(chunk, total, csr.n + 2 * csr.m)
    if clock.interrupted:
        raise Interrupted(best)
    return FoundSet(tuple(best.tolist()), value, value, done, seed)


def _obey(nodes: NDArray[np.int64], rules: Rules) -> NDArray[np.int64]:
    """Leave forbidden nodes out of a start and add the compulsory ones."""
    return np.union1d(nodes[rules.rules[nodes] != 1], rules.must).astype(np.int64)


def _threshold_starts(csr: CSR, rules: Rules, limit: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """CoreHD, collective influence, sampled betweenness, min-sum, cut to the limit and put back as far as it allows."""
    from netscam.analysis.dismantle.kernels import between, message, queue_orders, reinsertion

    arrays, costs = (csr.indptr, csr.indices), rules.costs
    rounds = max(1, PATH_WORK // (SOURCES * (csr.n + 2 * csr.m + 1)))
    none = np.zeros(csr.n, np.bool_)
    orders: list[Callable[[], NDArray[np.int64]]] = [
        lambda: queue_orders.corehd_order(*arrays, costs),
        lambda: queue_orders.influence_order(*arrays, costs, 2),
        lambda: between.betweenness_order(*arrays, costs, none, limit, SOURCES, 1 / 4000, rounds, random_stream(seed)),
        lambda: message.min_sum_order(*arrays, costs, DECIMATION, random_stream(seed)),
    ]
    for make in orders if csr.m <= MESSAGES_UP_TO else orders[:-1]:
        order = make()
        out = np.zeros(csr.n, np.bool_)
        out[order] = True
        rest = reinsertion.break_components(*arrays, out, costs, limit)
        kept, needed = reinsertion.reinsertion_order(*arrays, np.concatenate([order, rest]), costs, limit)
        yield kept[:needed]
