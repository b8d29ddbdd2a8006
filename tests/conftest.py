"""Fixtures for every test: a zoo of small graphs with known answers, and the reference folder beside the checkout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, settings

# The same examples on every run; a slow or busy machine is not a defect.
settings.register_profile("netscam", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("netscam")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def two_triangles_and_a_bridge() -> nx.Graph:
    """a-b-c and e-f-g joined through d."""
    return nx.Graph(["ab", "bc", "ac", "cd", "de", "ef", "fg", "eg"])


def borgatti_cliques() -> nx.Graph:
    """Two components of five, all tied: fragmentation .556, distance-weighted .556 (Borgatti 2006)."""
    return nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(5))


def borgatti_lines() -> nx.Graph:
    """Two components of five, each a line: fragmentation .556, distance-weighted .715 (Borgatti 2006)."""
    return nx.disjoint_union(nx.path_graph(5), nx.path_graph(5))


def two_components_and_an_isolate() -> nx.Graph:
    """A triangle with a tail, a pair, and one alone."""
    graph = nx.Graph([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("x", "y")])
    graph.add_node("z")
    return graph


ZOO: dict[str, Callable[[], nx.Graph]] = {
    "empty": nx.Graph,
    "single": lambda: nx.empty_graph(1),
    "pair": lambda: nx.path_graph(2),
    "edgeless": lambda: nx.empty_graph(4),
    "star": lambda: nx.star_graph(5),
    "path": lambda: nx.path_graph(6),
    "cycle": lambda: nx.cycle_graph(7),
    "complete": lambda: nx.complete_graph(5),
    "bridged-triangles": two_triangles_and_a_bridge,
    "borgatti-cliques": borgatti_cliques,
    "borgatti-lines": borgatti_lines,
    "two-components": two_components_and_an_isolate,
    "kite": nx.krackhardt_kite_graph,
    "florentine": nx.florentine_families_graph,
    "karate": lambda: nx.Graph(nx.karate_club_graph().edges),
    "karate-weighted": nx.karate_club_graph,
}


def weighted_copy(graph: nx.Graph) -> nx.Graph:
    """The graph with strengths that are powers of two, so that sums of distances are exact whatever their order."""
    chosen = graph.copy()
    for number, (_, _, row) in enumerate(chosen.edges(data=True)):
        row.clear()
        row["strength"] = (0.5, 1.0, 2.0, 4.0)[(number * 5 + number // 3) % 4]
        row["distance"] = 1 / row["strength"]
    return chosen


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference folder beside the checkout; tests that need it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("the folder 'shared' is not beside the checkout")
    return SHARED


@pytest.fixture(params=[f"{name}{kind}" for name in ZOO for kind in ("", "+strength")])
def zoo_graph(request: pytest.FixtureRequest) -> nx.Graph:
    """Every graph of the zoo in turn, plain and with strengths; made anew each time."""
    name, _, kind = request.param.partition("+")
    return weighted_copy(ZOO[name]()) if kind else ZOO[name]()


@pytest.fixture
def zoo() -> Callable[[str], nx.Graph]:
    """One graph of the zoo by name, for example ``zoo("kite")``; made anew each time."""
    return lambda name: ZOO[name]()


@pytest.fixture
def with_strength() -> Callable[[nx.Graph], nx.Graph]:
    """A copy of a graph with strengths that are powers of two, and distances to match."""
    return weighted_copy
