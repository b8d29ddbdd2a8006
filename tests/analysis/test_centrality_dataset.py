"""Measures, communities and projections of the datasets that ship with netscam."""

import dataclasses

import networkx as nx
import pytest

from netscam.analysis.centrality import MEASURES, centrality
from netscam.analysis.communities import find_communities
from netscam.data.dataset import read_dataset
from netscam.graph.build import to_igraph
from netscam.graph.project import project


@pytest.fixture(scope="module", params=["example", "mekong"])
def data(request):
    return read_dataset(request.param)


def as_simple_networkx(graph):
    names = graph.vs["name"]
    simple = nx.Graph()
    simple.add_nodes_from(names)
    simple.add_edges_from((names[u], names[v]) for u, v in graph.get_edgelist())
    return simple


def test_betweenness_equals_networkx_on_the_same_graph(data):
    frame = centrality(data, "betweenness").to_frame()
    assert list(frame.columns) == ["id", "name", "type", "betweenness"]
    expected = nx.betweenness_centrality(as_simple_networkx(to_igraph(data)))
    assert frame.set_index("id")["betweenness"].to_dict() == pytest.approx(expected, abs=1e-9, rel=0)
    assert frame["betweenness"].is_monotonic_decreasing


def test_every_way_in_gives_the_same(data):
    from_data = centrality(data, MEASURES.names()).values
    plain = [entry.name for entry in MEASURES if not entry.details["directed"] and entry.name != "strength"]
    assert from_data[plain].equals(centrality(to_igraph(data), plain).values)
    by_networkx = centrality(as_simple_networkx(to_igraph(data)), plain).values
    assert from_data[plain].equals(by_networkx)


def test_row_order_of_the_tables_changes_nothing(data):
    mixed = {
        name: frame.sample(frac=1, random_state=3).sort_values("id", kind="stable", ignore_index=True)
        for name, frame in data.tables().items()
    }
    other = dataclasses.replace(data, **mixed)
    assert centrality(data, MEASURES.names()).to_frame().equals(centrality(other, MEASURES.names()).to_frame())
    first, second = (find_communities(each, runs=10) for each in (data, other))
    assert first.to_frame().equals(second.to_frame())
    assert first.composition().equals(second.composition())
    assert first.composition().to_numpy().sum() == len(first.membership)


def test_a_projection_names_what_each_tie_rests_on(data):
    projected = project(data, ["operator"], ["company", "address"])
    kinds = data.entities.set_index("id")["type"]
    assert set(projected.vs["name"]) == set(kinds.index[kinds == "operator"])
    for edge in projected.es:
        via = [id_ for id_ in edge["via"].split(";") if id_]
        assert edge["direct"] or via
        assert set(kinds[via]) <= {"company", "address"}
        assert 0 < edge["probability"] <= 1
        assert edge["distance"] == pytest.approx(1 / edge["strength"])


def test_types_outside_the_analysis_can_stand_between(data):
    operators = sorted(data.entities.loc[data.entities["type"] == "operator", "id"])
    ranking = centrality(data, "degree", types=["operator"], through=["place", "company"])
    assert ranking.values.index.tolist() == operators
