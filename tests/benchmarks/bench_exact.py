"""Exact key nodes on the public networks beside the checkout: value, bound, proof and time, as a markdown table.

    python tests/benchmarks/bench_exact.py [--quick] [--only NAME] [--time-limit SECONDS]

Needs ``../shared/networks`` and says so when it is absent. The reference is the optimum or best-known value of the
study in ``../shared/research/methods.md``. Seconds are wall-clock on whatever else the machine is doing; CPU seconds
stand beside them. Compilation of the kernels is done before the clock starts.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from netscam.analysis.keynodes import csr_from_edges, curve_bound, key_nodes, read_edgelist, verify

NETWORKS = Path(__file__).resolve().parents[2].parent / "shared" / "networks"

# file, {k: reference}, {component limit: reference}; quick ones first
CASES = [
    ("criminal/crime_911_krebs", {3: 848, 5: 595, 10: 202}, {6: 14, 4: 18, 2: 24, 1: 30}),
    ("criminal/crime_morselli_caviar", {3: 1958, 5: 879, 10: 70}, {10: 8, 6: 10, 2: 19, 1: 30}),
    ("criminal/crime_Montagna_meetings", {3: 1654, 5: 984, 10: 384}, {10: 13, 6: 19, 2: 39, 1: 53}),
    ("criminal/crime_Montagna_phonecalls", {3: 728, 5: 302, 10: 27}, {9: 7, 5: 8, 2: 15, 1: 22}),
    ("criminal/crime_natajaran_heroin", {3: 277, 5: 143, 10: 8}, {3: 10, 2: 11, 1: 14}),
    ("criminal/crime_LONDON_GANG", {3: 1176, 5: 990, 10: 549}, {5: 23, 3: 26, 2: 29, 1: 35}),
    ("criminal/crime_morselli_cielnet", {3: None, 5: None, 10: None}, {2: None, 1: None}),
    ("criminal/crime_morselli_togo", {3: None, 5: None, 10: None}, {3: None, 2: None, 1: None}),
    ("cnp/cnp_Bovine", {3: 268}, {}),
    ("cnp/cnp_Ecoli", {15: 806}, {}),
    ("cnp/cnp_BarabasiAlbert_n500m1", {50: 195}, {}),
    ("cnp/cnp_ForestFire_n250", {50: 194}, {}),
    (
        "dismantling/gnd_Corruption",
        {3: 33970, 5: 27183, 10: 12423, 15: 5396, 31: 2240},
        {30: 29, 16: 71, 4: 190, 1: 271},
    ),
    ("dismantling/gnd_Crime", {3: 137537, 5: 73837, 10: 33776, 38: 3531, 75: 1371}, {75: 17, 38: 25, 8: 87, 1: 468}),
    ("cnp/cnp_yeast1", {202: 1412}, {}),
    ("cnp/cnp_Treni_Roma", {26: 918}, {}),
]
OPEN = [
    ("cnp/cnp_Circuit", {25: 2099}, {}),
    ("cnp/cnp_ErdosRenyi_n235", {50: 295}, {}),
    ("cnp/cnp_USAir97", {33: 4336}, {}),
    ("dismantling/gnd_Grid", {}, {50: 238, 494: 58}),
]
DEGREE = [
    ("criminal/crime_911_krebs", 6, 0.4088),
    ("criminal/crime_Montagna_meetings", 10, 0.3262),
    ("dismantling/gnd_Crime", 75, 0.0689),
    ("dismantling/gnd_Corruption", 30, 0.2309),
]


def row(*cells: object) -> None:
    """Print one row of the table."""
    print("| " + " | ".join("" if cell is None else str(cell) for cell in cells) + " |", flush=True)


def run(name: str, label: str, reference: object, limit: float, asked: dict) -> None:
    """Solve one case, check the answer, print it."""
    csr = read_edgelist(NETWORKS / f"{name}.edges")
    wall, cpu = time.perf_counter(), time.process_time()
    result = key_nodes(csr, alternatives=0, time_limit=limit, **asked)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    faults = verify(csr, result)
    value, bound = result.value, result.bound
    if asked.get("costs") == "degree":
        value, bound = (round(each / csr.degrees.sum(), 4) for each in (value, bound))
    proven = "yes" if result.proven_optimal else "no"
    row(
        name.split("/")[1],
        label,
        value,
        bound,
        proven,
        f"{wall:.1f}",
        f"{cpu:.1f}",
        reference,
        "; ".join(faults) or "ok",
    )


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the criminal networks, 10 seconds each")
    parser.add_argument("--only", default="", help="part of a network's name")
    parser.add_argument("--time-limit", type=float, default=60.0)
    options = parser.parse_args()
    if not NETWORKS.is_dir():
        print("skipped: ../shared/networks is not beside this checkout")
        return 0
    warm = csr_from_edges(6, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0)])
    for asked in ({"k": 2}, {"objective": "dismantle", "target_size": 1}, {"objective": "reach", "k": 1}):
        key_nodes(warm, **asked)
    limit = 10.0 if options.quick else options.time_limit
    sets(CASES[:8] if options.quick else [*CASES, *OPEN], options.only.lower(), limit)
    for name, size, reference in DEGREE[: 2 if options.quick else None]:
        if options.only.lower() in name.lower():
            asked = {"objective": "dismantle", "target_size": size, "costs": "degree"}
            run(name, f"dismantle C={size}, degree cost", reference, limit, asked)
    curves(options.only.lower(), limit)
    return 0


def sets(cases: list, only: str, limit: float) -> None:
    """Print the table of sets."""
    row("instance", "objective", "value", "bound", "proven", "seconds", "CPU s", "reference", "checker")
    row(*["---"] * 9)
    for name, sizes, targets in cases:
        if only not in name.lower():
            continue
        for k, reference in sizes.items():
            run(name, f"fragmentation k={k}", reference, limit, {"k": k})
        for size, reference in targets.items():
            run(name, f"dismantle C={size}", reference, limit, {"objective": "dismantle", "target_size": size})


def curves(only: str, limit: float) -> None:
    """Print the table of curve bounds."""
    print()
    row("instance", "curve bound (AUC in nodes)", "all terms proven", "seconds")
    row(*["---"] * 4)
    for name, _, _ in CASES[:8]:
        if only in name.lower():
            began = time.perf_counter()
            bound = curve_bound(read_edgelist(NETWORKS / f"{name}.edges"), time_limit=limit)
            seconds = time.perf_counter() - began
            row(name.split("/")[1], f"{bound.auc_bound:.4f}", "yes" if bound.proven else "no", f"{seconds:.1f}")


if __name__ == "__main__":
    sys.exit(main())
