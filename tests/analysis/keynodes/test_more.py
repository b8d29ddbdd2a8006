"""Known answers, properties of the answers, frontiers, curves and uncertain ties."""

import json

import igraph
import networkx as nx
import numpy as np
import pytest

from netscam.analysis.keynodes import (
    METHODS,
    connected_pairs,
    csr_from_edges,
    csr_from_igraph,
    curve_bound,
    expected_fragmentation,
    key_nodes,
    largest_component,
    pareto,
    read_edgelist,
    verify,
)
from netscam.errors import GraphError, UnknownNameError


@pytest.fixture(scope="module")
def karate():
    return nx.karate_club_graph()


@pytest.mark.parametrize(
    ("name", "asked", "value"),
    [
        ("criminal/crime_911_krebs", {"k": 3}, 848),
        ("criminal/crime_911_krebs", {"k": 5}, 595),
        ("criminal/crime_911_krebs", {"k": 10}, 202),
        ("criminal/crime_morselli_caviar", {"k": 5}, 879),
        ("criminal/crime_Montagna_meetings", {"k": 10}, 384),
        ("criminal/crime_911_krebs", {"objective": "dismantle", "target_size": 6}, 14),
        ("criminal/crime_morselli_caviar", {"objective": "dismantle", "target_size": 2}, 19),
        ("cnp/cnp_Bovine", {"k": 3}, 268),
        ("cnp/cnp_Ecoli", {"k": 15}, 806),
        ("cnp/cnp_BarabasiAlbert_n500m1", {"k": 50}, 195),
        ("dismantling/gnd_Corruption", {"objective": "dismantle", "target_size": 30}, 29),
    ],
)
def test_values_from_the_study(shared, name, asked, value):
    csr = read_edgelist(shared / "networks" / f"{name}.edges")
    result = key_nodes(csr, alternatives=0, **asked)
    assert (result.value, result.proven_optimal) == (value, True)
    assert verify(csr, result) == []


@pytest.mark.parametrize(("name", "target", "share"), [("911_krebs", 6, 0.4088), ("Montagna_meetings", 10, 0.3262)])
def test_degree_costs_from_the_study(shared, name, target, share):
    csr = read_edgelist(shared / "networks" / "criminal" / f"crime_{name}.edges")
    result = key_nodes(csr, objective="dismantle", target_size=target, costs="degree", alternatives=0)
    assert result.proven_optimal
    assert result.value / csr.degrees.sum() == pytest.approx(share, abs=5e-5)


def test_the_middle_of_a_path():
    result = key_nodes(nx.path_graph(5), k=1)
    assert (result.nodes, result.value, result.bound, result.gap) == (("2",), 2, 2, 0.0)
    assert result.in_every_optimal == ("2",)
    assert result.alternatives == ()


def test_every_tie_is_listed():
    result = key_nodes(nx.cycle_graph(4), k=1)
    assert (result.nodes, result.alternatives) == (("0",), (("1",), ("2",), ("3",)))
    assert result.in_every_optimal == ()
    assert result.alternatives_complete
    few = key_nodes(nx.cycle_graph(4), k=1, alternatives=1)
    assert len(few.alternatives) == 1
    assert not few.alternatives_complete
    assert few.in_every_optimal == ()


def test_no_node_is_named_in_vain():
    assert key_nodes(nx.star_graph(5), k=3).nodes == ("0",)
    assert key_nodes(nx.empty_graph(3), k=2).nodes == ()


def test_order_of_vertices_changes_nothing(karate):
    graph = igraph.Graph(n=34, edges=list(karate.edges))
    graph.vs["name"] = [f"P{v}" for v in range(34)]
    shuffled = graph.permute_vertices(np.random.default_rng(1).permutation(34).tolist())
    for asked in ({"k": 3}, {"objective": "reach", "k": 2}, {"objective": "dismantle", "target_size": 5}):
        one, two = (key_nodes(each, **asked).to_dict() for each in (graph, shuffled))
        one.pop("seconds"), two.pop("seconds")
        assert one == two


def test_more_nodes_are_never_worse(karate):
    frame = pareto(karate, ks=range(4))
    assert frame["proven_optimal"].all()
    assert (np.diff(frame["value"]) <= 0).all()
    assert frame["value"].tolist() == [key_nodes(karate, k=k, alternatives=0).value for k in range(4)]
    reach = pareto(karate, ks=[3, 1, 2], objective="reach")
    assert reach["k"].tolist() == [1, 2, 3]
    assert (np.diff(reach["value"]) >= 0).all()
    costs = pareto(karate, budgets=[5, 10], costs="degree")
    assert costs["value"].tolist() == [
        key_nodes(karate, budget=b, costs="degree", alternatives=0).value for b in (5, 10)
    ]


def test_bound_holds_when_stopped_at_once(karate):
    best = key_nodes(karate, k=4, alternatives=0).value
    csr = csr_from_edges(34, list(karate.edges))
    stopped = key_nodes(csr, k=4, time_limit=0.0)
    assert stopped.bound <= best <= stopped.value
    assert verify(csr, stopped) == []


def test_result_is_plain_data(karate):
    result = key_nodes(karate, k=2)
    plain = json.loads(json.dumps(result.to_dict()))
    assert set(plain) == set(type(result).__dataclass_fields__)
    assert plain["nodes"] == list(result.nodes)
    assert result.to_frame()["node"].tolist() == list(result.nodes)


def test_the_checker_finds_faults(karate):
    from dataclasses import replace

    result = key_nodes(karate, k=2)
    assert "value" in verify(karate, replace(result, value=1))[0]
    assert "not in the graph" in verify(karate, replace(result, nodes=("x",)))[0]
    assert any("allowed" in fault for fault in verify(karate, replace(result, nodes=("0", "1", "2"))))
    assert any("wrong side" in fault for fault in verify(karate, replace(result, bound=10_000)))


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"k": -1},
        {"k": 1, "must": ["a", "b"]},
        {"k": 1, "must": ["a"], "forbid": ["a"]},
        {"k": 1, "forbid": ["nobody"]},
        {"k": 1, "target_size": 2},
        {"k": 1, "costs": {"a": -1.0}},
        {"k": 1, "weights": {"a": float("nan")}},
        {"objective": "dismantle", "k": 1},
        {"objective": "dismantle", "target_size": 0},
        {"objective": "dismantle", "target_size": 1, "forbid": ["a", "b"]},
        {"objective": "reach", "k": 1, "distance": -1},
        {"objective": "reach", "k": 1, "weights": {"a": 2.0}},
    ],
)
def test_senseless_questions_are_refused(asked):
    with pytest.raises(GraphError):
        key_nodes(nx.Graph([("a", "b")]), **asked)


@pytest.mark.parametrize("asked", [{"objective": "fame"}, {"method": "magic"}, {"costs": "rank"}])
def test_unknown_names_are_refused(asked):
    with pytest.raises(UnknownNameError):
        key_nodes(nx.path_graph(3), k=1, **asked)


def test_methods_are_registered():
    assert METHODS.names() == ["exact", "greedy", "search"]


def test_curve_bound_of_a_path():
    bound = curve_bound(nx.path_graph(20))
    best = [min_largest(20, q) for q in range(1, len(bound.bound) + 1)]
    assert list(bound.bound) == list(bound.smallest) == best
    assert bound.proven
    assert bound.complete
    assert bound.auc_bound == pytest.approx(sum(best) / 20)


def min_largest(n, q):
    return -(-(n - q) // (q + 1))


def test_curve_bound_is_below_every_order(karate):
    csr = csr_from_igraph(igraph.Graph(n=34, edges=list(karate.edges)))
    bound = curve_bound(csr)
    order = np.argsort(-csr.degrees, kind="stable").tolist()
    for q, least in enumerate(bound.bound, start=1):
        assert least <= largest_component(csr, order[:q])


def test_certain_ties_are_the_plain_problem(karate):
    csr = csr_from_edges(34, list(karate.edges))
    certain = expected_fragmentation(csr, k=3, draws=2)
    assert certain.value == certain.check == connected_pairs(csr, [int(v) for v in certain.nodes])
    assert certain.value == key_nodes(csr, k=3, alternatives=0).value


def test_expected_pairs_of_one_tie():
    graph = igraph.Graph(n=3, edges=[(0, 1), (1, 2)])
    graph.es["probability"] = [0.5, 1.0]
    graph.vs["name"] = ["a", "b", "c"]
    none = expected_fragmentation(graph, k=0, draws=4000, seed=1)
    assert none.check == pytest.approx(2.0, abs=0.1)
    assert none.check == pytest.approx(none.value, abs=5 * none.standard_error)
    assert expected_fragmentation(graph, k=1, draws=50).nodes == ("b",)
    with pytest.raises(GraphError):
        expected_fragmentation(csr_from_edges(2, [(0, 1)]), k=1, probabilities=[1.5])


@pytest.mark.parametrize("rounds", [0, 1])
def test_interrupt_returns_the_best_so_far(karate, monkeypatch, rounds):
    from netscam.analysis.keynodes import branch

    calls = []
    original = branch.tighten

    def interrupted(*args, **kwargs):
        calls.append(args)
        if len(calls) > rounds:
            raise KeyboardInterrupt
        return original(*args, **kwargs)

    best = key_nodes(karate, k=3, alternatives=0).value
    monkeypatch.setattr(branch, "tighten", interrupted)
    result = key_nodes(karate, k=3)
    assert verify(karate, result) == []
    assert 0 <= result.bound <= best <= result.value
    assert json.dumps(result.to_dict(), allow_nan=False)


def test_degree_costs_and_limits_together(karate):
    result = key_nodes(karate, k=3, budget=30, costs="degree", forbid=["0"], must=["2"])
    assert "2" in result.nodes
    assert "0" not in result.nodes
    assert len(result.nodes) <= 3
    assert sum(result.costs.values()) <= 30
    assert result.proven_optimal
    assert verify(karate, result) == []


def test_the_banner_of_the_solver_stays_off_the_output(tmp_path):
    import subprocess
    import sys

    code = "import networkx as nx; from netscam.analysis.keynodes import key_nodes; key_nodes(nx.path_graph(9), k=2)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout == ""


def test_first_terms_of_a_curve_by_brute_force(shared):
    csr = read_edgelist(shared / "networks" / "criminal" / "crime_morselli_caviar.edges")
    bound = curve_bound(csr, 2)
    assert bound.bound[0] == min(largest_component(csr, [v]) for v in range(csr.n))
    pairs = ((u, v) for u in range(csr.n) for v in range(u))
    assert bound.bound[1] == min(largest_component(csr, pair) for pair in pairs) == 72
