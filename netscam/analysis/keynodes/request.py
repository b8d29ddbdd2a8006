"""Check what the caller asked for and turn ids into numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from netscam.analysis.keynodes.csr import CSR, csr_from_igraph, natural_key
from netscam.analysis.keynodes.task import Task
from netscam.errors import GraphError, UnknownNameError

Floats = npt.NDArray[np.float64]
OBJECTIVES = ("fragmentation", "reach", "dismantle")
Costs = Mapping[str, float] | str | None


@dataclass(frozen=True)
class Request:
    """The arguments of a question about key nodes, as the caller wrote them; see ``key_nodes``."""

    objective: str = "fragmentation"
    k: int | None = None
    budget: float | None = None
    costs: Costs = None
    allow: Iterable[str] | None = None
    forbid: Iterable[str] | None = None
    must: Iterable[str] | None = None
    weights: Mapping[str, float] | None = None
    target_size: int | None = None
    distance: int = 1


def as_csr(graph: Any) -> CSR:
    """Turn a Dataset, igraph graph, networkx graph or CSR into a CSR in canonical order."""
    if isinstance(graph, CSR):
        return graph
    from netscam.graph.build import as_igraph

    return csr_from_igraph(as_igraph(graph))


def _numbers(csr: CSR) -> dict[str, int]:
    return {csr.label(v): v for v in range(csr.n)}


def _chosen(number: dict[str, int], ids: Iterable[str], what: str) -> list[int]:
    wanted = [ids] if isinstance(ids, str) else [str(name) for name in ids]
    unknown = sorted({name for name in wanted if name not in number}, key=natural_key)
    if unknown:
        raise GraphError(f"{what}: not in the graph: {', '.join(unknown)}")
    return [number[name] for name in wanted]


def node_values(csr: CSR, values: Mapping[str, float], default: float, what: str) -> Floats:
    """Turn a mapping from ids to numbers into an array; nodes that are not mentioned get ``default``.

    Raises
    ------
    GraphError
        For an unknown id, or a number that is negative or not finite.
    """
    number = _numbers(csr)
    result = np.full(csr.n, default)
    names = [str(name) for name in values]
    result[_chosen(number, names, what)] = [float(value) for value in values.values()]
    if not np.isfinite(result).all() or (result < 0).any():
        raise GraphError(f"{what} must be finite and not negative")
    return result


def cost_array(csr: CSR, costs: Costs) -> Floats:
    """Cost of every node: 1, its degree, or what the mapping says (1 where it says nothing)."""
    if costs is None:
        return np.ones(csr.n)
    if isinstance(costs, str):
        if costs != "degree":
            raise UnknownNameError("cost rule", costs, ["degree"])
        return csr.degrees.astype(np.float64)
    return node_values(csr, costs, 1.0, "costs")


def _limits(csr: CSR, request: Request) -> tuple[int, float, int]:
    if request.objective not in OBJECTIVES:
        raise UnknownNameError("objective", request.objective, OBJECTIVES)
    if request.objective == "dismantle":
        if request.k is not None or request.budget is not None:
            raise GraphError("dismantle takes target_size, not k or budget: it looks for the cheapest set")
        target = max(1, csr.n // 10) if request.target_size is None else request.target_size
        if target < 1:
            raise GraphError("target_size must be at least 1")
        return csr.n, np.inf, target
    if request.target_size is not None:
        raise GraphError(f"{request.objective} takes k or budget, not target_size")
    if request.k is None and request.budget is None:
        raise GraphError(f"{request.objective} needs k (how many nodes) or budget (how much cost)")
    if (request.k is not None and request.k < 0) or (request.budget is not None and not request.budget >= 0):
        raise GraphError("k and budget must not be negative")
    places = csr.n if request.k is None else min(request.k, csr.n)
    return places, np.inf if request.budget is None else float(request.budget), 1


def make_task(csr: CSR, request: Request) -> Task:
    """Turn a request into a task.

    Raises
    ------
    GraphError
        When ids are unknown, limits are missing or contradictory, or the nodes that must be taken already break them.
    UnknownNameError
        For an unknown objective or cost rule.
    """
    places, budget, target = _limits(csr, request)
    if request.distance < 0:
        raise GraphError("distance must not be negative")
    number = _numbers(csr)
    free = np.ones(csr.n, dtype=np.bool_)
    if request.allow is not None:
        free[:] = False
        free[_chosen(number, request.allow, "allow")] = True
    must = np.zeros(csr.n, dtype=np.bool_)
    must[_chosen(number, request.must or (), "must")] = True
    free |= must if request.allow is not None else False
    banned = _chosen(number, request.forbid or (), "forbid")
    if must[banned].any():
        raise GraphError("a node is in both must and forbid")
    free[banned] = False
    counts = request.budget is not None or request.objective == "dismantle"
    cost = cost_array(csr, request.costs)
    weight = np.ones(csr.n) if request.weights is None else node_values(csr, request.weights, 1.0, "weights")
    if request.weights is not None and request.objective != "fragmentation":
        raise GraphError(f"weights are for fragmentation, not for {request.objective}")
    if must.sum() > places or (counts and cost[must].sum() > budget + 1e-9):
        raise GraphError("the nodes that must be taken already pass k or the budget")
    return Task(
        csr=csr,
        objective=request.objective,
        cost=cost if counts else np.ones(csr.n),
        free=free,
        must=must,
        places=places,
        budget=budget,
        weight=weight,
        target_size=target,
        distance=request.distance,
    )
