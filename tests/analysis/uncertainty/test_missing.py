"""Missing ties and the boundary of the record."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx
import numpy as np
import pytest

from netscam.analysis.uncertainty import find_boundary, missing_ties
from netscam.analysis.uncertainty.additions import additions_of
from netscam.data.dataset import read_dataset
from netscam.errors import GraphError, UnknownNameError
from netscam.graph.build import as_igraph, to_igraph
from netscam.graph.sample import edge_sampler


def two_types() -> nx.Graph:
    """A hub of type person with ten companies, and ten companies that nobody is tied to."""
    graph = nx.Graph()
    graph.add_node("hub", type="person")
    graph.add_nodes_from([f"p{n}" for n in range(10)], type="person")
    graph.add_nodes_from([f"c{n:02d}" for n in range(20)], type="company")
    graph.add_edges_from(("hub", f"c{n:02d}") for n in range(10))
    graph.add_edges_from((f"p{n}", f"c{n:02d}") for n in range(10))
    return graph


def drawn(graph: nx.Graph, count: int, runs: int) -> tuple[list[str], np.ndarray]:
    whole = as_igraph(graph)
    additions = additions_of(whole)
    return whole.vs["name"], np.concatenate([additions.draw(1, run, count) for run in range(runs)])


def test_added_ties_are_new_and_between_types_that_have_ties() -> None:
    graph = two_types()
    names, pairs = drawn(graph, 8, 200)
    kinds = nx.get_node_attributes(graph, "type")
    assert {frozenset((kinds[names[a]], kinds[names[b]])) for a, b in pairs} == {frozenset({"person", "company"})}
    assert not any(graph.has_edge(names[a], names[b]) for a, b in pairs)


def test_added_ties_go_in_proportion_to_degree_plus_one() -> None:
    """First ties only: persons have degrees 10 (hub, whose free companies are half) and 1."""
    names, pairs = drawn(two_types(), 1, 6000)
    ends = [{names[a], names[b]} for a, b in pairs]
    hub = np.mean(["hub" in end for end in ends])
    company = 3 / 40, 1 / 40
    free_hub = 11 / 31 * (10 * company[1])
    free_others = 20 / 31 * (1 - company[0])
    assert hub == pytest.approx(free_hub / (free_hub + free_others), abs=0.02)


def test_mixing_of_types_is_that_of_the_record() -> None:
    graph = to_igraph(read_dataset("mekong"))
    types = np.asarray(graph.vs["type"])
    additions = additions_of(graph)

    def shares(pairs: np.ndarray) -> dict[tuple[str, ...], float]:
        kinds = [tuple(sorted((types[a], types[b]))) for a, b in pairs]
        return {kind: kinds.count(kind) / len(kinds) for kind in set(kinds)}

    recorded = shares(additions.ends)
    added = shares(np.concatenate([additions.draw(0, run, 51) for run in range(60)]))
    for kind, share in recorded.items():
        if share > 0.05:
            assert added.get(kind, 0.0) == pytest.approx(share, abs=0.06), kind
    assert set(added) <= set(recorded)


def test_a_longer_draw_starts_like_a_shorter_one_and_a_full_graph_stops() -> None:
    additions = additions_of(as_igraph(two_types()))
    assert (additions.draw(3, 0, 20)[:7] == additions.draw(3, 0, 7)).all()
    assert len(np.unique(additions.draw(3, 0, 20), axis=0)) == 20
    assert len(additions_of(as_igraph(nx.complete_graph(5))).draw(0, 0, 4)) == 0
    assert len(additions_of(as_igraph(nx.path_graph(3))).draw(0, 0, 9)) == 1
    assert additions_of(as_igraph(nx.empty_graph(4))).draw(0, 0, 3).shape == (0, 2)


def test_a_strong_hub_keeps_its_place_and_a_narrow_lead_does_not() -> None:
    star = nx.star_graph(30)
    held = missing_ties(star, "degree", runs=30, top=1).to_frame()
    assert (held["p_changed"] == 0).all()
    assert held["changes_at"].isna().all()
    ring = nx.cycle_graph(30)
    lost = missing_ties(ring, "degree", runs=30, top=1, rates=[0.1, 0.3]).to_frame()
    assert (lost["p_changed"] > 0.5).all()
    assert (lost["changes_at"] == 0.1).all()


def test_the_table_of_missing_ties() -> None:
    result = missing_ties(read_dataset("example"), ["pagerank", "degree"], rates=[0.2, 0.1], runs=20, top=3)
    table = result.to_frame()
    names = ["measure", "place", "id", "name", "type", "missing", "p_changed", "median_rank", "changes_at"]
    assert list(table) == names
    assert len(table) == 2 * 3 * 2
    assert table["p_changed"].between(0, 1).all()
    for _, rows in table.groupby(["measure", "place"]):
        broken = rows.loc[rows["p_changed"] >= 0.5, "missing"]
        assert (rows["changes_at"] == broken.min()).all() if len(broken) else rows["changes_at"].isna().all()
    plain = json.loads(json.dumps(result.to_dict(), default=float))
    assert set(plain) == {"rows", "parameters", "versions"}


def test_missing_ties_do_not_depend_on_workers_or_on_the_other_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netscam.analysis.uncertainty.workers.LEAST", 5)
    data = read_dataset("example")
    one = missing_ties(data, "degree", rates=[0.1], runs=12)
    two = missing_ties(data, "degree", rates=[0.1], runs=12, workers=2)
    assert one.to_frame().equals(two.to_frame())
    both = missing_ties(data, "degree", rates=[0.1, 0.3], runs=12).places
    assert (both["degree", 0.1] == one.places["degree", 0.1]).all()


@pytest.mark.parametrize(
    "given", [{"rates": [0]}, {"rates": []}, {"rates": [99]}, {"top": 0}, {"runs": 0}, {"measures": "in_degree"}]
)
def test_wrong_questions_about_missing_ties_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(GraphError):
        missing_ties(nx.path_graph(4), **given)


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        missing_ties(nx.path_graph(4), "importance")


def test_boundary_flags_follow_their_definition() -> None:
    data = read_dataset("mekong")
    table = find_boundary(data)
    assert list(table) == ["id", "name", "type", "ties", "origins", "typical", "boundary", "boundary_neighbours"]
    graph = to_igraph(data)
    assert table["id"].tolist() == graph.vs["name"]
    assert table["ties"].tolist() == graph.degree()
    flagged = table[table["boundary"]]
    assert len(flagged)
    assert (flagged["ties"] <= 1).all()
    assert (flagged["origins"] <= 1).all()
    assert not (flagged["typical"] <= 1).any()
    looked = table[table["ties"].le(1) & table["origins"].ge(2)]
    assert len(looked)
    assert not looked["boundary"].any()
    flag = dict(zip(table["id"], table["boundary"], strict=True))
    for vertex in ("per_chen_zhi", "org_kna"):
        neighbours = [graph.vs[n]["name"] for n in graph.neighbors(vertex)]
        assert table.set_index("id").loc[vertex, "boundary_neighbours"] == sum(flag[n] for n in neighbours)
    directed = find_boundary(edge_sampler(data, directed=True))
    assert directed["boundary"].tolist() == table["boundary"].tolist()
    assert directed["boundary_neighbours"].tolist() == table["boundary_neighbours"].tolist()


def test_a_plain_graph_has_no_boundary() -> None:
    with pytest.raises(GraphError, match="dataset"):
        find_boundary(nx.path_graph(3))
