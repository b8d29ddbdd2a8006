"""PageRank in whole numbers: every engine gives the same digits, whatever the order in which it adds."""

from __future__ import annotations

from dataclasses import dataclass

from netscam.engines.load import Loaded
from netscam.engines.tables import double

DAMPING = 0.85
WHOLE = 1 << 60
"""Units that the ranks of the tied nodes add up to: exact in 64 bits, and fine enough for a billion nodes."""
MOST_ROUNDS = 200


@dataclass(frozen=True)
class Ranks:
    """How PageRank went: ``rounds`` taken, and ``bound`` on the sum over all nodes of the distance to the limit."""

    rounds: int
    bound: float


def pagerank(loaded: Loaded, *, tolerance: float = 1e-6) -> Ranks:
    """PageRank of the tied nodes: table ``rank(n, value)``; see ``isolate_rank`` for the others.

    ``value = (1 - d) / N + d * sum(value / degree over the neighbours) + d * (mass of isolates) / N``, d = 0.85, as
    ``centrality(graph, "pagerank")`` computes it: values of all N nodes sum to 1.

    Parameters
    ----------
    loaded
        The network.
    tolerance
        Stop when one round changes the values by less in sum. The distance to the limit is then below
        ``tolerance * d / (1 - d)``, 5.7 times as much, in sum over all nodes.

    Notes
    -----
    Ranks are kept as whole numbers of 2^-60, rounded down at each node: sums of whole numbers do not depend on their
    order, so a second run, another engine and another number of machines give the same digits. What rounding loses is
    below 1e-8 in sum at a billion ties.
    """
    tables = loaded.tables
    if not loaded.tied:
        tables.keep("rank", "select n, cast(0 as double) as value from degrees")
        return Ranks(0, 0.0)
    base = int((1 - DAMPING) * WHOLE / loaded.tied)
    tables.keep(
        "rank",
        f"select n, degree, cast({WHOLE // loaded.tied} as bigint) as r, cast(0 as bigint) as was from degrees",
    )
    rounds, changed, total = 0, 1.0, WHOLE
    while changed > tolerance and rounds < MOST_ROUNDS:
        tables.keep("rank", _round(base))
        moved, total = tables.rows("select sum(abs(r - was)), sum(r) from rank")[0]
        changed, rounds = float(moved) / WHOLE, rounds + 1
    scale = tied_mass(loaded) / float(total)
    tables.keep("rank", f"select n, cast(r as double) * {double(scale)} as value from rank")
    return Ranks(rounds, changed * DAMPING / (1 - DAMPING))


def _round(base: int) -> str:
    return f"""with share as
          (select n, cast(floor(cast({DAMPING} as double) * cast(r as double) / degree) as bigint) as s from rank),
        got as (select e.v as n, cast(sum(share.s) as bigint) as g
                from sym as e join share on e.u = share.n group by e.v)
        select p.n, p.degree, {base} + got.g as r, p.r as was from rank as p join got on p.n = got.n"""


def isolate_rank(loaded: Loaded) -> float:
    """PageRank of a node without a tie: b with ``b = (1 - d) / N + d * I * b / N``, I the number of isolates."""
    isolates = loaded.nodes - loaded.tied
    return (1 - DAMPING) / (loaded.nodes - DAMPING * isolates) if loaded.nodes else float("nan")


def tied_mass(loaded: Loaded) -> float:
    """What the ranks of the tied nodes sum to."""
    return 1.0 - (loaded.nodes - loaded.tied) * isolate_rank(loaded) if loaded.nodes else 0.0
