"""The commands about uncertainty as a user meets them."""

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


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def fine(*words: str | Path) -> Result:
    result = run(*words)
    assert result.exit_code == 0, result.stderr
    return result


ABOUT = {"dataset", "version", "hash", "as_of", "caveat", "selection"}


def test_uncertainty_prints_documented_keys() -> None:
    words = ("uncertainty", "mekong", "-m", "betweenness", "--draws", 20, "--format", "json")
    plain = json.loads(fine(*map(str, words)).stdout)
    assert set(plain) >= ABOUT | {"measures", "parameters", "versions", "rows"}
    assert {"measure", "id", "rank", "median", "low", "high", "p_top", "rank_strict"} <= set(plain["rows"][0])
    assert plain["parameters"]["draws"] == 20
    assert len(plain["rows"]) == 446


def test_uncertainty_with_missing_ties() -> None:
    words = ["uncertainty", "example", "-m", "degree", "-m", "pagerank", "--draws", "10", "--missing", "0.1,0.2",
             "--runs", "10", "--rows", "3"]  # fmt: skip
    plain = json.loads(fine(*words, "--format", "json").stdout)
    assert len(plain["rows"]) == 6
    assert {row["missing"] for row in plain["missing_ties"]["rows"]} == {0.1, 0.2}
    assert {"id", "boundary", "origins"} <= set(plain["boundary"][0])
    table = fine(*words)
    assert "p_top" in table.stdout
    assert "p_changed" in table.stdout
    assert "one origin named" in table.stderr
    rows = list(csv.DictReader(io.StringIO(fine(*words, "--format", "csv").stdout)))
    assert len(rows) == 20
    assert set(rows[0]) >= {"measure", "place", "missing", "changes_at"}


def test_uncertainty_in_csv() -> None:
    out = fine("uncertainty", "example", "--draws", "5", "--rows", "4", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["measure"] for row in rows] == ["betweenness"] * 4


def test_a_prior_of_one_s_own(tmp_path: Path) -> None:
    file = tmp_path / "sceptic.json"
    file.write_text('{"reliability": {"A": 0.5}}', encoding="utf-8")
    words = ("uncertainty", "example", "--draws", "5", "--format", "json", "--prior")
    plain = json.loads(fine(*words, file).stdout)
    assert plain["parameters"]["prior"] == "sceptic"
    failed = run(*words, "hopeful")
    assert failed.exit_code == 1
    assert "missing-prior" in failed.stderr
    assert not failed.stdout


@pytest.mark.parametrize("rates", ["0", "x", ",", "0.1,2"])
def test_wrong_shares_are_refused(rates: str) -> None:
    failed = run("uncertainty", "example", "--missing", rates)
    assert failed.exit_code == 2
    assert "0.05,0.1,0.2" in failed.stderr


def test_options_that_cut_the_dataset_count() -> None:
    words = ("uncertainty", "example", "--draws", "5", "--format", "json")
    whole, cut = (json.loads(fine(*words, *more).stdout) for more in ((), ("--known-by", "2021")))
    assert len(cut["rows"]) < len(whole["rows"])
    wider = json.loads(fine(*words, "--include", "wallet").stdout)
    assert len(wider["rows"]) > len(whole["rows"])


def test_robust_key_nodes() -> None:
    words = ("robust-key-nodes", "example", "-k", "2", "--draws", "20")
    plain = json.loads(fine(*words, "--format", "json").stdout)
    assert set(plain) >= ABOUT | {"sets", "members", "values", "recommended", "parameters", "versions"}
    assert [row["set"] for row in plain["sets"]] == ["recommended", "expected", "tail"]
    assert plain["recommended"]["proven_optimal"]
    assert plain["parameters"]["prior"] == "default"
    assert "price" in fine(*words).stdout
    assert "p_best" in fine(*words, "--members").stdout
    left_out = plain["sets"][0]["nodes"][0]
    again = json.loads(fine(*words, "--forbid", left_out, "--format", "json").stdout)
    assert all(left_out not in row["nodes"] for row in again["sets"])


def test_the_same_bytes_under_another_hash_seed() -> None:
    words = ["uncertainty", "example", "-m", "pagerank", "--draws", "20", "--missing", "0.2", "--runs", "5"]
    found = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "netscam.cli", *words, "--format", "json"],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_verify_next() -> None:
    words = ("verify-next", "example", "-k", "2", "--draws", "20", "--rows", "5")
    plain = json.loads(fine(*words, "--format", "json").stdout)
    assert set(plain) >= ABOUT | {"nodes", "rows", "parameters", "versions"}
    assert len(plain["rows"]) == 5
    assert {"relation", "probability", "expected_change", "expected_gain"} <= set(plain["rows"][0])
    table = fine(*words, "--by", "gain")
    assert "before anything is verified" in table.stderr
