"""From the files of a dataset to its analysis graph, beside the bare libraries doing only that step.

Run as ``python tests/benchmarks/bench_load.py [RELATIONS ...]``; without numbers, 100,000 and 1,000,000 (10,000,000
takes some minutes). With ``--shuffled`` ids are codes that say nothing about the order, rows stand in no order, and
evidence is in another order than the relations it is about. Each run is a process of its own; netscam and the bare
libraries take turns and the medians of the pairs are printed. Bare is ``pyarrow.csv`` reading the same files as text,
``dictionary_encode`` of the ends and ``igraph.Graph(edges)`` with no attribute; "ends only" reads nothing but
relations.csv. "load" is all but the checks; "read" is the part of it before the graph. Seconds are of the processor,
all threads together: they change least on a busy machine. Ratios of the seconds on the clock are given beside them.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from netscam.schema import TABLES, load_schema

SIZES = (100_000, 1_000_000)
PAIRS = 3


def numbered(prefix: str, numbers: np.ndarray) -> pa.Array:
    """Texts such as n17."""
    return pc.binary_join_element_wise(prefix, pc.cast(pa.array(numbers), pa.string()), "")


def quoted(prefix: str, numbers: np.ndarray) -> pa.Array:
    """Texts in quotes, for texts with a comma in them."""
    return pc.binary_join_element_wise(numbered(f'"{prefix}', numbers), '"', "")


def write_csv(path: Path, columns: dict[str, pa.Array]) -> None:
    """Write columns as they are, quotes only where the texts have them."""
    with path.open("wb") as file:
        file.write((",".join(columns) + "\n").encode())
        cells = [pc.cast(column, pa.large_string()) for column in columns.values()]
        if len(cells[0]):
            comma, end, nothing = (pa.scalar(mark, pa.large_string()) for mark in (",", "\n", ""))
            last = pc.binary_join_element_wise(cells.pop(), end, nothing)
            rows = pc.binary_join_element_wise(*cells, last, comma)
            file.write(rows.buffers()[2])


def write(folder: Path, relations: int, *, seed: int = 0, shuffled: bool = False) -> None:
    """Write a valid dataset: companies that own each other, heavy-tailed, with one row of evidence per relation."""
    rng = np.random.Generator(np.random.PCG64(seed))
    entities, documents = max(relations // 4, 10), 1000
    popular = (entities * rng.random(relations * 2) ** 2.0).astype(np.int64)
    pairs = np.unique(popular * entities + rng.integers(0, entities, relations * 2))
    pairs = rng.permutation(pairs[pairs // entities != pairs % entities])[:relations]
    each, who, what = np.arange(len(pairs)), np.arange(entities), np.arange(documents)
    code, other, about = who, each, each
    if shuffled:
        code, other = (rng.permutation(len(of)) * 7 + 1_000_003 for of in (who, each))
        about = rng.permutation(len(each))
    columns = {
        "entities": {
            "id": numbered("n", code),
            "type": "company",
            "name": quoted("Company, no. ", who),
            "countries": "KH;TH",
            "identifiers": numbered("ofac:", who),
            "description": "Invented",
        },
        "relations": {
            "id": numbered("r", other),
            "source": numbered("n", code[pairs // entities]),
            "target": numbered("n", code[pairs % entities]),
            "relation": "owns",
            "start": numbered("2020-01-", 10 + each % 20),
            "share": pc.cast(pa.array(each % 100), pa.string()),
            "description": quoted("Owner, as row has it: ", each),
        },
        "evidence": {
            "id": numbered("e", other),
            "relation": numbered("r", other[about]),
            "document": numbered("d", each % documents),
            "stance": "supports",
            "status": "reported",
            "credibility": pc.cast(pa.array(1 + each % 5), pa.string()),
            "locator": numbered("page ", each % 300),
        },
        "documents": {
            "id": numbered("d", what),
            "title": numbered("Title ", what),
            "publisher": "Publisher",
            "kind": "press",
            "url": numbered("https://example.org/", what),
            "published": "2024",
            "language": "en",
            "reliability": "B",
        },
    }
    for table in TABLES:
        held = columns.get(table, {})
        rows = len(held["id"]) if held else 0
        filled = {
            name: held[name] if isinstance(held.get(name), pa.Array) else pa.repeat(pa.scalar(held.get(name, "")), rows)
            for name in load_schema().columns(table)
        }
        write_csv(folder / f"{table}.csv", filled)


class Clock:
    """Seconds of the processor and on the clock since the last look."""

    def __init__(self) -> None:
        self.last = time.process_time(), time.perf_counter()

    def lap(self) -> tuple[float, float]:
        """Return both, and start anew."""
        now = time.process_time(), time.perf_counter()
        taken = now[0] - self.last[0], now[1] - self.last[1]
        self.last = now
        return taken


def netscam(folder: Path) -> dict[str, Any]:
    """What ``read_dataset`` and ``to_igraph`` do, with seconds of the reading and of the checks."""
    from netscam.data.dataset import Dataset
    from netscam.data.read import read_tables
    from netscam.data.rules.tables import Tables
    from netscam.data.typed import typed_tables
    from netscam.graph.build import to_igraph

    whole = Clock()
    tables = Tables(read_tables(folder, dict.fromkeys(TABLES)))
    read = whole.lap()
    laps = checked(tables)
    whole.lap()
    typed, rows = typed_tables(tables)
    tabled: dict[str, Any] = dict(typed)
    data = Dataset(name="x", **tabled).knowing(rows)
    del typed, tabled
    laps["read"] = plus(read, laps["code"], whole.lap())
    graph = to_igraph(data)
    return {**laps, "load": plus(laps["read"], whole.lap()), "peak": peak_mb(), "ties": graph.ecount()}


def short(folder: Path) -> dict[str, Any]:
    """The short way, ``read_graph``: read, check and keep only what the graph is made from."""
    from netscam.data.coding import give_back
    from netscam.data.read import read_tables
    from netscam.data.rules.tables import Tables
    from netscam.graph.build import graph_of
    from netscam.graph.load import NEEDED, slim
    from netscam.graph.ties import tie_arrays

    whole = Clock()
    tables = Tables(read_tables(folder, NEEDED))
    read = whole.lap()
    laps = checked(tables)
    whole.lap()
    data = slim("x", tables)
    del tables
    give_back()
    laps["read"] = plus(read, laps["code"], whole.lap())
    ties = tie_arrays(data)
    del data
    graph = graph_of(ties)
    return {**laps, "load": plus(laps["read"], whole.lap()), "peak": peak_mb(), "ties": graph.ecount()}


def checked(tables: Any) -> dict[str, Any]:
    """Seconds of numbering the ids, which checks and graph share, and of the checks."""
    from netscam.data.validate import problems_of

    clock = Clock()
    tables.code_keys()
    code = clock.lap()
    if problems := problems_of(tables):
        raise SystemExit("\n".join(map(str, problems[:10])))
    return {"code": code, "checks": clock.lap()}


def plus(*laps: tuple[float, float]) -> tuple[float, float]:
    """Sum of times, on both clocks."""
    return sum(lap[0] for lap in laps), sum(lap[1] for lap in laps)


def peak_mb() -> float:
    """Most memory that this process has held; ``getrusage`` would count what its parent held before it started."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def bare(folder: Path, *tables: str) -> dict[str, Any]:
    """Read the files, encode the ends and build, with nothing else."""
    import igraph

    clock = Clock()
    read = {}
    for table in tables or TABLES:
        types = dict.fromkeys(load_schema().columns(table), "string")
        read[table] = csv.read_csv(folder / f"{table}.csv", convert_options=csv.ConvertOptions(column_types=types))
    relations = read["relations"]
    ends = pa.chunked_array([*relations["source"].chunks, *relations["target"].chunks]).combine_chunks()
    coded = ends.dictionary_encode()
    pairs = coded.indices.to_numpy().astype(np.int64).reshape(2, -1).T
    graph = igraph.Graph(n=len(coded.dictionary), edges=np.ascontiguousarray(pairs))
    return {"load": clock.lap(), "peak": peak_mb(), "ties": graph.ecount()}


def ends(folder: Path) -> dict[str, Any]:
    """The bare libraries on relations.csv alone."""
    return bare(folder, "relations")


WAYS = {"read_dataset, to_igraph": netscam, "read_graph": short, "bare": bare, "bare, ends only": ends}


def alone(what: str, folder: Path) -> dict[str, Any]:
    """One run in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", what, str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def one(what: str, folder: Path) -> dict[str, Any]:
    """What ``alone`` runs; the libraries are loaded and warm before the clock starts."""
    import igraph
    import pandas  # noqa: F401

    igraph.Graph(n=2, edges=np.array([[0, 1]]))
    return WAYS[what](folder)


def measure(folder: Path, pairs: int) -> None:
    """Print one line for each way; ratios are medians over the pairs."""
    runs = [{way: alone(way, folder) for way in WAYS} for _ in range(pairs)]
    for way in WAYS:
        mine, bares = [run[way] for run in runs], [run["bare"] for run in runs]
        cells = [f"{mine[0]['ties']:,}", way, median(run["load"][0] for run in mine)]
        for which in (0, 1):
            cells.append(median(a["load"][which] / b["load"][which] for a, b in zip(mine, bares, strict=True)))
        if "checks" in mine[0]:
            cells += [median(run["checks"][0] for run in mine)]
            cells += [median(run["checks"][which] / run["read"][which] for run in mine) for which in (0, 1)]
            both = [(run["load"][0] + run["checks"][0]) / b["load"][0] for run, b in zip(mine, bares, strict=True)]
            cells.append(median(both))
        else:
            cells += [""] * 4
        print(f"| {' | '.join(cells)} | {max(run['peak'] for run in mine):,.0f} |", flush=True)


def median(found: Iterable[float]) -> str:
    """Median, for print."""
    return f"{statistics.median(found):.2f}"


HEADS = (
    *("ties", "way", "load", "/ bare", "on the clock", "checks", "checks / read", "on the clock"),
    *("load + checks / bare", "MB"),
)


def main(words: list[str]) -> None:
    """Print one line for each size."""
    if words[:1] == ["--one"]:
        print(json.dumps(one(words[1], Path(words[2]))))
        return
    print(f"| {' | '.join(HEADS)} |\n{'|---' * len(HEADS)}|")
    for size in [int(word) for word in words if word.isdigit()] or SIZES:
        with tempfile.TemporaryDirectory() as name:
            write(Path(name), size, shuffled="--shuffled" in words)
            measure(Path(name), PAIRS if size < 5_000_000 else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
