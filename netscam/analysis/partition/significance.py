"""Whether communities are stronger than those that chance gives to a network with the same degrees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netscam.analysis.measures.matrices import edge_weights
from netscam.analysis.partition.methods import METHODS
from netscam.analysis.partition.seeding import child_seeds, igraph_random
from netscam.errors import GraphError
from netscam.graph.build import as_igraph

if TYPE_CHECKING:
    from netscam.analysis.partition.result import Partition

SWAPS_PER_EDGE = 10


@dataclass(frozen=True)
class Significance:
    """The modularity of a partition against networks of the same degrees.

    Parameters
    ----------
    modularity
        Of the partition itself.
    null_mean, null_sd
        Mean and standard deviation (n - 1) over the drawn networks.
    z
        ``(modularity - null_mean) / null_sd``; NaN where all draws give the same.
    p
        ``(1 + draws that reach the modularity) / (1 + draws)``, so never 0.
    draws, seed
        How many networks, from which seed.
    """

    modularity: float
    null_mean: float
    null_sd: float
    z: float
    p: float
    draws: int
    seed: int


def community_significance(graph: Any, partition: Partition, *, draws: int = 100, seed: int = 0) -> Significance:
    """Compare a partition with what its method finds in networks of the same degrees.

    Each draw rewires the graph by ten swaps per edge that keep every degree, deals the strengths out at random, and
    runs the partition's method on it once.

    Parameters
    ----------
    graph
        What the partition was made from.
    partition
        Result of ``find_communities``.
    draws
        How many networks to draw, at least 2.
    seed
        Seed of the draws.

    Returns
    -------
    Significance
        Repeatable to the last digit.

    Raises
    ------
    GraphError
        The partition is of other entities, there is no edge, or fewer than two draws.

    Notes
    -----
    Random networks have communities too: sparse ones reach a modularity of 0.4 and more by chance (Guimerà et al.
    2004), so the value alone says nothing. A small p says that ties cluster more than degrees explain. It does not say
    that each community is a group of people who act together: recording by document makes clusters as well.

    References
    ----------
    Maslov, S., & Sneppen, K. (2002). Specificity and stability in topology of protein networks. Science 296, 910-913.
    Guimerà, R., Sales-Pardo, M., & Amaral, L. A. N. (2004). Modularity from fluctuations in random graphs and complex
    networks. Physical Review E 70, 025101.

    Examples
    --------
    >>> import networkx
    >>> from netscam.analysis.communities import find_communities
    >>> graph = networkx.connected_caveman_graph(6, 6)
    >>> found = find_communities(graph, runs=5)
    >>> community_significance(graph, found, draws=19).p
    0.05
    """
    import numpy as np

    whole = as_igraph(graph)
    if (whole.vs["name"] if whole.vcount() else []) != partition.membership.index.tolist():
        raise GraphError("the partition is of other entities than the graph")
    if not whole.ecount() or draws < 2:
        raise GraphError("significance needs at least one edge and two draws")
    null = np.array([_one_draw(whole, partition, child) for child in child_seeds(seed, draws)])
    spread = float(null.std(ddof=1))
    excess = partition.modularity - float(null.mean())
    return Significance(
        modularity=partition.modularity,
        null_mean=float(null.mean()),
        null_sd=spread,
        z=excess / spread if spread > 1e-12 else float("nan"),
        p=(1 + int((null >= partition.modularity - 1e-12).sum())) / (1 + draws),
        draws=draws,
        seed=seed,
    )


def _one_draw(graph: Any, partition: Partition, seed: int) -> float:
    """Modularity that the partition's method reaches on one rewired graph."""
    import numpy as np

    weights = edge_weights(graph, "strength", weighted=partition.parameters["weighted"])
    if weights is not None:
        weights = np.random.Generator(np.random.PCG64(seed)).permutation(weights).tolist()
    drawn = graph.induced_subgraph([vertex for vertex, degree in enumerate(graph.degree()) if degree])
    with igraph_random(seed):
        drawn.rewire(n=SWAPS_PER_EDGE * drawn.ecount())
        run = METHODS[partition.method].function(drawn, weights=weights, resolution=partition.parameters["resolution"])
    return float(drawn.modularity(run.membership, weights=weights))
