"""Intervals keep their word where the truth is known, and break it when origin groups are ignored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest

from netscam.analysis.uncertainty import interval_coverage, uncertainty
from netscam.data.dataset import Dataset
from netscam.data.generate_calibrated import generate_calibrated, true_dataset
from netscam.errors import GraphError
from netscam.graph.build import to_igraph
from netscam.graph.sample import edge_sampler

MEASURES = ["harmonic", "pagerank"]
CASES, DRAWS = 12, 120


def covered(seed: int, *, ignore: bool) -> float:
    """Share of entities whose true rank the 90 % interval holds, in one generated case."""
    made = generate_calibrated(relations=500, cells=20, seed=seed)
    data: Dataset = made.data
    if ignore:
        data = replace(data, documents=data.documents.assign(origin_group=""))
    result = uncertainty(edge_sampler(data), MEASURES, draws=DRAWS, seed=seed + 1000)
    return float(interval_coverage(result, true_dataset(made))["covered"].mean())


def test_ninety_percent_intervals_hold_the_true_rank_in_88_to_92_percent_of_cases() -> None:
    assert 0.88 <= np.mean([covered(seed, ignore=False) for seed in range(CASES)]) <= 0.92


def test_ignoring_origin_groups_breaks_the_coverage() -> None:
    assert np.mean([covered(seed, ignore=True) for seed in range(CASES)]) < 0.8


def test_relations_drawn_apart_make_the_whole_network_look_surer_than_it_is() -> None:
    """Same probabilities, other dependence: the interval of the number of ties is then far too narrow."""
    hits: dict[Any, list[bool]] = {"origin": [], "none": []}
    for seed in range(40):
        made = generate_calibrated(seed=seed)
        true = to_igraph(true_dataset(made)).ecount()
        for dependence, found in hits.items():
            sampler = edge_sampler(made.data, dependence=dependence)
            low, high = np.quantile(sampler.draws(seed + 1000, 120).sum(axis=1), [0.05, 0.95])
            found.append(bool(low <= true <= high))
    assert np.mean(hits["origin"]) > 0.8
    assert np.mean(hits["none"]) < 0.65


def test_coverage_of_given_places() -> None:
    result = uncertainty(nx.path_graph(3), "degree", draws=5)
    table = interval_coverage(result, {"0": 2, "1": 1, "2": 3})
    assert table["id"].tolist() == ["1", "0", "2"]
    assert table["covered"].tolist() == [True, True, False]
    assert interval_coverage(result, nx.path_graph(3))["covered"].all()
    with pytest.raises(GraphError, match="no place"):
        interval_coverage(result, {"0": 1})
