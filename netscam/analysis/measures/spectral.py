"""Measures in which a vertex counts for as much as its neighbours do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.analysis.measures.leading import leading_vector
from netscam.analysis.measures.matrices import adjacency, edge_weights, undirected
from netscam.analysis.measures.registry import MEASURES

if TYPE_CHECKING:
    import igraph
    import numpy as np
    from numpy.typing import NDArray

DAMPING = 0.85
KATZ_SHARE = 0.5
HALVINGS = 60


@MEASURES.add("eigenvector", weight="strength", directed=False, central="high", cite="Bonacich 1972")
def eigenvector(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Entry of the leading eigenvector: many neighbours that have many neighbours.

    ``A x = lambda x`` for the largest lambda, x of unit Euclidean length: what ``networkx.eigenvector_centrality``
    tends to. With ``weighted`` A holds ``strength``. Directions are ignored.

    Disconnected graphs: x is 0, truly and not for want of a value, outside the component with the largest lambda.
    Where several components share it x is not unique; the projection of equal values onto them is returned, which is
    the limit of networkx's iteration. Without any edge every entry is therefore 1 / sqrt(n).

    In a scam network: membership of the best-documented dense cluster. It says little about anyone outside that
    cluster and should not be compared across components.

    References
    ----------
    Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique identification.
    J. Mathematical Sociology 2(1), 113-120.

    Examples
    --------
    >>> import igraph
    >>> eigenvector(igraph.Graph([(0, 1), (1, 2)])).round(3).tolist()
    [0.5, 0.707, 0.5]
    """
    import numpy as np

    if not graph.vcount():
        return np.empty(0)
    return leading_vector(adjacency(undirected(graph), weighted=weighted))[1]


@MEASURES.add("pagerank", weight="strength", directed=False, central="high", cite="Brin & Page 1998")
def pagerank(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Share of time that a walker spends here who follows a random tie and now and then starts anew anywhere.

    Damping 0.85, new starts and moves from dead ends equally likely everywhere, values sum to 1:
    ``networkx.pagerank`` with its defaults, to convergence. With ``weighted`` ties are followed in proportion to
    ``strength``. Directions count when the graph has them. Defined everywhere.

    In a scam network: close to the degree when directions are ignored, but a neighbour with few other ties counts for
    more. With directions (``directed=True``) weight flows towards what is owned and used, away from those who own.

    References
    ----------
    Brin, S., & Page, L. (1998). The anatomy of a large-scale hypertextual web search engine. Computer Networks 30,
    107-117.

    Examples
    --------
    >>> import igraph
    >>> pagerank(igraph.Graph([(0, 1), (1, 2)])).round(3).tolist()
    [0.257, 0.486, 0.257]
    """
    import numpy as np

    weights = edge_weights(graph, "strength", weighted=weighted)
    return np.asarray(graph.pagerank(damping=DAMPING, weights=weights), dtype=np.float64)


@MEASURES.add("katz", weight="strength", directed=False, central="high", cite="Katz 1953")
def katz(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Number of walks of any length that end here, longer ones counting for less.

    ``x = 1 + alpha A x`` scaled to unit Euclidean length, alpha half of 1 / lambda, lambda the largest eigenvalue of A.
    networkx's fixed alpha of 0.1 has no meaning where lambda exceeds 10; at the same alpha
    ``networkx.katz_centrality_numpy`` gives the same. With ``weighted`` A holds ``strength``. Directions are ignored.
    Without any edge every value is 1 / sqrt(n), whatever alpha.

    In a scam network: between degree and eigenvector centrality; other than the latter it also orders small
    components.

    References
    ----------
    Katz, L. (1953). A new status index derived from sociometric analysis. Psychometrika 18(1), 39-43.

    Examples
    --------
    >>> import igraph
    >>> katz(igraph.Graph([(0, 1), (1, 2)])).round(3).tolist()
    [0.528, 0.666, 0.528]
    """
    import numpy as np

    size = graph.vcount()
    if not size:
        return np.empty(0)
    matrix = adjacency(undirected(graph), weighted=weighted)
    value, _ = leading_vector(matrix)
    alpha = KATZ_SHARE / value if graph.ecount() else 0.0
    walks = np.ones(size)
    for _ in range(HALVINGS):  # the error at least halves in every round
        walks = 1.0 + alpha * (matrix @ walks)
    return walks / float(np.linalg.norm(walks))


@MEASURES.add("hub", weight="strength", directed=True, central="high", cite="Kleinberg 1999")
def hub(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Hub score: ties that point to good authorities.

    Leading left singular vector of A, scaled to sum 1: ``networkx.hits``. With ``weighted`` A holds ``strength``. On an
    undirected graph hub and authority are the same. Where the leading vector is not unique the projection of equal
    values is returned, as for ``eigenvector``. NaN for every vertex when there is no edge.

    In a scam network: owners, directors and suppliers of what many others also own, direct or supply. It depends on
    the direction that the schema gives each relation type, and on one dense cluster only.

    References
    ----------
    Kleinberg, J. M. (1999). Authoritative sources in a hyperlinked environment. J. ACM 46(5), 604-632.

    Examples
    --------
    >>> import igraph
    >>> hub(igraph.Graph([(0, 2), (1, 2), (1, 3)], directed=True)).round(3).tolist()
    [0.382, 0.618, 0.0, 0.0]
    """
    return _hits(graph, weighted=weighted)[0]


@MEASURES.add("authority", weight="strength", directed=True, central="high", cite="Kleinberg 1999")
def authority(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Authority score: ties from good hubs that point here.

    Leading right singular vector of A, scaled to sum 1: ``networkx.hits``. With ``weighted`` A holds ``strength``. On
    an undirected graph hub and authority are the same. Where the leading vector is not unique the projection of equal
    values is returned, as for ``eigenvector``. NaN for every vertex when there is no edge.

    In a scam network: companies and compounds that the same set of owners and suppliers share. The name is the
    method's; it says nothing about authority over anyone.

    References
    ----------
    Kleinberg, J. M. (1999). Authoritative sources in a hyperlinked environment. J. ACM 46(5), 604-632.

    Examples
    --------
    >>> import igraph
    >>> authority(igraph.Graph([(0, 2), (1, 2), (1, 3)], directed=True)).round(3).tolist()
    [0.0, 0.0, 0.618, 0.382]
    """
    return _hits(graph, weighted=weighted)[1]


def _hits(graph: igraph.Graph, *, weighted: bool) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Hub and authority scores: the two halves of the leading eigenvector of [[0, A], [A', 0]]."""
    import numpy as np
    from scipy import sparse

    size = graph.vcount()
    if not graph.ecount():
        return np.full(size, np.nan), np.full(size, np.nan)
    matrix = adjacency(graph, weighted=weighted)
    _, both = leading_vector(sparse.block_array([[None, matrix], [matrix.T, None]], format="csr"))
    hubs, authorities = both[:size], both[size:]
    return hubs / hubs.sum(), authorities / authorities.sum()
