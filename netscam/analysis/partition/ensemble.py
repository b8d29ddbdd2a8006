"""Many runs of one method: what they agree on, and the run that agrees most with the others."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netscam.analysis.partition.seeding import igraph_random

if TYPE_CHECKING:
    import igraph
    import numpy as np
    from numpy.typing import NDArray

    from netscam.analysis.partition.methods import Method


EVERY = 5.0
"""Seconds between two lines of progress in the log."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Ensemble:
    """The different partitions that several runs ended with.

    Parameters
    ----------
    partitions
        Shape (d, n), int32: one row per different partition, labels numbered by first appearance.
    counts
        Shape (d,): how many runs ended with each.
    qualities
        Shape (d,): the method's own quality of each.
    """

    partitions: NDArray[np.int32]
    counts: NDArray[np.int64]
    qualities: NDArray[np.float64]

    def together(self, ends: NDArray[np.int64]) -> NDArray[np.float64]:
        """Share of runs in which the two vertices of each pair were in one community; ``ends`` has shape (m, 2)."""
        import numpy as np

        share = np.zeros(len(ends))
        for labels, count in zip(self.partitions, self.counts.tolist(), strict=True):
            share += count * (labels[ends[:, 0]] == labels[ends[:, 1]])
        return share / float(self.counts.sum())


def run_ensemble(
    graph: igraph.Graph,
    method: Method,
    *,
    weights: list[float] | None,
    resolution: float,
    seeds: list[int],
) -> Ensemble:
    """Run a method once per seed; isolates are left out of the run and get a label of their own."""
    import numpy as np

    tied = np.flatnonzero(np.asarray(graph.degree(), dtype=np.int64))
    core = graph.induced_subgraph(tied.tolist())
    found: dict[bytes, tuple[NDArray[np.int32], float, int]] = {}
    told = time.monotonic()
    for number, seed in enumerate(seeds):
        if time.monotonic() - told > EVERY:
            told = time.monotonic()
            _log.info("communities: run %d of %d", number + 1, len(seeds))
        with igraph_random(seed):
            run = method(core, weights=weights, resolution=resolution)
        labels = np.arange(graph.vcount()) + len(tied)
        labels[tied] = run.membership
        canonical = _by_first_appearance(labels)
        _, quality, count = found.get(canonical.tobytes(), (canonical, run.quality, 0))
        found[canonical.tobytes()] = (canonical, quality, count + 1)
    rows = sorted(found.values(), key=lambda row: row[0].tolist())
    return Ensemble(
        np.stack([labels for labels, _, _ in rows]),
        np.array([count for _, _, count in rows], dtype=np.int64),
        np.array([quality for _, quality, _ in rows]),
    )


def _by_first_appearance(labels: NDArray[np.int64]) -> NDArray[np.int32]:
    import numpy as np

    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    number = np.empty(len(first), dtype=np.int32)
    number[np.argsort(first, kind="stable")] = np.arange(len(first), dtype=np.int32)
    return np.asarray(number[inverse], dtype=np.int32)


def most_agreeing(ensemble: Ensemble, ends: NDArray[np.int64], *, better: str) -> int:
    """Row of the partition that agrees most with all runs.

    Two partitions agree on a tie when both put it inside a community or both put it between two. The mean share of ties
    on which a partition agrees with the runs needs no pairwise comparison: it follows from ``together``. Equal ones are
    told apart by the method's quality, then by the order of the rows.
    """
    import numpy as np

    share = ensemble.together(ends)
    agreement = []
    for labels in ensemble.partitions:
        inside = labels[ends[:, 0]] == labels[ends[:, 1]]
        agreement.append(float(np.where(inside, share, 1 - share).mean().round(12)))
    sign = 1.0 if better == "high" else -1.0
    return max(range(len(agreement)), key=lambda row: (agreement[row], sign * ensemble.qualities[row], -row))


def companionship(ensemble: Ensemble, membership: NDArray[np.int64]) -> NDArray[np.float64]:
    """Mean share of runs in which a vertex was together with the members of its community.

    The mean of the co-membership matrix over the other members, without making the matrix: run by run, how many of them
    carry the vertex's label. For a community of one, the share of runs in which the vertex was alone.

    Returns
    -------
    numpy.ndarray
        Shape (n,), in [0, 1].
    """
    import numpy as np

    if not len(membership):
        return np.empty(0)
    others = np.bincount(membership)[membership] - 1
    total = np.zeros(len(membership))
    for labels, count in zip(ensemble.partitions, ensemble.counts.tolist(), strict=True):
        pair = membership * (int(labels.max()) + 1) + labels
        _, inverse, sizes = np.unique(pair, return_inverse=True, return_counts=True)
        alone = np.bincount(labels)[labels] == 1
        total += count * np.where(others > 0, (sizes[inverse] - 1) / np.maximum(others, 1), alone)
    return np.asarray(total / ensemble.counts.sum()).round(12)


def stable_numbers(labels: NDArray[np.int32], isolate: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Community numbers from 1: by size, then by smallest member; isolates last."""
    import numpy as np

    _, first, inverse, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort([first, -sizes, isolate[first]])
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(1, len(order) + 1)
    return np.asarray(number[inverse])
