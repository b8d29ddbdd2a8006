"""Community methods: one run each, on a graph without isolates, with igraph's randomness already set."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, Protocol

from netscam.registry import Registry

if TYPE_CHECKING:
    import igraph

UNTIL_CONVERGED = 20_000
"""Up to this many edges Leiden runs until nothing changes; above, two rounds, which reach the same within 0.001."""


class Run(NamedTuple):
    """What one run found: a label per vertex, and the method's own quality of it."""

    membership: list[int]
    quality: float


class Method(Protocol):
    """A community method.

    Parameters
    ----------
    graph
        Simple and undirected, at least one edge, no isolates; it is left as it is.
    weights
        One number per edge, or None.
    resolution
        Larger values give more and smaller communities; methods without such a parameter ignore it.
    """

    def __call__(self, graph: igraph.Graph, *, weights: list[float] | None, resolution: float) -> Run:
        """Run the method once."""
        ...


METHODS: Registry[Method] = Registry("community method")
"""Registered with ``quality`` (what the number is), ``better`` (``high`` or ``low``), ``resolution`` (whether it is
used) and ``cite``."""


@METHODS.add("leiden", quality="modularity", better="high", resolution=True, cite="Traag et al. 2019")
def leiden(graph: igraph.Graph, *, weights: list[float] | None, resolution: float) -> Run:
    """Leiden for modularity: more ties inside than the degrees would give by chance.

    Communities are connected. Modularity cannot see communities much smaller than sqrt(2 m) ties (the resolution
    limit); raise ``resolution`` or compare with ``infomap`` when cells are small.

    References
    ----------
    Traag, V. A., Waltman, L., & van Eck, N. J. (2019). From Louvain to Leiden. Scientific Reports 9, 5233.
    Fortunato, S., & Barthelemy, M. (2007). Resolution limit in community detection. PNAS 104(1), 36-41.

    Examples
    --------
    >>> import igraph
    >>> two = igraph.Graph.Full(3) + igraph.Graph.Full(3)
    >>> leiden(two, weights=None, resolution=1.0)
    Run(membership=[0, 0, 0, 1, 1, 1], quality=0.5)
    """
    found = graph.community_leiden(
        objective_function="modularity", weights=weights, resolution=resolution, n_iterations=_rounds(graph)
    )
    return Run(found.membership, graph.modularity(found.membership, weights=weights, resolution=resolution))


@METHODS.add("leiden-cpm", quality="constant Potts model", better="high", resolution=True, cite="Traag et al. 2011")
def leiden_cpm(graph: igraph.Graph, *, weights: list[float] | None, resolution: float) -> Run:
    """Leiden for the constant Potts model: communities denser inside than a fixed threshold.

    The threshold is ``resolution`` times the density of the graph without its isolates, so 1 means "denser than the
    network as a whole". It has no resolution limit. The quality is the share of ties inside communities less the share
    of all pairs inside them times ``resolution``; at most 1.

    References
    ----------
    Traag, V. A., Van Dooren, P., & Nesterov, Y. (2011). Narrow scope for resolution-limit-free community detection.
    Physical Review E 84, 016114.

    Examples
    --------
    >>> import igraph
    >>> leiden_cpm(igraph.Graph.Full(3) + igraph.Graph.Full(3), weights=None, resolution=1.0).membership
    [0, 0, 0, 1, 1, 1]
    """
    size = graph.vcount()
    total = math.fsum(weights) if weights is not None else float(graph.ecount())
    density = total / (size * (size - 1) / 2)
    found = graph.community_leiden(
        objective_function="CPM", weights=weights, resolution=resolution * density, n_iterations=_rounds(graph)
    )
    label = found.membership
    crossing = found.crossing()
    each = weights or [1.0] * graph.ecount()
    inside = math.fsum(weight for weight, outside in zip(each, crossing, strict=True) if not outside)
    pairs = sum(count * (count - 1) / 2 for count in found.sizes())
    return Run(label, (inside - resolution * density * pairs) / total)


@METHODS.add("infomap", quality="bits per step", better="low", resolution=False, cite="Rosvall & Bergstrom 2008")
def infomap(graph: igraph.Graph, *, weights: list[float] | None, resolution: float) -> Run:
    """Infomap: the parts in which a random walker stays longest, by the shortest description of its path.

    Finds small cells that modularity merges. ``resolution`` is ignored. On sparse, tree-like records it tends to cut
    every star off as a community of its own.

    References
    ----------
    Rosvall, M., & Bergstrom, C. T. (2008). Maps of random walks on complex networks reveal community structure.
    PNAS 105(4), 1118-1123.

    Examples
    --------
    >>> import igraph
    >>> infomap(igraph.Graph.Full(3) + igraph.Graph.Full(3), weights=None, resolution=1.0).membership
    [0, 0, 0, 1, 1, 1]
    """
    found = graph.community_infomap(edge_weights=weights, trials=1)
    return Run(found.membership, float(found.codelength))


@METHODS.add("label-propagation", quality="modularity", better="high", resolution=False, cite="Raghavan et al. 2007")
def label_propagation(graph: igraph.Graph, *, weights: list[float] | None, resolution: float) -> Run:
    """Label propagation: everyone takes the label of most neighbours until nothing changes.

    Fast and without an objective; runs differ much, and it may end with one label for nearly everything, which
    ``find_communities`` then reports. ``resolution`` is ignored. The quality given is the modularity. NetworKit's PLP
    is faster and not used: of 400 planted groups of 50 with half of their ties inside it made one, with every seed,
    where igraph's found 398.

    References
    ----------
    Raghavan, U. N., Albert, R., & Kumara, S. (2007). Near linear time algorithm to detect community structures.
    Physical Review E 76, 036106.

    Examples
    --------
    >>> import igraph
    >>> two = igraph.Graph.Full(3) + igraph.Graph.Full(3)
    >>> len(set(label_propagation(two, weights=None, resolution=1.0).membership))
    2
    """
    found = graph.community_label_propagation(weights=weights)
    return Run(found.membership, graph.modularity(found.membership, weights=weights))


def _rounds(graph: igraph.Graph) -> int:
    return -1 if graph.ecount() <= UNTIL_CONVERGED else 2
