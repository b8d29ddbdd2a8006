"""The commands merge, duplicates, enrich and ownership, from the outside."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from netscam import read_dataset
from netscam.cli import cli
from netscam.data.dataset import Dataset, write_dataset

Make = Callable[..., Dataset]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture
def folders(dataset: Make, tmp_path: Path) -> tuple[Path, Path]:
    one = dataset("one", entities=[
        {"id": "p1", "type": "operator", "name": "Ann Example", "status": "designated", "identifiers": "ofac:1"},
        {"id": "k1", "type": "company", "name": "Blue Gate Trading Ltd"},
        {"id": "k2", "type": "company", "name": "Blue Gate Hotel Ltd"},
        {"id": "k3", "type": "company", "name": "Green Gate"},
    ], relations=[
        {"id": "r1", "source": "p1", "target": "k1", "relation": "owns", "share": "60"},
        {"id": "r2", "source": "k1", "target": "k2", "relation": "owns", "share": "50"},
        {"id": "r3", "source": "k2", "target": "k3", "relation": "owns"},
    ])  # fmt: skip
    two = dataset("two", entities=[{"id": "z1", "type": "company", "name": "BLUE GATE TRADING LIMITED"}])
    return write_dataset(one, tmp_path / "one"), write_dataset(two, tmp_path / "two")


def test_propose_decide_merge_undo(folders: tuple[Path, Path], tmp_path: Path) -> None:
    review = tmp_path / "review.csv"
    assert run("duplicates", *folders, "-o", review).exit_code == 0
    with review.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = next(row for row in rows if {row["first"], row["second"]} == {"k1", "z1"})
    assert "same name" in chosen["reasons"]
    chosen |= {"decision": "same", "who": "Ann", "when": "2026-01-02", "why": "same register entry"}
    with review.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    joined = run("merge", *folders, "--decisions", review, "-o", tmp_path / "joined")
    assert joined.exit_code == 0, joined.output
    assert len(read_dataset(tmp_path / "joined").entities) == 4
    assert (tmp_path / "joined" / "decisions.csv").read_text(encoding="utf-8").count("\n") == 2
    report = json.loads((tmp_path / "joined" / "merge_report.json").read_text(encoding="utf-8"))
    assert report["ids"] == {"z1": "k1"}
    assert run("merge", *folders, "-o", tmp_path / "apart").exit_code == 0
    assert len(read_dataset(tmp_path / "apart").entities) == 5
    again = run("duplicates", *folders, "--decisions", review, "--format", "json")
    assert all({row["first"], row["second"]} != {"k1", "z1"} for row in json.loads(again.stdout)["rows"])


def test_a_broken_decision_stops_before_anything_is_written(folders: tuple[Path, Path], tmp_path: Path) -> None:
    wrong = tmp_path / "d.csv"
    wrong.write_text("first,second,decision,who,when,why\nk1,z1,yes,Ann,2026,x\n", encoding="utf-8")
    done = run("merge", *folders, "--decisions", wrong, "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert "d.csv:2: decision: 'yes' is none of same, different, unsure [unknown-word]" in done.output
    assert not (tmp_path / "out").exists()


def test_the_fifty_percent_rule_is_proved_in_words(folders: tuple[Path, Path]) -> None:
    done = run("ownership", folders[0])
    assert done.exit_code == 0, done.output
    assert "Ann Example is reported to own 60 percent of Blue Gate Trading Ltd: 60 percent in all" in done.stdout
    rows = json.loads(run("ownership", folders[0], "--scheme", "ofac", "--format", "json").stdout)["rows"]
    assert [(row["entity"], row["hangs_on_missing_shares"]) for row in rows] == [
        ("k1", False), ("k2", False), ("k3", True)]  # fmt: skip
    assert json.loads(run("ownership", folders[0], "--threshold", "61", "--format", "json").stdout)["rows"] == []


@pytest.mark.parametrize("view", ["stakes", "owners", "control", "shells"])
def test_every_view_prints_a_table(folders: tuple[Path, Path], view: str) -> None:
    done = run("ownership", folders[0], "--view", view, "--format", "csv")
    assert done.exit_code == 0, done.output
    assert "," in done.stdout.splitlines()[0]


def test_unknown_ids_are_refused(folders: tuple[Path, Path]) -> None:
    done = run("ownership", folders[0], "--owner", "nobody")
    assert done.exit_code == 1
    assert "'nobody' is not an entity [unknown-id]" in done.output


def test_enrich_says_what_it_added(folders: tuple[Path, Path], dataset: Make, tmp_path: Path) -> None:
    listed = dataset("list", entities=[
        {"id": "x1", "type": "person", "name": "EXAMPLE, Ann", "identifiers": "ofac:1;passport:N1"},
        {"id": "x2", "type": "wallet", "name": "abc", "identifiers": "btc:abc"},
    ], relations=[{"id": "q1", "source": "x1", "target": "x2", "relation": "holds_account"}])  # fmt: skip
    write_dataset(listed, tmp_path / "list")
    done = run("enrich", folders[0], "--with", f"ofac:{tmp_path / 'list'}", "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "1 entities found on the list" in done.output
    assert len(read_dataset(tmp_path / "out").relations) == 4


def test_denied_and_ended_stakes_are_left_out(dataset: Make, tmp_path: Path) -> None:
    ends = {"target": "k", "relation": "owns", "share": "60"}
    relations = [
        {"id": "r1", "source": "p1", **ends},
        {"id": "r2", "source": "p2", **ends, "end": "2015"},
        {"id": "r3", "source": "p3", **ends},
    ]
    evidence = [
        {"id": f"e{n}", "relation": f"r{n}", "document": "d", "stance": stance, "status": status, "credibility": "2"}
        for n, stance, status in ((1, "disputes", "denied"), (2, "supports", "recorded"), (3, "supports", "alleged"))
    ]
    people = [{"id": f"p{n}", "type": "person", "name": f"Ann Example {n}"} for n in (1, 2, 3)]
    data = dataset("one", entities=[*people, {"id": "k", "type": "company", "name": "Blue Ltd"}], relations=relations,
                   evidence=evidence, documents=[{"id": "d", "title": "T", "publisher": "P", "kind": "press",
                                                  "reliability": "B", "published": "2025-01-01"}])  # fmt: skip
    folder = write_dataset(data, tmp_path / "one")
    done = run("ownership", folder, "--listed", "p1", "--listed", "p2", "--listed", "p3")
    assert done.exit_code == 0, done.output
    assert "Ann Example 3 is alleged to own 60 percent of Blue Ltd: 60 percent in all" in done.output
    assert "Ann Example 1" not in done.output
    assert "Ann Example 2" not in done.output
    assert "1 relations left out: no document supports them" in done.output
    assert "1 relations left out: ended or not begun on 2025-01-01, the date of the record" in done.output
    assert "Ann Example 2 is recorded to own" in run("ownership", folder, "--listed", "p2", "--at", "2012").output


def test_a_folder_with_another_dataset_is_not_overwritten(folders: tuple[Path, Path], tmp_path: Path) -> None:
    before = (folders[0] / "entities.csv").read_bytes()
    for words in (
        ("merge", *folders, "-o", folders[0]),
        ("enrich", folders[0], "--with", folders[1], "-o", folders[0]),
    ):
        done = run(*words)
        assert done.exit_code == 1
        assert "holds another dataset" in done.output
        assert "--force" in done.output
    assert (folders[0] / "entities.csv").read_bytes() == before
    for _ in range(2):
        assert run("merge", *folders, "-o", tmp_path / "out").exit_code == 0
        assert (tmp_path / "out" / "decisions.csv").read_text(encoding="utf-8").count("\n") == 1
        (tmp_path / "out" / "costs.csv").write_text("id,remove\n", encoding="utf-8")
    assert run("merge", *folders, "-o", tmp_path / "out").exit_code == 0
    assert not (tmp_path / "out" / "costs.csv").exists()


def test_force_replaces_another_dataset(folders: tuple[Path, Path], tmp_path: Path) -> None:
    copy = write_dataset(read_dataset(folders[1]), tmp_path / "copy")
    assert run("merge", *folders, "-o", copy).exit_code == 1
    assert run("merge", *folders, "-o", copy, "--force").exit_code == 0
    assert len(read_dataset(copy).entities) == 5
