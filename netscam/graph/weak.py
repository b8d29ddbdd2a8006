"""Ties that are more likely wrong than right, such as a village that two entries share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import igraph

WEAK_BELOW = 0.5
"""An edge with a probability below this is weak: drawn dashed and marked wherever a result hangs on it."""


def without_weak_edges(graph: igraph.Graph, *, below: float = WEAK_BELOW) -> igraph.Graph:
    """The graph with its weak edges left out; every vertex stays.

    Returns
    -------
    igraph.Graph
        A new graph; compare a result on it with the result on the whole to see what hangs on doubtful ties.
    """
    firm = graph.copy()
    likely = graph.es["probability"] if graph.ecount() else []
    if weak := [number for number, probability in enumerate(likely) if probability < below]:
        firm.delete_edges(weak)
    return firm


def weak_vertices(graph: igraph.Graph, *, below: float = WEAK_BELOW) -> list[str]:
    """Names of the vertices that have edges, all of them weak, in order.

    On mekong these are the addresses known only to a village or an area.
    """
    likeliest = [0.0] * graph.vcount()
    likely = graph.es["probability"] if graph.ecount() else []
    for ends, probability in zip(graph.get_edgelist(), likely, strict=True):
        for end in ends:
            likeliest[end] = max(likeliest[end], probability)
    return [name for name, p in zip(graph.vs["name"], likeliest, strict=True) if 0 < p < below]
