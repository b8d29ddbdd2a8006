"""Ranks with intervals: where an entity would stand if the doubtful documents are wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netscam.analysis.labels import entity_labels
from netscam.analysis.measures.registry import MEASURES
from netscam.analysis.uncertainty.boundary import find_boundary
from netscam.analysis.uncertainty.places import LEVEL, measured_places, spread
from netscam.analysis.uncertainty.workers import over_draws
from netscam.analysis.versions import library_versions
from netscam.errors import GraphError
from netscam.graph.sample import EdgeSampler, edge_sampler, has_evidence
from netscam.schema import Prior, load_schema

if TYPE_CHECKING:
    from netscam.analysis.uncertainty.places import Places

PRIOR_DRAWS = 200
"""Draws under each prior that is shown for comparison: enough for a median."""


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """Places of entities over graphs drawn from the evidence.

    Parameters
    ----------
    measures
        Names of the measures.
    table
        Columns ``measure, id``, then ``name, type`` where the graph has them, then

        ``rank``
            place in the network as recorded (every tie that any document supports);
        ``median, low, high``
            median place over the draws, and the ends of the interval that holds at least 90 % of them;
        ``p_top``
            share of the draws with a place of ``top`` or better (several share a place when values are equal);
        ``rank_strict, rank_default, rank_lenient``
            median place under each prior that ships; only for a dataset;
        ``boundary``
            whether the entity is a leaf that one origin named and nobody looked at (``find_boundary``): its place is
            then a lower bound that nobody has tried to raise; only for a dataset or a sampler made of one.

        Sorted by measure in the order asked for, ``rank``, ``id``.
    places
        For each measure the place of every vertex in every draw, shape (draws, n), vertices in id order.
    parameters
        ``draws, prior, seed, top, level, dependence, prior_draws, types``.
    versions
        Versions of netscam and the libraries.
    """

    measures: tuple[str, ...]
    table: pd.DataFrame
    places: Mapping[str, Places]
    parameters: Mapping[str, Any]
    versions: Mapping[str, str]

    def _repr_html_(self) -> str:
        from netscam.analysis.rich import rich_table

        told = f"{self.parameters['draws']} draws, prior {self.parameters['prior']!r}, seed {self.parameters['seed']}"
        return rich_table(f"Places under {', '.join(self.measures)}: {told}", self.table)

    def to_frame(self) -> pd.DataFrame:
        """The table; a copy."""
        return self.table.copy()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: ``measures, parameters, versions, rows``; a row has the columns of the table as keys."""
        rows = self.table.to_dict("records")
        return {
            "measures": list(self.measures),
            "parameters": dict(self.parameters),
            "versions": dict(self.versions),
            "rows": [{str(key): value for key, value in row.items()} for row in rows],
        }


def uncertainty(
    graph: Any,
    measures: str | Sequence[str] = "betweenness",
    *,
    draws: int = 1000,
    prior: str | Prior = "default",
    seed: int = 0,
    workers: int = 1,
    top: int = 10,
    types: Iterable[str] | None = None,
) -> Uncertainty:
    """Rank entities in many graphs that are drawn from the evidence.

    Each draw decides which origins are reliable and which of their claims are true, by the grades (see
    ``netscam.graph.sample`` for the model); every measure is computed, exactly and unweighted, on the graph of the
    relations that then hold.

    Parameters
    ----------
    graph
        A ``Dataset``; an ``EdgeSampler``; or an igraph or networkx graph, whose edges are then drawn one by one with
        their ``probability``.
    measures
        One name or several of ``MEASURES``.
    draws
        How many graphs. The standard error of ``p_top`` is at most 0.5 / sqrt(draws).
    prior
        Prior that turns grades into probabilities, by name or as an object.
    seed
        The same seed gives the same draws; draw i does not depend on how many there are.
    workers
        Processes; the result does not depend on them. More than one needs ``if __name__ == "__main__":`` in a script.
    top
        k of P(top k).
    types
        Entity types in the graph, as for ``to_igraph``.

    Returns
    -------
    Uncertainty
        ``to_frame()`` gives the table, ``to_dict()`` plain data.

    Raises
    ------
    GraphError
        No measure, fewer than one draw or worker, or not a graph.
    UnknownNameError
        An unknown measure or prior.

    Notes
    -----
    A draw takes ties away from the record and never adds one: with ``rank`` alone far outside ``low .. high`` the
    record's doubtful ties prop the entity up. What the record misses is a separate study: ``missing_ties``. An interval
    speaks about the doubt that the grades express and about nothing else; and a place, however sure, is a position in
    the recorded network, not guilt.

    Examples
    --------
    >>> import networkx
    >>> first = uncertainty(networkx.star_graph(4), "degree", draws=10).to_dict()["rows"][0]
    >>> first["id"], first["rank"], first["p_top"]
    ('0', 1, 1.0)
    """
    chosen = (measures,) if isinstance(measures, str) else tuple(dict.fromkeys(measures))
    if not chosen:
        raise GraphError("uncertainty needs at least one measure")
    if top < 1:
        raise GraphError("top must be at least 1")
    kinds = None if types is None else tuple(types)
    samplers = _samplers(graph, chosen, prior, kinds)
    drawn = draw_places(samplers, chosen, draws, seed, workers=workers)
    medians = {}
    fewer = min(draws, PRIOR_DRAWS)
    for name, shipped in load_schema().priors.items() if has_evidence(graph) else ():
        other = drawn
        if prior is not shipped and prior != name:
            other = draw_places(_samplers(graph, chosen, name, kinds), chosen, fewer, seed, workers=workers)
        medians[f"rank_{name}"] = {measure: spread(ranks)[1] for measure, ranks in other.items()}
    tables = [_table(m, samplers[_directed(m)], drawn[m], medians, top) for m in chosen]
    one = samplers[_directed(chosen[0])]
    parameters = {
        "draws": draws,
        "prior": one.prior,
        "seed": seed,
        "top": top,
        "level": LEVEL,
        "dependence": one.dependence,
        "prior_draws": fewer if medians else 0,
        "types": kinds,
    }
    table = pd.concat(tables, ignore_index=True)
    return Uncertainty(chosen, table, drawn, parameters, library_versions("igraph", "numpy"))


def _directed(measure: str) -> bool:
    return bool(MEASURES[measure].details["directed"])


def _samplers(
    graph: Any, measures: Sequence[str], prior: str | Prior, types: tuple[str, ...] | None
) -> dict[bool, EdgeSampler]:
    """A sampler for each directedness that the measures want."""
    if isinstance(graph, EdgeSampler):
        if wrong := [name for name in measures if _directed(name) != graph.graph.is_directed()]:
            raise GraphError(f"{', '.join(wrong)}: directions do not fit the sampler; compile one with directed=")
        return {graph.graph.is_directed(): graph}
    wanted = sorted({_directed(name) for name in measures})
    return {flag: edge_sampler(graph, prior=prior, directed=flag, types=types) for flag in wanted}


def draw_places(
    samplers: Mapping[bool, EdgeSampler], measures: Sequence[str], draws: int, seed: int, *, workers: int = 1
) -> dict[str, Places]:
    """Places over draws: for each measure shape (draws, n)."""
    parts = over_draws(_part, draws, dict(samplers), tuple(measures), seed, workers=workers)
    return {name: np.concatenate([part[name] for part in parts]) for name in measures}


def _part(
    numbers: Sequence[int], samplers: Mapping[bool, EdgeSampler], measures: Sequence[str], seed: int
) -> dict[str, Places]:
    ranks: dict[str, list[Places]] = {name: [] for name in measures}
    for number in numbers:
        for directed, sampler in samplers.items():
            drawn = sampler.drawn_graph(sampler.held(seed, number))
            for name in measures:
                if _directed(name) == directed:
                    ranks[name].append(measured_places(name, drawn))
    return {name: np.array(rows, dtype=np.int32) for name, rows in ranks.items()}


def _table(
    measure: str, sampler: EdgeSampler, ranks: Places, medians: Mapping[str, Mapping[str, Places]], top: int
) -> pd.DataFrame:
    low, median, high = spread(ranks)
    columns = {
        "rank": measured_places(measure, sampler.graph),
        "median": median,
        "low": low,
        "high": high,
        "p_top": (ranks <= top).mean(axis=0),
        **{name: by_measure[measure] for name, by_measure in medians.items()},
    }
    table = entity_labels(sampler.graph).assign(**columns).reset_index()
    if sampler.origins is not None:
        table["boundary"] = find_boundary(sampler)["boundary"].to_numpy()
    table.insert(0, "measure", measure)
    return table.sort_values(["rank", "id"], kind="stable", ignore_index=True)
