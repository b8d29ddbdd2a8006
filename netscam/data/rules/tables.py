"""The tables as the rules see them: every column once as distinct values and a code for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from netscam.data.coding import as_text
from netscam.data.raw import RawTable
from netscam.data.rules.base import Finding
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

Mask = NDArray[np.bool_]
SPACE_EDGE: Mask = np.array([byte in b"\t\n\v\f\r\x1c\x1d\x1e\x1f " or byte >= 128 for byte in range(256)])
SPACE_EDGE.setflags(write=False)
FREE_TEXT = frozenset({"name", "description", "note", "locator", "title", "summary", "what_changed", "why"})
LARGE = 10_000
THREADS = 2


@dataclass(frozen=True)
class Column:
    """One column: ``values`` are its distinct texts, ``codes`` says for each row which of them it holds.

    In a column of free text, which is nobody's key, ``values`` may hold a text more than once. In a column that points
    at another table, ``values`` may hold ids that no row has.
    """

    table: str
    name: str
    values: Any
    codes: NDArray[np.int32]

    @cached_property
    def filled(self) -> Mask:
        """Which of the distinct values are not missing."""
        return np.diff(self.offsets) > 0

    @cached_property
    def offsets(self) -> NDArray[np.int64]:
        """Where each distinct value begins in ``data``, and where the last one ends."""
        if not len(self.values):
            return np.zeros(1, np.int64)
        start = self.values.offset
        return np.frombuffer(self.values.buffers()[1], np.int64)[start : start + len(self.values) + 1]

    @cached_property
    def data(self) -> NDArray[np.uint8]:
        """UTF-8 bytes of all distinct values."""
        buffer = self.values.buffers()[2] if len(self.values) else None
        return np.frombuffer(buffer or b"", np.uint8)

    @cached_property
    def spaced(self) -> Mask:
        """Which distinct values have white space around them; only those whose edges may be such are looked at."""
        mask = np.zeros(len(self.values), bool)
        filled = np.flatnonzero(self.filled)
        first, last = self.data[self.offsets[filled]], self.data[self.offsets[filled + 1] - 1]
        maybe = filled[SPACE_EDGE[first] | SPACE_EDGE[last]]
        if len(maybe):
            values = self.values.take(pa.array(maybe))
            mask[maybe] = to_mask(pc.not_equal(pc.utf8_trim_whitespace(values), values))
        return mask

    def holding(self, marks: Mask) -> NDArray[np.int64]:
        """Distinct values that hold one of the marked bytes, a mask of 256."""
        start, stop = self.offsets[[0, -1]]
        places = np.flatnonzero(marks[self.data[start:stop]]) + start
        return np.unique(np.searchsorted(self.offsets, places, side="right") - 1)

    def value(self, row: int) -> str:
        """Text of one row."""
        return str(self.values[int(self.codes[row])])

    def rows(self, bad: Mask) -> NDArray[np.int64]:
        """Rows whose value is marked in ``bad``, a mask over the distinct values."""
        return np.flatnonzero(bad[self.codes]) if bad.any() else np.zeros(0, np.int64)

    def finding(self, bad: Mask, say: Callable[[str], str]) -> Finding:
        """Blame every row whose value is marked; ``say`` turns the value into the message."""
        rows = self.rows(bad)
        return Finding(rows, self.name, lambda k: say(self.value(rows[k])), self.table)

    def matches(self, pattern: str) -> Mask:
        """Say which distinct values match a pattern from end to end."""
        return to_mask(pc.match_substring_regex(self.values, rf"\A(?:{pattern})\z"))


class Tables:
    """All usable tables of a dataset; columns are coded once, when first asked for."""

    def __init__(self, raw: Mapping[str, RawTable]) -> None:
        self.problems = [problem for table in raw.values() for problem in table.problems]
        self.raw = {name: table for name, table in raw.items() if table.frame is not None}
        self._names = {name: [] if t.frame is None else list(t.frame.columns) for name, t in self.raw.items()}
        self._columns: dict[tuple[str, str, bool], Column] = {}
        self._pointed: dict[tuple[str, str, str], NDArray[np.int64]] = {}

    def has(self, table: str, *columns: str) -> bool:
        """Whether a table is usable and has these columns."""
        return set(columns) <= set(self._names.get(table, [])) and table in self.raw

    def whole(self, table: str) -> bool:
        """Whether a table is usable and no row of it was set aside."""
        return table in self.raw and not self.raw[table].set_aside

    def frame(self, table: str) -> pd.DataFrame:
        """Return the text of a usable table."""
        frame = self.raw[table].frame
        if frame is None:
            raise KeyError(table)
        return frame

    def columns(self, table: str) -> list[str]:
        """Names of the columns that a table has."""
        return self._names.get(table, [])

    def written(self, table: str, column: str) -> Column:
        """Return a column exactly as it is written."""
        key = (table, column, False)
        if key not in self._columns:
            text = self._text(table, column)
            free = (column in FREE_TEXT and _differs(text)) or _surely_distinct(text)
            self._columns[key] = _as_is(table, column, text) if free else _coded(table, column, text)
        return self._columns[key]

    def _text(self, table: str, column: str) -> Any:
        return as_text(self.frame(table)[column])

    def code_all(self) -> None:
        """Code every column now, two at a time: Arrow lets go of the interpreter while it works."""
        self.code_keys()
        every = [(table, column) for table in self.raw for column in self.columns(table)]
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(lambda key: self.written(*key), every))

    def code_keys(self) -> None:
        """Code the ids of each table and the long columns that point at them in one numbering, the ids first."""
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(self._code_keys, self.raw))

    def _code_keys(self, target: str) -> None:
        if not self.has(target, "id") or not len(self.frame(target)) or (target, "id", False) in self._columns:
            return
        ids = self._text(target, "id")
        texts = {(target, "id"): ids, **{key: self._text(*key) for key in self.pointing(target)}}
        texts = {key: text for key, text in texts.items() if len(text) >= len(ids)}
        if all(text.equals(ids) for text in texts.values()) and _surely_distinct(ids):
            columns = [_as_is(*key, ids) for key in texts]
        else:
            coded = pa.chunked_array(list(texts.values())).dictionary_encode().chunks
            values = [coded[0].dictionary[: pc.max(coded[0].indices).as_py() + 1], *[coded[0].dictionary] * len(texts)]
            columns = [_column(*key, *found) for key, *found in zip(texts, values, coded, strict=False)]
        self._columns |= {(column.table, column.name, False): column for column in columns}

    def pointing(self, target: str) -> list[tuple[str, str]]:
        """Table and name of each column that holds ids of another table, which is given."""
        keys = [(table, key) for table in self.raw for key in load_schema().tables[table].get("foreignKeys", [])]
        found = [(table, key["fields"]) for table, key in keys if key["reference"]["resource"] == target]
        return [(table, name) for table, name in found if name != "id" and self.has(table, name)]

    def column(self, table: str, column: str) -> Column:
        """Return a column without surrounding white space, so that a stray space is one problem and not two."""
        key = (table, column, True)
        if key not in self._columns:
            written = self.written(table, column)
            if written.spaced.any():
                trimmed = pc.utf8_trim_whitespace(written.values).take(pa.array(written.codes))
                self._columns[key] = _coded(table, column, trimmed)
            else:
                self._columns[key] = written
        return self._columns[key]

    def pointed(self, table: str, column: str, target: str) -> NDArray[np.int64]:
        """For each distinct value of a column its place among the distinct ids of another table; -1 for none."""
        key = (table, column, target)
        if key not in self._pointed:
            ids = self.column(target, "id").values
            values = self.column(table, column).values
            if values[: len(ids)].equals(ids):  # coded together
                place = np.where(np.arange(len(values)) < len(ids), np.arange(len(values)), -1)
            else:
                place = pc.fill_null(pc.index_in(values, value_set=ids), -1).to_numpy(zero_copy_only=False)
            self._pointed[key] = place.astype(np.int64)
        return self._pointed[key]

    def rows(self, orders: Mapping[str, NDArray[np.int64]]) -> dict[tuple[str, str], NDArray[np.int32]]:
        """For each column of valid tables that holds ids the rows that they stand in, by table and column.

        ``orders`` are the orders that the rows of some tables will be put in; those of the others stay.
        """
        found = {}
        for target in self.raw:
            place = np.arange(len(self.frame(target)) + 1, dtype=np.int32)
            place[-1] = -1
            if target in orders:
                place[orders[target]] = place[:-1].copy()
            for table, column in self.pointing(target):
                rows = place[self.pointed(table, column, target)][self.column(table, column).codes]
                found[table, column] = rows[orders[table]] if table in orders else rows
        return found

    def release(self) -> dict[str, pd.DataFrame]:
        """Hand over the text of every table and forget all that was made of it."""
        frames = {name: self.frame(name) for name in self.raw}
        for held in (self.raw, self._columns, self._pointed):
            held.clear()
        return frames


def to_mask(values: Any) -> Mask:
    """Numpy mask of an Arrow array of booleans."""
    mask: Mask = values.to_numpy(zero_copy_only=False).astype(bool)
    return mask


def _differs(text: Any) -> bool:
    """Whether nearly every cell differs from the others, by a sample of 1,000 cells."""
    if len(text) < LARGE:
        return False
    sample = text.take(pa.array(np.linspace(0, len(text) - 1, 1000).astype(np.int64)))
    return len(sample.unique()) > 900


def _surely_distinct(text: Any) -> bool:
    """Whether each text comes after the one before, by length and then by letters, as numbered ids do."""
    if len(text) < LARGE:
        return False
    before, after = text[:-1], text[1:]
    length = pc.binary_length(text)
    longer = pc.greater(length[1:], length[:-1])
    same = pc.equal(length[1:], length[:-1])
    return bool(pc.all(pc.or_(longer, pc.and_(same, pc.less(before, after)))).as_py())


def _as_is(table: str, column: str, text: Any) -> Column:
    return Column(table, column, text, np.arange(len(text), dtype=np.int32))


def _coded(table: str, column: str, text: Any) -> Column:
    coded = text.dictionary_encode()
    return _column(table, column, coded.dictionary, coded)


def _column(table: str, name: str, values: Any, coded: Any) -> Column:
    return Column(table, name, values, coded.indices.to_numpy(zero_copy_only=False))
