"""Graphs drawn from the evidence: which network there would be if the documents are right where they may be wrong.

The model of one draw, from the grades of DESIGN section 4:

1. Every origin (all documents of one origin group, support and denial apart) is reliable or worthless in a whole draw.
   Documents of one origin are ordered by grade: if one of them is reliable, so is every better one.
2. What a reliable origin says of a pair of entities is true with the credibility of the row, what a worthless one says
   with the prior's ``base``. Its claims about one pair are one statement: the likelier one is true whenever the less
   likely one is. Claims about different pairs are drawn apart.
3. A relation holds if some supporting claim is true and no denial is.
4. A relation that ends at an address is a tie with the address's factor, once per pair.

Every relation then holds with exactly ``relation_probabilities`` and is a tie with that times ``tie_factor``; what the
model adds is that relations on one origin stand and fall together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from netscam.data.dataset import Dataset
from netscam.errors import GraphError
from netscam.graph.build import as_igraph, to_igraph
from netscam.graph.claims import Claims, compile_claims, count_origins
from netscam.schema import Prior, load_schema

if TYPE_CHECKING:
    import igraph
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

Dependence = Literal["origin", "none"]
EVIDENCE, CHECK, MISSING = 0, 1, 2
"""Streams of random numbers: draws from evidence, fresh draws to check a choice on, additions of missing ties."""


def stream(seed: int, purpose: int, number: int) -> np.random.Generator:
    """Generator of one draw: the same whichever worker makes it and however many draws there are."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(purpose, number))))


@dataclass(frozen=True, eq=False)
class EdgeSampler:
    """Draws of one analysis graph; all share its vertices and its edge array.

    Parameters
    ----------
    graph
        The graph as recorded: every tie that any document supports.
    ends
        Vertex numbers at the ends of every edge, shape (m, 2), in the order of the graph's edges.
    relations
        Ids of the relations behind the edges, in id order; for a plain graph one per edge.
    claims
        What is said about them.
    relation, edge, kind
        One entry per way in which a relation makes an edge: numbers of the relation and the edge, and of the edge and
        relation type together.
    kind_edge, kind_strength
        Edge of every kind, and what it adds to the edge's strength if one of its relations holds.
    origins
        How many origin groups name each vertex, shape (n,); None for a plain graph.
    dependence
        ``origin`` (see the module) or ``none``: every relation on its own, with the same probability.
    prior
        Name of the prior that the grades were read by; None for a plain graph.
    """

    graph: igraph.Graph
    ends: Ints
    relations: tuple[str, ...]
    claims: Claims
    relation: Ints
    edge: Ints
    kind: Ints
    kind_edge: Ints
    kind_strength: Floats
    origins: Ints | None
    dependence: Dependence = "origin"
    prior: str | None = None

    def held(self, seed: int, number: int, *, purpose: int = EVIDENCE) -> Flags:
        """Which relations hold and are ties in draw ``number``; shape (relations,)."""
        rng = stream(seed, purpose, number)
        claims = self.claims
        if self.dependence == "none":
            return np.asarray(rng.random(len(self.relations)) < claims.probability)
        origins, statements, pairs = claims.sizes
        origin, statement, tie = rng.random(origins), rng.random(statements), rng.random(pairs)
        right = np.where(origin[claims.origin] < claims.reliable, claims.credible, claims.base)
        true = statement[claims.statement] < right
        held = tie[claims.pair] < claims.factor
        held &= _any(claims.relation[true & ~claims.denies], len(held))
        held &= ~_any(claims.relation[true & claims.denies], len(held))
        return held

    def present(self, held: Flags) -> Flags:
        """Which edges are there when these relations hold; shape (m,)."""
        return _any(self.edge[held[self.relation]], len(self.ends))

    def drawn_graph(self, held: Flags) -> igraph.Graph:
        """The graph when these relations hold.

        Returns
        -------
        igraph.Graph
            Every vertex of the recorded graph, by number, and the edges that are there, with ``strength`` (how many
            relation types hold between the two; for a plain graph the recorded strength) and ``distance``
            (1 / strength).
        """
        import igraph as ig

        kinds = _any(self.kind[held[self.relation]], len(self.kind_edge))
        strength = np.bincount(self.kind_edge[kinds], weights=self.kind_strength[kinds], minlength=len(self.ends))
        there = strength > 0
        graph = ig.Graph(n=self.graph.vcount(), edges=self.ends[there], directed=self.graph.is_directed())
        graph.es["strength"] = strength[there].tolist()
        graph.es["distance"] = (1.0 / strength[there]).tolist()
        return graph

    def draws(self, seed: int, count: int, *, purpose: int = EVIDENCE) -> Flags:
        """Which edges are there in the first ``count`` draws; shape (count, m)."""
        rows = [self.present(self.held(seed, number, purpose=purpose)) for number in range(count)]
        return np.array(rows, dtype=np.bool_).reshape(count, len(self.ends))


def _any(numbers: Ints, size: int) -> Flags:
    flags = np.zeros(size, dtype=np.bool_)
    flags[numbers] = True
    return flags


def edge_sampler(
    graph: Any,
    *,
    prior: str | Prior = "default",
    directed: bool = False,
    types: Iterable[str] | None = None,
    dependence: Dependence = "origin",
) -> EdgeSampler:
    """Compile a dataset, or any graph with edge probabilities, for drawing.

    Parameters
    ----------
    graph
        A ``Dataset``: relations are drawn from their documents. An igraph or networkx graph: every edge is drawn on its
        own with its ``probability`` (1 where it has none); ``prior``, ``types`` and ``dependence`` are then not used.
    prior
        Prior that turns grades into probabilities.
    directed
        Keep directions. Draws of one seed hold the same relations either way.
    types
        Entity types to include, as for ``to_igraph``.
    dependence
        ``origin``: relations on one origin stand and fall together (the model of this module). ``none``: every relation
        on its own, with the same probability.

    Returns
    -------
    EdgeSampler
        To draw from; it can be pickled for other processes.

    Raises
    ------
    GraphError
        Not a graph, or an unknown kind of dependence.
    UnknownNameError
        An unknown prior.
    """
    if dependence not in ("origin", "none"):
        raise GraphError(f"dependence is 'origin' or 'none', not {dependence!r}")
    if not isinstance(graph, Dataset):
        return _from_graph(as_igraph(graph, directed=directed))
    whole = to_igraph(graph, types=types, prior=prior, directed=directed)
    rows, relation, edge = _links(graph, whole)
    names = graph.relations["relation"].to_numpy()[rows]
    code = np.unique(names, return_inverse=True)[1] if len(names) else np.zeros(0, dtype=np.int64)
    kinds, kind = np.unique(edge * (len(rows) + 1) + code[relation], return_inverse=True)
    origins = count_origins(graph).reindex(whole.vs["name"] if whole.vcount() else [])
    return EdgeSampler(
        graph=whole,
        ends=_ends(whole),
        relations=tuple(graph.relations["id"].to_numpy()[rows].tolist()),
        claims=compile_claims(graph, rows, _pairs(graph, whole, rows), prior=prior),
        relation=relation,
        edge=edge,
        kind=kind.astype(np.int64),
        kind_edge=kinds // (len(rows) + 1),
        kind_strength=np.ones(len(kinds)),
        origins=np.asarray(origins, dtype=np.int64),
        dependence=dependence,
        prior=prior if isinstance(prior, str) else prior.name,
    )


def has_evidence(graph: Any) -> bool:
    """Whether draws of this graph come from documents (a ``Dataset``), so that other priors can be asked for."""
    return isinstance(graph, Dataset)


def _ends(graph: igraph.Graph) -> Ints:
    return np.asarray(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)


def _vertices(data: Dataset, graph: igraph.Graph) -> tuple[Ints, Ints]:
    """Vertex numbers of the two ends of every relation, -1 for an entity that is not in the graph."""
    import pandas as pd

    index = pd.Index(graph.vs["name"] if graph.vcount() else [], dtype=object)
    source, target = (index.get_indexer(data.relations[end].astype(object)) for end in ("source", "target"))
    return source.astype(np.int64), target.astype(np.int64)


def _links(data: Dataset, graph: igraph.Graph) -> tuple[Ints, Ints, Ints]:
    """Rows of the relations that made edges, and for each way in which one did: its number among them and the edge."""
    source, target = _vertices(data, graph)
    row = np.flatnonzero((source >= 0) & (target >= 0) & (source != target))
    ends = np.column_stack([source[row], target[row]])
    if graph.is_directed():
        kinds = load_schema().relation_types
        mutual = ~data.relations["relation"].map({name: kind.directed for name, kind in kinds.items()}).to_numpy(bool)
        back = mutual[row]
        row, ends = np.concatenate([row, row[back]]), np.concatenate([ends, ends[back][:, ::-1]])
    edge = np.asarray(graph.get_eids(pairs=ends.tolist(), error=False), dtype=np.int64)
    row, edge = row[edge >= 0], edge[edge >= 0]
    rows, relation = np.unique(row, return_inverse=True)
    return rows, relation.astype(np.int64), edge


def _pairs(data: Dataset, graph: igraph.Graph, rows: Ints) -> Ints:
    source, target = (ends[rows] for ends in _vertices(data, graph))
    code = np.minimum(source, target) * max(1, graph.vcount()) + np.maximum(source, target)
    return np.unique(code, return_inverse=True)[1].astype(np.int64)


def _from_graph(graph: igraph.Graph) -> EdgeSampler:
    size = graph.ecount()
    each = np.arange(size, dtype=np.int64)
    probability = np.asarray(graph.es["probability"] if size else [], dtype=np.float64)
    if ((probability < 0) | (probability > 1)).any() or np.isnan(probability).any():
        raise GraphError("edge probabilities must lie between 0 and 1")
    names = graph.vs["name"] if graph.vcount() else []
    claims = Claims(
        relation=each,
        denies=np.zeros(size, dtype=np.bool_),
        origin=each,
        statement=each,
        reliable=np.ones(size),
        credible=probability,
        base=0.0,
        pair=each,
        factor=np.ones(size),
        probability=probability,
    )
    return EdgeSampler(
        graph=graph,
        ends=_ends(graph),
        relations=tuple(f"{names[a]} - {names[b]}" for a, b in graph.get_edgelist()),
        claims=claims,
        relation=each,
        edge=each,
        kind=each,
        kind_edge=each,
        kind_strength=np.asarray(graph.es["strength"] if size else [], dtype=np.float64),
        origins=None,
    )
