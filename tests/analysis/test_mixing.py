"""Ties by type against chance: known answers and invariants."""

from __future__ import annotations

import math

import igraph as ig
import numpy as np
import pytest

from netscam.analysis.mixing import assortativity, expected_mixing
from netscam.analysis.summary import mixing


def typed(edges: list[tuple[int, int]], types: str) -> ig.Graph:
    graph = ig.Graph(n=len(types), edges=edges)
    graph.vs["name"] = [f"n{i}" for i in range(len(types))]
    graph.vs["type"] = list(types)
    graph.es["probability"] = 1.0
    return graph


@pytest.mark.parametrize(
    ("edges", "types", "value"),
    [
        ([(0, 1), (2, 3)], "aabb", 1.0),
        ([(0, 2), (1, 3)], "aabb", -1.0),
        ([(0, 1), (0, 2), (1, 3), (2, 3)], "aabb", 0.0),
    ],
)
def test_known_coefficients(edges, types, value) -> None:
    assert assortativity(typed(edges, types)) == pytest.approx(value)


def test_undefined_cases() -> None:
    assert math.isnan(assortativity(typed([], "ab")))
    assert math.isnan(assortativity(typed([(0, 1)], "aa")))
    assert expected_mixing(typed([], "ab")).to_numpy().sum() == 0


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_igraph_and_keeps_the_number_of_ties(seed) -> None:
    rng = np.random.default_rng(seed)
    pairs = sorted({tuple(sorted(map(int, rng.choice(30, 2, replace=False)))) for _ in range(60)})
    types = "".join(rng.choice(list("abcd"), 30))
    graph = typed(pairs, types)
    codes = ["abcd".index(kind) for kind in types]
    assert assortativity(graph) == pytest.approx(graph.assortativity_nominal(codes, directed=False))
    expected, observed = expected_mixing(graph), mixing(graph)
    assert np.triu(expected.to_numpy()).sum() == pytest.approx(graph.ecount())
    assert expected.index.equals(observed.index)
    assert np.allclose(expected, expected.T)
    order = rng.permutation(30).tolist()
    assert assortativity(graph.permute_vertices(order)) == pytest.approx(assortativity(graph))
