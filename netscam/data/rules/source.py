"""Rules about the bytes of a file: encoding, marks, line ends."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import numpy as np

from netscam.data.records import CR, Records, positions_of
from netscam.data.rules.base import WHOLE_ROW, Finding, label, rule
from netscam.errors import WHOLE_FILE

WIDE_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
FIRST = np.zeros(1, np.int64)
FIRST.setflags(write=False)


@rule("missing-file", "file")
def missing_file(reason: str) -> Iterator[Finding]:
    """Every table of the schema but the optional ones has its CSV in the folder, as a file that can be read."""
    yield Finding(FIRST, WHOLE_FILE, lambda _: reason)


@rule("empty-file", "file")
def empty_file(content: bytes) -> Iterator[Finding]:
    """A file has at least the header; a table without rows is its header alone."""
    start = content[:4096].removeprefix(codecs.BOM_UTF8)
    if not start.strip() and not content.removeprefix(codecs.BOM_UTF8).strip():
        yield Finding(FIRST, WHOLE_FILE, lambda _: "the file is empty; write at least the header")


@rule("encoding", "row", sets_aside=True)
def encoding(records: Records) -> Iterator[Finding]:
    """Files are UTF-8.

    The line, the column and the byte of each place that is not UTF-8 are named (the first place of each line). A file
    that begins with the mark of UTF-16 or UTF-32 is refused as a whole. Spreadsheets offer "CSV UTF-8" when saving.
    """
    if records.content.isascii() or is_utf8(records.content):
        return
    lines = records.physical
    high = np.unique(np.searchsorted(lines.starts, np.flatnonzero(records.data >= 128), side="right") - 1)
    places = []
    for start, stop in zip(lines.starts[high].tolist(), lines.stops[high].tolist(), strict=True):
        try:
            records.content[start:stop].decode()
        except UnicodeDecodeError as error:
            places.append(start + error.start)
    found = np.array(places, np.int64)

    def say(k: int) -> str:
        byte = records.data[found[k]]
        return f"byte 0x{byte:02x} at {offset(records, found[k])} is not UTF-8; save the file as UTF-8"

    yield Finding(records.at(found), lambda k: column_at(records, found[k]), say)


def wide_mark(name: str) -> Iterator[Finding]:
    """Blame a file that begins with the mark of another encoding."""
    yield Finding(FIRST, WHOLE_FILE, lambda _: f"the file is {name}; save it as UTF-8")


@rule("nul-byte", "row", sets_aside=True)
def nul_byte(records: Records) -> Iterator[Finding]:
    """No cell holds a NUL byte; one is a sign of a damaged file or of UTF-16."""
    if b"\0" not in records.content:
        return
    found = positions_of(records.content, 0)
    _, first = np.unique(records.at(found), return_index=True)
    found = found[first]
    yield Finding(
        records.at(found),
        lambda k: column_at(records, found[k]),
        lambda k: f"NUL byte at {offset(records, found[k])}",
    )


@rule("bom", "row")
def bom(records: Records) -> Iterator[Finding]:
    """A file begins with its header, not with a byte order mark; one is skipped, but other tools stumble over it."""
    if records.marked:
        yield Finding(
            FIRST, WHOLE_FILE, lambda _: "the file begins with a byte order mark; save it as UTF-8 without one"
        )


@rule("line-ends", "row")
def line_ends(records: Records) -> Iterator[Finding]:
    """All lines of a file end alike, in LF or in CRLF; a bare CR does not end a line."""
    if b"\r" not in records.content:
        return
    ended = records.nexts > records.stops
    first_byte = records.data[np.minimum(records.stops, len(records.data) - 1)]
    kinds = np.where(records.nexts - records.stops == 2, 1, np.where(first_byte == CR, 2, 0))
    counts = np.bincount(kinds[ended], minlength=3)
    names = ("LF", "CRLF", "a bare CR")
    used = np.flatnonzero(counts)
    if len(used) == 1 and used[0] != 2:
        return
    odd = np.flatnonzero(ended & ((kinds != kinds[0]) | (kinds == 2)))[:1]
    tally = ", ".join(f"{counts[k]:,} in {names[k]}" for k in used)
    yield Finding(odd, WHOLE_FILE, lambda _: f"lines end differently ({tally}); end all of them in LF, or all in CRLF")


def is_utf8(content: bytes) -> bool:
    """Whether all bytes are UTF-8, in constant memory."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    step = 1 << 22
    try:
        for start in range(0, len(content), step):
            decoder.decode(content[start : start + step])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def column_at(records: Records, position: int) -> str:
    """Name of the column in which a position lies, as the header has it."""
    names = records.header
    cell = records.cell_number(position)
    return label(names[cell]) if cell < len(names) else WHOLE_ROW


def offset(records: Records, position: int) -> str:
    """Place of a byte within its record, for messages."""
    start = int(records.starts[int(records.at(np.array([position]))[0])])
    return f"byte {position - start + 1} of the line"
