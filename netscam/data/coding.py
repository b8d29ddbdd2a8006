"""Text columns as numbers: where each value stands among others, and what a word stands for."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

THREADS = 2
"""Columns looked up at once; Arrow lets go of the interpreter while it works."""


def positions(among: pd.Series[str], *columns: pd.Series[str]) -> list[Ints]:
    """Row of ``among`` at which each value of each column stands; -1 for a value that it lacks.

    Parameters
    ----------
    among
        Distinct texts, for example the ids of a table.
    columns
        Texts to look up.

    Returns
    -------
    list of numpy.ndarray
        One array of the column's length for each column.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    known = pa.array(among, pa.large_string(), from_pandas=True)
    known = known.combine_chunks() if isinstance(known, pa.ChunkedArray) else known

    def look_up(column: pd.Series[str]) -> Ints:
        if column.dtype == "category":
            (places,) = positions(among, column.cat.categories.to_series())
            return np.append(places, -1)[column.cat.codes]
        text = pa.array(column, pa.large_string(), from_pandas=True)
        if len(text) == len(known) and text.equals(_like(text, known)):  # as lists made by a program often are
            return np.arange(len(known))
        found = pc.fill_null(pc.index_in(text, value_set=known, skip_nulls=True), -1)
        return np.asarray(found.to_numpy(zero_copy_only=False) if isinstance(found, pa.Array) else found, np.int64)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(look_up, columns))


def _like(text: Any, known: Any) -> Any:
    import pyarrow as pa

    return pa.chunked_array([known]) if isinstance(text, pa.ChunkedArray) else known


def words_as_numbers(column: pd.Series[str], meaning: Mapping[str, float]) -> Floats:
    """What each word of a column stands for; NaN for a word without a meaning."""
    codes, words = code(column)
    numbers = np.array([meaning.get(word, np.nan) for word in words] + [np.nan], dtype=np.float64)
    return np.asarray(numbers[codes], dtype=np.float64)


def code(column: pd.Series[str]) -> tuple[Ints, list[str]]:
    """Number the distinct words of a column in the order of the words; -1 stands for a missing one."""
    import pandas as pd

    codes, words = pd.factorize(column)
    texts = np.asarray(words, dtype=object)
    order = np.argsort(texts, kind="stable")
    rank = np.append(np.empty(len(order), dtype=np.int64), -1)
    rank[order] = np.arange(len(order))
    return rank[codes], texts[order].tolist()
