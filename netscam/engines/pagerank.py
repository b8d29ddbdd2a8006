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
        Stop when one plain round changes the values by less in sum. The distance to the limit is then below
        ``tolerance * d / (1 - d)``, 5.7 times as much, in sum over all nodes.

    Notes
    -----
    Ranks are kept as whole numbers of 2^-60, rounded down at each node: sums of whole numbers do not depend on their
    order, so a second run, another engine and another number of machines give the same digits. What rounding loses is
    of the order of 1e-8 in sum at a billion ties.

    Ties have no direction here, so the eigenvalues of the walk are real and lie between -1 and 1, and Chebyshev's
    semi-iteration may stand in for plain rounds: it goes on from each plain round by a known factor, and what is left
    shrinks by 0.56 per round where plain rounds leave 0.85. The start is one plain round from the shares of the
    degrees, which are the limit without damping.

    References
    ----------
    Golub, G. H., & Varga, R. S. (1961). Chebyshev semi-iterative methods, successive overrelaxation iterative methods,
    and second order Richardson iterative methods. Numerische Mathematik 3, 147-168.
    """
    tables = loaded.tables
    if not loaded.tied:
        tables.keep("rank", "select n, cast(0 as double) as value from degrees")
        return Ranks(0, 0.0)
    base = int((1 - DAMPING) * WHOLE / loaded.tied)
    by_degree = int(DAMPING * WHOLE / (2 * loaded.ties))
    tables.keep("rank", f"select n, degree, {base} + degree * {by_degree} as r, cast(0 as bigint) as was from degrees")
    rounds, changed, total, ahead = 0, 1.0, WHOLE, 1.0
    while changed > tolerance and rounds < MOST_ROUNDS:
        tables.keep("rank", _round(base, ahead))
        moved, total = tables.rows("select sum(abs(plain - was)), sum(plain) from rank")[0]
        changed, rounds = float(moved) / WHOLE, rounds + 1
        ahead = 1 / (1 - DAMPING**2 * ahead / (2 if rounds == 1 else 4))
    scale = tied_mass(loaded) / float(total)
    tables.keep("rank", f"select n, cast(plain as double) * {double(scale)} as value from rank")
    return Ranks(rounds, changed * DAMPING / (1 - DAMPING))


def _round(base: int, ahead: float) -> str:
    """One round: ``plain`` is where a plain round leads from r, and r goes ``ahead`` of it, as seen from the last."""
    step = f"cast(floor({double(ahead)} * cast({base} + got.g - p.was as double)) as bigint)"
    return f"""with share as
          (select n, cast(floor(cast({DAMPING} as double) * cast(r as double) / degree) as bigint) as s from rank),
        got as (select e.u as n, cast(sum(share.s) as bigint) as g
                from sym as e join share on e.v = share.n group by e.u)
        select p.n, p.degree, p.was + {step} as r, p.r as was, {base} + got.g as plain
        from rank as p join got on p.n = got.n"""


def isolate_rank(loaded: Loaded) -> float:
    """PageRank of a node without a tie: b with ``b = (1 - d) / N + d * I * b / N``, I the number of isolates."""
    isolates = loaded.nodes - loaded.tied
    return (1 - DAMPING) / (loaded.nodes - DAMPING * isolates) if loaded.nodes else float("nan")


def tied_mass(loaded: Loaded) -> float:
    """What the ranks of the tied nodes sum to."""
    return 1.0 - (loaded.nodes - loaded.tied) * isolate_rank(loaded) if loaded.nodes else 0.0
