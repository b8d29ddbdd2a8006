"""Rules about any text: what must not stand in a cell, whatever the column."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netscam.data.rules.base import Finding, rule, show
from netscam.data.rules.tables import Mask, Tables, to_mask
from netscam.schema import load_schema

HIDDEN = r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{2028}-\x{202e}\x{2066}-\x{2069}\x{feff}\x{fffe}\x{ffff}]"
HIDDEN_BYTES: Mask = np.array([byte < 32 or byte in b"\x7f\xc2\xe2\xef" for byte in range(256)])
HIDDEN_BYTES[list(b"\n\r")] = False
FORMULA_BYTES: Mask = np.array([byte in b"=+-@\t" for byte in range(256)])
HIDDEN_BYTES.setflags(write=False)
FORMULA_BYTES.setflags(write=False)


def _cells(tables: Tables, kinds: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for table in tables.raw:
        types = {field["name"]: field["type"] for field in load_schema().tables[table]["fields"]}
        for column in tables.columns(table):
            if not kinds or types[column] in kinds:
                yield table, column


@rule("surrounding-space", "table")
def surrounding_space(tables: Tables) -> Iterator[Finding]:
    """A cell neither begins nor ends with white space; ``"P1 "`` and ``"P1"`` would be two ids that look alike."""
    for table, name in _cells(tables):
        column = tables.written(table, name)
        yield column.finding(column.spaced, lambda value: f"{show(value)} has white space around it")


@rule("control-character", "table")
def control_character(tables: Tables) -> Iterator[Finding]:
    """A cell holds no control character.

    Refused are C0 (tabs too), DEL, C1, the line and paragraph separators, the zero-width no-break space, what
    XML cannot hold (U+FFFE, U+FFFF), and the characters that turn the direction of writing (U+202A to U+202E, U+2066 to
    U+2069): they can make a text read as something that it is not. Line breaks are the matter of ``line-break``.
    """
    for table, name in _cells(tables):
        column = tables.written(table, name)
        maybe = column.holding(HIDDEN_BYTES)
        bad = np.zeros(len(column.values), bool)
        if len(maybe):
            bad[maybe] = to_mask(pc.match_substring_regex(column.values.take(pa.array(maybe)), HIDDEN))
        yield column.finding(bad, lambda value: f"{show(value)} has a control character in it")


@rule("formula", "table")
def formula(tables: Tables) -> Iterator[Finding]:
    """A cell of text does not begin with ``=``, ``+``, ``-``, ``@`` or a tab: spreadsheets run that as a formula."""
    for table, name in _cells(tables, ("string",)):
        column = tables.written(table, name)
        bad = column.filled.copy()
        bad[bad] = FORMULA_BYTES[column.data[column.offsets[:-1][bad]]]
        yield column.finding(bad, lambda value: f"{show(value)} would run as a formula in a spreadsheet")
