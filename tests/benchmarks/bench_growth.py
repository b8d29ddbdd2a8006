"""How the time of every step grows with the number of relations.

Run as ``python tests/benchmarks/bench_growth.py [RELATIONS ...]``; without numbers, 10,000, 100,000 and 1,000,000
(10,000,000 may be added; it takes about ten minutes and six gigabytes). Every size is a process of its own that runs
the steps of ``netscam profile``. Seconds are of the processor; the exponent is the slope of their logarithms over the
two largest sizes at which a step took a millisecond or more. Nothing may grow faster than n log n but what is sampled
above a size.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

from bench_load import write

SIZES = (10_000, 100_000, 1_000_000)
LIMIT = 1.2
"""Exponent of n log n between a million and ten millions, and a little for caches that no longer hold the data."""


def steps(folder: Path) -> list[dict[str, float]]:
    """Profile a dataset in a process of its own."""
    command = [sys.executable, "-m", "netscam.cli", "profile", str(folder), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    rows: list[dict[str, float]] = json.loads(done.stdout)["rows"]
    return rows


def exponent(sizes: list[int], seconds: list[float]) -> float | None:
    """Slope between the two largest sizes that were measurable."""
    usable = [(size, taken) for size, taken in zip(sizes, seconds, strict=True) if taken >= 0.001]
    if len(usable) < 2:
        return None
    (small, before), (large, after) = usable[-2:]
    return math.log(after / before) / math.log(large / small)


def main(words: list[str]) -> None:
    """Print one line for each step."""
    sizes = sorted(int(word) for word in words if word.isdigit()) or list(SIZES)
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            write(Path(name), size)
            found.append({str(row["step"]): row for row in steps(Path(name))})
        print(f"{size:,}: " + ", ".join(f"{step} {row['cpu']:.3g}" for step, row in found[-1].items()), flush=True)
    print(f"\n| step | {' | '.join(f'{size:,}' for size in sizes)} | exponent | how | MB at the largest |")
    print("|" + "---|" * (len(sizes) + 4))
    for step in found[0]:
        taken = [rows[step]["cpu"] for rows in found]
        slope = exponent(sizes, taken)
        mark = "" if slope is None or slope <= LIMIT else " (!)"
        how = "/".join(dict.fromkeys(str(rows[step]["how"]) for rows in found))
        print(
            f"| {step} | {' | '.join(f'{seconds:.3g}' for seconds in taken)}"
            f" | {'-' if slope is None else f'{slope:.2f}'}{mark} | {how} | {found[-1][step]['peak_mb']:,.0f} |"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
