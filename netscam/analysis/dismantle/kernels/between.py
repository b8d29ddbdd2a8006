"""Betweenness on the largest component, from all or from sampled sources, again and again as nodes are taken."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.chance import below
from netscam.analysis.jit import kernel
from netscam.analysis.keynodes.kernels import component_labels


@kernel
def compact(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], keep: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Nodes kept, and the CSR of the graph between them."""
    nodes = np.nonzero(keep)[0]
    number = np.empty(len(keep), np.int32)
    for i in range(len(nodes)):
        number[nodes[i]] = i
    starts = np.zeros(len(nodes) + 1, np.int64)
    ends = np.empty(len(indices), np.int32)
    total = 0
    for i in range(len(nodes)):
        for e in range(indptr[nodes[i]], indptr[nodes[i] + 1]):
            if keep[indices[e]]:
                ends[total] = number[indices[e]]
                total += 1
        starts[i + 1] = total
    return nodes, starts, ends[:total]


@kernel
def accumulate(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    source: int,
    score: NDArray[np.float64],
    dist: NDArray[np.int32],
    paths: NDArray[np.float64],
    share: NDArray[np.float64],
    queue: NDArray[np.int32],
) -> None:
    """Add the dependencies of one source to ``score`` (Brandes 2001, unweighted)."""
    dist[:] = -1
    dist[source] = 0
    paths[source] = 1.0
    share[source] = 0.0
    queue[0] = source
    end = 1
    q = 0
    while q < end:
        v = queue[q]
        q += 1
        ahead = dist[v] + 1
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if dist[w] < 0:
                dist[w] = ahead
                paths[w] = paths[v]
                share[w] = 0.0
                queue[end] = w
                end += 1
            elif dist[w] == ahead:
                paths[w] += paths[v]
    for q in range(end - 1, 0, -1):
        v = queue[q]
        part = (1.0 + share[v]) / paths[v]
        behind = dist[v] - 1
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if dist[w] == behind:
                share[w] += paths[w] * part
        score[v] += share[v]


@kernel
def betweenness_order(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    costs: NDArray[np.float64],
    removed: NDArray[np.bool_],
    limit: int,
    sources: int,
    batch_share: float,
    rounds: int,
    chance: NDArray[np.uint64],
) -> NDArray[np.int64]:
    """Take the node of highest betweenness over cost from the largest component until that is at most ``limit``.

    ``sources`` 0 counts from every node; otherwise from so many, drawn with repetition. A round takes
    ``batch_share`` of the component, at least one node. ``removed`` changes in place; stops after ``rounds``.
    """
    n = len(indptr) - 1
    order = np.empty(n, np.int64)
    count = 0
    for _ in range(rounds):
        labels, sizes = component_labels(indptr, indices, ~removed)
        if len(sizes) == 0:
            break
        target = np.argmax(sizes)
        if sizes[target] <= limit:
            break
        nodes, starts, ends = compact(indptr, indices, labels == target)
        c = len(nodes)
        score = np.zeros(c)
        dist = np.empty(c, np.int32)
        paths = np.empty(c)
        share = np.empty(c)
        queue = np.empty(c, np.int32)
        draws = c if sources == 0 or sources >= c else sources
        for i in range(draws):
            s = i if draws == c else below(chance, c)
            accumulate(starts, ends, s, score, dist, paths, share, queue)
        for i in range(c):
            score[i] /= costs[nodes[i]]
        batch = max(1, int(batch_share * c))
        for _ in range(batch):
            best = np.argmax(score)
            score[best] = -1.0
            removed[nodes[best]] = True
            order[count] = nodes[best]
            count += 1
    return order[:count]
