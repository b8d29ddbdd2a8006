"""Reading, freezing, hashing and writing datasets."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from netscam.data.dataset import (
    Dataset,
    check_dataset,
    find_dataset,
    list_datasets,
    read_dataset,
    table_csv,
    write_dataset,
)
from netscam.errors import DataError, OutputError
from netscam.files import write_file, write_files


@pytest.fixture(scope="module")
def example() -> Dataset:
    return read_dataset("example")


def test_both_datasets_ship() -> None:
    assert [folder.name for folder in list_datasets()] == ["example", "mekong"]


@pytest.mark.parametrize("name", ["example", "mekong"])
def test_shipped_datasets_are_valid_without_a_warning(name: str) -> None:
    data, problems = check_dataset(name)
    assert problems == []
    assert data is not None


@pytest.mark.parametrize("name", ["example", "mekong"])
def test_shipped_csvs_are_in_canonical_form(name: str) -> None:
    """A change by hand shows as a change of rows and nothing else."""
    folder = find_dataset(name)
    for table, frame in read_dataset(name).tables().items():
        assert (folder / f"{table}.csv").read_text(encoding="utf-8") == table_csv(frame)


def test_numbers_are_numbers_and_text_is_text(example: Dataset) -> None:
    assert example.entities["latitude"].dtype == "float64"
    assert example.relations["share"].dtype == "float64"
    assert str(example.events["people"].dtype) == "Int64"
    assert example.entities["countries"].map(lambda cell: isinstance(cell, str)).all()
    for frame in example.tables().values():
        assert frame["id"].is_monotonic_increasing


def test_unknown_dataset_says_what_ships() -> None:
    with pytest.raises(DataError, match="mekong"):
        find_dataset("mekon")


def test_written_dataset_reads_back_equal(example: Dataset, tmp_path: Path) -> None:
    write_dataset(example, tmp_path / "copy")
    again = read_dataset(tmp_path / "copy")
    assert again.hash() == example.hash()
    assert again.package["netscam"] == example.package["netscam"]
    for name, frame in example.tables().items():
        pd.testing.assert_frame_equal(again.tables()[name], frame)


def test_hash_ignores_row_order_but_not_content(example: Dataset, tmp_path: Path) -> None:
    write_dataset(example, tmp_path)
    rng = np.random.default_rng(0)
    for table in example.tables():
        lines = (tmp_path / f"{table}.csv").read_text().splitlines()
        rest = [lines[1 + i] for i in rng.permutation(len(lines) - 1)]
        (tmp_path / f"{table}.csv").write_text("\r\n".join([lines[0], *rest]) + "\r\n", newline="")
    assert read_dataset(tmp_path).hash() == example.hash()
    entities = tmp_path / "entities.csv"
    entities.write_text(entities.read_text().replace("Invented for testing.", "Invented for tests.", 1))
    assert read_dataset(tmp_path).hash() != example.hash()


@pytest.mark.parametrize("way", [copy.deepcopy, lambda data: pickle.loads(pickle.dumps(data))])
def test_a_copy_knows_nothing_of_the_tables_that_it_was_made_from(way: Callable[[Any], Any]) -> None:
    data = read_dataset("example")
    before, source = data.hash(), data.rows("relations", "source")
    again = way(data)
    assert again.hash() == before
    again = way(data)
    again.relations["source"] = again.relations["source"].iloc[::-1].array
    assert again.rows("relations", "source").tolist() == source[::-1].tolist()
    assert again.hash() != before
    assert (data.hash(), data.rows("relations", "source").tolist()) == (before, source.tolist())


def test_other_tables_are_looked_up_anew() -> None:
    data = read_dataset("example")
    source = data.rows("relations", "source")
    fewer = replace(data, entities=data.entities.iloc[::-1].head(20).reset_index(drop=True))
    found = fewer.rows("relations", "source")
    assert found.tolist() == [len(data.entities) - 1 - row if row >= len(data.entities) - 20 else -1 for row in source]
    assert len(data.rows("relations", "source")) == len(source)


def test_namibia_is_a_country(example: Dataset, tmp_path: Path) -> None:
    write_dataset(example, tmp_path)
    entities = tmp_path / "entities.csv"
    entities.write_text(entities.read_text().replace(",KH,", ",NA,"))
    assert "NA" in set(read_dataset(tmp_path).entities["countries"])


def test_found_by_name_from_anywhere(tmp_path: Path) -> None:
    code = "import netscam; print(len(netscam.read_dataset('example').entities))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "60"


def test_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    old, blocked = tmp_path / "old.txt", tmp_path / "folder"
    old.write_text("old")
    blocked.mkdir()
    with pytest.raises(OutputError, match="folder"):
        write_files({old: "new", blocked: "x"})
    assert old.read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "old.txt"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder_is_an_output_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot write"):
        write_file(tmp_path / "x", "y")


def test_parent_that_is_a_file_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot write"):
        write_file(tmp_path / "file" / "x", "y")
