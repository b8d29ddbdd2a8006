"""Results on a terminal or in a pipe: aligned text and JSON."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netscam.errors import HIDDEN, visible

if TYPE_CHECKING:
    import pandas as pd

WIDEST = 60


def frame_text(frame: pd.DataFrame, *, digits: int = 4) -> str:
    """Aligned text of a table, without its index.

    Text stands left and numbers right; numbers have ``digits`` significant digits; a missing value is ``-``; text of
    more than 60 characters is cut, here and nowhere else.
    """
    columns = [[str(name), *(_shown(value, digits) for value in frame[name].tolist())] for name in frame.columns]
    right = [frame[name].dtype.kind in "fiu" for name in frame.columns]
    widths = [max(map(len, column)) for column in columns]
    lines = zip(*columns, strict=True)
    return "\n".join(
        "  ".join(
            cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    )


def _shown(value: object, digits: int) -> str:
    if value is None or value != value:  # noqa: PLR0124  (NaN)
        return "-"
    text = f"{value:.{digits}g}" if isinstance(value, float) else visible(str(value))
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "\u2026"


def frame_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a table as dictionaries, in order."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def nested_text(values: Mapping[str, Any], indent: int = 0) -> str:
    """Names and values one per line, inner mappings indented below their name."""
    lines = []
    for key, value in values.items():
        if isinstance(value, Mapping):
            lines += [f"{' ' * indent}{key}", nested_text(value, indent + 2)]
        else:
            shown = f"{value:.4g}" if isinstance(value, float) else value
            lines.append(visible(f"{' ' * indent}{key:<{max(1, 30 - indent)}} {shown}"))
    return "\n".join(lines)


def json_text(value: Any) -> str:
    """A result as JSON: two spaces, names as they are, NaN as null; no character that a terminal would obey."""
    text = json.dumps(json_ready(value), ensure_ascii=False, indent=2, allow_nan=False)
    return HIDDEN.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text)


def json_ready(value: Any) -> Any:
    """A result as plain JSON values.

    Dataclasses and tables become objects and lists, NumPy numbers plain ones, NaN and infinity null.
    """
    import numpy as np
    import pandas as pd

    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): json_ready(item) for key, item in value.items()}
    if isinstance(value, pd.DataFrame):
        return json_ready(frame_records(value))
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray, pd.Series, pd.Index)):
        return [json_ready(item) for item in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    return _plain(value)


def _plain(value: Any) -> Any:
    import numpy as np
    import pandas as pd

    if isinstance(value, np.generic):
        value = value.item()
    if value is pd.NA or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return str(value) if isinstance(value, Path) else value
