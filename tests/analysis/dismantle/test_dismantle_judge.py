"""The judge against plain networkx, and the areas and sizes of curves that a hand can work out."""

from __future__ import annotations

import math
import random

import networkx as nx
import numpy as np
import pytest

from netscam.analysis.dismantle.judge import order_area, removal_curve
from netscam.analysis.dismantle.result import area, removals
from netscam.analysis.keynodes.csr import CSR, csr_from_edges
from netscam.errors import GraphError


def csr_of(graph: nx.Graph) -> CSR:
    nodes = sorted(graph.nodes)
    number = {v: i for i, v in enumerate(nodes)}
    return csr_from_edges(len(nodes), [(number[a], number[b]) for a, b in graph.edges])


def slow_curve(graph: nx.Graph, order: list[int]) -> list[int]:
    left = graph.copy()
    curve = [max((len(c) for c in nx.connected_components(left)), default=0)]
    for v in order:
        left.remove_node(v)
        curve.append(max((len(c) for c in nx.connected_components(left)), default=0))
    return curve


@pytest.mark.parametrize("seed", range(25))
def test_curve_is_that_of_networkx(seed: int) -> None:
    graph = nx.gnm_random_graph(20, 5 + seed * 2, seed=seed)
    order = random.Random(seed).sample(range(20), seed % 21)
    assert removal_curve(csr_of(graph), order).tolist() == slow_curve(graph, order)


def test_star_falls_with_its_centre() -> None:
    curve = removal_curve(csr_of(nx.star_graph(10)), [0])
    assert curve.tolist() == [11, 1]
    assert area(curve, 11) == 1 / 11
    assert removals(curve, 11, 0.01) == removals(curve, 11, 0.1) == 1


def test_area_includes_the_first_point_below_a_tenth_and_nothing_behind_it() -> None:
    curve = np.array([100, 60, 30, 10, 9, 5, 1])
    assert area(curve, 100) == pytest.approx(0.60 + 0.30 + 0.10 + 0.09)
    assert removals(curve, 100, 0.1) == 3
    assert removals(curve, 100, 0.01) == 6


def test_area_of_an_order_that_never_gets_there_is_undefined() -> None:
    assert math.isnan(order_area(csr_of(nx.path_graph(30)), [15]))
    assert removals(np.array([30, 15]), 30, 0.1) is None


def test_a_network_of_small_pieces_has_no_area() -> None:
    assert area(np.array([2]), 100) == 0.0


def test_a_vertex_twice_or_unknown_is_refused() -> None:
    csr = csr_of(nx.path_graph(4))
    with pytest.raises(GraphError, match="different vertices"):
        removal_curve(csr, [1, 1])
    with pytest.raises(GraphError, match="different vertices"):
        removal_curve(csr, [4])
