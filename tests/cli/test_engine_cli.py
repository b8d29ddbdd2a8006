"""The commands big and cut, and the way other commands hand over to an engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from netscam.cli import cli
from netscam.cli.engine_commands import engine_options, run_on_engine
from netscam.cli.params import graph_options
from netscam.engines.tables import EngineError


def run(*words: str) -> Any:
    return CliRunner().invoke(cli, list(words))


def test_big_prints_the_same_on_both_engines(tmp_path: Path) -> None:
    out = tmp_path / "all.parquet"
    here = run("big", "mekong", "--format", "csv")
    there = run("big", "mekong", "--engine", "duckdb", "--format", "csv", "-o", str(out))
    assert here.exit_code == there.exit_code == 0, there.output
    assert here.stdout == there.stdout
    assert here.stdout.startswith("id,degree\nper_chen_zhi,")
    assert "engine: igraph" in here.stderr
    assert "446 nodes" in there.stderr
    assert out.exists()


def test_big_says_what_it_did_in_json() -> None:
    told = json.loads(run("big", "mekong", "-m", "components", "--engine", "duckdb", "--format", "json").stdout)
    assert told["engine"] == "duckdb"
    assert told["dataset"] == "mekong"
    assert "does not imply" in told["caveat"]
    assert told["rows"][0] == {"group": "addr_006", "size": 351}
    assert told["notes"][-1].startswith("components: root hooking in SQL")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("big", "mekong", "-m", "betweenness"), "Reduce there, analyse here"),
        (("big", "mekong", "--master", "local[2]"), "--master is for --engine spark"),
        (("big", "nowhere"), "no such folder"),
        (("big", "mekong", "--engine", "spark", "--master", "yarn"), "--work must name"),
        (("cut", "mekong", "-o", "part"), "exactly one of"),
        (("cut", "mekong", "-o", "part", "--around", "nobody"), "no node called 'nobody'"),
        (("big", "mekong", "--engine", "duckdb", "--memory", "lots"), "DuckDB does not start"),
    ],
)
def test_errors_are_one_line(words: tuple[str, ...], told: str) -> None:
    with CliRunner().isolated_filesystem():
        done = run(*words)
        assert done.exit_code == 1, done.output
        assert told in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        assert not Path("part").exists()


def test_cut_then_the_usual_commands(tmp_path: Path) -> None:
    part = str(tmp_path / "part")
    done = run("cut", "mekong", "--core", "2", "--relation", "owns", "--relation", "directs", "-o", part)
    assert done.exit_code == 0, done.output
    assert "ties" in done.stderr
    assert run("validate", part).exit_code == 0
    ranked = run("centrality", part, "--top", "3", "--format", "json")
    assert len(json.loads(ranked.stdout)["rows"]) == 3


def test_a_command_hands_over() -> None:
    @click.command()
    @engine_options
    @graph_options
    def ranks(**given: Any) -> None:
        click.echo("" if run_on_engine("mekong", ["degree"], given, "csv", 2) else sorted(given))

    @click.command()
    @engine_options
    @graph_options
    def weighted(**given: Any) -> None:
        run_on_engine("mekong", ["degree"], given, "csv", cannot={"--weighted": True, "--type": ()})

    there = CliRunner().invoke(ranks, ["--engine", "duckdb"])
    assert there.stdout.startswith("id,degree\nper_chen_zhi,")
    for words in (["--engine", "duckdb"], ["--engine", "spark"]):
        refused = CliRunner().invoke(weighted, words)
        assert isinstance(refused.exception, EngineError)
        assert "--weighted: not to be had on" in str(refused.exception)
    here = CliRunner().invoke(ranks, [])
    assert "engine" not in here.stdout
    assert "known_by" in here.stdout
