"""The same bytes in another order of rows, hash seed, language, time zone, folder, threads, and way to add numbers."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import builtins, contextlib, hashlib, io, math, os, sys
from pathlib import Path
if os.environ.get("OTHER_SUM"):  # before Python 3.12, sum added floats as they came; since, nearly as math.fsum does
    plain = builtins.sum
    def sum_exactly(values, /, start=0):
        values = list(values)
        return math.fsum([start, *values]) if any(type(value) is float for value in values) else plain(values, start)
    builtins.sum = sum_exactly
from netscam.cli import cli
folder, out = sys.argv[1:3]
COMMANDS = [
    ["summary", folder, "--format", "json"],
    ["centrality", folder, "-m", "betweenness", "-m", "pagerank", "-m", "eigenvector", "--format", "json"],
    ["communities", folder, "--runs", "3", "--format", "json"],
    ["key-nodes", folder, "-k", "3", "--format", "json"],
    ["uncertainty", folder, "--draws", "5", "--format", "json"],
    ["export", folder, "--to", "graphml", "-o", out + "/x.graphml"],
    ["export", folder, "--to", "i2", "-o", out + "/x.csv"],
    ["figures", folder, "--only", "network", "--only", "timeline", "-o", out + "/figures"],
    ["page", folder, "-o", out + "/page.html"],
]
if len(sys.argv) > 3:
    COMMANDS = COMMANDS[:6]
for command in COMMANDS:
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(io.StringIO()):
        cli(command, standalone_mode=False)
    text = told.getvalue()
    lines = [line for line in text.splitlines() if '"seconds"' not in line]
    print(command[0], hashlib.sha256("\\n".join(lines).encode()).hexdigest())
for path in sorted(Path(out).rglob("*")):
    if path.is_file():
        print(path.relative_to(out), hashlib.sha256(path.read_bytes()).hexdigest())
"""
SETTINGS = {
    "Turkish, Kathmandu": {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1"},
    "Thai, far west, threads": {
        "LC_ALL": "th_TH.UTF-8", "TZ": "Pacific/Pago_Pago", "PYTHONHASHSEED": "77",
        "OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2", "NUMBA_NUM_THREADS": "2",
    },
    "C, another Python's sum": {
        "LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "0",
        "OTHER_SUM": "1",
    },
}  # fmt: skip


def shuffled_example(folder: Path, seed: int) -> Path:
    """The example with its rows in another order."""
    from netscam.data.dataset import find_dataset

    target = folder / "example"
    target.mkdir(parents=True)
    rng = random.Random(seed)
    source = find_dataset("example")
    for path in source.iterdir():
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".csv":
            head, *rows = text.splitlines(keepends=True)
            rng.shuffle(rows)
            text = "".join([head, *rows])
        (target / path.name).write_text(text, encoding="utf-8", newline="")
    return target


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    found = {}
    # The figure and the page take most of the time: make fuzz has them too.
    short = [] if os.environ.get("NETSCAM_LONG") else ["short"]
    for number, (name, settings) in enumerate(SETTINGS.items()):
        base = tmp_path_factory.mktemp("run")
        folder, place = shuffled_example(base / f"in{number}", number), base / f"cwd{number}"
        place.mkdir()
        out = base / "out"
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(folder), str(out), *short],
            cwd=place, env={**os.environ, **settings}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert list(place.iterdir()) == [], "nothing is written to the current folder unasked"
        found[name] = done.stdout.splitlines()
    return found


@pytest.mark.parametrize("name", list(SETTINGS)[1:])
def test_same_bytes_everywhere(digests: dict[str, list[str]], name: str) -> None:
    first = next(iter(digests.values()))
    assert len(first) >= 7
    assert [line for line, other in zip(first, digests[name], strict=True) if line != other] == []


def test_a_dataset_has_one_hash(tmp_path: Path) -> None:
    from netscam.data.dataset import read_dataset

    hashes = {read_dataset(shuffled_example(tmp_path / str(seed), seed)).hash() for seed in range(3)}
    assert hashes == {read_dataset("example").hash()}
    assert len(hashlib.sha256(b"").hexdigest()) == len(next(iter(hashes)))
