"""What a network loses when some of its nodes vanish at once, and who ties them to what is left."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from netscam.errors import GraphError
from netscam.graph.weak import WEAK_BELOW

if TYPE_CHECKING:
    import igraph
    import pandas as pd


def carried(
    graph: igraph.Graph, gone: Collection[str], *, among: Collection[str] = (), draws: int = 200, seed: int = 0
) -> pd.DataFrame:
    """How much of a network some nodes carried.

    Parameters
    ----------
    graph
        Undirected analysis graph.
    gone
        Names of the nodes that vanish.
    among
        Names that could have vanished instead, such as all sites; as many of them as vanished are drawn at random for
        comparison.
    draws, seed
        Of the comparison.

    Returns
    -------
    pandas.DataFrame
        One row per quantity, columns ``quantity, before, after, share, random, random_low, random_high``.
        ``share`` is what was lost as a share of before: of ``nodes``; of ``ties`` (with an end that vanished); of
        ``betweenness`` (the part of its sum, on the network before, that lay on the vanished nodes; ``after`` is the
        rest); of ``connected_pairs``; of the ``largest_component``. ``random`` is the mean share over sets of as many
        of ``among``, with a 90 % interval; NaN without any.

    Raises
    ------
    GraphError
        A name that is not in the graph.
    """
    import numpy as np
    import pandas as pd

    place = {name: number for number, name in enumerate(graph.vs["name"] if graph.vcount() else [])}
    if not set(gone) <= place.keys() or not set(among) <= place.keys():
        raise GraphError("a node that vanishes is not in the network")
    flow = np.array(graph.betweenness(), dtype=float)
    before, after = _sizes(graph, [], flow), _sizes(graph, [place[name] for name in gone], flow)
    rng = np.random.Generator(np.random.PCG64(seed))
    pool = np.array(sorted(place[name] for name in among), dtype=np.int64)
    sets = [rng.choice(pool, len(gone), replace=False) for _ in range(draws if len(gone) <= len(pool) else 0)]
    random = [_lost(before, _sizes(graph, chosen.tolist(), flow)) for chosen in sets if len(chosen)]
    rows = []
    for quantity, share in _lost(before, after).items():
        drawn = [loss[quantity] for loss in random]
        mean, low, high = (np.mean(drawn), *np.quantile(drawn, [0.05, 0.95])) if drawn else (np.nan,) * 3
        rows.append((quantity, before[quantity], after[quantity], share, mean, low, high))
    columns = ["quantity", "before", "after", "share", "random", "random_low", "random_high"]
    return pd.DataFrame(rows, columns=columns)


def _sizes(graph: igraph.Graph, gone: list[int], flow: Any) -> dict[str, float]:
    left = graph.copy()
    left.delete_vertices(gone)
    sizes = left.connected_components().sizes()
    return {
        "nodes": float(left.vcount()),
        "ties": float(left.ecount()),
        "betweenness": float(flow.sum() - flow[gone].sum()) if gone else float(flow.sum()),
        "connected_pairs": float(sum(size * (size - 1) // 2 for size in sizes)),
        "largest_component": float(max(sizes, default=0)),
    }


def _lost(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    nan = float("nan")
    return {key: (value - after[key]) / value if value else nan for key, value in before.items()}


def connectors(
    graph: igraph.Graph, gone: Collection[str], active: Collection[str], *, actors: Iterable[str]
) -> pd.DataFrame:
    """Actors with a tie to a vanished node, and how they are tied to those that are still there.

    Parameters
    ----------
    graph
        Undirected analysis graph.
    gone, active
        Names of vanished nodes and of nodes of their kind that are not said to have vanished.
    actors
        Entity types that can be actors.

    Returns
    -------
    pandas.DataFrame
        One row per neighbour of a vanished node of such a type: ``id, name, type, ties, ties_left`` (to what has not
        vanished), ``gone`` (vanished neighbours, ``;``), ``active`` (those still there that it is tied to), ``through``
        (those still there that are two steps away, over one other actor), ``weak`` (whether all ties to vanished nodes
        are more likely wrong than right). Ordered by how many it joins directly, then over another actor, then by id.
    """
    import pandas as pd

    kinds, lost, alive = set(actors), set(gone), set(active)
    names = graph.vs["name"] if graph.vcount() else []
    rows = []
    for vertex in graph.vs:
        near = [names[n] for n in graph.neighbors(vertex)]
        mine = sorted(lost & set(near))
        if not mine or vertex["type"] not in kinds or vertex["name"] in lost:
            continue
        direct = alive & set(near)
        steps = [n for n in graph.neighbors(vertex) if graph.vs[n]["type"] in kinds and names[n] not in lost]
        over = {names[far] for n in steps for far in graph.neighbors(n)} & alive - direct
        firm = [graph.es[graph.get_eid(vertex, name)]["probability"] >= WEAK_BELOW for name in mine]
        told = (vertex["name"], vertex["label"], vertex["type"], len(near), len(set(near) - lost))
        rows.append((*told, ";".join(mine), ";".join(sorted(direct)), ";".join(sorted(over)), not any(firm)))
    columns = ["id", "name", "type", "ties", "ties_left", "gone", "active", "through", "weak"]
    table = pd.DataFrame(rows, columns=columns)
    gone_ones, active_ones, further = (table[name].map(_listed) for name in ("gone", "active", "through"))
    worth = pd.DataFrame({"near": -gone_ones * active_ones, "far": -gone_ones * further, "id": table["id"]})
    return table.loc[worth.sort_values(["near", "far", "id"], kind="stable").index].reset_index(drop=True)


def _listed(cell: str) -> int:
    return len(cell.split(";")) if cell else 0
