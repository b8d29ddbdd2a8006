"""A network made ready for the simulation: ties, draws, types, roles, sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from netscam.analysis.recovery.roles import HEIRS, NEVER, PASSIVE, Traits, holding_pairs, read_traits
from netscam.errors import GraphError
from netscam.graph.build import as_igraph
from netscam.graph.sample import EdgeSampler, edge_sampler, has_evidence
from netscam.schema import Prior

if TYPE_CHECKING:
    import igraph
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Ints = NDArray[np.int64]

SITE = "compound"
MOST_ROLES = 64


@dataclass(frozen=True, eq=False)
class Situation:
    """What a recovery study starts from.

    Parameters
    ----------
    graph
        The analysis graph, vertices in id order.
    sampler
        Draws of it.
    traits
        What is known of each vertex, in the order of the graph.
    has_roles
        Whether roles are known at all; strategies and models by role need them.
    group, wanted
        Number of each vertex's type, -1 for types that never step in; and of the type that can step in for it; shape
        (n,).
    active
        Whether a vertex looks for a replacement and may be removed, shape (n,).
    masks
        Roles of each vertex as bits, shape (n,).
    sites, site
        Vertices that are sites, and the number of each vertex among them or -1.
    levels
        Between two sites 0 for the same place, 1 for the same country, 2 otherwise; shape (sites, sites).
    held
        Whether a tie of the graph joins a site and one who holds it, shape (m,).
    """

    graph: igraph.Graph
    sampler: EdgeSampler
    traits: tuple[Traits, ...]
    has_roles: bool
    group: Ints
    wanted: Ints
    active: Flags
    masks: NDArray[np.uint64]
    sites: Ints
    site: Ints
    levels: NDArray[np.int8]
    held: Flags

    @property
    def names(self) -> list[str]:
        """Ids of the vertices."""
        return list(self.graph.vs["name"]) if self.graph.vcount() else []

    @property
    def types(self) -> list[str]:
        """Types of the vertices; empty text where the graph knows none."""
        return _types(self.graph, self.traits)


def situation(
    graph: Any,
    *,
    attributes: Mapping[str, Traits] | None = None,
    prior: str | Prior = "default",
    types: tuple[str, ...] | None = None,
) -> Situation:
    """Make a network ready; pass the result to ``recovery`` where many questions are asked of one network.

    Parameters
    ----------
    graph
        A Dataset, an igraph graph, a networkx graph or a CSR. Only a dataset says who has which role; an igraph or
        networkx graph may say types by the vertex attribute ``type``.
    attributes
        Roles (and types) by id for a graph that is not a dataset.
    prior, types
        As for ``to_igraph``; for a dataset.

    Raises
    ------
    GraphError
        Not a graph; no node; attributes of an id that is not in the graph; more than 64 role words.
    """
    if isinstance(graph, Situation):
        return graph
    record = has_evidence(graph)
    sampler = edge_sampler(graph, prior=prior, types=types) if record else edge_sampler(_plain(graph))
    whole = sampler.graph
    if not whole.vcount():
        raise GraphError("a recovery study needs at least one node")
    known = read_traits(graph.entities, graph.relations, graph.evidence) if record else dict(attributes or {})
    names = list(whole.vs["name"])
    if unknown := sorted(set(known) - set(names)) if not record else []:
        raise GraphError(f"attributes of nodes that are not in the graph: {', '.join(unknown[:5])}")
    traits = tuple(known.get(name, Traits()) for name in names)
    pairs = holding_pairs(graph.relations, graph.evidence) if record else None
    return _compiled(sampler, traits, pairs)


def _plain(graph: Any) -> igraph.Graph:
    """A graph without documents; a CSR becomes an igraph graph by its labels."""
    from netscam.analysis.keynodes.csr import CSR

    if not isinstance(graph, CSR):
        return as_igraph(graph)
    import igraph as ig

    labels = [graph.label(v) for v in range(graph.n)]
    return as_igraph(ig.Graph(n=graph.n, edges=graph.edges().tolist(), vertex_attrs={"name": labels}))


def _types(graph: igraph.Graph, traits: tuple[Traits, ...]) -> list[str]:
    of_graph = graph.vs["type"] if "type" in graph.vs.attributes() else [""] * graph.vcount()
    return [known.type or kind for known, kind in zip(traits, of_graph, strict=True)]


def _compiled(sampler: EdgeSampler, traits: tuple[Traits, ...], pairs: set[tuple[str, str]] | None) -> Situation:
    graph = sampler.graph
    types = np.array(_types(graph, traits), dtype=object)
    kinds = sorted({*types, *HEIRS.values()})
    code = {kind: number for number, kind in enumerate(kinds)}
    active = ~np.isin(types, sorted(PASSIVE))
    sites = np.flatnonzero(types == SITE)
    site = np.full(graph.vcount(), -1, dtype=np.int64)
    site[sites] = np.arange(len(sites))
    return Situation(
        graph=graph,
        sampler=sampler,
        traits=traits,
        has_roles=any(known.roles for known in traits),
        group=np.array([-1 if kind in NEVER else code[kind] for kind in types], dtype=np.int64),
        wanted=np.array([code[HEIRS.get(kind, kind)] for kind in types], dtype=np.int64),
        active=active,
        masks=_masks(traits),
        sites=sites.astype(np.int64),
        site=site,
        levels=_levels([traits[v] for v in sites]),
        held=_held(graph, sampler.ends, site, pairs),
    )


def _masks(traits: tuple[Traits, ...]) -> NDArray[np.uint64]:
    words = sorted({role for known in traits for role in known.roles})
    if len(words) > MOST_ROLES:
        raise GraphError(f"{len(words)} different role words; there is room for {MOST_ROLES}")
    bit = {word: 1 << number for number, word in enumerate(words)}
    return np.array([sum(bit[role] for role in known.roles) for known in traits], dtype=np.uint64)


def _levels(sites: list[Traits]) -> NDArray[np.int8]:
    found = np.full((len(sites), len(sites)), 2, dtype=np.int8)
    for i, one in enumerate(sites):
        for j, other in enumerate(sites):
            if one.place & other.place:
                found[i, j] = 0
            elif one.countries & other.countries:
                found[i, j] = 1
    return found


def _held(graph: igraph.Graph, ends: Ints, site: Ints, pairs: set[tuple[str, str]] | None) -> Flags:
    """Ties of a site to its holders; where nothing is known of holders, all its ties."""
    at_site = (site[ends] >= 0).any(axis=1) if len(ends) else np.zeros(0, dtype=np.bool_)
    if pairs is None:
        return np.asarray(at_site, dtype=np.bool_)
    names = graph.vs["name"]
    named = [
        (site[b] >= 0 and (names[a], names[b]) in pairs) or (site[a] >= 0 and (names[b], names[a]) in pairs)
        for a, b in ends.tolist()
    ]
    return np.array(named, dtype=np.bool_).reshape(len(ends))
