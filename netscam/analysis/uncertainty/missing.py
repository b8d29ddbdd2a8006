"""What if ties are missing: at which share of additional ties the first places change hands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netscam.analysis.labels import entity_labels
from netscam.analysis.measures.registry import MEASURES
from netscam.analysis.uncertainty.additions import SMOOTHING, additions_of
from netscam.analysis.uncertainty.places import measured_places
from netscam.analysis.uncertainty.workers import over_draws
from netscam.analysis.versions import library_versions
from netscam.errors import GraphError
from netscam.graph.build import as_igraph
from netscam.graph.sample import EdgeSampler

if TYPE_CHECKING:
    import igraph

    from netscam.analysis.uncertainty.additions import Additions
    from netscam.analysis.uncertainty.places import Places

HALF = 0.5
"""A place has changed hands when it did so in at least this share of the runs."""


@dataclass(frozen=True, eq=False)
class MissingTies:
    """First places when ties are added that the record may have missed.

    Parameters
    ----------
    table
        One row per measure, place and share of added ties. Columns ``measure, place, id``, ``name, type`` where the
        graph has them, ``missing`` (added ties as a share of the recorded ones), ``p_changed`` (share of the runs in
        which somebody else holds the place), ``median_rank`` (of the one who holds it in the record) and ``changes_at``
        (the least of the shares asked for at which the place has changed hands in at least half of the runs; NaN when
        it never has). Places go by rank, ties by id.
    places
        For each measure and share the place of every vertex in every run, shape (runs, n).
    parameters
        ``rates, runs, seed, top, smoothing, recorded_edges``.
    versions
        Versions of netscam and the libraries.
    """

    table: pd.DataFrame
    places: Mapping[tuple[str, float], Places]
    parameters: Mapping[str, Any]
    versions: Mapping[str, str]

    def _repr_html_(self) -> str:
        from netscam.analysis.rich import rich_table

        told = f"{self.parameters['runs']} runs at each share of added ties, seed {self.parameters['seed']}"
        return rich_table(f"First places when ties are added: {told}", self.table)

    def to_frame(self) -> pd.DataFrame:
        """The table; a copy."""
        return self.table.copy()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: ``rows, parameters, versions``; a row has the columns of the table as keys."""
        return {
            "rows": self.table.to_dict("records"),
            "parameters": dict(self.parameters),
            "versions": dict(self.versions),
        }


def missing_ties(
    graph: Any,
    measures: str | Sequence[str] = "betweenness",
    *,
    rates: Sequence[float] = (0.05, 0.1, 0.2),
    runs: int = 200,
    seed: int = 0,
    workers: int = 1,
    top: int = 5,
) -> MissingTies:
    """Add ties that the record may have missed, and see which of the first places hold.

    New ties follow a degree-corrected block model whose blocks are the entity types: the share of ties between two
    types is that of the record, and within a type an entity is picked in proportion to its degree plus one. One run
    adds ties in one order; a larger share keeps the ties of a smaller one.

    Parameters
    ----------
    graph
        A ``Dataset``, an ``EdgeSampler``, an igraph or a networkx graph. Every recorded tie stays.
    measures
        One name or several; measures of directions are refused, since an added tie has none.
    rates
        Shares of additional ties, each above 0.
    runs
        Runs with different ties.
    seed
        The same seed gives the same ties.
    workers
        Processes; the result does not depend on them.
    top
        How many places to follow.

    Returns
    -------
    MissingTies
        ``to_frame()`` gives the table.

    Raises
    ------
    GraphError
        Directions, rates out of range, no measure, or fewer than one run, place or worker.
    UnknownNameError
        An unknown measure.

    Notes
    -----
    This is a study apart from ``uncertainty``: there recorded ties may be false, here true ties may be unrecorded. It
    assumes that what is missing looks like what is there. Ties that are hidden on purpose (nominees, shell companies)
    do not, and a place that holds here can still fall to them.

    References
    ----------
    Karrer, B., & Newman, M. E. J. (2011). Stochastic blockmodels and community structure in networks. Physical Review E
    83, 016107.
    """
    chosen = (measures,) if isinstance(measures, str) else tuple(dict.fromkeys(measures))
    shares = tuple(sorted({float(rate) for rate in rates}))
    _check(chosen, shares, top)
    whole = graph.graph if isinstance(graph, EdgeSampler) else as_igraph(graph)
    if whole.is_directed():
        raise GraphError("added ties have no directions; compile the sampler with directed=False")
    parts = over_draws(_part, runs, additions_of(whole), chosen, shares, seed, workers=workers)
    places = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    tables = [_table(whole, name, shares, places, top) for name in chosen]
    parameters = {
        "rates": shares,
        "runs": runs,
        "seed": seed,
        "top": top,
        "smoothing": SMOOTHING,
        "recorded_edges": whole.ecount(),
    }
    return MissingTies(pd.concat(tables, ignore_index=True), places, parameters, library_versions("igraph", "numpy"))


def _check(measures: Sequence[str], rates: Sequence[float], top: int) -> None:
    if not measures or not rates or top < 1:
        raise GraphError("missing_ties needs at least one measure, one share and one place")
    if not all(0 < rate <= 10 for rate in rates):
        raise GraphError("shares of missing ties lie above 0 and at most 10")
    if turned := [name for name in measures if MEASURES[name].details["directed"]]:
        raise GraphError(f"{', '.join(turned)}: an added tie has no direction")


def _part(
    numbers: Sequence[int], additions: Additions, measures: Sequence[str], rates: Sequence[float], seed: int
) -> dict[tuple[str, float], Places]:
    import igraph as ig

    recorded, size = additions.ends, len(additions.block)
    rows: dict[tuple[str, float], list[Places]] = {(name, rate): [] for name in measures for rate in rates}
    for number in numbers:
        new = additions.draw(seed, number, round(max(rates) * len(recorded)))
        for rate in rates:
            ends = np.concatenate([recorded, new[: round(rate * len(recorded))]])
            graph = ig.Graph(n=size, edges=ends)
            graph.es["strength"] = graph.es["distance"] = [1.0] * len(ends)
            for name in measures:
                rows[name, rate].append(measured_places(name, graph))
    return {key: np.array(found, dtype=np.int32) for key, found in rows.items()}


def _table(
    graph: igraph.Graph, measure: str, rates: Sequence[float], places: Mapping[tuple[str, float], Places], top: int
) -> pd.DataFrame:
    record = measured_places(measure, graph)
    holders = in_order(record[None, :], top)[0]
    frames = []
    for rate in rates:
        runs = places[measure, rate]
        changed = (in_order(runs, top) != holders).mean(axis=0)
        labels = entity_labels(graph).iloc[holders].reset_index()
        labels.insert(0, "measure", measure)
        labels.insert(1, "place", np.arange(1, len(holders) + 1))
        median = np.quantile(runs[:, holders], 0.5, axis=0, method="inverted_cdf")
        frames.append(labels.assign(missing=rate, p_changed=changed, median_rank=median.astype(int)))
    table = pd.concat(frames, ignore_index=True)
    broken = table[table["p_changed"] >= HALF].groupby("place")["missing"].min()
    table["changes_at"] = table["place"].map(broken).astype(float)
    ordered: pd.DataFrame = table.sort_values(["place", "missing"], kind="stable", ignore_index=True)
    return ordered


def in_order(places: Places, top: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Vertices at the first places of every run, shape (runs, top): by place, ties by vertex order."""
    return np.asarray(np.argsort(places, axis=1, kind="stable")[:, :top], dtype=np.int64)
