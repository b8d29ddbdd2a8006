"""How far centralities can be trusted when ties or nodes are missing or false: the study of Borgatti et al. (2006)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netscam.analysis.measures.registry import MEASURES
from netscam.errors import GraphError, UnknownNameError
from netscam.graph.build import as_igraph

if TYPE_CHECKING:
    import igraph
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Observed = tuple[igraph.Graph, Ints]
    Spoil = Callable[[igraph.Graph, float, np.random.Generator], Observed]


def _without_edges(graph: igraph.Graph, level: float, rng: np.random.Generator) -> Observed:
    gone = rng.permutation(graph.ecount())[: round(level * graph.ecount())]
    observed = graph.copy()
    observed.delete_edges(gone.tolist())
    return observed, np.arange(graph.vcount())


def _with_edges(graph: igraph.Graph, level: float, rng: np.random.Generator) -> Observed:
    size = graph.vcount()
    low, high = np.triu_indices(size, 1)
    known = np.asarray(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    free = ~np.isin(low * size + high, known.min(axis=1) * size + known.max(axis=1))
    new = rng.permutation(np.flatnonzero(free))[: round(level * graph.ecount())]
    observed = graph.copy()
    observed.add_edges(np.column_stack([low[new], high[new]]).tolist())
    return observed, np.arange(size)


def _without_nodes(graph: igraph.Graph, level: float, rng: np.random.Generator) -> Observed:
    kept = np.sort(rng.permutation(graph.vcount())[round(level * graph.vcount()) :])
    return graph.induced_subgraph(kept.tolist()), kept


def _with_nodes(graph: igraph.Graph, level: float, rng: np.random.Generator) -> Observed:
    """Each false node is tied to as many others as a true node, picked at random, has ties."""
    size, new = graph.vcount(), round(level * graph.vcount())
    degree = np.asarray(graph.degree())
    observed = graph.copy()
    observed.add_vertices(new)
    for number in range(new):
        ties = int(degree[rng.integers(0, size)])
        others = rng.permutation(size + number)[:ties]
        observed.add_edges([(size + number, int(other)) for other in others])
    return observed, np.arange(size)


_SPOILS: dict[str, Spoil] = {
    "edge deletion": _without_edges,
    "edge addition": _with_edges,
    "node deletion": _without_nodes,
    "node addition": _with_nodes,
}
ERRORS = tuple(_SPOILS)
"""Kinds of error: what the record does to the true network."""


def centrality_accuracy(
    graph: Any,
    measures: str | Sequence[str] = ("degree", "betweenness", "closeness", "eigenvector"),
    *,
    errors: Iterable[str] = ERRORS,
    levels: Sequence[float] = (0.01, 0.05, 0.1, 0.25, 0.5),
    runs: int = 20,
    seed: int = 0,
) -> pd.DataFrame:
    """Spoil a true network at random and see what its centralities are still worth.

    Parameters
    ----------
    graph
        The true network: a ``Dataset``, igraph or networkx graph; directions are ignored.
    measures
        Names of measures, such as the four of the study.
    errors
        Kinds of error, from ``ERRORS``.
    levels
        Shares of edges (or nodes) that are deleted or added.
    runs
        Runs for each kind and level.
    seed
        The same seed gives the same errors.

    Returns
    -------
    pandas.DataFrame
        Columns ``measure, error, level``, and means over runs of five kinds of accuracy:
        ``top1`` (the most central of the record is the most central in truth), ``top3`` (it is among the first three),
        ``top10`` (among the first tenth), ``overlap`` (Jaccard overlap of the first tenths) and ``r2`` (squared
        correlation of the values). Nodes that are only in one of the two networks are left out; of equal values the
        vertex that comes first counts as higher.

    Raises
    ------
    GraphError
        Fewer than three nodes, a level out of range, no run.
    UnknownNameError
        An unknown measure or kind of error.

    Notes
    -----
    The study found on random graphs that accuracy falls smoothly with the amount of error, in much the same way for all
    measures. Real records err neither at random nor evenly, so this is the good case.

    References
    ----------
    Borgatti, S. P., Carley, K. M., & Krackhardt, D. (2006). On the robustness of centrality measures under conditions
    of imperfect data. Social Networks 28(2), 124-136.
    """
    chosen = (measures,) if isinstance(measures, str) else tuple(dict.fromkeys(measures))
    kinds = (errors,) if isinstance(errors, str) else tuple(errors)
    whole = as_igraph(graph)
    if unknown := [kind for kind in kinds if kind not in _SPOILS]:
        raise UnknownNameError("kind of error", unknown[0], ERRORS)
    if whole.vcount() < 3 or runs < 1 or not all(0 <= level < 1 for level in levels):
        raise GraphError("the study needs three nodes, one run, and levels from 0 to below 1")
    true = {name: MEASURES[name].function(whole) for name in chosen}
    rows: list[dict[str, Any]] = []
    for kind in kinds:
        for level in levels:
            for run in range(runs):
                key = (ERRORS.index(kind), round(level * 10**6), run)
                rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
                observed, kept = _SPOILS[kind](whole, level, rng)
                for name in chosen:
                    accuracy = _accuracy(true[name][kept], _seen(name, observed, kept))
                    rows.append({"measure": name, "error": kind, "level": level, **accuracy})
    table = pd.DataFrame(rows)
    return table.groupby(["measure", "error", "level"], sort=False).mean().reset_index()


def _seen(measure: str, observed: igraph.Graph, kept: Ints) -> Floats:
    return np.asarray(MEASURES[measure].function(observed), dtype=np.float64)[: len(kept)]


def _accuracy(true: Floats, seen: Floats) -> dict[str, float]:
    tenth = max(1, round(0.1 * len(true)))
    by_truth, by_record = (np.argsort(-values, kind="stable") for values in (true, seen))
    best = by_record[0]
    first, guessed = set(by_truth[:tenth].tolist()), set(by_record[:tenth].tolist())
    spread = true.std() * seen.std()
    r = ((true - true.mean()) * (seen - seen.mean())).mean() / spread if spread > 0 else 0.0
    return {
        "top1": float(best == by_truth[0]),
        "top3": float(best in by_truth[:3]),
        "top10": float(best in first),
        "overlap": len(first & guessed) / len(first | guessed),
        "r2": float(r * r),
    }
