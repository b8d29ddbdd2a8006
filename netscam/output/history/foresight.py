"""Where those that authorities acted on later stood, month by month, on what was known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netscam.data.dataset import Dataset
from netscam.data.history.acts import find_act
from netscam.data.history.blind import blind_record, candidates
from netscam.data.history.outcomes import outcomes
from netscam.data.history.periods import Step, periods, record_span
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

LEAST = 10
"""Fewest candidates for which a place says anything."""


@dataclass(frozen=True, eq=False)
class Foresights:
    """Places of those acted on later, and how well rankings told them from others, at successive cutoffs.

    Parameters
    ----------
    places
        One row per cutoff, measure and entity acted on later: ``cutoff, measure, id, name, place, share, acted``:
        ``place`` among the candidates, equals sharing the mean of their places; ``share`` of the other candidates that
        stand above it, in [0, 1]; ``acted``, the earliest day of the act.
    scores
        One row per cutoff and measure: ``cutoff, measure, candidates, positives, prevalence, roc_auc, roc_auc_low,
        roc_auc_high``; positives are those acted on within the horizon.
    """

    places: pd.DataFrame
    scores: pd.DataFrame


def foresights(
    data: Dataset,
    *,
    event: str = "designation",
    horizon: str = "24m",
    measures: Sequence[str] = ("degree", "betweenness", "pagerank"),
    first: str | None = None,
    last: str | None = None,
    step: Step = "month",
    draws: int = 500,
    seed: int = 0,
) -> Foresights:
    """Backtest at the end of each of a row of months.

    Parameters
    ----------
    data
        The whole record.
    event, horizon
        As for ``backtest``; acts are those that the record dates.
    measures
        Centralities.
    first, last
        Dates of any precision; by default from the first publication to the date of the record.
    step
        ``month``, ``quarter`` or ``year``.
    draws, seed
        Of the bootstrap.

    Returns
    -------
    Foresights
        Cutoffs with fewer than ten candidates are left out.

    Raises
    ------
    DateError
        Something that is not a date, or a record without dates.
    UnknownNameError
        An unknown event or measure.

    Notes
    -----
    The cutoffs share documents and positives: neighbouring points are the same finding, not more of it.
    """
    import pandas as pd

    begin, end = record_span(data, "known")
    kinds = load_schema().relation_types[find_act(event).relation].source
    places: list[pd.DataFrame] = []
    scores: list[pd.DataFrame] = []
    for period in periods(first or begin, last or end, step):
        record = blind_record(data, period.end)
        able = candidates(record, kinds)
        table = outcomes(data, event=event, cutoff=period.end, horizon=horizon).set_index("id")
        table = table[table.index.isin(able) & table["state"].isin(["later", "beyond", "none"])]
        if len(table) >= LEAST:
            found = _at(record, able, table, measures, (draws, seed))
            places.append(found[0].assign(cutoff=period.end))
            scores.append(found[1].assign(cutoff=period.end, candidates=len(table)))
    columns = ["cutoff", "measure", "id", "name", "place", "share", "acted"]
    judged = ["cutoff", "measure", "candidates", "positives", "prevalence", "roc_auc", "roc_auc_low", "roc_auc_high"]
    return Foresights(
        pd.concat(places, ignore_index=True)[columns] if places else pd.DataFrame(columns=columns),
        pd.concat(scores, ignore_index=True)[judged] if scores else pd.DataFrame(columns=judged),
    )


def _at(
    record: Dataset, able: list[str], table: pd.DataFrame, measures: Sequence[str], how: tuple[int, int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Places and scores at one cutoff."""
    import pandas as pd

    from netscam.analysis.centrality import MEASURES
    from netscam.analysis.temporal.foresee import foresee
    from netscam.analysis.temporal.verdict import judge_rankings
    from netscam.analysis.temporal.verdict import places as placed
    from netscam.graph.build import to_igraph

    turned = {bool(MEASURES[name].details["directed"]) for name in measures} | {False}
    graphs = {directed: to_igraph(record, directed=directed) for directed in sorted(turned)}
    seen = foresee(graphs, able, measures=measures, k=0, seed=how[1])
    scores = seen.scores.reindex(table.index)
    acted = table[table["state"].isin(["later", "beyond"])]
    wide = placed(scores).loc[acted.index]
    rows = [
        pd.DataFrame({"id": wide.index, "measure": name, "place": wide[name].to_numpy()}) for name in scores.columns
    ]
    long = pd.concat(rows, ignore_index=True)
    long["share"] = (long["place"] - 1) / max(1, len(scores) - 1)
    long["name"], long["acted"] = long["id"].map(acted["name"]), long["id"].map(acted["earliest"])
    later = table["state"].eq("later")
    judged = judge_rankings(scores, later, ks=(1,), draws=how[0], seed=how[1])
    judged = judged[judged["ranking"].isin(list(measures))].rename(columns={"ranking": "measure"})
    judged = judged[["measure", "roc_auc", "roc_auc_low", "roc_auc_high"]].sort_values("measure")
    return long, judged.assign(positives=int(later.sum()), prevalence=float(later.mean()))
