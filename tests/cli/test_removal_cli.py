"""The options of key-nodes and dismantle, and edge lists as people write them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from netscam.cli import cli


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def told(*words: object) -> dict[str, object]:
    result = run(*words, "--format", "json")
    assert result.exit_code == 0, result.stderr
    answer: dict[str, object] = json.loads(result.stdout)
    return answer


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("removal") / "path.edges"
    file.write_text("".join(f"{v}\t{v + 1}\n" for v in range(20)), encoding="utf-8")
    return file


def test_stop_as_a_size_and_as_a_share(path: Path) -> None:
    assert len(told("dismantle", "--edgelist", path, "--stop", 10)["order"]) == 1
    assert len(told("dismantle", "--edgelist", path, "--stop", 0.5)["order"]) == 1
    assert run("dismantle", "--edgelist", path, "--stop", 0).exit_code == 2


def test_limits_of_the_search(path: Path) -> None:
    answer = told("key-nodes", "--edgelist", path, "-k", 1, "--method", "search", "--iterations", 3, "--time-limit", 5)
    assert answer["nodes"] == ["10"]
    assert answer["parameters"]["iterations"] == 3
    assert told("dismantle", "--edgelist", path, "--polish-seconds", 0.2)["size_10"] == 7


def test_missing_ties(path: Path) -> None:
    answer = told("key-nodes", "--edgelist", path, "-k", 1, "--missing", 0.2)
    assert answer["nodes"] == answer["plain_nodes"] == ["10"]
    table = run("key-nodes", "--edgelist", path, "-k", 1, "--missing", 0.2)
    assert "largest component: 10 on the record" in table.stderr


@pytest.mark.parametrize("more", [(), ("-k", 1, "--budget", 2), ("-k", 1, "--objective", "reach"), ("--budget", 2)])
def test_missing_ties_take_few_options(path: Path, more: tuple[object, ...]) -> None:
    result = run("key-nodes", "--edgelist", path, "--missing", 0.2, *more)
    assert result.exit_code == 2
    assert "--missing goes with" in result.stderr


@pytest.mark.parametrize("separator", ["\t", ";", ",", " ", "   ", " , "])
@pytest.mark.parametrize("third", ["", "1.5"])
def test_any_separator_and_comments(tmp_path: Path, separator: str, third: str) -> None:
    file = tmp_path / "list.txt"
    rows = [separator.join(filter(None, (a, b, third))) for a, b in (("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"))]
    file.write_text("# a comment\n\n" + "\n".join(rows) + "\n# the end\n", encoding="utf-8")
    assert told("key-nodes", "--edgelist", file, "-k", 1)["nodes"] == ["c"]


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "a\n", "a b c d\n", "a\tb\n\tc\n", 'a,"b\n', "a,b\nc\n", "\x00\n"], ids=repr
)
def test_broken_lists_give_one_line_each(tmp_path: Path, text: str) -> None:
    file = tmp_path / "bad.txt"
    file.write_text(text, encoding="utf-8")
    for command in (("key-nodes", "-k", 1), ("dismantle",)):
        result = run(*command, "--edgelist", file)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1
        assert "bad.txt" in result.stderr


COMMANDS = [
    ("key-nodes", "-k", "60"),
    ("key-nodes", "--method", "greedy", "-k", "60"),
    ("key-nodes", "--objective", "dismantle", "--target-size", "20"),
    ("key-nodes", "--missing", "0.3", "-k", "60"),
    ("dismantle",),
]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize(("words", "delay"), zip(COMMANDS, (5.0, 0.9, 1.6, 2.0, 1.2), strict=True))
def test_ctrl_c_prints_the_best_so_far_or_one_line(tmp_path: Path, words: tuple[str, ...], delay: float) -> None:
    """Whenever the signal comes: the answer is printed, or before the first set one line says that there is none."""
    file = tmp_path / "random.edges"
    nx.write_edgelist(nx.gnm_random_graph(400, 900, seed=1), file, data=False)
    command = [sys.executable, "-m", "netscam.cli", *words, "--edgelist", str(file), "--format", "json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert b"Traceback" not in err
    if process.returncode == -signal.SIGINT or b"Aborted" in err:
        pytest.skip("the signal came before the command had begun or after it had ended")
    if process.returncode == 130:
        assert out == b""
        assert err.decode() == "interrupted; nothing was written\n"
        return
    assert process.returncode == 0, err.decode()
    answer = json.loads(out)
    if "proven_optimal" in answer and answer["bound"] is not None:
        assert 0 <= answer["bound"] <= answer["value"]


@pytest.mark.parametrize("words", COMMANDS[:3] + COMMANDS[4:])
def test_ctrl_c_inside_the_first_kernel(path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    """Compiled code turns ctrl-C into a SystemError with the KeyboardInterrupt as its cause."""
    from netscam.analysis.dismantle import fragmentation, smallest
    from netscam.analysis.dismantle.kernels import queue_orders
    from netscam.analysis.keynodes import greedy

    def stopped(*_: object, **__: object) -> None:
        raise SystemError("returned a result with an exception set") from KeyboardInterrupt()

    monkeypatch.setattr(fragmentation, "_greedy", stopped)
    monkeypatch.setattr(smallest, "_threshold_starts", stopped)
    monkeypatch.setattr(greedy, "_fragmenting", stopped)
    monkeypatch.setattr(queue_orders, "corehd_order", stopped)
    result = run(*words, "--edgelist", path)
    assert result.exit_code == 130
    assert (result.stdout, result.stderr) == ("", "interrupted; nothing was written\n")
