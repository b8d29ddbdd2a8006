"""The analysis graph: a simple igraph.Graph, built from columns."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from operator import lt
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import Dataset
from netscam.errors import GraphError
from netscam.graph.ties import Ties, as_list, tie_arrays
from netscam.schema import Prior

if TYPE_CHECKING:
    import igraph

EDGE_NUMBERS = ("probability", "strength", "distance")


def to_igraph(
    data: Dataset,
    *,
    types: Iterable[str] | None = None,
    directed: bool = False,
    prior: str | Prior = "default",
) -> igraph.Graph:
    """Analysis graph: one vertex per entity, at most one edge per pair.

    Parameters
    ----------
    data
        The dataset.
    types
        Entity types to include. By default all but authorities, places and wallets. Addresses that are no nearer than
        a city are left out in any case: they say nothing about shared premises.
    directed
        Keep directions; relation types without a direction then run both ways.
    prior
        Prior that turns grades into probabilities.

    Returns
    -------
    igraph.Graph
        Vertices in id order with ``name`` (the id), ``label`` (the entity's name) and ``type``. Edges with
        ``probability`` (at least one relation of the pair holds and is a tie; relations that lean on one origin group
        count once, as the likeliest of them), ``strength`` (nearness: sum over relation types of the
        likeliest relation of that type), ``distance`` (path length: 1 / strength) and ``relations`` (how many relations
        were merged).
    """
    return graph_of(tie_arrays(data, types=types, directed=directed, prior=prior))


def graph_of(ties: Ties) -> igraph.Graph:
    """The igraph graph of ties that are arrays already."""
    import igraph as ig

    graph = ig.Graph(n=len(ties.vertices), directed=ties.directed)
    graph.add_edges(ties.ends)  # from the buffer; more than twice as fast as Graph(edges=...)
    graph.vs["name"] = ties.vertices["id"].tolist()
    graph.vs["label"] = ties.vertices["name"].tolist()
    graph.vs["type"] = as_list(ties.vertices["type"])
    for name in (*EDGE_NUMBERS, "relations"):
        graph.es[name] = as_list(getattr(ties, name))
    return graph


def as_igraph(graph: Any, *, directed: bool = False) -> igraph.Graph:
    """Whatever a public function was given, as an analysis graph in canonical order.

    Parameters
    ----------
    graph
        A ``Dataset``, an ``igraph.Graph`` or any networkx graph.
    directed
        Whether the measure wants directions.

    Returns
    -------
    igraph.Graph
        Simple, vertices sorted by ``name`` (networkx keys as text; numbers in number order), edge attributes
        ``probability``, ``strength``, ``distance`` always there: 1 where the input has none; ``weight`` of a foreign
        graph is read as ``strength``; parallel edges add their strengths.

    Raises
    ------
    GraphError
        The argument is none of these.
    """
    import igraph as ig

    if isinstance(graph, Dataset):
        return to_igraph(graph, directed=directed)
    if isinstance(graph, ig.Graph):
        return _canonical(graph, directed=directed)
    if hasattr(graph, "is_multigraph") and hasattr(graph, "adj"):
        return _from_any_networkx(graph, directed=directed)
    raise GraphError(f"expected a Dataset, an igraph.Graph or a networkx graph, not {type(graph).__name__}")


def _canonical(graph: igraph.Graph, *, directed: bool) -> igraph.Graph:
    names = graph.vs["name"] if "name" in graph.vs.attributes() else list(range(graph.vcount()))
    if _arrived(graph, names, directed=directed):
        return graph
    order = sorted(range(len(names)), key=lambda v: (str(type(names[v])), names[v]))
    if len(set(names)) != len(names):
        raise GraphError("vertex names are not unique")
    place = {vertex: number for number, vertex in enumerate(order)}
    columns = {key: graph.vs[key] for key in graph.vs.attributes()}
    attributes = {key: [column[v] for v in order] for key, column in columns.items()}
    attributes["name"] = [str(names[v]) for v in order]
    ends = [(place[s], place[t]) for s, t in graph.get_edgelist()]
    numbers = {key: graph.es[key] for key in graph.es.attributes() if key in (*EDGE_NUMBERS, "weight")}
    mutual = directed and not graph.is_directed()
    return _simple(attributes, ends, numbers, directed=directed, mutual=mutual)


def _arrived(graph: igraph.Graph, names: list[Any], *, directed: bool) -> bool:
    """Whether the graph is in canonical order and form already: every step of an analysis asks, so it is quick."""
    if "name" not in graph.vs.attributes() or not set(EDGE_NUMBERS) <= set(graph.es.attributes()):
        return False
    if graph.is_directed() != directed or len(set(map(type, names))) > 1:
        return False
    return all(map(lt, names, islice(names, 1, None))) and graph.is_simple()


def _from_any_networkx(graph: Any, *, directed: bool) -> igraph.Graph:
    nodes = sorted(
        graph.nodes, key=lambda node: (str(type(node)), node if isinstance(node, (int, float)) else str(node))
    )
    if len({str(node) for node in nodes}) != len(nodes):
        raise GraphError("two nodes of the graph have the same name as text, such as 1 and '1'")
    place = {node: number for number, node in enumerate(nodes)}
    attributes: dict[str, list[Any]] = {"name": [str(node) for node in nodes]}
    for key, column in (("type", "type"), ("label", "name")):
        if any(column in graph.nodes[node] for node in nodes):
            attributes[key] = [graph.nodes[node].get(column, "") for node in nodes]
    rows = list(graph.edges(data=True))
    ends = [(place[u], place[v]) for u, v, _ in rows]
    numbers = {
        key: [row.get(key, 1.0) for *_, row in rows]
        for key in (*EDGE_NUMBERS, "weight")
        if any(key in row for *_, row in rows)
    }
    return _simple(attributes, ends, numbers, directed=directed, mutual=directed and not graph.is_directed())


def _place(node: Any) -> tuple[str, Any]:
    """Where a node stands in canonical order: numbers by value, everything else as text."""
    return str(type(node)), node if isinstance(node, (int, float)) else str(node)


def _simple(
    attributes: dict[str, list[Any]],
    ends: list[tuple[int, int]],
    numbers: dict[str, list[Any]],
    *,
    directed: bool,
    mutual: bool,
) -> igraph.Graph:
    """Merge parallel edges and drop loops: strengths add, probabilities combine, distance follows strength."""
    import igraph as ig
    import numpy as np
    import pandas as pd

    table = pd.DataFrame(ends, columns=["source", "target"], dtype="int64")
    strength = numbers.get("strength", numbers.get("weight"))
    table["strength"] = np.ones(len(table)) if strength is None else np.asarray(strength, dtype=float)
    table["miss"] = 1 - np.asarray(numbers.get("probability", np.ones(len(table))), dtype=float)
    stated = numbers.get("distance")
    table["distance"] = 1 / table["strength"] if stated is None else np.asarray(stated, dtype=float)
    if mutual:
        table = pd.concat([table, table.rename(columns={"source": "target", "target": "source"})])
    if not directed:
        table[["source", "target"]] = np.sort(table[["source", "target"]].to_numpy(), axis=1)
    table = table[table["source"] != table["target"]]
    merged = table.groupby(["source", "target"], sort=True, as_index=False).agg(
        strength=("strength", "sum"),
        miss=("miss", "prod"),
        distance=("distance", "first"),
        parallel=("distance", "size"),
    )
    merged["probability"] = 1 - merged["miss"]
    merged["distance"] = merged["distance"].where(merged["parallel"] == 1, 1 / merged["strength"])
    size = len(attributes["name"])
    graph = ig.Graph(n=size, edges=merged[["source", "target"]].to_numpy(), directed=directed)
    for key, values in attributes.items():
        graph.vs[key] = values
    for key in EDGE_NUMBERS:
        graph.es[key] = merged[key].tolist()
    return graph
