"""Read one CSV exactly: every row either lands in the table as text or is reported with its line."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from netscam.data.coding import give_back
from netscam.data.forms import parquet_text, table_files, unpacked
from netscam.data.plain import parse, plain_header, read_plain
from netscam.data.raw import RawTable
from netscam.data.records import Positions, Records
from netscam.data.rules import RULES, Finding, of_stage, to_problems
from netscam.data.rules.header import Header
from netscam.data.rules.source import WIDE_MARKS, empty_file, missing_file, wide_mark
from netscam.errors import Problem
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RawTable", "read_table", "read_tables"]


def read_table(path: Path, table: str, columns: Collection[str] | None = None) -> RawTable:
    """Read the file of a table as text.

    Nothing is converted: ``NA`` stays the text ``NA`` (Namibia), ``""`` is the only missing value, and quoting
    follows RFC 4180 to the letter. Rows that break a structural rule are set aside; all others are kept.

    Parameters
    ----------
    path
        The CSV. Where it is not there, the same name with ``.csv.gz``, ``.csv.zst`` or ``.parquet`` at its end is
        looked for; a row of a Parquet file has the line that it would have in a CSV.
    table
        Name of the table in the schema, for example ``relations``.
    columns
        Columns to keep; by default all. The structure of the file is checked as a whole in any case.

    Returns
    -------
    RawTable
        The rows, their lines and every structural problem; never raises for what the file holds.
    """
    found = table_files(path.parent, table) if path.name == f"{table}.csv" else [path]
    chosen = found[0] if found else path
    file = chosen.name
    try:
        if len(found) > 1:
            names = " and ".join(item.name for item in found)
            return _unusable(file, "missing-file", missing_file(f"{names} are both there; keep one"))
        if chosen.exists() and not chosen.is_file():
            return _unusable(file, "missing-file", missing_file("it is not a regular file"))
        if chosen.suffix == ".parquet":
            return _only(_read_parquet(chosen, table), columns)
        content = unpacked(chosen)
    except FileNotFoundError:
        return _unusable(file, "missing-file", missing_file("there is no such file"))
    except OSError as error:
        return _unusable(file, "missing-file", missing_file(f"the file cannot be read: {error.strerror}"))
    return read_content(content, file, table, columns)


def read_tables(folder: Path, wanted: Mapping[str, Collection[str] | None]) -> dict[str, RawTable]:
    """Read tables of a folder by name, each with the columns that are wanted of it (None: all of them)."""
    raw = {table: read_table(folder / f"{table}.csv", table, columns) for table, columns in wanted.items()}
    give_back()
    return raw


def read_content(content: bytes, file: str, table: str, columns: Collection[str] | None = None) -> RawTable:
    """Do what ``read_table`` does with bytes at hand; ``file`` is the name for messages."""
    for mark, name in WIDE_MARKS.items():
        if content.startswith(mark):
            return _unusable(file, "encoding", wide_mark(name))
    if empty := list(empty_file(content)):
        return _unusable(file, "empty-file", empty)
    if plain := _read_plain(content, file, table, columns):
        return plain
    return _only(read_strictly(content, file, table), columns)


def _only(raw: RawTable, columns: Collection[str] | None) -> RawTable:
    if columns is None or raw.frame is None:
        return raw
    return replace(raw, frame=raw.frame[[name for name in raw.frame.columns if name in columns]])


def read_strictly(content: bytes, file: str, table: str) -> RawTable:
    """Read a file record by record, so that every structural problem has its place."""
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


def _read_plain(content: bytes, file: str, table: str, columns: Collection[str] | None) -> RawTable | None:
    """Read a file that breaks no rule of structure, without looking for the places of what is not there."""
    names = plain_header(content)
    if names is None:
        return None
    header = Header(file, names, load_schema().columns(table))
    first = {name: place for name, place in _columns(header).items() if columns is None or name in columns}
    read = read_plain(content, names, list(first.values()))
    return None if read is None else RawTable(file, _text_frame(read, first), problems=_of_header(header))


def _read_parquet(path: Path, table: str) -> RawTable:
    names, read = parquet_text(path)
    header = Header(path.name, names, load_schema().columns(table))
    return RawTable(path.name, _text_frame(read, _columns(header)), problems=_of_header(header))


def _of_header(header: Header) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    for entry in of_stage("header"):
        problems += to_problems(entry, header.file, entry.function(header), lambda where: where + 1)
    return tuple(sorted(problems))


def _columns(header: Header) -> dict[str, int]:
    """Columns of the schema that the header has, in the schema's order, and where in the file each stands."""
    first = {header.meant[name]: header.names.index(name) for name in header.meant}
    return {name: first[name] for name in header.expected if name in first}


def _text_frame(read: Any, first: dict[str, int]) -> pd.DataFrame:
    """Columns as pandas text on Arrow's memory; the parts that a reader gave are joined, one column at a time."""
    import pandas as pd

    text = pd.StringDtype("pyarrow", na_value=np.nan)
    columns = {}
    for name, number in first.items():
        whole = read[str(number)].combine_chunks()
        read = read.drop_columns([str(number)])
        columns[name] = pd.Series(pd.array(whole, dtype=text))
    return pd.DataFrame(columns, copy=False)


def _frame(records: Records, rows: Positions, header: Header) -> pd.DataFrame:
    """Parse the rows that are sound; Arrow does the work, and does it on nothing that could surprise it."""
    import pandas as pd
    import pyarrow as pa

    first = _columns(header)
    if not len(rows):
        text = pd.StringDtype("pyarrow", na_value=np.nan)
        return pd.DataFrame({name: pd.Series([], dtype=text) for name in first})
    longest = int((records.nexts - records.starts).max())
    breaks = len(records) < len(records.physical.starts)
    body = pa.py_buffer(_body(records, rows))
    return _text_frame(parse(body, len(header.names), list(first.values()), longest=longest, breaks=breaks), first)


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
