"""What is handed on: licences, builds that can be made again, hashes of everything that is installed."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / "tests" / "supply" / "licences.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_dependency_is_listed_with_its_licence(licences: ModuleType) -> None:
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+) \|", text, re.MULTILINE))
    assert set(licences.needed()) - set(rows) == set(), "run: python tests/supply/licences.py > docs/licences.md"
    assert not [name for name, told in rows.items() if told in ("unknown", "not installed here")]
    assert rows["igraph"] == "GPL-2.0-or-later"
    copyleft = {name for name, told in rows.items() if re.search(r"\bA?L?GPL", told)}
    assert copyleft == {"igraph"}, "another copyleft library: say what it means in docs/licences.md"


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in ("netscam", "datasets"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    digests = []
    for number, mask in enumerate((0o022, 0o077)):
        out = tmp_path / str(number)
        code = (
            "import os, runpy, sys; os.umask(int(sys.argv.pop(1))); runpy.run_module('hatchling', run_name='__main__')"
        )
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600", "TZ": ("UTC", "Asia/Tokyo")[number]}
        subprocess.run(
            [sys.executable, "-c", code, str(mask), "build", "-t", "wheel", "-d", str(out)],
            cwd=source, env=environment, check=True, capture_output=True,
        )  # fmt: skip
        digests.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir()})
    assert digests[0] == digests[1]
    assert len(digests[0]) == 1


def test_everything_that_is_installed_is_locked_by_hash() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    names = [number for number, line in enumerate(lines) if re.match(r"[a-z0-9]", line)]
    assert len(names) > 30
    assert all("==" in lines[number] for number in names)
    assert all("--hash=sha256:" in lines[number + 1] for number in names)
    assert "--require-hashes" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_package_opens_no_connection() -> None:
    """No module of netscam imports what could; the engines talk to a server only when its address is given."""
    opens = re.compile(
        r"^\s*(?:import|from)\s+(?:socket|ssl|urllib\.request|http\.client|http\.server|requests|ftplib|smtplib)\b",
        re.M,
    )
    found = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "netscam").rglob("*.py")
        if "engines" not in path.parts and opens.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
