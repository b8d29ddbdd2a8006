from __future__ import annotations

import json

from click.testing import CliRunner

from netscam.cli import cli


def run(*words: str):
    return CliRunner().invoke(cli, list(words))


def test_profile_shows_every_step_and_the_next_size():
    done = run("profile", "example", "--format", "json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["relations"] == 105
    steps = [row["step"] for row in told["rows"]]
    assert steps[:4] == ["read", "validate", "tables", "graph"]
    assert {"pagerank", "betweenness", "communities (1 run)"} <= set(steps)
    assert all(row["seconds_x10"] >= row["seconds"] >= 0 for row in told["rows"])
    assert "bytes per relation" in done.stderr


def test_profile_of_a_broken_dataset_is_one_line_per_problem(tmp_path):
    done = run("profile", str(tmp_path))
    assert done.exit_code == 1
    assert "missing-file" in done.stderr


def test_a_sampled_measure_says_method_bound_and_seed():
    done = run("centrality", "example", "--method", "sampled", "--seed", "5", "--format", "json")
    told = json.loads(done.stdout)["kernels"]["betweenness"]
    assert (told["method"], told["seed"]) == ("sampled", 5)
    assert "sampled sources" in done.stderr
    assert "seed 5" in done.stderr
    exact = json.loads(run("centrality", "example", "--format", "json").stdout)
    assert exact["kernels"]["betweenness"] == {"method": "exact", "kernel": "igraph"}


def test_communities_show_a_second_method_beside():
    done = run("communities", "example", "--runs", "3", "--format", "json")
    beside = json.loads(done.stdout)["beside"]
    assert beside["method"] == "infomap"
    assert beside["communities"] >= 1
    assert "infomap on the same network" in done.stderr


def test_interrupted_work_ends_with_130_and_one_line(monkeypatch):
    def stop(*words, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("netscam.analysis.centrality.run_measure", stop)
    done = run("centrality", "example")
    assert done.exit_code == 130
    assert done.stderr.strip().splitlines() == ["interrupted; nothing was written"]
