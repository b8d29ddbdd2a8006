"""Every objective and constraint against brute force on many small graphs."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from netscam.analysis.keynodes import csr_from_edges, exact, key_nodes, verify
from netscam.analysis.keynodes.request import Request, make_task
from netscam.errors import GraphError

LISTED = {"fragmentation": 12, "reach": 3, "dismantle": 12}


def random_graph(rng):
    n = int(rng.integers(2, 13))
    most = n * (n - 1) // 2
    m = int(rng.integers(0, min(most, 3 * n) + 1))
    return csr_from_edges(n, list(nx.gnm_random_graph(n, m, seed=int(rng.integers(1 << 30))).edges))


def random_question(rng, csr, objective):
    n = csr.n
    asked = {"objective": objective}
    if objective == "dismantle":
        asked["target_size"] = int(rng.integers(1, n + 1))
    else:
        if rng.random() < 0.7:
            asked["k"] = int(rng.integers(0, min(5, n) + 1))
        if rng.random() < 0.4 or "k" not in asked:
            asked["budget"] = float(rng.integers(0, 9))
    return asked | random_limits(rng, n, objective)


def random_limits(rng, n, objective):
    asked = {}
    if rng.random() < 0.5:
        whole, cents = (
            {str(v): float(c) for v, c in enumerate(rng.integers(1, top, n) / div)} for top, div in ((5, 1), (500, 100))
        )
        asked["costs"] = ["degree", whole, cents][int(rng.integers(3))]
    if rng.random() < 0.3:
        asked["forbid"] = [str(v) for v in rng.choice(n, size=min(2, n), replace=False)]
    if rng.random() < 0.3:
        asked["allow"] = [str(v) for v in rng.choice(n, size=max(1, n - 2), replace=False)]
    if rng.random() < 0.25:
        free = [v for v in range(n) if str(v) not in asked.get("forbid", [])]
        if free:
            asked["must"] = [str(rng.choice(free))]
    if objective == "reach":
        asked["distance"] = int(rng.integers(0, 3))
    if objective == "fragmentation" and rng.random() < 0.3:
        asked["weights"] = {str(v): float(rng.integers(0, 4)) * rng.choice([1.0, 0.37]) for v in range(n)}
    return asked


def grown(adjacency, start, left, steps):
    """Bit set of what lies within ``steps`` of ``start`` inside ``left``."""
    found = frontier = start & left
    while frontier and steps:
        near = 0
        while frontier:
            low = frontier & -frontier
            near |= adjacency[low.bit_length() - 1]
            frontier ^= low
        frontier = near & left & ~found
        found |= frontier
        steps -= 1
    return found


def plain_value(task, adjacency, chosen):
    """Value of a bit set, or None when a component is too large; written apart from the judge of the package."""
    n = task.csr.n
    everything = (1 << n) - 1
    if task.objective == "reach":
        return grown(adjacency, chosen, everything, task.distance).bit_count()
    left, total = everything & ~chosen, 0.0
    while left:
        part = grown(adjacency, left & -left, left, n)
        left &= ~part
        if task.objective == "dismantle" and part.bit_count() > task.target_size:
            return None
        if task.objective == "fragmentation":
            weights = [float(task.weight[v]) for v in range(n) if part >> v & 1]
            total += (sum(weights) ** 2 - sum(w * w for w in weights)) / 2
    return sum(float(task.cost[v]) for v in range(n) if chosen >> v & 1) if task.objective == "dismantle" else total


def brute_force(task):
    """Best value over all allowed sets, and the allowed sets that reach it, or (None, [])."""
    n = task.csr.n
    adjacency = [sum(1 << int(w) for w in task.csr.neighbours(v)) for v in range(n)]
    must = np.flatnonzero(task.must).tolist()
    usable = [v for v in range(n) if task.free[v] and v not in must]
    sign = -1 if task.larger_is_better else 1
    best, sets = None, []
    for size in range(min(len(usable), task.places - len(must)) + 1):
        for chosen in combinations(usable, size):
            nodes = (*must, *chosen)
            if sum(float(task.cost[v]) for v in nodes) > task.budget + 1e-9:
                continue
            value = plain_value(task, adjacency, sum(1 << v for v in nodes))
            if value is None:
                continue
            if best is None or sign * value < best - 1e-9:
                best, sets = sign * value, []
            if abs(sign * value - best) < 1e-9:
                sets.append(frozenset(nodes))
    return (None if best is None else abs(best)), sets


def questions(objective, seeds):
    for seed in seeds:
        rng = np.random.default_rng(seed)
        csr = random_graph(rng)
        yield seed, csr, random_question(rng, csr, objective)


@pytest.mark.parametrize("objective", ["fragmentation", "reach", "dismantle"])
@pytest.mark.parametrize("block", range(5))
def test_brute_force(objective, block):
    most = LISTED[objective]
    for seed, csr, asked in questions(objective, range(100 * block, 100 * block + 100)):
        try:
            task = make_task(csr, Request(**asked))
        except GraphError:
            continue
        best, sets = brute_force(task)
        if best is None:
            with pytest.raises(GraphError):
                key_nodes(csr, **asked)
            continue
        result = key_nodes(csr, alternatives=most, iterations=5, **asked)
        context = f"seed {seed}: {asked}"
        assert result.value == pytest.approx(best), context
        assert result.proven_optimal, context
        assert result.bound == pytest.approx(best), context
        assert verify(csr, result) == [], context
        minimal = {s for s in sets if not any(other < s for other in sets)}
        listed = {frozenset(map(int, s)) for s in (result.nodes, *result.alternatives)}
        assert result.alternatives_complete == (len(minimal) <= most), context
        assert listed == minimal if result.alternatives_complete else listed <= minimal, context
        assert set(map(int, result.in_every_optimal)) == frozenset.intersection(*sets), context
        for method in ("greedy", "search"):
            other = key_nodes(csr, method=method, iterations=2, **asked)
            assert verify(csr, other) == [], context
            assert (other.value <= best) if objective == "reach" else (other.value >= best - 1e-9), context


@pytest.mark.parametrize("asked", [{"k": 6}, {"objective": "dismantle", "target_size": 8}])
def test_the_long_search_changes_no_proof(monkeypatch: pytest.MonkeyPatch, asked: dict[str, int]) -> None:
    graph = nx.gnm_random_graph(50, 75, seed=4)
    late = key_nodes(graph, alternatives=0, **asked)
    monkeypatch.setattr(exact, "ROUNDS", 1)
    lengths: list[int] = []
    search = exact.start_set
    monkeypatch.setattr(exact, "start_set", lambda *a, **o: lengths.append(o["iterations"]) or search(*a, **o))
    early = key_nodes(graph, alternatives=0, **asked)
    assert lengths == [exact.QUICK, 1000]
    assert early.proven_optimal
    assert late.proven_optimal
    assert early.value == late.value == early.bound
