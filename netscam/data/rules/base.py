"""What every rule is made of: the registry, what a rule finds, and how that becomes problems."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netscam.errors import WHOLE_FILE, Problem
from netscam.registry import Entry, Registry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LIMIT = 1000
WHOLE_ROW = "(row)"

RULES: Registry[Callable[..., Iterator[Finding]]] = Registry("rule")
"""Every rule by name; ``details`` has ``stage`` (file, row, header, table or package) and ``level``."""


@dataclass(frozen=True)
class Finding:
    """Places of one table that break a rule.

    Parameters
    ----------
    where
        Row numbers (rules of stage ``table``) or record numbers (the other stages), counted from 0; a row may come
        more than once.
    column
        Name of the column, or a function from the position in ``where`` to it.
    say
        Function from the position in ``where`` to the sentence for a person; only called for what is printed.
    table
        Name of the table; rules that look at one file leave it empty.
    """

    where: NDArray[np.int64]
    column: str | Callable[[int], str]
    say: Callable[[int], str]
    table: str = ""


def rule(name: str, stage: str, level: str = "error", **details: Any) -> Callable[[Any], Any]:
    """Register a rule; its docstring is what ``netscam schema`` prints."""
    return RULES.add(name, stage=stage, level=level, **details)


def of_stage(stage: str) -> list[Entry[Callable[..., Iterator[Finding]]]]:
    """List the rules of one stage in order of registration."""
    return [entry for entry in RULES if entry.details["stage"] == stage]


def show(value: str, width: int = 60) -> str:
    """Quote a cell for a message: one line, nothing invisible, not too long."""
    return repr(value if len(value) <= width else value[: width - 3] + "...")


def label(name: str) -> str:
    """Name of a column for a message, quoted when it is empty, long or has something invisible in it."""
    return name if name and name == name.strip() and name.isprintable() and len(name) <= 60 else show(name)


def near(value: str, known: Iterable[str]) -> str:
    """Suggest the known word nearest to a wrong one, or list the known ones when they are few."""
    names = list(known)
    folded = {name.casefold(): name for name in names}
    key = value.strip().casefold().replace(" ", "_").replace("-", "_")
    close = [folded[key]] if key in folded else difflib.get_close_matches(value[:60], names, n=1, cutoff=0.7)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; known: {', '.join(names)}" if len(names) <= 12 else ""


def to_problems(
    entry: Entry[Callable[..., Iterator[Finding]]],
    file: str,
    findings: Iterable[Finding],
    line_of: Callable[[NDArray[np.int64]], NDArray[np.int64]],
) -> list[Problem]:
    """Write the findings of one rule in one file as problems, at most ``LIMIT`` and one that counts the others."""
    problems: list[Problem] = []
    total = 0
    level = entry.details["level"]
    for finding in findings:
        total += len(finding.where)
        lines = line_of(finding.where[: LIMIT + 1]).tolist()
        for position, line in enumerate(lines):
            column = finding.column if isinstance(finding.column, str) else finding.column(position)
            problems.append(Problem(file, line, column, entry.name, finding.say(position), level))
    problems.sort()
    if total <= LIMIT:
        return problems
    more = f"and {total - LIMIT:,} more from this line on"
    return [*problems[:LIMIT], Problem(file, problems[LIMIT].line, WHOLE_FILE, entry.name, more, level)]
