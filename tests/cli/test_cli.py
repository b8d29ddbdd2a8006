"""Commands as a user meets them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import igraph as ig
import networkx as nx
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from netscam.cli import cli
from netscam.data.dataset import read_dataset, write_dataset
from netscam.graph.build import to_igraph

BROKEN = Path(__file__).parents[1] / "data" / "broken"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def fine(*words: str | Path) -> Result:
    result = run(*words)
    assert result.exit_code == 0, result.stderr
    return result


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_has_help_and_examples_of_its_options(command: str) -> None:
    result = fine(command, "--help")
    assert cli.commands[command].help
    assert "--help" in result.output


def test_every_command_is_in_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for command in cli.commands:
        assert f"netscam {command}" in readme, command


def test_datasets() -> None:
    rows = json.loads(fine("datasets", "--format", "json").stdout)["rows"]
    assert [row["name"] for row in rows] == ["example", "mekong"]
    assert [row["synthetic"] for row in rows] == [True, False]


def test_validate_shipped_datasets() -> None:
    result = fine("validate", "mekong", "example", "--strict")
    assert result.stdout == ""
    assert "valid" in result.stderr


@pytest.mark.parametrize("folder", sorted(p for p in BROKEN.iterdir() if p.is_dir()), ids=lambda p: p.name)
def test_broken_datasets_exit_with_located_lines(folder: Path) -> None:
    result = run("validate", folder)
    assert result.exit_code == 1
    assert result.stdout == ""
    expected = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    problems = [line for line in result.stderr.splitlines() if "]" in line]
    assert problems
    for line in problems:
        file, number, rest = line.split(":", 2)
        assert file.endswith((".csv", ".json")), line
        assert number.isdigit(), line
        assert rest.strip(), line
    assert len(problems) == len([line for line in expected if line.strip()])


def test_an_analysis_of_a_broken_dataset_prints_problems_and_no_traceback(tmp_path: Path) -> None:
    folder = write_dataset(read_dataset("example"), tmp_path / "case")
    relations = folder / "relations.csv"
    lines = relations.read_text().splitlines()
    lines[3] = lines[3].replace(lines[3].split(",")[2], "nobody")
    relations.write_text("\n".join(lines) + "\n")
    result = run("centrality", folder)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("relations.csv:4: target: 'nobody'")


def test_summary_keys() -> None:
    counts = json.loads(fine("summary", "mekong", "--format", "json").stdout)
    for key, least in (("entities", 500), ("relations", 850), ("documents", 220), ("evidence", 1000), ("events", 170)):
        assert counts[key] >= least
    assert counts["relations_without_evidence"] == 0
    assert counts["caveat"]
    assert len(counts["hash"]) == 64


def test_summary_from_an_empty_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "netscam.cli", "summary", "mekong", "--format", "json"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["entities"] >= 500
    assert list(tmp_path.iterdir()) == []


def test_betweenness_csv_is_networkx_s() -> None:
    rows = list(
        csv.DictReader(io.StringIO(fine("centrality", "mekong", "-m", "betweenness", "--format", "csv").stdout))
    )
    assert list(rows[0]) == ["id", "name", "type", "betweenness"]
    graph = to_igraph(read_dataset("mekong"))
    names = graph.vs["name"]
    other = nx.Graph([(names[a], names[b]) for a, b in graph.get_edgelist()])
    other.add_nodes_from(names)
    theirs = nx.betweenness_centrality(other)
    assert {row["id"] for row in rows} == set(theirs)
    for row in rows:
        assert float(row["betweenness"]) == pytest.approx(theirs[row["id"]], abs=1e-9)


def test_centrality_options() -> None:
    rows = json.loads(
        fine(
            "centrality",
            "mekong",
            "-m",
            "degree",
            "-m",
            "pagerank",
            "--type",
            "operator",
            "--top",
            5,
            "--format",
            "json",
        ).stdout
    )["rows"]
    assert len(rows) == 5
    assert {row["type"] for row in rows} == {"operator"}
    projected = fine(
        "centrality", "mekong", "--type", "operator", "--through", "company", "--through", "address", "--format", "csv"
    )
    assert {line.split(",")[0][:3] for line in projected.stdout.splitlines()[1:]} == {"per"}


def test_known_by_makes_a_smaller_network() -> None:
    now = json.loads(fine("summary", "mekong", "--format", "json").stdout)
    then = json.loads(fine("summary", "mekong", "--known-by", "2025-10-01", "--format", "json").stdout)
    assert 0 < then["relations"] < now["relations"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("centrality", "mekong", "-m", "betweeness"), "betweenness"),
        (("summary", "mekong", "--at", "2025-13"), "not a date"),
        (("summary", "mekong", "--relation", "own"), "owns"),
        (("key-nodes", "-k", "3"), "DATASET"),
        (("summary", "mekong", "--at", "2025-10-14garbage"), "not a date"),
        (("communities", "mekong", "--seed", "-1"), "seed"),
        (("path", "mekong", "per_chen_zhi", "org_kna", "--limit", "0"), "limit"),
        (("generate", "-o", "x", "--relations", "0"), "relations"),
        (("key-nodes", "mekong", "-k", "2", "--known-by", "2025", "--costs", "dataset"), "hindsight"),
    ],
)
def test_usage_errors_exit_2_and_suggest(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_unknown_dataset_exits_1() -> None:
    result = run("summary", "mekon")
    assert result.exit_code == 1
    assert "shipped" in result.stderr
    assert "Traceback" not in result.stderr


def test_communities_json_and_csv() -> None:
    told = json.loads(fine("communities", "example", "--runs", 20, "--format", "json").stdout)
    assert {row["id"] for row in told["rows"]} >= {"cmp_000000"}
    header = fine("communities", "example", "--runs", 20, "--format", "csv").stdout.splitlines()[0]
    assert header.startswith("id,name,type,community")


def test_key_nodes_find_the_planted_brokers() -> None:
    told = json.loads(fine("key-nodes", "example", "-k", 3, "--format", "json").stdout)
    with (Path(__file__).parents[2] / "datasets" / "example" / "truth.csv").open() as file:
        planted = {row["id"] for row in csv.DictReader(file) if row["key_node"] == "True"}
    assert set(told["nodes"]) == planted
    assert told["proven_optimal"] is True
    assert told["bound"] == told["value"]
    assert told["gap"] == 0


def test_key_nodes_on_mekong() -> None:
    told = json.loads(fine("key-nodes", "mekong", "-k", 5, "--format", "json").stdout)
    assert len(told["nodes"]) == 5
    assert told["bound"] <= told["value"]
    assert {"nodes", "value", "bound", "gap", "proven_optimal", "method", "alternatives", "costs", "seconds"} <= set(
        told
    )


def test_key_nodes_of_an_edge_list(tmp_path: Path) -> None:
    file = tmp_path / "net.txt"
    file.write_text("# a comment\na;b\nb;c\nc;d\nd;e\n")
    told = json.loads(fine("key-nodes", "--edgelist", file, "-k", 1, "--format", "json").stdout)
    assert told["nodes"] == ["c"]
    assert told["value"] == 2


def test_dismantle_an_edge_list(tmp_path: Path) -> None:
    file = tmp_path / "net.txt"
    file.write_text("\n".join(f"hub,{n}" for n in range(20)))
    told = json.loads(fine("dismantle", "--edgelist", file, "--format", "json").stdout)
    assert told["order"][0] == "hub"
    assert told["auc"] == pytest.approx(1 / 21)


def test_costs_from_a_file(tmp_path: Path) -> None:
    file, costs = tmp_path / "net.txt", tmp_path / "costs.csv"
    file.write_text("a b\nb c\nc d\nd e\n")
    costs.write_text("id,cost,why\nc,10,hard\nb,1,easy\nd,1,easy\na,1,x\ne,1,x\n")
    told = json.loads(fine("key-nodes", "--edgelist", file, "--budget", 1, "--costs", costs, "--format", "json").stdout)
    assert told["nodes"] in (["b"], ["d"])
    costs.write_text("id,cost\nc,much\n")
    broken = run("key-nodes", "--edgelist", file, "-k", 1, "--costs", costs)
    assert broken.exit_code == 1
    assert "costs.csv:2: cost: 'much'" in broken.stderr


def test_path_in_words() -> None:
    text = fine("path", "mekong", "per_chen_zhi", "per_she_zhijiang").stdout
    assert text.startswith("path 1:")
    assert "probability" in text
    told = json.loads(fine("path", "mekong", "per_chen_zhi", "per_she_zhijiang", "--format", "json").stdout)
    assert told["paths"][0]["nodes"][0] == "per_chen_zhi"


@pytest.mark.parametrize("to", ["graphml", "gexf", "node-link"])
def test_export(tmp_path: Path, to: str) -> None:
    fine("export", "example", "--to", to, "-o", tmp_path / "out")
    assert (tmp_path / "out").stat().st_size > 1000


def test_export_selected_part(tmp_path: Path) -> None:
    fine("export", "mekong", "--to", "graphml", "--relation", "owns", "-o", tmp_path / "owns.graphml")
    graph = ig.Graph.Read_GraphML(str(tmp_path / "owns.graphml"))
    assert set(graph.es["relation"]) == {"owns"}


def test_generate_graded_draws_the_truth_from_the_grades(tmp_path: Path) -> None:
    told = fine("generate", "-o", tmp_path / "made", "--graded", "--errors", 0.3, "--seed", 3).stderr
    false = (tmp_path / "made" / "false_relations.txt").read_text().split()
    assert f"{len(false)} of them false" in told
    assert "valid" in fine("validate", tmp_path / "made").stderr
    documents = pd.read_csv(tmp_path / "made" / "documents.csv")
    evidence = pd.read_csv(tmp_path / "made" / "evidence.csv")
    assert documents["reliability"].nunique() > 2
    assert documents.groupby("origin_group").size().min() > 1
    assert set(evidence["stance"]) == {"supports", "disputes"}
    fine("generate", "-o", tmp_path / "lenient", "--graded", "--errors", 0.3, "--seed", 3, "--prior", "lenient")
    assert len((tmp_path / "lenient" / "false_relations.txt").read_text().split()) < len(false)


def test_a_prior_of_generate_needs_grades(tmp_path: Path) -> None:
    result = run("generate", "-o", tmp_path / "made", "--prior", "strict")
    assert result.exit_code == 2
    assert "--graded" in result.stderr
    assert not (tmp_path / "made").exists()


def test_generate_then_validate(tmp_path: Path) -> None:
    fine("generate", "-o", tmp_path / "made", "--relations", 200, "--seed", 3)
    fine("validate", tmp_path / "made", "--strict")
    again = fine("generate", "-o", tmp_path / "again" / "made", "--relations", 200, "--seed", 3)
    assert "key nodes" in again.stderr
    for file in (tmp_path / "made").iterdir():
        assert file.read_bytes() == (tmp_path / "again" / "made" / file.name).read_bytes()


def test_schema_is_the_codebook() -> None:
    assert fine("schema").stdout.startswith("# Codebook")
    table = json.loads(fine("schema", "--table", "relations").stdout)
    assert [field["name"] for field in table["fields"]][:4] == ["id", "source", "target", "relation"]
    assert run("schema", "--table", "relation").exit_code == 1


def test_broken_pipe_is_quiet() -> None:
    command = f"{sys.executable} -m netscam.cli schema | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert done.stdout == "# Codebook\n"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["csv", "json"])
def test_another_hash_seed_gives_the_same_bytes(form: str) -> None:
    words = [
        sys.executable,
        "-m",
        "netscam.cli",
        "centrality",
        "mekong",
        "-m",
        "pagerank",
        "-m",
        "constraint",
        "--format",
        form,
    ]
    told = {
        subprocess.run(words, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_a_cut_result_says_what_it_is() -> None:
    told = json.loads(
        fine("summary", "mekong", "--known-by", "2025-10-14", "--prior", "strict", "--format", "json").stdout
    )
    assert told["as_of"] == "2025-10-14"
    assert told["selection"] == {"known_by": "2025-10-14", "prior": "strict"}
    assert "2026" not in told["caveat"]
    assert json.loads(fine("summary", "mekong", "--format", "json").stdout)["selection"] == {}


def test_a_node_that_is_left_out_is_named_as_such() -> None:
    result = run("path", "mekong", "per_chen_zhi", "org_ofac")
    assert result.exit_code == 1
    assert "--include authority" in result.stderr
    assert fine("path", "mekong", "per_chen_zhi", "org_ofac", "--include", "authority").stdout


def test_validate_goes_on_after_a_missing_dataset() -> None:
    result = run("validate", "nope", "example")
    assert result.exit_code == 1
    assert "nope:1:" in result.stderr
    assert "example: 60 entities" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        words = [sys.executable, "-m", "netscam.cli", "summary", "example"]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "cannot write the output: No space left on device\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    folder = write_dataset(read_dataset("example"), tmp_path / "case")
    (folder / "events.csv").unlink()
    os.mkfifo(folder / "events.csv")
    result = run("validate", folder)
    assert result.exit_code == 1
    assert "events.csv:1:" in result.stderr
