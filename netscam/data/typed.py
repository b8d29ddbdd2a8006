"""Tables of text into tables of text and numbers, in id order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd


def typed_table(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """One table with the schema's columns in order, its numbers parsed and its rows sorted by id."""
    import pandas as pd

    fields = load_schema().tables[table]["fields"]
    columns: dict[str, pd.Series[Any]] = {}
    for spec in fields:
        column = frame[spec["name"]].reset_index(drop=True)
        if spec["type"] in ("number", "integer"):
            column = _numbers(column, whole=spec["type"] == "integer")
        columns[spec["name"]] = column
    return in_id_order(pd.DataFrame(columns, copy=False))


def in_id_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows sorted by id; the same frame where they are sorted already."""
    return frame if _in_order(frame["id"]) else frame.sort_values("id", kind="stable", ignore_index=True)


def _numbers(column: pd.Series[Any], *, whole: bool) -> pd.Series[Any]:
    """Cells as numbers; each distinct text is read once."""
    import pandas as pd

    codes, words = pd.factorize(column, use_na_sentinel=False)
    read: pd.Series[Any] = pd.to_numeric(pd.Series(words, dtype=object).replace("", None), errors="coerce")
    numbers: pd.Series[Any] = read.astype("Int64") if whole else read.astype("float64")
    return numbers.take(codes).reset_index(drop=True)


def _in_order(ids: pd.Series[Any]) -> bool:
    """Whether ids are sorted already; said without making a Python object of each."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = pa.array(ids, pa.large_string(), from_pandas=True)
    return pc.all(pc.less_equal(text[:-1], text[1:])).as_py() is not False
