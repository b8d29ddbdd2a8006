"""Networks of growing size on igraph, DuckDB and Spark: seconds, CPU seconds, peak memory and peak disk of every step.

Run as ``python tests/benchmarks/bench_engines.py [--ties N ...] [--engine NAME ...] [--memory SIZE] [--threads N]
[--tolerance T] [--steps ...]``; by default 1,000,000 ties on igraph and duckdb under 4GB, every step. The network is
generated: ends drawn by rank to the power -0.75 (the 100 heaviest left out), numbers shuffled, repeats and loops left
in; it goes to a temporary folder, and each engine runs in a process of its own. ``spark`` is a classic session of
``local[threads]`` on the SQL text, ``graphx`` the same with what Spark brings along, ``connect`` a Spark Connect server
started here. CPU seconds and peak memory are those of the process and its Javas.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import parquet as pq

if TYPE_CHECKING:
    from netscam.engines.load import Loaded
    from netscam.engines.tables import Tables

BLOCK = 5_000_000
SKIPPED = 100
TOLERANCE = 1e-3
K = 8
ROUNDS = 8
STEPS = ("components", "pagerank", "core", "hops", "labels", "projection")
ENGINES = ("igraph", "duckdb", "spark", "graphx", "connect")
TICKS = os.sysconf("SC_CLK_TCK")


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


def family() -> Iterator[Path]:
    """This process and all that come from it, as folders of /proc."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[stat.parent.name] = stat.read_text().rpartition(")")[2].split()[1]
    ours = {str(os.getpid())}
    while more := {child for child, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return (Path("/proc", pid) for pid in ours)


def cpu() -> float:
    """CPU seconds of this process and its Javas."""
    times = [(folder / "stat").read_text().rpartition(")")[2].split()[11:15] for folder in family()]
    return sum(int(ticks) for row in times for ticks in row) / TICKS


def peak() -> float:
    """GB that this process and its Javas have held at most."""
    lines = (line for folder in family() for line in (folder / "status").read_text().splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1e6


@contextlib.contextmanager
def connect_server(threads: int, memory: str, folder: Path) -> Iterator[str]:
    """A Spark Connect server on loopback; gives its address."""
    import pyspark

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [f"{pyspark.__path__[0]}/bin/spark-submit", "--master", f"local[{threads}]", "--driver-memory", memory]
    settings = {"spark.connect.grpc.binding.port": port, "spark.connect.grpc.binding.address": "127.0.0.1"}
    settings |= {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4"}
    command += [word for key, value in settings.items() for word in ("--conf", f"{key}={value}")]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]
    with (folder / "connect.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        while "server started at" not in (folder / "connect.log").read_text(errors="replace"):
            time.sleep(0.2)
            if server.poll() is not None:
                raise RuntimeError((folder / "connect.log").read_text(errors="replace")[-2000:])
        yield f"sc://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


class Disk:
    """Peak size of a folder, looked at twice a second."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.peak, self._stop = folder, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            size = 0
            for folder, _, files in os.walk(self.folder):  # unlike rglob at ease with folders that vanish
                for file in files:
                    with contextlib.suppress(OSError):
                        size += Path(folder, file).stat().st_size
            self.peak = max(self.peak, size)

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()


def timed(ties: int, engine: str, name: str, step: Callable[[], object]) -> None:
    """Print one line of the table."""
    clock, before = time.perf_counter(), cpu()
    told = step()
    seconds, used = time.perf_counter() - clock, cpu() - before
    print(f"| {ties:,} | {engine} | {name} | {seconds:.1f} | {used:.1f} | {peak():.2f} | {told} |", flush=True)


@contextlib.contextmanager
def opened(engine: str, memory: str, threads: int, work: str) -> Iterator[Tables]:
    """A session of DuckDB or Spark."""
    from netscam.engines.duck import DuckTables
    from netscam.engines.spark import SparkTables

    java = memory.lower().removesuffix("b")
    tables: Tables
    with contextlib.ExitStack() as stack:
        if engine == "duckdb":
            tables = DuckTables(memory_limit=memory, threads=threads, work=work)
        elif engine == "connect":
            tables = SparkTables(stack.enter_context(connect_server(threads, java, Path(work))), work=work)
        else:
            tables = SparkTables(f"local[{threads}]", work=work, memory=java)
        stack.callback(tables.close)
        yield tables


def table_steps(loaded: Loaded, tolerance: float, half_rounds: int) -> dict[str, Callable[[], str]]:
    """The steps in SQL, by name."""
    from netscam.engines.components import components
    from netscam.engines.core import core
    from netscam.engines.hops import hops
    from netscam.engines.labels import propagate
    from netscam.engines.pagerank import pagerank
    from netscam.engines.part import Part, keep_part
    from netscam.engines.routes import Way
    from netscam.engines.tables import count

    tables = loaded.tables

    def parts() -> str:
        return f"{components(loaded)} rounds, {told_components(tables)}"

    def ranks() -> str:
        done = pagerank(loaded, tolerance=tolerance)
        return f"{done.rounds} rounds, within {done.bound:.0e}"

    def peeled() -> str:
        rounds = core(loaded, K)
        return f"{K}-core {count(tables, 'kept'):,} nodes, {rounds} rounds of peeling"

    def near() -> str:
        ids = tables.rows("select n from degrees where degree = 2 order by n limit 3")
        hops(loaded, [str(row[0]) for row in ids], 2)
        return f"2 hops around 3 nodes: {count(tables, 'kept'):,} nodes"

    def labels() -> str:
        done = propagate(loaded, most_rounds=half_rounds)
        return f"{done.rounds} half rounds, {done.communities:,} labels, modularity {done.modularity:.2f}"

    def projected() -> str:
        kinds = "case when mod(n, 10) = 0 then 'person' else 'company' end"
        tables.alias("entities", f"select id, {kinds} as type from nodes")
        keep_part(Way(loaded, "sql"), Part(onto=("person",), through=("company",)))
        return f"a tenth of the nodes and what ties them: {count(tables, 'kept'):,} nodes"

    return dict(zip(STEPS, (parts, ranks, peeled, near, labels, projected), strict=True))


def graphx_steps(loaded: Loaded, tolerance: float, half_rounds: int) -> dict[str, Callable[[], str]]:
    """What Spark brings along itself, by name; the rest is SQL."""
    from netscam.engines.routes import Way

    way = Way(loaded, "graphx")

    def parts() -> str:
        way.components()
        return told_components(loaded.tables)

    def ranks() -> str:
        done = way.pagerank(tolerance)
        return f"{done.rounds} rounds, within {done.bound:.0e}"

    return {**table_steps(loaded, tolerance, half_rounds), "components": parts, "pagerank": ranks}


def told_components(tables: Tables) -> str:
    """Number and largest."""
    rows = tables.rows("select max(s), count(*) from (select count(*) as s from label group by label) as t")
    return f"{rows[0][1]:,} components, largest {rows[0][0]:,}"


def run_tables(asked: argparse.Namespace) -> None:
    """Every step on DuckDB or Spark."""
    from netscam.engines.load import load
    from netscam.engines.source import find_source

    engine, ties = asked.engine[0], asked.ties[0]
    with (
        tempfile.TemporaryDirectory(dir=asked.file.parent) as work,
        opened(engine, asked.memory, asked.threads, work) as tables,
    ):
        disk = Disk(Path(work))
        made: list[Loaded] = []

        def loading() -> str:
            made.append(load(find_source(asked.file), tables))
            return f"{made[0].nodes:,} nodes, {made[0].ties:,} different ties"

        def biggest() -> str:
            rows = tables.rows("select n, degree from degrees order by degree desc, n limit 1")
            return f"largest degree {rows[0][1]:,}"

        timed(ties, engine, "load, deduplicate", loading)
        timed(ties, engine, "degree", biggest)
        every = (graphx_steps if engine == "graphx" else table_steps)(made[0], asked.tolerance, asked.half_rounds)
        for name in asked.steps:
            timed(ties, engine, name, every[name])
        disk.stop()
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
    parser.add_argument("--engine", nargs="+", default=["igraph", "duckdb"], choices=ENGINES)
    parser.add_argument("--steps", nargs="+", default=list(STEPS), choices=STEPS)
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="Of DuckDB and Spark.")
    parser.add_argument("--tolerance", type=float, default=TOLERANCE, help="Where PageRank stops.")
    parser.add_argument("--half-rounds", type=int, default=ROUNDS, help="Most half rounds of label propagation.")
    parser.add_argument("--folder", type=Path, help="Where the network and the tables go.")
    parser.add_argument("--quick", action="store_true", help="100,000 ties only.")
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.file:
        if asked.engine[0] == "igraph":
            run_igraph(asked.file, asked.ties[0], asked.steps)
        else:
            run_tables(asked)
        return
    print("| ties drawn | engine | step | s | CPU s | peak GB | found |\n|---|---|---|---|---|---|---|", flush=True)
    for ties in [100_000] if asked.quick else asked.ties:
        with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
            path = Path(folder) / "ties.parquet"
            generate(path, ties)
            for engine in asked.engine:
                again = [sys.executable, __file__, "--file", path, "--ties", ties, "--engine", engine]
                again += ["--memory", asked.memory, "--threads", asked.threads, "--tolerance", asked.tolerance]
                again += ["--half-rounds", asked.half_rounds]
                again += ["--steps", *asked.steps]
                subprocess.run([str(word) for word in again], check=True)


if __name__ == "__main__":
    main()
