"""Runs an importer on files written for a test, and checks what every import has to keep."""

from __future__ import annotations

import filecmp
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from netscam.data.dataset import Dataset, check_dataset, write_dataset
from netscam.data.importers.registry import import_files
from netscam.data.importers.report import Report


@dataclass(frozen=True)
class Ran:
    """A dataset that came of an import, and its report."""

    data: Dataset
    report: Report

    def entity(self, key: str) -> dict[str, Any]:
        rows = self.data.entities[self.data.entities["id"] == key].to_dict("records")
        assert len(rows) == 1, key
        return {str(name): value for name, value in rows[0].items()}

    def relations(self, kind: str = "") -> list[tuple[str, str, str]]:
        frame = self.data.relations
        frame = frame[frame["relation"] == kind] if kind else frame
        return sorted(zip(frame["source"], frame["relation"], frame["target"], strict=True))

    def relation(self, source: str, kind: str, target: str) -> pd.Series:
        frame = self.data.relations
        found = frame[(frame["source"] == source) & (frame["relation"] == kind) & (frame["target"] == target)]
        assert len(found) == 1
        return found.iloc[0]


def checked(form: str, files: list[Path], folder: Path, **options: Any) -> Ran:
    """Import, write, validate, and compare the streamed files with those of ``write_dataset``."""
    with import_files(form, files, **options) as found:
        target = found.write(folder / "streamed")
        data = found.dataset()
        write_dataset(data, folder / "plain")
        report = found.report
    names = [path.name for path in (folder / "plain").iterdir()]
    assert filecmp.cmpfiles(folder / "plain", target, names, shallow=False)[1:] == ([], [])
    read, problems = check_dataset(target)
    assert [str(problem) for problem in problems if problem.rule != "id-case"] == []
    assert read is not None
    assert read.hash() == data.hash()
    supported = set(data.evidence["relation"])
    assert supported == set(data.relations["id"])
    assert data.documents["published"].ne("").all()
    return Ran(data, report)


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Ran]:
    """``run("ofac", {"sdn.csv": text}, published="2026-01-01")``."""

    def call(form: str, contents: dict[str, str | bytes], **options: Any) -> Ran:
        paths = []
        for name, content in contents.items():
            path = tmp_path / name
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            if name != "mapping.toml":
                paths.append(path)
        if "mapping.toml" in contents:
            options["mapping"] = tmp_path / "mapping.toml"
        options.setdefault("published", "2026-01-31")
        return checked(form, paths, tmp_path / "out", **options)

    return call


@pytest.fixture(scope="session")
def import_checked() -> Callable[..., Ran]:
    """``checked`` for tests that make their own files."""
    return checked
