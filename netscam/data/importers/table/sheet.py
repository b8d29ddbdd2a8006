"""Rows of a sheet of an XLSX workbook; one made to fill memory or to run for ever is refused."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from netscam.data.importers.job import Progress
from netscam.data.importers.stream import broken
from netscam.errors import WHOLE_FILE, NetscamError

Cells = tuple[int, tuple[Any, ...]]
LARGEST = 1 << 30
PACKED = 200
SMALL = 1 << 24
LAST_ROW = 1_048_576
MOST_BLANK = 50_000_000
FAULTS = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ArithmeticError),
    *(KeyError, ValueError, IndexError, AttributeError, TypeError, SyntaxError),
)
"""What the library raises on damaged parts; both XML parsers that it may use raise kinds of SyntaxError."""


def read_sheet(path: Path, sheet: str, progress: Progress) -> Iterator[Cells]:
    """Rows of values with their numbers; the first sheet where none is named.

    Raises
    ------
    DataError
        The file is no workbook, is damaged, has no such sheet, unpacks to more than 1 GB or to 200 times its size, or
        numbers a row above 1,048,576.
    """
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError as error:
        raise NetscamError("reading XLSX needs the extra 'lists': pip install 'netscam[lists]'") from error
    faults = (*FAULTS, InvalidFileException)
    try:
        whole = _too_large(path)
        file = path.open("rb")
    except faults as error:
        _damaged(path, error)
    # The library leaves a file open that it cannot read, so it is given one that is closed here.
    with file:
        if whole:
            broken(path, 1, WHOLE_FILE, "xlsx", f"the workbook unpacks to {whole / 1e6:,.0f} MB; save it as CSV")
        try:
            book: Any = load_workbook(file, read_only=True, data_only=True)
        except faults as error:
            _damaged(path, error)
        if sheet and sheet not in book.sheetnames:
            broken(path, 1, WHOLE_FILE, "xlsx", f"no sheet {sheet!r}; there are {', '.join(book.sheetnames)}")
        if not book.worksheets:
            broken(path, 1, WHOLE_FILE, "xlsx", "the workbook has no sheet with cells")
        yield from _rows(path, (book[sheet] if sheet else book.worksheets[0]).iter_rows(values_only=True), faults)
    progress(path.stat().st_size)


def _too_large(path: Path) -> int:
    """Bytes that a workbook unpacks to, where they are too many; else 0."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    whole, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    return whole if whole > LARGEST or (whole > SMALL and whole > PACKED * max(packed, 1)) else 0


def _rows(path: Path, rows: Iterator[tuple[Any, ...]], faults: tuple[type[Exception], ...]) -> Iterator[Cells]:
    """Rows until the end; the library makes up those that a file passes over, so their number has a limit."""
    number = blank = 0
    while True:
        try:
            row = next(rows, None)
        except faults as error:
            _damaged(path, error)
        if row is None:
            return
        number += 1
        if any(value is not None for value in row):
            yield number, row
            continue
        blank += max(len(row), 1)
        if number >= LAST_ROW or blank > MOST_BLANK:
            broken(path, number, WHOLE_FILE, "xlsx", f"blank cells without end, or a row above {LAST_ROW:,}")


def _damaged(path: Path, error: Exception) -> NoReturn:
    text = " ".join(str(error).split())
    broken(path, 1, WHOLE_FILE, "xlsx", f"the workbook cannot be read: {type(error).__name__}: {text[:120]}")
