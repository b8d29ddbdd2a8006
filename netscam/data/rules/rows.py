"""Rules about the shape of rows: quotes, line breaks, number of cells."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from netscam.data.records import Records
from netscam.data.rules.base import WHOLE_ROW, Finding, rule
from netscam.data.rules.source import column_at, offset


@rule("quote", "row", sets_aside=True)
def quote(records: Records) -> Iterator[Finding]:
    """Quotes follow RFC 4180: around a whole cell, and doubled inside it; a quote inside a bare cell is refused."""
    found = records.quotes.stray
    if len(found):
        yield Finding(
            records.at(found),
            lambda k: column_at(records, found[k]),
            lambda k: (
                f'quote at {offset(records, found[k])}: put the whole cell in quotes and write "" for a quote in it'
            ),
        )


@rule("unclosed-quote", "row", sets_aside=True)
def unclosed_quote(records: Records) -> Iterator[Finding]:
    """A quote that opens a cell is closed at the end of the cell; reading goes on with the next line if it is not."""
    found = records.quotes.unclosed
    if len(found):
        yield Finding(
            records.at(found),
            lambda k: column_at(records, found[k]),
            lambda k: f"the quote at {offset(records, found[k])} is never closed",
        )


@rule("line-break", "row")
def line_break(records: Records) -> Iterator[Finding]:
    """A cell is one line; line breaks inside cells hide text from people who read tables and differences."""
    last = np.append(records.lines[1:], len(records.physical.starts) + 1)
    found = np.flatnonzero(last - records.lines > 1)
    if len(found):
        breaks = records.physical.stops[records.lines[found] - 1]
        yield Finding(found, lambda k: column_at(records, breaks[k]), lambda _: "line break inside a cell")


@rule("blank-row", "row", sets_aside=True)
def blank_row(records: Records) -> Iterator[Finding]:
    """Every line holds a row; empty lines, and lines of commas only, are refused."""
    length = records.stops - records.starts
    found = np.flatnonzero(length < records.sizes)
    if len(found):
        yield Finding(found, WHOLE_ROW, lambda _: "the row is blank")


@rule("ragged-row", "row", sets_aside=True)
def ragged_row(records: Records) -> Iterator[Finding]:
    """Every row has as many cells as the header; one too many is often a comma in a cell without quotes around it."""
    expected = int(records.sizes[records.top])
    broken = records.at(np.concatenate([records.quotes.stray, records.quotes.unclosed]))
    odd = (records.sizes != expected) & (records.stops - records.starts >= records.sizes)
    if records.top in broken:
        return
    odd[broken] = False
    found = np.flatnonzero(odd)
    if len(found):
        yield Finding(
            found, WHOLE_ROW, lambda k: f"{counted(int(records.sizes[found[k]]))} where the header has {expected}"
        )


def counted(cells: int) -> str:
    """Number of cells in words."""
    return "1 cell" if cells == 1 else f"{cells} cells"
