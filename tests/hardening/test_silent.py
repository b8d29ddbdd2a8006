"""What may not change a result does not, and every measure agrees with a second implementation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from netscam.analysis.centrality import MEASURES, centrality
from netscam.data.dataset import Dataset, read_dataset
from netscam.data.evidence import relation_probabilities
from tests.fuzz.silent import KINDS, compare, random_graph, simple

NOT_OF_SIZE = (
    "closeness",
    "harmonic",
    "betweenness",
    "pagerank",
    "bridging",
    "katz",
    "eigenvector",
    "hub",
    "authority",
)
"""Measures that are normalised by the number of vertices, which an isolate raises."""
OF_SCALE = ("strength", "closeness", "harmonic", "katz")
"""Measures in the units of the weights; all others see only their proportions."""


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_measures_sets_and_partitions_agree_with_a_second_implementation(kind: int) -> None:
    wrong = [each for seed in (kind + 7000,) for each in compare(seed)]
    assert wrong == []


@pytest.fixture(scope="module")
def example() -> Dataset:
    return read_dataset("example")


def weighted(seed: int) -> tuple[object, bool]:
    kind, graph, _ = random_graph(seed)
    return simple(graph, directed="directed" in kind), "directed" in kind


@pytest.mark.parametrize("seed", [1, 3])
def test_names_do_not_matter(seed: int) -> None:
    import networkx as nx

    graph, directed = weighted(seed)
    order = np.random.Generator(np.random.PCG64(seed)).permutation(len(graph))
    renamed = nx.relabel_nodes(graph, {v: f"n{order[v]:02d}" for v in graph})
    for entry in MEASURES:
        options = {"weighted": entry.details["weight"] != "none", "directed": directed and entry.details["directed"]}
        old = centrality(graph, entry.name, **options).values[entry.name]
        new = centrality(renamed, entry.name, **options).values[entry.name]
        assert [new[f"n{order[v]:02d}"] for v in graph] == pytest.approx(
            [old[str(v)] for v in graph], abs=1e-7, nan_ok=True
        ), entry.name


@pytest.mark.parametrize("seed", [1, 3])
def test_an_isolate_changes_nobody_elses_rank(seed: int) -> None:
    graph, directed = weighted(seed)
    more = graph.copy()
    more.add_node(len(graph))
    for entry in MEASURES:
        options = {"weighted": entry.details["weight"] != "none", "directed": directed and entry.details["directed"]}
        old = centrality(graph, entry.name, **options).values[entry.name]
        new = centrality(more, entry.name, **options).values[entry.name].loc[old.index]
        if entry.name in NOT_OF_SIZE:
            pd.testing.assert_series_equal(old.round(7).rank(), new.round(7).rank(), check_names=False)
        else:
            assert new.to_numpy() == pytest.approx(old.to_numpy(), abs=1e-9, nan_ok=True), entry.name


@pytest.mark.parametrize("seed", [1, 3])
def test_the_unit_of_strength_does_not_matter(seed: int) -> None:
    graph, directed = weighted(seed)
    scaled = graph.copy()
    for *_, row in scaled.edges(data=True):
        row["strength"], row["distance"] = row["strength"] * 8, row["distance"] / 8
    for entry in MEASURES:
        options = {"weighted": entry.details["weight"] != "none", "directed": directed and entry.details["directed"]}
        old = centrality(graph, entry.name, **options).values[entry.name].to_numpy()
        new = centrality(scaled, entry.name, **options).values[entry.name].to_numpy()
        factor = 8.0 if entry.name in OF_SCALE and entry.name != "katz" else 1.0
        assert new == pytest.approx(factor * old, abs=1e-6, nan_ok=True), entry.name


def with_copies(data: Dataset, origin: str) -> Dataset:
    """Every row of evidence once more, from a copy of its document that names ``origin`` as where it has it from."""
    documents = data.documents.assign(id="copy_" + data.documents["id"], url="")
    if origin == "same":
        own = data.documents["origin_group"].where(data.documents["origin_group"].ne(""), data.documents["id"])
        originals = data.documents.assign(origin_group=own)
        documents = documents.assign(origin_group=own)
    else:
        originals, documents = data.documents, documents.assign(origin_group="")
    evidence = data.evidence.assign(id="copy_" + data.evidence["id"], document="copy_" + data.evidence["document"])
    return replace(
        data,
        documents=pd.concat([originals, documents], ignore_index=True).sort_values("id", ignore_index=True),
        evidence=pd.concat([data.evidence, evidence], ignore_index=True).sort_values("id", ignore_index=True),
    )


def test_a_repeat_from_the_same_origin_counts_once(example: Dataset) -> None:
    before = relation_probabilities(example)
    repeated = relation_probabilities(with_copies(example, "same"))
    assert repeated.to_numpy() == pytest.approx(before.to_numpy(), abs=1e-12)
    independent = relation_probabilities(with_copies(example, "other"))
    supported = set(example.evidence.loc[example.evidence["stance"] == "supports", "relation"])
    disputed = set(example.evidence.loc[example.evidence["stance"] == "disputes", "relation"])
    rises = before.index.isin(supported - disputed)
    assert (independent[rises] > before[rises]).all()


def test_rows_in_another_order_are_the_same_dataset(example: Dataset, tmp_path: Path) -> None:
    from netscam.data.dataset import write_dataset

    folder = write_dataset(example, tmp_path / "x")
    for path in folder.glob("*.csv"):
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    assert read_dataset(folder).hash() == example.hash()
