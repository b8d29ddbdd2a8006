"""Robust key-node sets against brute force, and the list of what to verify next."""

from __future__ import annotations

import json
from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from netscam.analysis.keynodes import connected_pairs
from netscam.analysis.keynodes.csr import CSR
from netscam.analysis.uncertainty import robust_key_nodes, verify_next
from netscam.analysis.uncertainty.stack import best_set, mean_score, stack_of, tail_score
from netscam.data.dataset import read_dataset
from netscam.errors import GraphError
from netscam.graph.sample import EdgeSampler, edge_sampler


def doubtful(seed: int, size: int = 9, ties: int = 14) -> nx.Graph:
    graph = nx.gnm_random_graph(size, ties, seed=seed)
    rng = np.random.default_rng(seed)
    for _, _, row in graph.edges(data=True):
        row["probability"] = float(rng.choice([0.2, 0.5, 0.9, 1.0]))
    return graph


def left(sampler: EdgeSampler, present: np.ndarray, removed: tuple[int, ...]) -> np.ndarray:
    """Pairs left in every draw, by networkx."""
    values = []
    for there in present:
        graph = nx.Graph(sampler.ends[there].tolist())
        graph.add_nodes_from(range(sampler.graph.vcount()))
        graph.remove_nodes_from(removed)
        values.append(sum(len(c) * (len(c) - 1) / 2 for c in nx.connected_components(graph)))
    return np.array(values)


@pytest.mark.parametrize("seed", range(8))
def test_a_stack_counts_what_networkx_counts(seed: int) -> None:
    sampler = edge_sampler(doubtful(seed))
    present = sampler.draws(seed, 6)
    stack = stack_of(sampler, present)
    alive = np.ones(9, dtype=bool)
    alive[seed] = False
    assert stack.pairs(alive).tolist() == left(sampler, present, (seed,)).tolist()
    rest = stack.left(alive)
    for other in range(9):
        if other != seed:
            assert rest[:, other].tolist() == left(sampler, present, (seed, other)).tolist()
    one = stack.draw(0)
    assert isinstance(one, CSR)
    assert connected_pairs(one, [seed]) == left(sampler, present, (seed,))[0]


def test_a_stack_keeps_edges_apart_when_ids_sort_otherwise_than_numbers() -> None:
    graph = nx.relabel_nodes(doubtful(3, 12, 20), {n: f"P{n}" for n in range(12)})
    sampler = edge_sampler(graph)
    assert sampler.graph.vs["name"][2] == "P10"
    present = sampler.draws(0, 5)
    stack = stack_of(sampler, present)
    assert stack.csr.label(2) == "P2"
    place = {name: number for number, name in enumerate(sampler.graph.vs["name"])}
    for vertex in range(12):
        alive = np.arange(12) != vertex
        assert stack.pairs(alive).tolist() == left(sampler, present, (place[stack.csr.label(vertex)],)).tolist()


@pytest.mark.parametrize("name", ["mean", "tail"])
def test_sets_are_as_good_as_brute_force_on_small_graphs(name: str) -> None:
    score = mean_score if name == "mean" else tail_score(0.75)
    hits = 0
    for seed in range(12):
        sampler = edge_sampler(doubtful(seed))
        present = sampler.draws(seed, 20)
        stack = stack_of(sampler, present)
        _, found = best_set(stack, np.ones(9, dtype=bool), 2, score)
        best = min(float(score(left(sampler, present, pair)[:, None])[0]) for pair in combinations(range(9), 2))
        assert found >= best - 1e-9
        assert found <= 1.1 * best + 1e-9
        hits += found <= best + 1e-9
    assert hits >= 10


def test_the_tail_is_the_mean_of_the_worst() -> None:
    values = np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0], [10.0, 5.0]])
    assert tail_score(0.5)(values).tolist() == [6.5, 5.0]
    assert tail_score(0.9)(values).tolist() == [10.0, 5.0]
    assert mean_score(values).tolist() == [4.0, 5.0]


def hinge() -> nx.Graph:
    """Two bridges between three cliques: one over h that is certain, one over w that is only a rumour."""
    graph = nx.Graph()
    for letter in "abc":
        nodes = [f"{letter}{n}" for n in range(4 if letter != "c" else 7)]
        graph.add_edges_from(combinations(nodes, 2), probability=1.0)
    graph.add_edges_from([("a0", "h"), ("a1", "h"), ("h", "b0"), ("h", "b1")], probability=1.0)
    graph.add_edges_from([("b2", "w"), ("b3", "w"), ("w", "c0"), ("w", "c1")], probability=0.15)
    return graph


def test_a_set_that_leans_on_a_rumour_is_replaced() -> None:
    result = robust_key_nodes(hinge(), k=1, draws=150)
    sets = result.to_frame().set_index("set")
    assert result.recommended.nodes == ("w",)
    assert sets.loc["recommended", "nodes"] == "w"
    assert sets.loc["expected", "nodes"] == "h"
    assert sets.loc["recommended", "price"] == 0
    assert sets.loc["expected", "price"] > 0
    assert sets.loc["expected", "price_mean"] == 0
    assert sets.loc["recommended", "price_mean"] > 0
    assert sets.loc["expected", "mean"] < sets.loc["recommended", "mean"]
    members = result.members.set_index("id")
    assert members["p_best"].sum() == pytest.approx(1.0)
    assert members.loc["h", "p_best"] > members.loc["w", "p_best"]
    assert result.parameters["perfect_information"] <= sets.loc["expected", "chosen_mean"] + 1e-9


def test_a_certain_graph_has_one_set_and_no_price() -> None:
    result = robust_key_nodes(nx.barbell_graph(4, 1), k=1, draws=10)
    sets = result.to_frame()
    assert set(sets["nodes"]) == {"4"}
    assert (sets[["price", "price_mean", "relief"]] == 0).all().all()
    assert (sets["mean"] == sets["recorded"]).all()
    assert result.members["p_best"].tolist() == [1.0]


def test_nothing_left_costs_nothing() -> None:
    """A set that leaves no pair gives nothing up: a share of nothing is no gain of 100 %."""
    graph = nx.path_graph(["a", "b", "c"])
    nx.set_edge_attributes(graph, 0.5, "probability")
    sets = robust_key_nodes(graph, k=2, draws=20).sets
    assert (sets["recorded"] == 0).all()
    assert (sets[["price", "price_mean", "relief"]] == 0).all(axis=None)


def test_limits_hold_and_numbers_are_consistent_on_mekong() -> None:
    result = robust_key_nodes(read_dataset("mekong"), k=3, draws=40, forbid=["per_chen_zhi"], seed=3)
    assert "per_chen_zhi" not in set(result.members["id"])
    sets = result.to_frame()
    assert (sets["low"] <= sets["median"]).all()
    assert (sets["median"] <= sets["high"]).all()
    assert (sets["tail"] >= sets["mean"]).all()
    assert result.values["nothing"].shape == (40,)
    assert (result.values["expected"] <= result.values["nothing"]).all()
    assert result.members["p_best"].sum() == pytest.approx(3.0)
    plain = json.loads(json.dumps(result.to_dict(), default=float))
    assert set(plain) == {"sets", "members", "values", "recommended", "parameters", "versions"}
    assert [row["set"] for row in plain["sets"]] == ["recommended", "expected", "tail"]
    assert all(len(row["nodes"]) == 3 for row in plain["sets"])
    assert set(plain["values"]) == {"recommended", "expected", "tail", "nothing"}


def test_same_seed_same_sets_whatever_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netscam.analysis.uncertainty.workers.LEAST", 5)
    one = robust_key_nodes(read_dataset("example"), k=2, draws=12)
    two = robust_key_nodes(read_dataset("example"), k=2, draws=12, workers=2)
    assert one.to_frame().equals(two.to_frame())
    assert one.members.equals(two.members)
    assert dict(one.parameters) == dict(two.parameters)


def test_wrong_questions_about_sets_are_refused() -> None:
    with pytest.raises(GraphError, match="tail_level"):
        robust_key_nodes(hinge(), tail_level=1.0)
    with pytest.raises(GraphError, match="directions"):
        robust_key_nodes(edge_sampler(read_dataset("example"), directed=True))
    with pytest.raises(GraphError, match="not in the graph"):
        robust_key_nodes(hinge(), k=1, forbid=["nobody"])


def test_the_rumour_is_what_to_verify() -> None:
    graph = hinge()
    graph.remove_edges_from([("b3", "w"), ("w", "c1")])
    graph["b2"]["w"]["probability"] = 1.0
    result = verify_next(graph, k=1, draws=120)
    assert result.nodes == ("h",)
    first = result.to_frame().iloc[0]
    assert {first["source"], first["target"]} == {"w", "c0"}
    assert (first["if_confirmed"], first["if_refuted"]) == (1, 0)
    assert first["joins_if_confirmed"] in ("b2", "w", "c0")
    assert first["expected_change"] == pytest.approx(0.15)
    assert first["expected_gain"] > 0
    assert (result.table["expected_change"].iloc[1:] < 0.15).all()


def test_gain_by_brute_force() -> None:
    for seed in range(6):
        sampler = edge_sampler(doubtful(seed, 7, 9))
        result = verify_next(sampler, k=1, draws=25, seed=seed, by="gain")
        present = sampler.draws(seed, 25)

        def means(there: np.ndarray, sampler: EdgeSampler = sampler) -> list[float]:
            return [float(left(sampler, there, (v,)).mean()) for v in range(7)]

        names = sampler.graph.vs["name"]
        base = means(present)
        chosen = names.index(result.nodes[0])
        assert base[chosen] == pytest.approx(min(base))
        table = result.table.set_index("relation")
        for edge, relation in enumerate(sampler.relations):
            p, gain = sampler.claims.probability[edge], 0.0
            for known, weight in ((True, p), (False, 1 - p)):
                forced = present.copy()
                forced[:, edge] = known
                again = means(forced)
                gain += weight * (again[chosen] - min(again))
            assert table.loc[relation, "expected_gain"] == pytest.approx(gain, abs=1e-6)
        assert result.table["expected_gain"].is_monotonic_decreasing


def test_verify_next_has_documented_keys_and_is_the_same_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netscam.analysis.uncertainty.workers.LEAST", 60)
    data = read_dataset("example")
    one, two = verify_next(data, k=2, draws=30), verify_next(data, k=2, draws=30, workers=2)
    assert one.to_frame().equals(two.to_frame())
    plain = json.loads(json.dumps(one.to_dict(), default=float))
    assert set(plain) == {"nodes", "rows", "parameters", "versions"}
    assert set(plain["rows"][0]) == set(one.table)
    assert one.table["expected_change"].is_monotonic_decreasing
    assert (one.table["expected_gain"] >= 0).all()
    with pytest.raises(GraphError, match="by is"):
        verify_next(data, by="luck")
    with pytest.raises(GraphError, match="nothing to verify"):
        verify_next(nx.empty_graph(3))
