"""The command recovery as a user meets it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from netscam.cli import cli

ABOUT = {"dataset", "version", "hash", "as_of", "caveat", "selection"}
FAST = ("--steps", "2", "--runs", "4")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, ["recovery", *map(str, words)], catch_exceptions=False)


def fine(*words: str | Path) -> Result:
    result = run(*words)
    assert result.exit_code == 0, result.stderr
    return result


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    file = tmp_path / "star.csv"
    file.write_text("a,b\na,c\na,d\nd,e\n", encoding="utf-8")
    return file


def test_json_has_documented_keys() -> None:
    plain = json.loads(fine("example", *FAST, "--format", "json").stdout)
    keys = {"strategy", "model", "parameters", "settings", "notes", "reading", "summary", "rows", "targets"}
    assert ABOUT | keys | {"stepped_in", "versions"} <= set(plain)
    assert plain["parameters"]["steps"] == 2
    assert plain["parameters"]["prior"] == "default"


def test_table_csv_and_who() -> None:
    table = fine("example", *FAST)
    assert "efficiency_low" in table.stdout
    assert "no forecast" in table.stderr
    rows = list(csv.DictReader(io.StringIO(fine("example", *FAST, "--format", "csv").stdout)))
    assert [row["moment"] for row in rows] == ["settled", "hit", "settled", "hit", "settled"]
    who = fine("example", *FAST, "--who")
    assert "synthetic" in who.stdout
    assert "no finding about anybody" in who.stderr


def test_several_strategies_or_models_are_compared() -> None:
    words = ("example", *FAST, "--strategy", "leaders", "--strategy", "degree", "--model", "none", "--model", "random")
    assert "any reaction" in fine(*words).stdout
    plain = json.loads(fine(*words, "--format", "json").stdout)
    assert len(plain["results"]) == 4
    assert {row["strategy"] for row in plain["rows"]} == {"leaders", "degree"}


def test_parameters_are_set_and_varied() -> None:
    plain = json.loads(fine("example", *FAST, "--set", "success=1", "--set", "pace=2", "--format", "json").stdout)
    assert plain["settings"]["success"] == 1
    rows = json.loads(fine("example", *FAST, "--vary", "success=0.1,1", "--format", "json").stdout)["rows"]
    assert {row["value"] for row in rows} == {0.1, 1.0}
    listed = fine("--list-settings").stdout
    assert "horizon" in listed
    assert len(json.loads(fine("--list-settings", "--format", "json").stdout)["rows"]) == len(listed.splitlines())


def test_a_list_of_ids_and_an_edge_list(edges: Path, tmp_path: Path) -> None:
    ids = tmp_path / "ids.txt"
    ids.write_text("a\n", encoding="utf-8")
    words = ("--edgelist", edges, "--model", "none", "--runs", "1", "--format", "json")
    plain = json.loads(fine(*words, "--strategy", ids).stdout)
    assert plain["strategy"] == "list"
    assert plain["rows"][-1]["connected_pairs"] == 1
    roles = tmp_path / "roles.csv"
    roles.write_text("id,roles\na,command\nd,finance\n", encoding="utf-8")
    plain = json.loads(fine(*words, "--strategy", "finance", "--attributes", roles).stdout)
    assert [row["id"] for row in plain["targets"]] == ["d"]


def test_what_is_refused(edges: Path, tmp_path: Path) -> None:
    ids = tmp_path / "ids.txt"
    ids.write_text("a\nnobody\n", encoding="utf-8")
    broken = tmp_path / "roles.csv"
    broken.write_text("id,roles\na\n", encoding="utf-8")
    for words, code, match in (
        ((), 2, "either DATASET or --edgelist"),
        (("example", "--edgelist", edges), 2, "either DATASET or --edgelist"),
        (("example", "--attributes", edges), 2, "--edgelist"),
        (("example", "--strategy", "boss"), 2, "leaders"),
        (("example", "--model", "magic"), 2, "preferential"),
        (("example", "--set", "success"), 2, "NAME=VALUE"),
        (("example", "--set", "success=1,2"), 2, "--vary"),
        (("example", "--set", "sucess=1"), 1, "did you mean 'success'"),
        (("example", "--set", "success=3"), 1, "between 0 and 1"),
        (("example", "--draws", "9", "--runs", "3"), 1, "at least as many runs"),
        (("example", "--who", "--vary", "success=1"), 2, "--who"),
        (("example", "--vary", "success=1", "--model", "none", "--model", "role"), 2, "--vary"),
        (("example", "--strategy", ids, "--strategy", "degree"), 2, "not a file"),
        (("--edgelist", edges, "--strategy", ids, "--model", "random"), 1, "not in the graph: nobody"),
        (("--edgelist", edges), 1, "needs roles"),
        (("--edgelist", edges, "--attributes", broken), 1, "roles.csv:2"),
    ):
        failed = run(*words)
        assert failed.exit_code == code, (words, failed.stderr)
        assert match in failed.stderr
        assert not failed.stdout


def test_the_same_bytes_under_another_hash_seed_and_with_more_workers() -> None:
    found = set()
    for seed, workers in (("1", "1"), ("2", "2")):
        words = ["recovery", "example", *FAST, "--draws", "3", "--workers", workers, "--format", "json"]
        done = subprocess.run(
            [sys.executable, "-m", "netscam.cli", *words],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        found.add(done.stdout)
    assert len(found) == 1
