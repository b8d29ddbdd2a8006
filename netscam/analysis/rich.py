"""How results show themselves in a notebook: a sentence and the first rows of their table."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from netscam.errors import visible

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 20


def rich_table(words: str, frame: pd.DataFrame) -> str:
    """HTML of a sentence and a table of at most ``MOST_ROWS`` rows; whatever they hold is text.

    Never markup, and no character that turns the direction of writing or that a terminal would obey.
    """
    shown = frame.head(MOST_ROWS)
    table = shown.to_html(index=False, border=0, float_format=lambda number: f"{number:.4g}")
    rest = len(frame) - len(shown)
    more = f"<p>and {rest:,} more {'row' if rest == 1 else 'rows'}: see <code>to_frame()</code></p>" if rest else ""
    return visible(f"<p>{html.escape(words)}</p>{table}{more}", keep="\n")
