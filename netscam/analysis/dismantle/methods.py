"""The dismantling methods by name; each gives an order of vertices that ends at or below a component size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from netscam.registry import Entry, Registry

if TYPE_CHECKING:
    from netscam.analysis.keynodes.csr import CSR

REINSERTION = "+reinsertion"
Order: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class Task:
    """What a method works on: graph, cost of every node, component size to reach, seed and further options."""

    csr: CSR
    costs: NDArray[np.float64]
    limit: int
    seed: int = 0

    @property
    def arrays(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The two arrays of the graph."""
        return self.csr.indptr, self.csr.indices


METHODS: Registry[Callable[[Task], Order]] = Registry("dismantling method")


def complete(task: Task, order: Order) -> Order:
    """Cut ``order`` where the limit is reached, or go on with central nodes of the largest component until it is."""
    from netscam.analysis.dismantle.kernels.components import lcc_curve
    from netscam.analysis.dismantle.kernels.reinsertion import break_components

    curve = lcc_curve(*task.arrays, order)
    reached = np.flatnonzero(curve <= task.limit)
    if reached.size:
        return order[: reached[0]]
    out = np.zeros(task.csr.n, np.bool_)
    out[order] = True
    rest = break_components(*task.arrays, out, task.costs, task.limit)
    return np.concatenate([order, rest])


@METHODS.add("degree", title="Adaptive degree", source="Albert, Jeong, Barabasi, Nature 406, 2000")
def degree(task: Task) -> Order:
    """Remove the node with most remaining ties, again and again (highest residual degree over cost).

    Ties go to the lower id. Quick and the common yardstick; it sees no bridges. Albert, Jeong and Barabasi, Nature 406
    (2000); adaptive as in Holme et al., Physical Review E 65 (2002).
    """
    from netscam.analysis.dismantle.kernels.queue_orders import degree_order

    order: Order = degree_order(*task.arrays, task.costs, np.zeros(task.csr.n, np.bool_))
    return complete(task, order)


def _betweenness(task: Task, sources: int, batch_share: float, removed: NDArray[np.bool_] | None = None) -> Order:
    from netscam.analysis.dismantle.kernels.between import betweenness_order
    from netscam.analysis.dismantle.rules import random_stream

    out = np.zeros(task.csr.n, np.bool_) if removed is None else removed
    chance = random_stream(task.seed)
    rounds = max(1, 20_000_000 // (max(1, min(sources, task.csr.n) or task.csr.n) * (task.csr.n + 2 * task.csr.m) + 1))
    parts: list[Order] = []
    while not parts or parts[-1].size:
        parts.append(betweenness_order(*task.arrays, task.costs, out, task.limit, sources, batch_share, rounds, chance))
    return np.concatenate(parts)


@METHODS.add("betweenness", title="Adaptive betweenness", source="Holme et al., Physical Review E 65, 2002")
def betweenness(task: Task) -> Order:
    """Remove the node of the largest component that lies on most shortest paths, again and again, counted exactly.

    Betweenness of Freeman (Sociometry 40, 1977) by Brandes' algorithm (Journal of Mathematical Sociology 25,
    2001), over cost; recomputed after each removal as in Holme et al., Physical Review E 65 (2002). Time grows
    with removals x nodes x edges: for networks of up to a few thousand nodes.
    """
    return _betweenness(task, 0, 0.0)


@METHODS.add("betweenness-sampled", title="Sampled adaptive betweenness", source="Brandes, Pich, IJBC 17, 2007")
def betweenness_sampled(task: Task) -> Order:
    """Adaptive betweenness from a few random sources on the largest component, in small batches on large networks.

    32 or 64 sources (Brandes and Pich, International Journal of Bifurcation and Chaos 17, 2007). A round takes one
    node in 4,000 of the component, one in 1,000 above 150,000 edges, and at least one. About as good as the exact
    one, many times faster.
    """
    sources = 64 if task.csr.n <= 1500 or 15_000 < task.csr.n <= 30_000 else 32
    return _betweenness(task, sources, 1 / 4000 if task.csr.m <= 150_000 else 1 / 1000)


@METHODS.add("corehd", title="CoreHD", source="Zdeborova, Zhang, Zhou, Scientific Reports 6, 2016")
def corehd(task: Task) -> Order:
    """Remove the node of highest degree in the 2-core until no cycle is left, then cut the trees at their centres.

    Zdeborova, Zhang and Zhou, Scientific Reports 6:37954 (2016). The decycling equivalent of min-sum: nearly its
    size in linear time. With reinsertion it is the method for millions of edges.
    """
    from netscam.analysis.dismantle.kernels.queue_orders import corehd_order

    order: Order = corehd_order(*task.arrays, task.costs)
    return complete(task, order)


@METHODS.add("min-sum", title="Min-sum", source="Braunstein et al., PNAS 113, 2016")
def min_sum(task: Task) -> Order:
    """Take the nodes that min-sum messages want gone until no cycle is left, then cut the trees at their centres.

    Braunstein, Dall'Asta, Semerjian and Zdeborova, PNAS 113 (2016). The messages on the peeling times of the nodes are
    theirs; nodes are fixed by decimation, half a percent of the core at a time, in place of their reinforcement. With
    reinsertion the peer for small sets on random-like networks.
    """
    from netscam.analysis.dismantle.kernels.message import min_sum_order
    from netscam.analysis.dismantle.rules import random_stream

    order: Order = min_sum_order(*task.arrays, task.costs, 0.005, random_stream(task.seed))
    return complete(task, order)


@METHODS.add("collective-influence", title="Collective influence", source="Morone, Makse, Nature 524, 2015")
def collective_influence(task: Task) -> Order:
    """Remove the node of highest collective influence, (k - 1) times the sum of (k - 1) two steps away.

    Morone and Makse, Nature 524 (2015), radius 2, over cost. A value is computed anew when its node reaches the
    head of the queue, as in the heap version (Morone et al., Scientific Reports 6:30062, 2016), which keeps
    it near linear. When no influence is left, the remaining trees are cut at their centres.
    """
    from netscam.analysis.dismantle.kernels.queue_orders import influence_order

    order: Order = influence_order(*task.arrays, task.costs, 2)
    return complete(task, order)


@METHODS.add("voterank", title="VoteRank", source="Zhang et al., Scientific Reports 6, 2016")
def voterank(task: Task) -> Order:
    """Elect the node with most votes, silence it and weaken its neighbours' votes by 1 / mean degree.

    Zhang, Chen, Dong and Zhao, Scientific Reports 6:27823 (2016). Made to find spreaders, here as a yardstick.
    """
    from netscam.analysis.dismantle.kernels.queue_orders import vote_order

    order: Order = vote_order(*task.arrays, task.costs)
    return complete(task, order)


@METHODS.add("gnd", title="Generalized network dismantling", source="Ren et al., PNAS 116, 2019")
def gnd(task: Task) -> Order:
    """Split the largest component by the second eigenvector of a cost-weighted Laplacian, remove a cover of the cut.

    Ren, Gleinig, Helbing and Antulov-Fantulin, PNAS 116 (2019). Edge weights are cost + cost - 1, so costs
    steer where the cut runs; the cover of the cut edges is greedy by cut edges over cost.
    """
    from netscam.analysis.dismantle.kernels.spectral import spectral_order
    from netscam.analysis.dismantle.rules import random_stream

    order: Order = spectral_order(*task.arrays, task.costs, task.limit, random_stream(task.seed))
    return complete(task, order)


def reinserted(task: Task, order: Order) -> Order:
    """Put nodes back where they join the smallest component over cost first, and keep what the limit needs.

    The reinsertion of Morone and Makse (2015) in the form of Braunstein et al., PNAS 113 (2016), carried on
    until every node is back: the kept nodes are removed in the opposite order. Fewer removals, and a far
    smaller area on most networks; rarely a larger one.
    """
    if np.ptp(task.costs) == 0 if task.costs.size else True:
        from netscam.analysis.dismantle.kernels.returning import returning_order

        kept, needed = returning_order(*task.arrays, order, task.limit)
    else:
        from netscam.analysis.dismantle.kernels.reinsertion import reinsertion_order

        kept, needed = reinsertion_order(*task.arrays, order, task.costs, task.limit)
    result: Order = kept[:needed]
    return complete(task, result)


def _with_reinsertion(entry: Entry[Callable[[Task], Order]]) -> Callable[[Task], Order]:
    def method(task: Task) -> Order:
        return reinserted(task, complete(task, entry.function(task)))

    method.__doc__ = f"{entry.details['title']}, then put back what is not needed and order by putting back."
    return method


for _entry in list(METHODS):
    METHODS.add(
        _entry.name + REINSERTION, title=f"{_entry.details['title']} + reinsertion", source=_entry.details["source"]
    )(_with_reinsertion(_entry))
