"""What a report is made of: every result computed once, with the defaults of the commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netscam.output.report.naming import Namer

if TYPE_CHECKING:
    from netscam.analysis.recovery import Comparison
    from netscam.analysis.study import Study
    from netscam.analysis.summary import Summary
    from netscam.analysis.uncertainty import RobustKeyNodes, Uncertainty
    from netscam.data.dataset import Dataset
    from netscam.output.history.exodus import Exodus

MEASURE = "betweenness"
"""The measure that key nodes are ranked by in the text."""
TOP = 10
STRATEGIES = ("leaders", "low-level", "recruiters", "finance")
STEPS, RUNS = 10, 200


@dataclass(frozen=True)
class Facts:
    """Results that the chapters tell.

    Parameters
    ----------
    data
        The dataset.
    namer
        Names entities with standing and source.
    study
        The standard run: centralities, communities, key-node sets and their curve.
    size
        Counts of the network.
    doubt
        Intervals of ranks over draws from the evidence, as ``netscam uncertainty`` gives them.
    robust
        Sets under doubt, as ``netscam robust-key-nodes`` gives them.
    aftermath
        Strategies of removal under every model of reaction, on networks drawn from the evidence, as
        ``netscam recovery --draws 200`` gives them; None where the record has nobody to compare.
    exodus
        The month in which the record tells of most sites left or closed, as ``netscam exodus`` gives it; None without.
    """

    data: Dataset
    namer: Namer
    study: Study
    size: Summary
    doubt: Uncertainty
    robust: RobustKeyNodes
    aftermath: Comparison | None
    exodus: Exodus | None


def gather(
    data: Dataset, *, seed: int = 0, study: Study | None = None, progress: Callable[[str], None] | None = None
) -> Facts:
    """Compute everything that the report tells; raises GraphError for a network without ties."""
    from netscam.analysis.dismantle.finished import finished
    from netscam.analysis.study import run_study
    from netscam.analysis.summary import summary
    from netscam.analysis.uncertainty import robust_key_nodes, uncertainty
    from netscam.graph.build import to_igraph

    tell = progress or (lambda word: None)
    graph = to_igraph(data)
    study = study or run_study(graph, seed=seed, progress=tell)
    tell("intervals of ranks")
    doubt = uncertainty(data, MEASURE, seed=seed, top=TOP)
    tell("sets under doubt")
    robust = finished(robust_key_nodes)(data, k=study.k, seed=seed)
    tell("removal and reaction")
    aftermath = _aftermath(data, seed)
    tell("sites that emptied or closed")
    return Facts(data, Namer(data), study, summary(graph), doubt, robust, aftermath, _exodus(data, seed))


def _aftermath(data: Dataset, seed: int) -> Comparison | None:
    from netscam.analysis.recovery import comparable, compare, situation

    case = situation(data)
    strategies, steps = comparable(case, STRATEGIES, STEPS)
    if len(strategies) < 2:
        return None
    return compare(case, strategies, steps=steps, runs=RUNS, draws=RUNS, seed=seed)


def _exodus(data: Dataset, seed: int) -> Exodus | None:
    """Before and after the month with most events of people leaving, else of closures; the last of equals."""
    from netscam.output.history.exodus import exodus

    for kind in ("exodus", "closure"):
        dates = data.events.loc[data.events["type"].eq(kind), "date"].str[:7]
        months = dates[dates.str.len().eq(7)].value_counts()
        if len(months):
            month = max(months[months.eq(months.max())].index)
            return exodus(data, first=month, last=month, seed=seed)
    return None
