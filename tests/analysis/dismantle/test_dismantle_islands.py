"""Islands cut off from a mainland: the books, the limits, and published values."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from netscam.analysis.dismantle import fragmentation_search
from netscam.analysis.dismantle.kernels import islands
from netscam.analysis.dismantle.mainland import cut_off
from netscam.analysis.dismantle.rules import Clock, make_rules, random_stream
from netscam.analysis.keynodes import connected_pairs, csr_from_edges, read_edgelist
from netscam.analysis.keynodes.csr import CSR


def graph(seed: int, n: int = 30, m: int = 60) -> CSR:
    return csr_from_edges(n, list(nx.gnm_random_graph(n, m, seed=seed).edges))


def shore_of(csr: CSR, inside: np.ndarray) -> list[int]:
    return [v for v in range(csr.n) if not inside[v] and inside[csr.neighbours(v)].any()]


@pytest.mark.parametrize("seed", range(8))
def test_the_energy_of_the_best_is_what_is_left_in_one_mainland(seed: int) -> None:
    csr = graph(seed)
    rules = make_rules(csr.n, None, None, ())
    _, best, least = islands.anneal(
        csr.indptr, csr.indices, np.zeros(csr.n, np.bool_), rules.costs, rules.rules, 6.0, random_stream(seed),
        np.array([1.0, 0.1, 2.0]), np.array([0, 20_000, 20_000]),
    )  # fmt: skip
    shore = shore_of(csr, best)
    assert len(shore) <= 6
    islets = nx.Graph(csr.edges().tolist()).subgraph(np.flatnonzero(best).tolist())
    pairs = sum(len(part) * (len(part) - 1) // 2 for part in nx.connected_components(islets))
    alone = int(best.sum()) - len(islets)
    assert alone == sum(csr.degrees[v] == 0 for v in np.flatnonzero(best))
    mainland = csr.n - int(best.sum()) - 6
    assert least == mainland * (mainland - 1) / 2 + pairs
    assert connected_pairs(csr, shore) <= least + mainland * 6 + 36


@pytest.mark.parametrize("seed", range(6))
def test_as_good_as_brute_force_where_a_mainland_stays(seed: int) -> None:
    csr = graph(seed, 14, 22)
    best = min(connected_pairs(csr, list(nodes)) for nodes in combinations(range(14), 3))
    assert fragmentation_search(csr, 3, iterations=300, seed=seed).value == best


def test_costs_candidates_and_compulsory_nodes_are_heeded() -> None:
    csr = graph(3, 60, 100)
    costs = np.random.default_rng(1).integers(1, 6, 60).astype(float)
    rules = make_rules(60, costs, range(0, 60, 2), [1])
    shore = cut_off(csr, rules, 20.0, 2000, Clock(None), random_stream(0))
    assert shore is not None
    assert 1 in shore
    assert all(v % 2 == 0 or v == 1 for v in shore.tolist())
    assert costs[shore].sum() <= 20.0


@pytest.mark.parametrize(
    ("name", "k", "value", "steps"), [("Hamilton1000", 100, 306349, 8000), ("EU_flights", 119, 348268, 400)]
)
def test_large_published_values(shared: Path, name: str, k: int, value: int, steps: int) -> None:
    csr = read_edgelist(shared / "networks" / "cnp" / f"cnp_{name}.edges")
    assert value <= fragmentation_search(csr, k, iterations=steps).value <= value * 1.01
