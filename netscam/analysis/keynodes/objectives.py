"""The judge: what a set of removed or chosen nodes is worth, computed apart from every method that finds one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from netscam.analysis.keynodes.csr import CSR
from netscam.errors import GraphError


def flags(csr: CSR, vertices: Iterable[int]) -> npt.NDArray[np.bool_]:
    """Turn vertex numbers into one flag per vertex; raises GraphError for a number outside the graph."""
    chosen = np.zeros(csr.n, dtype=np.bool_)
    index = np.fromiter(vertices, dtype=np.int64)
    if index.size and (index.min() < 0 or index.max() >= csr.n):
        raise GraphError(f"a vertex lies outside 0 to {csr.n - 1}")
    chosen[index] = True
    return chosen


def _components(csr: CSR, removed: Iterable[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    from netscam.analysis.keynodes.kernels import component_labels

    label, size = component_labels(csr.indptr, csr.indices, ~flags(csr, removed))
    return label, size


def component_sizes(csr: CSR, removed: Iterable[int] = ()) -> npt.NDArray[np.int64]:
    """Sizes of the components that are left after removing ``removed``, largest first; removed nodes are in none."""
    return -np.sort(-_components(csr, removed)[1])


def largest_component(csr: CSR, removed: Iterable[int] = ()) -> int:
    """Size of the largest component after removing ``removed``; 0 when nothing is left."""
    sizes = component_sizes(csr, removed)
    return int(sizes[0]) if sizes.size else 0


def connected_pairs(
    csr: CSR, removed: Iterable[int] = (), weights: npt.NDArray[np.float64] | None = None
) -> int | float:
    """Count the pairs of nodes that can still reach each other after removing ``removed``.

    The sum over components of s(s - 1) / 2; Borgatti's fragmentation (KPP-Neg, Computational & Mathematical
    Organization Theory 12, 2006) without its constant, and the objective of the critical node problem (Arulselvan
    et al., Computers & Operations Research 36, 2009).

    Parameters
    ----------
    csr
        The graph.
    removed
        Vertices that are taken out, with their edges.
    weights
        Importance of every vertex, shape (n,). A pair then counts w_u w_v, and the result is a float.

    Notes
    -----
    It speaks of the network as recorded: a pair that is unreachable here may have met off the record.
    """
    if weights is None:
        sizes = component_sizes(csr, removed)
        return int((sizes * (sizes - 1) // 2).sum())
    label, size = _components(csr, removed)
    left = label >= 0
    total = np.bincount(label[left], weights=weights[left], minlength=len(size))
    squares = np.bincount(label[left], weights=weights[left] ** 2, minlength=len(size))
    return float(((total**2 - squares) / 2).sum())


def reach_count(csr: CSR, chosen: Iterable[int], distance: int = 1) -> int:
    """Count the nodes at most ``distance`` steps from a chosen node, chosen nodes included (Borgatti's KPP-Pos)."""
    from netscam.analysis.keynodes.kernels import within_distance

    return int(within_distance(csr.indptr, csr.indices, flags(csr, chosen), distance).sum())
