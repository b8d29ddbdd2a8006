"""Label propagation in SQL, so made that it neither swings nor depends on the engine."""

from __future__ import annotations

from dataclasses import dataclass

from netscam.engines.load import Loaded
from netscam.engines.tables import EngineError, Tables, count, number, one

PRIME = 2_147_483_647
MOST_ROUNDS = 40
STILL = 0.001
"""Share of the tied nodes: when two half rounds change fewer, the labels stand."""
GIANT = 0.9
"""Share of the tied nodes above which one label counts as a collapse."""


@dataclass(frozen=True)
class Labels:
    """How label propagation went.

    ``rounds`` are half rounds, ``communities`` labels left, ``largest`` the share of the tied nodes under the most
    frequent label, ``modularity`` that of the division; ``collapsed`` when the largest is above 90 %.
    """

    rounds: int
    communities: int
    largest: float
    modularity: float

    @property
    def collapsed(self) -> bool:
        """Whether one label has taken nearly everything, so that the division says nothing."""
        return self.largest > GIANT


def propagate(loaded: Loaded, *, seed: int = 0, most_rounds: int = MOST_ROUNDS) -> Labels:
    """Give every tied node the label that most of its neighbours have: table ``label(n, label)``.

    In each half round one half of the nodes (drawn anew for each round by a hash) takes the most frequent label
    among its neighbours and keeps its own when that is among the most frequent; other draws go by a hash of the label.
    Updating everyone at once would swing for ever between two states on two-mode networks such as people and
    companies.

    Parameters
    ----------
    loaded
        The network.
    seed
        Another seed breaks draws another way; the same gives the same labels on every engine.
    most_rounds
        Stop after so many half rounds, at rest or not.

    References
    ----------
    Raghavan, U. N., Albert, R., & Kumara, S. (2007). Near linear time algorithm to detect community structures in
    large-scale networks. Physical Review E 76, 036106.
    Cordasco, G., & Gargano, L. (2010). Community detection via semi-synchronous label propagation algorithms. IEEE
    International Workshop on Business Applications of Social Network Analysis.
    """
    tables = loaded.tables
    if loaded.tied >= PRIME:
        raise EngineError(f"label propagation takes fewer than {PRIME:,} nodes; take the components apart first")
    number(tables, "dense", "select n as id from degrees")
    tables.keep("votes", "select id as n, n as k, n as label, 0 as changed from dense")
    rounds, still = 0, 0
    while still < 2 and rounds < most_rounds and loaded.tied:
        _half_round(tables, seed, rounds)
        changed = int(one(tables, "select sum(changed) from votes"))
        still = still + 1 if changed <= STILL * loaded.tied else 0
        rounds += 1
    name_by_lowest(tables, "votes", "n", "label")
    return judged(loaded, rounds)


def name_by_lowest(tables: Tables, made: str, node: str, group: str) -> None:
    """Table ``label(n, label)``: every group of a table named by the smallest number in it, as components are."""
    tables.keep(
        "label",
        f"""select m.{node} as n, l.lowest as label from {made} as m
            join (select {group} as found, min({node}) as lowest from {made} group by {group}) as l
              on m.{group} = l.found""",
    )


def judged(loaded: Loaded, rounds: int) -> Labels:
    """What the labels in the table ``label`` are worth."""
    tables = loaded.tables
    if not loaded.ties:
        return Labels(rounds, 0, 0.0, float("nan"))
    sizes = "select label, count(*) as size from label group by label"
    communities, largest = tables.rows(f"select count(*), max(size) from ({sizes}) as t")[0]
    return Labels(rounds, int(communities), float(largest) / loaded.tied, _modularity(tables))


def _modularity(tables: Tables) -> float:
    """``sum over labels of (ties inside / m) - (degrees / 2m)^2``."""
    inside = one(
        tables,
        """select count(*) from ties as t join label as a on t.u = a.n join label as b on t.v = b.n
           where a.label = b.label""",
    )
    squares = one(
        tables,
        """select sum(cast(d as double) * cast(d as double)) from
           (select sum(degree) as d from label join degrees on label.n = degrees.n group by label.label) as t""",
    )
    ties = count(tables, "ties")
    return float(inside) / ties - float(squares) / (4.0 * ties * ties)


def _half_round(tables: Tables, seed: int, half: int) -> None:
    # Multiplicative hashes modulo a prime: one to one on labels, and the same on every engine.
    turn = (48_271 * (half // 2 + 1) + 7 * seed) % PRIME
    draw = f"mod((label + {turn}) * 69621, {PRIME})"
    weight = "(2 * w + case when label = own then 1 else 0 end)"
    # A table of its own, so that its size is known: guessed too low, the arcs would become the hashed side of the join.
    tables.keep(
        "voters",
        f"select n, label from votes where mod(mod((k + {turn}) * 48271, {PRIME}), 2) = {half % 2}",
    )
    tables.keep(
        "votes",
        f"""with heard as
              (select s.u as n, v.label as own, o.label, count(*) as w
               from sym as s join voters as v on s.u = v.n join votes as o on s.v = o.n
               group by s.u, v.label, o.label),
            best as (select n, max_by(label, {weight} * {PRIME + 1} + {draw}) as label from heard group by n)
            select v.n, v.k, coalesce(b.label, v.label) as label,
                   case when b.label <> v.label then 1 else 0 end as changed
            from votes as v left join best as b on v.n = b.n""",
    )
