"""Shortest-path measures from a sample of sources, each with a bound on its error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from netscam.analysis.large.bounds import Running
from netscam.analysis.large.size import FAILURE, sample_size
from netscam.analysis.measures.matrices import edge_weights, undirected
from netscam.analysis.measures.paths import closeness, harmonic

if TYPE_CHECKING:
    import igraph
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Step = Callable[[int, int], None]

SMALL_PART = 2_000
"""Components of at most so many vertices are computed exactly."""


BATCH = 25
"""Sources that igraph is given at once: it sets a list of neighbours up for each call, and fewer sources a call also
hand every value over again and again."""

CELLS = 5_000_000
"""Distances that are held at once."""


@dataclass(frozen=True, eq=False)
class Sampled:
    """Estimates of a measure.

    Parameters
    ----------
    values
        Shape (n,), on the scale of the exact measure.
    samples
        How many sources were drawn, in each large component for closeness and harmonic.
    bound
        Largest difference from the exact value, for all vertices together, with probability ``confidence``.
    confidence
        Probability with which the bound holds.
    """

    values: Floats
    samples: int
    bound: float
    confidence: float = 1 - FAILURE


def sampled_betweenness(graph: igraph.Graph, *, weighted: bool, seed: int, step: Step) -> Sampled:
    """Betweenness from the shortest paths of sampled sources, scaled up.

    Sources are drawn without replacement; each adds the share of pairs that it starts (its dependencies divided by
    n - 2), a number in [0, 1], so the mean over the sources is an unbiased estimate.

    References
    ----------
    Brandes, U., & Pich, C. (2007). Centrality estimation in large networks. Int. J. Bifurcation and Chaos 17(7),
    2303-2318.
    """
    size = graph.vcount()
    weights = edge_weights(graph, "distance", weighted=weighted)
    count = sample_size(size, graph.ecount())
    batches = -(-count // BATCH) if 0 < count < size else 1
    batch = max(1, count // batches)  # all of one size, for the bound
    count = batch * batches
    running = Running(np.zeros(size), np.zeros(size))
    both = 1.0 if graph.is_directed() else 2.0  # igraph counts a pair once, whichever end it is seen from
    drawn = _draw(size, count, seed)
    for start in range(0, count, batch):
        step(start, count)
        sources = drawn[start : start + batch]
        paths = np.asarray(graph.betweenness(weights=weights, sources=sources), dtype=np.float64)
        running.add(both * paths / max(1, size - 2), len(sources))
    scale = size / max(1, size - 1)
    return Sampled(running.mean * scale, count, running.bound(size) * scale)


def sampled_bridging(graph: igraph.Graph, *, weighted: bool, seed: int, step: Step) -> Sampled:
    """Bridging centrality from sampled betweenness; the bound is that of the betweenness times the coefficient."""
    from netscam.analysis.measures.brokerage import bridging_coefficient

    flat = undirected(graph)
    between = sampled_betweenness(flat, weighted=weighted, seed=seed, step=step)
    coefficient = bridging_coefficient(flat)
    inner = coefficient[np.asarray(flat.degree()) > 1]
    largest = float(np.nanmax(inner)) if len(inner) else 0.0
    return Sampled(between.values * coefficient, between.samples, between.bound * largest)


def sampled_harmonic(graph: igraph.Graph, *, weighted: bool, seed: int, step: Step) -> Sampled:
    """Sum of inverse distances from sampled pivots, scaled up; exact in small components.

    With ``weighted`` inverse distances are scaled by the largest one that is possible, the inverse of the least
    ``distance`` of an edge, to lie in [0, 1].
    """
    nearest = _nearest(graph, weighted=weighted)

    def value(distance: Floats) -> Floats:
        return np.divide(nearest, distance, out=np.zeros_like(distance), where=distance > 0)

    small, large = _parts(graph)
    values, bound, used = np.zeros(graph.vcount()), 0.0, 0
    values[small] = harmonic(graph.induced_subgraph(small.tolist()), weighted=weighted)
    for part in large:
        running = _over_pivots(graph.induced_subgraph(part.tolist()), value, weighted=weighted, seed=seed, step=step)
        scale = len(part) / nearest
        values[part] = running.mean * scale
        bound = max(bound, running.bound(len(part)) * scale)
        used = max(used, running.count)
    return Sampled(values, used, bound)


def sampled_closeness(graph: igraph.Graph, *, weighted: bool, seed: int, step: Step) -> Sampled:
    """Closeness from the mean distance to sampled pivots, exact in small components; for undirected graphs.

    Distances are divided by an upper limit of the diameter (twice the eccentricity of a vertex) to lie in [0, 1]. The
    bound on the mean distance is turned into one on its inverse at the vertex where that is worst.
    """
    total = graph.vcount()
    nearest = _nearest(graph, weighted=weighted)
    small, large = _parts(graph)
    values, bound, used = np.zeros(total), 0.0, 0
    exact = closeness(graph.induced_subgraph(small.tolist()), weighted=weighted)
    values[small] = exact * max(0, len(small) - 1) / max(1, total - 1)
    for part in large:
        whole = graph.induced_subgraph(part.tolist())
        widest = _diameter_limit(whole, weighted=weighted)
        running = _over_pivots(whole, lambda far: far / widest, weighted=weighted, seed=seed, step=step)  # noqa: B023
        size = len(part)
        share = (size - 1.0) ** 2 / (total - 1.0)
        farness = np.maximum(running.mean * widest * size, nearest * (size - 1))
        least = np.maximum(farness - running.bound(size) * widest * size, nearest * (size - 1))
        values[part] = share / farness
        bound = max(bound, float((share / least - share / farness).max()))
        used = max(used, running.count)
    return Sampled(values, used, bound)


SAMPLED: dict[str, Callable[..., Sampled]] = {
    "betweenness": sampled_betweenness,
    "closeness": sampled_closeness,
    "harmonic": sampled_harmonic,
    "bridging": sampled_bridging,
}
"""Measures that can be sampled."""


def _draw(size: int, count: int, seed: int) -> list[int]:
    drawn: list[int] = np.random.Generator(np.random.PCG64(seed)).permutation(size)[:count].tolist()
    return drawn


def _parts(graph: igraph.Graph) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
    """Vertices of all small components together, and of each large one."""
    label = np.asarray(graph.connected_components("weak").membership, dtype=np.int64)
    sizes = np.bincount(label) if len(label) else np.zeros(0, dtype=np.int64)
    large = np.flatnonzero(sizes > SMALL_PART)
    small = np.flatnonzero(~np.isin(label, large))
    return small, [np.flatnonzero(label == number) for number in large.tolist()]


def _nearest(graph: igraph.Graph, *, weighted: bool) -> float:
    """Least distance that two vertices can have."""
    return min(edge_weights(graph, "distance", weighted=weighted) or [1.0])


def _diameter_limit(graph: igraph.Graph, *, weighted: bool) -> float:
    """Twice the eccentricity of the vertex with the most ties; for a connected graph."""
    weights = edge_weights(graph, "distance", weighted=weighted)
    centre = int(np.asarray(graph.degree(), dtype=np.int64).argmax())
    return 2.0 * float(max(graph.distances(source=[centre], weights=weights)[0]))


def _over_pivots(
    graph: igraph.Graph, value: Callable[[Floats], Floats], *, weighted: bool, seed: int, step: Step
) -> Running:
    """Mean of ``value(distance)`` from sampled pivots to every vertex of a component."""
    weights: Any = edge_weights(graph, "distance", weighted=weighted)
    size = graph.vcount()
    count = sample_size(size, graph.ecount())
    running = Running(np.zeros(size), np.zeros(size))
    batch = max(1, min(BATCH, CELLS // max(1, size)))
    drawn = _draw(size, count, seed)
    for start in range(0, count, batch):
        step(start, count)
        for row in graph.distances(source=drawn[start : start + batch], weights=weights, mode="out"):
            running.add(value(np.fromiter(row, np.float64, size)))
    return running
