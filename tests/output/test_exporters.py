"""Exports are read by the tools they are for, and nothing is lost on the way."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import igraph as ig
import networkx as nx
import pytest

from netscam.data.dataset import Dataset, read_dataset
from netscam.errors import OutputError, UnknownNameError
from netscam.output.exporters import EXPORTERS, export, export_graph

HOSTILE = "</name><script>alert(1)</script> \u202e]]>&quot; 'x' {{ y }} \ufffe"


GRAPHS = ["graphml", "gexf", "node-link"]


@pytest.fixture(scope="module", params=["example", "mekong"])
def data(request: pytest.FixtureRequest) -> Dataset:
    return read_dataset(request.param)


def read(name: str, text: str) -> nx.Graph:
    stream = io.BytesIO(text.encode())
    if name == "graphml":
        return nx.read_graphml(stream, force_multigraph=True)
    if name == "gexf":
        return nx.read_gexf(stream)
    return nx.node_link_graph(json.loads(text), edges="links")


@pytest.mark.parametrize("name", GRAPHS)
def test_every_entity_and_relation_survives(data: Dataset, name: str) -> None:
    graph = read(name, EXPORTERS[name].function(data))
    assert set(graph) == set(data.entities["id"])
    wanted = export_graph(data)
    if graph.is_multigraph():
        assert graph.number_of_edges() == len(data.relations)
    ends = {frozenset(edge[:2]) for edge in graph.edges}
    assert ends == {frozenset(edge[:2]) for edge in wanted.edges}
    assert {n: row["label"] for n, row in graph.nodes(data=True)} == dict(wanted.nodes(data="label"))


def test_graphml_and_node_link_keep_every_attribute(data: Dataset) -> None:
    wanted = export_graph(data)
    for name in ("graphml", "node-link"):
        graph = read(name, EXPORTERS[name].function(data))
        for u, v, key, row in wanted.edges(keys=True, data=True):
            found = graph.edges[u, v, key]
            assert {k: found[k] for k in row} == row


def test_igraph_reads_graphml(data: Dataset, tmp_path: Path) -> None:
    path = export(data, "graphml", tmp_path / "x.graphml")
    graph = ig.Graph.Read_GraphML(str(path))
    assert (graph.vcount(), graph.ecount()) == (len(data.entities), len(data.relations))
    assert graph["caveat"] == data.caveat


def test_gexf_carries_spells(data: Dataset) -> None:
    text = EXPORTERS["gexf"].function(data)
    dated = data.relations.loc[data.relations["start"].ne(""), "start"]
    assert text.count(' start="') >= len(dated.index) * 0.9
    assert f'lastmodifieddate="{data.as_of}"' in text


@pytest.mark.parametrize("name", EXPORTERS.names())
def test_same_bytes_twice_and_no_clock(data: Dataset, name: str) -> None:
    assert EXPORTERS[name].function(data) == EXPORTERS[name].function(data)


@pytest.mark.parametrize("name", GRAPHS)
def test_hostile_text_stays_text(name: str) -> None:
    data = read_dataset("example")
    data = replace(data, entities=data.entities.assign(name=HOSTILE, description=HOSTILE))
    graph = read(name, EXPORTERS[name].function(data))
    names = {row["label"] for _, row in graph.nodes(data=True)}
    assert names == {HOSTILE if name == "node-link" else HOSTILE.replace("\ufffe", "\ufffd")}


def test_unknown_format_and_unwritable_target(tmp_path: Path) -> None:
    data = read_dataset("example")
    with pytest.raises(UnknownNameError, match="graphml"):
        export(data, "graphmll", tmp_path / "x")
    with pytest.raises(OutputError):
        export(data, "graphml", tmp_path)
    assert list(tmp_path.iterdir()) == []
