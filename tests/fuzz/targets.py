"""What is fed, and what must hold: a valid result, or located messages with exit 1 and nothing written."""

from __future__ import annotations

import gzip
import json
import re
import signal
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from click.testing import CliRunner

from tests.fuzz import seeds
from tests.fuzz.mutate import damaged, damaged_workbook

SECONDS = 120
"""A hang; compiling the kernels for the first time takes up to a minute on a busy machine, and is none."""
PROBLEM = re.compile(r"[^:]+.*:\d+: .+: .+ \[[a-z-]+\]( \(warning\))?")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
VALID, REFUSED = "valid", "refused"


class ContractError(Exception):
    """The program broke its promise on some input."""


@dataclass(frozen=True)
class Target:
    """One kind of file.

    Parameters
    ----------
    files
        Good files by name.
    file
        Name of the one that is replaced.
    command
        Arguments of the command; ``{in}`` is the folder of the files, ``{out}`` a folder that is not there yet.
    writes
        Whether a valid input leaves a dataset in ``{out}``.
    """

    files: Callable[[], Mapping[str, bytes]]
    file: str
    command: tuple[str, ...]
    writes: bool = False
    mutate: Any = damaged

    @property
    def good(self) -> bytes:
        """The good content of the file."""
        return self.files()[self.file]


def _import(form: str, *files: str, more: tuple[str, ...] = ()) -> tuple[str, ...]:
    paths = [f"{{in}}/{file}" for file in files]
    return ("import", form, *paths, "-o", "{out}", "--published", "2026-01-31", *more)


def _only(name: str, make: Callable[[], bytes]) -> Callable[[], Mapping[str, bytes]]:
    return lambda: {name: make()}


def _tables() -> dict[str, Target]:
    names = ("entities", "relations", "evidence", "documents", "events", "corrections")
    found = {
        f"{name}.csv": Target(seeds.tiny, f"{name}.csv", ("summary", "{in}", "--format", "json")) for name in names
    }
    beside = lambda: {**seeds.tiny(), "costs.csv": seeds.COSTS.encode()}  # noqa: E731
    return found | {
        "datapackage.json": Target(seeds.tiny, "datapackage.json", ("summary", "{in}")),
        "costs.csv": Target(beside, "costs.csv", ("key-nodes", "{in}", "-k", "1", "--costs", "dataset")),
    }


def _imports() -> dict[str, Target]:
    xml = "data/importers/test_ofac_xml.py"
    people = lambda: {**seeds.table(), "people.xlsx": seeds.workbook()}  # noqa: E731
    mapped = ("--mapping", "{in}/mapping.toml")
    nested = lambda: (json.dumps(seeds.NESTED) + "\n").encode()  # noqa: E731
    entities = lambda: seeds.module("data/importers/test_opensanctions.py").ENTITIES.encode()  # noqa: E731
    ofac = _import("ofac", "sdn.csv", "add.csv", "alt.csv")
    icij = _import("icij", "nodes-entities.csv", "nodes-officers.csv", "nodes-addresses.csv", "relationships.csv")
    both = _import("table", "people.csv", "ties.csv", more=mapped)
    linkurious = lambda: {"nodes.csv": seeds.LINKURIOUS.encode(), "edges.csv": b"source,target,type\n2,1,OWNS\n"}  # noqa: E731
    return {
        **{f"ofac {name}": Target(seeds.ofac, name, ofac, True) for name in ("sdn.csv", "add.csv", "alt.csv")},
        "ofac sdn.xml": Target(
            _only("sdn.xml", lambda: seeds.module(xml).PLAIN.encode()), "sdn.xml", _import("ofac", "sdn.xml"), True
        ),
        "ofac sdn_advanced.xml": Target(
            _only("sdn_advanced.xml", lambda: seeds.module(xml).ADVANCED.encode()),
            "sdn_advanced.xml",
            _import("ofac", "sdn_advanced.xml"),
            True,
        ),
        "opensanctions ftm": Target(
            _only("e.ftm.json", entities), "e.ftm.json", _import("opensanctions", "e.ftm.json"), True
        ),
        "opensanctions ftm.gz": Target(
            _only("e.ftm.json.gz", lambda: gzip.compress(entities(), mtime=0)),
            "e.ftm.json.gz",
            _import("opensanctions", "e.ftm.json.gz"),
            True,
        ),
        "opensanctions nested": Target(
            _only("targets.nested.json", nested),
            "targets.nested.json",
            _import("opensanctions", "targets.nested.json"),
            True,
        ),
        "opensanctions simple": Target(
            _only("targets.simple.csv", lambda: seeds.SIMPLE.encode()),
            "targets.simple.csv",
            _import("opensanctions", "targets.simple.csv"),
            True,
        ),
        **{
            f"icij {name}": Target(seeds.icij, name, icij, True) for name in ("nodes-entities.csv", "relationships.csv")
        },
        "icij linkurious": Target(linkurious, "edges.csv", _import("icij", "nodes.csv", "edges.csv"), True),
        "bods": Target(_only("s.jsonl", seeds.bods), "s.jsonl", _import("bods", "s.jsonl"), True),
        "table people.csv": Target(seeds.table, "people.csv", both, True),
        "table ties.csv": Target(seeds.table, "ties.csv", both, True),
        "table mapping.toml": Target(seeds.table, "mapping.toml", both, True),
        "table guessed": Target(seeds.table, "people.csv", _import("table", "people.csv"), True),
        "table json": Target(seeds.table, "people.jsonl", _import("table", "people.jsonl"), True),
        "table full.dl": Target(seeds.table, "full.dl", _import("table", "full.dl"), True),
        "table edges.dl": Target(seeds.table, "edges.dl", _import("table", "edges.dl"), True),
        "table xlsx": Target(people, "people.xlsx", _import("table", "people.xlsx"), True, damaged_workbook),
    }


def _others() -> dict[str, Target]:
    decided = lambda: {**seeds.tiny(), "decisions.csv": seeds.DECISIONS.encode()}  # noqa: E731
    judged = lambda: {**seeds.tiny(), "prior.json": seeds.prior()}  # noqa: E731
    priced = lambda: {**seeds.tiny(), "prices.csv": seeds.COSTS.encode()}  # noqa: E731
    edges = _only("edges.csv", lambda: seeds.EDGES.encode())
    return {
        "decisions.csv": Target(decided, "decisions.csv", ("merge", "{in}", "-o", "{out}"), True),
        "prior.json": Target(
            judged, "prior.json", ("uncertainty", "{in}", "--prior", "{in}/prior.json", "--draws", "2")
        ),
        "cost file": Target(priced, "prices.csv", ("key-nodes", "{in}", "-k", "1", "--costs", "{in}/prices.csv")),
        "edge list": Target(
            edges, "edges.csv", ("key-nodes", "--edgelist", "{in}/edges.csv", "-k", "1", "--time-limit", "2")
        ),
        "edge list to dismantle": Target(
            edges,
            "edges.csv",
            ("dismantle", "--edgelist", "{in}/edges.csv", "--method", "degree", "--polish-iterations", "0"),
        ),
    }


def targets() -> dict[str, Target]:
    """Every kind of file by name."""
    return {**_tables(), **_imports(), **_others()}


def run_case(target: Target, content: bytes, folder: Path) -> str:
    """Give one content to the program and see that it keeps its promise.

    Returns
    -------
    str
        ``valid`` or ``refused``.

    Raises
    ------
    ContractError
        A traceback, a hang, another exit code, something written, a message without a place or with a control code.
    """
    inside, out = folder / "in", folder / "out"
    inside.mkdir(parents=True)
    for name, good in target.files().items():
        (inside / name).write_bytes(content if name == target.file else good)
    command = [word.replace("{in}", str(inside)).replace("{out}", str(out)) for word in target.command]
    from netscam.cli import cli

    with _alarm():
        result = CliRunner().invoke(cli, command)
        if result.exit_code == 0 and target.writes:
            _check_written(out)
    _check(result, target, out)
    left = sorted(path.name for path in inside.iterdir())
    if left != sorted(target.files()):
        raise ContractError(f"files beside the input: {left}")
    return VALID if result.exit_code == 0 else REFUSED


def _check(result: Any, target: Target, out: Path) -> None:
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        lines = traceback.format_exception(*result.exc_info)
        raise ContractError("".join(lines[-6:]))
    if result.exit_code not in (0, 1):
        raise ContractError(f"exit {result.exit_code}: {result.stderr[-500:]}")
    if found := CONTROL.search(result.output):
        around = result.output[max(0, found.start() - 80) : found.start() + 80]
        raise ContractError(f"control code {found[0]!r} on the terminal: {around!r}")
    if result.exit_code == 0:
        return
    if out.exists():
        raise ContractError(f"refused, and yet there is {sorted(p.name for p in out.rglob('*'))}")
    said = result.stderr.strip()
    if not said or "Traceback" in said:
        raise ContractError(f"no message: {said!r}")
    located = [line for line in said.splitlines() if PROBLEM.fullmatch(line)]
    if not located and len(said.splitlines()) > 1:
        raise ContractError(f"not one located message: {said[:500]}")
    if max(map(len, said.splitlines())) > 2000:
        raise ContractError(f"a message of {max(map(len, said.splitlines()))} characters: {said[:200]}")


def _check_written(out: Path) -> None:
    from netscam.data.dataset import check_dataset

    if rest := [path.name for path in out.iterdir() if path.name.startswith(".")]:
        raise ContractError(f"left behind: {rest}")
    data, problems = check_dataset(out)
    if data is None:
        raise ContractError(f"what was written is not valid: {problems[0]}")


@contextmanager
def _alarm() -> Iterator[None]:
    """Break off what takes too long, where the system can."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def late(signum: int, frame: FrameType | None) -> None:
        del signum, frame
        raise ContractError(f"not done after {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
