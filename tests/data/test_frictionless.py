"""What Frictionless can know about a broken dataset, it reports too; what it calls valid and we do not is listed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from netscam.data.dataset import PACKAGE_FILE, check_dataset, list_datasets
from netscam.data.package import package_text
from netscam.schema import TABLES

frictionless = pytest.importorskip("frictionless")
BROKEN = Path(__file__).parent / "broken"
BEYOND = {
    "address-precision",
    "bom",
    "control-character",
    "control-character.tab",
    "coordinate-precision",
    "coordinates",
    "country",
    "date",
    "date-order",
    "date-precision",
    "date.zero",
    "duplicate-evidence",
    "duplicate-relation",
    "duplicate-relation.reversed",
    "end-type",
    "formula",
    "id-case",
    "identifier",
    "line-break",
    "line-ends",
    "line-ends.cr",
    "list",
    "list.space",
    "list.twice",
    "no-evidence",
    "nul-byte",
    "quote",
    "self-relation",
    "unclosed-quote",
    "unknown-column.space",
    "unknown-id.list",
    "url",
    "victim",
    "victim.name",
    "withdrawn",
}
"""Broken datasets that pass a Table Schema: rules of this subject, and bytes that its CSV reader forgives."""
CASES = {
    path.name: path
    for folder in (BROKEN, BROKEN.parent / "odd")
    for path in sorted(folder.iterdir())
    if path.is_dir() and not path.name.startswith("package-")
}
FOLDERS = sorted(CASES)


def valid(folder: Path) -> bool:
    return bool(frictionless.validate(str(folder / PACKAGE_FILE), type="package").valid)


def with_schemas(folder: Path) -> Path:
    (folder / PACKAGE_FILE).write_text(package_text("broken", {}, TABLES), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", FOLDERS)
def test_frictionless_agrees_on_a_broken_dataset(name, tmp_path):
    folder = with_schemas(shutil.copytree(CASES[name], tmp_path / "broken"))
    assert valid(folder) is (name in BEYOND)


def test_list_of_what_is_beyond_frictionless_is_up_to_date():
    assert set(FOLDERS) >= BEYOND


def test_both_call_the_tiny_dataset_valid(tiny):
    with_schemas(tiny)
    assert check_dataset(tiny)[1] == []
    assert valid(tiny)


@pytest.mark.parametrize("folder", list_datasets(), ids=lambda folder: folder.name)
def test_both_call_the_shipped_datasets_valid(folder):
    assert not [problem for problem in check_dataset(folder)[1] if problem.level == "error"]
    assert valid(folder)


def test_frictionless_refuses_a_package_whose_path_leaves_the_folder(tmp_path):
    folder = shutil.copytree(BROKEN / "package-path", tmp_path / "broken")
    assert not valid(folder)
