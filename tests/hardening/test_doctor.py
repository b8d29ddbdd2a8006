"""What ``netscam doctor`` says of a machine that is well, and of one that is not."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from netscam.cli import cli
from netscam.output import doctor


def told() -> tuple[int, dict[str, dict[str, str]]]:
    result = CliRunner().invoke(cli, ["doctor", "--format", "json"])
    return result.exit_code, {row["what"]: row for row in json.loads(result.stdout)["rows"]}


def test_all_is_well_here() -> None:
    code, rows = told()
    assert code == 0
    assert {row["state"] for row in rows.values()} <= {"ok", "absent"}
    assert rows["python"]["found"] == ".".join(map(str, sys.version_info[:3]))
    assert {"netscam", "library igraph", "font of figures", "browser", "java", "temporary folder"} <= set(rows)
    assert all(row["advice"] for row in rows.values() if row["state"] == "absent")


def test_what_is_missing_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(doctor, "APPLICATIONS", ())
    monkeypatch.setattr(doctor, "_can_write", lambda _: False)
    monkeypatch.setattr(
        doctor.importlib.metadata, "requires", lambda _: ["numpy>=2", "absent-one>=1", "odd-one>=2; extra == 'odd'"]
    )
    code, rows = told()
    assert code == 1
    assert rows["library absent-one"]["state"] == rows["temporary folder"]["state"] == "broken"
    assert rows["library absent-one"]["advice"] == "pip install absent-one"
    assert rows["extra odd"] == {
        "what": "extra odd",
        "state": "absent",
        "found": "",
        "advice": "pip install 'netscam[odd]'",
    }
    assert rows["browser"]["state"] == rows["java"]["state"] == rows["current folder"]["state"] == "absent"
