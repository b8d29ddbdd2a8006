"""Published and hand-worked values of the measures, and the ranking around them."""

import itertools

import igraph as ig
import networkx as nx
import numpy as np
import pytest

from netscam.analysis.centrality import MEASURES, centrality, find_articulation_points, find_bridges
from netscam.analysis.measures.leading import leading_vector
from netscam.analysis.measures.matrices import adjacency, row_blocks
from netscam.errors import GraphError, UnknownNameError
from netscam.graph.build import as_igraph


def column(graph, name, **options):
    return centrality(graph, name, **options).values[name]


def test_krackhardt_kite_has_three_different_leaders(zoo):
    """Krackhardt (1990): Diane by degree, Heather by betweenness, Fernando and Garth by closeness."""
    kite = zoo("kite")
    degree, between, close = (column(kite, name) for name in ("degree", "betweenness", "closeness"))
    assert (degree.idxmax(), degree.max()) == ("3", 6)
    assert (between.idxmax(), between.max()) == ("7", pytest.approx(14 / 36))
    assert set(close.index[close == close.max()]) == {"5", "6"}
    assert close["5"] == pytest.approx(9 / 14)
    assert close["7"] == pytest.approx(9 / 15)


def test_medici_stand_between_the_florentine_families(zoo):
    """Jackson (2008), Social and Economic Networks, section 1.2.1: .522, then .255 for the Guadagni."""
    between = column(zoo("florentine"), "betweenness").sort_values(ascending=False)
    assert list(between.index[:2]) == ["Medici", "Guadagni"]
    assert between.iloc[:2].tolist() == pytest.approx([0.522, 0.255], abs=5e-4)


@pytest.mark.parametrize(("name", "published"), [("borgatti-cliques", 0.556), ("borgatti-lines", 0.715)])
def test_distance_weighted_fragmentation_of_borgatti_from_harmonic(name, published, zoo):
    """Borgatti (2006): 1 - (sum of 1 / d over ordered pairs) / (n (n - 1)) of two components of five."""
    total = column(zoo(name), "harmonic").sum()
    assert 1 - total / (10 * 9) == pytest.approx(published, abs=5e-4)


def test_effective_size_and_constraint_of_burts_example():
    """Borgatti (1997), Connections 20(1): ego G has six alters and effective size 4.67."""
    graph = nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"])
    assert column(graph, "effective_size").round(2).to_dict() == {
        "A": 2.5, "B": 1.67, "C": 1.0, "D": 1.0, "E": 1.0, "F": 1.0, "G": 4.67,
    }  # fmt: skip
    assert column(graph, "constraint")["G"] == pytest.approx(0.400, abs=5e-4)
    assert column(graph, "constraint")["C"] == 1.0


def test_bridging_by_hand(zoo):
    """Hwang et al. (2008): betweenness times the bridging coefficient."""
    found = column(zoo("bridged-triangles"), "bridging")
    assert found["d"] == pytest.approx(9 / 15 * (1 / 2) / (1 / 3 + 1 / 3))
    assert found["c"] == found["e"] == pytest.approx(8 / 15 * (1 / 3) / (1 / 2 + 1 / 2 + 1 / 2))
    assert found[["a", "b", "f", "g"]].eq(0).all()


def brute_collective_influence(graph):
    found = {}
    for node in graph:
        distance = nx.single_source_shortest_path_length(graph, node, cutoff=2)
        rim = sum(graph.degree(other) - 1 for other, steps in distance.items() if steps == 2)
        found[str(node)] = max(graph.degree(node) - 1, 0) * rim
    return found


def test_collective_influence_by_hand():
    """A root with two branches of two leaves each: 1 * (0 + 0 + 0 + 0) at the root, 2 * (3 - 1 ...) at a branch."""
    tree = nx.Graph([("r", "x"), ("r", "y"), ("x", "x1"), ("x", "x2"), ("y", "y1"), ("y", "y2")])
    found = column(tree, "collective_influence")
    assert found.to_dict() == {"r": 0, "x": 2 * 2, "y": 2 * 2, "x1": 0, "x2": 0, "y1": 0, "y2": 0}


def test_collective_influence_equals_its_definition(zoo_graph):
    assert column(zoo_graph, "collective_influence").to_dict() == brute_collective_influence(zoo_graph)


def test_articulation_counts_the_components_that_removal_adds(zoo_graph):
    found = column(zoo_graph, "articulation")
    before = nx.number_connected_components(zoo_graph)
    for node in zoo_graph:
        rest = zoo_graph.copy()
        rest.remove_node(node)
        lost = nx.number_connected_components(rest) - before
        assert found[str(node)] == (lost if zoo_graph.degree(node) else 0)
    points = {str(node) for node in nx.articulation_points(zoo_graph)}
    assert find_articulation_points(zoo_graph) == sorted(points) == sorted(found.index[found > 0])


def test_bridges_are_those_of_networkx(zoo_graph):
    expected = {tuple(sorted((str(u), str(v)))) for u, v in nx.bridges(zoo_graph)}
    assert find_bridges(zoo_graph) == sorted(expected)
    ends = list(itertools.chain.from_iterable(expected))
    assert column(zoo_graph, "bridges").to_dict() == {str(node): ends.count(str(node)) for node in zoo_graph}


def test_eigenvector_of_tied_components_prefers_neither():
    """Two equal triangles and a pair: the triangles share, the pair has a true zero."""
    graph = nx.disjoint_union_all([nx.complete_graph(3), nx.complete_graph(3), nx.path_graph(2)])
    assert column(graph, "eigenvector").tolist() == pytest.approx([6**-0.5] * 6 + [0, 0])


def test_leading_vector_of_large_tied_components():
    graph = as_igraph(nx.disjoint_union(nx.cycle_graph(100), nx.cycle_graph(150)))
    value, vector = leading_vector(adjacency(graph))
    assert value == pytest.approx(2)
    assert vector == pytest.approx(np.full(250, 250**-0.5))


def test_hits_of_a_directed_star_by_hand():
    found = centrality(nx.DiGraph([("a", "x"), ("b", "x"), ("c", "x")]), ["hub", "authority"]).values
    assert found["hub"].tolist() == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0])
    assert found["authority"].tolist() == pytest.approx([0, 0, 0, 1])


def test_row_blocks_cover_every_row_once(monkeypatch):
    monkeypatch.setattr("netscam.analysis.measures.matrices.BLOCK_PRODUCTS", 20)
    graph = as_igraph(nx.barabasi_albert_graph(60, 2, seed=2))
    blocks = list(row_blocks(adjacency(graph)))
    assert len(blocks) > 5
    assert np.concatenate(blocks).tolist() == [v for v, degree in enumerate(graph.degree()) if degree > 1]
    assert column(nx.barabasi_albert_graph(60, 2, seed=2), "collective_influence").to_dict() == (
        brute_collective_influence(nx.barabasi_albert_graph(60, 2, seed=2))
    )


@pytest.fixture
def typed():
    graph = nx.Graph([("P1", "C1"), ("P2", "C1"), ("P2", "C2"), ("P3", "C2"), ("P3", "O1")])
    kinds = {"P": "operator", "C": "company", "O": "organization"}
    for node in graph:
        graph.nodes[node].update(type=kinds[node[0]], name=f"Name of {node}")
    return graph


def test_frame_has_id_name_type_and_the_measure_in_descending_order_ties_by_id(typed):
    frame = centrality(typed, "degree").to_frame()
    assert list(frame.columns) == ["id", "name", "type", "degree"]
    assert frame["id"].tolist() == ["C1", "C2", "P2", "P3", "O1", "P1"]
    assert frame["name"].tolist()[0] == "Name of C1"
    assert frame["type"].tolist()[-1] == "operator"


def test_several_measures_are_ordered_by_the_first(typed):
    ranking = centrality(typed, ["betweenness", "degree", "betweenness"])
    assert ranking.measures == ("betweenness", "degree")
    frame = ranking.to_frame()
    assert list(frame.columns) == ["id", "name", "type", "betweenness", "degree"]
    assert frame["betweenness"].is_monotonic_decreasing


def test_undefined_values_come_last():
    graph = nx.Graph([("b", "c")])
    graph.add_node("a")
    frame = centrality(graph, "constraint").to_frame()
    assert frame["id"].tolist() == ["b", "c", "a"]
    assert frame["constraint"].isna().tolist() == [False, False, True]


def test_types_restrict_the_table_and_not_the_graph(typed):
    whole = centrality(typed, "betweenness").values["betweenness"]
    some = centrality(typed, "betweenness", types=["operator"])
    assert some.values["betweenness"].to_dict() == whole[["P1", "P2", "P3"]].to_dict()
    assert set(some.to_frame()["type"]) == {"operator"}


def test_through_computes_on_the_projection(typed):
    ranking = centrality(typed, "betweenness", types=["operator"], through=["company"])
    assert ranking.values["betweenness"].to_dict() == {"P1": 0.0, "P2": 1.0, "P3": 0.0}
    assert ranking.parameters["through"] == ("company",)


def test_parameters_say_what_was_done(typed):
    ranking = centrality(typed, ["betweenness", "strength", "hub"], weighted=False)
    assert ranking.parameters["edges"] == {"betweenness": "none", "strength": "strength", "hub": "none"}
    assert ranking.parameters["directed"] == {"betweenness": False, "strength": False, "hub": True}
    assert set(ranking.versions) == {"netscam", "igraph", "numpy", "scipy"}


def test_ranks_put_the_broker_first_where_low_values_are_brokers(typed):
    ranks = centrality(typed, ["degree", "constraint"]).ranks()
    assert ranks["degree"].tolist() == [1, 1, 5, 5, 1, 1]
    assert ranks.loc["P1", "constraint"] == ranks["constraint"].max()


def test_weighted_uses_what_the_measure_declares():
    graph = nx.Graph()
    graph.add_edge("a", "b", strength=0.25)
    graph.add_edge("b", "c", strength=1.0)
    graph.add_edge("a", "c", strength=0.1)
    assert column(graph, "betweenness")["b"] == 0
    assert column(graph, "betweenness", weighted=True)["b"] == 1
    assert column(graph, "strength").to_dict() == {"a": 0.35, "b": 1.25, "c": 1.1}


def test_equal_positions_stay_ties_in_spite_of_rounding_noise(zoo):
    values = column(zoo("florentine"), "eigenvector")
    assert all(float(f"{value:.12g}") == value for value in values)
    assert column(nx.cycle_graph(31), "pagerank").nunique() == 1


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"measure": "betweeness"}, UnknownNameError, "did you mean 'betweenness'"),
        ({"measure": []}, GraphError, "at least one"),
        ({"measure": "degree", "types": ["operater"]}, UnknownNameError, "did you mean 'operator'"),
        ({"measure": "degree", "types": ["wallet"]}, GraphError, "no wallet"),
        ({"measure": "degree", "through": ["company"]}, GraphError, "needs types"),
        ({"measure": "hub", "types": "operator", "through": "company"}, GraphError, "no directions"),
    ],
)
def test_what_cannot_be_answered_is_said(options, error, words, typed):
    with pytest.raises(error, match=words):
        centrality(typed, **options)


def test_types_need_a_graph_that_has_them(zoo):
    with pytest.raises(GraphError, match="no entity types"):
        centrality(zoo("path"), "degree", types=["operator"])


def test_a_type_that_could_be_there_but_is_not_gives_an_empty_table(typed):
    assert centrality(typed, "degree", types=["official"]).to_frame().empty


def test_a_raw_graph_without_the_attribute_is_refused():
    graph = ig.Graph([(0, 1)])
    with pytest.raises(GraphError, match="no 'strength'"):
        MEASURES["strength"].function(graph)
    graph.es["distance"] = [0.0]
    with pytest.raises(GraphError, match="positive"):
        MEASURES["betweenness"].function(graph, weighted=True)
