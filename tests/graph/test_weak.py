"""What hangs on doubtful ties is visible."""

from __future__ import annotations

import networkx as nx

from netscam.analysis.summary import summary
from netscam.data.dataset import read_dataset
from netscam.graph.build import as_igraph, to_igraph
from netscam.graph.weak import weak_vertices, without_weak_edges


def test_by_hand() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", probability=0.9)
    graph.add_edge("b", "v", probability=0.2)
    graph.add_edge("v", "c", probability=0.1)
    graph.add_node("d")
    built = as_igraph(graph)
    assert weak_vertices(built) == ["c", "v"]
    firm = without_weak_edges(built)
    assert firm.vs["name"] == built.vs["name"]
    assert firm.get_edgelist() == [(0, 1)]
    assert built.ecount() == 3


def test_villages_hold_the_largest_part_of_mekong_together() -> None:
    data = read_dataset("mekong")
    graph = to_igraph(data)
    weak = set(weak_vertices(graph))
    assert {"addr_006", "addr_015"} <= weak
    assert summary(without_weak_edges(graph)).largest_component < summary(graph).largest_component
