"""The methods that ``key_nodes`` can use, by name."""

from __future__ import annotations

from collections.abc import Callable

from netscam.analysis.dismantle.rules import Interrupted
from netscam.analysis.keynodes.task import Found, Task
from netscam.registry import Registry

Method = Callable[[Task, float, int, int], Found]
METHODS: Registry[Method] = Registry("key-node method")


@METHODS.add("exact", proves=True)
def exact(task: Task, time_limit: float, seed: int, iterations: int) -> Found:
    """Branch and cut with a proof (fragmentation, dismantle) or a mixed-integer programme (reach)."""
    if task.objective == "reach":
        from netscam.analysis.keynodes.reach import reach_exactly, reach_greedily

        start = reach_greedily(task)
        if start.proven:
            return Found(start.nodes, start.value, start.bound, True, "exact")
        return reach_exactly(task, time_limit=time_limit) or start
    from netscam.analysis.keynodes.exact import solve_exactly

    return solve_exactly(task, time_limit=time_limit, seed=seed, iterations=iterations)


@METHODS.add("greedy", proves=False)
def greedy(task: Task, time_limit: float, seed: int, iterations: int) -> Found:
    """Greedy choice, with swaps for fragmentation (Borgatti 2006); put-back from several orders for dismantle."""
    if task.objective == "reach":
        from netscam.analysis.keynodes.reach import reach_greedily

        return reach_greedily(task)
    from netscam.analysis.keynodes.greedy import start_set

    try:
        nodes = start_set(task, seed=seed, iterations=0)
    except Interrupted as stop:
        nodes = stop.found
    return Found(nodes, task.value(nodes), None, False, "greedy")


@METHODS.add("search", proves=False)
def search(task: Task, time_limit: float, seed: int, iterations: int) -> Found:
    """Search by give-back and retake, or iterated greedy; iterations count, ``time_limit`` is a cap on top."""
    if task.objective == "reach":
        return greedy(task, time_limit, seed, iterations)
    from netscam.analysis.keynodes.greedy import start_set

    try:
        nodes = start_set(task, seed=seed, iterations=iterations, seconds=time_limit, thorough=20)
    except Interrupted as stop:
        nodes = stop.found
    return Found(nodes, task.value(nodes), None, False, "search")
