"""Text columns as numbers: where each value stands among others, and what a word stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Ints = NDArray[np.signedinteger[Any]]
    Floats = NDArray[np.float64]


def positions(among: pd.Series[str], column: pd.Series[str]) -> Ints:
    """Row of ``among`` at which each value of a column stands; -1 for a value that it lacks.

    Parameters
    ----------
    among
        Distinct texts, for example the ids of a table.
    column
        Texts to look up.

    Returns
    -------
    numpy.ndarray
        Shape (length of the column,).
    """
    import pyarrow.compute as pc

    known, text = as_text(among), as_text(column)
    if text.equals(known):  # as lists made by a program often are
        return np.arange(len(known), dtype=np.int32)
    found = pc.fill_null(pc.index_in(text, value_set=known, skip_nulls=True), -1)
    return np.asarray(found, np.int32)


def as_text(column: Any) -> Any:
    """A column as one Arrow array of large strings, without a copy where it is one already."""
    import pyarrow as pa

    text = pa.array(column, pa.large_string(), from_pandas=True)
    return text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text


def give_back() -> None:
    """Let the system have what Arrow holds of memory that is free: as much again as is in use after reading."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()


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
