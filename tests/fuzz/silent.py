"""Silent wrongness: every measure, set and partition against a second implementation on random graphs."""

from __future__ import annotations

import itertools
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np

from tests.fuzz.seeds import module

Values = dict[Any, float]
KINDS = ("plain", "weighted", "directed", "directed weighted", "multi", "tiny", "scattered")
UNWEIGHTED = ("articulation", "bridges", "collective_influence")
DIRECTED = ("in_degree", "out_degree", "hub", "authority")


def random_graph(seed: int) -> tuple[str, nx.Graph, bool]:
    """Kind, graph, and whether its strengths count; strengths are powers of two, so that sums are exact."""
    rng = np.random.Generator(np.random.PCG64(seed))
    kind = KINDS[seed % len(KINDS)]
    size = int(rng.integers(1, 5) if kind == "tiny" else rng.integers(3, 16))
    share = float(rng.uniform(0.02, 0.12) if kind == "scattered" else rng.uniform(0.1, 0.6))
    graph: nx.Graph = nx.gnp_random_graph(size, share, seed=seed, directed="directed" in kind)
    if kind == "multi":
        graph = nx.MultiGraph(graph)
        graph.add_edges_from([pair for pair in list(graph.edges()) if rng.random() < 0.4])
    for *_, row in graph.edges(data=True):
        row["strength"] = float(2.0 ** rng.integers(-2, 3))
    return kind, graph, "weighted" in kind or kind == "multi"


def simple(graph: nx.Graph, *, directed: bool) -> nx.Graph:
    """One tie between two ends, its strength the sum; what the measures work on, made another way."""
    made: nx.Graph = nx.DiGraph() if directed else nx.Graph()
    made.add_nodes_from(graph)
    for source, target, row in graph.edges(data=True):
        before = made.get_edge_data(source, target, {"strength": 0.0})["strength"]
        made.add_edge(source, target, strength=before + row["strength"])
    for *_, row in made.edges(data=True):
        module("analysis/test_centrality_networkx.py").set_distance(row)
    return made


def nx_bridging(graph: nx.Graph, weight: Any) -> Values:
    """Betweenness times the bridging coefficient, node by node."""
    between = nx.betweenness_centrality(graph, weight=weight and "exact")
    degree = dict(graph.degree())
    return {v: between[v] / degree[v] / sum(1 / degree[u] for u in graph[v]) if degree[v] else math.nan for v in graph}


def nx_articulation(graph: nx.Graph, _: Any) -> Values:
    """Components that are more after the vertex went."""
    before = nx.number_connected_components(graph)
    return {
        v: nx.number_connected_components(graph.subgraph(set(graph) - {v})) - before if graph.degree(v) else 0
        for v in graph
    }


def nx_bridges(graph: nx.Graph, _: Any) -> Values:
    """Bridges at the vertex."""
    found = Counter(end for pair in nx.bridges(graph) for end in pair)
    return {v: found[v] for v in graph}


def nx_influence(graph: nx.Graph, _: Any) -> Values:
    """Collective influence at distance two, by breadth-first search."""
    degree = dict(graph.degree())
    found = {}
    for v in graph:
        steps = nx.single_source_shortest_path_length(graph, v, cutoff=2)
        found[v] = max(degree[v] - 1, 0) * sum(degree[u] - 1 for u, far in steps.items() if far == 2)
    return found


OTHERS: dict[str, Callable[[nx.Graph, Any], Values]] = {
    "bridging": nx_bridging,
    "articulation": nx_articulation,
    "bridges": nx_bridges,
    "collective_influence": nx_influence,
}


def compare(seed: int) -> list[str]:
    """What differs on one graph: every measure, the key-node set and the partition."""
    second = module("analysis/test_centrality_networkx.py")
    _, graph, weighted = random_graph(seed)
    wrong: list[str] = []
    for directed, names in ((False, [*second.UNDIRECTED, *OTHERS, *WHOLE]), (True, DIRECTED)):
        if directed and not graph.is_directed():
            continue
        flat = simple(graph, directed=directed)
        for name in names:
            if name in DIRECTED[2:] and not second.leading_is_unique(flat, weighted):
                continue
            wrong += _differs(name, graph, flat, weighted=weighted and name not in UNWEIGHTED, directed=directed)
    return [f"seed {seed}: {each}" for each in [*wrong, *_sets(graph), *_parts(graph)]]


WHOLE = ("betweenness", "closeness", "harmonic", "pagerank")


def _differs(name: str, graph: nx.Graph, flat: nx.Graph, *, weighted: bool, directed: bool) -> list[str]:
    from netscam.analysis.centrality import centrality

    second = {**module("analysis/test_centrality_networkx.py").EQUAL, **OTHERS}[name]
    try:
        expected = second(flat, weighted or None)
    except (nx.NetworkXException, ZeroDivisionError, ValueError):
        return []  # networkx has no value there; netscam's own tests say what it gives
    found = centrality(graph, name, weighted=weighted, directed=directed).values[name].to_dict()
    bad = [
        f"{name} of {v}: {found[str(v)]!r}, networkx {value!r}"
        for v, value in expected.items()
        if not _same(found[str(v)], float(value))
    ]
    return bad[:1]


def _same(one: float, other: float) -> bool:
    return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-7)


def pairs_left(graph: nx.Graph, gone: tuple[Any, ...]) -> int:
    """Connected pairs after some nodes went."""
    rest = graph.subgraph(set(graph) - set(gone))
    return sum(len(part) * (len(part) - 1) // 2 for part in nx.connected_components(rest))


def _sets(graph: nx.Graph) -> list[str]:
    """The exact set against all sets of its size."""
    from netscam.analysis.keynodes import key_nodes

    flat = simple(graph, directed=False)
    if len(flat) < 4 or len(flat) > 10 or not flat.number_of_edges():
        return []
    best = min(pairs_left(flat, gone) for gone in itertools.combinations(flat, 2))
    found = key_nodes(flat, k=2, method="exact")
    told = pairs_left(flat, tuple(int(node) for node in found.nodes))
    right = found.value == told == best and found.proven_optimal
    return [] if right else [f"key nodes {found.nodes}: {found.value}, counted {told}, best {best}"]


def _parts(graph: nx.Graph) -> list[str]:
    """The modularity that a partition states against networkx's."""
    from netscam.analysis.communities import find_communities

    flat = simple(graph, directed=False)
    if not flat.number_of_edges():
        return []
    found = find_communities(flat, runs=3, seed=1)
    members = found.to_frame()[["id", "community"]].itertuples(index=False)
    groups: dict[int, set[int]] = {}
    for key, number in members:
        groups.setdefault(int(number), set()).add(int(key))
    expected = nx.community.modularity(flat, groups.values(), weight=None)
    return [] if _same(found.modularity, expected) else [f"modularity {found.modularity}, networkx {expected}"]


def main(arguments: list[str]) -> None:
    """``python -m tests.fuzz.silent FIRST MOST SECONDS``; prints its counts as JSON."""
    first, most, seconds = int(arguments[0]), int(arguments[1]), float(arguments[2])
    until = time.monotonic() + seconds
    counts: Counter[str] = Counter()
    broke: list[str] = []
    for seed in range(first, first + most):
        kind = random_graph(seed)[0]
        wrong = compare(seed)
        counts[f"{kind} graphs|{'differ' if wrong else 'agree'}"] += 1
        broke += wrong
        if time.monotonic() > until:
            break
    print(json.dumps({"counts": counts, "broke": broke}))


if __name__ == "__main__":
    main(sys.argv[1:])
