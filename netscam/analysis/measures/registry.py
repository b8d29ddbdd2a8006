"""Where the measures are registered, and what each has to say about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from netscam.registry import Registry

if TYPE_CHECKING:
    import igraph
    import numpy as np
    from numpy.typing import NDArray


class Measure(Protocol):
    """A centrality: one number per vertex, in the order of the graph's vertices.

    Parameters
    ----------
    graph
        Simple graph; it is left as it is.
    weighted
        Use the edge attribute that the measure declares (``strength`` or ``distance``); measures that declare ``none``
        give the same numbers either way.

    Returns
    -------
    numpy.ndarray
        Shape (n,), float64; NaN where the measure is not defined.
    """

    def __call__(self, graph: igraph.Graph, *, weighted: bool = False) -> NDArray[np.float64]:
        """Compute the measure."""
        ...


MEASURES: Registry[Measure] = Registry("measure")
"""Registered with ``weight`` (``none``, ``strength`` or ``distance``: the edge attribute that the weighted version
uses), ``directed`` (whether ``centrality`` hands it directions unless told otherwise), ``central`` (``high`` or
``low``: which end stands for an important position) and ``cite``."""
