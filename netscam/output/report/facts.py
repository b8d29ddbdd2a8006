"""What a report is made of: every result computed once, with the defaults of the commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netscam.output.report.naming import Namer

if TYPE_CHECKING:
    from netscam.analysis.study import Study
    from netscam.analysis.summary import Summary
    from netscam.analysis.uncertainty import RobustKeyNodes, Uncertainty
    from netscam.data.dataset import Dataset

MEASURE = "betweenness"
"""The measure that key nodes are ranked by in the text."""
TOP = 10


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
    """

    data: Dataset
    namer: Namer
    study: Study
    size: Summary
    doubt: Uncertainty
    robust: RobustKeyNodes


def gather(
    data: Dataset, *, seed: int = 0, study: Study | None = None, progress: Callable[[str], None] | None = None
) -> Facts:
    """Compute everything that the report tells; raises GraphError for a network without ties."""
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
    robust = robust_key_nodes(data, k=study.k, seed=seed)
    return Facts(data, Namer(data), study, summary(graph), doubt, robust)
