"""The rule that what was withdrawn stays away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from netscam.data.rules.base import Finding, rule, show
from netscam.data.rules.tables import Tables
from netscam.data.rules.values import members
from netscam.data.withdrawals import is_withdrawal


@rule("withdrawn", "table")
def withdrawn(tables: Tables) -> Iterator[Finding]:
    """A row that a correction withdraws stands in its table no more, under the same id or again.

    A correction whose ``what_changed`` begins with ``withdrawn`` is a tombstone: it stays when the row goes, and keeps
    an older copy of the row from coming back by hand, by merge or by import. What pointed at the row has to go too:
    see ``unknown-id``.
    """
    if not tables.has("corrections", "id", "table", "row", "what_changed"):
        return
    words = {name: tables.column("corrections", name) for name in ("id", "table", "row", "what_changed")}
    told = words["what_changed"]
    stones = np.array([is_withdrawal(value) for value in told.values.to_pylist()], bool)
    gone: dict[str, dict[str, str]] = {}
    for row in np.flatnonzero(stones[told.codes]).tolist():
        gone.setdefault(words["table"].value(row), {})[words["row"].value(row)] = words["id"].value(row)
    for table, rows in gone.items():
        if tables.has(table, "id"):
            column = tables.column(table, "id")
            yield column.finding(members(column, sorted(rows)), partial(_say, rows))


def _say(by: dict[str, str], value: str) -> str:
    return f"{show(value)} was withdrawn (correction {show(by[value])}); it may not stand here"
