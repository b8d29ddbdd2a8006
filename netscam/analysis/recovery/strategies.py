"""Strategies of removal: who is taken out, in which order, by types and recorded roles or by position.

Every strategy takes nodes of the record only, never an address, place, authority or wallet, and settles equals by
id. Orders by role are fixed from the record; ``degree``, ``betweenness`` and ``random`` look at the network as it has
become.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from netscam.analysis.recovery.roles import PEOPLE
from netscam.analysis.recovery.situation import SITE, Situation
from netscam.errors import GraphError
from netscam.registry import Registry

Strategy = Callable[[Situation, int, int], list[int]]
STRATEGIES: Registry[Strategy] = Registry("strategy")
LISTED, DEGREE, BETWEENNESS, RANDOM = range(4)
PATIENCE = 600.0
"""Seconds that the certified set may take: long, so that how busy a machine is changes no result."""


@STRATEGIES.add("leaders", rule=LISTED, label="people with command")
def leaders(case: Situation, steps: int, seed: int) -> list[int]:
    """People whom the record has owning, controlling, directing, founding or operating; by how many, then ties."""
    _need_roles(case, "leaders")
    return _ordered(case, _people(case, command=True), "command")


@STRATEGIES.add("low-level", rule=LISTED, label="people without command")
def low_level(case: Situation, steps: int, seed: int) -> list[int]:
    """Operators and other people (no officials) without any such role in the record; by number of ties."""
    _need_roles(case, "low-level")
    return _ordered(case, [v for v in _people(case, command=False) if case.types[v] != "official"])


@STRATEGIES.add("recruiters", rule=LISTED, label="recruitment")
def recruiters(case: Situation, steps: int, seed: int) -> list[int]:
    """Recruitment accounts, and whoever recruits or advertises by the record; by ties."""
    _need_roles(case, "recruiters")
    return _ordered(case, _holders(case, "recruit"))


@STRATEGIES.add("finance", rule=LISTED, label="finance")
def finance(case: Situation, steps: int, seed: int) -> list[int]:
    """Marketplaces, and whoever finances, launders or holds an account, sites apart; by how many, then ties."""
    _need_roles(case, "finance")
    return _ordered(case, [v for v in _holders(case, "finance") if case.site[v] < 0], "finance")


@STRATEGIES.add("compounds", rule=LISTED, label="compounds")
def compounds(case: Situation, steps: int, seed: int) -> list[int]:
    """Sites, by ties."""
    if not len(case.sites):
        raise GraphError(f"strategy compounds: no node has the type {SITE}")
    return _ordered(case, case.sites.tolist())


@STRATEGIES.add("degree", rule=DEGREE, label="most ties")
def degree(case: Situation, steps: int, seed: int) -> list[int]:
    """Whoever has most ties in the network as it is by then."""
    return []


@STRATEGIES.add("betweenness", rule=BETWEENNESS, label="most betweenness")
def betweenness(case: Situation, steps: int, seed: int) -> list[int]:
    """Whoever stands on most shortest paths in the network as it is by then."""
    return []


@STRATEGIES.add("random", rule=RANDOM, label="random")
def random(case: Situation, steps: int, seed: int) -> list[int]:
    """Anybody, by chance: the baseline."""
    return []


@STRATEGIES.add("certified", rule=LISTED, label="certified set")
def certified(case: Situation, steps: int, seed: int) -> list[int]:
    """The key-node set of that size (``key_nodes``, fewest connected pairs), in the order that leaves fewest first."""
    from netscam.analysis.dismantle.finished import finished
    from netscam.analysis.keynodes import csr_from_igraph, key_nodes

    passive = [name for name, active in zip(case.names, case.active, strict=True) if not active]
    size = min(steps, int(case.active.sum()))
    found = finished(key_nodes)(
        csr_from_igraph(case.graph), k=size, forbid=passive, alternatives=0, time_limit=PATIENCE, seed=seed
    )
    number = {name: v for v, name in enumerate(case.names)}
    return _fewest_pairs_first(case, [number[name] for name in found.nodes])


def listed(case: Situation, ids: Iterable[str]) -> list[int]:
    """Nodes of a list of ids, in its order.

    Raises
    ------
    GraphError
        An id is not in the graph, comes twice, or cannot be removed.
    """
    number = {name: v for v, name in enumerate(case.names)}
    chosen = [str(name) for name in ids]
    if unknown := [name for name in chosen if name not in number]:
        raise GraphError(f"strategy: not in the graph: {', '.join(unknown[:10])}")
    if len(set(chosen)) < len(chosen):
        raise GraphError("strategy: an id is listed twice")
    if passive := [name for name in chosen if not case.active[number[name]]]:
        raise GraphError(f"strategy: an address, place, authority or wallet cannot be taken out: {', '.join(passive)}")
    return [number[name] for name in chosen]


def _need_roles(case: Situation, name: str) -> None:
    if not case.has_roles:
        raise GraphError(f"strategy {name} needs roles: a dataset has them, an edge list gets them by attributes")


def _holders(case: Situation, role: str) -> list[int]:
    return [v for v, known in enumerate(case.traits) if role in known.roles and case.active[v]]


def _people(case: Situation, *, command: bool) -> list[int]:
    """People with or without a commanding role; where types are not known, all nodes are people."""
    types = case.types
    return [
        v
        for v, known in enumerate(case.traits)
        if (types[v] in PEOPLE or not types[v]) and ("command" in known.roles) == command
    ]


def _ordered(case: Situation, nodes: list[int], role: str = "") -> list[int]:
    """Most partners in the role first, then most ties, then id order."""
    ties = case.graph.degree()
    return sorted(nodes, key=lambda v: (-case.traits[v].partners.get(role, 0), -ties[v], v))


def _fewest_pairs_first(case: Situation, nodes: list[int]) -> list[int]:
    from netscam.analysis.keynodes import csr_from_edges
    from netscam.analysis.keynodes.objectives import connected_pairs

    csr = csr_from_edges(case.graph.vcount(), case.sampler.ends)
    order: list[int] = []
    while left := [v for v in nodes if v not in order]:
        order.append(min(left, key=lambda v: (connected_pairs(csr, np.array([*order, v])), v)))
    return order
