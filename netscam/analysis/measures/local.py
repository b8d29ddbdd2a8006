"""Measures of a vertex's own neighbourhood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.analysis.measures.matrices import adjacency, edge_numbers, row_blocks, undirected
from netscam.analysis.measures.registry import MEASURES

if TYPE_CHECKING:
    import igraph
    import numpy as np
    from numpy.typing import NDArray


@MEASURES.add("degree", weight="none", directed=False, central="high", cite="Freeman 1978")
def degree(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Number of neighbours.

    A plain count, not divided by n - 1; ``networkx.degree`` gives the same. Directions are ignored: two vertices tied
    both ways are one neighbour each. Defined everywhere; 0 for an isolate.

    In a scam network: how many others the documents tie an actor to. It grows with attention: those written about most
    have most recorded ties, so it says as much about the record as about the network.

    References
    ----------
    Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. Social Networks 1(3), 215-239.

    Examples
    --------
    >>> import igraph
    >>> degree(igraph.Graph.Star(4)).tolist()
    [3.0, 1.0, 1.0, 1.0]
    """
    import numpy as np

    return np.asarray(undirected(graph).degree(), dtype=np.float64)


@MEASURES.add("in_degree", weight="none", directed=True, central="high", cite="Wasserman & Faust 1994")
def in_degree(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Number of neighbours with a tie that points here.

    ``networkx.DiGraph.in_degree`` on the simple directed graph. Relations without a direction count both ways; on an
    undirected graph it is the degree. Defined everywhere; 0 where nothing points.

    In a scam network: how many actors own, control, supply or run this one, by the direction that each relation type
    has in the schema. Owned companies and used compounds score high; it is not prestige.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). Social Network Analysis. Cambridge University Press, section 5.3.

    Examples
    --------
    >>> import igraph
    >>> in_degree(igraph.Graph([(0, 1), (2, 1)], directed=True)).tolist()
    [0.0, 2.0, 0.0]
    """
    import numpy as np

    return np.asarray(graph.degree(mode="in"), dtype=np.float64)


@MEASURES.add("out_degree", weight="none", directed=True, central="high", cite="Wasserman & Faust 1994")
def out_degree(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Number of neighbours that a tie from here points to.

    ``networkx.DiGraph.out_degree`` on the simple directed graph. Relations without a direction count both ways; on an
    undirected graph it is the degree. Defined everywhere; 0 where nothing leaves.

    In a scam network: how much an actor owns, controls, supplies or runs, by the direction that each relation type has
    in the schema. A nominee hides it: what is held through another is not counted.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). Social Network Analysis. Cambridge University Press, section 5.3.

    Examples
    --------
    >>> import igraph
    >>> out_degree(igraph.Graph([(0, 1), (0, 2)], directed=True)).tolist()
    [2.0, 0.0, 0.0]
    """
    import numpy as np

    return np.asarray(graph.degree(mode="out"), dtype=np.float64)


@MEASURES.add("strength", weight="strength", directed=False, central="high", cite="Barrat et al. 2004")
def strength(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Sum of the strengths of the ties.

    Always uses ``strength``, whatever ``weighted`` says: without it the measure is the degree.
    ``networkx.degree(weight="strength")`` gives the same. Directions are ignored. Defined everywhere; 0 for an isolate.

    In a scam network: degree that counts a well-documented, many-sided tie for more than one weak mention. It still
    grows with attention.

    Raises
    ------
    GraphError
        The edges have no ``strength``.

    References
    ----------
    Barrat, A., et al. (2004). The architecture of complex weighted networks. PNAS 101(11), 3747-3752.

    Examples
    --------
    >>> import igraph
    >>> graph = igraph.Graph([(0, 1), (1, 2)], edge_attrs={"strength": [0.5, 2.0]})
    >>> strength(graph).tolist()
    [0.5, 2.5, 2.0]
    """
    import numpy as np

    weights = edge_numbers(graph, "strength").tolist()
    return np.asarray(graph.strength(mode="all", weights=weights), dtype=np.float64)


@MEASURES.add("coreness", weight="none", directed=False, central="high", cite="Seidman 1983")
def coreness(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Largest k for which the vertex is in a part where everyone has k neighbours within that part.

    ``networkx.core_number`` gives the same. Directions are ignored. Defined everywhere; 0 for an isolate.

    In a scam network: whether an actor sits in the dense middle of the record or on its tree-like edge. It cannot tell
    members of one core apart, and a single long sanctions notice that lists everyone with everyone makes a core.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5(3), 269-287.

    Examples
    --------
    >>> import igraph
    >>> coreness(igraph.Graph([(0, 1), (1, 2), (0, 2), (2, 3)])).tolist()
    [2.0, 2.0, 2.0, 1.0]
    """
    import numpy as np

    return np.asarray(undirected(graph).coreness(), dtype=np.float64)


@MEASURES.add("collective_influence", weight="none", directed=False, central="high", cite="Morone & Makse 2015")
def collective_influence(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """How many ways lead on from the rim of the ball of radius two around a vertex with many neighbours.

    ``CI(i) = (k_i - 1) * sum over j at distance exactly 2 of (k_j - 1)``, k the degree. Directions are ignored.
    Defined everywhere; 0 for an isolate, a vertex with one neighbour, and where nothing is two steps away.

    In a scam network: a cheap score of who holds a large, tree-like network together, made for choosing removals one by
    one. On a small or tightly knit record betweenness and the exact key-node methods say more.

    References
    ----------
    Morone, F., & Makse, H. A. (2015). Influence maximization in complex networks through optimal percolation.
    Nature 524, 65-68.

    Examples
    --------
    >>> import igraph
    >>> collective_influence(igraph.Graph([(0, 1), (1, 2), (2, 3), (3, 4)])).tolist()
    [0.0, 1.0, 0.0, 1.0, 0.0]
    """
    import numpy as np
    from scipy import sparse

    neighbours = adjacency(undirected(graph))
    onward = np.diff(neighbours.indptr) - 1.0
    rim = np.zeros(graph.vcount())
    for rows in row_blocks(neighbours):
        near = neighbours[rows] + sparse.eye_array(graph.vcount(), format="csr")[rows]
        within_two = (neighbours[rows] @ neighbours + near).astype(bool)
        rim[rows] = within_two @ onward - near.astype(bool) @ onward
    return np.where(onward > 0, onward, 0.0) * rim
