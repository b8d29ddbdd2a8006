"""Fragmentation when ties are uncertain: connected pairs on average over draws of the graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from netscam.analysis.keynodes.csr import CSR
from netscam.analysis.keynodes.request import Request, as_csr, make_task
from netscam.analysis.keynodes.task import Task
from netscam.errors import GraphError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ExpectedFragmentation:
    """A set chosen on some draws of a graph and judged on others.

    Parameters
    ----------
    nodes
        Ids of the set, in natural order.
    value
        Mean connected pairs left over the draws on which the set was chosen; optimistic, because it was chosen there.
    check
        The same over as many fresh draws: the figure to report.
    standard_error
        Of ``check``.
    draws, seed
        How many draws each, and the seed.
    """

    nodes: tuple[str, ...]
    value: float
    check: float
    standard_error: float
    draws: int
    seed: int


def expected_fragmentation(
    graph: Any,
    *,
    k: int | None = None,
    budget: float | None = None,
    probabilities: Floats | None = None,
    allow: Iterable[str] | None = None,
    forbid: Iterable[str] | None = None,
    must: Iterable[str] | None = None,
    draws: int = 100,
    seed: int = 0,
) -> ExpectedFragmentation:
    """Choose nodes that leave the fewest connected pairs on average when every tie is there with its probability.

    Parameters
    ----------
    graph
        Dataset, igraph graph, networkx graph or CSR. Edge attribute ``probability`` is used where there is one.
    k, budget
        Largest number of nodes, largest total cost (1 each).
    probabilities
        One per edge of a CSR, in the order of ``CSR.edges``; overrides the attribute.
    allow, forbid, must
        As for ``key_nodes``.
    draws
        Draws to choose on, and again as many to check on.
    seed
        For the draws.

    Returns
    -------
    ExpectedFragmentation
        The set found by greedy choice and swaps on the sample average (Kleywegt, Shapiro, Homem-de-Mello, SIAM Journal
        on Optimization 12, 2002), and its out-of-sample value. Nothing is proved about it.

    Raises
    ------
    GraphError
        For probabilities outside 0 to 1 or of the wrong number, or a question that ``key_nodes`` would refuse.
    """
    csr = as_csr(graph)
    chance = _probabilities(csr, graph) if probabilities is None else np.asarray(probabilities, dtype=np.float64)
    if chance.shape != (csr.m,) or not ((chance >= 0) & (chance <= 1)).all():
        raise GraphError(f"expected {csr.m} probabilities between 0 and 1")
    if draws < 1:
        raise GraphError("draws must be at least 1")
    request = Request("fragmentation", k, budget, None, _kept(allow), _kept(forbid), _kept(must))
    task = make_task(csr, request)
    random = np.random.Generator(np.random.PCG64(seed))
    sample = random.random((draws, csr.m)) < chance
    taken = _choose(task, sample)
    value = float(_pairs(csr, sample, taken).mean())
    fresh = _pairs(csr, random.random((draws, csr.m)) < chance, taken)
    nodes = np.flatnonzero(taken)
    error = float(fresh.std(ddof=1) / np.sqrt(draws)) if draws > 1 else float("nan")
    return ExpectedFragmentation(
        tuple(csr.label(v) for v in nodes.tolist()), value, float(fresh.mean()), error, draws, seed
    )


def _probabilities(csr: CSR, graph: Any) -> Floats:
    """Probability of every edge of the canonical graph, in the order of its edges; 1 where nothing is said."""
    if isinstance(graph, CSR):
        return np.ones(csr.m)
    from netscam.graph.build import as_igraph

    known = as_igraph(graph)
    names = [str(name) for name in known.vs["name"]]
    number = {csr.label(v): v for v in range(csr.n)}
    chance: dict[tuple[int, int], float] = {}
    for edge in known.es:
        ends = sorted((number[names[edge.source]], number[names[edge.target]]))
        chance[ends[0], ends[1]] = float(edge["probability"])
    return np.array([chance[u, v] for u, v in csr.edges().tolist()], dtype=np.float64)


def _links(csr: CSR) -> npt.NDArray[np.int64]:
    """Number of the edge behind every entry of ``csr.indices``."""
    source = np.repeat(np.arange(csr.n), csr.degrees)
    target = csr.indices.astype(np.int64)
    keys = np.minimum(source, target) * csr.n + np.maximum(source, target)
    return np.asarray(np.unique(keys, return_inverse=True)[1], dtype=np.int64)


def _pairs(csr: CSR, sample: npt.NDArray[np.bool_], taken: npt.NDArray[np.bool_]) -> Floats:
    """Connected pairs left in every draw."""
    from netscam.analysis.keynodes.draws import pairs_left

    return np.asarray(pairs_left(csr.indptr, csr.indices, _links(csr), sample, ~taken))


def _kept(ids: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if ids is None else tuple(str(name) for name in ids)


def _choose(task: Task, sample: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Start from nothing and from the best set for the whole graph; the better of the two after swaps."""
    from netscam.analysis.keynodes.greedy import start_set

    whole = np.zeros(task.csr.n, dtype=np.bool_)
    whole[start_set(task, seed=0, iterations=50)] = True
    found = [_swapped(task, sample, taken) for taken in (whole, task.must.copy())]
    return min(found, key=lambda taken: (_pairs(task.csr, sample, taken).mean(), np.flatnonzero(taken).tolist()))


def _swapped(task: Task, sample: npt.NDArray[np.bool_], taken: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    from netscam.analysis.keynodes.draws import average_swaps

    csr = task.csr
    left = min(task.budget, float(task.cost.sum())) - float(task.cost[taken].sum())
    places = task.places - int(taken.sum())
    free = task.free & ~task.must
    return ~np.asarray(
        average_swaps(csr.indptr, csr.indices, _links(csr), sample, ~taken, free, task.cost, left, places)
    )
