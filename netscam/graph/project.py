"""Projection: who is tied to whom through companies, addresses or whatever stands between."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import Dataset
from netscam.errors import GraphError, UnknownNameError
from netscam.graph.build import EDGE_NUMBERS, as_igraph, to_igraph
from netscam.schema import load_schema

if TYPE_CHECKING:
    import igraph
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

MOST_PATHS = 20_000_000
"""Paths that a projection may pass through memory: about 2 GB."""


def project(graph: Any, onto: Iterable[str], through: Iterable[str], *, max_steps: int = 1) -> igraph.Graph:
    """Tie entities of some types directly and through entities of other types.

    Parameters
    ----------
    graph
        A ``Dataset`` (then authorities, places and wallets may be named too), an ``igraph.Graph`` with the vertex
        attribute ``type``, or a networkx graph with the node attribute ``type``. Directions are ignored.
    onto
        Entity types that become the vertices.
    through
        Entity types that stand between them; none of ``onto``. May be empty: then only direct ties are left.
    max_steps
        Most intermediaries on one path: 1 (a shared company) or 2 (one owns the parent of the other's company).

    Returns
    -------
    igraph.Graph
        Undirected and simple, vertices of the ``onto`` types in id order, isolates included, with their attributes.
        Edges have

        ``probability``
            ``1 - prod(1 - p_path)`` over the direct tie and every path, ``p_path`` the product along the path. With
            one step the paths of a pair share no tie, so this is exact when ties are independent; with two steps
            paths can share a tie and it is somewhat too high.
        ``strength``, ``distance``
            Distances add along a path, strengths add over paths, and strength is 1 / distance throughout (as
            resistances in series and conductances in parallel).
        ``direct``
            Whether the two are tied without an intermediary.
        ``via``
            Ids of all intermediaries, sorted, joined by ``;``; empty for a tie that is only direct.

    Raises
    ------
    UnknownNameError
        A type that neither the schema nor the graph knows.
    GraphError
        A type on both sides, another number of steps, a graph without types, or hubs that would make more than twenty
        million paths.

    Notes
    -----
    An intermediary with d ties makes d (d - 1) / 2 pairs: a registered agent with 10,000 companies makes fifty million
    on its own. That growth lies in the projection itself; such a hub is refused by name instead of filling the memory.

    In a scam network a shared address or company is a reason to look, not a relation that a document states: ``via``
    says what each tie rests on.

    References
    ----------
    Breiger, R. L. (1974). The duality of persons and groups. Social Forces 53(2), 181-190.

    Examples
    --------
    >>> import networkx
    >>> graph = networkx.path_graph(["ann", "acme", "bob"])
    >>> networkx.set_node_attributes(graph, {"ann": "person", "acme": "company", "bob": "person"}, "type")
    >>> tie = project(graph, ["person"], ["company"]).es[0]
    >>> tie["via"], tie["distance"]
    ('acme', 2.0)
    """
    keep, between = _named(onto), _named(through)
    if both := sorted(set(keep) & set(between)):
        raise GraphError(f"{', '.join(both)} cannot be both kept and projected through")
    if max_steps not in (1, 2):
        raise GraphError(f"max_steps is 1 or 2, not {max_steps}")
    whole = to_igraph(graph, types=(*keep, *between)) if isinstance(graph, Dataset) else as_igraph(graph)
    role = _roles(whole, keep, between)
    ties = _ties(whole)
    paths = _paths(whole, ties, role, max_steps)
    return _build(whole, role, paths)


def _named(types: Iterable[str]) -> tuple[str, ...]:
    return (types,) if isinstance(types, str) else tuple(dict.fromkeys(types))


def _roles(graph: igraph.Graph, keep: Iterable[str], between: Iterable[str]) -> NDArray[np.int8]:
    """1 for vertices to keep, 2 for intermediaries, 0 for the rest; shape (n,)."""
    import numpy as np

    if "type" not in graph.vs.attributes():
        if graph.vcount():
            raise GraphError("the graph has no entity types to project on")
        return np.zeros(0, dtype=np.int8)
    types = np.asarray(graph.vs["type"], dtype=object)
    known = {*load_schema().entity_types, *types}
    for name in (*keep, *between):
        if name not in known:
            raise UnknownNameError("entity type", name, sorted(known))
    return np.select([np.isin(types, list(keep)), np.isin(types, list(between))], [1, 2], 0).astype(np.int8)


def _ties(graph: igraph.Graph) -> pd.DataFrame:
    """Every tie in both directions: u, v, probability, strength, distance."""
    import numpy as np
    import pandas as pd

    ends = np.asarray(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    numbers = {key: np.asarray(graph.es[key], dtype=np.float64) if len(ends) else np.empty(0) for key in EDGE_NUMBERS}
    one_way = pd.DataFrame({"u": ends[:, 0], "v": ends[:, 1], **numbers})
    return pd.concat([one_way, one_way.rename(columns={"u": "v", "v": "u"})], ignore_index=True)


def _paths(graph: igraph.Graph, ties: pd.DataFrame, role: NDArray[np.int8], max_steps: int) -> pd.DataFrame:
    """Every path between kept vertices u < v: first, second (intermediaries or -1), probability, distance."""
    import pandas as pd

    from_kept = ties[role[ties["u"]] == 1]
    direct = from_kept[(role[from_kept["v"]] == 1) & (from_kept["u"] < from_kept["v"])]
    found = [direct.assign(first=-1, second=-1)]
    half = from_kept[role[from_kept["v"]] == 2].rename(columns={"v": "first"})
    found.append(_meet(graph, half, half, ["first"]).assign(second=-1))
    if max_steps == 2:
        middle = ties[(role[ties["u"]] == 2) & (role[ties["v"]] == 2)].rename(columns={"u": "first", "v": "second"})
        _refuse_too_many(graph, half, middle, "first")
        long = _joined(half, middle, "first").drop(columns="strength")
        found.append(_meet(graph, long, half.rename(columns={"first": "second"}), ["second"]))
    columns = ["u", "v", "first", "second", "probability", "distance"]
    every: pd.DataFrame = pd.concat([paths[columns] for paths in found], ignore_index=True)
    return every


def _joined(left: pd.DataFrame, right: pd.DataFrame, on: str) -> pd.DataFrame:
    """Paths made of a left and a right part that meet at ``on``."""
    joined: pd.DataFrame = left.merge(right, on=on, suffixes=("", "_right"))
    joined["probability"] *= joined.pop("probability_right")
    joined["distance"] += joined.pop("distance_right")
    return joined


def _meet(graph: igraph.Graph, left: pd.DataFrame, right: pd.DataFrame, on: list[str]) -> pd.DataFrame:
    _refuse_too_many(graph, left, right, on[0])
    joined = _joined(left, right.rename(columns={"u": "v"}), on[0])
    return _ordered(joined)


def _ordered(paths: pd.DataFrame) -> pd.DataFrame:
    """Paths from the smaller to the larger end; each is found from both."""
    return paths[paths["u"].lt(paths["v"]).to_numpy(bool)]


def _refuse_too_many(graph: igraph.Graph, left: pd.DataFrame, right: pd.DataFrame, on: str) -> None:
    paths = left[on].value_counts().mul(right[on].value_counts(), fill_value=0)
    if paths.sum() > MOST_PATHS:
        hub = graph.vs["name"][int(paths.sort_index().index.to_numpy()[paths.sort_index().to_numpy().argmax()])]
        raise GraphError(
            f"the projection would make {int(paths.sum()):,} paths, {int(paths.max()):,} of them through {hub!r}; "
            "leave out such hubs or their type"
        )


def _build(graph: igraph.Graph, role: NDArray[np.int8], paths: pd.DataFrame) -> igraph.Graph:
    import igraph as ig
    import numpy as np

    kept = np.flatnonzero(role == 1)
    place = np.full(graph.vcount(), -1)
    place[kept] = np.arange(len(kept))
    paths = paths.sort_values(["u", "v", "first", "second"], kind="stable", ignore_index=True)
    edge = np.asarray(paths.groupby(["u", "v"], sort=True).ngroup(), dtype=np.int64)
    starts = np.flatnonzero(np.diff(edge, prepend=-1))
    ends = paths[["u", "v"]].to_numpy()[starts]
    miss = 1.0 - paths["probability"].to_numpy()
    strength = np.add.reduceat(1.0 / paths["distance"].to_numpy(), starts) if len(starts) else np.empty(0)
    never = np.multiply.reduceat(miss, starts) if len(starts) else np.empty(0)
    projected = ig.Graph(n=len(kept), edges=place[ends].reshape(-1, 2))
    for key in graph.vs.attributes():
        values = graph.vs[key]
        projected.vs[key] = [values[vertex] for vertex in kept]
    projected.es["probability"] = (1.0 - never).tolist()
    projected.es["strength"] = strength.tolist()
    projected.es["distance"] = (1.0 / strength).tolist()
    projected.es["direct"] = (paths["first"].to_numpy()[starts] < 0).tolist()
    projected.es["via"] = _via(graph, edge, paths, len(starts))
    return projected


def _via(graph: igraph.Graph, edge: NDArray[np.int64], paths: pd.DataFrame, edges: int) -> list[str]:
    """Sorted ids of the intermediaries of each edge, joined by ``;``."""
    import numpy as np
    import pandas as pd

    names = graph.vs["name"] if graph.vcount() else []
    used = pd.DataFrame({"edge": np.tile(edge, 2), "vertex": paths[["first", "second"]].to_numpy().T.ravel()})
    used = used[used["vertex"] >= 0].drop_duplicates()
    used["id"] = [names[vertex] for vertex in used["vertex"]]
    via = [""] * edges
    for number, ids in used.sort_values(["edge", "id"]).groupby("edge", sort=True)["id"]:
        via[int(str(number))] = ";".join(ids)
    return via
