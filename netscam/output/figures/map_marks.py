"""Marks of the map: compounds by location precision and state, and their ties across borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.output.figures.labels import text_size
from netscam.output.style import INK, PAPER, type_style

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd
    from matplotlib.axes import Axes

    Points = npt.NDArray[np.float64]

FILLS = {"closed": "full", "emptied": "bottom", "raided": "left", "none": "none"}
"""Which part of a symbol is filled for each state, so that it also reads in grey."""
MARKERS = {True: "s", False: "o"}
"""Square for stated coordinates, circle for a rough point or that of a place."""
ABROAD = "#0072B2"
LARGER = 1.3
"""Factor on the radii of the network map, so that the filled parts can be told apart."""
BEND = 0.16
"""How far an arc bends, as a share of its length."""


def site_look(state: str, exact: bool) -> dict[str, Any]:
    """How a compound is drawn: marker, filled part and colours, as matplotlib's ``Line2D`` takes them."""
    style = type_style("compound")
    return {
        "linestyle": "none",
        "marker": MARKERS[exact],
        "fillstyle": FILLS[state],
        "markerfacecolor": style.colour,
        "markerfacecoloralt": PAPER,
        "markeredgecolor": INK if exact else style.colour,
        "markeredgewidth": 1.0 if exact else 0.8,
    }


def draw_sites(axes: Axes, points: Points, radii: Points, sites: pd.DataFrame) -> None:
    """Draw compounds at points, shape (n, 2), with radii in points; ``sites`` holds ``basis`` and ``state``."""
    for (x, y), radius, basis, state in zip(points, radii, sites["basis"], sites["state"], strict=True):
        look = site_look(state, basis == "exact")
        under = {**look, "fillstyle": "full", "markerfacecolor": PAPER, "markeredgewidth": 0.0}
        for part in (under, look):
            axes.plot([x], [y], markersize=2 * radius, zorder=4, **part)


def draw_abroad(axes: Axes, known: pd.DataFrame, abroad: pd.DataFrame) -> Points:
    """Draw ties of compounds to actors of other countries: an arc to the country's name, or to one at the right edge.

    Arcs from one point to one country are drawn once, wider the more ties they stand for. An arc ends at a name, not at
    a place: where the other actor is within its country nobody says.

    Parameters
    ----------
    axes
        The overview, with its final limits and the names of countries (gid ``country-NAME``).
    known
        Compounds with a point: ``id, longitude, latitude``.
    abroad
        As ``ties_abroad`` gives it.

    Returns
    -------
    Points that labels should not cover, shape (k, 2).
    """
    import numpy as np

    spots = known.set_index("id")[["longitude", "latitude"]]
    drawn = abroad[abroad["id"].isin(spots.index)].assign(country=abroad["countries"].map(country_words))
    grouped = drawn.join(spots.round(1), on="id").groupby(["longitude", "latitude", "country"], as_index=False).size()
    ends = _ends(axes, sorted(set(grouped["country"])))
    taken = [np.array(list(ends.values()), dtype=float).reshape(-1, 2)]
    named = {str(text.get_gid()): text_size(text.get_text(), float(text.get_fontsize())) for text in axes.texts}
    for x, y, country, ties in grouped.itertuples(index=False, name=None):
        arc = _arc(axes, (x, y), ends[country])
        taken.append(arc)
        axes.annotate(
            "",
            xy=ends[country],
            xytext=(x, y),
            arrowprops={
                "arrowstyle": "-|>,head_length=0.35,head_width=0.16",
                "color": ABROAD,
                "linewidth": 0.45 + 0.4 * int(ties),
                "connectionstyle": f"arc3,rad={BEND}",
                "shrinkA": 3,
                "shrinkB": 4 + _cut(axes, arc, named.get(f"country-{country.upper()}")),
                "alpha": 0.75,
            },
            zorder=2.5,
        )
    return np.concatenate(taken)


def _arc(axes: Axes, start: tuple[float, float], stop: tuple[float, float]) -> Points:
    """Points along an arc, in data coordinates."""
    import numpy as np

    one, two = axes.transData.transform([start, stop])
    way = two - one
    bend = (one + two) / 2 + BEND * np.array([way[1], -way[0]])
    along = np.linspace(0, 1, 24)[:, None]
    curve = (1 - along) ** 2 * one + 2 * along * (1 - along) * bend + along**2 * two
    points: Points = axes.transData.inverted().transform(curve)
    return points


def _cut(axes: Axes, arc: Points, size: Points | None) -> float:
    """Points from the end of an arc at which it meets the box, of a size in points, around the name it ends at."""
    import numpy as np

    if size is None:
        return 0.0
    way = np.abs(np.subtract(*axes.transData.transform(arc[[-2, -1]])))
    return float(np.hypot(*way) / (2 * way / size).max())


def country_words(codes: str) -> str:
    """Names of countries given by codes between semicolons, as short as the map wants them."""
    from netscam.data.rules.lists import load_countries

    names = load_countries()
    return " / ".join(names.get(code, code).split(" (")[0].replace(" SAR China", "") for code in codes.split(";"))


def _ends(axes: Axes, countries: list[str]) -> dict[str, tuple[float, float]]:
    """Where the arcs to each country end: at its name on the map, else at a name that is written at the right edge."""
    written = {str(text.get_gid()): text.get_position() for text in axes.texts}
    inside = {name: written[f"country-{name.upper()}"] for name in countries if f"country-{name.upper()}" in written}
    others = [name for name in countries if name not in inside]
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    wide = max((text_size(name, 6.0)[0] for name in others), default=0.0) * axes.figure.dpi / 72
    edge = right - wide * (right - left) / axes.get_window_extent().width - 0.012 * (right - left)
    first, step = low + 0.44 * (high - low), 0.032 * (high - low)
    ends = {name: (float(x), float(y)) for name, (x, y) in inside.items()}
    look: dict[str, Any] = {"ha": "left", "va": "center", "color": ABROAD, "zorder": 6}
    for number, name in enumerate(reversed(others)):
        y = first + number * step
        axes.text(edge, y, name, fontsize=6.0, gid=f"abroad-{name}", **look)
        ends[name] = (edge, y)
    if others:
        axes.text(edge, first + len(others) * step, "elsewhere:", fontsize=5.6, style="italic", **look)
    return ends
