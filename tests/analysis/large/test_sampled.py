from __future__ import annotations

import igraph as ig
import numpy as np
import pytest

from netscam.analysis.centrality import centrality
from netscam.analysis.large import sampled, size
from netscam.analysis.large.bounds import Running, hoeffding_error
from netscam.analysis.large.matrix import matrix_pagerank
from netscam.analysis.large.run import rounded
from netscam.analysis.large.sampled import SAMPLED
from netscam.analysis.measures.registry import MEASURES
from netscam.analysis.partition.seeding import igraph_random


def quiet(done: int, count: int) -> None:
    """No progress."""


def graph_of(directed: bool = False) -> ig.Graph:
    """A heavy-tailed component, a path, and some isolates, with distances."""
    with igraph_random(5):
        graph = ig.Graph.Barabasi(400, 2, directed=directed) + ig.Graph.Barabasi(150, 1, directed=directed)
    graph.add_vertices(20)
    rng = np.random.Generator(np.random.PCG64(1))
    graph.vs["name"] = [f"v{number:04}" for number in range(graph.vcount())]
    graph.es["distance"] = rng.uniform(0.5, 2.0, graph.ecount()).tolist()
    graph.es["strength"] = [1 / value for value in graph.es["distance"]]
    graph.es["probability"] = 1.0
    return graph


@pytest.fixture
def few(monkeypatch):
    """Samples of 120 sources, and components of over 100 vertices count as large."""
    monkeypatch.setattr(size, "FEWEST", 120)
    monkeypatch.setattr(size, "VISITS", 0)
    monkeypatch.setattr(sampled, "SMALL_PART", 100)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("name", sorted(SAMPLED))
def test_sampled_is_within_its_bound(few, name, weighted):
    graph = graph_of()
    exact = MEASURES[name].function(graph, weighted=weighted)
    for seed in range(4):
        found = SAMPLED[name](graph, weighted=weighted, seed=seed, step=quiet)
        assert found.samples == 120
        assert found.bound > 0
        assert np.nanmax(np.abs(found.values - exact)) <= found.bound
        assert (np.isnan(found.values) == np.isnan(exact)).all()


@pytest.mark.parametrize("name", ["betweenness", "harmonic"])
def test_directions_are_seen(few, name):
    graph = graph_of(directed=True)
    found = SAMPLED[name](graph, weighted=False, seed=0, step=quiet)
    assert np.abs(found.values - MEASURES[name].function(graph)).max() <= found.bound


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("name", sorted(SAMPLED))
def test_all_sources_give_the_exact_values(monkeypatch, name, weighted):
    monkeypatch.setattr(size, "FEWEST", 10_000)
    monkeypatch.setattr(size, "MOST", 10_000)
    monkeypatch.setattr(sampled, "SMALL_PART", 100)
    graph = graph_of()
    found = SAMPLED[name](graph, weighted=weighted, seed=0, step=quiet)
    assert found.bound == 0
    np.testing.assert_allclose(found.values, MEASURES[name].function(graph, weighted=weighted), rtol=1e-9, atol=1e-12)


def test_estimates_are_unbiased(few):
    graph = graph_of()
    exact = MEASURES["betweenness"].function(graph)
    means = np.mean(
        [SAMPLED["betweenness"](graph, weighted=False, seed=seed, step=quiet).values for seed in range(30)], axis=0
    )
    top = exact.argmax()
    assert means[top] == pytest.approx(exact[top], rel=0.05)


def test_auto_is_exact_below_the_stated_size_and_says_so():
    ranking = centrality(graph_of(), ["betweenness", "pagerank"])
    assert ranking.parameters["kernels"]["betweenness"] == {"method": "exact", "kernel": "igraph"}


def test_auto_samples_above_it_and_says_method_bound_and_seed(few, monkeypatch):
    monkeypatch.setattr("netscam.analysis.large.run.EXACT_VERTICES", 100)
    first = centrality(graph_of(), ["betweenness", "degree"], seed=3)
    told = first.parameters["kernels"]["betweenness"]
    assert (told["method"], told["seed"], told["samples"], told["confidence"]) == ("sampled", 3, 120, 0.9)
    assert 0 < told["bound"] < 1
    assert first.parameters["kernels"]["degree"]["method"] == "exact"
    assert first.values.equals(centrality(graph_of(), ["betweenness", "degree"], seed=3).values)
    assert not first.values.equals(centrality(graph_of(), ["betweenness", "degree"], seed=4).values)
    exact = centrality(graph_of(), "betweenness", method="exact")
    assert exact.parameters["kernels"]["betweenness"]["method"] == "exact"


def test_closeness_with_directions_is_not_sampled():
    found = centrality(graph_of(directed=True), "closeness", directed=True, method="sampled")
    assert found.parameters["kernels"]["closeness"]["method"] == "exact"


def test_unknown_method_is_refused():
    with pytest.raises(ValueError, match="'auto', 'exact' or 'sampled', not 'fast'"):
        centrality(graph_of(), "degree", method="fast")


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("directed", [False, True])
def test_matrix_pagerank_agrees_with_igraph(weighted, directed):
    graph = graph_of(directed)
    found = matrix_pagerank(graph, weighted=weighted, damping=0.85)
    np.testing.assert_allclose(found, MEASURES["pagerank"].function(graph, weighted=weighted), atol=1e-11)


def test_pagerank_above_a_size_uses_the_matrix(monkeypatch):
    monkeypatch.setattr("netscam.analysis.large.run.KERNEL_EDGES", 100)
    found = centrality(graph_of(), "pagerank")
    assert found.parameters["kernels"]["pagerank"]["kernel"] == "scipy.sparse"
    np.testing.assert_allclose(found.values["pagerank"], MEASURES["pagerank"].function(graph_of()), atol=1e-11)


@pytest.mark.parametrize("empty", [ig.Graph(), ig.Graph(3)])
def test_empty_graphs(empty):
    for name in SAMPLED:
        found = SAMPLED[name](empty, weighted=False, seed=0, step=quiet)
        assert len(found.values) == empty.vcount()
        assert np.nan_to_num(found.values).sum() == 0


def test_bounds_hold_and_the_smaller_one_is_given():
    rng = np.random.Generator(np.random.PCG64(0))
    population = (rng.random((5000, 3)) < [0.001, 0.5, 0.0]).astype(float)
    running = Running(np.zeros(3), np.zeros(3))
    for row in rng.permutation(population)[:1000]:
        running.add(row)
    assert np.abs(running.mean - population.mean(axis=0)).max() <= running.bound(5000)
    assert running.bound(5000) <= hoeffding_error(1000, 3, 0.05)
    assert running.bound(1000) == 0


def test_rounding_keeps_places_and_undefined_values():
    values = np.array([1 / 3, np.nan, -0.0, 1 / 3, 2e-20])
    short = rounded(values)
    assert np.isnan(short[1])
    assert str(short[2]) == "0.0"
    assert short[0] == short[3] == 0.333333333333
    assert rounded(np.empty(0)).shape == (0,)
