"""Ties by type: what is observed against what chance would give, and how far like is tied to like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.analysis.summary import mixing
from netscam.graph.build import as_igraph

if TYPE_CHECKING:
    import pandas as pd


def expected_mixing(graph: Any) -> pd.DataFrame:
    """Ties between types that random wiring would give: degrees as recorded, partners drawn by chance.

    With m ties and K_a the summed degrees of type a, chance gives K_a K_b / (2 m) ties between two types and
    K_a² / (4 m) within one (the configuration model, in which loops and repeated ties are allowed).

    Parameters
    ----------
    graph
        A Dataset, an igraph.Graph or a networkx graph.

    Returns
    -------
    pandas.DataFrame
        In the form of ``mixing``, and with the same sum; all 0 without ties.

    Notes
    -----
    A tie more common than this need not mean a preference: a list that prints one address for each company makes
    ties of company and address, whatever companies do.

    References
    ----------
    .. [1] Newman, Mixing patterns in networks, Physical Review E 67, 026126 (2003).
    """
    import numpy as np
    import pandas as pd

    g = as_igraph(graph)
    observed = mixing(g)
    degrees = pd.Series(g.degree(), index=pd.Index(g.vs["type"]), dtype=float).groupby(level=0).sum()
    totals = degrees.reindex(observed.index).fillna(0.0).to_numpy()
    table = np.outer(totals, totals) / max(2 * g.ecount(), 1)
    table[np.diag_indices_from(table)] /= 2
    return pd.DataFrame(table, index=observed.index, columns=observed.columns)


def assortativity(graph: Any) -> float:
    """How far ties join entities of one type: Newman's coefficient for categories.

    (sum of e_aa - sum of a_a²) / (1 - sum of a_a²), with e_aa the share of tie ends within type a and a_a the share of
    all tie ends at type a: 1 when every tie stays within a type, 0 when types play no part, below 0 when ties join
    unlike types.

    Parameters
    ----------
    graph
        A Dataset, an igraph.Graph or a networkx graph.

    Returns
    -------
    float
        NaN without ties, or when all ties touch one type only.

    References
    ----------
    .. [1] Newman, Mixing patterns in networks, Physical Review E 67, 026126 (2003).
    """
    import numpy as np

    g = as_igraph(graph)
    if not g.ecount():
        return float("nan")
    inside = float(np.trace(mixing(g).to_numpy())) / g.ecount()
    chance = float(np.trace(expected_mixing(g).to_numpy())) / g.ecount()
    return float("nan") if np.isclose(chance, 1.0) else (inside - chance) / (1 - chance)
