"""Check an answer independently of the method that gave it."""

from __future__ import annotations

from typing import Any

import numpy as np

from netscam.analysis.keynodes.request import Request, as_csr, make_task
from netscam.analysis.keynodes.result import KeyNodes


def verify(graph: Any, result: KeyNodes) -> list[str]:
    """Recompute an answer with the judge and check every limit.

    Parameters
    ----------
    graph
        The graph that was asked about.
    result
        The answer, with the parameters of the question.

    Returns
    -------
    What is wrong, in words; empty when the set is allowed, its value is right, its bound is on the right side, and
    every alternative is allowed and equally good.
    """
    asked = {name: value for name, value in result.parameters.items() if name in Request.__dataclass_fields__}
    task = make_task(as_csr(graph), Request(**asked))
    number = {task.csr.label(v): v for v in range(task.csr.n)}
    found: list[str] = []
    for nodes in (result.nodes, *result.alternatives):
        unknown = [name for name in nodes if name not in number]
        if unknown:
            return [f"not in the graph: {', '.join(unknown)}"]
        chosen = np.array([number[name] for name in nodes], dtype=np.int64)
        found += [f"{', '.join(nodes)}: {fault}" for fault in task.faults(chosen)]
        value = task.value(chosen)
        if not np.isclose(value, result.value, rtol=1e-9, atol=1e-9):
            found.append(f"{', '.join(nodes)}: value {value:g}, not {result.value:g}")
    if result.bound is not None:
        sign = -1.0 if task.larger_is_better else 1.0
        if sign * (result.bound - result.value) > 1e-6 * max(1.0, abs(result.value)):
            found.append(f"bound {result.bound:g} lies on the wrong side of {result.value:g}")
    if result.proven_optimal and (result.bound is None or result.gap is None or result.gap > 1e-9):
        found.append("said to be proved without a closed gap")
    return found
