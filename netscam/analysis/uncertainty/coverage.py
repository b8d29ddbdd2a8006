"""Whether intervals keep their word, where the truth is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from netscam.analysis.measures.registry import MEASURES
from netscam.analysis.uncertainty.places import measured_places
from netscam.analysis.uncertainty.ranks import Uncertainty
from netscam.errors import GraphError
from netscam.graph.build import as_igraph


def interval_coverage(result: Uncertainty, truth: Any | Mapping[str, int]) -> pd.DataFrame:
    """Compare intervals with the places in the true network.

    Parameters
    ----------
    result
        Intervals for the record.
    truth
        The true network (a ``Dataset``, igraph or networkx graph with the same ids), or true places by id, for one
        measure.

    Returns
    -------
    pandas.DataFrame
        Columns ``measure, id, true, low, high, covered``, in the order of the result.

    Raises
    ------
    GraphError
        An entity of the result is not in the truth.

    Notes
    -----
    The mean of ``covered`` over many generated cases should be near ``level``: below it the intervals promise too much.
    In one case the covered shares of entities hang together, since one wrong origin moves many ranks at once.
    """
    tables = []
    for measure in result.measures:
        rows = result.table[result.table["measure"] == measure]
        places = _true_places(measure, truth)
        true = rows["id"].map(places)
        if true.isna().any():
            raise GraphError(f"{rows['id'][true.isna()].iloc[0]} has no place in the truth")
        table = rows[["measure", "id"]].assign(true=true.astype(int), low=rows["low"], high=rows["high"])
        tables.append(table.assign(covered=table["true"].between(table["low"], table["high"])))
    return pd.concat(tables, ignore_index=True)


def _true_places(measure: str, truth: Any | Mapping[str, int]) -> dict[str, int]:
    if isinstance(truth, Mapping):
        return {str(key): int(value) for key, value in truth.items()}
    graph = as_igraph(truth, directed=bool(MEASURES[measure].details["directed"]))
    return dict(zip(graph.vs["name"], measured_places(measure, graph).tolist(), strict=True))
