"""The analysis graph and the evidence graph."""

from __future__ import annotations

from dataclasses import replace

import igraph as ig
import networkx as nx
import numpy as np
import pandas as pd
import pytest

from netscam.data.dataset import Dataset, read_dataset
from netscam.data.evidence import relation_probabilities, tie_factor
from netscam.errors import GraphError
from netscam.graph.build import as_igraph, to_igraph
from netscam.graph.evidence_graph import from_networkx, to_networkx
from netscam.schema import load_schema


@pytest.fixture(scope="module")
def mekong() -> Dataset:
    return read_dataset("mekong")


def as_rows(graph: ig.Graph) -> list[tuple[object, ...]]:
    names = graph.vs["name"]
    return [(names[e.source], names[e.target], e["probability"], e["strength"], e["distance"]) for e in graph.es]


@pytest.mark.parametrize("name", ["mekong", "example"])
def test_evidence_graph_and_back_gives_equal_tables(name: str) -> None:
    data = read_dataset(name)
    back = from_networkx(to_networkx(data), like=data)
    for table, frame in data.tables().items():
        if table != "costs":
            pd.testing.assert_frame_equal(back.tables()[table], frame)


def test_evidence_graph_has_one_edge_per_relation_keyed_by_its_id(mekong: Dataset) -> None:
    graph = to_networkx(mekong)
    assert sorted(key for *_, key in graph.edges(keys=True)) == list(mekong.relations["id"])
    assert sorted(graph) == list(mekong.entities["id"])


def test_from_networkx_wants_a_multidigraph() -> None:
    with pytest.raises(GraphError, match="MultiDiGraph"):
        from_networkx(nx.path_graph(3))


def test_analysis_graph_against_an_independent_count(mekong: Dataset) -> None:
    """The same graph made by networkx from the CSV rows, edge by edge."""
    left_out = set(mekong.entities.loc[mekong.entities["type"].isin(["authority", "place", "wallet"]), "id"])
    far = mekong.entities["type"].eq("address") & mekong.entities["coordinate_precision"].isin(
        ["city", "country", "province"]
    )
    left_out |= set(mekong.entities.loc[far, "id"])
    graph = nx.Graph()
    graph.add_nodes_from(set(mekong.entities["id"]) - left_out)
    for row in mekong.relations.itertuples():
        if not {row.source, row.target} & left_out:
            graph.add_edge(row.source, row.target)
    built = to_igraph(mekong)
    names = built.vs["name"]
    assert names == sorted(graph)
    assert {frozenset((names[a], names[b])) for a, b in built.get_edgelist()} == {frozenset(e) for e in graph.edges}


def test_mekong_has_the_shape_of_the_record(mekong: Dataset) -> None:
    graph = to_igraph(mekong)
    tied = [d for d in graph.degree() if d]
    sizes = sorted(s for s in graph.connected_components().sizes() if s > 1)
    assert (len(tied), graph.ecount(), len(sizes), max(sizes)) == (422, 510, 20, 351)


def test_single_relations_keep_their_probability(mekong: Dataset) -> None:
    graph = to_igraph(mekong)
    tie = relation_probabilities(mekong) * tie_factor(mekong)
    ends = mekong.relations.set_index("id")[["source", "target"]]
    count = 0
    for edge in graph.es:
        if edge["relations"] == 1:
            a, b = graph.vs[edge.source]["name"], graph.vs[edge.target]["name"]
            here = ends[(ends["source"].eq(a) & ends["target"].eq(b)) | (ends["source"].eq(b) & ends["target"].eq(a))]
            assert edge["probability"] == pytest.approx(tie[here.index[0]])
            count += 1
    assert count > 300


def test_parallel_relations_are_at_least_as_likely_as_the_likeliest(mekong: Dataset) -> None:
    graph = to_igraph(mekong)
    tie = (relation_probabilities(mekong) * tie_factor(mekong)).to_numpy()
    best: dict[frozenset[str], float] = {}
    for (source, target), value in zip(mekong.relations[["source", "target"]].to_numpy(), tie, strict=True):
        pair = frozenset((source, target))
        best[pair] = max(best.get(pair, 0.0), value)
    names = graph.vs["name"]
    for edge in graph.es:
        assert best[frozenset((names[edge.source], names[edge.target]))] - 1e-12 <= edge["probability"] <= 1


def test_village_addresses_are_weak_and_street_addresses_need_not_be(mekong: Dataset) -> None:
    graph = to_igraph(mekong)
    precision = mekong.entities.set_index("id")["coordinate_precision"]
    likeliest = {"street": 0.0, "village": 0.0, "area": 0.0}
    for edge in graph.es:
        for end in (graph.vs[edge.source], graph.vs[edge.target]):
            if end["type"] == "address":
                kind = precision[end["name"]]
                likeliest[kind] = max(likeliest[kind], edge["probability"])
    assert likeliest["street"] > 0.8
    assert 0 < likeliest["area"] <= likeliest["village"] <= 0.2


def test_directed_graph_runs_undirected_types_both_ways(mekong: Dataset) -> None:
    graph = to_igraph(mekong, directed=True)
    names = graph.vs["name"]
    arcs = {(names[a], names[b]) for a, b in graph.get_edgelist()}
    kinds = load_schema().relation_types
    inside = set(names)
    for row in mekong.relations.itertuples():
        if row.source in inside and row.target in inside:
            assert (row.source, row.target) in arcs
            if not kinds[row.relation].directed:
                assert (row.target, row.source) in arcs


def test_row_order_does_not_matter(mekong: Dataset) -> None:
    rng = np.random.default_rng(1)
    shuffled = replace(
        mekong,
        **{name: frame.iloc[rng.permutation(len(frame))].reset_index(drop=True)
           for name, frame in mekong.tables().items() if name in ("relations", "evidence", "documents")},
    )  # fmt: skip
    assert as_rows(to_igraph(shuffled)) == as_rows(to_igraph(mekong))


def test_types_can_be_included_and_left_out(mekong: Dataset) -> None:
    assert "authority" in set(to_igraph(mekong, types=["authority", "operator"]).vs["type"])
    assert set(to_igraph(mekong, types=["compound"]).vs["type"]) == {"compound"}


def test_as_igraph_takes_networkx_and_igraph_alike() -> None:
    g = nx.Graph()
    g.add_edge("b", "a", weight=2.0)
    g.add_edge("a", "c")
    built = as_igraph(g)
    assert built.vs["name"] == ["a", "b", "c"]
    assert built.es["strength"] == [2.0, 1.0]
    assert built.es["distance"] == [0.5, 1.0]
    again = as_igraph(built)
    assert as_rows(again) == as_rows(built)
    foreign = ig.Graph([(2, 0), (0, 1)])
    foreign.vs["name"] = ["a", "c", "b"]
    foreign.es["weight"] = [2.0, 1.0]
    assert as_rows(as_igraph(foreign)) == as_rows(built)
    assert foreign.vs["name"] == ["a", "c", "b"]


def test_as_igraph_merges_parallel_edges_and_drops_loops() -> None:
    g = nx.MultiGraph([(1, 2), (2, 1), (3, 3), (10, 2)])
    built = as_igraph(g)
    assert built.vs["name"] == ["1", "2", "3", "10"]
    assert built.get_edgelist() == [(0, 1), (1, 3)]
    assert built.es["strength"] == [2.0, 1.0]


def test_as_igraph_refuses_what_is_no_graph() -> None:
    with pytest.raises(GraphError, match="Dataset"):
        as_igraph([1, 2, 3])
    twins = ig.Graph(2)
    twins.vs["name"] = ["a", "a"]
    with pytest.raises(GraphError, match="unique"):
        as_igraph(twins)


def test_empty_graphs() -> None:
    assert as_igraph(nx.Graph()).vcount() == 0
    assert as_igraph(ig.Graph(1)).vs["name"] == ["0"]


def test_a_cut_evidence_graph_gives_a_consistent_dataset(mekong: Dataset) -> None:
    graph = to_networkx(mekong)
    graph.remove_node("per_chen_zhi")
    data = from_networkx(graph, like=mekong)
    assert not data.events["entities"].str.contains("per_chen_zhi").any()
    assert "per_chen_zhi" not in set(data.costs["id"])
    assert set(data.evidence["relation"]) <= set(data.relations["id"])


def test_a_graph_without_ids_types_or_relations_is_refused() -> None:
    plain = nx.MultiDiGraph([("a", "b"), ("b", "c")])
    with pytest.raises(GraphError, match="ids"):
        from_networkx(plain)
    keyed = nx.MultiDiGraph()
    keyed.add_edge("a", "b", key="r1")
    with pytest.raises(GraphError, match="type"):
        from_networkx(keyed)


def test_nodes_that_read_alike_are_refused() -> None:
    with pytest.raises(GraphError, match="same name"):
        as_igraph(nx.Graph([(1, "1"), (1, 2)]))
    assert as_igraph(nx.Graph([((1, "a"), ("a", 1))])).vcount() == 2
