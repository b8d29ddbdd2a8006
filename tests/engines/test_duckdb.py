"""Algorithms in SQL on DuckDB against igraph, on every shape that could break them."""

from __future__ import annotations

import math
from pathlib import Path

import igraph as ig
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netscam.engines.components import components
from netscam.engines.core import core, coreness
from netscam.engines.hops import hops
from netscam.engines.labels import propagate
from netscam.engines.pagerank import WHOLE, isolate_rank, pagerank
from netscam.engines.tables import EngineError, Tables, number
from netscam.errors import UnknownNameError
from tests.engines.shapes import SHAPES, by_number, chain, component_labels, load_ties, planted, power_law, simple

EDGES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=30)


@pytest.mark.parametrize("shape", SHAPES)
def test_components_are_those_of_igraph(shape: str, duck: Tables, tmp_path: Path) -> None:
    loaded = load_ties(duck, tmp_path, SHAPES[shape]())
    graph = simple(SHAPES[shape]())
    rounds = components(loaded)
    assert by_number(duck, "select n, label from label") == component_labels(graph)
    assert rounds <= max(1, 2 * math.log2(max(2, loaded.tied)))
    assert loaded.nodes == graph.vcount()
    assert loaded.ties == graph.ecount()


def test_a_long_chain_takes_few_rounds(duck: Tables, tmp_path: Path) -> None:
    loaded = load_ties(duck, tmp_path, chain(200_000))
    assert components(loaded) <= 20
    assert duck.rows("select count(*), min(label), max(label) from label") == [(200_000, 0, 0)]


@pytest.mark.parametrize("shape", SHAPES)
def test_pagerank_is_that_of_igraph_within_its_bound(shape: str, duck: Tables, tmp_path: Path) -> None:
    loaded = load_ties(duck, tmp_path, SHAPES[shape]())
    graph = simple(SHAPES[shape]())
    ranks = pagerank(loaded, tolerance=1e-7)
    found = by_number(duck, "select n, value from rank")
    made = [found.get(name, isolate_rank(loaded)) for name in graph.vs["name"]]
    assert np.abs(np.array(made) - graph.pagerank(damping=0.85)).sum() <= ranks.bound + 1e-9
    assert math.isclose(sum(made), 1, abs_tol=1e-12)
    assert ranks.rounds <= 30  # plain rounds take up to a hundred


def test_pagerank_is_bit_for_bit_the_same_with_one_thread(duck: Tables, tmp_path: Path) -> None:
    from netscam.engines.duck import DuckTables

    ends = power_law(3000, 9000)
    pagerank(load_ties(duck, tmp_path, ends))
    alone = DuckTables(threads=1)
    pagerank(load_ties(alone, tmp_path, ends[::-1]))
    sql = "select n, value from rank order by n"
    assert duck.rows(sql) == alone.rows(sql)
    alone.close()
    assert WHOLE < 2**63


@pytest.mark.parametrize("k", [1, 2, 3, 5, 40])
@pytest.mark.parametrize("room", [0, None])
def test_the_core_is_that_of_igraph(k: int, room: int | None, duck: Tables, tmp_path: Path) -> None:
    ends = np.concatenate([power_law(400, 1500), chain(60) + 1000])
    loaded = load_ties(duck, tmp_path, ends)
    core(loaded, k, room=room)
    graph = simple(ends)
    inside = [name for name, level in zip(graph.vs["name"], graph.coreness(), strict=True) if level >= k]
    assert sorted(row[0] for row in duck.rows("select n from kept")) == inside


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("room", [0, None])
def test_core_numbers_are_those_of_igraph(shape: str, room: int | None, duck: Tables, tmp_path: Path) -> None:
    ends = SHAPES[shape]()[:200]
    coreness(load_ties(duck, tmp_path, ends), room=room)
    graph = simple(ends)
    numbers = dict(zip(graph.vs["name"], graph.coreness(), strict=True))
    assert by_number(duck, "select n, core from coreness") == {name: k for name, k in numbers.items() if k}


def test_a_long_chain_is_peeled_here(duck: Tables, tmp_path: Path) -> None:
    loaded = load_ties(duck, tmp_path, chain(20_000))
    assert core(loaded, 2) <= 6
    assert duck.rows("select count(*) from kept") == [(0,)]


@pytest.mark.parametrize("steps", [0, 1, 3, 500])
def test_hops_are_those_of_igraph(steps: int, duck: Tables, tmp_path: Path) -> None:
    ends = np.concatenate([power_law(300, 400), chain(50) + 1000])
    loaded = load_ties(duck, tmp_path, ends)
    graph = simple(ends)
    seeds = [5, 1010]
    assert hops(loaded, [str(seed) for seed in seeds], steps) <= steps
    far = np.min(graph.distances([graph.vs["name"].index(seed) for seed in seeds]), axis=0)
    near = {name: int(d) for name, d in zip(graph.vs["name"], far, strict=True) if d <= steps}
    assert by_number(duck, "select n, step from kept") == near
    with pytest.raises(UnknownNameError, match="no node called '9999'"):
        hops(loaded, ["5", "9999"], 1)


def test_label_propagation_finds_planted_groups(duck: Tables, tmp_path: Path) -> None:
    ends = planted(groups=12, size=40, inside=6, outside=15)
    found = propagate(load_ties(duck, tmp_path, ends))
    labels = by_number(duck, "select n, label from label")
    truth = [name // 40 for name in labels]
    assert ig.compare_communities(truth, _codes(labels.values()), method="nmi") > 0.95
    graph = simple(ends)
    membership = _codes([labels.get(name, -1) for name in graph.vs["name"]])
    assert math.isclose(found.modularity, graph.modularity(membership), abs_tol=1e-12)
    assert not found.collapsed


def test_label_propagation_comes_to_rest_on_two_modes(duck: Tables, tmp_path: Path) -> None:
    loaded = load_ties(duck, tmp_path, np.array([[a, b + 10] for a in range(4) for b in range(6)]))
    assert propagate(loaded).rounds < 10


def test_label_propagation_repeats_itself_and_listens_to_the_seed(duck: Tables, tmp_path: Path) -> None:
    loaded = load_ties(duck, tmp_path, power_law(500, 700))
    runs = []
    for seed in (0, 0, 1):
        propagate(loaded, seed=seed)
        runs.append(by_number(duck, "select n, label from label"))
    assert runs[0] == runs[1] != runs[2]


def test_numbers_follow_the_order_of_ids(duck: Tables) -> None:
    number(duck, "numbered", "select * from (values ('b'), ('é'), ('B'), ('a')) as t(id)")
    assert duck.rows("select id from numbered order by n") == [("B",), ("a",), ("b",), ("é",)]


def test_text_ids_give_the_same_as_numbers(duck: Tables, tmp_path: Path) -> None:
    ends = power_law(300, 500)
    loaded = load_ties(duck, tmp_path, ends, text=True)
    components(loaded)
    sql = "select a.id, b.id from label as l join nodes as a on l.n = a.n join nodes as b on l.label = b.n"
    of_text = dict(duck.rows(sql))
    graph = simple(ends)
    parts = [[str(graph.vs["name"][v]) for v in part] for part in graph.connected_components() if len(part) > 1]
    assert of_text == {name: min(part) for part in parts for name in part}


def test_small_networks_of_any_shape(duck: Tables, tmp_path: Path) -> None:
    @settings(max_examples=20)
    @given(EDGES, st.integers(1, 4))
    def check(edges: list[tuple[int, int]], k: int) -> None:
        loaded = load_ties(duck, tmp_path, np.array(edges))
        graph = simple(np.array(edges))
        components(loaded)
        assert by_number(duck, "select n, label from label") == component_labels(graph)
        coreness(loaded, room=0)
        numbers = {name: k for name, k in zip(graph.vs["name"], graph.coreness(), strict=True) if k}
        assert by_number(duck, "select n, core from coreness") == numbers
        core(loaded, k, room=0)
        inside = [name for name, level in zip(graph.vs["name"], graph.coreness(), strict=True) if level >= k]
        assert sorted(row[0] for row in duck.rows("select n from kept")) == inside

    check()


def test_a_broken_statement_is_one_line(duck: Tables) -> None:
    with pytest.raises(EngineError, match=r"^DuckDB: .*nowhere") as caught:
        duck.rows("select * from nowhere")
    assert "\n" not in str(caught.value)


def _codes(values: object) -> list[int]:
    return np.unique(list(values), return_inverse=True)[1].tolist()
