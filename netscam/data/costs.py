"""A cost table by itself, for networks that are not a dataset."""

from __future__ import annotations

import math
from pathlib import Path

from netscam.data.read import read_table
from netscam.errors import WHOLE_FILE, DataError, Problem


def read_costs_file(path: Path) -> dict[str, float]:
    """Read a CSV with the columns ``id`` and ``cost``; others are ignored.

    Returns
    -------
    dict
        Cost by id.

    Raises
    ------
    DataError
        Every row without an id or a cost of zero or more, by line.
    """
    raw = read_table(path, "costs")
    frame = raw.frame
    problems = [problem for problem in raw.problems if problem.level == "error"]
    if frame is None or not {"id", "cost"} <= set(frame.columns):
        problems.append(Problem(path.name, 1, WHOLE_FILE, "missing-column", "needs the columns id and cost"))
        raise DataError(problems)
    costs: dict[str, float] = {}
    for row, (name, cell) in enumerate(zip(frame["id"], frame["cost"], strict=True)):
        line = int(raw.lines[row]) if raw.lines is not None else row + 2
        if not name or name in costs:
            problems.append(Problem(path.name, line, "id", "unique-id", f"{name!r} is empty or twice"))
        value = _number(cell)
        if value is None or value < 0:
            problems.append(Problem(path.name, line, "cost", "number", f"{cell!r} is not a cost of zero or more"))
        costs[name] = value or 0.0
    if problems:
        raise DataError(problems)
    return costs


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
