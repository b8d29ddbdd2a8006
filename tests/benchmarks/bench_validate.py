"""Time of reading and validating a dataset, beside reading the same files and checking nothing.

Run as ``python tests/benchmarks/bench_validate.py [RELATIONS ...]``; without numbers, 100,000 and 1,000,000. Each
dataset has as many relations as asked for, one row of evidence for each, and a quarter as many entities. Times are
the least of three runs, in seconds; the memory is the peak of the whole process.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from pyarrow import csv

from netscam.data.raw import RawTable
from netscam.data.read import read_table
from netscam.data.validate import find_problems
from netscam.schema import TABLES, load_schema

SIZES = (100_000, 1_000_000)
RUNS = 3


def write(folder: Path, relations: int, seed: int = 0) -> None:
    """Write a valid dataset: companies that own each other, at random."""
    rng = np.random.Generator(np.random.PCG64(seed))
    entities, documents = max(relations // 4, 10), 1000
    pairs = np.unique(rng.integers(0, entities * entities, relations * 2))
    pairs = pairs[pairs // entities != pairs % entities]
    pairs = rng.permutation(pairs)[:relations]
    ends = zip((pairs // entities).tolist(), (pairs % entities).tolist(), strict=True)
    rows = {
        "entities": (f'n{i},company,"Company, no. {i}",,KH;TH,,,,,ofac:{i},Invented' for i in range(entities)),
        "relations": (
            f'r{i},n{a},n{b},owns,2020-01-{1 + i % 28:02d},,{i % 100},"Owner, as row {i} has it"'
            for i, (a, b) in enumerate(ends)
        ),
        "evidence": (f"e{i},r{i},d{i % documents},supports,reported,2,page {i % 300}," for i in range(len(pairs))),
        "documents": (f"d{i},Title {i},Publisher,press,https://example.org/{i},,2024,,en,B," for i in range(documents)),
    }
    for table in TABLES:
        header = ",".join(load_schema().columns(table))
        text = "\n".join([header, *rows.get(table, ())]) + "\n"
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, RawTable]:
    """Read with netscam, structure checked."""
    return {table: read_table(folder / f"{table}.csv", table) for table in TABLES}


def read_pandas(folder: Path) -> None:
    """Read as text with pandas."""
    for table in TABLES:
        pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)


def read_arrow(folder: Path) -> None:
    """Read as text with pyarrow."""
    for table in TABLES:
        types = dict.fromkeys(load_schema().columns(table), "string")
        csv.read_csv(folder / f"{table}.csv", convert_options=csv.ConvertOptions(column_types=types))


def least(function: Callable[[], object]) -> float:
    """Least time of some runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print one line for each size."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    print("relations  read  validate  total  pandas  pyarrow  total/pandas  total/pyarrow  peak MB")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder, size)
            raw = read(folder)
            problems = find_problems(raw)
            if problems:
                raise SystemExit("\n".join(map(str, problems[:10])))
            reading = least(lambda folder=folder: read(folder))
            checking = least(lambda raw=raw: find_problems(raw))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            pandas = least(lambda folder=folder: read_pandas(folder))
            arrow = least(lambda folder=folder: read_arrow(folder))
        total = reading + checking
        print(
            f"{size:9,}  {reading:.2f}  {checking:8.2f}  {total:5.2f}  {pandas:6.2f}  {arrow:7.2f}"
            f"  {total / pandas:12.1f}  {total / arrow:13.1f}  {peak:7.0f}"
        )


if __name__ == "__main__":
    main()
