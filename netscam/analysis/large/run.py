"""Which way a measure is computed on a graph of this size, and what must be said about it."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from netscam.analysis.large.size import EXACT_VERTICES, KERNEL_EDGES
from netscam.analysis.measures.brokerage import few_detours
from netscam.analysis.measures.matrices import undirected
from netscam.analysis.measures.registry import MEASURES

if TYPE_CHECKING:
    import igraph
    from numpy.typing import NDArray

DIGITS = 12
"""Significant digits that a ranking keeps: fewer than the noise of sums, so that equal positions stay ties."""

MATRIX = frozenset({"eigenvector", "katz", "hub", "authority", "effective_size", "collective_influence", "bridging"})
"""Measures that use the adjacency matrix at any size."""

EVERY = 5.0
"""Seconds between two lines of progress in the log."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Way:
    """Values of a measure and how they were computed; ``told`` is plain words and numbers for a record."""

    values: NDArray[np.float64]
    told: Mapping[str, Any]


def run_measure(name: str, graph: igraph.Graph, *, weighted: bool, method: str, seed: int) -> Way:
    """Compute a registered measure, exactly or from a sample, as ``centrality`` says."""
    function = MEASURES[name].function
    if _sampled(name, graph, method):
        from netscam.analysis.large.sampled import SAMPLED

        found = SAMPLED[name](graph, weighted=weighted, seed=seed, step=_Progress(name))
        told = {
            "method": "sampled",
            "kernel": "igraph, sampled sources",
            "samples": found.samples,
            "bound": found.bound,
            "confidence": found.confidence,
            "seed": seed,
        }
        return Way(found.values, told)
    if name == "pagerank" and graph.ecount() > KERNEL_EDGES:
        from netscam.analysis.large.matrix import matrix_pagerank
        from netscam.analysis.measures.spectral import DAMPING

        values = matrix_pagerank(graph, weighted=weighted, damping=DAMPING)
        return Way(values, {"method": "exact", "kernel": "scipy.sparse", "tolerance": 1e-11})
    matrix = name in MATRIX or (name == "constraint" and not few_detours(undirected(graph)))
    return Way(
        function(graph, weighted=weighted), {"method": "exact", "kernel": "scipy.sparse" if matrix else "igraph"}
    )


def _sampled(name: str, graph: igraph.Graph, method: str) -> bool:
    """Whether a measure is estimated; closeness with directions has no bound, so it is not."""
    if name not in ("betweenness", "closeness", "harmonic", "bridging") or method == "exact" or graph.vcount() < 3:
        return False
    if name == "closeness" and graph.is_directed():
        return False
    return method == "sampled" or graph.vcount() > EXACT_VERTICES


class _Progress:
    """A line in the log now and then: how many of the samples are done."""

    def __init__(self, name: str) -> None:
        self.name, self.last = name, time.monotonic()

    def __call__(self, done: int, count: int) -> None:
        now = time.monotonic()
        if now - self.last > EVERY:
            self.last = now
            _log.info("%s: %d of %d sources", self.name, done, count)


def rounded(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values at 12 significant digits; each distinct value is rounded once."""
    distinct, place = np.unique(values + 0.0, return_inverse=True, equal_nan=False)
    short = np.array([float(f"{value:.{DIGITS}g}") for value in distinct.tolist()], dtype=np.float64)
    return short[place].reshape(values.shape)
