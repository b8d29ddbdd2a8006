"""What several measures need from a graph: its matrix, its edge numbers, its undirected form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from netscam.errors import GraphError

if TYPE_CHECKING:
    import igraph
    import numpy as np
    from numpy.typing import NDArray

BLOCK_PRODUCTS = 2**23
"""Most products that a sparse matrix product may hold at once: about 200 MB."""


def edge_numbers(graph: igraph.Graph, key: str) -> NDArray[np.float64]:
    """A positive edge attribute as an array of shape (m,).

    Raises
    ------
    GraphError
        The attribute is missing, or a value is not a positive finite number.
    """
    import numpy as np

    if not graph.ecount():
        return np.empty(0)
    if key not in graph.es.attributes():
        raise GraphError(f"the edges have no {key!r}; as_igraph and to_igraph set it")
    numbers = np.asarray(graph.es[key], dtype=np.float64)
    if not (np.isfinite(numbers) & (numbers > 0)).all():
        raise GraphError(f"{key!r} must be a positive finite number on every edge")
    return numbers


def edge_weights(graph: igraph.Graph, key: str, *, weighted: bool) -> list[float] | None:
    """The edge attribute as igraph wants it; None where weights are not asked for."""
    return edge_numbers(graph, key).tolist() if weighted else None


def edge_ends(graph: igraph.Graph) -> NDArray[np.int64]:
    """Vertex numbers of every edge, shape (m, 2)."""
    import numpy as np

    flat = chain.from_iterable(graph.get_edgelist())  # half the time of an array of tuples
    return np.fromiter(flat, np.int64, 2 * graph.ecount()).reshape(-1, 2)


def undirected(graph: igraph.Graph) -> igraph.Graph:
    """The graph without directions, vertices in the same order: mutual edges become one, as in ``as_igraph``.

    Their strengths add, and their distances combine as inverse strengths do.
    """
    if not graph.is_directed():
        return graph
    combine = {"strength": "sum", "distance": _merged_distance}
    kept = {key: rule for key, rule in combine.items() if key in graph.es.attributes()}
    return graph.as_undirected(mode="collapse", combine_edges=kept or None)


def _merged_distance(distances: list[float]) -> float:
    return distances[0] if len(distances) == 1 else 1.0 / sum(1.0 / distance for distance in distances)


def adjacency(graph: igraph.Graph, *, weighted: bool = False) -> Any:
    """Adjacency matrix of a simple graph.

    Returns
    -------
    scipy.sparse.csr_array
        Shape (n, n); entry (i, j) is 1, or the strength, of the edge from i to j; symmetric for an undirected graph.
    """
    import numpy as np
    from scipy import sparse

    ends = edge_ends(graph)
    values = edge_numbers(graph, "strength") if weighted else np.ones(len(ends))
    rows, columns = ends[:, 0], ends[:, 1]
    if not graph.is_directed():
        rows, columns = np.concatenate([rows, columns]), np.concatenate([columns, rows])
        values = np.concatenate([values, values])
    return sparse.csr_array((values, (rows, columns)), shape=(graph.vcount(), graph.vcount()))


def row_blocks(matrix: Any) -> Iterator[NDArray[np.int64]]:
    """Numbers of the rows with more than one entry, in blocks whose product with the matrix fits into memory.

    A hub makes the squared matrix dense; block by block, no more than ``BLOCK_PRODUCTS`` entries (or one row) are held.
    Rows with one entry are left out: in a star they alone would make n * n products.
    """
    import numpy as np

    sizes = np.diff(matrix.indptr)
    per_entry = np.append(0, np.cumsum(sizes[matrix.indices]))
    rows = np.flatnonzero(sizes > 1)
    products = np.append(0, np.cumsum((per_entry[matrix.indptr[1:]] - per_entry[matrix.indptr[:-1]])[rows]))
    start = 0
    while start < len(rows):
        stop = int(np.searchsorted(products, products[start] + BLOCK_PRODUCTS, side="right")) - 1
        stop = max(stop, start + 1)
        yield rows[start:stop]
        start = stop
