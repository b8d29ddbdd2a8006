"""What a dismantling is: an order of removals, its curve, and the numbers read from the curve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

AUC_SHARE = 0.1
"""The area ends at the first removal after which the largest component is below this share of the nodes."""
SIZE_SHARE = 0.01
"""``size`` counts removals until the largest component is at most this share of the nodes."""


@dataclass(frozen=True)
class Dismantling:
    """An order in which to remove nodes, and what each removal leaves.

    Parameters
    ----------
    order
        Ids of the removed nodes, first to last; vertex numbers as text when the graph has no ids.
    curve
        Size of the largest component after 0, 1, 2, ... removals; one longer than ``order``.
    auc
        Area in nodes: sum of (largest component) / n after each removal up to and including the first at which it is
        below 10 % of n (or a single node). NaN when the order never gets there.
    size
        Removals until the largest component is at most 1 % of n (at least 1 node); None when it never is.
    size_10
        The same for 10 % of n.
    cost
        Sum of the costs of all nodes of ``order``.
    method, parameters
        What made the order.
    seed
        Seed of every random choice in it.
    seconds
        Wall time that it took; the one field that differs between two runs.
    versions
        Versions of the packages that the numbers depend on.

    Notes
    -----
    The order speaks of positions in the network as recorded. It says nothing about guilt, and a missing tie can
    change it; removal can mean arrest, but also freezing, delisting or blocking, by the type of node.
    """

    order: tuple[str, ...]
    curve: tuple[int, ...]
    auc: float
    size: int | None
    size_10: int | None
    cost: float
    method: str
    parameters: Mapping[str, Any]
    seed: int
    seconds: float
    versions: Mapping[str, str]

    def _repr_html_(self) -> str:
        from netscam.analysis.rich import rich_table

        words = f"{self.method}: {len(self.order)} removals, area {self.auc:.4g} nodes, {self.size_10} removals to 10 %"
        return rich_table(words, self.to_frame())

    def to_frame(self) -> pd.DataFrame:
        """One row per removal: ``step`` from 1, ``id``, ``largest`` component after it, its ``share`` of all nodes."""
        import pandas as pd

        n = max(1, self.parameters.get("n", self.curve[0] if self.curve else 1))
        largest = np.array(self.curve[1:], dtype=np.int64)
        return pd.DataFrame(
            {
                "step": np.arange(1, len(self.order) + 1),
                "id": list(self.order),
                "largest": largest,
                "share": largest / n,
            }
        )

    def to_dict(self) -> dict[str, Any]:
        """Every field under its own name, ready for JSON; an undefined area is None."""
        fields = asdict(self)
        fields["order"], fields["curve"] = list(self.order), list(self.curve)
        fields["parameters"], fields["versions"] = dict(self.parameters), dict(self.versions)
        fields["auc"] = None if np.isnan(self.auc) else self.auc
        return fields


def area(curve: NDArray[np.int64], n: int, share: float = AUC_SHARE) -> float:
    """Sum of curve / n after each removal, up to and including the first below ``share`` of n (or of one node).

    Parameters
    ----------
    curve
        Largest component after 0, 1, 2, ... removals.
    n
        Nodes of the whole network.
    share
        Where the area ends.

    Returns
    -------
    float
        In nodes; NaN when the curve never gets there, 0 when it starts there.
    """
    ended = np.flatnonzero((curve < share * n) | (curve <= 1))
    if ended.size == 0:
        return float("nan")
    return float(curve[1 : ended[0] + 1].sum() / n) if n else 0.0


def removals(curve: NDArray[np.int64], n: int, share: float) -> int | None:
    """Removals until the largest component is at most ``share`` of n (at least one node); None when it never is."""
    reached = np.flatnonzero(curve <= max(1.0, share * n))
    return int(reached[0]) if reached.size else None
