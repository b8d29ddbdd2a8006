"""netscam beside networkx, igraph called directly, NetworKit and cdlib (where it is installed), step by step.

Run as ``python tests/benchmarks/bench_peers.py [mekong|property|RELATIONS ...] [--quick]``; by default mekong, the
property graph of about 53,000 nodes in the lists beside the checkout, and generated graphs of 100,000 and 1,000,000
relations.
Seconds are of the processor, medians of runs that take turns. networkx is left out of a step that would take it
more than about two minutes (a dash); NetworKit runs on one thread, as the others do. ``/ fastest`` is netscam over the
fastest bare library, conversion of the graph left out for all.
"""

from __future__ import annotations

import importlib.util
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import igraph as ig
import networkit as nk
import networkx as nx
import numpy as np
import pandas as pd

from netscam import read_dataset, to_igraph
from netscam.analysis.communities import METHODS
from netscam.analysis.large.run import run_measure
from netscam.analysis.partition.seeding import igraph_random

PROPERTY = Path(__file__).resolve().parents[3] / "shared" / "lists" / "ofac_property_graph_2026"
HEAVY = 2_000_000_000
"""Vertices times edges above which nothing runs exact betweenness or harmonic."""
SLOWEST = 200_000
"""Edges above which networkx is left out of all but the cheapest steps."""
PEERS = ("netscam", "networkx", "igraph", "networkit", "cdlib")
Steps = dict[str, dict[str, Callable[[], Any] | None]]


def generated(relations: int) -> ig.Graph:
    """A heavy-tailed graph."""
    rng = np.random.Generator(np.random.PCG64(0))
    size = relations // 4
    ends = np.column_stack([(size * rng.random(relations) ** 2).astype(np.int64), rng.integers(0, size, relations)])
    ends = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    return analysis_graph(ends, size)


def analysis_graph(ends: np.ndarray, size: int) -> ig.Graph:
    """Ends with the attributes that netscam's graphs have."""
    graph = ig.Graph(n=size)
    graph.add_edges(ends)
    graph.vs["name"] = [f"n{number:08}" for number in range(size)]
    for name in ("probability", "strength", "distance"):
        graph.es[name] = [1.0] * len(ends)
    return graph


def property_graph() -> ig.Graph | None:
    """The property graph of sanctions lists, as a simple graph."""
    files = sorted(PROPERTY.glob("*edge*.csv")) or sorted(PROPERTY.glob("*rel*.csv"))
    if not files:
        return None
    ends = pd.concat([pd.read_csv(path, dtype=str, keep_default_na=False).iloc[:, :2] for path in files])
    codes, names = pd.factorize(np.concatenate([ends.iloc[:, 0], ends.iloc[:, 1]]), sort=True)
    pairs = np.sort(codes.reshape(2, -1).T, axis=1)
    return analysis_graph(np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0), len(names))


def steps_of(graph: ig.Graph) -> Steps:
    """What each library runs for each step."""
    ends = np.asarray(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    size, edges = graph.vcount(), graph.ecount()
    bare = ig.Graph(n=size)
    bare.add_edges(ends)
    other = nx.Graph()
    small = edges <= 1_200_000
    if small:
        other.add_nodes_from(range(size))
        other.add_edges_from(ends.tolist())
    kit = nk.GraphFromCoo((ends[:, 0].copy(), ends[:, 1].copy()), n=size, directed=False)
    slow = edges > SLOWEST
    exact = size * edges <= HEAVY
    sources = np.random.Generator(np.random.PCG64(0)).permutation(size)[:40].tolist()

    def ours(name: str, method: str = "exact") -> Callable[[], Any]:
        return lambda: run_measure(name, graph, weighted=False, method=method, seed=0).values

    def found(method: str) -> Callable[[], Any]:
        def run() -> Any:
            with igraph_random(0):
                return METHODS[method].function(graph, weights=None, resolution=1.0).membership

        return run

    def cdlib(method: str) -> Callable[[], Any] | None:
        if slow or importlib.util.find_spec("cdlib") is None:
            return None
        from cdlib import algorithms

        return lambda: getattr(algorithms, method)(other)

    def kit_run(algorithm: Callable[[], Any]) -> Callable[[], Any]:
        return lambda: np.asarray(algorithm().run().scores())

    rounds = -1 if edges <= 20_000 else 2
    quick = size * edges <= 60_000_000
    return {
        "load": {
            "netscam": lambda: load(ends, size),
            "networkx": (lambda: nx.Graph(ends.tolist())) if small else None,
            "igraph": lambda: ig.Graph(n=size, edges=ends),
            "networkit": lambda: nk.GraphFromCoo((ends[:, 0].copy(), ends[:, 1].copy()), n=size, directed=False),
        },
        "degree": {
            "netscam": ours("degree"),
            "networkx": (lambda: dict(other.degree())) if small else None,
            "igraph": lambda: np.asarray(bare.degree()),
            "networkit": lambda: np.asarray(nk.centrality.DegreeCentrality(kit).run().scores()),
        },
        "PageRank": {
            "netscam": ours("pagerank"),
            "networkx": (lambda: nx.pagerank(other)) if small else None,
            "igraph": lambda: np.asarray(bare.pagerank()),
            "networkit": kit_run(lambda: nk.centrality.PageRank(kit, tol=1e-10)),
        },
        "components": {
            "netscam": lambda: np.asarray(graph.connected_components().membership),
            "networkx": (lambda: list(nx.connected_components(other))) if small else None,
            "igraph": lambda: np.asarray(bare.connected_components().membership),
            "networkit": lambda: np.asarray(nk.components.ConnectedComponents(kit).run().getPartition().getVector()),
        },
        "coreness": {
            "netscam": ours("coreness"),
            "networkx": (lambda: nx.core_number(other)) if small else None,
            "igraph": lambda: np.asarray(bare.coreness()),
            "networkit": kit_run(lambda: nk.centrality.CoreDecomposition(kit)),
        },
        "betweenness, exact": {
            "netscam": ours("betweenness") if exact else None,
            "networkx": (lambda: nx.betweenness_centrality(other)) if quick else None,
            "igraph": (lambda: bare.betweenness()) if exact else None,
            "networkit": kit_run(lambda: nk.centrality.Betweenness(kit)) if exact else None,
        },
        "betweenness, 40 sources": {
            "netscam": lambda: sampled(graph, 40),
            "networkx": (lambda: nx.betweenness_centrality(other, k=min(40, size), seed=0)) if not slow else None,
            "igraph": lambda: bare.betweenness(sources=sources),
            "networkit": kit_run(lambda: nk.centrality.EstimateBetweenness(kit, 40)),
        },
        "harmonic": {
            "netscam": ours("harmonic") if exact else None,
            "networkx": (lambda: nx.harmonic_centrality(other)) if quick else None,
            "igraph": (lambda: bare.harmonic_centrality(normalized=False)) if exact else None,
            "networkit": kit_run(lambda: nk.centrality.HarmonicCloseness(kit, normalized=False)) if exact else None,
        },
        "Leiden": {
            "netscam": found("leiden"),
            "networkx": (lambda: nx.community.louvain_communities(other, seed=0)) if not slow else None,
            "igraph": lambda: bare.community_leiden(objective_function="modularity", n_iterations=rounds),
            "networkit": lambda: np.asarray(nk.community.ParallelLeiden(kit).run().getPartition().getVector()),
            "cdlib": cdlib("leiden"),
        },
        "label propagation": {
            "netscam": found("label-propagation"),
            "networkx": (lambda: list(nx.community.asyn_lpa_communities(other, seed=0))) if not slow else None,
            "igraph": lambda: bare.community_label_propagation(),
            "networkit": lambda: np.asarray(nk.community.PLP(kit).run().getPartition().getVector()),
            "cdlib": cdlib("label_propagation"),
        },
        "constraint": {
            "netscam": ours("constraint"),
            "networkx": (lambda: nx.constraint(other)) if quick else None,
            "igraph": (lambda: bare.constraint()) if edges <= 20_000 else None,
            "networkit": None,
        },
        "dismantle": {
            "netscam": (lambda: dismantled(graph)) if not slow else None,
            "networkx": None,
            "igraph": None,
            "networkit": None,
        },
    }


def load(ends: np.ndarray, size: int) -> ig.Graph:
    """As ``graph_of`` builds it, without attributes."""
    graph = ig.Graph(n=size)
    graph.add_edges(ends)
    return graph


def sampled(graph: ig.Graph, sources: int) -> Any:
    """Netscam's sampled betweenness with a set number of sources."""
    from unittest.mock import patch

    from netscam.analysis.large.sampled import sampled_betweenness

    with patch("netscam.analysis.large.sampled.sample_size", lambda size, edges: min(size, sources)):
        return sampled_betweenness(graph, weighted=False, seed=0, step=lambda done, count: None).values


def dismantled(graph: ig.Graph) -> Any:
    """A heuristic dismantling to a tenth."""
    from netscam import dismantle

    return dismantle(graph, method="degree")


def seconds(run: Callable[[], Any]) -> float:
    """Processor seconds of one run."""
    start = time.process_time()
    run()
    return time.process_time() - start


def measure(name: str, graph: ig.Graph, rounds: int) -> None:
    """Print the lines of one graph."""
    for step, known in steps_of(graph).items():
        runs = {who: known.get(who) for who in PEERS}
        found: dict[str, list[float]] = {who: [] for who, run in runs.items() if run}
        for number in range(rounds):
            for who, taken in found.items():
                run = runs[who]
                if run and (number == 0 or taken[0] <= 20):
                    taken.append(seconds(run))
        least = {who: statistics.median(taken) for who, taken in found.items()}
        ours = least.get("netscam")
        bare = [taken for who, taken in least.items() if who != "netscam"]
        cells = [f"{least[who]:.3g}" if who in least else "-" for who in runs]
        times = f"{least['networkx'] / ours:.0f}" if ours and "networkx" in least else "-"
        fastest = f"{ours / min(bare):.2f}" if ours and bare and min(bare) > 0 else "-"
        print(f"| {name} | {step} | {' | '.join(cells)} | {times} | {fastest} |", flush=True)


def main(words: list[str]) -> None:
    """Print one table."""
    nk.setNumberOfThreads(1)
    rounds = 1 if "--quick" in words else 3
    chosen = [word for word in words if not word.startswith("--")] or ["mekong", "property", "100000", "1000000"]
    print(f"igraph {ig.__version__}, networkx {nx.__version__}, NetworKit {nk.__version__}, numpy {np.__version__}\n")
    print("| graph | step | netscam | networkx | igraph | NetworKit | cdlib | networkx / netscam | / fastest |")
    print("|" + "---|" * 9)
    for word in chosen:
        if word == "mekong":
            measure(word, to_igraph(read_dataset(word)), rounds)
        elif word == "property":
            graph = property_graph()
            if graph is None:
                print("| property | - | the lists are not beside the checkout | | | | | | |")
            else:
                measure(f"property ({graph.vcount():,}, {graph.ecount():,})", graph, rounds)
        else:
            measure(f"{int(word):,}", generated(int(word)), rounds)


if __name__ == "__main__":
    main(sys.argv[1:])
