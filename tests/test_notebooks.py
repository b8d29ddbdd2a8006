"""Notebooks run from top to bottom, in a folder of their own, and agree with their scripts."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
SCRIPTS = sorted(NOTEBOOKS.glob("[0-9]*.py"))


def pair_module():
    spec = importlib.util.spec_from_file_location("pair", NOTEBOOKS / "pair.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_notebooks() -> None:
    assert SCRIPTS


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.stem)
def test_notebook_is_the_pair_of_its_script(script: Path) -> None:
    assert script.with_suffix(".ipynb").read_text(encoding="utf-8") == pair_module().paired(script)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.stem)
def test_notebook_asks_first_and_answers_last_with_computed_numbers(script: Path) -> None:
    cells = nbformat.reads(pair_module().paired(script), as_version=4).cells
    assert cells[0].cell_type == "markdown"
    assert "**Question.**" in cells[0].source
    answers = [number for number, cell in enumerate(cells) if re.search(r"^(## Answer|\*\*Answer)", cell.source, re.M)]
    assert len(answers) == 1
    assert any(cell.cell_type == "code" for cell in cells[answers[0] :])


@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.stem)
def test_notebook_runs(script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, temporary = tmp_path / "here", tmp_path / "temporary"
    here.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    notebook = nbformat.read(script.with_suffix(".ipynb"), as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(here)}}).execute()
    assert list(here.iterdir()) == []
    assert list(temporary.iterdir()) == []
    assert any(cell.get("outputs") for cell in notebook.cells)
