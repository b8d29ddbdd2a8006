"""Traditional and simplified Chinese characters as one for the search: only those that a dataset's names call for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def _simplified() -> tuple[tuple[str, str], ...]:
    text = (files("netscam.output.page") / "han.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple((pair[0], pair[1]) for line in lines for pair in map("".join, zip(line[::2], line[1::2], strict=True)))


def folding(texts: Iterable[str]) -> str:
    """Pairs of a traditional character and its simplified form, one after another, that a search in these texts needs.

    Returns
    -------
    str
        Every pair of which a text holds either character, so that what is typed in one form finds the other; empty for
        texts without Chinese. Where several traditional characters have one simplified form they are found together.
    """
    used = set().union(*map(set, texts))
    return "".join(a + b for a, b in _simplified() if a in used or b in used)
