"""What is in a network: sizes, components, mixing by type."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from netscam.graph.build import as_igraph
from netscam.graph.weak import WEAK_BELOW

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Summary:
    """Counts of a network as analysed.

    ``nodes`` and ``edges`` are those of the analysis graph, ``isolates`` nodes without an edge, ``components`` the
    connected components with at least one edge, ``largest_component`` the nodes in the largest, ``density`` edges over
    possible edges (NaN below two nodes), ``connected_pairs`` pairs of nodes that some path joins, ``weak_edges`` edges
    with a probability below one half.
    """

    nodes: int
    edges: int
    isolates: int
    components: int
    largest_component: int
    density: float
    connected_pairs: int
    weak_edges: int

    def to_dict(self) -> dict[str, Any]:
        """Field names and values, ready for JSON."""
        return asdict(self)


def summary(graph: Any) -> Summary:
    """Count what the analysis graph holds.

    Parameters
    ----------
    graph
        A Dataset, an igraph.Graph or a networkx graph.

    Returns
    -------
    Summary
        Plain counts.
    """
    g = as_igraph(graph)
    sizes = g.connected_components(mode="weak").sizes()
    joined = [size for size in sizes if size > 1]
    return Summary(
        nodes=g.vcount(),
        edges=g.ecount(),
        isolates=len(sizes) - len(joined),
        components=len(joined),
        largest_component=max(sizes, default=0),
        density=g.density() if g.vcount() > 1 else float("nan"),
        connected_pairs=sum(size * (size - 1) // 2 for size in sizes),
        weak_edges=sum(p < WEAK_BELOW for p in g.es["probability"]),
    )


def mixing(graph: Any) -> pd.DataFrame:
    """Edges between types: the mixing matrix.

    Returns
    -------
    pandas.DataFrame
        Square and symmetric, types on both axes in alphabetical order; a cell is the number of edges between the two
        types, and on the diagonal the number within one.
    """
    import numpy as np
    import pandas as pd

    g = as_igraph(graph)
    codes, types = pd.factorize(np.asarray(g.vs["type"], dtype=object), sort=True)
    table = np.zeros((len(types), len(types)), dtype=int)
    ends = np.asarray(g.get_edgelist(), dtype=int).reshape(-1, 2)
    np.add.at(table, (codes[ends[:, 0]], codes[ends[:, 1]]), 1)
    both = table + table.T - np.diag(table.diagonal())
    return pd.DataFrame(both, index=pd.Index(types, name="type"), columns=types)
