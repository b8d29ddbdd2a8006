"""Uncertainty: time of 1,000 draws beside a plain networkx loop, coverage on known truth, the study of 2006.

Run as ``python tests/benchmarks/bench_uncertainty.py [--quick] [speed|coverage|study ...]``; prints Markdown tables.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd

from netscam.analysis.uncertainty import (
    centrality_accuracy,
    interval_coverage,
    missing_ties,
    robust_key_nodes,
    uncertainty,
    verify_next,
)
from netscam.data.dataset import read_dataset
from netscam.data.generate_calibrated import generate_calibrated, true_dataset
from netscam.graph.sample import edge_sampler

MEASURES = ["betweenness", "pagerank", "harmonic"]
PLAIN = {
    "betweenness": nx.betweenness_centrality,
    "pagerank": nx.pagerank,
    "harmonic": nx.harmonic_centrality,
}


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of this process's CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - wall, time.process_time() - cpu


def plain_loop(draws: int) -> None:
    """What one would write without netscam: draw every tie on its own, compute the measures, rank."""
    graph = read_dataset("mekong")
    recorded = edge_sampler(graph).graph
    ends = [(recorded.vs[e.source]["name"], recorded.vs[e.target]["name"], e["probability"]) for e in recorded.es]
    rng = np.random.default_rng(0)
    for _ in range(draws):
        drawn = nx.Graph()
        drawn.add_nodes_from(recorded.vs["name"])
        drawn.add_edges_from((a, b) for a, b, p in ends if rng.random() < p)
        for function in PLAIN.values():
            pd.Series(function(drawn)).rank(ascending=False, method="min")


def speed(quick: bool) -> None:
    """Time of the studies on mekong."""
    data, draws, few = read_dataset("mekong"), 200 if quick else 1000, 3 if quick else 10
    uncertainty(data, MEASURES, draws=2)
    robust_key_nodes(data, k=3, draws=3)
    sampler = edge_sampler(data)
    print(f"| mekong, {sampler.graph.vcount()} nodes, {sampler.graph.ecount()} ties | seconds | CPU seconds here |")
    print("|---|---|---|")
    rows: dict[str, Callable[[], object]] = {
        f"{draws} draws of {', '.join(MEASURES)}, 1 process": lambda: uncertainty(sampler, MEASURES, draws=draws),
        "the same, 2 processes": lambda: uncertainty(sampler, MEASURES, draws=draws, workers=2),
        "the same with 200 draws under each other prior": lambda: uncertainty(data, MEASURES, draws=draws),
        "missing ties, 3 shares, 200 runs, betweenness": lambda: missing_ties(data, rates=[0.05, 0.1, 0.2]),
        "robust key nodes, k = 5, 300 draws": lambda: robust_key_nodes(data),
        "verify next, k = 5, 200 draws": lambda: verify_next(data),
    }
    taken = {}
    for name, call in rows.items():
        taken[name] = timed(call)
        print(f"| {name} | {taken[name][0]:.2f} | {taken[name][1]:.2f} |", flush=True)
    wall, cpu = timed(lambda: plain_loop(few))
    print(f"| plain networkx loop, {draws} draws (from {few}) | {wall * draws / few:.1f} | {cpu * draws / few:.1f} |")
    print(f"\nratio to one process (CPU): {cpu * draws / few / next(iter(taken.values()))[1]:.0f}")


def coverage(quick: bool) -> None:
    """Share of true ranks inside the 90 % intervals, over generated cases."""
    cases, draws = (6, 100) if quick else (40, 300)
    print(f"90 % intervals, {cases} cases of 500 relations, {draws} draws\n")
    print(f"| documents | {' | '.join(MEASURES)} | all | sd of cases |")
    print("|---|---|---|---|---|---|")
    for name in ("origin groups as they are", "same probabilities, relations apart", "origin groups ignored"):
        found = []
        for seed in range(cases):
            made = generate_calibrated(relations=500, cells=20, seed=seed)
            data = made.data
            if name == "origin groups ignored":
                data = replace(data, documents=data.documents.assign(origin_group=""))
            apart = name.startswith("same")
            sampler = edge_sampler(data, dependence="none" if apart else "origin")
            result = uncertainty(sampler, MEASURES, draws=draws, seed=seed + 1000)
            found.append(interval_coverage(result, true_dataset(made)).groupby("measure")["covered"].mean())
        table = pd.DataFrame(found)
        shares = " | ".join(f"{table[measure].mean():.3f}" for measure in MEASURES)
        print(f"| {name} | {shares} | {table.to_numpy().mean():.3f} | {table.mean(axis=1).std():.3f} |", flush=True)


def study(quick: bool) -> None:
    """Accuracy on random graphs under four kinds of error (Borgatti, Carley & Krackhardt 2006)."""
    graphs, runs = (2, 2) if quick else (8, 4)
    frames = []
    for density in (0.05, 0.1, 0.3, 0.5, 0.7):
        for seed in range(graphs):
            graph = nx.gnp_random_graph(50, density, seed=seed)
            frames.append(centrality_accuracy(graph, runs=runs, seed=seed).assign(density=density))
    table = pd.concat(frames)
    for title, rows, columns in (
        ("squared correlation", ["error", "measure"], "level"),
        ("overlap of the first tenth", ["error", "measure"], "level"),
        ("squared correlation by density", ["error"], "density"),
    ):
        value = "overlap" if title.startswith("overlap") else "r2"
        means = table.groupby([*rows, columns])[value].mean().unstack().round(2)
        print(f"\n{title}, random graphs of 50 nodes\n")
        print(f"| {' / '.join(rows)} | {' | '.join(map(str, means.columns))} |")
        print("|---" * (len(means.columns) + 1) + "|")
        for key, row in means.iterrows():
            name = " / ".join(key) if isinstance(key, tuple) else key
            print(f"| {name} | {' | '.join(f'{x:.2f}' for x in row)} |", flush=True)


def main(words: list[str]) -> int:
    """Run all parts, or those named."""
    parts = {"speed": speed, "coverage": coverage, "study": study}
    quick = "--quick" in words
    for name in [word for word in words if word in parts] or list(parts):
        print(f"\n### {name}\n")
        parts[name](quick)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
