"""Sets chosen with ties hidden, judged on the full network: ours beside adaptive betweenness.

    python tests/benchmarks/bench_missing.py [--quick] [--only NAME] [--missing SHARE] [--seeds N]

Needs ``../shared/networks`` and says so when it is absent. A share of the links (30 % by default) is dropped at
random, both methods choose on what is left, and the largest component that their sets leave on the full network is
divided by n. Means over many drop seeds; ``difference`` is paired, with its standard error. ``study`` is adaptive
betweenness in ``../shared/research/methods.md``, over other seeds.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from netscam.analysis.keynodes import largest_component, read_edgelist
from netscam.analysis.keynodes.csr import csr_from_edges
from netscam.analysis.keynodes.missing import robust_set

NETWORKS = Path(__file__).resolve().parents[2].parent / "shared" / "networks"
FIRST = 1000  # drop seed; those below 1000 were used to choose between rules
CASES = {
    "criminal/crime_Montagna_meetings": (13, 0.166, 100),
    "criminal/crime_morselli_caviar": (8, 0.145, 100),
    "dismantling/gnd_Crime": (17, 0.170, 30),
}


def one(name: str, missing: float, seed: int) -> tuple[float, float]:
    """Largest component left by both sets for one drop seed, as a share of n."""
    full = read_edgelist(NETWORKS / f"{name}.edges")
    edges = full.edges()
    kept = np.random.default_rng(seed).permutation(full.m)[: round((1 - missing) * full.m)]
    found = robust_set(csr_from_edges(full.n, edges[np.sort(kept)]), CASES[name][0], missing=missing, seed=seed)
    sets = (found.nodes, found.plain_nodes)
    ours, plain = (largest_component(full, [int(v) for v in nodes]) / full.n for nodes in sets)
    return ours, plain


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the seeds")
    parser.add_argument("--only", default="", help="part of a network's name")
    parser.add_argument("--missing", type=float, default=0.3)
    parser.add_argument("--seeds", type=int, help="drop seeds for every network")
    given = parser.parse_args()
    if not NETWORKS.is_dir():
        print("skipped: ../shared/networks is not beside this checkout")
        return
    print("| network | nodes | seeds | robust set | adaptive betweenness | difference | study | CPU s a set |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, (k, study, seeds) in CASES.items():
        if given.only.lower() not in name.lower():
            continue
        count = given.seeds or (max(2, seeds // 10) if given.quick else seeds)
        began = time.process_time()
        left = np.array([one(name, given.missing, seed) for seed in range(FIRST, FIRST + count)])
        seconds = (time.process_time() - began) / count
        gap = left[:, 0] - left[:, 1]
        error = gap.std(ddof=1) / np.sqrt(count) if count > 1 else float("nan")
        mean = left.mean(axis=0)
        print(
            f"| {name.split('/')[1]} | {k} | {count} | {mean[0]:.4f} | {mean[1]:.4f} | {gap.mean():+.4f} ± {error:.4f} "
            f"| {study} | {seconds:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
