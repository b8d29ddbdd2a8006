"""One table as it stands in its file, before anything is believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from netscam.errors import Problem

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


@dataclass(frozen=True)
class RawTable:
    """The text of one table and what went wrong while reading it.

    Parameters
    ----------
    file
        Name for messages, for example ``relations.csv``.
    frame
        Every column of the schema that the file has, in the schema's order and as text (``""`` is missing), rows in
        file order; ``None`` when the file is of no use.
    lines
        Line in the file of each row, counted from 1; ``None`` means row + 2.
    problems
        Structural problems, sorted. A row with one of them is set aside and is not in ``frame``.
    set_aside
        Ids of the rows set aside, so that other tables that point at them are not blamed.
    """

    file: str
    frame: pd.DataFrame | None
    lines: NDArray[np.int64] | None = None
    problems: tuple[Problem, ...] = ()
    set_aside: frozenset[str] = field(default_factory=frozenset)
