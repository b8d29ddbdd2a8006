from __future__ import annotations

import csv
import json
import subprocess
import sys

from click.testing import CliRunner

from netscam.cli import cli
from netscam.schema import TABLES, load_schema

SIGNALLED = """
import os, signal, sys, threading
import netscam.analysis.centrality as at

run = at.run_measure

def pressed(*words, **options):
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    return run(*words, **options)

at.run_measure = pressed
from netscam.cli import cli
cli(sys.argv[1:])
"""
"""The command in a process that sends itself a signal half a second after its measure has started."""


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


def test_ctrl_c_on_a_big_network_ends_with_130_and_one_line(tmp_path):
    """A real signal, sent while exact betweenness of 30,000 entities is being computed: minutes if it were let run."""
    rows = range(30_000)
    columns = {name: load_schema().columns(name) for name in TABLES}
    held = {
        "entities": [{"id": f"n{row:05}", "type": "company", "name": f"Company {row}"} for row in rows],
        "relations": [
            {"id": f"r{row:05}", "source": f"n{row:05}", "target": f"n{(row * 7 + 1) % 30_000:05}", "relation": "owns"}
            for row in rows
            if row != (row * 7 + 1) % 30_000
        ],
        "documents": [
            {"id": "d1", "title": "T", "publisher": "P", "kind": "press", "url": "https://example.org/1",
             "published": "2024", "language": "en", "reliability": "B"}
        ],
    }  # fmt: skip
    held["evidence"] = [
        {"id": f"e{row['id']}", "relation": row["id"], "document": "d1", "stance": "supports", "status": "reported",
         "credibility": "2"}
        for row in held["relations"]
    ]  # fmt: skip
    for name in TABLES:
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns[name], restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(held.get(name, []))
    command = [sys.executable, "-c", SIGNALLED, "centrality", str(tmp_path), "--method", "exact"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 130, done.stderr
    assert done.stderr.strip().splitlines() == ["interrupted; nothing was written"]
    assert not done.stdout
