"""Time and peak memory of the importers: the OFAC list, and made-up FollowTheMoney files of growing size.

``python tests/benchmarks/bench_import.py [records ...]``. Every run is a process of its own, so that the peak is its
own; ``import only`` is the peak of a process that imports the library and reads one record.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LISTS = Path(__file__).resolve().parents[3] / "shared" / "lists"
SIZES = (10_000, 100_000, 400_000)


def make_ftm(path: Path, records: int) -> None:
    """A file in which half of the records are companies and persons and half are ownerships between them."""
    with path.open("w", encoding="utf-8") as file:
        things = max(records // 2, 2)
        for number in range(things):
            schema = "Person" if number % 3 else "Company"
            properties = {
                "name": [f"Name {number} of the test"],
                "country": ["kh"],
                "alias": [f"Alias {number}", "other"],
            }
            row = {"id": f"T-{number}", "schema": schema, "properties": properties, "datasets": ["made_up"]}
            file.write(json.dumps(row) + "\n")
        for number in range(records - things):
            ends = {"owner": [f"T-{number}"], "asset": [f"T-{(number * 7919 + 3) // 3 * 3 % things}"]}
            properties = {**ends, "percentage": [str(number % 100)], "startDate": ["2020-01-02"]}
            row = {"id": f"O-{number}", "schema": "Ownership", "properties": properties, "datasets": ["made_up"]}
            file.write(json.dumps(row) + "\n")


def one(form: str, files: list[str], folder: str) -> None:
    """Import in this process and print what it took."""
    from netscam.data.importers.registry import import_files

    start, cpu = time.perf_counter(), time.process_time()
    with import_files(form, files, published="2026-01-01") as found:
        found.write(folder)
        read = sum(found.report.read.values())
        rows = {name: found.report.written[name] for name in ("entities", "relations")}
    taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "read": read,
                **rows,
                "s": round(taken, 2),
                "cpu_s": round(time.process_time() - cpu, 2),
                "peak_mb": round(peak),
            }
        )
    )


def run(label: str, form: str, files: list[Path]) -> None:
    """Import in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--one", form, folder, *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    print(f"{label:<44} {done.stdout.strip()}", flush=True)


def main(sizes: list[int]) -> None:
    """Run everything that is at hand."""
    for name in ("ofac_sdn_2022-12", "ofac_sdn_2024-05"):
        path = LISTS / name / "sdn.csv"
        if path.exists():
            run(name, "ofac", [path])
    more = sorted((LISTS / "ofac_add_alt_2026-06").glob("*.csv"))
    if more:
        run("ofac_sdn_2024-05 with add and alt", "ofac", [LISTS / "ofac_sdn_2024-05" / "sdn.csv", *more])
    with tempfile.TemporaryDirectory() as folder:
        for records in (2, *sizes):
            path = Path(folder) / f"made_{records}.ftm.json"
            make_ftm(path, records)
            run(f"followthemoney, {records:,} records, {path.stat().st_size / 1e6:.1f} MB", "opensanctions", [path])
            path.unlink()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], sys.argv[4:], sys.argv[3])
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
