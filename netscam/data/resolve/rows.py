"""Tables as rows of text and back, checked like any dataset that is read from files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from netscam.data.dataset import Dataset, build_dataset, empty_table, table_csv
from netscam.data.read import read_content
from netscam.data.validate import find_problems
from netscam.errors import DataError, Problem
from netscam.schema import TABLES, load_schema

Row = dict[str, str]


def text_rows(frame: pd.DataFrame | None) -> list[Row]:
    """Rows of a table as text, as they stand in its CSV."""
    return [] if frame is None else list(csv.DictReader(io.StringIO(table_csv(frame), newline="")))


def checked_dataset(
    name: str, rows: Mapping[str, Sequence[Row]], package: Mapping[str, Any]
) -> tuple[Dataset, list[Problem]]:
    """Build a dataset from rows of text and hold it against every rule of ``netscam validate``.

    Returns
    -------
    dataset, problems
        Problems are warnings; lines are those of the files that would be written.

    Raises
    ------
    DataError
        The rows make no valid dataset.
    """
    frames = {table: _frame(table, rows.get(table, ())) for table in (*TABLES, *(t for t in rows if t not in TABLES))}
    data = build_dataset(name, frames, package)
    raw = {
        table: read_content(table_csv(frame).encode(), f"{table}.csv", table) for table, frame in data.tables().items()
    }
    problems = find_problems(raw)
    if any(problem.level == "error" for problem in problems):
        raise DataError(problem for problem in problems if problem.level == "error")
    return data, problems


def _frame(table: str, rows: Iterable[Row]) -> pd.DataFrame:
    rows = list(rows)
    if not rows:
        return empty_table(table)
    return pd.DataFrame({c: pd.Series([row[c] for row in rows], dtype="str") for c in load_schema().columns(table)})
