"""The evidence graph: a plain networkx.MultiDiGraph, one edge per relation, and the way back to the tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import Dataset, build_dataset, empty_table
from netscam.data.select import keep_entities
from netscam.errors import GraphError
from netscam.schema import TABLES, load_schema

if TYPE_CHECKING:
    import networkx
    import pandas as pd


def to_networkx(data: Dataset) -> networkx.MultiDiGraph[str]:
    """Evidence graph: every entity a node, every relation an edge.

    Returns
    -------
    networkx.MultiDiGraph
        Node key = entity id, edge key = relation id, attributes = the columns of the row; missing numbers are left
        out. Plain networkx, so that all of networkx works on it. ``from_networkx`` is the inverse.
    """
    import networkx as nx

    graph: networkx.MultiDiGraph[str] = nx.MultiDiGraph(name=data.name)
    graph.add_nodes_from((row.pop("id"), row) for row in _rows(data.entities))
    graph.add_edges_from((row.pop("source"), row.pop("target"), row.pop("id"), row) for row in _rows(data.relations))
    return graph


def _rows(frame: pd.DataFrame) -> Iterable[dict[str, Any]]:
    import pandas as pd

    for row in frame.to_dict("records"):
        yield {str(key): value for key, value in row.items() if not pd.isna(value)}


def from_networkx(graph: networkx.MultiDiGraph[str], *, like: Dataset | None = None) -> Dataset:
    """Tables of an evidence graph, the inverse of ``to_networkx``.

    Parameters
    ----------
    graph
        A graph with the nodes, edge keys and attributes that ``to_networkx`` gives; it may have been cut or edited.
    like
        Dataset to take the other tables from (evidence of the relations that are left, documents, events ...);
        without it they are empty.

    Returns
    -------
    Dataset
        ``from_networkx(to_networkx(data), like=data)`` equals ``data``, table by table.

    Raises
    ------
    GraphError
        The graph is not a ``MultiDiGraph`` whose nodes and edge keys are ids, or lacks a type or relation.
    """
    import pandas as pd

    _check(graph)
    schema = load_schema()
    nodes = [{**row, "id": node} for node, row in graph.nodes(data=True)]
    edges = [{**row, "id": key, "source": u, "target": v} for u, v, key, row in graph.edges(keys=True, data=True)]
    frames = {name: empty_table(name) for name in TABLES}
    for name, rows in (("entities", nodes), ("relations", edges)):
        table = pd.DataFrame(rows, columns=schema.columns(name), dtype=object)
        frames[name] = table.where(table.notna(), "").astype(str)
    name = str(graph.graph.get("name", "graph"))
    if like is None:
        return build_dataset(name, frames, {})
    others = {table: frame for table, frame in like.tables().items() if table not in ("entities", "relations")}
    whole = build_dataset(name, {**frames, **others}, like.package)
    return keep_entities(whole, whole.entities["id"].notna())


def _check(graph: networkx.MultiDiGraph[str]) -> None:
    if not (graph.is_multigraph() and graph.is_directed()):
        raise GraphError("an evidence graph is a networkx.MultiDiGraph with relation ids as edge keys")
    keys = [key for *_, key in graph.edges(keys=True)]
    if len(set(keys)) != len(keys) or not all(isinstance(key, str) for key in [*keys, *graph]):
        raise GraphError("nodes and edge keys of an evidence graph are ids: text, and no key twice")
    untyped = [node for node, kind in graph.nodes(data="type") if not kind]
    untyped += [key for _, _, key, kind in graph.edges(keys=True, data="relation") if not kind]
    if untyped:
        raise GraphError(f"a node needs a type and an edge a relation: {', '.join(map(repr, untyped[:5]))}")
