"""The sheet that every figure is drawn on, and what a figure function is given and gives back."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from netscam.output.style import MM, PAGE_WIDTH, SOFT
from netscam.registry import Registry

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from netscam.analysis.keynodes import KeyNodes
    from netscam.analysis.study import Study
    from netscam.analysis.uncertainty import Uncertainty
    from netscam.data.dataset import Dataset

FOOT_LINE = 180
"""Characters per line of the foot at its font size."""
FOOT_SIZE = 5.0
DOUBTED = ("betweenness", "degree", "pagerank", "harmonic")
"""The main measures, whose ranks are shown with intervals."""
DRAWS = 1000
"""Networks drawn for the intervals."""


@dataclass(frozen=True)
class Scene:
    """What a figure function may draw from.

    Results that more than one figure shows are computed once, when the first of them asks.

    Parameters
    ----------
    data
        The dataset: names, standings, places.
    study
        The standard results on its analysis graph.
    places
        Coordinates of the network's nodes: columns ``id, x, y``.
    """

    data: Dataset
    study: Study
    places: pd.DataFrame

    @cached_property
    def doubt(self) -> Uncertainty:
        """Ranks under the main measures (``DOUBTED``) over ``DRAWS`` networks drawn from the evidence."""
        from netscam.analysis.uncertainty import uncertainty

        return uncertainty(self.data, DOUBTED, draws=DRAWS, seed=self.study.seed)


@dataclass(frozen=True)
class Drawn:
    """A finished figure.

    Parameters
    ----------
    figure
        The matplotlib figure.
    title
        A few words.
    caption
        What is seen, with the numbers; plain text.
    alt
        The figure told to someone who cannot see it; plain text.
    numbers
        The plotted numbers; written as ``<name>.csv``.
    more
        Further tables of plotted numbers by suffix; written as ``<name>-<suffix>.csv``.
    """

    figure: Figure
    title: str
    caption: str
    alt: str
    numbers: pd.DataFrame
    more: Mapping[str, pd.DataFrame] = field(default_factory=dict)


FIGURES: Registry[Callable[[Scene], Drawn]] = Registry("figure")


def foot_text(data: Dataset) -> str:
    """Data version, as-of date and caveat, wrapped for the foot of a figure."""
    stamp = f"{data.title}, version {data.version}, sha256 {data.hash()[:12]}, as of {data.as_of}."
    return "\n".join(textwrap.wrap(f"{stamp} {data.caveat}", FOOT_LINE))


def new_sheet(data: Dataset, height: float, title: str) -> tuple[Figure, float, float]:
    """Empty figure of page width with its title and, at the foot, data version and caveat.

    Parameters
    ----------
    data
        Where version and caveat come from.
    height
        In millimetres.
    title
        Written at the top left.

    Returns
    -------
    figure, bottom, top
        ``bottom`` and ``top`` bound the room between foot and title, in fractions of the height.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(PAGE_WIDTH, height * MM))
    foot = foot_text(data)
    figure.text(0.006, 1.2 / height, foot, fontsize=FOOT_SIZE, color=SOFT, va="bottom", linespacing=1.15, gid="foot")
    figure.text(0.006, 1 - 1.5 / height, title, fontsize=9, fontweight="bold", va="top", gid="title")
    lines = foot.count("\n") + 1
    return figure, (2.5 + 2.15 * lines) / height, 1 - 6.5 / height


def fill_axes(axes: Axes, window: tuple[float, float, float, float], stretch: float = 1.0) -> None:
    """Set limits that show a window whole and fill the axes, with a unit equally long both ways.

    Parameters
    ----------
    axes
        Axes with their final position.
    window
        Left, right, low and high of what must be seen.
    stretch
        How much longer a unit upwards is drawn than one sideways.
    """
    left, right, low, high = window
    box = axes.get_window_extent()
    grow = box.width / box.height
    wide, tall = right - left, (high - low) * stretch
    wide, tall = max(wide, tall * grow), max(tall, wide / grow) / stretch
    axes.set_xlim((left + right - wide) / 2, (left + right + wide) / 2)
    axes.set_ylim((low + high - tall) / 2, (low + high + tall) / 2)


def say_empty(axes: Axes, why: str) -> None:
    """Write in the middle of a panel why it shows nothing, and take its axes away."""
    axes.set_axis_off()
    words = "\n".join(textwrap.wrap(why, 60))
    axes.text(0.5, 0.5, words, transform=axes.transAxes, ha="center", va="center", fontsize=7, color=SOFT)


def short(name: str, length: int = 30) -> str:
    """Name cut at a word to at most ``length`` characters, with an ellipsis; signs that the font lacks become ``?``."""
    name = "".join(sign if ord(sign) in _signs() else "?" for sign in " ".join(name.split()))
    if len(name) <= length:
        return name
    cut = name[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;(-") + "…"


@cache
def _signs() -> frozenset[int]:
    """Code points that the figures' font can draw."""
    from matplotlib.font_manager import findfont, get_font

    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())


def proof_words(keys: KeyNodes) -> str:
    """What is proved about a key-node set, in a few words."""
    if keys.proven_optimal:
        return "proven optimal"
    return "no bound proved" if keys.bound is None else f"proven bound {keys.bound:,.0f}"


def spoken(items: list[str]) -> str:
    """Items as words: ``a``, ``a and b``, ``a, b and c``; with semicolons where an item has a comma itself."""
    if len(items) < 2:
        return items[0] if items else "none"
    comma = any("," in item for item in items)
    return f"{('; ' if comma else ', ').join(items[:-1])}{'; and' if comma else ' and'} {items[-1]}"
