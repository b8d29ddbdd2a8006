"""Search for islands that few removals cut off from one large component."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.rules import Clock, Rules

if TYPE_CHECKING:
    from netscam.analysis.keynodes.csr import CSR

HEATS = ((0.5, 0.15), (0.4, 0.1))
"""First and last temperature of the cycles in turn, in nodes of the mainland."""
CYCLES, MOVES = 4, 200
"""Most cycles, and moves of each for every node of the graph and every node that the budget pays for."""
MOVES_PER_WORK = 0.125
"""Moves for every node and tie that one step of the other search may look at: a share of its time."""
WEIGHT = 10
FIRST_PRICE = 2.0


def planned_moves(csr: CSR, rules: Rules, money: float, steps: int) -> tuple[int, int]:
    """Cycles, and moves of each, that go with so many steps of the other search."""
    places = max(1.0, min(csr.n, money / float(np.median(rules.costs))))
    whole = MOVES * csr.n * places
    most = MOVES_PER_WORK * steps * (csr.n + 2 * csr.m)
    cycles = int(min(CYCLES, max(1.0, most // whole)))
    return cycles, int(min(whole, most / cycles))


def cut_off(
    csr: CSR, rules: Rules, money: float, steps: int, clock: Clock, chance: NDArray[np.uint64]
) -> NDArray[np.int64] | None:
    """Anneal which nodes lie in islands; everything beside an island is removed.

    A step of the search by removals looks at the whole mainland; here it looks at a node, its ties and its island, some
    hundred times quicker. That pays where one large component stays whatever is removed.

    Returns
    -------
    ndarray or None
        The shore of the best islands, ascending; it need not spend the budget. None when nothing was found.
    """
    from netscam.analysis.dismantle.kernels import islands

    best: NDArray[np.bool_] | None = None
    least = np.inf
    cycles, length = planned_moves(csr, rules, money, steps)
    for cycle in range(cycles if length else 0):
        now = np.zeros(csr.n, np.bool_)
        heat = np.array([*HEATS[cycle % len(HEATS)], FIRST_PRICE])

        def chunk(first: int, last: int, heat: NDArray[np.float64] = heat) -> None:
            nonlocal best, least, now
            now, found, reached = islands.anneal(
                csr.indptr, csr.indices, now, rules.costs, rules.rules, money, chance, heat,
                np.array([first, last, length]),
            )  # fmt: skip
            if reached < least:
                best, least = found, float(reached)

        clock.run(chunk, length, WEIGHT)
    return None if best is None else _shore(csr, best, rules)


def _shore(csr: CSR, inside: NDArray[np.bool_], rules: Rules) -> NDArray[np.int64]:
    source = np.repeat(np.arange(csr.n), csr.degrees)
    beside = np.zeros(csr.n, np.bool_)
    beside[csr.indices[inside[source]]] = True
    return np.flatnonzero((beside & ~inside) | (rules.rules == 2)).astype(np.int64)
