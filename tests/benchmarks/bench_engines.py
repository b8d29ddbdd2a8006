"""Networks of growing size on igraph, DuckDB and Spark: seconds, CPU seconds, peak memory and peak disk of every step.

Run as ``python tests/benchmarks/bench_engines.py [--ties N ...] [--engine NAME ...] [--memory SIZE] [--tolerance T]
[--steps ...]``; by default 1,000,000 ties on igraph and duckdb under 4GB, every step. The network is generated: ends
drawn by rank to the power -0.75 (the 100 heaviest left out), numbers shuffled, repeats and loops left in; it goes to a
temporary folder, and each engine runs in a process of its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet as pq

BLOCK = 5_000_000
SKIPPED = 100
TOLERANCE = 1e-3
K = 8
ROUNDS = 8
STEPS = ("components", "pagerank", "core", "hops", "labels")


def generate(path: Path, ties: int, seed: int = 0) -> None:
    """Write the ties in blocks, so that any number of them takes little memory."""
    rng = np.random.Generator(np.random.PCG64(seed))
    nodes = int(ties * 0.3)
    prime = next(p for p in range(1_000_003, 2_000_000, 2) if nodes % p and np.gcd(p, nodes) == 1)
    low, high = SKIPPED**0.25, (nodes + SKIPPED) ** 0.25
    with pq.ParquetWriter(path, pa.schema([("source", pa.int64()), ("target", pa.int64())])) as writer:
        for start in range(0, ties, BLOCK):
            drawn = rng.random((2, min(BLOCK, ties - start))) * (high - low) + low
            ends = (np.minimum(drawn**4 - SKIPPED, nodes - 1).astype(np.int64) * prime) % nodes
            writer.write_table(pa.table({"source": ends[0], "target": ends[1]}))


def cpu() -> float:
    """CPU seconds of this process and its children that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in both)


class Disk:
    """Peak size of a folder, looked at twice a second."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.peak, self._stop = folder, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            size = 0
            for file in self.folder.rglob("*"):
                try:
                    size += file.stat().st_size
                except OSError:
                    continue
            self.peak = max(self.peak, size)

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()


def timed(ties: int, engine: str, name: str, step: Callable[[], object]) -> None:
    """Print one line of the table."""
    clock, before = time.perf_counter(), cpu()
    told = step()
    seconds, used = time.perf_counter() - clock, cpu() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"| {ties:,} | {engine} | {name} | {seconds:.1f} | {used:.1f} | {peak:.2f} | {told} |", flush=True)


def run_tables(path: Path, engine: str, ties: int, memory: str, steps: list[str], tolerance: float) -> None:
    """Every step on DuckDB or Spark."""
    from netscam.engines.choose import open_tables
    from netscam.engines.components import components
    from netscam.engines.core import core
    from netscam.engines.hops import hops
    from netscam.engines.labels import propagate
    from netscam.engines.load import Loaded, load
    from netscam.engines.pagerank import pagerank
    from netscam.engines.source import find_source

    with tempfile.TemporaryDirectory(dir=path.parent) as work:
        disk = Disk(Path(work))
        tables = open_tables(engine, memory=memory, work=work)
        made: list[Loaded] = []

        def loading() -> str:
            made.append(load(find_source(path), tables))
            return f"{made[0].nodes:,} nodes, {made[0].ties:,} different ties"

        def biggest() -> str:
            rows = tables.rows("select n, degree from degrees order by degree desc, n limit 1")
            return f"largest degree {rows[0][1]:,}"

        def parts() -> str:
            rounds = components(made[0])
            rows = tables.rows("select max(s), count(*) from (select count(*) as s from label group by label) as t")
            return f"{rounds} rounds, {rows[0][1]:,} components, largest {rows[0][0]:,}"

        def ranks() -> str:
            done = pagerank(made[0], tolerance=tolerance)
            return f"{done.rounds} rounds, within {done.bound:.0e}"

        def peeled() -> str:
            rounds = core(made[0], K)
            return f"{K}-core {tables.rows('select count(*) from kept')[0][0]:,} nodes, {rounds} rounds of peeling"

        def near() -> str:
            ids = tables.rows("select n from degrees where degree = 2 order by n limit 3")
            hops(made[0], [str(row[0]) for row in ids], 2)
            return f"2 hops around 3 nodes: {tables.rows('select count(*) from kept')[0][0]:,} nodes"

        def labels() -> str:
            done = propagate(made[0], most_rounds=ROUNDS)
            return f"{done.rounds} half rounds, {done.communities:,} labels, modularity {done.modularity:.2f}"

        timed(ties, engine, "load, deduplicate", loading)
        timed(ties, engine, "degree", biggest)
        every = {"components": parts, "pagerank": ranks, "core": peeled, "hops": near, "labels": labels}
        for name in steps:
            timed(ties, engine, name, every[name])
        disk.stop()
        tables.close()
        print(f"| {ties:,} | {engine} | all | | | | disk at most {disk.peak / 1e9:.1f} GB |", flush=True)


def run_igraph(path: Path, ties: int, steps: list[str]) -> None:
    """The same steps in memory."""
    import igraph as ig

    from netscam.engines.memory import to_memory
    from netscam.engines.source import find_source

    made: list[ig.Graph] = []

    def loading() -> str:
        made.append(to_memory(find_source(path)))
        return f"{made[0].vcount():,} nodes, {made[0].ecount():,} different ties"

    def parts() -> str:
        sizes = [size for size in made[0].connected_components().sizes() if size > 1]
        return f"{len(sizes):,} components, largest {max(sizes):,}"

    def near() -> str:
        ids = [v for v, degree in enumerate(made[0].degree()) if degree == 2][:3]
        found = {v for near in made[0].neighborhood(ids, order=2) for v in near}
        return f"2 hops around 3 nodes: {len(found):,} nodes"

    timed(ties, "igraph", "load, deduplicate", loading)
    timed(ties, "igraph", "degree", lambda: f"largest degree {made[0].maxdegree():,}")
    every: dict[str, Callable[[], str]] = {
        "components": parts,
        "pagerank": lambda: f"sums to {sum(made[0].pagerank(damping=0.85)):.6f}",
        "core": lambda: f"{K}-core {sum(c >= K for c in made[0].coreness()):,} nodes",
        "hops": near,
    }
    for name in steps:
        if name in every:
            timed(ties, "igraph", name, every[name])


def main() -> None:
    """Generate, then one process per size and engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ties", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--engine", nargs="+", default=["igraph", "duckdb"], choices=["igraph", "duckdb", "spark"])
    parser.add_argument("--steps", nargs="+", default=list(STEPS), choices=STEPS)
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--tolerance", type=float, default=TOLERANCE, help="Where PageRank stops.")
    parser.add_argument("--folder", type=Path, help="Where the network and the tables go.")
    parser.add_argument("--quick", action="store_true", help="100,000 ties only.")
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.file:
        if asked.engine[0] == "igraph":
            run_igraph(asked.file, asked.ties[0], asked.steps)
        else:
            run_tables(asked.file, asked.engine[0], asked.ties[0], asked.memory, asked.steps, asked.tolerance)
        return
    print("| ties drawn | engine | step | s | CPU s | peak GB | found |\n|---|---|---|---|---|---|---|", flush=True)
    for ties in [100_000] if asked.quick else asked.ties:
        with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
            path = Path(folder) / "ties.parquet"
            generate(path, ties)
            for engine in asked.engine:
                again = [sys.executable, __file__, "--file", path, "--ties", ties, "--engine", engine]
                again += ["--memory", asked.memory, "--tolerance", asked.tolerance, "--steps", *asked.steps]
                subprocess.run([str(word) for word in again], check=True)


if __name__ == "__main__":
    main()
