"""The fast way through a CSV that keeps to every rule about bytes and rows, which nearly all large files do.

One pass over the bytes, block by block, shows that no rule of structure can find anything; Arrow then reads the cells
and counts them. Whatever does not pass is read again by ``Records``, which finds the place of each problem.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Any

import numpy as np

from netscam.data.records import COMMA, LF, QUOTE
from netscam.data.rules.source import is_utf8

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 1 << 21
"""Bytes looked at at once: the arrays made for them stay in the processor's caches."""


def plain_header(content: bytes) -> list[str] | None:
    """Names of the columns where the header is plain: two or more, no quotes, no mark, on line 1, rows after."""
    end = content.find(b"\n")
    if end < 0 or end + 1 == len(content) or b'"' in content[:end] or content.startswith(codecs.BOM_UTF8):
        return None
    names = content[:end].decode("utf-8", "replace").split(",")
    return names if len(names) > 1 else None


def longest_line(content: bytes, cells: int) -> int | None:
    """Length of the longest line of a plain file, None for a file that is not plain.

    Plain is a file in UTF-8 without NUL and carriage returns, in which every line is at least as long as it has cells
    (so that none is blank) and quotes stand around whole cells and do not span lines. That every line has ``cells``
    cells is for the reader to see.
    """
    if b"\r" in content or b"\0" in content or not (content.isascii() or is_utf8(content)):
        return None
    longest, start = 0, 0
    while start < len(content):
        stop = content.rfind(b"\n", start, start + BLOCK) + 1 or content.find(b"\n", start) + 1 or len(content)
        data = np.frombuffer(content, np.uint8, stop - start, start)
        ends = np.flatnonzero(data == LF)
        if data[-1] != LF:
            ends = np.append(ends, len(data))
        lengths = np.diff(ends, prepend=-1) - 1
        if lengths.min() < cells or not _quotes_are_plain(data, ends):
            return None
        longest, start = max(longest, int(lengths.max())), stop
    return longest


def _quotes_are_plain(data: NDArray[np.uint8], ends: NDArray[np.int64]) -> bool:
    """Whether quotes open and close whole cells, and both on one line; ``data`` is whole lines."""
    quotes = np.flatnonzero(data == QUOTE)
    if not len(quotes):
        return True
    if len(quotes) % 2:
        return False
    opens, closes = quotes[0::2], quotes[1::2]
    before = data[np.maximum(opens - 1, 0)]
    after = data[np.minimum(closes + 1, len(data) - 1)]
    first = (opens == 0) | (before == COMMA) | (before == LF)
    last = (closes == len(data) - 1) | (after == COMMA) | (after == LF)
    if not (first[0] and (first | (before == QUOTE)).all() and (last | (after == QUOTE)).all()):
        return False
    return not (np.searchsorted(quotes, ends) % 2).any()


def read_plain(content: bytes, names: list[str], wanted: list[int]) -> Any | None:
    """Columns of a plain file as text, None where the file turns out not to be plain.

    Parameters
    ----------
    content
        The file, header included.
    names
        Cells of the header.
    wanted
        Numbers of the columns to read.

    Returns
    -------
    pyarrow.Table
        Columns ``str(number)`` in the order of ``wanted``.
    """
    import pyarrow as pa

    longest = longest_line(content, len(names))
    if longest is None:
        return None
    body = pa.py_buffer(content).slice(content.find(b"\n") + 1)
    try:
        return parse(body, len(names), wanted, longest=longest, breaks=False)
    except pa.ArrowInvalid:  # a row has too many or too few cells
        return None


def parse(body: Any, cells: int, wanted: list[int], *, longest: int, breaks: bool) -> Any:
    """Let Arrow cut rows into cells; nothing is converted, and the only missing value is the empty cell."""
    import pyarrow as pa
    from pyarrow import csv

    numbers = [str(number) for number in range(cells)]
    return csv.read_csv(
        pa.BufferReader(body),
        csv.ReadOptions(column_names=numbers, block_size=max(1 << 20, 2 * longest + 2)),
        csv.ParseOptions(newlines_in_values=breaks),
        csv.ConvertOptions(
            column_types=dict.fromkeys(numbers, pa.large_string()),
            strings_can_be_null=False,
            include_columns=[str(number) for number in wanted],
            check_utf8=False,
        ),
    )
