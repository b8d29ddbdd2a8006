"""Faults of the machine: killed, full, read-only, interrupted, two at once, no reader, something missing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from netscam.cli import cli
from netscam.errors import LONGEST_LINE, OutputError
from netscam.files import JOURNAL, finish_files, write_files
from tests.fuzz import seeds

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs signals, fork and limits of POSIX")
OLD = {"a.txt": "old a", "b.txt": "old b", "c.txt": "old c", "gone.txt": "old"}
NEW = {"a.txt": "new a", "b.txt": "new b", "d.txt": "new d"}
AFTER = {**{name: text for name, text in OLD.items() if name != "gone.txt"}, **NEW}


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def write_old(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    write_files({folder / name: text for name, text in OLD.items()})
    return folder


def write_new(folder: Path) -> None:
    write_files({folder / name: text for name, text in NEW.items()}, remove=[folder / "gone.txt"])


def dies_at(call: int, folder: Path) -> bool:
    """Write in a child that ends, without cleaning up, at one of its calls that touch the disk; false when it lived."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    left = [call]

    def mortal(function: Callable[..., Any]) -> Callable[..., Any]:
        def touch(*args: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)
            return function(*args, **options)

        return touch

    try:
        for owner, name in ((Path, "replace"), (Path, "unlink"), (Path, "open"), (os, "fsync")):
            setattr(owner, name, mortal(getattr(owner, name)))
        write_new(folder)
        os._exit(0)
    finally:
        os._exit(1)


@POSIX
def test_a_death_at_any_call_leaves_the_old_files_or_the_new_ones(tmp_path: Path) -> None:
    seen = []
    call = 0
    while dies_at(call, write_old(tmp_path / "out")):
        between = (tmp_path / "out" / JOURNAL).exists()
        finish_files(tmp_path / "out")
        assert texts(tmp_path / "out") in (OLD, AFTER), f"call {call}"
        seen.append((between, texts(tmp_path / "out") == AFTER))
        call += 1
    assert texts(tmp_path / "out") == AFTER
    assert call > 15
    assert (True, True) in seen
    assert (False, False) in seen


@POSIX
@pytest.mark.parametrize("name", ["import"])
def test_kill_9_leaves_the_old_result_or_the_new_one(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.kills", name, "30", "7", "8"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert '"broke": []' in done.stdout, done.stdout


def test_a_damaged_or_hostile_list_of_moves_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    folder = write_old(tmp_path / "out")
    for text in (
        "{", "[]", '{"move": {".x.00000000.tmp": "../outside.txt"}, "remove": []}',
        '{"move": {}, "remove": ["../outside.txt"]}', '{"move": {"a.txt": "b.txt"}, "remove": []}',
        '{"move": {}, "remove": [".."]}', '{"move": {}, "remove": ["a\\u0000b"]}',
        '{"move": {}, "remove": ["\\ud800"]}',
    ):  # fmt: skip
        (folder / JOURNAL).write_text(text)
        with pytest.raises(OutputError, match="look at"):
            finish_files(folder)
        assert outside.read_text() == "mine"
        assert (folder / "a.txt").read_text() == "old a"


@POSIX
@pytest.mark.parametrize("name", [JOURNAL, ".x.00000000.tmp"])
@pytest.mark.parametrize(
    "make",
    [lambda path: os.mkfifo(path), Path.mkdir, lambda path: path.symlink_to("/dev/zero")],
    ids=["fifo", "folder", "link"],
)
def test_what_is_no_file_is_not_opened(name: str, make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / name)
    with pytest.raises(OutputError, match="look at it") if name == JOURNAL else nullcontext():
        finish_files(tmp_path)
    assert os.path.lexists(tmp_path / name)


def dataset(folder: Path) -> Path:
    folder.mkdir()
    for name, content in seeds.tiny().items():
        (folder / name).write_bytes(content)
    return folder


def child(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    options = {"capture_output": True, "text": True, "timeout": 120, **options}
    return subprocess.run([sys.executable, "-m", "netscam.cli", *words], check=False, **options)


@POSIX
def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    folder, out = dataset(tmp_path / "in"), tmp_path / "x.xml"
    out.write_text("old")
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); from netscam.cli import cli; cli(sys.argv[1:])"
    )
    export = ["export", str(folder), "--to", "graphml", "-o", str(out)]
    for words in (export, ["generate", "-o", str(tmp_path / "new")]):
        done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 1, done.stderr
        assert "cannot write" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert texts_of_tree(tmp_path) == {"x.xml"}
    assert out.read_text() == "old"


def texts_of_tree(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name != "in"}


def commands_that_write(folder: Path, out: str) -> list[list[str]]:
    given = str(folder)
    sdn = folder.parent / "sdn.csv"
    sdn.write_bytes(seeds.ofac()["sdn.csv"])
    return [
        ["export", given, "--to", "graphml", "-o", out],
        ["export", given, "--to", "neo4j", "-o", out],
        ["import", "ofac", str(sdn), "-o", out, "--published", "2026-01-01"],
        ["merge", given, "-o", out],
        ["generate", "-o", out],
        ["duplicates", given, "-o", out],
    ]


@POSIX
def test_places_that_cannot_be_written_are_named_in_one_line(tmp_path: Path) -> None:
    places = ["/proc/netscam/x", "/dev/null/x"] if Path("/proc/self").exists() else ["/dev/null/x"]
    places += [str(tmp_path / ("n" * 300))]
    if os.geteuid():
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o500)
        places.append(str(closed / "x"))
    for place in places:
        for words in commands_that_write(dataset(tmp_path / "in"), place):
            result = CliRunner().invoke(cli, words)
            assert result.exit_code in (1, 2), (words, result.output)
            assert isinstance(result.exception, SystemExit), (words, result.exception)
            assert "cannot" in result.stderr or "not a" in result.stderr, (words, result.stderr)
        shutil.rmtree(tmp_path / "in")


def test_an_output_that_is_a_folder_or_a_file_of_the_wrong_kind(tmp_path: Path) -> None:
    folder = dataset(tmp_path / "in")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    for words in (
        ["export", str(folder), "--to", "graphml", "-o", str(tmp_path / "folder")],
        ["export", str(folder), "--to", "neo4j", "-o", str(tmp_path / "file")],
        ["generate", "-o", str(tmp_path / "file")],
        ["merge", str(folder), "-o", str(tmp_path / "file")],
        ["page", str(folder), "-o", str(tmp_path / "folder")],
    ):
        result = CliRunner().invoke(cli, words)
        assert result.exit_code in (1, 2), words
        assert isinstance(result.exception, SystemExit), words
    assert (tmp_path / "file").read_text() == "mine"
    assert list((tmp_path / "folder").iterdir()) == []


@POSIX
def test_no_reader_no_input_and_closed_streams(tmp_path: Path) -> None:
    folder = dataset(tmp_path / "in")
    netscam = f"{sys.executable} -m netscam.cli"
    for line, codes in (
        (f"{netscam} schema | true", (0,)),
        (f"{netscam} summary {folder} <&-", (0,)),
        (f"{netscam} summary {folder} >&-", (0, 1)),
        (f"{netscam} summary {folder} 2>&-", (0,)),
        (f"{netscam} summary {folder} > /dev/full", (1,)),
    ):
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
        assert done.returncode in codes, (line, done.stderr)
        assert "Traceback" not in done.stderr, line
        assert "Exception ignored" not in done.stderr, (line, done.stderr)


@POSIX
def test_an_interrupt_is_one_line_and_130(tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = [sys.executable, "-m", "netscam.cli", "generate", "-o", str(out), "--relations", "400000"]
    running = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    time.sleep(3)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130, said
    assert said.strip().splitlines() == ["interrupted; nothing was written"]
    assert not out.exists()


@POSIX
def test_an_interrupt_leaves_no_half_answer_within_longer_work() -> None:
    from netscam.analysis.dismantle.finished import finished

    def best_so_far() -> str:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            return "poor"
        return "none"

    assert best_so_far() == "poor"
    with pytest.raises(KeyboardInterrupt):
        finished(best_so_far)()
    assert finished(str)(5) == "5"
    before = signal.set_wakeup_fd(-1)
    assert before == -1, "what was there before is there again"


def test_what_was_refused_is_one_short_line(tmp_path: Path) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text(f"id,cost,why\n{'x' * 5000},1,\n")
    words = ["key-nodes", str(dataset(tmp_path / "in")), "-k", "1", "--costs", str(costs)]
    said = CliRunner().invoke(cli, words).stderr
    assert said.startswith("costs: not in the graph: xxx"), said[:200]
    assert len(said.splitlines()) == 1
    assert len(said) <= LONGEST_LINE + 1


def test_too_little_memory_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("netscam.read_dataset", full)
    result = CliRunner().invoke(cli, ["summary", str(tmp_path)])
    assert (result.exit_code, result.stderr) == (1, "not enough memory; nothing was written\n")


@POSIX
def test_two_runs_at_once_leave_the_result_of_one(tmp_path: Path) -> None:
    results = []
    for seed in (1, 2):
        assert child("generate", "-o", str(tmp_path / str(seed)), "--seed", str(seed)).returncode == 0
        results.append(texts(tmp_path / str(seed)))
    start = [sys.executable, "-m", "netscam.cli", "generate"]
    running = [
        subprocess.Popen([*start, "-o", str(tmp_path / "both"), "--seed", str(seed)], stderr=subprocess.DEVNULL)
        for seed in (1, 2, 1)
    ]
    assert [each.wait(120) for each in running] == [0, 0, 0]
    assert without_name(texts(tmp_path / "both")) in [without_name(each) for each in results]


def without_name(files: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in files.items() if name != "datapackage.json"}


MISSING = (
    ("openpyxl", ["import", "table", "{in}/people.xlsx", "-o", "{out}"], "netscam[lists]"),
    ("defusedxml", ["import", "ofac", "{in}/sdn.xml", "-o", "{out}"], "netscam[lists]"),
    ("openpyxl", ["export", "{in}/tiny", "--to", "xlsx", "-o", "{out}"], "netscam[lists]"),
    ("rapidfuzz", ["duplicates", "{in}/tiny"], "netscam[names]"),
    ("highspy", ["key-nodes", "{in}/tiny", "-k", "1", "--method", "exact"], "library highspy is missing"),
)


@pytest.mark.parametrize(("library", "words", "extra"), MISSING, ids=[f"{m[0]}-{m[1][0]}" for m in MISSING])
def test_a_missing_library_is_named_with_its_extra(library: str, words: list[str], extra: str, tmp_path: Path) -> None:
    (tmp_path / "people.xlsx").write_bytes(seeds.workbook())
    (tmp_path / "sdn.xml").write_text('<sdnList xmlns="http://tempuri.org/sdnList.xsd"/>')
    dataset(tmp_path / "tiny")
    code = "import sys; sys.modules[sys.argv[1]] = None; from netscam.cli import cli; cli(sys.argv[2:])"
    filled = [word.replace("{in}", str(tmp_path)).replace("{out}", str(tmp_path / "out")) for word in words]
    done = subprocess.run([sys.executable, "-c", code, library, *filled], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert extra in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert not (tmp_path / "out").exists()
