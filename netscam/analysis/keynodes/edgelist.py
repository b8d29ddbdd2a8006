"""Read an edge list from a text file, saying exactly which lines are broken."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from netscam.analysis.keynodes.csr import CSR, csr_from_names
from netscam.errors import HIDDEN, DataError, Problem

HEADERS = frozenset(
    {("source", "target"), ("from", "to"), ("src", "dst"), ("u", "v"), ("node1", "node2"), ("start", "end")}
)
"""First two column names (any case) by which a first line is known to be a header and is skipped."""


def _separator(line: str) -> str | None:
    """Find the separator of a line: the first of tab, semicolon, comma that occurs in it, else None for blanks."""
    return next((sign for sign in "\t;," if sign in line), None)


def _fields(line: str, separator: str | None) -> list[str]:
    if separator is None:
        return line.split()
    if '"' in line:
        return [field.strip() for field in next(csv.reader([line], delimiter=separator, strict=True))]
    return [field.strip() for field in line.split(separator)]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip(" \r")
        if stripped.strip() and not stripped.lstrip().startswith("#"):
            yield number, stripped


def _broken(fields: list[str]) -> tuple[str, str] | None:
    if len(fields) not in {2, 3}:
        return "column-count", f"expected two or three columns, found {len(fields)}"
    if not fields[0] or not fields[1]:
        return "empty-id", "an end of the edge has no id"
    if HIDDEN.search(fields[0]) or HIDDEN.search(fields[1]):
        return "control-character", "an id has a control character in it"
    return None


def read_edgelist(path: str | Path) -> CSR:
    """Read a graph from a text file of one edge per line.

    Parameters
    ----------
    path
        UTF-8 file. Columns are separated by tabs, semicolons, commas or blanks (the first of these that the first
        edge has, for the whole file); fields may be quoted as in CSV. The first two columns are the ids of the two
        ends, kept as text; a third column (a weight or label) is allowed and not read. Empty lines and lines that
        start with ``#`` are skipped, and so is a first line whose first two fields are one of ``HEADERS``.

    Returns
    -------
    CSR
        Vertices in the natural order of their ids; loops and repeated edges dropped and counted.

    Raises
    ------
    DataError
        With one located problem for every broken line, or for a file that cannot be read or holds no edge.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        raise DataError([Problem(file.name, 1, "(file)", "unreadable", f"cannot be read: {reason}")]) from error
    problems: list[Problem] = []
    pairs: list[tuple[str, str]] = []
    separator: str | None = None
    for place, (number, line) in enumerate(_lines(text)):
        if place == 0:
            separator = _separator(line)
        try:
            fields = _fields(line, separator)
        except csv.Error as error:
            problems.append(Problem(file.name, number, "(line)", "bad-quotes", str(error)))
            continue
        if place == 0 and tuple(field.lower() for field in fields[:2]) in HEADERS:
            continue
        wrong = _broken(fields)
        if wrong is None:
            pairs.append((fields[0], fields[1]))
        else:
            problems.append(Problem(file.name, number, "(line)", wrong[0], wrong[1]))
    if not pairs and not problems:
        problems.append(Problem(file.name, 1, "(file)", "no-edges", "the file holds no edge"))
    if problems:
        raise DataError(problems)
    return csr_from_names(pairs)
