"""A key-node question with every argument checked and turned into numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from netscam.analysis.keynodes.csr import CSR
from netscam.analysis.keynodes.objectives import component_sizes, connected_pairs, largest_component, reach_count

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Task:
    """What is asked: the graph, what counts, and which sets are allowed.

    Parameters
    ----------
    csr
        The graph.
    objective
        ``fragmentation``, ``reach`` or ``dismantle``.
    cost
        Cost of every node, shape (n,), all positive or 0.
    free
        Nodes that may be taken, those that must be included.
    must
        Nodes that every answer holds.
    places
        Largest number of nodes in a set.
    budget
        Largest total cost of a set; infinite when only the number counts.
    weight
        Importance of every node for ``fragmentation``, shape (n,); ones unless given.
    target_size
        Largest component allowed by ``dismantle``.
    distance
        Steps that ``reach`` counts.
    """

    csr: CSR
    objective: str
    cost: Floats
    free: Flags
    must: Flags
    places: int
    budget: float
    weight: Floats
    target_size: int = 1
    distance: int = 1

    @property
    def weighted(self) -> bool:
        """Whether some node has an importance other than 1."""
        return bool((self.weight != 1.0).any())

    @property
    def whole(self) -> bool:
        """Whether the value is a whole number whatever the set, so that bounds may be rounded."""
        numbers = self.cost if self.objective == "dismantle" else self.weight
        return self.objective == "reach" or bool((numbers == np.floor(numbers)).all())

    @property
    def larger_is_better(self) -> bool:
        """Whether the objective is maximised."""
        return self.objective == "reach"

    def value(self, nodes: npt.ArrayLike) -> float:
        """Value of a set, from the judge."""
        chosen = np.asarray(nodes, dtype=np.int64).ravel()
        if self.objective == "reach":
            return float(reach_count(self.csr, chosen, self.distance))
        if self.objective == "dismantle":
            return float(self.cost[chosen].sum())
        return float(connected_pairs(self.csr, chosen, self.weight if self.weighted else None))

    def faults(self, nodes: npt.ArrayLike) -> list[str]:
        """Say in words which limits a set breaks; empty when it is allowed."""
        chosen = np.unique(np.asarray(nodes, dtype=np.int64))
        found = []
        if chosen.size > self.places:
            found.append(f"{chosen.size} nodes where {self.places} are allowed")
        if self.cost[chosen].sum() > self.budget + 1e-9 * max(1.0, abs(self.budget)):
            found.append(f"cost {self.cost[chosen].sum():g} above the budget {self.budget:g}")
        if not self.free[chosen].all():
            found.append("a node that may not be taken")
        if not np.isin(np.flatnonzero(self.must), chosen).all():
            found.append("a node that must be taken is missing")
        if self.objective == "dismantle" and largest_component(self.csr, chosen) > self.target_size:
            found.append(f"a component of {int(component_sizes(self.csr, chosen)[0])} above {self.target_size}")
        return found


@dataclass(frozen=True, eq=False)
class Found:
    """What a method hands back: a set, its value, and what is proved about it."""

    nodes: npt.NDArray[np.int64]
    value: float
    bound: float | None
    proven: bool
    method: str
    root_bound: float | None = None
    branches: int = 0
