"""Recovery: time of 200 runs of 10 removals on mekong, and the direction of published findings on public networks.

Run as ``python tests/benchmarks/bench_recovery.py [--quick] [speed|published ...]``; prints Markdown tables.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from netscam.analysis.keynodes import read_edgelist
from netscam.analysis.recovery import MODELS, compare, recovery, situation
from netscam.data.dataset import read_dataset

SHARED = Path(__file__).resolve().parents[3] / "shared"


def speed(quick: bool) -> None:
    """Seconds for each model; the bound of the issue is 60 s for 200 runs of 10 removals."""
    runs = 40 if quick else 200
    case = situation(read_dataset("mekong"))
    began = time.perf_counter()
    recovery(case, "leaders", runs=1)
    print(f"first call, with compiling or loading the kernels: {time.perf_counter() - began:.1f} s\n")
    print(f"| {runs} runs x 10 removals on mekong, {runs} draws, one thread | leaders: s | CPU s | degree: s | CPU s |")
    print("|---|---|---|---|---|")
    for model in MODELS.names():
        taken = []
        for strategy in ("leaders", "degree"):
            began, busy = time.perf_counter(), time.process_time()
            recovery(case, strategy, model=model, runs=runs, draws=runs)
            taken += [time.perf_counter() - began, time.process_time() - busy]
        print(f"| {model} | " + " | ".join(f"{seconds:.2f}" for seconds in taken) + " |", flush=True)


def published(quick: bool) -> None:
    """Change of efficiency and density after removing a tenth of the nodes, with every orphan replaced."""
    folder = SHARED / "networks" / "criminal"
    if not folder.is_dir():
        print("skipped: the folder 'shared' is not beside the checkout")
        return
    models = ("none", "random", "preferential", "distance")
    print("| network (n) | removed | " + " | ".join(models) + " | density, random | random, one heir |")
    print("|---" * (len(models) + 4) + "|")
    for file in sorted(folder.glob("*.edges")):
        case = situation(read_edgelist(file))
        words = {"steps": max(3, round(0.1 * case.graph.vcount())), "runs": 20 if quick else 100}
        sure = {"success": 1.0, "pace": 1}
        found = compare(case, ("random", "degree", "betweenness"), models, settings=sure, **words)
        heir = compare(case, found.strategies, ("random",), settings={**sure, "together": 1.0}, **words)
        for strategy in found.strategies:
            cells = [f"{np.mean(found.changes(strategy, model)):+.2f}" for model in models]
            cells.append(f"{np.mean(found.changes(strategy, 'random', 'density')):+.2f}")
            cells.append(f"{np.mean(heir.changes(strategy, 'random')):+.2f}")
            print(f"| {file.stem} ({case.graph.vcount()}) | {strategy} | " + " | ".join(cells) + " |", flush=True)


PARTS = {"speed": speed, "published": published}

if __name__ == "__main__":
    wanted = [word for word in sys.argv[1:] if word in PARTS] or list(PARTS)
    for part in wanted:
        print(f"\n## {part}\n")
        PARTS[part]("--quick" in sys.argv)
