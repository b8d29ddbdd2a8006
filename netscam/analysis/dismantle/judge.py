"""The judge of orders: apart from every method, so that no method marks its own work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.result import AUC_SHARE, area
from netscam.errors import GraphError

if TYPE_CHECKING:
    from netscam.analysis.keynodes.csr import CSR


def removal_curve(csr: CSR, order: Iterable[int]) -> NDArray[np.int64]:
    """Largest component after 0, 1, 2, ... removals.

    The nodes are put back from the end with union-find, so the whole curve costs little more than one look
    at every edge (Newman and Ziff, Physical Review Letters 85, 2000).

    Raises
    ------
    GraphError
        A vertex that is not in the graph, or comes twice.
    """
    from netscam.analysis.dismantle.kernels.components import lcc_curve

    index = np.fromiter(order, dtype=np.int64)
    if index.size and (index.min() < 0 or index.max() >= csr.n or np.unique(index).size != index.size):
        raise GraphError("an order must name different vertices of the graph")
    curve: NDArray[np.int64] = lcc_curve(csr.indptr, csr.indices, index)
    return curve


def order_area(csr: CSR, order: Iterable[int], share: float = AUC_SHARE) -> float:
    """Area under the curve of an order, in nodes; see `Dismantling.auc`."""
    return area(removal_curve(csr, order), csr.n, share)
