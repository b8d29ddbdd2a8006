"""The leading eigenvector of a symmetric non-negative matrix, also where there are several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.errors import GraphError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DENSE_SIZE = 64
TIE = 1e-9


def leading_vector(matrix: Any) -> tuple[float, NDArray[np.float64]]:
    """Largest eigenvalue of a matrix and the direction that a power iteration from equal values tends to.

    Parameters
    ----------
    matrix
        Symmetric, non-negative ``scipy.sparse.csr_array`` of shape (n, n) with an empty diagonal, n > 0.

    Returns
    -------
    value, vector
        ``vector`` has unit length and no negative entry. A component whose own largest eigenvalue is smaller than the
        whole's gets 0, which is its true entry. Where several components share the largest value the eigenvector is
        not unique; then it is the projection of the vector of ones onto their span, so that no component is
        preferred by its position or name. Values that differ by less than 1e-9 of themselves count as shared.
    """
    import numpy as np
    from scipy.sparse.csgraph import connected_components

    count, label = connected_components(matrix, directed=False)
    order = np.argsort(label, kind="stable")
    starts = np.searchsorted(label[order], np.arange(count))
    pieces = np.split(order, starts[1:])
    found = [(piece, *_perron(matrix[piece][:, piece])) for piece in _candidates(matrix, order, starts, pieces)]
    value = max(own for _, own, _ in found)
    vector = np.zeros(matrix.shape[0])
    for piece, own, direction in found:
        if own >= value * (1 - TIE):
            vector[piece] = direction * direction.sum()
    return value, vector / np.linalg.norm(vector)


def _candidates(
    matrix: Any, order: NDArray[np.int64], starts: NDArray[np.int64], pieces: list[NDArray[np.int64]]
) -> list[NDArray[np.int64]]:
    """Components that can hold the largest eigenvalue: their largest row sum is no less than a bound on it."""
    import numpy as np

    sums = np.asarray(matrix.sum(axis=1)).ravel()
    squares = np.asarray(matrix.power(2).sum(axis=1)).ravel()
    at_least = max(np.sqrt(squares.max()), *(np.add.reduceat(sums[order], starts) / [len(piece) for piece in pieces]))
    at_most = np.maximum.reduceat(sums[order], starts)
    return [piece for piece, bound in zip(pieces, at_most, strict=True) if bound >= at_least * (1 - TIE)]


def _perron(matrix: Any) -> tuple[float, NDArray[np.float64]]:
    """Largest eigenvalue and unit eigenvector of one component."""
    import numpy as np
    from scipy.sparse.linalg import ArpackNoConvergence, eigsh

    if matrix.shape[0] <= DENSE_SIZE:
        values, vectors = np.linalg.eigh(matrix.toarray())
    else:
        try:
            values, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(matrix.shape[0]))
        except ArpackNoConvergence:
            raise GraphError("the leading eigenvector did not converge: two eigenvalues are nearly equal") from None
    vector = np.abs(vectors[:, -1])
    return float(values[-1]), vector / np.linalg.norm(vector)
