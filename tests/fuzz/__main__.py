"""The long fuzz: ``python -m tests.fuzz --minutes 5``. Exit 1 when anything broke; the inputs that did are kept."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.kills import kill_often
from tests.fuzz.targets import targets

ROOT = Path(__file__).resolve().parents[2]
SHARES = {"damaged": 0.4, "guided": 0.2, "killed": 0.25, "silent": 0.15}


def damaged(seconds: float, seed: int, keep: Path, names: list[str], workers: int) -> tuple[Counter[str], list[str]]:
    """Damaged files in several processes; a process that dies is a defect too."""
    kinds = names or list(targets())
    parts = [part for part in (kinds[number::workers] for number in range(workers)) if part]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.loop", str(seed + number), str(seconds), str(keep), *part],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number, part in enumerate(parts)
    ]  # fmt: skip
    counts: Counter[str] = Counter()
    broke: list[str] = []
    for process in running:
        out, err = process.communicate()
        if process.returncode:
            broke.append(f"a worker ended with {process.returncode}: {err.strip()[-800:]}")
        else:
            found = json.loads(out)
            counts.update(found["counts"])
            broke += found["broke"]
    return counts, broke


def guided(seconds: float, seed: int, keep: Path, names: list[str]) -> tuple[Counter[str], list[str]]:
    """Coverage-guided runs, the time shared out evenly; nothing where atheris is not installed."""
    counts: Counter[str] = Counter()
    broke: list[str] = []
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed: no coverage-guided runs (pip install atheris)", file=sys.stderr)
        return counts, broke
    kinds = names or list(targets())
    each = max(3, round(seconds / len(kinds)))
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-m", "tests.fuzz.guided", kind, str(each), str(seed), f"{folder}/corpus"],
                cwd=ROOT, capture_output=True, text=True, errors="replace", check=False,
            )  # fmt: skip
            runs = re.findall(r"number_of_executed_units:\s*(\d+)", done.stderr)
            reached = re.findall(r"ft: (\d+)", done.stderr)
            counts[f"{kind}|guided runs"] += int(runs[-1]) if runs else 0
            counts[f"{kind}|features reached"] = int(reached[-1]) if reached else 0
            if done.returncode:
                keep.mkdir(parents=True, exist_ok=True)
                files = [file for file in Path(folder).iterdir() if file.is_file() and file.suffix != ".dict"]
                for file in files:
                    (keep / file.name).write_bytes(file.read_bytes())
                broke.append(f"{kind} (guided, {[file.name for file in files]}): {done.stderr[-1500:]}")
    return counts, broke


def silent(seconds: float, seed: int) -> tuple[Counter[str], list[str]]:
    """Random graphs on which every measure is computed twice, in two ways."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.fuzz.silent", str(seed), "1000000", str(seconds)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        return Counter(), [f"the comparison ended with {done.returncode}: {done.stderr[-800:]}"]
    found = json.loads(done.stdout)
    return Counter(found["counts"]), found["broke"]


def main() -> int:
    """Run all parts and print what was tried."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=0, help="0: from the clock")
    parser.add_argument("--only", action="append", default=[], choices=list(targets()), help="only this kind of file")
    parser.add_argument("--part", action="append", default=[], choices=list(SHARES), help="only this part")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "netscam-fuzz-broken")
    chosen = parser.parse_args()
    seed = chosen.seed or int(time.time())
    parts = chosen.part or list(SHARES)
    whole = sum(SHARES[part] for part in parts)
    broke: list[str] = []
    for part in parts:
        seconds = chosen.minutes * 60 * SHARES[part] / whole
        if part == "damaged":
            counts, found = damaged(seconds, seed, chosen.keep, chosen.only, chosen.workers)
        elif part == "guided":
            counts, found = guided(seconds, seed, chosen.keep, chosen.only)
        elif part == "killed":
            counts, found = kill_often(seconds, seed)
        else:
            counts, found = silent(seconds, seed)
        broke += found
        tried = sum(count for name, count in counts.items() if not name.endswith("features reached"))
        print(f"{part}: {tried} cases, {len(found)} broke (seed {seed})")
        for name, count in sorted(counts.items()):
            print(f"  {count:>8}  {name.replace('|', ': ')}")
    for each in broke:
        print(f"\nBROKE {each}")
    return 1 if broke else 0


if __name__ == "__main__":
    sys.exit(main())
