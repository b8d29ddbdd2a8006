"""Ctrl-C returns the best so far, whichever part it meets."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest

from netscam.analysis.dismantle import dismantle, rules, smallest_set
from netscam.analysis.keynodes import csr_from_edges, key_nodes, largest_component, verify
from netscam.analysis.keynodes.relax import Relaxation


@pytest.fixture(scope="module")
def karate() -> nx.Graph:
    return nx.karate_club_graph()


def interrupt_chunks(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Ctrl-C in the given chunk of a search."""
    original = rules.Clock.run

    def run(self: rules.Clock, chunk: Any, total: int, weight: int) -> int:
        calls = 0

        def stopped(first: int, last: int) -> None:
            nonlocal calls
            calls += 1
            if calls > after:
                raise KeyboardInterrupt
            chunk(first, last)

        return original(self, stopped, total, 3_000_000)

    monkeypatch.setattr(rules.Clock, "run", run)


@pytest.mark.parametrize("method", ["exact", "search"])
@pytest.mark.parametrize("after", [0, 2])
@pytest.mark.parametrize("asked", [{"k": 3}, {"objective": "dismantle", "target_size": 5}])
def test_during_the_start(
    karate: nx.Graph, monkeypatch: pytest.MonkeyPatch, method: str, after: int, asked: dict[str, Any]
) -> None:
    best = key_nodes(karate, alternatives=0, **asked).value
    interrupt_chunks(monkeypatch, after)
    result = key_nodes(karate, method=method, **asked)
    assert verify(karate, result) == []
    assert result.value >= best
    assert not result.proven_optimal
    assert result.bound is None or result.bound <= best


def test_during_the_root_programme(karate: nx.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    best = key_nodes(karate, k=3, alternatives=0).value

    def interrupted(self: Relaxation, steps: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Relaxation, "_run", interrupted)
    result = key_nodes(karate, k=3)
    assert verify(karate, result) == []
    assert 0 <= (result.bound or 0) <= best <= result.value


def test_during_the_list_of_alternatives(karate: nx.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    from netscam.analysis.keynodes import api

    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "all_optima", interrupted)
    result = key_nodes(karate, k=3)
    assert result.proven_optimal
    assert (result.alternatives, result.alternatives_complete) == ((), False)


def test_slices_of_the_simplex_change_no_bound(karate: nx.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    from netscam.analysis.keynodes import relax

    whole = key_nodes(karate, k=3, alternatives=3)
    monkeypatch.setattr(relax, "SLICE", 7)
    sliced = key_nodes(karate, k=3, alternatives=3)
    assert (whole.value, whole.bound, whole.nodes) == (sliced.value, sliced.bound, sliced.nodes)


@pytest.mark.parametrize("costs", [None, "degree"])
def test_during_an_order(karate: nx.Graph, monkeypatch: pytest.MonkeyPatch, costs: str | None) -> None:
    interrupt_chunks(monkeypatch, 1)
    found = dismantle(karate, stop=3, costs=costs)
    csr = csr_from_edges(34, list(karate.edges))
    assert largest_component(csr, map(int, found.order)) <= 3


def test_during_the_polish(karate: nx.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    from netscam.analysis.dismantle.kernels import annealing

    plain = dismantle(karate, polish_iterations=0)
    calls, original = 0, annealing.sweep

    def sweep(*given: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > 3:
            raise KeyboardInterrupt
        return original(*given)

    monkeypatch.setattr(annealing, "sweep", sweep)
    found = dismantle(karate)
    assert calls == 4
    assert found.auc <= plain.auc


def test_the_library_says_so_and_hands_over_the_set(karate: nx.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt_chunks(monkeypatch, 0)
    csr = csr_from_edges(34, list(karate.edges))
    with pytest.raises(rules.Interrupted) as stop:
        smallest_set(csr, 5)
    assert largest_component(csr, stop.value.found.tolist()) <= 5
    assert np.all(np.diff(stop.value.found) > 0)
