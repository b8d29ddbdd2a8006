"""`dismantle`: one call from a graph to an order of removals with its curve."""

from __future__ import annotations

import time
from collections.abc import Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.methods import METHODS, Task, complete
from netscam.analysis.dismantle.result import SIZE_SHARE, Dismantling, area, removals
from netscam.analysis.dismantle.rules import plain_interrupt
from netscam.errors import GraphError

if TYPE_CHECKING:
    from netscam.analysis.keynodes.csr import CSR

PACKAGES = ("numpy", "numba")


@plain_interrupt()
def dismantle(
    graph: Any,
    *,
    method: str = "auto",
    stop: float = SIZE_SHARE,
    costs: str | Mapping[str, float] | None = None,
    polish_iterations: int | None = None,
    polish_seconds: float | None = None,
    seed: int = 0,
) -> Dismantling:
    """Find an order of removals that takes the network apart.

    Parameters
    ----------
    graph
        A Dataset, an igraph.Graph, a networkx graph or a CSR. Directions and strengths play no part.
    method
        ``auto`` (also ``netscam``): the best of several orders, then polished; or a name in `METHODS`, with
        ``+reinsertion`` behind it to put back what is not needed.
    stop
        Where to stop: a share of n below 1, or a component size of 1 and more.
    costs
        None: every removal costs 1. ``degree``: as many as the node has ties (at least 1), as Ren et al. 2019.
        Or the cost by id; ids left out cost 1. With costs, ``auto`` looks for the cheapest set that reaches ``stop``
        and then orders it, since an area over removals would not see the costs.
    polish_iterations
        Moves of the polish (of the search, with costs); 0 for none, None for a number by size.
    polish_seconds
        Cap on top: the polish stops early, and then need not repeat.
    seed
        Seed of every random choice; the same seed gives the same order on any machine.

    Returns
    -------
    Dismantling
        Order, curve, area, sizes and cost. No bound is proved here; `key_nodes` does that.

    Raises
    ------
    UnknownNameError
        A method that is not registered.
    GraphError
        ``stop`` or a cost that is not positive, or a cost for an id that is not in the graph.

    Notes
    -----
    Vertices are taken in the natural order of their ids, so the order in which rows or vertices come changes
    nothing. A dismantling order is a reading of the recorded ties: ties that no document records are not in it.
    """
    began = time.monotonic()
    csr = _to_csr(graph)
    task = Task(csr, _cost_vector(csr, costs), _limit(csr.n, stop), seed)
    name = "netscam" if method == "auto" else method
    budget = {"polish_iterations": polish_iterations, "polish_seconds": polish_seconds}
    if name == "netscam":
        from netscam.analysis.dismantle.best import cheapest_order, strongest_order

        find = strongest_order if costs is None else cheapest_order
        order, chosen = find(task, iterations=polish_iterations, seconds=polish_seconds)
        details: dict[str, Any] = {"start": chosen, **budget}
    else:
        order, details = complete(task, METHODS[name].function(task)), {}
    return _result(task, order, name, {**details, "stop": stop, "costs": _cost_name(costs)}, began)


def method_names() -> list[str]:
    """Every name that ``method`` takes."""
    return ["auto", "netscam", *METHODS.names()]


def _to_csr(graph: Any) -> CSR:
    from netscam.analysis.keynodes.csr import CSR, csr_from_igraph

    if isinstance(graph, CSR):
        return graph
    from netscam.graph.build import as_igraph

    return csr_from_igraph(as_igraph(graph))


def _limit(n: int, stop: float) -> int:
    if not stop > 0:
        raise GraphError("stop must be positive: a share of the nodes below 1, or a component size")
    return max(1, int(stop * n + 1e-9) if stop < 1 else int(stop))


def _cost_vector(csr: CSR, costs: str | Mapping[str, float] | None) -> NDArray[np.float64]:
    if costs is None:
        return np.ones(csr.n)
    if costs == "degree":
        return np.maximum(1, csr.degrees).astype(np.float64)
    if isinstance(costs, str):
        raise GraphError(f"costs must be 'degree' or a table of costs by id, not {costs!r}")
    known = {csr.label(v): v for v in range(csr.n)}
    vector = np.ones(csr.n)
    for name, cost in costs.items():
        if str(name) not in known:
            raise GraphError(f"a cost is given for {name!r}, which is not in the graph")
        vector[known[str(name)]] = cost
    if csr.n and not (np.isfinite(vector).all() and vector.min() > 0):
        raise GraphError("every cost must be a positive number")
    return vector


def _cost_name(costs: str | Mapping[str, float] | None) -> str:
    if costs is None:
        return "unit"
    return costs if isinstance(costs, str) else "table"


def _result(task: Task, order: NDArray[np.int64], name: str, details: dict[str, Any], began: float) -> Dismantling:
    from netscam.analysis.dismantle.judge import removal_curve

    curve = removal_curve(task.csr, order)
    return Dismantling(
        order=tuple(task.csr.label(int(v)) for v in order),
        curve=tuple(curve.tolist()),
        auc=area(curve, task.csr.n),
        size=removals(curve, task.csr.n, SIZE_SHARE),
        size_10=removals(curve, task.csr.n, 0.1),
        cost=float(task.costs[order].sum()),
        method=name,
        parameters={"n": task.csr.n, "m": task.csr.m, "limit": task.limit, **details},
        seed=task.seed,
        seconds=round(time.monotonic() - began, 3),
        versions={"netscam": version("netscam"), **{package: version(package) for package in PACKAGES}},
    )
