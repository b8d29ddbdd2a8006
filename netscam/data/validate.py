"""Every broken rule of a dataset, with file, line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from netscam.data.raw import RawTable
from netscam.data.rules import Finding, of_stage, to_problems
from netscam.data.rules.tables import Tables
from netscam.errors import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def find_problems(raw: Mapping[str, RawTable], others: Iterable[Problem] = ()) -> list[Problem]:
    """Check the tables of a dataset against every rule.

    Parameters
    ----------
    raw
        Tables by name, as ``read_table`` gives them; an optional table that is not there is left out.
    others
        Problems found elsewhere, for example in ``datapackage.json``; they are sorted in.

    Returns
    -------
    list[Problem]
        All problems, structural ones included, sorted by file, line and column; empty for a sound dataset. A rule
        that is broken more than 1,000 times in a file gives 1,000 problems and one that counts the others. Rows that
        could not be read and tables that are of no use are not blamed a second time by way of what points at them.
    """
    return sorted([*others, *problems_of(Tables(raw))])


def problems_of(tables: Tables) -> list[Problem]:
    """What ``find_problems`` finds, unsorted, for a caller who has use for the coded columns afterwards."""
    problems = list(tables.problems)
    tables.code_all()
    for entry in of_stage("table"):
        for name, findings in groupby(sorted(entry.function(tables), key=_table), key=_table):
            table = tables.raw[name]
            problems += to_problems(entry, table.file, findings, partial(_lines, table))
    return problems


def _table(finding: Finding) -> str:
    return finding.table


def _lines(table: RawTable, where: NDArray[np.int64]) -> NDArray[np.int64]:
    return where + 2 if table.lines is None else table.lines[where]
