"""Tables of text into tables of text and numbers, in id order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from netscam.data.coding import as_text, give_back
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from netscam.data.rules.tables import Tables

LONGEST = 24
"""Ids up to this many bytes are sorted as integers, which takes a quarter of the time."""


def typed_tables(tables: Tables) -> tuple[dict[str, pd.DataFrame], dict[tuple[str, str], NDArray[np.int32]]]:
    """Valid tables, typed and in id order, and the rows at which their columns of ids point; ``tables`` is used up."""
    orders = {table: id_order(tables.frame(table)["id"]) for table in tables.raw}
    rows = tables.rows(orders)
    frames = tables.release()
    give_back()
    return {table: typed_table(table, frames.pop(table), order) for table, order in orders.items()}, rows


def typed_table(table: str, frame: pd.DataFrame, order: NDArray[np.int64] | None = None) -> pd.DataFrame:
    """One table with the schema's columns in order, its numbers parsed and its rows sorted by id.

    ``order`` is ``id_order`` of the ids, where it is known already.
    """
    import pandas as pd

    fields = load_schema().tables[table]["fields"]
    columns: dict[str, pd.Series[Any]] = {}
    for spec in fields:
        column = frame[spec["name"]].reset_index(drop=True)
        if spec["type"] in ("number", "integer"):
            column = _numbers(column, whole=spec["type"] == "integer")
        columns[spec["name"]] = column
    return in_order(pd.DataFrame(columns, copy=False), id_order(frame["id"]) if order is None else order)


def in_order(frame: pd.DataFrame, order: NDArray[np.int64]) -> pd.DataFrame:
    """Rows in the order of their numbers; the same frame where that changes nothing."""
    return frame if (np.diff(order) == 1).all() else frame.take(order).reset_index(drop=True)


def id_order(ids: pd.Series[Any]) -> NDArray[np.int64]:
    """Row of the first id, of the second, and so on; said without making a Python object of each."""
    import pyarrow.compute as pc

    text = as_text(ids)
    if pc.all(pc.less_equal(text[:-1], text[1:])).as_py() is not False:
        return np.arange(len(text))
    if text.null_count or _has_nul(text) or pc.max(pc.binary_length(text)).as_py() > LONGEST:
        return np.asarray(pc.sort_indices(text), np.int64)
    return np.lexsort(_as_integers(text))


def _has_nul(text: Any) -> bool:
    """Whether a text holds a NUL, as no valid id does: in a number it looks like the end of the text."""
    offsets = _offsets(text)
    return not np.frombuffer(text.buffers()[2], np.uint8)[offsets[0] : offsets[-1]].all()


def _offsets(text: Any) -> NDArray[np.int64]:
    return np.frombuffer(text.buffers()[1], np.int64)[text.offset : text.offset + len(text) + 1]


def _as_integers(text: Any) -> list[NDArray[np.uint64]]:
    """Texts as integers that sort as they do, eight bytes in each, the last eight first; texts without NUL."""
    offsets = _offsets(text)
    sizes = np.diff(offsets)
    data = np.append(np.frombuffer(text.buffers()[2], np.uint8), np.zeros(8, np.uint8))
    eights = np.ndarray((len(data) - 7,), ">u8", data, strides=(1,))
    kept = np.array([0, *(2**64 - 2 ** (64 - 8 * size) for size in range(1, 9))], np.uint64)
    return [
        eights[np.minimum(offsets[:-1] + start, offsets[1:])].astype(np.uint64) & kept[np.clip(sizes - start, 0, 8)]
        for start in reversed(range(0, int(sizes.max()), 8))
    ]


def _numbers(column: pd.Series[Any], *, whole: bool) -> pd.Series[Any]:
    """Cells as numbers; each distinct text is read once."""
    import pandas as pd

    codes, words = pd.factorize(column, use_na_sentinel=False)
    read: pd.Series[Any] = pd.to_numeric(pd.Series(words, dtype=object).replace("", None), errors="coerce")
    numbers: pd.Series[Any] = read.astype("Int64") if whole else read.astype("float64")
    return numbers.take(codes).reset_index(drop=True)
