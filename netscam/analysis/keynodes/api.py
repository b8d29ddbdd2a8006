"""The question that netscam is for: which nodes to act on."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from netscam.analysis.dismantle.rules import plain_interrupt
from netscam.analysis.keynodes.alternatives import Optima, all_optima
from netscam.analysis.keynodes.methods import METHODS
from netscam.analysis.keynodes.request import Costs, Request, as_csr, cost_array, make_task
from netscam.analysis.keynodes.result import KeyNodes
from netscam.analysis.keynodes.task import Found, Task
from netscam.errors import UnknownNameError

LARGE = 60_000  # nodes plus edges above which auto does not try to prove
ITERATIONS = 1000


@plain_interrupt()
def key_nodes(  # noqa: PLR0913  (one question, whose limits are all told apart by name)
    graph: Any,
    *,
    k: int | None = None,
    budget: float | None = None,
    objective: str = "fragmentation",
    method: str = "auto",
    costs: Costs = None,
    allow: Iterable[str] | None = None,
    forbid: Iterable[str] | None = None,
    must: Iterable[str] | None = None,
    weights: Mapping[str, float] | None = None,
    target_size: int | None = None,
    distance: int = 1,
    time_limit: float = 60.0,
    iterations: int = ITERATIONS,
    alternatives: int = 20,
    seed: int = 0,
) -> KeyNodes:
    """Find the set of nodes that matters most, with a proof of how good it is.

    Parameters
    ----------
    graph
        Dataset, igraph graph, networkx graph or CSR; directions are forgotten.
    k
        Largest number of nodes.
    budget
        Largest total cost; may be given with ``k``.
    objective
        ``fragmentation``: fewest connected pairs left, the sum over components of s(s - 1)/2 (Borgatti's KPP-Neg, the
        critical node problem). ``reach``: most nodes within ``distance`` steps (KPP-Pos, maximum coverage).
        ``dismantle``: cheapest set that leaves no component above ``target_size``.
    method
        ``auto`` proves where the graph is small enough and searches otherwise; or a name from ``METHODS``.
    costs
        Cost by id (1 where not given), or ``degree``. Without a budget they only matter to ``dismantle``.
    allow, forbid, must
        Ids that alone may be taken, that may not be taken, that every answer must hold.
    weights
        Importance by id (1 where not given): a connected pair then counts w_u w_v. Fragmentation only.
    target_size
        Largest component that dismantling leaves; by default a tenth of the nodes, at least 1.
    distance
        Steps for ``reach``.
    time_limit
        Seconds after which the best set is returned with the bound reached. ctrl-C does the same.
    iterations
        Length of the search heuristic; up to 1000 take some 20 seconds on large graphs and far less on small ones,
        more take in proportion.
    alternatives
        Most optimal sets to list, besides the one returned.
    seed
        For the search heuristic.

    Returns
    -------
    KeyNodes
        Value, bound, gap, and when proved every equally good set.

    Raises
    ------
    GraphError
        When the question makes no sense for the graph: unknown ids, missing limits, no allowed set.
    UnknownNameError
        For an unknown objective, method or cost rule.

    Notes
    -----
    The answer is about the network as recorded. Removal stands for whatever takes a node out of play (arrest, freeze,
    delisting, closure); that the rest does not reorganise is an assumption, and who holds a position is not thereby
    guilty of anything.

    Examples
    --------
    >>> import networkx as nx
    >>> key_nodes(nx.path_graph(5), k=1).nodes
    ('2',)
    """
    began = time.monotonic()
    asked = Request(
        objective, k, budget, costs, _names(allow), _names(forbid), _names(must), weights, target_size, distance
    )
    csr = as_csr(graph)
    task = make_task(csr, asked)
    automatic = "exact" if csr.n + csr.m <= LARGE else "search"
    chosen = METHODS[automatic if method == "auto" else method]
    found = chosen.function(task, time_limit, seed, iterations)
    optima = Optima((found.nodes,), False, None)
    if found.proven:
        left = max(0.0, time_limit - (time.monotonic() - began))
        with suppress(KeyboardInterrupt), plain_interrupt():
            optima = all_optima(task, found, most=alternatives + 1, time_limit=left)
    parameters = {
        "objective": objective,
        "k": k,
        "budget": budget,
        "costs": dict(costs) if isinstance(costs, Mapping) else costs,
        "allow": asked.allow,
        "forbid": asked.forbid,
        "must": asked.must,
        "weights": None if weights is None else dict(weights),
        "target_size": task.target_size if objective == "dismantle" else None,
        "distance": distance,
        "method": method,
        "time_limit": time_limit,
        "iterations": iterations,
        "alternatives": alternatives,
    }
    return _result(task, found, optima, (parameters, seed, time.monotonic() - began))


def _names(ids: Iterable[str] | None) -> tuple[str, ...] | None:
    if ids is None:
        return None
    return (ids,) if isinstance(ids, str) else tuple(str(name) for name in ids)


def _result(task: Task, found: Found, optima: Optima, run: tuple[dict[str, Any], int, float]) -> KeyNodes:
    csr = task.csr
    parameters, seed, seconds = run
    sets = [tuple(csr.label(v) for v in nodes.tolist()) for nodes in optima.sets]
    price = cost_array(csr, parameters["costs"])
    gap = None
    if found.bound is not None:
        gap = 0.0 if found.proven else abs(found.value - found.bound) / max(1e-12, abs(found.value))
    return KeyNodes(
        nodes=sets[0],
        value=_plain(found.value),
        bound=None if found.bound is None else _plain(found.bound),
        gap=gap,
        proven_optimal=found.proven,
        method=found.method,
        alternatives=tuple(sets[1:]),
        costs={csr.label(v): _plain(float(price[v])) for v in optima.sets[0].tolist()},
        seconds=seconds,
        objective=task.objective,
        parameters=parameters,
        seed=seed,
        in_every_optimal=None if optima.common is None else tuple(csr.label(v) for v in optima.common.tolist()),
        alternatives_complete=optima.complete,
        versions=_versions(),
    )


def _plain(number: float) -> float:
    """Give whole numbers as int, so that they print as such."""
    return int(number) if np.isfinite(number) and number == int(number) else float(number)


def _versions() -> dict[str, str]:
    found = {}
    for name in ("netscam", "highspy", "numba", "numpy"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found


__all__ = ["METHODS", "KeyNodes", "UnknownNameError", "key_nodes"]
