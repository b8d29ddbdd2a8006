"""``netscam import``: files, report, exit codes, and nothing written when something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from netscam.cli import cli
from netscam.data.dataset import read_dataset

SIMPLE = "id,schema,name\nNK-1,Person,Jane Doe\nNK-2,Company,Example Ltd\n"


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


def test_import_writes_a_dataset_and_its_report(runner: CliRunner, tmp_path: Path) -> None:
    source, target = tmp_path / "targets.simple.csv", tmp_path / "made"
    source.write_text(SIMPLE, encoding="utf-8")
    done = runner.invoke(cli, ["import", "opensanctions", str(source), "-o", str(target), "--published", "2025-01"])
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert "written:" in done.stderr
    data = read_dataset(target)
    assert (data.name, data.as_of, len(data.entities)) == ("made", "2025-01", 2)
    report = json.loads((target / "import_report.json").read_text(encoding="utf-8"))
    assert report["read"] == {"Company": 1, "Person": 1}
    assert report["written"]["entities"] == 2


def test_report_as_json_goes_to_stdout(runner: CliRunner, tmp_path: Path) -> None:
    source = tmp_path / "targets.simple.csv"
    source.write_text(SIMPLE, encoding="utf-8")
    done = runner.invoke(cli, ["import", "opensanctions", str(source), "-o", str(tmp_path / "x"), "--format", "json"])
    assert json.loads(done.stdout)["read"] == {"Company": 1, "Person": 1}


def test_the_same_file_gives_the_same_bytes(runner: CliRunner, tmp_path: Path) -> None:
    source = tmp_path / "targets.simple.csv"
    source.write_text(SIMPLE, encoding="utf-8")
    for name in ("a/x", "b/x"):
        runner.invoke(cli, ["import", "opensanctions", str(source), "-o", str(tmp_path / name)])
    first = sorted((tmp_path / "a/x").iterdir())
    assert [path.name for path in first] == sorted(path.name for path in (tmp_path / "b/x").iterdir())
    assert all(path.read_bytes() == (tmp_path / "b/x" / path.name).read_bytes() for path in first)


@pytest.mark.parametrize("content", ["id,schema\n1,Person\n", "id,schema,name\n1,Person\n"])
def test_broken_input_writes_nothing(runner: CliRunner, tmp_path: Path, content: str) -> None:
    source, target = tmp_path / "targets.simple.csv", tmp_path / "made"
    source.write_text(content, encoding="utf-8")
    done = runner.invoke(cli, ["import", "opensanctions", str(source), "-o", str(target)])
    assert done.exit_code == 1
    assert done.stderr.startswith("targets.simple.csv:")
    assert "Traceback" not in done.output
    assert not target.exists()


def test_an_older_dataset_stays_whole_when_the_new_file_is_broken(runner: CliRunner, tmp_path: Path) -> None:
    source, target = tmp_path / "targets.simple.csv", tmp_path / "made"
    source.write_text(SIMPLE, encoding="utf-8")
    runner.invoke(cli, ["import", "opensanctions", str(source), "-o", str(target)])
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    source.write_text(SIMPLE + "NK-3\n", encoding="utf-8")
    assert runner.invoke(cli, ["import", "opensanctions", str(source), "-o", str(target)]).exit_code == 1
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before


def test_missing_file_and_unknown_format(runner: CliRunner, tmp_path: Path) -> None:
    done = runner.invoke(cli, ["import", "ofac", str(tmp_path / "none.csv"), "-o", str(tmp_path / "x")])
    assert done.exit_code == 1
    assert done.stderr == f"{tmp_path / 'none.csv'}:1: (file): there is no such file [missing-file]\n"
    assert runner.invoke(cli, ["import", "ofacc", "x", "-o", str(tmp_path / "x")]).exit_code == 2


def test_guess_writes_a_mapping_once_and_the_mapping_works(runner: CliRunner, tmp_path: Path) -> None:
    source, target = tmp_path / "ties.csv", tmp_path / "made"
    source.write_text("source,target,type\nJane,Example Ltd,owns\n", encoding="utf-8")
    command = ["import", "table", str(source), "-o", str(target)]
    assert runner.invoke(cli, [*command, "--guess"]).exit_code == 0
    mapping = target / "mapping.toml"
    assert [path.name for path in target.iterdir()] == ["mapping.toml"]
    again = runner.invoke(cli, [*command, "--guess"])
    assert again.exit_code == 1
    assert "edit it" in again.stderr
    assert runner.invoke(cli, [*command, "--mapping", str(mapping)]).exit_code == 0
    assert read_dataset(target).relations["relation"].tolist() == ["owns"]


def test_guess_is_for_tables_only(runner: CliRunner, tmp_path: Path) -> None:
    assert runner.invoke(cli, ["import", "ofac", "x.csv", "-o", str(tmp_path), "--guess"]).exit_code == 2
