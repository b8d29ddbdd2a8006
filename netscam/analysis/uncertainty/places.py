"""Places of vertices by a measure, in one graph and over many draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from netscam.analysis.large.run import DIGITS
from netscam.analysis.measures.registry import MEASURES

if TYPE_CHECKING:
    import igraph
    from numpy.typing import NDArray

    Places = NDArray[np.int32]

LEVEL = 0.90
"""Probability of the intervals."""
CUTS = (0.5 - LEVEL / 2, 0.5, 0.5 + LEVEL / 2)


def measured_places(measure: str, graph: igraph.Graph) -> Places:
    """Place of every vertex: 1 is the most important position, ties share the best place.

    Returns
    -------
    numpy.ndarray
        Shape (n,). The same as ``centrality(...).ranks()``, but for a vertex where the measure is not defined: it
        stands at the last place, n.
    """
    entry = MEASURES[measure]
    values = np.asarray(entry.function(graph), dtype=np.float64)
    return places(values, low_first=entry.details["central"] == "low")


def places(values: NDArray[np.float64], *, low_first: bool = False) -> Places:
    """Rank values, shape (n,): ties (equal to 12 significant digits) share the best place, NaN takes place n."""
    size = len(values)
    rounded = _rounded(values if low_first else -values)
    defined = np.sort(rounded[~np.isnan(rounded)])
    ranks = np.searchsorted(defined, rounded, side="left") + 1
    return np.where(np.isnan(rounded), size, ranks).astype(np.int32)


def _rounded(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values cut to ``DIGITS`` significant digits, so that the noise of sums makes no order."""
    size = np.abs(values)
    plain = (size > 0) & np.isfinite(size)
    scale = np.ones_like(values)
    scale[plain] = 10.0 ** (DIGITS - 1 - np.floor(np.log10(size[plain])))
    return np.where(plain, np.round(values * scale) / scale, values)


def spread(ranks: Places) -> Places:
    """Lower end, median and upper end of places over draws.

    Parameters
    ----------
    ranks
        Shape (draws, n).

    Returns
    -------
    numpy.ndarray
        Shape (3, n): quantiles 5 %, 50 % and 95 %, each a place that some draw gave (the smallest place with at least
        that share of the draws at or below it), so that the interval holds at least 90 % of the draws.
    """
    return np.quantile(ranks, CUTS, axis=0, method="inverted_cdf").astype(np.int32)
