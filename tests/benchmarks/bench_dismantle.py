"""Dismantling and target sets beside published figures.

``python tests/benchmarks/bench_dismantle.py [--quick] [--only NAME] [--part PART]`` prints tables in Markdown: orders
(area, removals to 10 % and 1 % of the nodes), smallest sets at 10 % and 1 %, fragmentation, and time on a large random
network. ``--quick`` leaves out networks above 10,000 nodes and shortens every search; ``--only`` takes networks
whose name holds NAME. Needs the reference networks beside the checkout, save for the random one.

References: MIND = the figures of its paper (AAAI 2026, needs a GPU); best known = tables of Zhou, Hao and Glover
(2019) and the IRMS supplement; peer = min-sum, CoreHD, GND or betweenness with reinsertion, whichever is best.
Seconds are CPU seconds of this process, so that a busy machine does not count against anyone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from netscam.analysis.dismantle import METHODS, dismantle, fragmentation_search, smallest_set
from netscam.analysis.keynodes.csr import CSR, csr_from_edges, csr_from_names

NETWORKS = Path(__file__).resolve().parents[2] / ".." / "shared" / "networks"
AREAS = {
    "review_petster-hamster": 239.4,
    "review_ego-twitter": 174.3,
    "review_p2p-Gnutella06": 1475.6,
    "review_munmun_digg_reply_LCC": 2475.4,
    "review_loc-brightkite": 4255.2,
    "gnd_Crime": None,
    "gnd_Corruption": None,
    "gnd_Grid": None,
    "gnd_PPI": None,
    "review_moreno_crime_projected": None,
}
FRAGMENTS = {
    "cnp_Bovine": (3, 268),
    "cnp_Circuit": (25, 2099),
    "cnp_Ecoli": (15, 806),
    "cnp_USAir97": (33, 4336),
    "cnp_Treni_Roma": (26, 918),
    "cnp_yeast1": (202, 1412),
    "cnp_EU_flights": (119, 348268),
    "cnp_Hamilton1000": (100, 306349),
    "cnp_BarabasiAlbert_n500m1": (50, 195),
    "cnp_WattsStrogatz_n250": (70, 3083),
    "cnp_ForestFire_n250": (50, 194),
    "cnp_ErdosRenyi_n235": (50, 295),
}
SETS = {
    "gnd_Grid": (0.1, 55),
    "review_petster-hamster": (0.1, 313),
    "review_ego-twitter": (0.1, 208),
    "gnd_Crime": (0.1, 17),
    "gnd_Corruption": (0.1, 29),
    "review_p2p-Gnutella06": (0.1, 2183),
}


def read(name: str) -> CSR:
    """A reference network by name."""
    path = next(NETWORKS.glob(f"*/{name}.edges"))
    isolates: list[str] = []
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# isolates"):
            isolates = line.split()[2:]
        elif not line.startswith("#"):
            source, target = line.split("\t")[:2]
            pairs.append((source, target))
    return csr_from_names(pairs, isolates)


def chosen(names: dict[str, object], only: str, largest: int) -> Iterator[tuple[str, CSR]]:
    """Networks of a table that the options ask for."""
    for name in names:
        if only in name:
            csr = read(name)
            if csr.n <= largest:
                yield name, csr


def timed(call: Callable[[], object]) -> tuple[object, float]:
    """Result and CPU seconds of a call."""
    start = time.process_time()
    result = call()
    return result, time.process_time() - start


def row(*cells: object) -> None:
    """One row of a table."""
    print(
        "| " + " | ".join(f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in cells) + " |", flush=True
    )


def head(title: str, *columns: str) -> None:
    """Title and head of a table."""
    print(f"\n### {title}\n")
    row(*columns)
    row(*["---"] * len(columns))


def orders(only: str, quick: bool) -> None:
    """Area and sizes of every method."""
    head("Orders", "network", "n", "m", "method", "AUC", "to 10 %", "to 1 %", "CPU s", "MIND", "ratio")
    for name, csr in chosen(AREAS, only, 10_000 if quick else 100_000):
        names = [m for m in METHODS.names() if not m.startswith("betweenness") or csr.n <= 800 or "sampled" in m]
        names = [m for m in names if not m.startswith("gnd") or csr.n <= 5000]
        for method in [*names, "auto"]:
            given = {"polish_iterations": 100_000} if quick and method == "auto" else {}
            found, seconds = timed(lambda m=method, g=given, c=csr: dismantle(c, method=m, **g))
            area = AREAS[name]
            ratio = f"{found.auc / area:.3f}" if area else ""
            row(name, csr.n, csr.m, method, found.auc, found.size_10, found.size, seconds, area or "", ratio)


def sets(only: str, quick: bool) -> None:
    """Smallest sets."""
    head("Smallest set", "network", "n", "largest allowed", "nodes", "CPU s", "reference", "ratio")
    for name, csr in chosen(SETS, only, 10_000 if quick else 100_000):
        share, reference = SETS[name]
        size = max(1, int(share * csr.n))
        found, seconds = timed(lambda c=csr, s=size: smallest_set(c, s, iterations=500 if quick else None))
        row(name, csr.n, size, len(found.nodes), seconds, reference, f"{len(found.nodes) / reference:.3f}")


def hundredth(only: str, quick: bool) -> None:
    """Smallest sets at 1 %, beside min-sum with reinsertion as it is implemented here."""
    head("Smallest set at 1 %", "network", "n", "largest allowed", "nodes", "CPU s", "min-sum + R", "CPU s", "ratio")
    for name, csr in chosen(AREAS, only, 10_000 if quick else 100_000):
        size = max(1, csr.n // 100)
        peer, peer_seconds = timed(lambda c=csr, s=size: dismantle(c, method="min-sum+reinsertion", stop=s))
        found, seconds = timed(lambda c=csr, s=size: smallest_set(c, s, iterations=500 if quick else None))
        ratio = f"{len(found.nodes) / len(peer.order):.3f}"
        row(name, csr.n, size, len(found.nodes), seconds, len(peer.order), peer_seconds, ratio)


def fragments(only: str, quick: bool) -> None:
    """Connected pairs."""
    head("Fragmentation", "network", "n", "k", "pairs", "CPU s", "best known", "ratio")
    for name, csr in chosen(FRAGMENTS, only, 100_000):
        k, best = FRAGMENTS[name]
        found, seconds = timed(lambda c=csr, k=k: fragmentation_search(c, k, iterations=5000 if quick else None))
        row(name, csr.n, k, int(found.value), seconds, best, f"{found.value / best:.4f}")


def large(only: str, quick: bool) -> None:
    """CoreHD with reinsertion on a random network of a million nodes and five million edges."""
    if only not in "random":
        return
    n = 100_000 if quick else 1_000_000
    ends = np.random.Generator(np.random.PCG64(1)).integers(0, n, size=(5 * n, 2))
    csr = csr_from_edges(n, ends)
    head("Time", "network", "n", "m", "method", "AUC", "to 1 %", "CPU s", "target s")
    dismantle(csr_from_edges(4, [(0, 1), (1, 2), (0, 2)]), method="corehd+reinsertion")
    found, seconds = timed(lambda: dismantle(csr, method="corehd+reinsertion"))
    row("random", csr.n, csr.m, "corehd+reinsertion", found.auc, found.size, seconds, 30)


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--part", choices=["orders", "sets", "hundredth", "fragments", "large"])
    given = parser.parse_args()
    parts = {"orders": orders, "sets": sets, "hundredth": hundredth, "fragments": fragments, "large": large}
    for name, part in parts.items():
        if given.part not in (None, name):
            continue
        if name != "large" and not NETWORKS.is_dir():
            print(f"{name}: skipped, the folder 'shared' with the networks is not beside the checkout")
            continue
        part(given.only, given.quick)


if __name__ == "__main__":
    main()
