"""The published study of imperfect data: shape of the curves and order of the measures on random graphs."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from netscam.analysis.uncertainty import ERRORS, centrality_accuracy
from netscam.analysis.uncertainty.error_study import _SPOILS
from netscam.errors import GraphError, UnknownNameError
from netscam.graph.build import as_igraph

KINDS = ["top1", "top3", "top10", "overlap", "r2"]
LEVELS = (0.01, 0.05, 0.1, 0.25, 0.5)
MEASURES = ("degree", "closeness", "betweenness")


@pytest.fixture(scope="module")
def study() -> pd.DataFrame:
    """Random graphs of 40 nodes at three densities."""
    frames = []
    for density in (0.1, 0.3, 0.7):
        for seed in range(12):
            graph = nx.gnp_random_graph(40, density, seed=seed)
            table = centrality_accuracy(graph, MEASURES, levels=LEVELS, runs=3, seed=seed)
            frames.append(table.assign(density=density))
    return pd.concat(frames, ignore_index=True)


def test_accuracy_falls_smoothly_with_the_amount_of_error(study: pd.DataFrame) -> None:
    """Borgatti, Carley & Krackhardt 2006: a smooth, monotone fall without a threshold, for every kind of error."""
    for (_, _), rows in study.groupby(["error", "measure"]):
        curve = rows.groupby("level")[["r2", "overlap"]].mean()
        assert (curve.diff().dropna() < 0.03).all().all()
        assert curve["r2"].iloc[0] > 0.9
        assert curve["r2"].iloc[-1] < 0.8
        steps = -curve["r2"].diff().dropna()
        assert steps.max() < 0.45


def test_the_measures_respond_alike(study: pd.DataFrame) -> None:
    for _, rows in study.groupby(["error", "level"]):
        means = rows.groupby("measure")["r2"].mean()
        assert means.max() - means.min() < 0.3
    by_measure = study.groupby("measure")["r2"].mean()
    assert by_measure.max() - by_measure.min() < 0.1


def test_the_eigenvector_responds_like_the_others() -> None:
    graph = nx.gnp_random_graph(40, 0.2, seed=1)
    table = centrality_accuracy(graph, levels=[0.1], runs=5).groupby("measure")["r2"].mean()
    assert abs(table["eigenvector"] - table["degree"]) < 0.1


def test_degree_is_the_most_robust_and_betweenness_and_closeness_follow_close_behind(study: pd.DataFrame) -> None:
    by_measure = study.groupby("measure")[["r2", "overlap"]].mean()
    assert (by_measure.loc["degree"] >= by_measure.max()).all()
    assert (by_measure.loc["degree"] - by_measure < 0.06).all().all()


def test_dense_networks_suffer_most_from_lost_edges_and_least_from_lost_nodes(study: pd.DataFrame) -> None:
    """As published; additions are left out, since ours are shares of what is there and fill dense graphs up."""
    by_density = study.groupby(["error", "density"])["r2"].mean().unstack()
    assert by_density.loc["edge deletion", 0.7] < by_density.loc["edge deletion", 0.1] - 0.05
    assert by_density.loc["node deletion", 0.7] > by_density.loc["node deletion", 0.1]


def test_no_error_is_full_accuracy() -> None:
    table = centrality_accuracy(nx.krackhardt_kite_graph(), levels=[0.0], runs=1)
    assert table["error"].drop_duplicates().tolist() == list(ERRORS)
    assert (table[KINDS].round(9) == 1).all().all()


def test_errors_do_what_they_say() -> None:
    graph = as_igraph(nx.gnm_random_graph(20, 40, seed=1))
    sizes = {}
    for name, spoil in _SPOILS.items():
        observed, kept = spoil(graph, 0.1, np.random.default_rng(0))
        assert observed.is_simple()
        sizes[name] = (observed.vcount(), observed.ecount(), len(kept))
    assert sizes["edge deletion"] == (20, 36, 20)
    assert sizes["edge addition"] == (20, 44, 20)
    assert sizes["node deletion"][0::2] == (18, 18)
    assert sizes["node addition"][0::2] == (22, 20)
    assert sizes["node addition"][1] > 40


def test_the_study_is_the_same_twice_and_refuses_nonsense() -> None:
    graph = nx.gnm_random_graph(12, 20, seed=1)
    one, two = (centrality_accuracy(graph, "degree", levels=[0.1], runs=3, seed=4) for _ in range(2))
    assert one.equals(two)
    with pytest.raises(UnknownNameError):
        centrality_accuracy(graph, errors=["lies"])
    with pytest.raises(UnknownNameError):
        centrality_accuracy(graph, "importance")
    with pytest.raises(GraphError):
        centrality_accuracy(graph, levels=[1.0])
    with pytest.raises(GraphError):
        centrality_accuracy(nx.path_graph(2))
