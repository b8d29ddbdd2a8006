"""The commands about time as a user meets them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner, Result

from netscam.cli import cli

ABOUT = {"dataset", "version", "hash", "as_of", "caveat", "selection"}


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def fine(*words: str) -> Result:
    result = run(*words)
    assert result.exit_code == 0, result.stderr
    return result


def table(*words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(fine(*words, "--format", "csv").stdout)))


def test_backtest_prints_documented_keys() -> None:
    words = (
        "backtest",
        "mekong",
        "--cutoff",
        "2025-10-01",
        "--event",
        "designation",
        "--draws",
        "50",
        "-k",
        "1",
        "-m",
        "degree",
    )
    plain = json.loads(fine(*words, "--format", "json").stdout)
    assert set(plain) == ABOUT | {
        *("event", "cutoff", "horizon", "dating", "observed_until", "whole_horizon", "known", "unknown_later"),
        *("candidates", "positives", "prevalence", "rankings", "entities", "sets", "sets_proven", "other_reading"),
        *("parameters", "notes"),
    }
    bounded = ["average_precision", "roc_auc", "lift_over_random", "lift_over_degree", "auc_minus_degree"]
    bounded += [f"precision_at_{k}" for k in (5, 10, 20)]
    assert {f"{name}{end}" for name in bounded for end in ("", "_low", "_high")} <= set(plain["rankings"][0])
    assert {"id", "known_since", "lead_days", "degree", "key_nodes"} <= set(plain["entities"][0])
    assert (plain["horizon"], plain["candidates"], plain["positives"]) == ("24m", 86, 6)


def test_backtest_table_says_how_small_it_is() -> None:
    words = (
        "backtest",
        "mekong",
        "--cutoff",
        "2025-10-01",
        "-m",
        "degree",
        "-k",
        "0",
        "--places",
        "3",
        "--draws",
        "20",
    )
    result = fine(*words)
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["ranking", "degree", "random"]
    assert "precision_at_3" in result.stdout
    assert "6 of 86" in result.stderr
    assert "hindsight" in result.stderr
    assert len(table(*words, "--show", "entities")) == 6


def test_timeline() -> None:
    words = ("timeline", "mekong", "--clock", "known", "-m", "degree", "--from", "2025-09", "--to", "2025-11")
    assert [row["period"] for row in table(*words)] == ["2025-09", "2025-10", "2025-11"]
    assert {"degree", "degree_rank", "community"} <= set(table(*words, "--show", "nodes")[0])
    assert {row["event"] for row in table(*words, "--show", "changes")} <= {
        *("birth", "death", "return", "merge", "split")
    }
    plain = json.loads(fine(*words, "--step", "quarter", "--format", "json").stdout)
    assert set(plain) == ABOUT | {"clock", "step", "rule", "parameters", "rows", "nodes", "changes"}
    assert [row["period"] for row in plain["rows"]] == ["2025-Q3", "2025-Q4"]
    result = fine("timeline", "mekong", "--from", "2025-10", "--to", "2025-10", "--known-by", "2025-10-01")
    assert "counts from ever" in result.stderr
    assert result.stdout.count("\n") == 2


def test_diff() -> None:
    words = ("diff", "mekong", "--known-by", "2025-10-13", "2025-10-14")
    printed = fine(*words, "--format", "csv", "-k", "0")
    assert "8 documents" in printed.stderr
    changes = list(csv.DictReader(io.StringIO(printed.stdout)))
    assert {row["table"] for row in changes} == {"entities", "relations", "events"}
    assert "S001" in {row["id"] for row in table(*words, "--show", "documents", "-k", "0")}
    result = fine(*words, "--format", "json", "-m", "degree", "-k", "1")
    plain = json.loads(result.stdout)
    assert set(plain) == ABOUT | {"first", "second", "changes", "documents", "ranks", "key_nodes", "size"}
    assert len(plain["changes"]) == len(changes)
    assert result.stderr == ""
    assert table("diff", "mekong", "--known-by", "2025-10-14", "2025-10-14", "-k", "0") == []


def test_exodus() -> None:
    result = fine("exodus", "mekong")
    assert result.stdout.split("\n")[0].split()[:4] == ["quantity", "before", "after", "share"]
    assert "gone: cmp_bokor" in result.stderr
    assert {row["id"] for row in table("exodus", "mekong", "--show", "connecting")} >= {"org_kna", "per_tin_win"}
    assert all(row["document"] for row in table("exodus", "mekong", "--show", "events"))
    plain = json.loads(fine("exodus", "mekong", "--from", "2025-10", "--to", "2025-12", "--format", "json").stdout)
    assert set(plain) == ABOUT | {
        *("first", "last", "states", "gone", "outside", "active", "events", "unnamed", "ended", "carried", "actors"),
        *("ties", "notes"),
    }
    assert plain["first"] == "2025-10-01"
    assert "gone: none" in fine("exodus", "mekong", "--known-by", "2025-12-31", "--prior", "strict").stderr


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        (("backtest", "mekong", "--cutoff", "2025-10-01", "--horizon", "soon"), "not a span", 2),
        (("backtest", "mekong", "--cutoff", "2025-10-01", "--places", "0"), "list of places", 2),
        (("backtest", "mekong", "--cutoff", "2025-10-01", "--event", "raid"), "designation", 2),
        (("backtest", "mekong"), "--cutoff", 2),
        (("backtest", "mekong", "--cutoff", "1999"), "was known by 1999", 1),
        (("diff", "mekong", "--known-by", "2025", "2024"), "earlier date first", 1),
        (("timeline", "mekong", "--from", "2025", "--to", "2024"), "2024 is before 2025", 1),
        (("timeline", "mekong", "--from", "2025-13"), "not a date", 2),
        (("exodus", "mekong", "--from", "2026", "--to", "2025"), "2025 is before 2026", 1),
        (("exodus", "nowhere"), "missing-dataset", 1),
    ],
)
def test_errors_are_one_line(words: tuple[str, ...], told: str, code: int) -> None:
    result = run(*words)
    assert result.exit_code == code
    assert told in result.stderr
    assert result.stdout == ""
    assert code == 2 or result.stderr.count("\n") == 1
