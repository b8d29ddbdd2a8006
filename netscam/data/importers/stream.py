"""Files read piece by piece, so that memory stays flat and every fault has its line."""

from __future__ import annotations

import codecs
import csv
import gzip
import zlib
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NoReturn, cast

from netscam.data.importers.job import Progress
from netscam.errors import WHOLE_FILE, DataError, Problem

Row = tuple[int, list[str]]
"""Line and cells."""

MOST_PROBLEMS = 1000
CHUNK = 1 << 20
LONGEST_LINE = 1 << 26


def broken(file: Path | str, line: int, column: str, rule: str, message: str) -> NoReturn:
    """Refuse a file at one place."""
    raise DataError([Problem(Path(file).name, line, column, rule, message)])


def open_bytes(path: Path) -> tuple[IO[bytes], IO[bytes]]:
    """Open a file; gives what to read from, unpacking ``.gz``, and the file on disk."""
    try:
        raw = path.open("rb")
    except OSError as error:
        broken(path, 1, WHOLE_FILE, "missing-file", f"the file cannot be read: {error.strerror or error}")
    unpacked = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if path.suffix == ".gz" else raw
    return unpacked, raw


def read_chunks(path: Path, progress: Progress, size: int = CHUNK) -> Generator[bytes]:
    """Bytes of a file in pieces; tells the progress in bytes of the file on disk."""
    told = 0
    file, raw = open_bytes(path)
    with raw, file:
        try:
            while piece := file.read(size):
                yield piece
                place = raw.tell()
                progress(place - told)
                told = place
        except (OSError, EOFError, zlib.error) as error:
            broken(path, 1, WHOLE_FILE, "gzip" if file is not raw else "read", f"the file cannot be read: {error}")


def read_lines(path: Path, progress: Progress, *, second: str = "") -> Iterator[str]:
    """Lines of a text file in UTF-8, with their ends.

    Parameters
    ----------
    path
        The file; a byte order mark is skipped.
    progress
        Told the bytes read.
    second
        Encoding to read a line in when it is not UTF-8, for publishers that change between the two; without it such
        a line is refused.
    """
    number = 0
    rest = b""
    for piece in read_chunks(path, progress):
        lines = (rest + piece).split(b"\n")
        rest = lines.pop()
        if len(rest) > LONGEST_LINE:
            broken(path, number + 1, "(row)", "line-length", "the line is longer than 64 MB")
        for line in lines:
            number += 1
            yield _decoded(path, number, line, second) + "\n"
    if rest:
        yield _decoded(path, number + 1, rest, second)


def _decoded(path: Path, number: int, line: bytes, second: str) -> str:
    if number == 1:
        if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            broken(path, 1, WHOLE_FILE, "encoding", "the file is UTF-16; save it as UTF-8")
        line = line.removeprefix(codecs.BOM_UTF8)
    if b"\0" in line:
        broken(path, number, "(row)", "nul-byte", f"NUL byte at byte {line.index(0) + 1} of the line")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        if second:
            return line.decode(second, "replace")
        message = (
            f"byte 0x{line[error.start]:02x} at byte {error.start + 1} of the line is not UTF-8; save the file as UTF-8"
        )
        broken(path, number, "(row)", "encoding", message)


def read_csv(
    path: Path, progress: Progress, *, second: str = "", delimiter: str = ",", strict: bool = True
) -> Iterator[tuple[int, list[str]]]:
    """Rows of a CSV with the line on which each begins; blank lines are passed over.

    Raises
    ------
    DataError
        A quote is not closed or stands where none may.
    """
    lines = read_lines(path, progress, second=second)
    reader = csv.reader(lines, delimiter=delimiter, strict=strict)
    line = 1
    try:
        while (row := next_row(reader)) is not None:
            if row and row != [""]:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        rule = "unclosed-quote" if "end of data" in str(error) else "quote" if "expected after" in str(error) else "csv"
        broken(path, line, "(row)", rule, f"the row that begins here cannot be read: {error}")


def next_row(reader: Iterator[list[str]]) -> list[str] | None:
    """Next row of a CSV reader, whose cells may be as long as a line; None at the end.

    The limit of the csv module counts for the whole process, so it is put back after every row.
    """
    before = csv.field_size_limit(LONGEST_LINE)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(before)


def read_table(
    path: Path, progress: Progress, required: Sequence[str] = (), *, second: str = "", delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV with a header, as dictionaries with their lines.

    Raises
    ------
    DataError
        Every row that has not the cells of the header, and every required column that is missing.
    """
    rows = read_csv(path, progress, second=second, delimiter=delimiter)
    first = next(rows, None)
    if first is None:
        broken(path, 1, WHOLE_FILE, "empty-file", "the file is empty")
    line, names = first[0], [name.strip() for name in first[1]]
    check_header(path, line, names, required)
    yield from dictionaries(path, names, rows)


def dictionaries(path: Path, names: Sequence[str], rows: Iterable[Row]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give every row as a dictionary; when one has not the cells of the header, no more are given and all such told."""
    problems: list[Problem] = []
    for line, row in rows:
        if len(row) != len(names):
            message = f"{len(row)} cells where the header has {len(names)}"
            problems.append(Problem(path.name, line, "(row)", "ragged-row", message))
            if len(problems) >= MOST_PROBLEMS:
                break
        elif not problems:
            yield line, dict(zip(names, row, strict=True))
    if problems:
        raise DataError(problems)


def check_header(path: Path, line: int, names: Sequence[str], required: Sequence[str]) -> None:
    """Refuse a header that lacks a required column or has one twice."""
    problems = [
        Problem(path.name, line, name, "missing-column", "the header lacks this column")
        for name in required
        if name not in names
    ]
    twice = sorted(name for name, count in Counter(names).items() if name and count > 1)
    problems += [
        Problem(path.name, line, name, "duplicate-column", "the header has it more than once") for name in twice
    ]
    if problems:
        raise DataError(problems)


def guess_delimiter(path: Path) -> str:
    """Comma, semicolon, tab or bar: whichever the first line holds most often; comma where none."""
    first = next(read_lines(path, lambda _: None, second="cp1252"), "")
    counts = {sign: first.count(sign) for sign in (",", ";", "\t", "|")}
    return max(counts, key=lambda sign: counts[sign]) if any(counts.values()) else ","


def expand(files: Sequence[Path], *patterns: str) -> list[Path]:
    """Files as given; a folder stands for its files of these name patterns, in order of their names."""
    found: list[Path] = []
    for path in files:
        if path.is_dir():
            inside = sorted({match for pattern in patterns for match in path.glob(pattern) if match.is_file()})
            if not inside:
                broken(path, 1, WHOLE_FILE, "missing-file", f"no file {' or '.join(patterns)} in the folder")
            found += inside
        else:
            found.append(path)
    return found


Record = dict[str, Any]
