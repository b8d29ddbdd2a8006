"""kill -9 at random moments while files are written: what is left is the old result or the new one, whole."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz import seeds

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Job:
    """Two commands that write different things to one place.

    ``{in}`` is a folder of inputs, ``{out}`` the place; ``share`` is the part of the time that the job gets.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    share: float


JOBS: dict[str, Job] = {
    "import": Job(
        ("import", "ofac", "{in}/sdn.csv", "-o", "{out}", "--published", "2026-01-31"),
        ("import", "ofac", "{in}/sdn.csv", "{in}/add.csv", "{in}/alt.csv", "-o", "{out}", "--published", "2026-02-01"),
        0.25,
    ),
    "generate": Job(
        ("generate", "-o", "{out}", "--relations", "90", "--seed", "1"),
        ("generate", "-o", "{out}", "--relations", "90", "--seed", "2"),
        0.15,
    ),
    "export": Job(
        ("export", "example", "--to", "neo4j", "-o", "{out}"),
        ("export", "example", "--to", "neo4j", "-o", "{out}", "--known-by", "2024"),
        0.15,
    ),
    "page": Job(
        ("page", "{in}/tiny", "-o", "{out}/page.html"),
        ("page", "{in}/tiny", "-o", "{out}/page.html", "--profile", "internal"),
        0.15,
    ),
    "figures": Job(
        ("figures", "example", "-o", "{out}", "--only", "network"),
        ("figures", "example", "-o", "{out}", "--only", "network", "--seed", "1"),
        0.3,
    ),
}


def state(folder: Path) -> str:
    """Digest of the names and contents of a folder, without what a killed run left under temporary names."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            digest.update(f"{path.relative_to(folder)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def run(command: tuple[str, ...], inside: Path, out: Path) -> int:
    """Start a command in a child of this process, which has the libraries loaded; gives its process id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        from netscam.cli import cli

        words = [word.replace("{in}", str(inside)).replace("{out}", str(out)) for word in command]
        try:
            cli(words)
        except SystemExit as done:
            code = int(done.code or 0)
    finally:
        os._exit(code)


def wait(child: int) -> int:
    """Exit code of a child, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def attack(job: Job, seconds: float, seed: int, most: int = 1_000_000) -> tuple[Counter[str], list[str]]:
    """Kill a job again and again, half the time at any moment, half just when it writes."""
    from netscam.files import finish_files

    counts: Counter[str] = Counter()
    broke: list[str] = []
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="netscam-kills-") as temporary:
        inside, out = _inputs(Path(temporary) / "in"), Path(temporary) / "out"
        sound: dict[str, str] = {}
        length = 0.0
        for name, command in (("first", job.first), ("second", job.second)):
            started = time.monotonic()
            if code := wait(run(command, inside, out)):
                return counts, [f"{' '.join(command)} ends with {code}"]
            length = time.monotonic() - started
            sound[state(out)] = name
        if len(sound) < 2:
            return counts, [f"{' '.join(job.first)}: both commands write the same"]
        until = time.monotonic() + seconds
        while time.monotonic() < until and sum(counts.values()) < most:
            command = rng.choice((job.first, job.second))
            child = run(command, inside, out)
            (_when_it_writes if rng.random() < 0.6 else _at_any_moment)(child, out, length, rng)
            ended = wait(child)
            pending = (out / ".netscam-unfinished.json").exists()
            finish_files(out)
            found = sound.get(state(out), "")
            how = "killed between two moves" if pending else "killed" if ended == -signal.SIGKILL else "done before"
            counts[how] += 1
            if not found or ended not in (0, -signal.SIGKILL):
                broke.append(f"{' '.join(command)}: exit {ended}, {sorted(p.name for p in out.iterdir())}")
                wait(run(job.first, inside, out))
        wait(run(job.first, inside, out))
        if rest := [path.name for path in out.iterdir() if path.name.startswith(".")]:
            broke.append(f"{' '.join(job.first)}: left {rest} behind after a whole run")
    return counts, broke


def _inputs(folder: Path) -> Path:
    folder.mkdir()
    for name, content in seeds.ofac().items():
        (folder / name).write_bytes(content)
    (folder / "tiny").mkdir()
    for name, content in seeds.tiny().items():
        (folder / "tiny" / name).write_bytes(content)
    return folder


def _at_any_moment(child: int, out: Path, length: float, rng: random.Random) -> None:
    del out
    time.sleep(rng.random() * length * 1.05)
    _kill(child)


def _when_it_writes(child: int, out: Path, length: float, rng: random.Random) -> None:
    """Kill soon after the first temporary file, or the list of moves, is seen."""
    sign = rng.choice((".tmp", "unfinished.json"))
    until = time.monotonic() + 3 * length
    while time.monotonic() < until and not any(path.name.endswith(sign) for path in out.iterdir()):
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return
    time.sleep(rng.choice((0, 0, 0.0002, 0.001, 0.005)))
    _kill(child)


def _kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)


def kill_often(seconds: float, seed: int) -> tuple[Counter[str], list[str]]:
    """Every job in a process of its own; gives how many kills ended how, and what broke."""
    counts: Counter[str] = Counter()
    broke: list[str] = []
    for name, job in JOBS.items():
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.kills", name, str(seconds * job.share), str(seed)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            broke.append(f"{name}: {done.stderr[-800:]}")
            continue
        found = json.loads(done.stdout)
        counts.update({f"{name}|{how}": count for how, count in found["counts"].items()})
        broke += found["broke"]
    return counts, broke


def main(arguments: list[str]) -> None:
    """``python -m tests.fuzz.kills JOB SECONDS SEED [MOST]``; prints its counts as JSON."""
    # Loaded once and not used, so that no thread runs when children are made.
    for library in ("igraph", "matplotlib.figure", "netscam.cli", "pandas", "pyarrow.csv", "scipy.sparse"):
        importlib.import_module(library)
    name, seconds, seed, *most = arguments
    counts, broke = attack(JOBS[name], float(seconds), int(seed), *map(int, most))
    print(json.dumps({"counts": counts, "broke": broke}))


if __name__ == "__main__":
    main(sys.argv[1:])
