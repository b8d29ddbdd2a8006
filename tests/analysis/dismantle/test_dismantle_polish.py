"""The polish: exact bookkeeping, never worse, repeatable, and optimal where every order can be tried."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pytest

from netscam.analysis.dismantle.judge import order_area, removal_curve
from netscam.analysis.dismantle.kernels.annealing import moved, sweep
from netscam.analysis.dismantle.methods import METHODS, Task
from netscam.analysis.dismantle.polish import polish
from netscam.analysis.keynodes.csr import csr_from_edges


def task_of(graph: nx.Graph, limit: int = 1, seed: int = 0) -> Task:
    csr = csr_from_edges(graph.number_of_nodes(), list(graph.edges))
    return Task(csr, np.ones(csr.n), limit, seed)


def test_moves_are_what_they_say() -> None:
    order = np.arange(6, dtype=np.int32)
    expected = {0: [0, 4, 1, 2, 3, 5], 1: [0, 2, 3, 4, 1, 5], 2: [0, 4, 2, 3, 1, 5]}
    for kind, result in expected.items():
        assert [moved(order, kind, 1, 4, s) for s in range(1, 5)] == result[1:5]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("warmth", [0.01, 5.0, 1e6])
def test_a_sweep_keeps_its_books(seed: int, warmth: float) -> None:
    task = task_of(nx.gnm_random_graph(60, 110, seed=seed), 2)
    start = METHODS["degree"].function(task)
    order, curve = start.astype(np.int32), removal_curve(task.csr, start).astype(np.int32)
    chance = np.array([seed], np.uint64)
    for _ in range(4):
        reached, _, _ = sweep(*task.arrays, order, curve, 6.0, warmth, 3.0, len(order), 40, chance)
        assert np.unique(order).size == order.size
        assert curve.tolist() == removal_curve(task.csr, order.astype(np.int64)).tolist()
        assert reached / 60 == pytest.approx(order_area(task.csr, order.astype(np.int64)))


@pytest.mark.parametrize("seed", range(4))
def test_the_best_of_all_orders_is_found_on_small_networks(seed: int) -> None:
    graph = nx.gnm_random_graph(7, 6 + 2 * seed, seed=seed)
    task = task_of(graph, seed=seed)
    best = min(order_area(task.csr, order) for order in permutations(range(7)))
    start = METHODS["degree"].function(task)
    assert order_area(task.csr, polish(task, start, iterations=20_000)) == pytest.approx(best)


def test_polish_is_never_worse_and_repeats() -> None:
    task = task_of(nx.barabasi_albert_graph(200, 2, seed=1), 2)
    start = METHODS["corehd+reinsertion"].function(task)
    first = polish(task, start, iterations=20_000)
    assert first.tolist() == polish(task, start, iterations=20_000).tolist()
    assert order_area(task.csr, first) < order_area(task.csr, start)
    assert polish(task, start, iterations=0).tolist() == start.tolist()


def test_krebs_is_polished_to_what_a_plain_search_finds(shared) -> None:
    rows = (shared / "networks" / "criminal" / "crime_911_krebs.edges").read_text().splitlines()[1:]
    task = task_of(nx.convert_node_labels_to_integers(nx.Graph([tuple(row.split()[:2]) for row in rows])))
    start = METHODS["collective-influence+reinsertion"].function(task)
    assert order_area(task.csr, polish(task, start, iterations=60_000)) == pytest.approx(359 / 62)
