"""Sets for a record that misses ties: a known case, what is learned, limits, and repeatability."""

from __future__ import annotations

import json
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pytest

from netscam.analysis.keynodes import csr_from_edges, robust_set
from netscam.analysis.keynodes.missing.imputed import imputation_of
from netscam.analysis.keynodes.missing.near import learn, near_pairs
from netscam.errors import GraphError


def caves(cliques: int, size: int) -> nx.Graph:
    """A ring of cliques, whose hidden ties lie inside the cliques."""
    return nx.connected_caveman_graph(cliques, size)


def thinned(graph: nx.Graph, share: float, seed: int) -> igraph.Graph:
    edges = np.array(sorted(tuple(sorted(edge)) for edge in graph.edges))
    kept = np.random.default_rng(seed).random(len(edges)) >= share
    result = igraph.Graph(n=graph.number_of_nodes(), edges=edges[kept].tolist())
    result.vs["name"] = [str(v) for v in range(result.vcount())]
    return result


def test_nothing_missing_is_adaptive_betweenness() -> None:
    found = robust_set(nx.path_graph(7), 1, missing=0.0, draws=3)
    assert (found.nodes, found.recorded, found.value, found.standard_error) == (("3",), 3, 3.0, 0.0)
    assert (found.plain_nodes, found.plain_value, found.plain_recorded) == (("3",), 3.0, 3)


def test_the_tie_that_closes_two_halves_is_foreseen() -> None:
    """Two cliques of 6 share node 5; the record misses two ties inside them; the shared node alone parts them."""
    graph = nx.compose(nx.complete_graph(6), nx.complete_graph(range(5, 11)))
    graph.remove_edges_from([(0, 1), (8, 9)])
    found = robust_set(graph, 1, missing=0.1, draws=20)
    assert found.nodes == ("5",)
    assert found.recorded == 5


def test_hidden_ties_of_cliques_are_learned() -> None:
    full = caves(12, 8)
    csr = csr_from_edges(96, thinned(full, 0.25, 3).get_edgelist())
    chance, near = learn(csr, 0.25, np.random.Generator(np.random.PCG64(1)))
    pairs = near_pairs(csr)
    true = np.array([full.has_edge(*pair) for pair in pairs.ends.tolist()])
    assert near > 0.8
    assert chance[true].mean() > 2 * chance[~true].mean()


def test_near_pairs_by_hand() -> None:
    pairs = near_pairs(csr_from_edges(5, [(0, 1), (1, 2), (2, 3), (0, 4), (4, 2)]))
    assert pairs.ends.tolist() == [[0, 2], [1, 3], [1, 4], [3, 4]]
    common = np.exp(pairs.features[:, 3])
    assert common.round(6).tolist() == [2, 1, 2, 1]
    assert (pairs.features[0, 4] ** 2).round(6) == 1.0  # two common neighbours of degree 2
    assert pairs.features[:, 5].round(6).tolist() == [round(2 / 3, 6), 0.5, 1.0, 0.5]


def test_draws_hold_the_record_and_as_many_ties_as_are_missing() -> None:
    csr = csr_from_edges(96, thinned(caves(12, 8), 0.25, 3).get_edgelist())
    imputation = imputation_of(csr, 0.25, np.random.default_rng(7))
    known = {tuple(edge) for edge in csr.edges().tolist()}
    added = []
    for number in range(40):
        drawn = {tuple(edge) for edge in imputation.draw(1.0, 7, number).edges().tolist()}
        assert known <= drawn
        added.append(len(drawn) - len(known))
    assert 0.5 * csr.m / 3 < np.mean(added) <= 1.1 * csr.m / 3


def test_where_nothing_can_be_foreseen_the_plain_set_is_kept() -> None:
    """A tree has no common neighbours that a tie closes."""
    found = robust_set(nx.balanced_tree(3, 3), 3, missing=0.3, draws=8)
    assert found.strength == 0.0
    assert (found.nodes, found.value) == (found.plain_nodes, found.plain_value)


def test_order_of_vertices_and_a_second_run_change_nothing() -> None:
    graph = thinned(caves(6, 6), 0.2, 1)
    shuffled = graph.permute_vertices(np.random.default_rng(1).permutation(36).tolist())
    one, two = (robust_set(each, 4, missing=0.2, draws=6, seed=5) for each in (graph, shuffled))
    assert one == two == robust_set(graph, 4, missing=0.2, draws=6, seed=5)
    assert json.loads(json.dumps(one.to_dict()))["nodes"] == list(one.nodes)
    assert one.to_frame()["node"].tolist() == list(one.nodes)


def test_limits_are_kept() -> None:
    graph = thinned(caves(6, 6), 0.2, 1)
    found = robust_set(graph, 4, draws=6, forbid=["0"], must=["7"])
    assert found.nodes[0] == "7"
    assert "0" not in found.nodes
    assert len(found.nodes) == 4
    allowed = [str(v) for v in range(6)]
    assert set(robust_set(graph, 3, draws=6, allow=allowed).nodes) <= set(allowed)


@pytest.mark.parametrize("graph", [nx.empty_graph(0), nx.empty_graph(3), nx.path_graph(2), nx.star_graph(4)])
def test_tiny_graphs(graph: nx.Graph) -> None:
    found = robust_set(graph, 2, draws=2)
    assert len(found.nodes) <= 2
    assert found.value == found.recorded


@pytest.mark.parametrize("asked", [{"missing": 1.0}, {"missing": -0.1}, {"draws": 0}, {"forbid": ["nobody"]}])
def test_senseless_questions_are_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(GraphError):
        robust_set(nx.path_graph(3), 1, **asked)
