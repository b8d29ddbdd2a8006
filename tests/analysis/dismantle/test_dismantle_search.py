"""The searches against brute force, against published values, and the state under them against plain counting."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from netscam.analysis.dismantle.kernels.neighbourhood import flip, merge, merger, settle, start_state
from netscam.analysis.dismantle.search import fragmentation_search, smallest_set
from netscam.analysis.keynodes.csr import CSR, csr_from_edges, csr_from_names
from netscam.errors import GraphError

STEPS = 400


def csr_of(graph: nx.Graph) -> CSR:
    return csr_from_edges(graph.number_of_nodes(), list(graph.edges))


def pieces(graph: nx.Graph, removed: set[int]) -> list[int]:
    return [len(c) for c in nx.connected_components(graph.subgraph(set(graph) - removed))]


def pairs(graph: nx.Graph, removed: set[int]) -> int:
    return sum(s * (s - 1) // 2 for s in pieces(graph, removed))


def test_state_agrees_with_plain_counting_through_random_changes() -> None:
    for seed in range(6):
        graph = nx.gnm_random_graph(25, 20 + 8 * seed, seed=seed)
        csr = csr_of(graph)
        draw = random.Random(seed)
        removed = set(draw.sample(range(25), 5))
        state, total = start_state(csr.indptr, csr.indices, np.array(sorted(removed), np.int64))
        assert total == pairs(graph, removed)
        for _ in range(30):
            change = set(draw.sample(range(25), draw.randint(1, 6)))
            total += flip(csr.indptr, csr.indices, state, np.array(sorted(change), np.int64))
            removed ^= change
            assert set(np.flatnonzero(state[0])) == removed
            assert total == pairs(graph, removed)
            back = draw.sample(sorted(removed), min(2, len(removed)))
            for v in back:
                size, joined = merger(csr.indptr, csr.indices, state, v)
                removed.remove(v)
                assert joined == pairs(graph, removed) - total
                assert size == len(nx.node_connected_component(graph.subgraph(set(graph) - removed), v))
                merge(csr.indptr, csr.indices, state, v)
                total += joined
            settle(csr.indptr, csr.indices, state, np.array(back, np.int64))
            for v in set(graph) - removed:
                assert state[3][v] == pairs(graph, removed) - pairs(graph, removed | {v})


@pytest.mark.parametrize("seed", range(12))
def test_fragmentation_is_that_of_brute_force(seed: int) -> None:
    graph = nx.gnm_random_graph(10, 9 + seed, seed=seed)
    draw = random.Random(seed)
    costs = [draw.choice([1.0, 1.5, 3.0]) for _ in range(10)]
    free = set(draw.sample(range(10), 8))
    must = set(draw.sample(sorted(free), 1))
    budget = 6.0
    best = min(
        pairs(graph, set(chosen))
        for k in range(7)
        for chosen in combinations(sorted(free), k)
        if must <= set(chosen) and sum(costs[v] for v in chosen) <= budget
    )
    found = fragmentation_search(
        csr_of(graph), costs=costs, budget=budget, candidates=free, must=must, iterations=STEPS, seed=seed
    )
    assert must <= set(found.nodes) <= free
    assert found.cost == sum(costs[v] for v in found.nodes) <= budget
    assert found.value == pairs(graph, set(found.nodes)) == best


@pytest.mark.parametrize("seed", range(12))
def test_smallest_set_is_that_of_brute_force(seed: int) -> None:
    graph = nx.gnm_random_graph(10, 9 + seed, seed=seed)
    draw = random.Random(seed)
    costs = [draw.choice([1.0, 1.5, 3.0]) for _ in range(10)]
    free = set(draw.sample(range(10), 8))
    must = {min(free)}
    fitting = [
        sum(costs[v] for v in chosen)
        for k in range(9)
        for chosen in combinations(sorted(free), k)
        if must <= set(chosen) and max(pieces(graph, set(chosen)), default=0) <= 3
    ]
    given = {"costs": costs, "candidates": free, "must": must, "iterations": STEPS, "seed": seed}
    if not fitting:
        with pytest.raises(GraphError, match="no set of the candidates"):
            smallest_set(csr_of(graph), 3, **given)
        return
    found = smallest_set(csr_of(graph), 3, **given)
    assert must <= set(found.nodes) <= free
    assert max(pieces(graph, set(found.nodes)), default=0) <= 3
    assert found.value == found.cost == pytest.approx(min(fitting))


def test_a_seed_repeats_and_a_longer_search_is_no_worse() -> None:
    csr = csr_of(nx.gnm_random_graph(80, 140, seed=4))
    first = fragmentation_search(csr, 12, iterations=2000, seed=5)
    assert first == fragmentation_search(csr, 12, iterations=2000, seed=5)
    assert smallest_set(csr, 8, iterations=500, seed=5) == smallest_set(csr, 8, iterations=500, seed=5)
    assert smallest_set(csr, 8, iterations=500, seed=5).value <= smallest_set(csr, 8, iterations=0, seed=5).value


def test_a_start_of_any_quality_is_repaired() -> None:
    csr = csr_of(nx.cycle_graph(12))
    assert smallest_set(csr, 5, start=[0], iterations=50).value == 2
    assert smallest_set(csr, 5, start=range(12), iterations=50).value == 2


def test_bad_questions_are_refused() -> None:
    csr = csr_of(nx.path_graph(5))
    with pytest.raises(GraphError, match="either k or budget"):
        fragmentation_search(csr)
    with pytest.raises(GraphError, match="does not pay"):
        fragmentation_search(csr, 1, must=[0, 1])
    with pytest.raises(GraphError, match="positive numbers"):
        fragmentation_search(csr, costs=[0, 1, 1, 1, 1], budget=2)
    with pytest.raises(GraphError, match="outside"):
        smallest_set(csr, 2, candidates=[7])
    with pytest.raises(GraphError, match="at least 1"):
        smallest_set(csr, 0)


def test_the_odd_graphs() -> None:
    for graph in (nx.Graph(), nx.empty_graph(1), nx.empty_graph(4)):
        assert fragmentation_search(csr_of(graph), 2, iterations=20).value == 0
        assert smallest_set(csr_of(graph), 1, iterations=20).nodes == ()
    assert fragmentation_search(csr_of(nx.path_graph(3)), 5, iterations=20).value == 0
    assert fragmentation_search(csr_of(nx.path_graph(3)), 0, iterations=20).nodes == ()


def read(path: Path) -> CSR:
    rows = [line.split("\t") for line in path.read_text().splitlines() if not line.startswith("#")]
    return csr_from_names([(row[0].strip(), row[1].strip()) for row in rows])


@pytest.mark.parametrize(
    ("name", "k", "value"),
    [
        ("criminal/crime_911_krebs", 5, 595),
        ("criminal/crime_911_krebs", 10, 202),
        ("criminal/crime_morselli_caviar", 5, 879),
        ("criminal/crime_Montagna_meetings", 10, 384),
        ("criminal/crime_LONDON_GANG", 10, 549),
        ("cnp/cnp_Bovine", 3, 268),
        ("cnp/cnp_Ecoli", 15, 806),
        ("cnp/cnp_ForestFire_n250", 50, 194),
        ("cnp/cnp_BarabasiAlbert_n500m1", 50, 195),
    ],
)
def test_published_values_are_reached(shared: Path, name: str, k: int, value: int) -> None:
    csr = read(shared / "networks" / f"{name}.edges")
    assert fragmentation_search(csr, k, iterations=20_000).value == value


@pytest.mark.parametrize(
    ("name", "size", "value"),
    [
        ("criminal/crime_911_krebs", 6, 14),
        ("criminal/crime_morselli_caviar", 2, 19),
        ("criminal/crime_Montagna_meetings", 10, 13),
        ("dismantling/gnd_Crime", 75, 17),
        ("dismantling/gnd_Corruption", 30, 29),
    ],
)
def test_proven_smallest_sets_are_reached(shared: Path, name: str, size: int, value: int) -> None:
    csr = read(shared / "networks" / f"{name}.edges")
    assert smallest_set(csr, size, iterations=3000).value == value
