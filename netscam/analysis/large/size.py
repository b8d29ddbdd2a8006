"""From which size on another way is taken; the one place where these sizes stand."""

from __future__ import annotations

EXACT_VERTICES = 20_000
"""Up to so many vertices shortest-path measures are exact unless asked otherwise: minutes at most."""

KERNEL_EDGES = 5_000_000
"""Above so many edges PageRank is computed on a sparse matrix: about half of igraph's time at ten million, of which
handing the edges over takes back a good part; below a few million igraph is as fast."""

VISITS = 300_000_000
"""Vertices and edges that the samples of one measure may visit together: about two minutes."""
FEWEST, MOST = 50, 2_000

FAILURE = 0.1
"""Probability with which a stated bound may fail, for all vertices together."""


def sample_size(vertices: int, edges: int) -> int:
    """How many sources are sampled; never more than there are vertices.

    Examples
    --------
    >>> sample_size(53_000, 60_000), sample_size(250_000, 1_000_000), sample_size(30, 40)
    (1734, 133, 30)
    """
    wanted = VISITS // max(1, vertices + 2 * edges)
    return min(vertices, max(FEWEST, min(MOST, wanted)))
