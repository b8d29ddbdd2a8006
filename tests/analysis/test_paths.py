"""Shortest paths against networkx."""

from __future__ import annotations

import math

import networkx as nx
import pytest

from netscam.analysis.paths import find_paths
from netscam.data.dataset import read_dataset
from netscam.errors import GraphError, UnknownNameError
from netscam.graph.build import to_igraph


def as_networkx(graph) -> nx.Graph:
    other = nx.Graph()
    names = graph.vs["name"]
    other.add_nodes_from(names)
    for edge in graph.es:
        other.add_edge(names[edge.source], names[edge.target], probability=edge["probability"])
    return other


@pytest.fixture(scope="module")
def pair():
    graph = to_igraph(read_dataset("mekong"))
    return graph, as_networkx(graph)


ENDS = [("per_chen_zhi", "per_she_zhijiang"), ("cmp_kk_park", "com_prince_bank"), ("per_zhao_wei", "org_kna")]


@pytest.mark.parametrize(("source", "target"), ENDS)
def test_all_shortest_paths_are_networkx_s(pair, source: str, target: str) -> None:
    graph, other = pair
    try:
        wanted = {tuple(p) for p in nx.all_shortest_paths(other, source, target)}
    except nx.NetworkXNoPath:
        wanted = set()
    found = find_paths(graph, source, target, limit=10_000)
    assert {p.nodes for p in found} == wanted
    assert [p.probability for p in found] == sorted((p.probability for p in found), reverse=True)


@pytest.mark.parametrize(("source", "target"), ENDS[:2])
def test_likeliest_path_is_dijkstra_on_log_probability(pair, source: str, target: str) -> None:
    graph, other = pair
    for _, _, row in other.edges(data=True):
        row["cost"] = -math.log(row["probability"])
    cost = nx.dijkstra_path_length(other, source, target, weight="cost")
    found = find_paths(graph, source, target, by="probability")
    assert len(found) == 1
    assert found[0].probability == pytest.approx(math.exp(-cost))
    a, b = found[0].weakest
    assert other.edges[a, b]["probability"] == found[0].weakest_probability


def test_no_path_is_an_empty_list() -> None:
    assert find_paths(nx.Graph([("a", "b"), ("c", "d")]), "a", "c") == []
    assert find_paths(nx.Graph([("a", "b"), ("c", "d")]), "a", "c", by="probability") == []
    assert find_paths(nx.empty_graph(["a", "b"]), "a", "b", by="probability") == []


def test_ends_must_be_there_and_differ() -> None:
    graph = nx.Graph([("alpha", "beta")])
    with pytest.raises(UnknownNameError, match="alpha"):
        find_paths(graph, "alfa", "beta")
    with pytest.raises(GraphError, match="different"):
        find_paths(graph, "beta", "beta")
