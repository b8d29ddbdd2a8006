"""Measures of standing between neighbours that are not tied to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.analysis.measures.matrices import adjacency, edge_weights, row_blocks, undirected
from netscam.analysis.measures.paths import betweenness
from netscam.analysis.measures.registry import MEASURES

if TYPE_CHECKING:
    import igraph
    import numpy as np
    from numpy.typing import NDArray

DETOURS = 64
"""Paths of two ties, for each tie, up to which igraph computes the constraint: in half the time of matrices."""


@MEASURES.add("constraint", weight="strength", directed=False, central="low", cite="Burt 1992")
def constraint(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """How far a vertex's ties lead back to the same few neighbours; a low value is a broker.

    ``c(i) = sum over neighbours j of (p_ij + sum over q of p_iq p_qj)^2``, p_ij the share of i's ties (with
    ``weighted``: of its ``strength``) that goes to j: ``networkx.constraint``. Directions are ignored. NaN for an
    isolate, as in networkx: it has no ties to share out.

    In a scam network: low values mark actors who reach separate groups and can pass or withhold between them, an
    opportunity and not an act. The value also falls with the mere number of ties, so it favours the well documented.

    References
    ----------
    Burt, R. S. (1992). Structural Holes. Harvard University Press, chapter 2.

    Examples
    --------
    >>> import igraph
    >>> constraint(igraph.Graph.Star(5)).tolist()
    [0.25, 1.0, 1.0, 1.0, 1.0]
    """
    import numpy as np

    if not graph.vcount():
        return np.empty(0)
    flat = undirected(graph)
    if few_detours(flat):
        return np.asarray(flat.constraint(weights=edge_weights(flat, "strength", weighted=weighted)), np.float64)
    ties = adjacency(flat, weighted=weighted)
    shares = _shares(ties)
    found = np.where(np.diff(ties.indptr) == 0, np.nan, 1.0)  # 1: all of the share goes to the only neighbour
    for rows in row_blocks(ties):
        pattern = ties[rows].astype(bool).astype(np.float64)
        both = shares[rows] + pattern.multiply(shares[rows] @ shares)
        found[rows] = np.asarray(both.power(2).sum(axis=1)).ravel()
    return found


def few_detours(flat: igraph.Graph) -> bool:
    """Whether igraph's constraint is the faster: it looks at every path of two ties, n * n of them in a star."""
    import numpy as np

    degree = np.asarray(flat.degree(), dtype=np.int64)
    return bool(degree @ degree <= DETOURS * max(1, flat.ecount()))


@MEASURES.add("effective_size", weight="strength", directed=False, central="high", cite="Burt 1992; Borgatti 1997")
def effective_size(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Number of neighbours less their average number of ties among themselves.

    ``e(i) = k - 2t / k``, k neighbours with t ties among them (Borgatti); with ``weighted`` Burt's
    ``sum over j of (1 - sum over q of p_iq m_jq)``, p_iq the share of i's ``strength`` that goes to q and m_jq the tie
    j-q relative to j's strongest: ``networkx.effective_size(graph, nodes=list(graph), weight=...)``; without ``nodes``
    networkx 3.6 divides by the wrong neighbour's strongest tie (its pull request 8906). Directions are ignored. NaN
    for an isolate, as in networkx.

    In a scam network: to how many separate contacts an actor leads. Neighbours whose ties nobody has recorded look
    separate, so gaps in the record raise it.

    References
    ----------
    Burt, R. S. (1992). Structural Holes. Harvard University Press, chapter 2.
    Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. Connections 20(1), 35-38.

    Examples
    --------
    >>> import igraph
    >>> effective_size(igraph.Graph([(0, 1), (0, 2), (1, 2), (2, 3)])).round(3).tolist()
    [1.0, 1.0, 2.333, 1.0]
    """
    import numpy as np

    flat = undirected(graph)
    if not flat.vcount():
        return np.empty(0)
    ties = adjacency(flat, weighted=weighted)
    neighbours = np.diff(ties.indptr).astype(np.float64)
    shares = _shares(ties)
    relative = _scaled_rows(ties, ties.max(axis=1).toarray().ravel())
    redundant = np.zeros(len(neighbours))
    for rows in row_blocks(ties):
        around = ties[rows].astype(bool).astype(np.float64) @ relative
        redundant[rows] = np.asarray(shares[rows].multiply(around).sum(axis=1)).ravel()
    return np.where(neighbours == 0, np.nan, neighbours - redundant)


def _shares(ties: Any) -> Any:
    """Burt's p: each row divided by its sum."""
    import numpy as np

    return _scaled_rows(ties, np.asarray(ties.sum(axis=1)).ravel())


def _scaled_rows(matrix: Any, divisors: NDArray[np.float64]) -> Any:
    """Each row divided by its own number; empty rows stay empty."""
    import numpy as np
    from scipy import sparse

    return sparse.diags_array(1.0 / np.where(divisors > 0, divisors, 1.0), format="csr") @ matrix


@MEASURES.add("bridging", weight="distance", directed=False, central="high", cite="Hwang et al. 2008")
def bridging(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Bridging centrality: betweenness times the bridging coefficient.

    ``r(v) = b(v) * (1 / k_v) / (sum over neighbours u of 1 / k_u)``, b the normalised ``betweenness`` (with
    ``weighted`` over ``distance``), k the degree. Directions are ignored. NaN for an isolate, which has no coefficient.

    In a scam network: actors with few ties of their own that join well-connected parts, such as the one shell company
    between two groups. High values rest on few ties, so check the documents behind each of them first.

    References
    ----------
    Hwang, W., Kim, T., Ramanathan, M., & Zhang, A. (2008). Bridging centrality: graph mining from element level to
    group level. Proc. 14th ACM SIGKDD, 336-344.

    Examples
    --------
    Two triangles joined through vertex 3, by hand: 9 of 15 pairs pass, times (1 / 2) / (1 / 3 + 1 / 3).

    >>> import igraph
    >>> edges = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (4, 6)]
    >>> bridging(igraph.Graph(edges)).round(3).tolist()
    [0.0, 0.0, 0.119, 0.45, 0.119, 0.0, 0.0]
    """
    flat = undirected(graph)
    return betweenness(flat, weighted=weighted) * bridging_coefficient(flat)


def bridging_coefficient(flat: igraph.Graph) -> NDArray[np.float64]:
    """``(1 / k_v) / (sum over neighbours u of 1 / k_u)`` of an undirected graph; NaN for an isolate."""
    import numpy as np

    degree = np.asarray(flat.degree(), dtype=np.float64)
    inverse = 1.0 / np.where(degree > 0, degree, np.nan)
    around = adjacency(flat) @ np.nan_to_num(inverse)
    coefficient: NDArray[np.float64] = inverse / np.where(degree > 0, around, np.nan)
    return coefficient
