"""Where the records of a CSV file begin and end, found on its bytes with RFC 4180 read strictly."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

COMMA, QUOTE, LF, CR = b',"\n\r'
Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Lines:
    """Physical lines: content is ``starts[i]:stops[i]``, the line end ``stops[i]:nexts[i]``."""

    starts: Positions
    stops: Positions
    nexts: Positions


@dataclass(frozen=True)
class Quotes:
    """Positions of the quotes that open and close cells, in turn, and of those that break the rules."""

    pairs: Positions
    stray: Positions
    unclosed: Positions

    def inside(self, positions: Positions) -> NDArray[np.bool_]:
        """Say for each position whether it lies within a quoted cell."""
        within: NDArray[np.bool_] = np.searchsorted(self.pairs, positions) % 2 == 1
        return within


def positions_of(content: bytes, byte: int) -> Positions:
    """Every place where a byte stands; a byte that is nowhere costs next to nothing."""
    if byte not in content:
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.frombuffer(content, np.uint8) == byte)


def split_lines(content: bytes) -> Lines:
    """Split at LF, CRLF and bare CR; a file that does not end with a line end is read as if it did."""
    data = np.frombuffer(content, np.uint8)
    stops = positions_of(content, LF)
    nexts = stops + 1
    bare = positions_of(content, CR)
    if len(bare):
        stops = stops - ((stops > 0) & (data[stops - 1] == CR))
        followed = data[np.minimum(bare + 1, len(data) - 1)] == LF
        followed &= bare + 1 < len(data)
        bare = bare[~followed]
        stops = np.sort(np.concatenate([stops, bare]))
        nexts = np.sort(np.concatenate([nexts, bare + 1]))
    if not len(nexts) or nexts[-1] < len(data):
        stops = np.append(stops, len(data))
        nexts = np.append(nexts, len(data))
    starts = np.concatenate([np.zeros(1, np.int64), nexts[:-1]])
    return Lines(starts, stops, nexts)


def pair_quotes(content: bytes, lines: Lines) -> Quotes:
    """Find the quotes that open and close cells.

    A quote may open a cell only at its start and close it only at its end; inside, it is doubled. One test over all
    quotes at once says whether the whole file keeps to that; only a file that does not is walked quote by quote.
    """
    data = np.frombuffer(content, np.uint8)
    quotes = positions_of(content, QUOTE)
    none = np.zeros(0, np.int64)
    if not len(quotes):
        return Quotes(none, none, none)
    ends = np.zeros(256, bool)
    ends[[COMMA, LF, CR]] = True
    before = data[np.maximum(quotes - 1, 0)]
    after = data[np.minimum(quotes + 1, len(data) - 1)]
    starts_cell = (quotes == 0) | ends[before]
    ends_cell = (quotes == len(data) - 1) | ends[after]
    opens = (starts_cell | (before == QUOTE))[0::2]
    closes = (ends_cell | (after == QUOTE))[1::2]
    if len(quotes) % 2 == 0 and starts_cell[0] and opens.all() and closes.all():
        return Quotes(quotes, none, none)
    return _walk_quotes(quotes, starts_cell, ends_cell, lines)


def _walk_quotes(
    quotes: Positions, starts_cell: NDArray[np.bool_], ends_cell: NDArray[np.bool_], lines: Lines
) -> Quotes:
    """Pair quotes one by one; after a broken one go on with the next line, so that one mistake is one problem."""
    places = quotes.tolist()
    line = np.searchsorted(lines.starts, quotes, side="right").tolist()
    nexts = lines.nexts.tolist()
    pairs: list[int] = []
    stray: list[int] = []
    unclosed: list[int] = []
    i = 0
    while i < len(places):
        opened = i
        if not starts_cell[opened]:
            stray.append(places[opened])
            i = bisect_left(places, nexts[line[opened] - 1], opened)
            continue
        i += 1
        while i + 1 < len(places) and places[i + 1] == places[i] + 1:
            i += 2
        if i < len(places) and ends_cell[i]:
            pairs += [places[opened], places[i]]
            i += 1
        else:
            same_line = i < len(places) and line[i] == line[opened]
            (stray if same_line else unclosed).append(places[i] if same_line else places[opened])
            i = bisect_left(places, nexts[line[opened] - 1], opened)
    return Quotes(*(np.array(found, np.int64) for found in (pairs, stray, unclosed)))


class Records:
    """The records of a file, header first, as positions in its bytes."""

    def __init__(self, content: bytes, marked: bool = False) -> None:
        self.content = content
        self.marked = marked
        self.data: NDArray[np.uint8] = np.frombuffer(content, np.uint8)
        self.physical = split_lines(content)
        self.quotes = pair_quotes(content, self.physical)
        last = ~self.quotes.inside(self.physical.stops)
        first = np.concatenate([np.ones(1, bool), last[:-1]])
        self.starts = self.physical.starts[first]
        self.stops = self.physical.stops[last]
        self.nexts = self.physical.nexts[last]
        self.lines: Positions = np.flatnonzero(first) + 1

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def commas(self) -> Positions:
        """Positions of the commas that separate cells."""
        commas = positions_of(self.content, COMMA)
        return commas[~self.quotes.inside(commas)] if len(self.quotes.pairs) else commas

    @cached_property
    def top(self) -> int:
        """Number of the header: the first record that is not blank, 0 if all are."""
        return int(np.argmax(self.stops > self.starts))

    @cached_property
    def header(self) -> list[str]:
        """Cells of the header."""
        return self.cells(self.top)

    @cached_property
    def sizes(self) -> Positions:
        """Number of cells of each record."""
        first = np.searchsorted(self.commas, self.starts)
        return np.diff(np.append(first, len(self.commas))) + 1

    def at(self, positions: Positions) -> Positions:
        """Record in which each position lies."""
        return np.searchsorted(self.starts, positions, side="right") - 1

    def cell_number(self, position: int) -> int:
        """Which cell of its record a position lies in, counted from 0."""
        start = self.starts[int(self.at(np.array([position]))[0])]
        first, last = np.searchsorted(self.commas, [start, position])
        return int(last - first)

    def cells(self, record: int) -> list[str]:
        """Cells of one record, unquoted; bytes that are not UTF-8 become U+FFFD."""
        start, stop = int(self.starts[record]), int(self.stops[record])
        first, last = np.searchsorted(self.commas, [start, stop])
        cuts = [start - 1, *self.commas[first:last].tolist(), stop]
        cells = [self.content[a + 1 : b].decode("utf-8", "replace") for a, b in pairwise(cuts)]
        return [c[1:-1].replace('""', '"') if len(c) > 1 and c[0] == c[-1] == '"' else c for c in cells]
