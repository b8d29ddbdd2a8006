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


def values(graph: nx.Graph, name: str, *, weighted: bool = False) -> dict[str, float]:
    return centrality(graph, name, weighted=weighted).values[name].to_dict()


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


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_one_finite_number_per_vertex_or_the_documented_nan(name, weighted, zoo_graph):
    graph = as_igraph(zoo_graph, directed=MEASURES[name].details["directed"])
    found = MEASURES[name].function(graph, weighted=weighted)
    assert found.shape == (zoo_graph.number_of_nodes(),)
    assert found.dtype == np.float64
    undefined = np.zeros(len(found), dtype=bool)
    if name in NAN_FOR_ISOLATES:
        undefined = np.array([degree == 0 for degree in graph.degree()], dtype=bool)
    elif name in NAN_WITHOUT_EDGES and not graph.ecount():
        undefined[:] = True
    assert np.array_equal(np.isnan(found), undefined)
    assert np.all(found[~undefined] >= 0)
    assert not np.signbit(found[~undefined]).any()


@pytest.mark.parametrize("name", NAMES)
def test_independent_of_names_and_order(name, zoo_graph):
    mapping = {node: f"n{(hash(str(node)) * 7919) % 100003:06d}-{node}" for node in zoo_graph.nodes}
    plain = values(zoo_graph, name, weighted=True)
    other = values(shuffled(zoo_graph, mapping, 5), name, weighted=True)
    assert {mapping[node]: plain[str(node)] for node in zoo_graph.nodes} == pytest.approx(other, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("name", NAMES)
def test_same_bits_when_rows_are_shuffled(name, zoo_graph):
    same = shuffled(zoo_graph, {node: node for node in zoo_graph.nodes}, 6)
    first = centrality(zoo_graph, name, weighted=True).to_frame()
    assert first.equals(centrality(same, name, weighted=True).to_frame())
    assert first.equals(centrality(zoo_graph, name, weighted=True).to_frame())


@pytest.mark.parametrize("name", NAMES)
def test_the_graph_is_left_as_it_is(name, zoo_graph):
    graph = as_igraph(zoo_graph, directed=MEASURES[name].details["directed"])
    before = graph.copy()
    MEASURES[name].function(graph, weighted=True)
    assert graph.get_edgelist() == before.get_edgelist()
    assert graph.vs.attributes() == before.vs.attributes()
    assert graph.es.attributes() == before.es.attributes()
    assert all(graph.es[key] == before.es[key] for key in before.es.attributes())


@pytest.mark.parametrize("name", [entry.name for entry in MEASURES if entry.details["weight"] == "none"])
def test_a_measure_without_weights_ignores_them(name, zoo_graph):
    assert values(zoo_graph, name) == pytest.approx(values(zoo_graph, name, weighted=True), nan_ok=True)


@pytest.mark.parametrize("name", [entry.name for entry in MEASURES if entry.details["weight"] != "none"])
def test_a_measure_with_weights_equals_the_plain_one_where_all_are_one(name, zoo_graph):
    for *_, row in zoo_graph.edges(data=True):
        row.clear()
    plain, weighted = values(zoo_graph, name), values(zoo_graph, name, weighted=True)
    assert plain == pytest.approx(weighted, rel=1e-9, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("name", NAMES)
def test_measures_take_a_raw_directed_graph_in_its_own_order(name):
    graph = ig.Graph([(3, 0), (0, 3), (0, 1), (1, 2), (4, 1)], directed=True, vertex_attrs={"name": list("zyxwv")})
    graph.es["strength"] = [1.0, 2.0, 1.0, 4.0, 0.5]
    graph.es["distance"] = [1.0, 0.5, 1.0, 0.25, 2.0]
    back = graph.permute_vertices([4, 3, 2, 1, 0])
    found = MEASURES[name].function(graph, weighted=True)
    assert found == pytest.approx(MEASURES[name].function(back, weighted=True)[::-1], abs=1e-9)
