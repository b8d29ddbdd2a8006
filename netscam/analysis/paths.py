"""Shortest paths between two entities."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from netscam.errors import GraphError, UnknownNameError
from netscam.graph.build import as_igraph

if TYPE_CHECKING:
    import igraph


@dataclass(frozen=True)
class Path:
    """One path: ``nodes`` from end to end, ``probability`` that all its edges hold, ``weakest`` edge of it."""

    nodes: tuple[str, ...]
    probability: float
    weakest: tuple[str, str]
    weakest_probability: float

    @property
    def steps(self) -> int:
        """Number of edges."""
        return len(self.nodes) - 1


def find_paths(
    graph: Any, source: str, target: str, *, by: Literal["steps", "probability"] = "steps", limit: int = 20
) -> list[Path]:
    """Shortest paths between two nodes.

    Parameters
    ----------
    graph
        A Dataset, an igraph.Graph or a networkx graph.
    source, target
        Ids of the ends.
    by
        ``steps``: all paths with the fewest edges, likeliest first. ``probability``: the one path whose edges are
        likeliest to hold together (product of the edge probabilities, edges taken as independent).
    limit
        Most paths to return.

    Returns
    -------
    list of Path
        Empty when no path joins the two. Equal ones are in order of their ids.

    Raises
    ------
    UnknownNameError
        An end is not in the graph.
    GraphError
        Both ends are the same node.
    """
    import numpy as np

    g = as_igraph(graph)
    ends = [_vertex(g, name) for name in (source, target)]
    if ends[0] == ends[1]:
        raise GraphError(f"a path needs two different ends, got {source!r} twice")
    if g.distances(ends[0], ends[1])[0][0] == float("inf"):
        return []
    if by == "probability":
        cost = -np.log(np.clip(g.es["probability"], 1e-300, 1.0))
        found = [g.get_shortest_path(ends[0], ends[1], weights=cost.tolist())]
    else:
        found = g.get_all_shortest_paths(ends[0], ends[1])
    paths = [_path(g, vertices) for vertices in found]
    return sorted(paths, key=lambda path: (-path.probability, path.nodes))[:limit]


def _vertex(graph: igraph.Graph, name: str) -> int:
    names = graph.vs["name"]
    if name not in names:
        raise UnknownNameError("node", name, names)
    return int(names.index(name))


def _path(graph: igraph.Graph, vertices: list[int]) -> Path:
    names = graph.vs["name"]
    edges = graph.get_eids(pairs=list(pairwise(vertices)))
    likely = [graph.es[edge]["probability"] for edge in edges]
    total = 1.0
    for value in likely:
        total *= value
    worst = min(range(len(likely)), key=lambda i: likely[i])
    return Path(
        nodes=tuple(names[v] for v in vertices),
        probability=total,
        weakest=(names[vertices[worst]], names[vertices[worst + 1]]),
        weakest_probability=likely[worst],
    )
