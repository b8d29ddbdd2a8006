"""What a network loses when nodes vanish, on graphs whose answers are plain."""

from __future__ import annotations

import igraph as ig
import networkx as nx
import pytest

from netscam.analysis.temporal.vanished import carried, connectors
from netscam.errors import GraphError
from netscam.graph.build import as_igraph


def network(ties: list[tuple[str, str]], **types: str) -> ig.Graph:
    graph = nx.Graph(ties)
    nx.set_node_attributes(graph, {n: {"type": types.get(n, "operator"), "name": n.upper()} for n in graph})
    return as_igraph(graph)


def rows(graph: ig.Graph, gone: list[str], **options: object) -> dict[str, list[float]]:
    table = carried(graph, gone, **options).set_index("quantity")
    return {str(name): table.loc[name, ["before", "after", "share"]].tolist() for name in table.index}


def test_the_middle_of_a_path_carries_it() -> None:
    found = rows(network([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]), ["c"])
    assert found["nodes"] == [5, 4, 0.2]
    assert found["ties"] == [4, 2, 0.5]
    assert found["betweenness"] == [10, 6, 0.4]  # 3 + 4 + 3
    assert found["connected_pairs"] == [10, 2, 0.8]
    assert found["largest_component"] == [5, 2, 0.6]


def test_nothing_gone_nothing_lost() -> None:
    found = rows(network([("a", "b"), ("b", "c")]), [])
    assert [values[2] for values in found.values()] == [0] * 5


def test_random_sets_of_the_same_size() -> None:
    star = network([("hub", leaf) for leaf in "abcd"])
    table = carried(star, ["a"], among=list("abcd"), draws=20).set_index("quantity")
    assert table.loc["ties", ["share", "random", "random_low", "random_high"]].tolist() == [0.25] * 4
    assert carried(star, ["a", "b"], among=["a"]).set_index("quantity")["random"].isna().all()
    again = carried(star, ["a"], among=["a", "hub"], seed=5)
    assert again.equals(carried(star, ["a"], among=["hub", "a"], seed=5))


def test_unknown_names() -> None:
    with pytest.raises(GraphError):
        carried(network([("a", "b")]), ["z"])


def test_connectors() -> None:
    ties = [("boss", "gone1"), ("boss", "open1"), ("aide", "gone1"), ("aide", "boss"), ("aide", "firm"),
            ("firm", "open2"), ("home", "gone1"), ("home", "open1")]  # fmt: skip
    sites = dict.fromkeys(("gone1", "open1", "open2"), "compound")
    graph = network(ties, home="address", firm="company", **sites)
    table = connectors(graph, ["gone1"], ["open1", "open2"], actors=["operator", "company"])
    assert table[["id", "ties", "ties_left", "gone", "active", "through"]].to_numpy().tolist() == [
        ["boss", 3, 2, "gone1", "open1", ""],
        ["aide", 3, 2, "gone1", "", "open1;open2"],
    ]
    assert not table["weak"].any()
    assert connectors(graph, [], ["open1"], actors=["operator"]).empty
