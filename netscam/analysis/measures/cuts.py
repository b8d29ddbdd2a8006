"""What falls apart when one vertex or one edge goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.analysis.measures.matrices import undirected
from netscam.analysis.measures.registry import MEASURES
from netscam.graph.build import as_igraph

if TYPE_CHECKING:
    import igraph
    import numpy as np
    from numpy.typing import NDArray


@MEASURES.add("articulation", weight="none", directed=False, central="high", cite="Hopcroft & Tarjan 1973")
def articulation(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Number of components that removing the vertex adds.

    The number of blocks (biconnected components) the vertex belongs to, less one. 0 when it is not a cut vertex, and
    for an isolate, which leaves nothing behind to fall apart. Directions are ignored. Defined everywhere.

    In a scam network: actors whose absence alone would split the record. Most of what they split off is small: a
    person with five companies that nobody else is tied to scores 5. ``key_nodes`` weighs the sizes.

    References
    ----------
    Hopcroft, J., & Tarjan, R. (1973). Algorithm 447: efficient algorithms for graph manipulation. Commun. ACM 16(6),
    372-378.

    Examples
    --------
    >>> import igraph
    >>> articulation(igraph.Graph.Star(4)).tolist()
    [2.0, 0.0, 0.0, 0.0]
    """
    import numpy as np

    members = [vertex for block in undirected(graph).biconnected_components() for vertex in block]
    blocks = np.bincount(np.asarray(members, dtype=np.int64), minlength=graph.vcount())
    return np.maximum(blocks - 1, 0).astype(np.float64)


@MEASURES.add("bridges", weight="none", directed=False, central="high", cite="Tarjan 1974")
def bridges(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Number of the vertex's ties that are bridges: the only link between what they join.

    Directions are ignored. Defined everywhere; 0 for an isolate.

    In a scam network: how many of an actor's ties the shape of the record hangs on. Where such a tie rests on one weak
    document, so does every path through it.

    References
    ----------
    Tarjan, R. E. (1974). A note on finding the bridges of a graph. Information Processing Letters 2(6), 160-161.

    Examples
    --------
    >>> import igraph
    >>> bridges(igraph.Graph([(0, 1), (1, 2), (0, 2), (2, 3)])).tolist()
    [0.0, 0.0, 1.0, 1.0]
    """
    import numpy as np

    flat = undirected(graph)
    ends = [end for edge in flat.bridges() for end in flat.es[edge].tuple]
    return np.bincount(np.asarray(ends, dtype=np.int64), minlength=graph.vcount()).astype(np.float64)


def find_articulation_points(graph: Any) -> list[str]:
    """Entities whose removal alone splits a component.

    Parameters
    ----------
    graph
        A ``Dataset``, an ``igraph.Graph`` or any networkx graph; directions are ignored.

    Returns
    -------
    list of str
        Ids, sorted. ``articulation`` says into how many more pieces.

    Examples
    --------
    >>> import networkx
    >>> find_articulation_points(networkx.path_graph(["a", "b", "c"]))
    ['b']
    """
    chosen = as_igraph(graph)
    return sorted(chosen.vs[vertex]["name"] for vertex in chosen.articulation_points())


def find_bridges(graph: Any) -> list[tuple[str, str]]:
    """Ties whose removal alone splits a component.

    Parameters
    ----------
    graph
        A ``Dataset``, an ``igraph.Graph`` or any networkx graph; directions are ignored.

    Returns
    -------
    list of tuple
        Pairs of ids, each pair and the list sorted.

    Examples
    --------
    >>> import networkx
    >>> find_bridges(networkx.path_graph(["a", "b", "c"]))
    [('a', 'b'), ('b', 'c')]
    """
    chosen = as_igraph(graph)
    names = chosen.vs["name"] if chosen.vcount() else []
    pairs = (chosen.es[edge].tuple for edge in chosen.bridges())
    return sorted((min(names[u], names[v]), max(names[u], names[v])) for u, v in pairs)
