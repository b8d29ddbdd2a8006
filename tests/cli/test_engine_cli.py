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


def test_centrality_runs_on_an_engine_and_says_so() -> None:
    there = run("centrality", "mekong", "-m", "degree", "--engine", "duckdb", "--top", "5", "--format", "csv")
    here = run("centrality", "mekong", "-m", "degree", "--engine", "igraph", "--top", "5", "--format", "csv")
    assert there.exit_code == here.exit_code == 0, there.output
    assert "engine: duckdb" in there.stderr
    ranks = [line.split(",") for line in there.stdout.splitlines()[1:]]
    assert [(row[0], float(row[1])) for row in ranks] == [
        (line.split(",")[0], float(line.split(",")[3])) for line in here.stdout.splitlines()[1:]
    ]


def test_an_engine_that_is_not_asked_for_changes_nothing() -> None:
    usual = [run(name, "example", "--format", "json").stdout for name in ("summary", "centrality")]
    asked = [
        run(name, "example", "--engine", "igraph", "--format", "json").stdout for name in ("summary", "centrality")
    ]
    assert usual == asked
    assert "engine" not in json.loads(usual[0])


def test_summary_counts_components_on_an_engine() -> None:
    told = json.loads(run("summary", "mekong", "--engine", "duckdb", "--format", "json").stdout)
    graph = json.loads(run("summary", "mekong", "--format", "json").stdout)["graph"]
    assert told["engine"] == "duckdb"
    assert (told["nodes"], told["ties"]) == (graph["nodes"], graph["edges"])
    assert told["rows"][0]["size"] == graph["largest_component"]


def test_label_propagation_runs_on_an_engine_with_its_seed() -> None:
    words = ("communities", "mekong", "--method", "label-propagation", "--engine", "duckdb", "--format", "csv")
    first, again, other = run(*words), run(*words), run(*words, "--seed", "3")
    assert first.exit_code == 0, first.output
    assert first.stdout == again.stdout
    assert first.stdout.startswith("group,size\n")
    assert other.exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("centrality", "mekong"), "betweenness has no counterpart"),
        (("centrality", "mekong", "-m", "degree", "--weighted"), "--weighted: not to be had on"),
        (("centrality", "mekong", "-m", "degree", "--type", "person"), "--type: not to be had on"),
        (("centrality", "mekong", "-m", "degree", "--method", "sampled"), "--method sampled: not to be had on"),
        (("communities", "mekong"), "leiden has no counterpart"),
        (("communities", "mekong", "--method", "label-propagation", "--runs", "3"), "--runs: not to be had on"),
        (("communities", "mekong", "--method", "label-propagation", "--composition"), "--composition: not to be had"),
    ],
)
@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_what_an_engine_has_not_is_refused_with_the_way_round(words: tuple[str, ...], told: str, engine: str) -> None:
    done = run(*words, "--engine", engine)
    assert done.exit_code == 1
    assert told in done.stderr
    assert "netscam cut" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_master_without_spark_is_refused() -> None:
    done = run("centrality", "mekong", "-m", "degree", "--master", "local[2]")
    assert done.exit_code == 1
    assert "--master is for --engine spark" in done.stderr
