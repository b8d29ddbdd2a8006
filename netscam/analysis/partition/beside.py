"""A second opinion on a partition, from a method that sees what modularity cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.analysis.measures.matrices import edge_weights
from netscam.analysis.partition.ensemble import run_ensemble
from netscam.analysis.partition.methods import METHODS
from netscam.graph.build import as_igraph

if TYPE_CHECKING:
    from netscam.analysis.partition.result import Partition

SECOND = {"leiden": "infomap", "leiden-cpm": "infomap", "infomap": "leiden", "label-propagation": "infomap"}


def second_opinion(graph: Any, partition: Partition) -> dict[str, Any]:
    """Set another method beside a partition: one run of Infomap, or of Leiden where it was Infomap.

    Modularity merges communities of fewer than about sqrt(2 m) ties (Fortunato & Barthelemy 2007): of 1,200 planted
    groups it found 175, Infomap nearly all. Infomap in turn cuts stars off in sparse records. Where the two differ much
    in the number of communities, neither number is a fact about the network.

    Parameters
    ----------
    graph
        What the partition was made from.
    partition
        Result of ``find_communities``.

    Returns
    -------
    dict
        ``method``, ``communities`` (of two or more entities) of it and of the partition (``here``), ``modularity``,
        ``agreement`` (adjusted Rand index: 1 for the same partition, 0 for what chance gives), ``resolution_limit``
        (ties below which modularity cannot tell a community, rounded). Empty without any edge.

    Examples
    --------
    >>> import networkx
    >>> from netscam.analysis.communities import find_communities
    >>> graph = networkx.barbell_graph(5, 0)
    >>> second_opinion(graph, find_communities(graph, runs=3))["communities"]
    2
    """
    import igraph as ig
    import numpy as np

    whole = as_igraph(graph)
    if not whole.ecount():
        return {}
    method = SECOND[partition.method]
    weights = edge_weights(whole, "strength", weighted=partition.parameters["weighted"])
    found = run_ensemble(whole, METHODS[method].function, weights=weights, resolution=1.0, seeds=[partition.seed])
    other = found.partitions[0]
    numbers = partition.membership.to_numpy()
    return {
        "method": method,
        "communities": int((np.bincount(other) > 1).sum()),
        "here": int((np.bincount(numbers) > 1).sum()),
        "modularity": float(whole.modularity(other.tolist(), weights=weights)),
        "agreement": float(ig.compare_communities(numbers.tolist(), other.tolist(), method="adjusted_rand")),
        "resolution_limit": round((2 * whole.ecount()) ** 0.5),
    }
