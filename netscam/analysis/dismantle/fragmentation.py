"""Search for the set that leaves the fewest connected pairs within a budget."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.mainland import cut_off
from netscam.analysis.dismantle.rules import (
    Clock,
    FoundSet,
    Interrupted,
    Rules,
    make_rules,
    plain_interrupt,
    random_stream,
)
from netscam.errors import GraphError

if TYPE_CHECKING:
    from netscam.analysis.keynodes.csr import CSR

CYCLES = ((1.0, 1), (8.0, 1), (1.0, 2))
"""Start temperatures (in units of the first largest component) and share of the steps of each cooling cycle."""
COLD = 0.05
OTHER = 1 << 32
"""Added to the seed for the search for islands, so that the search by removals is the same with and without it."""
MAINLAND = 0.3
"""Share of the nodes in the largest component, after a greedy choice, from which islands are searched for as well."""


def planned_steps(n: int, m: int) -> int:
    """Steps that take some 10 to 60 seconds on one core; depends on the size of the graph only, so it repeats."""
    return int(min(1_500_000, max(500, 2e9 // (n + 2 * m + 1))))


def fragmentation_search(
    csr: CSR,
    k: int | None = None,
    *,
    costs: Any = None,
    budget: float | None = None,
    candidates: Iterable[int] | None = None,
    must: Iterable[int] = (),
    iterations: int | None = None,
    seconds: float | None = None,
    seed: int = 0,
) -> FoundSet:
    """Look for the nodes whose removal leaves the fewest connected pairs.

    The critical node problem (Arulselvan et al., Computers & Operations Research 36, 2009), Borgatti's KPP-Neg.
    Each step takes the boundary of a small random group or nothing, gives back the nodes that join least, spends
    what is left on the nodes that cut most, and is kept by simulated annealing (Kirkpatrick, Gelatt, Vecchi,
    Science 220, 1983); giving back and retaking follow the component-based moves of Zhou, Hao and Glover (IEEE
    Transactions on Cybernetics 49, 2019). The gains of all nodes of a component come from one
    depth-first search, since only articulation points cut more than themselves off. Where a large component stays in
    any case, annealing of what is cut off from it (`cut_off`) comes first, and the better set counts.

    Parameters
    ----------
    csr
        The graph.
    k
        How many nodes may be removed, when all cost the same.
    costs
        Cost of every node, shape (n,), positive. None means 1 each.
    budget
        Largest sum of costs; give either ``k`` or ``budget``.
    candidates
        Nodes that may be removed; None means all.
    must
        Nodes that are removed in any case, inside the budget.
    iterations
        Steps; None picks a number by the size of the graph.
    seconds
        Stop earlier than ``iterations`` when so much time is over. An answer cut short by time need not repeat.
    seed
        Seed of the random stream; the same seed and iterations give the same set on any machine.

    Returns
    -------
    FoundSet
        ``value`` is the sum of s (s - 1) / 2 over the components left. No bound is given: see the exact method.

    Raises
    ------
    GraphError
        Both or neither of ``k`` and ``budget``, negative ones, or compulsory nodes that cost more than the budget.
    Interrupted
        Ctrl-C, with the best set so far.
    """
    from netscam.analysis.dismantle.kernels import fragmentation

    if (k is None) == (budget is None):
        raise GraphError("give either k or budget")
    money = float(k if k is not None else budget if budget is not None else 0)
    rules = make_rules(csr.n, None if k is not None else costs, candidates, must)
    if not money >= rules.costs[rules.must].sum():
        raise GraphError("the budget does not pay for the nodes that must be taken")
    chance = random_stream(seed)
    clock = Clock(seconds)
    with plain_interrupt():
        best, value = _greedy(csr, rules, rules.must, money, chance)
    total = planned_steps(csr.n, csr.m) if iterations is None else iterations
    unit = _largest(csr, best)
    now, done = best, 0
    if unit >= MAINLAND * csr.n and csr.m:
        other = random_stream(seed + OTHER)
        shore = cut_off(csr, rules, money, total, clock, other)
        found, reached = (best, value) if shore is None else _greedy(csr, rules, shore, money, other)
        if reached < value:
            best, value = found, reached
    for warmth, length in _cycles(total if csr.m else 0):
        heat = np.array([max(warmth * unit, 1e-6), max(COLD * unit, 1e-7)])

        def chunk(first: int, last: int, heat: NDArray[np.float64] = heat, length: int = length) -> None:
            nonlocal best, value, now
            now, found, reached = fragmentation.search(
                csr.indptr, csr.indices, now, rules.costs, rules.rules, money, chance, heat,
                np.array([first, last, length]),
            )  # fmt: skip
            if reached < value:
                best, value = found, int(reached)

        done += clock.run(chunk, length, csr.n + 2 * csr.m)
    if clock.interrupted:
        raise Interrupted(best)
    return FoundSet(tuple(best.tolist()), float(value), float(rules.costs[best].sum()), done, seed)


def _cycles(total: int) -> list[tuple[float, int]]:
    parts = sum(share for _, share in CYCLES)
    lengths = [total * share // parts for _, share in CYCLES]
    lengths[-1] += total - sum(lengths)
    return [(warmth, length) for (warmth, _), length in zip(CYCLES, lengths, strict=True) if length > 0]


def _greedy(
    csr: CSR, rules: Rules, start: NDArray[np.int64], money: float, chance: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], int]:
    """A few cold steps from ``start``, the first of which spend what it leaves of the budget."""
    from netscam.analysis.dismantle.kernels import fragmentation

    steps = np.array([0, 20 if csr.n else 0, 20])
    _, best, value = fragmentation.search(
        csr.indptr, csr.indices, start, rules.costs, rules.rules, money, chance, np.array([1e-9, 1e-9]), steps
    )
    return best, int(value)


def _largest(csr: CSR, removed: NDArray[np.int64]) -> int:
    from netscam.analysis.dismantle.kernels.components import base_sets

    out = np.zeros(csr.n, np.bool_)
    out[removed] = True
    return int(base_sets(csr.indptr, csr.indices, out)[2])
