"""Communities: known partitions, the ensemble by hand, significance, and what must not change the result."""

import logging
import os
import random
import subprocess
import sys

import igraph as ig
import networkx as nx
import numpy as np
import pytest

from netscam.analysis.communities import (
    METHODS,
    community_significance,
    default_runs,
    find_communities,
    second_opinion,
)
from netscam.analysis.partition.ensemble import Ensemble, companionship, most_agreeing, stable_numbers
from netscam.analysis.partition.seeding import igraph_random
from netscam.errors import GraphError, UnknownNameError
from netscam.graph.build import as_igraph

NAMES = METHODS.names()


def planted(seed=1, *, size=30, groups=4):
    return nx.planted_partition_graph(groups, size, 0.3, 0.01, seed=seed)


@pytest.mark.parametrize("name", NAMES)
def test_every_method_declares_itself(name):
    entry = METHODS[name]
    assert set(entry.details) == {"quality", "better", "resolution", "cite"}
    assert entry.details["better"] in ("high", "low")
    for section in ("References", "Examples"):
        assert section in entry.function.__doc__


@pytest.mark.parametrize("name", NAMES)
def test_every_entity_is_in_one_community_and_numbers_are_canonical(name, zoo_graph):
    weighted = any("strength" in row for *_, row in zoo_graph.edges(data=True))
    found = find_communities(zoo_graph, method=name, runs=4, weighted=weighted)
    numbers = found.membership
    assert numbers.index.tolist() == (as_igraph(zoo_graph).vs["name"] if zoo_graph else [])
    assert sorted(set(numbers)) == list(range(1, numbers.nunique() + 1))
    assert found.stability.between(0, 1).all()
    assert (found.stability.index == numbers.index).all()
    place = {id_: position for position, id_ in enumerate(numbers.index)}
    degree = {str(node): count for node, count in zoo_graph.degree()}
    keys = [
        (degree[members[0]] == 0, -len(members), place[members[0]])
        for _, members in sorted(numbers.groupby(numbers).groups.items())
    ]
    assert keys == sorted(keys)
    assert all(len(numbers[numbers == numbers[id_]]) == 1 for id_, count in degree.items() if count == 0)
    assert np.isnan(found.modularity) == (zoo_graph.number_of_edges() == 0)


@pytest.mark.parametrize("name", NAMES)
def test_same_result_for_shuffled_rows_and_a_second_run(name, with_strength):
    graph = with_strength(planted(size=12))
    nodes, edges = list(graph.nodes), list(graph.edges(data=True))
    generator = random.Random(3)
    generator.shuffle(nodes)
    generator.shuffle(edges)
    other = nx.Graph()
    other.add_nodes_from(nodes)
    other.add_edges_from((v, u, row) for u, v, row in edges)
    first, second, third = (find_communities(g, method=name, runs=8, seed=5) for g in (graph, other, graph))
    for again in (second, third):
        assert first.to_frame().equals(again.to_frame())
        assert (first.quality, first.modularity, first.notes) == (again.quality, again.modularity, again.notes)
    assert community_significance(graph, first, draws=5) == community_significance(other, second, draws=5)


def test_same_result_under_another_hash_seed():
    script = (
        "import networkx as nx; from netscam.analysis.communities import find_communities as f, community_significance;"
        "g = nx.planted_partition_graph(3, 12, .4, .05, seed=2);"
        "g = nx.relabel_nodes(g, {v: f'n{v:02d}' for v in g}); p = f(g, runs=5);"
        "print(p.to_frame().to_csv(), p.modularity, community_significance(g, p, draws=4))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1


def test_karate_has_the_known_best_modularity(zoo):
    """0.4198, proved optimal by Brandes et al. (2008), IEEE TKDE 20(2): four communities."""
    found = find_communities(zoo("karate"))
    assert found.modularity == pytest.approx(0.4198, abs=5e-5)
    assert found.quality == pytest.approx(found.modularity)
    assert found.sizes().tolist() == [12, 11, 6, 5]
    assert found.membership["0"] != found.membership["33"]


@pytest.mark.parametrize("name", NAMES)
def test_a_planted_partition_is_recovered(name):
    found = find_communities(planted(), method=name, runs=20)
    truth = [node // 30 for node in range(120)]
    assert ig.compare_communities(found.membership.tolist(), truth, method="adjusted_rand") > 0.9


@pytest.mark.parametrize("name", NAMES)
def test_isolates_change_nothing_but_the_last_numbers(name, zoo):
    graph = zoo("karate")
    plain = find_communities(graph, method=name, runs=5)
    graph.add_nodes_from([100, 101])
    more = find_communities(graph, method=name, runs=5)
    assert more.membership[plain.membership.index].equals(plain.membership)
    assert more.membership[["100", "101"]].tolist() == [plain.membership.max() + 1, plain.membership.max() + 2]
    assert more.stability[["100", "101"]].tolist() == [1.0, 1.0]


def ensemble_of(*rows):
    partitions = np.array([row for row, _ in rows], dtype=np.int32)
    return Ensemble(partitions, np.array([count for _, count in rows]), np.arange(len(rows), dtype=float))


def test_stability_is_the_mean_of_the_co_membership_matrix():
    """Three vertices; 3 of 4 runs keep 0 and 1 together, 1 of 4 puts all in one."""
    ensemble = ensemble_of(([0, 0, 1], 3), ([0, 0, 0], 1))
    assert companionship(ensemble, np.array([1, 1, 1])).tolist() == [(1 + 0.25) / 2, (1 + 0.25) / 2, 0.25]
    assert companionship(ensemble, np.array([1, 1, 2])).tolist() == [1, 1, 0.75]


@pytest.mark.parametrize("name", NAMES)
def test_stability_equals_the_matrix_on_a_real_graph(name, zoo):
    found = find_communities(zoo("florentine"), method=name, runs=15)
    matrix = found.co_membership()
    assert np.allclose(matrix, matrix.T)
    assert (np.diag(matrix) == 1).all()
    for id_, community in found.membership.items():
        others = found.membership.index[(found.membership == community) & (found.membership.index != id_)]
        alone = (matrix.loc[id_].drop(id_) == 0).all()
        expected = matrix.loc[id_, others].mean() if len(others) else None
        assert found.stability[id_] == pytest.approx(expected) if len(others) else found.stability[id_] <= 1 or alone
    for row in found.tie_agreement().itertuples():
        assert row.together == pytest.approx(matrix.loc[row.source, row.target])


def test_the_chosen_run_agrees_most_with_the_others():
    ends = np.array([[0, 1], [1, 2], [2, 3]])
    ensemble = ensemble_of(([0, 0, 0, 0], 2), ([0, 0, 1, 1], 5), ([0, 1, 2, 3], 2))
    assert most_agreeing(ensemble, ends, better="high") == 1
    tie = ensemble_of(([0, 0, 1, 1], 1), ([0, 1, 1, 1], 1))
    assert most_agreeing(tie, np.array([[0, 3]]), better="high") == 1
    assert most_agreeing(tie, np.array([[0, 3]]), better="low") == 0


def test_numbers_follow_size_then_smallest_member_with_isolates_last():
    labels = np.array([0, 1, 2, 2, 1, 3, 4], dtype=np.int32)
    isolate = np.array([True, False, False, False, False, False, False])
    assert stable_numbers(labels, isolate).tolist() == [5, 1, 2, 2, 1, 3, 4]


def test_members_whom_the_runs_disagree_on_are_flagged():
    """A vertex with one tie into each of two cliques can be in either."""
    graph = nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(5))
    graph.add_edges_from([("m", 0), ("m", 5)])
    graph = nx.relabel_nodes(graph, str)
    found = find_communities(graph, method="label-propagation", runs=60, threshold=0.9)
    assert found.unstable["m"]
    assert not found.unstable.drop("m").any()
    frame = found.to_frame()
    assert list(frame.columns) == ["id", "community", "stability", "unstable"]
    assert frame["community"].is_monotonic_increasing


def test_composition_and_ties_between_count_what_is_there():
    graph = nx.Graph([("p1", "c1"), ("p1", "c2"), ("c1", "c2"), ("p2", "p3"), ("p2", "p4"), ("p3", "p4"), ("c1", "p2")])
    for node in graph:
        graph.nodes[node].update(type="company" if node[0] == "c" else "operator", name=node.upper())
    found = find_communities(graph, runs=10)
    assert list(found.to_frame().columns) == ["id", "name", "type", "community", "stability", "unstable"]
    assert found.composition().to_dict("index") == {
        1: {"operator": 1, "company": 2},
        2: {"operator": 3, "company": 0},
    }
    assert found.ties_between().to_numpy().tolist() == [[1, 1, 3], [1, 2, 1], [2, 2, 3]]
    assert found.sizes().to_dict() == {1: 3, 2: 3}


def test_a_collapse_is_reported_and_logged(caplog, zoo):
    with caplog.at_level(logging.WARNING):
        found = find_communities(zoo("star"), method="label-propagation", runs=5)
    assert len(found.notes) == 1
    assert "6 of 6 tied entities" in found.notes[0]
    assert found.notes[0] in caplog.text
    assert find_communities(planted(), runs=3).notes == ()


def test_resolution_gives_more_communities_where_it_counts(zoo):
    karate = zoo("karate")
    for name in ("leiden", "leiden-cpm"):
        few, many = (find_communities(karate, method=name, resolution=r, runs=10) for r in (0.5, 3.0))
        assert few.membership.nunique() < many.membership.nunique()


def test_weights_move_the_border(with_strength):
    graph = nx.cycle_graph(6)
    for u, v in graph.edges:
        graph.edges[u, v]["strength"] = 8.0 if {u, v} in ({0, 1}, {1, 2}, {3, 4}, {4, 5}) else 0.125
    found = find_communities(graph, weighted=True, runs=5)
    assert found.membership.tolist() == [1, 1, 1, 2, 2, 2]


def test_cpm_quality_is_what_it_says(zoo):
    graph = zoo("karate")
    found = find_communities(graph, method="leiden-cpm", resolution=2.0, runs=10)
    label = {int(id_): number for id_, number in found.membership.items()}
    inside = sum(label[u] == label[v] for u, v in graph.edges) / graph.number_of_edges()
    pairs = sum(size * (size - 1) / 2 for size in found.sizes()) / (34 * 33 / 2)
    assert found.quality == pytest.approx(inside - 2.0 * pairs)


def test_random_graph_is_not_significant_and_planted_is():
    """Guimera et al. (2004): a random graph has communities, but no more than others of its degrees."""
    noise = nx.gnm_random_graph(100, 200, seed=4)
    found = find_communities(noise, runs=20)
    chance = community_significance(noise, found, draws=60)
    assert found.modularity > 0.4
    assert chance.p > 0.05
    assert abs(chance.z) < 3
    real = community_significance(planted(), find_communities(planted(), runs=10), draws=39)
    assert real.p == pytest.approx(1 / 40)
    assert real.z > 5


def test_significance_leaves_the_graph_and_needs_its_own_partition(zoo, with_strength):
    graph = as_igraph(with_strength(zoo("karate")))
    before = graph.copy()
    found = find_communities(graph, weighted=True, runs=5)
    community_significance(graph, found, draws=4)
    assert graph.get_edgelist() == before.get_edgelist()
    assert graph.es["strength"] == before.es["strength"]
    with pytest.raises(GraphError, match="other entities"):
        community_significance(zoo("path"), found)
    with pytest.raises(GraphError, match="two draws"):
        community_significance(graph, found, draws=1)


def test_where_rewiring_changes_nothing_z_is_undefined(zoo):
    found = find_communities(zoo("star"), runs=2)
    result = community_significance(zoo("star"), found, draws=5)
    assert np.isnan(result.z)
    assert result.p == 1


def test_randomness_of_others_is_left_alone(zoo):
    random.seed(11)
    expected = ig.Graph.Erdos_Renyi(n=20, m=30).get_edgelist()
    state = random.getstate()
    random.seed(11)
    np_state = np.random.get_state()[1].tolist()
    find_communities(zoo("karate"), runs=3)
    assert np.random.get_state()[1].tolist() == np_state
    assert ig.Graph.Erdos_Renyi(n=20, m=30).get_edgelist() == expected
    assert random.getstate() == state


def test_randomness_is_handed_back_after_an_error():
    random.seed(1)
    expected = ig.Graph.Erdos_Renyi(n=20, m=30).get_edgelist()
    random.seed(1)
    with pytest.raises(GraphError), igraph_random(3):
        raise GraphError("no")
    assert ig.Graph.Erdos_Renyi(n=20, m=30).get_edgelist() == expected


def test_co_membership_of_a_large_graph_is_refused():
    found = find_communities(nx.path_graph(5001), runs=1)
    with pytest.raises(GraphError, match="tie_agreement"):
        found.co_membership()
    assert len(found.tie_agreement()) == 5000


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"method": "leidn"}, UnknownNameError, "did you mean 'leiden'"),
        ({"runs": 0}, GraphError, "at least 1"),
        ({"resolution": 0.0}, GraphError, "positive"),
    ],
)
def test_what_cannot_be_done_is_said(options, error, words, zoo):
    with pytest.raises(error, match=words):
        find_communities(zoo("karate"), **options)


def test_composition_needs_types(zoo):
    with pytest.raises(GraphError, match="no entity types"):
        find_communities(zoo("path"), runs=1).composition()


def test_a_label_propagation_that_collapses_is_refused_where_there_are_communities():
    """Cliques joined so tightly by a hub that one label takes all."""
    graph = nx.connected_caveman_graph(4, 5)
    for node in range(20):
        graph.add_edge("hub", node)
        graph.add_edge("other", node)
    graph.add_edge("hub", "other")
    graph = nx.relabel_nodes(graph, str)
    found = find_communities(graph, runs=5)
    assert found.modularity > 0.1
    with pytest.raises(GraphError, match=r"one community .*leiden reaches a modularity of 0\.[0-9]+"):
        find_communities(graph, method="label-propagation", runs=9)


def test_a_second_opinion_tells_what_modularity_merged():
    """A ring of 30 cliques of 5: modularity merges neighbours (Fortunato & Barthelemy), Infomap does not."""
    ring = nx.relabel_nodes(nx.ring_of_cliques(30, 5), "n{:03d}".format)
    found = find_communities(ring, runs=3)
    beside = second_opinion(ring, found)
    assert beside["method"] == "infomap"
    assert beside["communities"] == 30
    assert beside["here"] < 30
    assert 0 < beside["agreement"] < 1
    assert second_opinion(ring, find_communities(ring, method="infomap", runs=2))["method"] == "leiden"
    assert second_opinion(nx.empty_graph(3), find_communities(nx.empty_graph(3), runs=1)) == {}


def test_runs_follow_the_size_unless_given():
    ring = nx.relabel_nodes(nx.ring_of_cliques(3, 4), str)
    assert find_communities(ring).parameters["runs"] == 100
    assert default_runs(10**6) < default_runs(10**5) < default_runs(10**4)
