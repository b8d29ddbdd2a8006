"""What ``key_nodes`` answers with."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class KeyNodes:
    """A set of nodes with what it is worth and what is proved about it.

    Parameters
    ----------
    nodes
        Ids of the set, in natural order.
    value
        Fragmentation: (weighted) pairs that stay connected after removal, fewer is better. Reach: nodes within the
        distance, more is better. Dismantle: cost of the set, less is better.
    bound
        What no allowed set can pass, proved; None when the method proves nothing.
    gap
        Distance of value and bound as a share of the value; 0 when proved, None without a bound.
    proven_optimal
        Whether no allowed set is better. For whole-number objectives this needs a bound less than 1 away.
    method
        Method that was used, after ``auto`` was resolved.
    alternatives
        Other sets that are exactly as good and hold no node in vain, in natural order; only searched for when the
        value is proved.
    costs
        Cost of every node of the set.
    seconds
        Time taken on this machine; the only field that differs between runs.
    objective, parameters, seed, versions
        What was asked, and of which libraries.
    in_every_optimal
        Nodes that every optimal set holds; None when that is not known.
    alternatives_complete
        Whether ``nodes`` and ``alternatives`` are all optimal sets without a node in vain.

    Notes
    -----
    Optimal means optimal for the network as recorded. It says nothing about ties that the record misses, and
    structural position is not guilt.
    """

    nodes: tuple[str, ...]
    value: float
    bound: float | None
    gap: float | None
    proven_optimal: bool
    method: str
    alternatives: tuple[tuple[str, ...], ...]
    costs: dict[str, float]
    seconds: float
    objective: str
    parameters: dict[str, Any] = field(default_factory=dict)
    seed: int = 0
    in_every_optimal: tuple[str, ...] | None = None
    alternatives_complete: bool = False
    versions: dict[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data for JSON; keys are the field names."""
        plain = asdict(self)
        plain["nodes"] = list(self.nodes)
        plain["alternatives"] = [list(nodes) for nodes in self.alternatives]
        plain["in_every_optimal"] = None if self.in_every_optimal is None else list(self.in_every_optimal)
        return plain

    def _repr_html_(self) -> str:
        from netscam.analysis.rich import rich_table

        bound = "no bound proved" if self.bound is None else f"bound {self.bound:,.6g}"
        proved = ", proved optimal" if self.proven_optimal else ""
        return rich_table(
            f"{self.objective}: value {self.value:,.6g}, {bound}{proved} ({self.method})", self.to_frame()
        )

    def to_frame(self) -> pd.DataFrame:
        """One row per node: id, cost, whether every optimal set holds it, and how many of the listed sets do."""
        import pandas as pd

        listed = (self.nodes, *self.alternatives)
        certain = self.in_every_optimal
        return pd.DataFrame(
            {
                "node": list(self.nodes),
                "cost": [self.costs[node] for node in self.nodes],
                "in_every_optimal": [None if certain is None else node in certain for node in self.nodes],
                "listed_sets": [sum(node in nodes for nodes in listed) for node in self.nodes],
            }
        )
