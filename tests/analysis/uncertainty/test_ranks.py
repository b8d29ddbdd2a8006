"""Intervals of ranks: known answers, invariants, and the same numbers on any number of workers."""

from __future__ import annotations

import json

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from netscam.analysis.centrality import MEASURES, centrality
from netscam.analysis.uncertainty import uncertainty
from netscam.analysis.uncertainty.places import measured_places, places, spread
from netscam.analysis.uncertainty.ranks import draw_places
from netscam.analysis.uncertainty.workers import _parts, over_draws
from netscam.data.dataset import read_dataset
from netscam.errors import GraphError, UnknownNameError
from netscam.graph.build import to_igraph
from netscam.graph.sample import edge_sampler


def fork(p: float) -> nx.Graph:
    """A path a - b - c - d whose tie b - c holds with probability p, and a tie b - e."""
    graph = nx.Graph(["ab", "bc", "cd", "be"])
    nx.set_edge_attributes(graph, 1.0, "probability")
    graph["b"]["c"]["probability"] = p
    return graph


def row(frame: object, name: str) -> dict[str, object]:
    return frame.set_index("id").loc[name].to_dict()


def test_a_certain_graph_has_no_spread() -> None:
    table = uncertainty(nx.krackhardt_kite_graph(), ["betweenness", "degree"], draws=5).to_frame()
    assert (table["rank"] == table["low"]).all()
    assert (table["rank"] == table["high"]).all()
    assert (table["rank"] == table["median"]).all()
    assert set(table["p_top"]) <= {0.0, 1.0}


def test_known_shares() -> None:
    table = uncertainty(fork(0.3), "degree", draws=4000, top=1).to_frame()
    b, c = row(table, "b"), row(table, "c")
    assert (b["rank"], b["p_top"]) == (1, 1.0)
    assert c["rank"] == 2
    assert c["p_top"] == 0.0
    assert (c["low"], c["median"], c["high"]) == (2, 2, 2)
    doubtful = uncertainty(fork(0.3), "betweenness", draws=4000).places["betweenness"]
    assert (doubtful[:, 2] == 2).mean() == pytest.approx(1.0)
    assert (doubtful[:, 3] == 2).mean() == pytest.approx(0.7, abs=0.03)


def test_recorded_rank_is_that_of_centrality_for_every_measure() -> None:
    data = read_dataset("example")
    for entry in MEASURES:
        graph = to_igraph(data, directed=bool(entry.details["directed"]))
        expected = centrality(graph, entry.name).ranks()[entry.name].fillna(graph.vcount()).astype(int)
        assert measured_places(entry.name, graph).tolist() == expected.tolist(), entry.name


def test_every_measure_can_be_drawn() -> None:
    result = uncertainty(read_dataset("example"), MEASURES.names(), draws=3)
    table = result.to_frame()
    assert table["measure"].drop_duplicates().tolist() == MEASURES.names()
    size = len(result.places["degree"][0])
    assert table["low"].between(1, size).all()
    assert table["high"].between(1, size).all()


def test_the_table_has_what_the_documentation_says() -> None:
    result = uncertainty(read_dataset("example"), ["pagerank", "degree"], draws=20, prior="strict", top=3)
    table = result.to_frame()
    names = ["measure", "id", "name", "type", "rank", "median", "low", "high", "p_top"]
    assert list(table) == [*names, "rank_default", "rank_strict", "rank_lenient", "boundary"]
    assert table["boundary"].dtype == bool
    assert (table["rank_strict"] == table["median"]).all()
    assert (table["low"] <= table["median"]).all()
    assert (table["median"] <= table["high"]).all()
    assert table["p_top"].between(0, 1).all()
    for _, rows in table.groupby("measure", sort=False):
        assert rows["rank"].is_monotonic_increasing
    assert result.parameters["prior"] == "strict"
    assert result.parameters["dependence"] == "origin"
    plain = json.loads(json.dumps(result.to_dict(), default=float))
    assert set(plain) == {"measures", "parameters", "versions", "rows"}
    assert set(plain["rows"][0]) == set(table)


def test_the_interval_holds_nine_tenths_of_the_draws() -> None:
    result = uncertainty(read_dataset("mekong"), "pagerank", draws=60)
    table = result.table.set_index("id").sort_index()
    drawn = result.places["pagerank"]
    inside = (drawn >= table["low"].to_numpy()) & (drawn <= table["high"].to_numpy())
    assert (inside.mean(axis=0) >= 0.9).all()


def test_a_strict_prior_takes_more_ties_away_than_a_lenient_one() -> None:
    data = read_dataset("mekong")
    ties = {p: edge_sampler(data, prior=p).draws(0, 50).sum() for p in ("strict", "default", "lenient")}
    assert ties["strict"] < ties["default"] < ties["lenient"]


def test_results_do_not_depend_on_the_number_of_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netscam.analysis.uncertainty.workers.LEAST", 5)
    samplers = {False: edge_sampler(read_dataset("example"))}
    one = draw_places(samplers, ["betweenness"], 23, 4)["betweenness"]
    two = draw_places(samplers, ["betweenness"], 23, 4, workers=2)["betweenness"]
    assert (one == two).all()
    assert (draw_places(samplers, ["betweenness"], 9, 4)["betweenness"] == one[:9]).all()


def test_the_same_seed_gives_the_same_table_and_another_one_does_not() -> None:
    data = read_dataset("example")
    first, again, other = (uncertainty(data, "harmonic", draws=30, seed=seed).to_frame() for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


def test_a_sampler_and_directions() -> None:
    data = read_dataset("example")
    given_data = uncertainty(data, "in_degree", draws=10).to_frame()
    sampler = edge_sampler(data, directed=True)
    compiled = uncertainty(sampler, "in_degree", draws=10).to_frame()
    assert compiled["median"].tolist() == given_data["median"].tolist()
    with pytest.raises(GraphError, match="directions"):
        uncertainty(sampler, "betweenness", draws=2)


@pytest.mark.parametrize("given_", [{"draws": 0}, {"workers": 0}, {"top": 0}, {"measures": []}])
def test_numbers_out_of_range_are_refused(given_: dict[str, object]) -> None:
    with pytest.raises(GraphError):
        uncertainty(nx.path_graph(3), **given_)


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        uncertainty(nx.path_graph(3), "importance")


@given(arrays(np.float64, st.integers(1, 12), elements=st.floats(-9, 9).map(lambda x: round(x, 1)) | st.just(np.nan)))
@settings(max_examples=60, deadline=None)
def test_places_by_definition(values: np.ndarray) -> None:
    found = places(values)
    for number, value in enumerate(values):
        better = int(np.sum(values > value))
        assert found[number] == (len(values) if np.isnan(value) else better + 1)
    swapped = places(-values, low_first=True)
    assert swapped.tolist() == found.tolist()


def test_noise_of_sums_makes_no_order() -> None:
    assert places(np.array([0.1 + 0.2, 0.3, 0.2])).tolist() == [1, 1, 3]
    assert places(np.array([1e-20 * (1 + 1e-15), 1e-20, 0.0])).tolist() == [1, 1, 3]
    assert places(np.array([np.inf, 1.0, -np.inf])).tolist() == [1, 2, 3]


def test_spread_is_of_places_that_occur() -> None:
    ranks = np.repeat([[1], [2], [9]], [5, 90, 5], axis=0)
    assert spread(ranks)[:, 0].tolist() == [1, 2, 2]


def _numbers(part: range) -> list[int]:
    return list(part)


def test_parts_are_consecutive_and_complete() -> None:
    assert [number for part in over_draws(_numbers, 7) for number in part] == list(range(7))
    assert [list(part) for part in _parts(7, 3)] == [[0, 1], [2, 3, 4], [5, 6]]
