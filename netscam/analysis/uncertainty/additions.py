"""Ties that the record may have missed: drawn between types that have ties, towards those who have many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netscam.graph.sample import MISSING, stream

if TYPE_CHECKING:
    import igraph
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

SMOOTHING = 1.0
"""Added to every degree, so that an entity without a recorded tie can get one."""
ROUNDS = 60
"""Batches to try before a graph counts as full."""


@dataclass(frozen=True, eq=False)
class Additions:
    """A way to draw missing ties for one graph.

    Parameters
    ----------
    ends
        Recorded edges, shape (m, 2).
    block
        Number of the type of every vertex, shape (n,).
    order
        Vertices sorted by type.
    mass
        Running sum of ``degree + SMOOTHING`` in that order, shape (n,).
    starts
        First position of every type in ``order``, and n at the end.
    """

    ends: Ints
    block: Ints
    order: Ints
    mass: NDArray[np.float64]
    starts: Ints

    def draw(self, seed: int, number: int, count: int) -> Ints:
        """Draw new ties one after the other.

        A recorded tie, picked evenly, gives the two types; each end is a vertex of that type, picked in proportion to
        its degree plus one. Loops, recorded ties and repeats are thrown away. The first ties of a longer draw are those
        of a shorter one.

        Returns
        -------
        numpy.ndarray
            Shape (count, 2), smaller vertex first; fewer rows when the graph is full.
        """
        rng = stream(seed, MISSING, number)
        size = len(self.block)
        known = self.ends.min(axis=1) * size + self.ends.max(axis=1)
        found = np.zeros(0, dtype=np.int64)
        batch = max(64, 2 * len(self.ends))
        for _ in range(ROUNDS if len(self.ends) else 0):
            types = self.block[self.ends[rng.integers(0, len(self.ends), batch)]]
            pairs = self._vertices(types, rng.random(types.shape))
            pairs = pairs[pairs[:, 0] != pairs[:, 1]]
            found = np.concatenate([found, pairs.min(axis=1) * size + pairs.max(axis=1)])
            found = found[np.sort(np.unique(found, return_index=True)[1])]
            found = found[~np.isin(found, known)]
            if len(found) >= count:
                break
        return np.column_stack(np.divmod(found[:count], max(1, size)))

    def _vertices(self, types: Ints, uniform: NDArray[np.float64]) -> Ints:
        """Pick a vertex of each type in proportion to its mass."""
        before = np.concatenate([[0.0], self.mass])
        low, high = before[self.starts[types]], before[self.starts[types + 1]]
        position = np.searchsorted(self.mass, low + uniform * (high - low), side="right")
        return np.asarray(self.order[np.clip(position, self.starts[types], self.starts[types + 1] - 1)])


def additions_of(graph: igraph.Graph) -> Additions:
    """Prepare a graph; without the vertex attribute ``type`` all vertices are of one type."""
    size = graph.vcount()
    types = graph.vs["type"] if "type" in graph.vs.attributes() else [""] * size
    names, block = np.unique(np.asarray(types, dtype=str), return_inverse=True)
    order = np.argsort(block, kind="stable")
    degree = np.asarray(graph.degree(), dtype=np.float64) + SMOOTHING
    return Additions(
        ends=np.asarray(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2),
        block=block.astype(np.int64),
        order=order.astype(np.int64),
        mass=np.cumsum(degree[order]),
        starts=np.searchsorted(block[order], np.arange(len(names) + 1)).astype(np.int64),
    )
