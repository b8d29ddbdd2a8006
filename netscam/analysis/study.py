"""The standard run: the results that figures, page and report show together, computed once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netscam.errors import GraphError
from netscam.graph.weak import WEAK_BELOW, without_weak_edges

if TYPE_CHECKING:
    import igraph
    import pandas as pd

    from netscam.analysis.communities import Partition, Significance
    from netscam.analysis.keynodes import KeyNodes

MEASURES = (
    "degree",
    "betweenness",
    "harmonic",
    "pagerank",
    "eigenvector",
    "coreness",
    "constraint",
    "collective_influence",
)
"""The measures that are compared, in order of the table."""
LARGEST_K = 10
PATIENCE = 600.0
"""Seconds that one key-node question may take: long, so that how busy a machine is changes no result."""


@dataclass(frozen=True)
class Study:
    """Results of the standard run on one analysis graph.

    Parameters
    ----------
    graph
        The analysis graph: undirected, vertices in id order.
    scores
        Columns ``id, name, type`` and one per measure, in id order; NaN where a measure is undefined.
    ranks
        The same columns, with ranks: 1 is the most central, equals share the best rank, NaN where undefined.
    partition, significance
        Communities, and their modularity against networks of the same degrees.
    keys, firm_keys
        The key-node set of size k, on the whole graph and on the graph without weak ties.
    curve
        Columns ``k, basis, greedy, exact, bound, proven, nodes, greedy_nodes``: connected pairs left for each
        k; ``basis`` is ``recorded`` (all ties) or ``firm`` (without weak ties); k = 0 is the network as it is.
        ``exact`` is the best value found by the method that ``key_nodes`` picks for the size, ``bound`` what no set can
        go below (NaN where nothing is proved), ``proven`` whether both are the same.
    ties
        Columns ``id, ties, weak_ties``: how many ties each node has, and how many of them are weak.
    k, seed
        As asked for.
    """

    graph: igraph.Graph
    scores: pd.DataFrame
    ranks: pd.DataFrame
    partition: Partition
    significance: Significance
    keys: KeyNodes
    firm_keys: KeyNodes
    curve: pd.DataFrame
    ties: pd.DataFrame
    k: int
    seed: int


def run_study(
    graph: igraph.Graph, *, k: int = 5, seed: int = 0, progress: Callable[[str], None] | None = None
) -> Study:
    """Run the standard set of analyses once.

    Parameters
    ----------
    graph
        Undirected analysis graph with ``name``, ``label`` and ``type`` on vertices and ``probability`` on edges, as
        ``to_igraph`` gives it.
    k
        Size of the key-node set that is shown by name.
    seed
        For methods that draw.
    progress
        Called with the name of each step before it starts.

    Raises
    ------
    GraphError
        The graph has fewer than two nodes or no tie.

    Notes
    -----
    Key nodes are those whose removal leaves the fewest connected pairs. They are found twice, with and without the
    weak ties, because a set that is best only thanks to a shared village is not a finding about people.
    """
    from netscam.analysis.centrality import centrality
    from netscam.analysis.communities import community_significance, find_communities
    from netscam.analysis.dismantle.finished import finished
    from netscam.analysis.keynodes import key_nodes

    if graph.vcount() < 2 or not graph.ecount():
        raise GraphError("the standard run needs at least two nodes and one tie")
    tell = progress or _silent
    firm = without_weak_edges(graph)
    size = min(k, graph.vcount() - 1)
    tell("centralities")
    ranking = centrality(graph, MEASURES)
    tell("communities")
    partition = find_communities(graph, seed=seed)
    tell("key nodes")
    keys = finished(key_nodes)(graph, k=size, time_limit=PATIENCE, seed=seed)
    firm_keys = finished(key_nodes)(firm, k=size, time_limit=PATIENCE, seed=seed)
    tell("key-node curve")
    return Study(
        graph=graph,
        scores=ranking.labels.join(ranking.values).reset_index(),
        ranks=ranking.labels.join(ranking.ranks()).reset_index(),
        partition=partition,
        significance=community_significance(graph, partition, seed=seed),
        keys=keys,
        firm_keys=firm_keys,
        curve=_curves({"recorded": graph, "firm": firm}, seed),
        ties=count_ties(graph),
        k=size,
        seed=seed,
    )


def _silent(_: str) -> None:
    """Tell nobody."""


def count_ties(graph: igraph.Graph) -> pd.DataFrame:
    """How many ties each node has and how many of them are weak: columns ``id, ties, weak_ties``."""
    import numpy as np
    import pandas as pd

    ends = np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    weak = np.array(graph.es["probability"], dtype=float) < WEAK_BELOW if len(ends) else np.zeros(0, dtype=bool)
    size = graph.vcount()
    return pd.DataFrame(
        {
            "id": graph.vs["name"],
            "ties": np.bincount(ends.ravel(), minlength=size),
            "weak_ties": np.bincount(ends[weak].ravel(), minlength=size),
        }
    )


def _curves(graphs: dict[str, igraph.Graph], seed: int) -> pd.DataFrame:
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for basis, graph in graphs.items():
        sizes = list(range(1, min(LARGEST_K, graph.vcount() - 1) + 1))
        pairs = sum(size * (size - 1) // 2 for size in graph.components().sizes())
        rows.append(_point(0, basis, pairs))
        rows.extend(_points(graph, sizes, basis, seed))
    return pd.DataFrame(rows)


def _point(k: int, basis: str, pairs: int) -> dict[str, Any]:
    nothing: tuple[str, ...] = ()
    start = {"greedy": pairs, "exact": pairs, "bound": pairs}
    return {"k": k, "basis": basis, **start, "proven": True, "nodes": nothing, "greedy_nodes": nothing}


def _points(graph: igraph.Graph, sizes: list[int], basis: str, seed: int) -> list[dict[str, Any]]:
    from netscam.analysis.dismantle.finished import finished
    from netscam.analysis.keynodes import key_nodes

    rows = []
    for k in sizes:
        exact = finished(key_nodes)(graph, k=k, alternatives=0, time_limit=PATIENCE, seed=seed)
        greedy = finished(key_nodes)(graph, k=k, method="greedy", alternatives=0, seed=seed)
        rows.append(
            {
                "k": k,
                "basis": basis,
                "greedy": greedy.value,
                "exact": exact.value,
                "bound": float("nan") if exact.bound is None else exact.bound,
                "proven": exact.proven_optimal,
                "nodes": tuple(exact.nodes),
                "greedy_nodes": tuple(greedy.nodes),
            }
        )
    return rows
