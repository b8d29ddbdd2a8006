"""Every ranking of a network as it was known, made in a way that ids and row order cannot help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netscam.analysis.centrality import MEASURES, centrality
from netscam.analysis.dismantle.finished import finished
from netscam.analysis.keynodes import key_nodes
from netscam.errors import GraphError

if TYPE_CHECKING:
    import igraph
    import pandas as pd

KEYS = "key_nodes"
"""Name of the ranking by membership in the key-node set."""
DIGITS, NOISE = 7, 1e-9
"""Significant digits of a score that are trusted, and the share of the largest score below which there is none."""
ORDERS = 10
"""Random orders of vertices that the key-node set is sought under."""


@dataclass(frozen=True, eq=False)
class Foresight:
    """What rankings said of the candidates.

    Parameters
    ----------
    scores
        Index ``id`` of the candidates in id order; one column per measure, turned so that a higher value stands for the
        more important position, and ``key_nodes``: the share of the best sets that hold the candidate. NaN where a
        measure is not defined.
    sets
        The best set under each of ``ORDERS`` random orders of vertices, as ids, sorted: where several sets are equally
        good, the order decides which one is found. Empty if none was asked for or nothing can be taken.
    proven
        Whether each of them is proved to be best.
    """

    scores: pd.DataFrame
    sets: tuple[tuple[str, ...], ...]
    proven: bool


def foresee(
    graphs: Mapping[bool, igraph.Graph],
    candidates: Sequence[str],
    *,
    measures: Iterable[str] | None = None,
    k: int = 5,
    forbid: Iterable[str] = (),
    seed: int = 0,
) -> Foresight:
    """Compute measures and the key-node set on a network as it was known.

    Vertices are renamed and reordered at random first: an id may tell what its bearer was added for, and algorithms
    break ties by id.

    Parameters
    ----------
    graphs
        The network without (False) and with (True) directions.
    candidates
        Ids to score; all of them vertices.
    measures
        Names of measures; every registered one by default.
    k
        Size of the key-node set, for fragmentation; smaller where fewer nodes may be taken; 0 for no such ranking.
    forbid
        Ids that the set may not hold besides those that are no candidates.
    seed
        For the order of vertices and the search.

    Returns
    -------
    Foresight
        Scores by the ids that were given.

    Raises
    ------
    GraphError
        No candidate, or one that is not in the network.
    UnknownNameError
        An unknown measure.
    """
    import pandas as pd

    present = set(graphs[False].vs["name"] if graphs[False].vcount() else [])
    ids = sorted(candidates)
    if not ids or not present.issuperset(ids):
        raise GraphError("no candidate is in the network" if not ids else "a candidate is not in the network")
    names = list(MEASURES.names() if measures is None else dict.fromkeys(measures))
    hidden = _aliases(graphs[False], seed, ORDERS)
    columns = {}
    for name in names:
        details = MEASURES[name].details
        values = _steady(centrality(_renamed(graphs[details["directed"]], hidden), name).values[name])
        columns[name] = [float(values[hidden[i]]) * (-1 if details["central"] == "low" else 1) for i in ids]
    scores = pd.DataFrame(columns, index=pd.Index(ids, name="id"))
    taken = set(forbid)
    allowed = [i for i in ids if i not in taken]
    if not k or not allowed or not graphs[False].ecount():
        return Foresight(scores, (), False)
    sets, proven = _best_sets(graphs[False], allowed, k, seed)
    share = [sum(i in nodes for nodes in sets) / len(sets) for i in ids]
    return Foresight(scores.assign(**{KEYS: share}), tuple(sets), proven)


def _best_sets(graph: igraph.Graph, allowed: list[str], k: int, seed: int) -> tuple[list[tuple[str, ...]], bool]:
    """The best set under each of several random orders of vertices, and whether all of them are proved."""
    found, proven = [], True
    for order in range(ORDERS):
        hidden = _aliases(graph, seed, order)
        shown = {alias: i for i, alias in hidden.items()}
        names = [hidden[i] for i in allowed]
        best = finished(key_nodes)(
            _renamed(graph, hidden), k=min(k, len(names)), allow=names, alternatives=0, seed=seed
        )
        found.append(tuple(sorted(shown[alias] for alias in best.nodes)))
        proven = proven and best.proven_optimal
    return sorted(found), proven


def _steady(values: pd.Series[float]) -> pd.Series[float]:
    """Values to the digits that do not depend on the order of vertices, so that equal positions are equal."""
    floor = values.abs().max() * NOISE
    return values.map(lambda value: 0.0 if abs(value) <= floor else float(f"{value:.{DIGITS}g}"))


def _aliases(graph: igraph.Graph, seed: int, number: int) -> dict[str, str]:
    """A name for each vertex that says nothing about it."""
    import numpy as np

    sequence = np.random.SeedSequence(seed, spawn_key=(number,))
    order = np.random.Generator(np.random.PCG64(sequence)).permutation(graph.vcount())
    return {name: f"v{number:09d}" for name, number in zip(graph.vs["name"], order.tolist(), strict=True)}


def _renamed(graph: igraph.Graph, names: Mapping[str, str]) -> igraph.Graph:
    copy = graph.copy()
    copy.vs["name"] = [names[name] for name in graph.vs["name"]]
    del copy.vs["label"]
    return copy
