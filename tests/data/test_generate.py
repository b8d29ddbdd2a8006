"""The generator: valid, seeded, and true to what it plants."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netscam.data.dataset import check_dataset, find_dataset
from netscam.data.generate import generate, write_generated
from netscam.errors import GraphError
from netscam.graph.build import to_igraph


def pairs_left(graph: nx.Graph, removed: set[str]) -> int:
    left = graph.subgraph(set(graph) - removed)
    return sum(len(c) * (len(c) - 1) // 2 for c in nx.connected_components(left))


def as_networkx(data) -> nx.Graph:
    built = to_igraph(data)
    names = built.vs["name"]
    graph = nx.Graph([(names[a], names[b]) for a, b in built.get_edgelist()])
    graph.add_nodes_from(names)
    return graph


def test_same_seed_same_bytes() -> None:
    assert generate(seed=5).data.hash() == generate(seed=5).data.hash()
    assert generate(seed=5).data.hash() != generate(seed=6).data.hash()


def test_the_shipped_example_is_what_the_datasheet_says(tmp_path: Path) -> None:
    made = generate(relations=102, cells=4, planted=3, seed=2026, name="example")
    write_generated(made, tmp_path)
    for file in tmp_path.iterdir():
        assert file.read_bytes() == (find_dataset("example") / file.name).read_bytes(), file.name


@settings(max_examples=15)
@given(st.integers(60, 400), st.integers(2, 5), st.integers(0, 99), st.sampled_from([0.0, 0.2]))
def test_generated_datasets_are_valid(tmp_path_factory, relations: int, planted: int, seed: int, errors: float) -> None:
    folder = tmp_path_factory.mktemp("made") / "made"
    write_generated(generate(relations=relations, cells=planted + 3, planted=planted, seed=seed, errors=errors), folder)
    data, problems = check_dataset(folder)
    assert problems == []
    assert data is not None
    assert data.synthetic


@pytest.mark.parametrize("seed", range(3))
def test_planted_nodes_are_the_best_set(seed: int) -> None:
    made = generate(relations=70, cells=4, planted=2, seed=seed)
    graph = as_networkx(made.data)
    assert nx.is_connected(graph)
    planted = pairs_left(graph, set(made.key_nodes))
    best = min(pairs_left(graph, set(pair)) for pair in combinations(sorted(graph), 2))
    assert planted == best


def test_errors_are_known_and_weak() -> None:
    from netscam.data.evidence import relation_probabilities

    made = generate(relations=600, errors=0.2, seed=1)
    likely = relation_probabilities(made.data)
    false = likely[list(made.false_relations)]
    assert 0.1 < len(false) / len(likely) < 0.25
    assert false.median() < likely.drop(false.index).median()


def test_all_entity_types_and_event_types_occur() -> None:
    from netscam.schema import load_schema

    data = generate().data
    assert set(data.entities["type"]) == set(load_schema().entity_types)
    assert set(data.events["type"]) == set(load_schema().vocabularies["event_types"])


def test_sizes_that_do_not_fit() -> None:
    with pytest.raises(GraphError, match="cells > planted"):
        generate(cells=3, planted=3)
