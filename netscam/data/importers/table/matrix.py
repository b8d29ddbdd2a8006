"""Adjacency matrices and two-mode tables, as UCINET and spreadsheets write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from netscam.data.importers.job import Job
from netscam.data.importers.spool import Claim, Entity, pack
from netscam.data.importers.stream import MOST_PROBLEMS, broken
from netscam.data.importers.table.mapping import TableMapping
from netscam.data.importers.table.rows import grid
from netscam.data.importers.text import identifier, make_id, plain
from netscam.errors import WHOLE_FILE, DataError, Problem


def read_matrix(job: Job, path: Path, mapping: TableMapping, document: str) -> None:
    """Read a matrix with names in its first row and column; a cell that is neither empty nor 0 is a relation.

    In an adjacency matrix the names of rows and columns are of one set, and its relation goes from row to column; in a
    two-mode table they are of two. Cells hold numbers; one other than 1 is kept in the description.
    """
    rows = grid(path, mapping, job.progress)
    first = next(rows, None)
    if first is None:
        broken(path, 1, WHOLE_FILE, "empty-file", "the file is empty")
    names = [plain(name) for name in first[1][1:]]
    _check_names(path, first[0], names)
    one_mode = mapping.layout == "adjacency"
    kinds = (mapping.type, mapping.type if one_mode else mapping.target_type or mapping.type)
    keys = [_end(job, "" if one_mode else "column", name, kinds[1], mapping) for name in names]
    seen: list[str] = []
    for line, row, label in _checked(path, rows, len(names)):
        job.report.saw(f"row of {path.name}")
        seen.append(label)
        source = _end(job, "" if one_mode else "row", label, kinds[0], mapping)
        for target, cell in zip(keys, row[1:], strict=True):
            text = cell.strip()
            number = float(text) if text else 0.0
            if number:
                job.report.saw("tie")
                claim = Claim(
                    source,
                    target,
                    mapping.relation,
                    document,
                    mapping.status,
                    mapping.credibility,
                    description="" if number == 1 else f"Value in the matrix: {text}.",
                    locator=f"row {line}",
                    place=f"{path.name}:{line}",
                )
                job.spool.claim(claim)
    if one_mode and sorted(seen) != sorted(names):
        missing = sorted(set(seen) ^ set(names))[:3]
        broken(path, first[0], WHOLE_FILE, "matrix", f"names of rows and columns differ, first at {', '.join(missing)}")


def _check_names(path: Path, line: int, names: list[str]) -> None:
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if "" in names or twice or not names:
        what = "a column has no name" if "" in names else f"{twice[0]!r} stands twice" if twice else "no columns"
        broken(path, line, WHOLE_FILE, "matrix", f"the first row has to name the columns: {what}")


def _end(job: Job, mode: str, name: str, kind: str, mapping: TableMapping) -> str:
    key = make_id(f"{mode}-{name}" if mode else name)
    return job.spool.entity(Entity(key, kind, name, identifiers=pack([identifier(mapping.scheme, name)])))


def _checked(path: Path, rows: Iterator[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, list[str], str]]:
    problems: list[Problem] = []
    labels: set[str] = set()
    for line, row in rows:
        label = plain(row[0])
        if len(row) != width + 1:
            message = f"{len(row)} cells where the first row has {width + 1}"
            problems.append(Problem(path.name, line, "(row)", "ragged-row", message))
        elif not label or label in labels:
            problems.append(
                Problem(path.name, line, "(row)", "matrix", f"the name of the row, {label!r}, is empty or twice")
            )
        elif bad := next((cell for cell in row[1:] if not _is_number(cell)), ""):
            problems.append(Problem(path.name, line, "(row)", "number", f"{bad[:40]!r} is not a number"))
        labels.add(label)
        if len(problems) >= MOST_PROBLEMS:
            break
        if not problems:
            yield line, row, label
    if problems:
        raise DataError(problems)


def _is_number(cell: str) -> bool:
    try:
        number = float(cell) if cell.strip() else 0.0
    except ValueError:
        return False
    return number - number == 0
