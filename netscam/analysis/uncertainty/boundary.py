"""Where the record ends: entities that have one tie because nobody looked further."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netscam.analysis.labels import entity_labels
from netscam.errors import GraphError
from netscam.graph.sample import EdgeSampler, edge_sampler

if TYPE_CHECKING:
    from numpy.typing import NDArray

WELL_KNOWN = 2
"""Origins from which on an entity counts as looked at."""


def find_boundary(graph: Any) -> pd.DataFrame:
    """Flag the leaves that one source mentioned and nobody looked at.

    Parameters
    ----------
    graph
        A ``Dataset``, or an ``EdgeSampler`` made of one.

    Returns
    -------
    pandas.DataFrame
        One row per entity of the analysis graph, in id order. Columns ``id, name, type``;

        ``ties``
            neighbours in the analysis graph;
        ``origins``
            how many origin groups name the entity in a supporting row, in any relation of the dataset;
        ``typical``
            median number of ties among entities of its type that at least two origins name; NaN if there is none;
        ``boundary``
            whether it has at most one tie, at most one origin names it, and entities of its type that were looked at
            typically have more (or none was looked at);
        ``boundary_neighbours``
            how many of its neighbours are flagged: how much of its position is a star of names on one list.

    Raises
    ------
    GraphError
        A plain graph: it does not say who named an entity.

    Notes
    -----
    A flag is a statement about the record, not about the entity: its rank is a lower bound that nobody has tried to
    raise, and those around it may owe their rank to how one source lists names.

    References
    ----------
    Laumann, E. O., Marsden, P. V., & Prensky, D. (1983). The boundary specification problem in network analysis. In R.
    S. Burt & M. J. Minor (Eds.), Applied Network Analysis (pp. 18-34). Sage.
    """
    sampler = graph if isinstance(graph, EdgeSampler) else edge_sampler(graph)
    if sampler.origins is None:
        raise GraphError("boundary effects need a dataset: a plain graph does not say which sources name an entity")
    whole = sampler.graph
    labels = entity_labels(whole)
    ties = np.asarray([len(set(near)) for near in whole.get_adjlist(mode="all")], dtype=np.int64)
    table = labels.assign(ties=ties, origins=sampler.origins)
    known = table[table["origins"] >= WELL_KNOWN].groupby("type")["ties"].median()
    table["typical"] = table["type"].map(known).astype(float)
    alone = table["ties"].le(1) & table["origins"].lt(WELL_KNOWN)
    table["boundary"] = alone & ~table["typical"].le(1)
    table["boundary_neighbours"] = _flagged_neighbours(sampler, table["boundary"].to_numpy(bool))
    return table.reset_index()


def _flagged_neighbours(sampler: EdgeSampler, flagged: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Count flagged neighbours of every vertex; a tie in both directions counts once."""
    ends = np.unique(np.sort(sampler.ends, axis=1), axis=0)
    both = np.concatenate([ends, ends[:, ::-1]])
    return np.bincount(both[flagged[both[:, 1]], 0], minlength=len(flagged)).astype(np.int64)
