"""Rankings in which ids and the order of vertices have no say."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from netscam.analysis.temporal.foresee import KEYS, ORDERS, foresee
from netscam.errors import GraphError
from netscam.graph.build import as_igraph


def graphs(graph: nx.Graph) -> dict[bool, object]:
    nx.set_node_attributes(graph, {n: {"type": "operator", "name": f"Name {n}"} for n in graph})
    return {directed: as_igraph(graph, directed=directed) for directed in (False, True)}


@pytest.fixture(scope="module")
def karate() -> nx.Graph:
    return nx.relabel_nodes(nx.Graph(nx.karate_club_graph().edges), lambda n: f"n{n:02d}")


def test_other_ids_give_the_same_scores(karate: nx.Graph) -> None:
    order = np.random.default_rng(3).permutation(34)
    named = {f"n{i:02d}": f"x{order[i]:02d}" for i in range(34)}
    one = foresee(graphs(karate), list(karate), k=0).scores
    other = foresee(graphs(nx.relabel_nodes(karate, named)), list(named.values()), k=0).scores
    assert list(one.columns) == list(other.columns)
    np.testing.assert_array_equal(one.to_numpy(), other.loc[[named[i] for i in one.index]].to_numpy())


def test_equal_positions_are_equal() -> None:
    scores = foresee(graphs(nx.relabel_nodes(nx.cycle_graph(9), str)), [str(n) for n in range(9)], k=0).scores
    assert (scores.nunique(dropna=False) == 1).all()


def test_the_key_node_set_is_shared_among_equals() -> None:
    """Two stars: the hubs are in every set; of the leaves none is preferred by name."""
    ties = [("h1", f"a{i}") for i in range(4)] + [("h2", f"b{i}") for i in range(4)]
    found = foresee(graphs(nx.Graph(ties)), sorted({n for tie in ties for n in tie}), measures=["degree"], k=3)
    assert found.scores.loc[["h1", "h2"], KEYS].tolist() == [1.0, 1.0]
    assert len(found.sets) == ORDERS
    assert found.proven
    barred = foresee(graphs(nx.Graph(ties)), ["h1", "h2", "a0"], measures=["degree"], k=1, forbid=["h1"])
    assert barred.scores.loc["h2", KEYS] == 1.0


def test_candidates_must_be_there(karate: nx.Graph) -> None:
    for candidates in ([], ["nobody"]):
        with pytest.raises(GraphError):
            foresee(graphs(karate), candidates)
