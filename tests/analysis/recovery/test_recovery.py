"""Removal and reaction: answers known by hand, nothing that depends on order or workers, sums that must hold."""

from __future__ import annotations

import json
import math
from itertools import combinations
from pathlib import Path

import igraph as ig
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netscam.analysis.recovery import MODELS, SETTINGS, STRATEGIES, Traits, read_attributes, read_targets, recovery
from netscam.analysis.recovery.settings import full_settings
from netscam.errors import DataError, GraphError, UnknownNameError

SURE = {"success": 1.0, "pace": 1.0}
PLAIN = ("efficiency", "connected_pairs", "largest_component", "density")


def measures(graph: nx.Graph) -> dict[str, float]:
    """The same by networkx."""
    sizes = [len(part) for part in nx.connected_components(graph)]
    return {
        "efficiency": nx.global_efficiency(graph),
        "connected_pairs": sum(size * (size - 1) / 2 for size in sizes),
        "largest_component": max(sizes, default=0),
        "density": nx.density(graph),
    }


def end(result, metric: str, run: int = 0) -> float:
    return float(result.values[metric][run, -1, 1])


def test_plain_removal_of_the_centre_of_a_star() -> None:
    result = recovery(nx.star_graph(5), ["0"], model="none", steps=1, runs=3)
    assert result.values["efficiency"][:, 0, 0].tolist() == pytest.approx([2 / 3] * 3)
    assert result.values["connected_pairs"][:, :, 0].tolist() == [[15, 0]] * 3
    assert end(result, "efficiency") == 0
    assert math.isnan(result.rounds[0])
    assert result.recovered == 0
    assert result.parameters["runs"] == 3


def test_plain_removal_of_the_middle_of_a_path() -> None:
    result = recovery(nx.path_graph(5), ["2"], model="none", steps=1, runs=1)
    assert end(result, "connected_pairs") == 2
    assert end(result, "largest_component") == 2
    assert end(result, "efficiency") == pytest.approx(4 / 12)
    assert end(result, "efficiency_of_start") == pytest.approx(4 / 20)
    assert end(result, "density") == pytest.approx(4 / 12)


def test_the_heir_of_a_star_is_a_new_centre() -> None:
    """One heir for all: 6 nodes in a star leave 5 in a star, which is denser and more efficient."""
    settings_ = {**SURE, "together": 1.0}
    result = recovery(nx.star_graph(5), ["0"], model="random", steps=1, runs=20, settings=settings_)
    assert set(result.values["connected_pairs"][:, -1, 1]) == {10}
    assert set(np.round(result.values["efficiency"][:, -1, 1], 12)) == {round((8 + 12 * 0.5) / 20, 12)}
    assert (result.changes() > 0).all()
    assert set(result.rounds) == {1.0}
    assert set(result.healed[:, 0]) == {1.0}
    assert result.stepped_in["share"].sum() == pytest.approx(1)
    assert result.stepped_in["ties"].sum() == pytest.approx(4)
    assert result.recovered == 1


def test_the_only_candidate_steps_in() -> None:
    """In a - b - c a candidate for a cannot be a neighbour of it or b, so that it is c, and the other way round."""
    result = recovery(nx.path_graph(3), ["1"], model="random", steps=1, runs=4, settings=SURE)
    assert set(result.values["connected_pairs"][:, -1, 1]) == {1}
    assert result.stepped_in["id"].tolist() in (["0"], ["2"], ["0", "2"])
    assert "hit" in result.to_frame()["moment"].tolist()


def test_without_success_every_model_is_plain_removal() -> None:
    graph = nx.karate_club_graph()
    plain = recovery(graph, "degree", model="none", steps=4, runs=2)
    for model in ("random", "preferential", "distance"):
        other = recovery(graph, "degree", model=model, steps=4, runs=2, settings={"success": 0})
        for metric, values in plain.values.items():
            assert (other.values[metric] == values).all()


@pytest.mark.parametrize("strategy", ["degree", "betweenness"])
def test_plain_removal_agrees_with_networkx(zoo_graph: nx.Graph, strategy: str) -> None:
    if not len(zoo_graph):
        with pytest.raises(GraphError, match="at least one node"):
            recovery(zoo_graph, strategy, model="none", runs=1)
        return
    plain = nx.Graph(zoo_graph.edges)
    plain.add_nodes_from(zoo_graph.nodes)
    result = recovery(zoo_graph, strategy, model="none", steps=3, runs=1)
    left = plain.copy()
    keys = {str(node): node for node in left}
    for step, name in enumerate([None, *result.targets["id"]]):
        if name is not None:
            score = dict(left.degree) if strategy == "degree" else nx.betweenness_centrality(left, normalized=False)
            assert score[keys[name]] == pytest.approx(max(score.values()))
            left.remove_node(keys[name])
        for metric, value in measures(left).items() if len(left) else ():
            assert result.values[metric][0, step, 0] == pytest.approx(value), metric


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    n = draw(st.integers(2, 9))
    pairs = list(combinations(range(n), 2))
    graph = nx.empty_graph(n)
    graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), unique=True)))
    return graph


@given(graphs(), st.sampled_from(["random", "preferential", "distance"]), st.integers(0, 50))
@settings(max_examples=60)
def test_properties(graph: nx.Graph, model: str, seed: int) -> None:
    result = recovery(graph, "degree", model=model, steps=2, runs=3, seed=seed)
    n, ties = len(graph), graph.number_of_edges()
    steps = result.parameters["steps"]
    left = n - np.arange(steps + 1)
    pairs = left * (left - 1) / 2
    density = result.values["density"]
    for moment in range(2):
        assert (np.round(density[:, :, moment] * pairs) <= ties).all()
        assert (result.values["connected_pairs"][:, :, moment] <= pairs).all()
        assert (result.values["largest_component"][:, :, moment] <= left).all()
        assert (result.values["efficiency"][:, :, moment] <= 1 + 1e-12).all()
    for metric in ("efficiency_of_start", "connected_pairs", "largest_component"):
        assert (result.values[metric][:, 1:, 1] >= result.values[metric][:, 1:, 0] - 1e-12).all()
        assert (result.values[metric][:, 1:, 0] <= result.values[metric][:, :-1, 1] + 1e-12).all()


def test_random_replacement_keeps_the_number_of_ties() -> None:
    """Sparse enough that a candidate is never missing: each orphan's tie comes back, to somebody else."""
    graph = nx.gnm_random_graph(40, 60, seed=2)
    result = recovery(graph, "random", model="random", steps=6, runs=10, settings=SURE)
    left = 40 - np.arange(7)
    count = result.values["density"][:, :, 1] * left * (left - 1) / 2
    assert np.allclose(count, 60)
    hit = result.values["density"][:, 1:, 0] * left[1:] * (left[1:] - 1) / 2
    assert (hit <= 60 + 1e-9).all()


def test_the_order_of_vertices_and_the_number_of_workers_change_nothing() -> None:
    graph = nx.gnm_random_graph(30, 50, seed=1)
    first = recovery(graph, "random", model="distance", steps=4, runs=12)
    edges = [(str(b), str(a)) for a, b in reversed(list(graph.edges))]
    shuffled = nx.Graph()
    shuffled.add_nodes_from([node for node in reversed(list(graph.nodes))])
    shuffled.add_edges_from([(int(a), int(b)) for a, b in edges])
    for other in (
        recovery(shuffled, "random", model="distance", steps=4, runs=12),
        recovery(graph, "random", model="distance", steps=4, runs=12, workers=3),
    ):
        assert other.to_json() == first.to_json()
    longer = recovery(graph, "random", model="distance", steps=4, runs=20)
    assert (longer.values["efficiency"][:12] == first.values["efficiency"]).all()
    assert recovery(graph, "random", model="distance", steps=4, runs=12, seed=1).to_json() != first.to_json()


def test_preference_goes_where_it_says() -> None:
    """Orphan e of the removed d: by degree always the hub a, by distance always the near c, never the far ones."""
    graph = nx.Graph(
        [("a", "a1"), ("a", "a2"), ("a", "a3"), ("a", "a4"), ("d", "e"), ("d", "c"), ("c", "b"), ("b", "a")]
    )
    for model, name in (("preferential", "degree"), ("distance", "distance")):
        result = recovery(graph, ["d"], model=model, steps=1, runs=30, settings={**SURE, name: 50.0})
        by_id = result.stepped_in.set_index("id")["share"]
        if model == "preferential":
            assert by_id["a"] == 1
        else:
            assert by_id["c"] + by_id["e"] == pytest.approx(1)
    forgetful = recovery(graph, ["d"], model="distance", steps=1, runs=10, settings={**SURE, "memory": 0})
    assert set(forgetful.values["connected_pairs"][:, -1, 1]) == {math.comb(7, 2)}
    asked = recovery(graph, ["d"], model="distance", steps=1, runs=10, settings={**SURE, "memory": 0, "stranger": 1})
    assert set(asked.values["connected_pairs"][:, -1, 1]) == {math.comb(8, 2)}


def test_the_heir_has_the_role_of_the_removed() -> None:
    graph = nx.star_graph(6)
    attributes = {str(v): Traits(roles=("chemist",) if v in (0, 4) else ("driver",)) for v in graph}
    from netscam.analysis.recovery import situation

    result = recovery(situation(graph, attributes=attributes), ["0"], model="role", steps=1, runs=10, settings=SURE)
    assert result.stepped_in["id"].tolist() == ["4"]
    with pytest.raises(GraphError, match="needs roles"):
        recovery(graph, ["0"], model="role")


def test_types_keep_to_themselves_and_addresses_do_not_act() -> None:
    graph = ig.Graph([(0, 1), (0, 2), (0, 3), (4, 5)])
    graph.vs["name"] = list("abcdef")
    graph.vs["type"] = ["company", "operator", "address", "company", "company", "operator"]
    result = recovery(graph, ["a"], model="random", steps=1, runs=20, settings=SURE)
    assert set(result.stepped_in["id"]) <= {"d", "e"}
    wide = recovery(graph, ["a"], model="random", steps=1, runs=40, settings={**SURE, "same_type": 0})
    assert {"b", "f"} & set(wide.stepped_in["id"])
    assert "c" not in set(wide.stepped_in["id"])
    assert "c" not in set(recovery(graph, "degree", model="none", steps=6, runs=1).targets["id"])
    with pytest.raises(GraphError, match="cannot be taken out: c"):
        recovery(graph, ["c"])


def site_graph() -> ig.Graph:
    """Two sites with an owner each, an address and a company at the first."""
    graph = ig.Graph([(0, 2), (1, 3), (0, 4), (0, 5), (2, 3)])
    graph.vs["name"] = ["s1", "s2", "o1", "o2", "addr", "firm"]
    graph.vs["type"] = ["compound", "compound", "operator", "operator", "address", "company"]
    return graph


def test_a_closed_site_moves_with_its_people() -> None:
    surely = {**SURE, "reopen": 1.0, "follow": 1.0, "host": 0.0, "owners": 1.0}
    result = recovery(site_graph(), ["s1"], model="displacement", steps=1, runs=5, settings=surely)
    # One site for the other, its owner and its company; the address stays behind.
    assert set(result.values["largest_component"][:, -1, 1]) == {5}
    assert result.stepped_in["id"].tolist() == ["simulated-site-after:s1"]
    assert result.stepped_in["synthetic"].tolist() == [True]
    assert result.stepped_in["type"].tolist() == ["simulated_site"]
    hosted = recovery(
        site_graph(), ["s1"], model="displacement", steps=1, runs=5, settings={**surely, "owners": 0, "host": 1}
    )
    assert set(hosted.values["largest_component"][:, -1, 1]) == {4}
    never = recovery(site_graph(), ["s1"], model="displacement", steps=1, runs=5, settings={**surely, "reopen": 0})
    assert not len(never.stepped_in)
    with pytest.raises(GraphError, match="needs sites"):
        recovery(nx.path_graph(3), "degree", model="displacement")


def test_new_ties_can_bring_more() -> None:
    graph = nx.gnm_random_graph(30, 45, seed=3)
    density = [
        recovery(graph, "degree", model="random", steps=4, runs=10, settings={**SURE, "closure": share})
        .changes("density")
        .mean()
        for share in (0.0, 0.5, 1.0)
    ]
    assert density == sorted(density)
    assert density[0] < density[2]


def test_large_networks_are_measured_from_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.barabasi_albert_graph(300, 2, seed=1)
    exact = recovery(graph, "degree", model="none", steps=1, runs=1)
    monkeypatch.setattr("netscam.analysis.recovery.simulate.EXACT", 100)
    sampled = recovery(graph, "degree", model="none", steps=1, runs=3)
    assert sampled.values["efficiency"][:, 0, 0] == pytest.approx(exact.values["efficiency"][0, 0, 0], rel=0.05)
    assert (sampled.values["connected_pairs"][:, :, 0] == exact.values["connected_pairs"][0, :, 0]).all()


def test_results_as_data() -> None:
    result = recovery(nx.karate_club_graph(), "degree", model="preferential", steps=3, runs=5)
    plain = json.loads(result.to_json())
    assert {"strategy", "model", "rows", "summary", "reading", "targets", "stepped_in", "settings"} <= set(plain)
    assert [row["moment"] for row in plain["rows"]] == ["settled", *["hit", "settled"] * 3]
    assert plain["settings"]["degree"] == 1
    assert set(plain["settings"]) == set(SETTINGS)
    frame = result.to_frame()
    assert (frame["efficiency_low"] <= frame["efficiency_high"]).all()
    assert frame["efficiency"].iloc[-1] == pytest.approx(result.values["efficiency"][:, -1, 1].mean())
    assert "no forecast" in result.reading()
    assert "<table" in result._repr_html_()
    curve = result.relative()
    assert curve["mean"].iloc[0] == 1
    edgeless = recovery(nx.empty_graph(3), "degree", model="random", steps=1, runs=2)
    assert json.loads(edgeless.to_json())["summary"]["efficiency"]["change"] is None
    assert "undefined" in edgeless.reading()


def test_what_cannot_be_asked() -> None:
    graph = nx.path_graph(4)
    for words, match in (
        ({"strategy": "leaders"}, "needs roles"),
        ({"strategy": "compounds"}, "no node has the type"),
        ({"strategy": ["0", "9"]}, "not in the graph: 9"),
        ({"strategy": ["0", "0"]}, "listed twice"),
        ({"strategy": []}, "nobody"),
        ({"strategy": "degree", "steps": 0}, "at least one step"),
        ({"strategy": "degree", "runs": 0}, "at least one run"),
        ({"strategy": "degree", "runs": 2, "draws": 3}, "at least as many runs"),
        ({"strategy": "degree", "settings": {"success": 2}}, "between 0 and 1"),
        ({"strategy": "degree", "settings": {"success": math.nan}}, "between 0 and 1"),
        ({"strategy": "degree", "settings": {"pace": 1.5}}, "whole number"),
    ):
        with pytest.raises(GraphError, match=match):
            recovery(graph, **{"model": "random", **words})
    for words in ({"strategy": "boss"}, {"model": "magic"}, {"settings": {"sucess": 1}}):
        with pytest.raises(UnknownNameError):
            recovery(graph, **{"strategy": "degree", "model": "random", **words})
    with pytest.raises(GraphError, match="expected a Dataset"):
        recovery(3, "degree")
    short = recovery(graph, "degree", model="random", steps=9, runs=1)
    assert short.notes == ("degree: nodes to remove: 4, not 9",)
    assert short.parameters["steps"] == 4


def test_every_name_is_documented_and_every_setting_is_in_range() -> None:
    for entry in (*STRATEGIES, *MODELS):
        assert entry.summary
        assert entry.details["label"]
    for entry in MODELS:
        assert set(full_settings(entry.function(), None)) == set(SETTINGS)
    for setting in SETTINGS.values():
        assert not setting.wrong(setting.default)


def test_files(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("# first\nb\n\na\n", encoding="utf-8")
    assert read_targets(file) == ["b", "a"]
    file.write_text("why,id\nx,b\ny,a\n", encoding="utf-8")
    assert read_targets(file) == ["b", "a"]
    for text, rule in (("", "no-ids"), ("a\na\n", "unique-id"), ("why,id\nx\n", "empty-id"), ("a\n\xff", "unreadable")):
        file.write_bytes(text.encode("latin-1"))
        with pytest.raises(DataError, match=rule):
            read_targets(file)
    file.write_text("id,type,roles\na,operator,command; recruit\nb,,\n", encoding="utf-8")
    assert read_attributes(file)["a"] == Traits(roles=("command", "recruit"), type="operator")
    for text, rule in (
        ("name,type\na,b\n", "missing-column"),
        ("id,type\na,b\na,c\n", "unique-id"),
        ("id,type\na\n", "column-count"),
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match=rule):
            read_attributes(file)
    with pytest.raises(DataError, match="unreadable"):
        read_attributes(tmp_path / "none.csv")
