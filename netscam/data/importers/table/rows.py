"""Rows of a CSV, an XLSX or a JSON file as texts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from netscam.data.importers.job import Progress
from netscam.data.importers.json_stream import read_objects
from netscam.data.importers.stream import Row, broken, check_header, dictionaries, guess_delimiter, read_csv
from netscam.data.importers.table.dl import read_dl
from netscam.data.importers.table.mapping import TableMapping
from netscam.data.importers.table.sheet import read_sheet
from netscam.errors import WHOLE_FILE


def suffix(path: Path) -> str:
    """Kind of a file: ``csv``, ``xlsx``, ``dl`` or ``json``."""
    name = path.name.lower().removesuffix(".gz")
    if name.endswith((".xlsx", ".xlsm")):
        return "xlsx"
    if name.endswith(".dl"):
        return "dl"
    return "json" if name.endswith((".json", ".jsonl", ".ndjson")) else "csv"


def grid(path: Path, mapping: TableMapping, progress: Progress) -> Iterator[Row]:
    """Rows of cells with their lines; the first is the header."""
    if suffix(path) == "xlsx":
        yield from _sheet(path, mapping.sheet, progress)
    elif suffix(path) == "dl":
        yield from read_dl(path, progress)
    elif suffix(path) == "json":
        yield from _objects(path, mapping.records, progress)
    else:
        delimiter = {"tab": "\t"}.get(mapping.delimiter, mapping.delimiter) or guess_delimiter(path)
        yield from read_csv(path, progress, second=mapping.encoding or "", delimiter=delimiter)


def records(
    path: Path, mapping: TableMapping, progress: Progress
) -> tuple[list[str], Iterator[tuple[int, dict[str, str]]]]:
    """Header and rows as dictionaries; columns that the mapping names have to be there."""
    rows = grid(path, mapping, progress)
    first = next(rows, None)
    if first is None:
        broken(path, 1, WHOLE_FILE, "empty-file", "the file is empty")
    names = [name.strip() for name in first[1]]
    check_header(path, first[0], names, list(dict.fromkeys([*mapping.columns.values(), *mapping.identifiers.values()])))
    return names, dictionaries(path, names, rows)


def text_of(value: object) -> str:
    """Cell of a workbook or value of a JSON object as text; whole numbers without a point, days without a time."""
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            text = str(int(value))
        case datetime.datetime():
            text = value.date().isoformat()
        case datetime.date():
            text = value.isoformat()
        case list():
            text = ";".join(text_of(item).replace(";", ",") for item in value)
        case _:
            text = str(value)
    return text


def _sheet(path: Path, sheet: str, progress: Progress) -> Iterator[Row]:
    width = 0
    for line, row in read_sheet(path, sheet, progress):
        cells = [text_of(value) for value in row]
        if not any(cells):
            continue
        if not width:
            width = max(number for number, cell in enumerate(cells, 1) if cell)
        surplus = [cell for cell in cells[width:] if cell]
        yield line, cells if surplus else [*cells[:width], *[""] * (width - len(cells))]


def _objects(path: Path, inside: str, progress: Progress) -> Iterator[Row]:
    """Objects as rows; the header is that of the first hundred objects, and a later key is a fault."""
    found = _inner(path, inside, progress)
    first = [each for _, each in zip(range(100), found, strict=False)]
    names = list(dict.fromkeys(key for _, each in first for key in each))
    yield 1, names
    for line, each in chain(first, found):
        extra = [key for key in each if key not in names]
        if extra:
            broken(path, line, extra[0], "unknown-column", "a key that the first hundred objects do not have")
        yield line, [text_of(each.get(name)) for name in names]


def _inner(path: Path, inside: str, progress: Progress) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line, each in read_objects(path, progress):
        if not inside:
            yield line, each
            continue
        values = each.get(inside)
        if not isinstance(values, list):
            broken(path, line, inside, "missing-column", "the object has no list of this name")
        yield from ((line, value) for value in values if isinstance(value, Mapping))
