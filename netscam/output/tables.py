"""Tables for spreadsheets: CSV in which no cell can act as a formula."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters by which a spreadsheet may take a text cell for a formula (OWASP, CSV injection)."""


def export_csv(frame: pd.DataFrame, *, digits: int | None = None, bom: bool = False) -> str:
    """CSV text of a table, safe to open in a spreadsheet.

    Parameters
    ----------
    frame
        The table; its index is left out.
    digits
        Significant digits of non-integer numbers; all that they have when None.
    bom
        Start with a byte order mark, by which Excel knows UTF-8.

    Returns
    -------
    str
        UTF-8 text with LF line ends and quotes only where needed. A text cell (or column name) that begins like a
        formula gets an apostrophe in front; numbers are left alone; missing values are empty; truth values are
        ``true`` and ``false``. Row order is the frame's own.

    Notes
    -----
    The apostrophe makes such a cell differ from the data. Datasets are never written with it: see ``write_dataset``.

    Examples
    --------
    >>> import pandas as pd
    >>> print(export_csv(pd.DataFrame({"name": ["=1+1"], "rank": [-1.0]})), end="")
    name,rank
    '=1+1,-1
    """
    rows = [[guarded(str(name)) for name in frame.columns]]
    rows.extend([_cell(value, digits) for value in row] for row in frame.itertuples(index=False, name=None))
    text = "".join(",".join(map(_quoted, row)) + "\n" for row in rows)
    return ("\ufeff" if bom else "") + text


def guarded(text: str) -> str:
    """Text with an apostrophe in front if a spreadsheet might take it for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _quoted(cell: str) -> str:
    """Cell in quotes where it needs them; csv.writer leaves a lone carriage return bare."""
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ',"\r\n') else cell


def _cell(value: object, digits: int | None) -> str:
    import numpy as np
    import pandas as pd

    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, (float, np.floating)):
        return _number(float(value), digits)
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    return guarded(str(value))


def _number(value: float, digits: int | None) -> str:
    if math.isnan(value):
        return ""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value) if digits is None else f"{value:.{digits}g}"
