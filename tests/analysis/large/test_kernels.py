"""Two ways to one number, and what is said about the way."""

from __future__ import annotations

import igraph as ig
import numpy as np
import pytest

from netscam.analysis.large.run import run_measure
from netscam.analysis.measures import brokerage
from netscam.graph.build import as_igraph


@pytest.mark.parametrize("weighted", [False, True])
def test_constraint_is_the_same_by_matrices_and_by_igraph(monkeypatch, weighted):
    rng = np.random.Generator(np.random.PCG64(4))
    graph = as_igraph(ig.Graph(n=60, edges=rng.integers(0, 55, (150, 2))).simplify())
    graph.es["strength"] = rng.uniform(0.1, 3.0, graph.ecount())
    quick = run_measure("constraint", graph, weighted=weighted, method="auto", seed=0)
    monkeypatch.setattr(brokerage, "DETOURS", 0)
    other = run_measure("constraint", graph, weighted=weighted, method="auto", seed=0)
    assert (quick.told["kernel"], other.told["kernel"]) == ("igraph", "scipy.sparse")
    np.testing.assert_allclose(quick.values, other.values, rtol=1e-13)
    assert np.isnan(quick.values).tolist() == (np.asarray(graph.degree()) == 0).tolist()


def test_a_star_keeps_to_matrices():
    star = as_igraph(ig.Graph.Star(1000))
    found = run_measure("constraint", star, weighted=False, method="auto", seed=0)
    assert found.told["kernel"] == "scipy.sparse"
    assert sorted(found.values)[:2] == [pytest.approx(1 / 999), 1.0]


def test_a_graph_in_order_is_taken_as_it_is_and_any_other_is_put_in_order():
    graph = as_igraph(ig.Graph([(0, 1), (1, 2)]))
    assert as_igraph(graph) is graph
    turned = graph.permute_vertices([2, 1, 0])
    assert turned.vs["name"] != graph.vs["name"]
    assert as_igraph(turned).vs["name"] == graph.vs["name"]
    assert as_igraph(graph, directed=True).is_directed()
