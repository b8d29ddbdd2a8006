"""Measures built on shortest paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.analysis.measures.matrices import edge_weights
from netscam.analysis.measures.registry import MEASURES

if TYPE_CHECKING:
    import igraph
    import numpy as np
    from numpy.typing import NDArray


@MEASURES.add("betweenness", weight="distance", directed=False, central="high", cite="Freeman 1977; Brandes 2001")
def betweenness(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Share of the shortest paths between other vertices that pass through the vertex.

    ``b(v) = sum over pairs s, t of sigma(s, t | v) / sigma(s, t)``, divided by the number of pairs,
    (n - 1)(n - 2) / 2 undirected and (n - 1)(n - 2) directed: ``networkx.betweenness_centrality`` with its defaults.
    Pairs without a path add nothing. With ``weighted`` the length of a path is the sum of its ``distance``; lengths
    that differ by rounding only count as equal, where networkx compares the bare sums. Directions count when the graph
    has them. Defined everywhere; 0 with fewer than three vertices, as in networkx, because there
    is no pair to be between.

    In a scam network: who stands between parts of the record: brokers, shared addresses, holding companies. It reacts
    strongly to single ties: one doubtful address can put a hamlet at the top, and a missing tie can take a broker off
    it. Read it together with the probability of the ties and the intervals of ``uncertainty``.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40(1), 35-41.
    Brandes, U. (2001). A faster algorithm for betweenness centrality. J. Mathematical Sociology 25(2), 163-177.

    Examples
    --------
    >>> import igraph
    >>> betweenness(igraph.Graph([(0, 1), (1, 2)])).tolist()
    [0.0, 1.0, 0.0]
    """
    import numpy as np

    size = graph.vcount()
    counts = np.asarray(graph.betweenness(weights=edge_weights(graph, "distance", weighted=weighted)), dtype=np.float64)
    pairs = (size - 1) * (size - 2) / (1 if graph.is_directed() else 2)
    return counts / pairs if size > 2 else counts


@MEASURES.add("closeness", weight="distance", directed=False, central="high", cite="Wasserman & Faust 1994")
def closeness(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Inverse mean distance from those who can reach the vertex, scaled by how many can.

    ``c(v) = (r - 1) / (sum of d(u, v)) * (r - 1) / (n - 1)``, r the number of vertices that reach v, itself included:
    ``networkx.closeness_centrality`` with its default Wasserman-Faust factor, so that small components do not win.
    With ``weighted`` d sums ``distance``. Directions count when the graph has them (paths towards v). Defined
    everywhere; the factor makes it 0 for an isolate.

    In a scam network: who is few steps away from most others. In a record of several components it is hard to read;
    prefer ``harmonic``.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). Social Network Analysis. Cambridge University Press, p. 201.

    Examples
    --------
    >>> import igraph
    >>> closeness(igraph.Graph([(0, 1), (1, 2)])).round(3).tolist()
    [0.667, 1.0, 0.667]
    """
    import numpy as np

    size = graph.vcount()
    if size < 2:
        return np.zeros(size)
    weights = edge_weights(graph, "distance", weighted=weighted)
    within = np.asarray(graph.closeness(mode="in", weights=weights, normalized=True), dtype=np.float64)
    scaled: NDArray[np.float64] = np.nan_to_num(within) * (_reached(graph) - 1) / (size - 1)
    return scaled


def _reached(graph: igraph.Graph) -> NDArray[np.float64]:
    """Number of vertices that reach each vertex, itself included."""
    import numpy as np

    if graph.is_directed():
        return np.asarray(graph.neighborhood_size(order=graph.vcount(), mode="in"), dtype=np.float64)
    label = np.asarray(graph.connected_components().membership)
    sizes = np.bincount(label).astype(np.float64)
    return np.asarray(sizes[label])


@MEASURES.add("harmonic", weight="distance", directed=False, central="high", cite="Boldi & Vigna 2014")
def harmonic(graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
    """Sum of the inverse distances from all others.

    ``h(v) = sum over u of 1 / d(u, v)``, 0 for those who cannot reach v: ``networkx.harmonic_centrality``, not divided
    by n - 1. With ``weighted`` d sums ``distance``. Directions count when the graph has them (paths towards v).
    Defined everywhere, also between components; 0 for an isolate.

    In a scam network: nearness to everyone, a sound replacement of closeness when the record falls into pieces. It
    says who is near the middle of the record, not who commands it.

    References
    ----------
    Boldi, P., & Vigna, S. (2014). Axioms for centrality. Internet Mathematics 10(3-4), 222-262.

    Examples
    --------
    >>> import igraph
    >>> harmonic(igraph.Graph([(0, 1), (1, 2)])).tolist()
    [1.5, 2.0, 1.5]
    """
    import numpy as np

    size = graph.vcount()
    if size < 2:
        return np.zeros(size)
    weights = edge_weights(graph, "distance", weighted=weighted)
    return np.asarray(graph.harmonic_centrality(mode="in", weights=weights, normalized=False), dtype=np.float64)
