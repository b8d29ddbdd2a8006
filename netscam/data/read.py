"""Read one CSV exactly: every row either lands in the table as text or is reported with its line."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from netscam.data.raw import RawTable
from netscam.data.records import Positions, Records
from netscam.data.rules import RULES, Finding, of_stage, to_problems
from netscam.data.rules.header import Header
from netscam.data.rules.source import WIDE_MARKS, empty_file, missing_file, wide_mark
from netscam.errors import Problem
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RawTable", "read_table"]


def read_table(path: Path, table: str) -> RawTable:
    """Read the CSV of a table as text.

    Nothing is converted: ``NA`` stays the text ``NA`` (Namibia), ``""`` is the only missing value, and quoting
    follows RFC 4180 to the letter. Rows that break a structural rule are set aside; all others are kept.

    Parameters
    ----------
    path
        The file.
    table
        Name of the table in the schema, for example ``relations``.

    Returns
    -------
    RawTable
        The rows, their lines and every structural problem; never raises for what the file holds.
    """
    file = path.name
    try:
        if path.exists() and not path.is_file():
            return _unusable(file, "missing-file", missing_file("it is not a regular file"))
        content = path.read_bytes()
    except FileNotFoundError:
        return _unusable(file, "missing-file", missing_file("there is no such file"))
    except OSError as error:
        return _unusable(file, "missing-file", missing_file(f"the file cannot be read: {error.strerror}"))
    return read_content(content, file, table)


def read_content(content: bytes, file: str, table: str) -> RawTable:
    """Do what ``read_table`` does with bytes at hand; ``file`` is the name for messages."""
    for mark, name in WIDE_MARKS.items():
        if content.startswith(mark):
            return _unusable(file, "encoding", wide_mark(name))
    if empty := list(empty_file(content)):
        return _unusable(file, "empty-file", empty)
    marked = content.startswith(codecs.BOM_UTF8)
    records = Records(content.removeprefix(codecs.BOM_UTF8), marked)
    aside = np.zeros(len(records), bool)
    problems: list[Problem] = []
    for entry in of_stage("row"):
        findings = list(entry.function(records))
        problems += to_problems(entry, file, findings, lambda where: records.lines[where])
        if entry.details.get("sets_aside"):
            for finding in findings:
                aside[finding.where] = True
    found = _read_rows(records, aside, file, table)
    return replace(found, problems=tuple(sorted([*problems, *found.problems])))


def _read_rows(records: Records, aside: NDArray[np.bool_], file: str, table: str) -> RawTable:
    top = records.top
    if aside[top]:
        return RawTable(file, None)
    problems: list[Problem] = []
    header = Header(file, records.header, load_schema().columns(table))
    for entry in of_stage("header"):
        problems += to_problems(entry, file, entry.function(header), lambda where: records.lines[where + top])
    keep = ~aside
    keep[: top + 1] = False
    lost = np.flatnonzero(aside[top + 1 :]) + top + 1
    rows = np.flatnonzero(keep)
    lines = records.lines[rows]
    return RawTable(
        file=file,
        frame=_frame(records, rows, header),
        lines=None if np.array_equal(lines, np.arange(2, len(rows) + 2)) else lines,
        problems=tuple(problems),
        set_aside=_first_cells(records, lost) if header.meant.get(header.names[0]) == "id" else frozenset(),
    )


def _frame(records: Records, rows: Positions, header: Header) -> pd.DataFrame:
    """Parse the rows that are sound; Arrow does the work, and does it on nothing that could surprise it."""
    import pandas as pd
    import pyarrow as pa
    from pyarrow import csv

    text = pd.StringDtype("pyarrow", na_value=np.nan)
    first = {header.meant[name]: header.names.index(name) for name in header.meant}
    columns = [name for name in header.expected if name in first]
    if not len(rows):
        return pd.DataFrame({name: pd.Series([], dtype=text) for name in columns})
    numbers = [str(number) for number in range(len(header.names))]
    block = max(1 << 20, 2 * int((records.nexts - records.starts).max()) + 2)
    read = csv.read_csv(
        pa.BufferReader(_body(records, rows)),
        csv.ReadOptions(column_names=numbers, block_size=block),
        csv.ParseOptions(newlines_in_values=len(records) < len(records.physical.starts)),
        csv.ConvertOptions(
            column_types=dict.fromkeys(numbers, pa.large_string()),
            strings_can_be_null=False,
            include_columns=[str(first[name]) for name in columns],
            check_utf8=False,
        ),
    )
    return pd.DataFrame({name: pd.Series(pd.array(read[str(first[name])], dtype=text)) for name in columns}, copy=False)


def _body(records: Records, rows: Positions) -> Any:
    """Bytes of the chosen records in order; without a copy when they are all there."""
    view = memoryview(records.content)
    breaks = np.flatnonzero(np.diff(rows) > 1)
    firsts = np.concatenate([rows[:1], rows[breaks + 1]])
    lasts = np.concatenate([rows[breaks], rows[-1:]])
    spans = zip(records.starts[firsts].tolist(), records.nexts[lasts].tolist(), strict=True)
    parts = [view[start:stop] for start, stop in spans]
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _first_cells(records: Records, rows: Positions) -> frozenset[str]:
    spans = zip(records.starts[rows].tolist(), records.stops[rows].tolist(), strict=True)
    cells = (records.content[start:stop].split(b",", 1)[0] for start, stop in spans)
    return frozenset(cell.decode("utf-8", "replace").strip('" ') for cell in cells)


def _unusable(file: str, rule: str, findings: Iterable[Finding]) -> RawTable:
    problems = to_problems(RULES[rule], file, findings, lambda where: where + 1)
    return RawTable(file, None, problems=tuple(problems))
