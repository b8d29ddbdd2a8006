"""Counts and the mixing matrix."""

from __future__ import annotations

import networkx as nx
import numpy as np

from netscam.analysis.summary import mixing, summary
from netscam.data.dataset import read_dataset
from netscam.graph.build import to_igraph


def test_counts_against_networkx() -> None:
    graph = nx.Graph([(0, 1), (1, 2), (3, 4)])
    graph.add_node(5)
    counts = summary(graph)
    assert (counts.nodes, counts.edges, counts.isolates, counts.components) == (6, 3, 1, 2)
    assert (counts.largest_component, counts.connected_pairs, counts.weak_edges) == (3, 4, 0)
    assert counts.density == nx.density(graph)


def test_empty_graph() -> None:
    counts = summary(nx.Graph())
    assert (counts.nodes, counts.largest_component) == (0, 0)
    assert np.isnan(counts.density)


def test_mixing_against_networkx() -> None:
    graph = to_igraph(read_dataset("mekong"))
    table = mixing(graph)
    other = nx.Graph()
    for v in graph.vs:
        other.add_node(v.index, type=v["type"])
    other.add_edges_from(graph.get_edgelist())
    theirs = nx.attribute_mixing_dict(other, "type")
    for a in table.index:
        for b in table.columns:
            expected = theirs.get(a, {}).get(b, 0)
            assert table.loc[a, b] == (expected // 2 if a == b else expected)
