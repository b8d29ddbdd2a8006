"""Value and bound for every size or budget in one run, and a bound for the whole dismantling curve."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from netscam.analysis.keynodes.request import Costs, Request, as_csr, make_task
from netscam.analysis.keynodes.task import Found, Task
from netscam.errors import GraphError

if TYPE_CHECKING:
    import pandas as pd

    from netscam.analysis.keynodes.csr import CSR

Ints = npt.NDArray[np.int64]


def pareto(
    graph: Any,
    *,
    ks: Iterable[int] | None = None,
    budgets: Iterable[float] | None = None,
    objective: str = "fragmentation",
    costs: Costs = None,
    allow: Iterable[str] | None = None,
    forbid: Iterable[str] | None = None,
    weights: Mapping[str, float] | None = None,
    time_limit: float = 60.0,
    seed: int = 0,
) -> pd.DataFrame:
    """Best value for every number of nodes, or every budget.

    Parameters
    ----------
    graph
        Dataset, igraph graph, networkx graph or CSR.
    ks, budgets
        The steps of the frontier; give one of them.
    objective
        ``fragmentation`` or ``reach``.
    costs, allow, forbid, weights
        As for ``key_nodes``.
    time_limit
        Seconds for the whole frontier; a step gets an equal share of what is left.
    seed
        For the search heuristic.

    Returns
    -------
    One row per step: ``k`` or ``budget``, ``value``, ``bound``, ``gap``, ``proven_optimal``, ``nodes`` (ids joined by
    ``;``). Values never get worse and bounds never weaker from one step to the next: each step starts from the set
    before it, and what bounds a larger budget bounds a smaller one.

    Raises
    ------
    GraphError
        Without steps, or for ``dismantle``, whose frontier is a matter of ``target_size``.
    """
    from netscam.analysis.keynodes.methods import METHODS

    if objective == "dismantle" or (ks is None) == (budgets is None):
        raise GraphError("a frontier needs ks or budgets, and fragmentation or reach")
    name = "k" if ks is not None else "budget"
    steps: list[Any] = sorted(set(ks if ks is not None else budgets or ()))
    csr = as_csr(graph)
    asked = Request(objective, None, None, costs, _kept(allow), _kept(forbid), None, weights, None)
    deadline = time.monotonic() + time_limit
    found: list[Found] = []
    for place, step in enumerate(steps):
        task = make_task(csr, replace(asked, k=step if ks is not None else None, budget=step if ks is None else None))
        seconds = max(0.01, (deadline - time.monotonic()) / (len(steps) - place))
        if objective == "reach":
            found.append(METHODS["exact"].function(task, seconds, seed, 50))
        else:
            found.append(_step(task, found, seconds, seed))
    return _frame(csr, name, steps, _consistent(found, 1.0 if objective == "reach" else -1.0))


def _kept(ids: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if ids is None else tuple(str(name) for name in ids)


def _step(task: Task, before: list[Found], seconds: float, seed: int) -> Found:
    """Solve one step, started from the set before it with what the larger budget adds."""
    from netscam.analysis.keynodes.exact import solve_exactly
    from netscam.analysis.keynodes.greedy import completed

    start = None
    if before:
        score = np.zeros(task.csr.n)
        score[before[-1].nodes] = 1.0
        start = completed(task, score)
    return solve_exactly(task, time_limit=seconds, seed=seed, iterations=50, start=start)


def _consistent(found: list[Found], sign: float) -> list[Found]:
    """Let every step use what its neighbours know: sets of smaller ones, bounds of larger ones."""
    result = list(found)
    for i in range(1, len(result)):
        if sign * result[i - 1].value > sign * result[i].value:
            result[i] = replace(result[i], nodes=result[i - 1].nodes, value=result[i - 1].value)
    for i in range(len(result) - 2, -1, -1):
        mine, later = result[i].bound, result[i + 1].bound
        if mine is not None and later is not None and sign * later < sign * mine:
            bound = sign * max(sign * later, sign * result[i].value)
            result[i] = replace(result[i], bound=bound, proven=result[i].proven or bound == result[i].value)
    return result


def _frame(csr: CSR, name: str, steps: list[Any], found: list[Found]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            name: step,
            "value": each.value,
            "bound": each.bound,
            "gap": None if each.bound is None else abs(each.value - each.bound) / max(abs(each.value), 1e-12),
            "proven_optimal": each.proven,
            "nodes": ";".join(csr.label(v) for v in each.nodes.tolist()),
        }
        for step, each in zip(steps, found, strict=True)
    ]
    return pd.DataFrame(rows, columns=[name, "value", "bound", "gap", "proven_optimal", "nodes"])
