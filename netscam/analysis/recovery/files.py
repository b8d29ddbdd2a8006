"""Lists of targets and tables of roles from files, saying exactly which lines are broken."""

from __future__ import annotations

import csv
from pathlib import Path

from netscam.analysis.recovery.roles import Traits
from netscam.errors import DataError, Problem


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Lines that hold something, as cells, with their numbers; ``#`` starts a comment."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        raise DataError([Problem(path.name, 1, "(file)", "unreadable", f"cannot be read: {reason}")]) from error
    rows, reader = [], csv.reader(text.splitlines(keepends=True))
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise DataError([Problem(path.name, reader.line_num, "(line)", "bad-quotes", str(error))]) from error
    return [(line, row) for line, row in rows if any(row) and not row[0].startswith("#")]


def read_targets(path: str | Path) -> list[str]:
    """Ids to remove, in order: one a line, or the column ``id`` of a CSV with a header.

    Raises
    ------
    DataError
        An empty or repeated id, by line; no id at all; a file that cannot be read.
    """
    file = Path(path)
    rows = _rows(file)
    header = [cell.lower() for cell in rows[0][1]] if rows else []
    column = header.index("id") if "id" in header else 0
    problems, found = [], []
    for line, row in rows[1 if "id" in header else 0 :]:
        name = row[column] if column < len(row) else ""
        if not name:
            problems.append(Problem(file.name, line, "id", "empty-id", "no id"))
        elif name in found:
            problems.append(Problem(file.name, line, "id", "unique-id", f"{name!r} stands here twice"))
        found.append(name)
    if not found:
        problems.append(Problem(file.name, 1, "(file)", "no-ids", "the file holds no id"))
    if problems:
        raise DataError(problems)
    return found


def read_attributes(path: str | Path) -> dict[str, Traits]:
    """Types and roles of the nodes of an edge list.

    Parameters
    ----------
    path
        CSV with a header: ``id``, and ``type`` or ``roles`` (separated by ``;``) or both; further columns are not read.
        The role ``command`` is what the strategies ``leaders`` and ``low-level`` look for, ``recruit`` and ``finance``
        what theirs do; any other word counts where a model asks for the fit of roles. The type ``compound`` makes a
        site.

    Raises
    ------
    DataError
        A missing column, an empty or repeated id, a row of another length, by line.
    """
    file = Path(path)
    rows = _rows(file)
    header = [cell.lower() for cell in rows[0][1]] if rows else []
    if "id" not in header or not {"type", "roles"} & set(header):
        problem = Problem(file.name, 1, "(file)", "missing-column", "needs the column id, and type or roles or both")
        raise DataError([problem])
    problems: list[Problem] = []
    found: dict[str, Traits] = {}
    for line, row in rows[1:]:
        if len(row) != len(header):
            text = f"expected {len(header)} columns, found {len(row)}"
            problems.append(Problem(file.name, line, "(line)", "column-count", text))
            continue
        cells = dict(zip(header, row, strict=True))
        if not cells["id"] or cells["id"] in found:
            problems.append(Problem(file.name, line, "id", "unique-id", f"{cells['id']!r} is empty or twice"))
        roles = {role.strip() for role in cells.get("roles", "").split(";")} - {""}
        found[cells["id"]] = Traits(roles=tuple(sorted(roles)), type=cells.get("type", ""))
    if problems:
        raise DataError(problems)
    return found
