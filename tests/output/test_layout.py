"""Coordinates: no overlap, no dependence on order, no trace left in global generators."""

from __future__ import annotations

import random

import igraph as ig
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from netscam.data.dataset import read_dataset
from netscam.errors import GraphError
from netscam.graph.build import to_igraph
from netscam.output.layout import GRID, NEAREST, layout

CLEAR = NEAREST - 2 * GRID


def named(graph: ig.Graph) -> ig.Graph:
    graph.vs["name"] = [f"n{number:04d}" for number in range(graph.vcount())]
    return graph


def closest(graph: ig.Graph, seed: int = 0) -> float:
    points = layout(graph, seed)[["x", "y"]].to_numpy()
    return float(cKDTree(points).query(points, k=2)[0][:, 1].min())


@pytest.fixture(scope="module")
def mekong() -> ig.Graph:
    return to_igraph(read_dataset("mekong"))


def test_every_node_has_a_place_in_id_order(mekong) -> None:
    places = layout(mekong)
    assert list(places.columns) == ["id", "x", "y"]
    assert places["id"].tolist() == sorted(mekong.vs["name"])
    assert np.isfinite(places[["x", "y"]].to_numpy()).all()
    assert np.allclose(places[["x", "y"]], np.round(places[["x", "y"]], 2), atol=0)


def test_no_node_lies_on_another(mekong) -> None:
    assert closest(mekong) >= CLEAR


def test_components_do_not_overlap(mekong) -> None:
    points = layout(mekong)[["x", "y"]].to_numpy()
    boxes = [(points[part].min(axis=0), points[part].max(axis=0)) for part in mekong.components()]
    for number, (low, high) in enumerate(boxes):
        for other_low, other_high in boxes[:number]:
            assert (high < other_low).any() or (other_high < low).any()


def test_a_second_run_and_another_order_change_nothing(mekong) -> None:
    first = layout(mekong, seed=3)
    assert layout(mekong, seed=3).equals(first)
    order = np.random.default_rng(1).permutation(mekong.vcount()).tolist()
    assert layout(mekong.permute_vertices(order), seed=3).equals(first)
    reversed_edges = ig.Graph(mekong.vcount(), [(t, s) for s, t in reversed(mekong.get_edgelist())])
    reversed_edges.vs["name"] = mekong.vs["name"]
    assert layout(reversed_edges, seed=3).equals(first)


def test_global_generators_are_left_as_they_were() -> None:
    graph = named(ig.Graph.Ring(12))
    random.seed(5)
    state = random.getstate()
    expected = ig.Graph.Erdos_Renyi(20, m=30).get_edgelist()
    random.setstate(state)
    layout(graph, seed=9)
    assert random.getstate() == state
    assert ig.Graph.Erdos_Renyi(20, m=30).get_edgelist() == expected


@pytest.mark.parametrize(
    "graph",
    [
        ig.Graph(),
        ig.Graph(1),
        ig.Graph(7),
        ig.Graph(2, [(0, 1)]),
        ig.Graph.Full(12),
        ig.Graph.Star(150),
        ig.Graph(4, [(0, 1), (0, 1), (2, 2)]),
        ig.Graph.Ring(5, directed=True),
    ],
    ids=["empty", "single", "isolates", "pair", "complete", "star", "loops-and-parallels", "directed"],
)
def test_odd_graphs(graph) -> None:
    places = layout(named(graph))
    assert len(places) == graph.vcount()
    if graph.vcount() > 1:
        assert closest(graph) >= CLEAR


def test_large_components_use_the_faster_method() -> None:
    graph = named(ig.Graph.Tree(1_510, 3))
    assert closest(graph) >= CLEAR
    assert layout(graph).equals(layout(graph))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=30))
def test_random_graphs_have_clear_places(edges) -> None:
    assert closest(named(ig.Graph(15, edges))) >= CLEAR


def test_names_are_needed_and_unique() -> None:
    with pytest.raises(GraphError, match="name"):
        layout(ig.Graph(2))
    twice = ig.Graph(2)
    twice.vs["name"] = ["a", "a"]
    with pytest.raises(GraphError, match="unique"):
        layout(twice)
