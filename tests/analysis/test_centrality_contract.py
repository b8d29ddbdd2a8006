"""What every registered measure must keep, on every graph of the zoo."""

import random

import igraph as ig
import networkx as nx
import numpy as np
import pytest

from netscam.analysis.centrality import MEASURES, centrality
from netscam.graph.build import as_igraph

NAMES = MEASURES.names()
NAN_FOR_ISOLATES = {"constraint", "effective_size", "bridging"}
NAN_WITHOUT_EDGES = {"hub", "authority"}


def all_values(graph, *, weighted):
    return centrality(graph, NAMES, weighted=weighted).values


def shuffled(graph: nx.Graph, mapping: dict, seed: int) -> nx.Graph:
    generator = random.Random(seed)
    nodes, edges = list(graph.nodes), list(graph.edges(data=True))
    generator.shuffle(nodes)
    generator.shuffle(edges)
    other = nx.Graph()
    other.add_nodes_from(mapping[node] for node in nodes)
    other.add_edges_from((mapping[v], mapping[u], row) for u, v, row in edges)
    return other


@pytest.mark.parametrize("name", NAMES)
def test_every_measure_declares_itself(name):
    entry = MEASURES[name]
    assert set(entry.details) == {"weight", "directed", "central", "cite"}
    assert entry.details["weight"] in ("none", "strength", "distance")
    assert entry.details["central"] in ("high", "low")
    assert isinstance(entry.details["directed"], bool)
    assert entry.summary.endswith(".")
    for section in ("In a scam network:", "References", "Examples"):
        assert section in entry.function.__doc__


def expected_nan(name, graph):
    if name in NAN_FOR_ISOLATES:
        return [degree == 0 for degree in graph.degree()]
    return [name in NAN_WITHOUT_EDGES and not graph.ecount()] * graph.vcount()


@pytest.mark.parametrize("weighted", [False, True])
def test_one_finite_number_per_vertex_or_the_documented_nan(weighted, zoo_graph):
    graphs = {directed: as_igraph(zoo_graph, directed=directed) for directed in (False, True)}
    for entry in MEASURES:
        graph = graphs[entry.details["directed"]]
        before = graph.copy()
        found = entry.function(graph, weighted=weighted)
        assert (entry.name, found.shape, found.dtype) == (entry.name, (graph.vcount(),), np.float64)
        assert (entry.name, np.isnan(found).tolist()) == (entry.name, expected_nan(entry.name, graph))
        defined = found[~np.isnan(found)]
        assert np.isfinite(defined).all(), entry.name
        assert not np.signbit(defined).any(), entry.name
        assert_untouched(graph, before)


def assert_untouched(graph, before):
    assert graph.get_edgelist() == before.get_edgelist()
    assert graph.vs.attributes() == before.vs.attributes()
    assert graph.es.attributes() == before.es.attributes()
    assert all(graph.es[key] == before.es[key] for key in before.es.attributes())


def test_independent_of_names_and_order(zoo_graph):
    mapping = {node: f"n{number * 7919 % 101:03d}" for number, node in enumerate(zoo_graph.nodes)}
    plain = all_values(zoo_graph, weighted=True)
    other = all_values(shuffled(zoo_graph, mapping, 5), weighted=True)
    other = other.reindex([mapping[node] for node in sorted(zoo_graph.nodes)])
    for name in NAMES:
        assert plain[name].tolist() == pytest.approx(other[name].tolist(), abs=1e-9, nan_ok=True), name


def test_same_bits_when_rows_are_shuffled(zoo_graph):
    same = shuffled(zoo_graph, {node: node for node in zoo_graph.nodes}, 6)
    first = all_values(zoo_graph, weighted=True)
    assert first.equals(all_values(same, weighted=True))
    assert first.equals(all_values(zoo_graph, weighted=True))


def test_weights_count_only_where_a_measure_declares_them(zoo_graph):
    plain, weighted = (all_values(zoo_graph, weighted=weighted) for weighted in (False, True))
    unweighted = [entry.name for entry in MEASURES if entry.details["weight"] == "none"]
    assert plain[unweighted].equals(weighted[unweighted])


def test_weights_of_one_change_nothing(zoo_graph):
    for *_, row in zoo_graph.edges(data=True):
        row.clear()
    plain, weighted = (all_values(zoo_graph, weighted=weighted) for weighted in (False, True))
    for name in NAMES:
        assert plain[name].tolist() == pytest.approx(weighted[name].tolist(), rel=1e-9, abs=1e-12, nan_ok=True), name


@pytest.mark.parametrize("name", NAMES)
def test_measures_take_a_raw_directed_graph_in_its_own_order(name):
    graph = ig.Graph([(3, 0), (0, 3), (0, 1), (1, 2), (4, 1)], directed=True, vertex_attrs={"name": list("zyxwv")})
    graph.es["strength"] = [1.0, 2.0, 1.0, 4.0, 0.5]
    graph.es["distance"] = [1.0, 0.5, 1.0, 0.25, 2.0]
    back = graph.permute_vertices([4, 3, 2, 1, 0])
    found = MEASURES[name].function(graph, weighted=True)
    assert found == pytest.approx(MEASURES[name].function(back, weighted=True)[::-1], abs=1e-9)
