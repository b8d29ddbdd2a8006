"""What stands beside the map: its legend, its caption and its alternative text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.output.figures.borders import BAND, CREDIT
from netscam.output.figures.sheet import spoken
from netscam.output.style import INK, PAPER, type_style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SIZES = ((0, 1.7), (3, 2.4), (9, 3.2), (None, 4.2))
"""Radius in points up to each number of ties."""


def draw_legend(figure: Figure, place: tuple[float, float, float], compounds: pd.DataFrame, off: float) -> None:
    """Draw what the symbols stand for.

    Parameters
    ----------
    figure
        The sheet.
    place
        Left and bottom of the legend in fractions of the sheet, and the height of the sheet in millimetres.
    compounds
        As ``locate_compounds`` gives them.
    off
        By how many kilometres the drawn borders are known to be off.
    """
    from matplotlib.lines import Line2D

    left, bottom, height = place
    style = type_style("compound")
    counts = compounds["basis"].value_counts()
    square: dict[str, Any] = {"linestyle": "none", "marker": style.marker, "markeredgecolor": style.colour}
    filled = Line2D([], [], markersize=5, markerfacecolor=style.colour, **square)
    hollow = Line2D([], [], markersize=5, markerfacecolor=PAPER, **square)
    filled.set_label(f"coordinates stated in a document ({counts.get('exact', 0)})")
    elsewhere = int(counts.get("place", 0)) + int(counts.get("approximate", 0))
    hollow.set_label(f"rough point, or fanned out around its place ({elsewhere})")
    cross = Line2D([], [], linestyle="none", marker="+", markersize=5, color=INK, label="place whose point stands in")
    told = f"borders are generalised, up to {off:.1f} km off where checked\n(band); countries are what the data states"
    band = Line2D(
        [], [], linewidth=6, solid_capstyle="butt", color=BAND, label=told if off else "borders are generalised"
    )
    figure.legend(
        handles=[filled, hollow, cross, band],
        loc="lower left",
        bbox_to_anchor=(left, bottom + 10 / height),
        borderaxespad=0.0,
        borderpad=0.0,
        labelspacing=0.35,
        handletextpad=0.4,
    )
    words = [f"up to {limit}" if limit is not None else "more" for limit, _ in SIZES]
    words[0] = "none"
    sizes = [
        Line2D([], [], markersize=2 * radius * style.scale, markerfacecolor=PAPER, label=word, **square)
        for (_, radius), word in zip(SIZES, words, strict=True)
    ]
    figure.legend(
        handles=sizes,
        loc="lower left",
        bbox_to_anchor=(left, bottom),
        ncols=4,
        title="Ties in the analysis graph",
        alignment="left",
        borderaxespad=0.0,
        borderpad=0.0,
        columnspacing=1.2,
        handletextpad=0.4,
        title_fontproperties={"size": 6.5, "weight": "bold"},
    )


def map_caption(compounds: pd.DataFrame, crowds: list[list[int]], known: pd.DataFrame) -> str:
    """Caption of the map, with what is not drawn and which points the drawn borders leave in another country."""
    counts = compounds["basis"].value_counts()
    unknown = compounds[compounds["basis"] == "unknown"]
    insets = [
        f"{chr(ord('A') + number)} ({len(crowd)} compounds around {_around(known.iloc[crowd])})"
        for number, crowd in enumerate(crowds)
    ]
    told = f" Insets: {spoken(insets)}." if insets else ""
    missing = f" ({spoken(unknown['name'].tolist())})" if len(unknown) else ""
    return (
        f"Recorded compounds: {len(compounds)}. With coordinates that a document states (filled): "
        f"{counts.get('exact', 0)}. With a rough point: {counts.get('approximate', 0)}. Beside the point of the town, "
        f"zone or province that they are recorded to lie in: {counts.get('place', 0)} (hollow; fanned out so that none "
        "covers another, and never across a border, so that their position on the sheet is "
        "not a location). Without any place with a known point, "
        f"and not drawn: {len(unknown)}{missing}.{told} Insets show borders but no coast; the land of the overview is "
        f"coarser than its borders, so that a place on the coast can seem to lie at sea. {_told_borders(known)} Size: "
        "number of ties in the analysis graph. A recorded compound is a site that some document describes as used, or "
        f"suspected of use, for online-scam work; its standing is in the CSV. {CREDIT}"
    )


def _told_borders(known: pd.DataFrame) -> str:
    """Which points come to lie on the wrong side of the drawn borders, and by how much."""
    general = "The country of a compound is what the data states; the drawn borders are generalised"
    wrong = known[known["border_km"].lt(0)]
    if wrong.empty:
        return f"{general}."
    names = wrong["place_name"].where(wrong["place_name"].ne(""), wrong["name"])
    points = [
        f"{name} ({-km:.1f} km, stated: {country})"
        for name, km, country in sorted(set(zip(names, wrong["border_km"], wrong["countries"], strict=True)))
    ]
    return (
        f"{general}, and these points come to lie on the other side of the nearest one, by up to "
        f"{-wrong['border_km'].min():.1f} km: {spoken(points)}. In the insets a band as wide as that to either side is "
        "drawn under each border."
    )


def _around(crowd: pd.DataFrame) -> str:
    named = crowd[crowd["place_name"].ne("")]["place_name"].value_counts()
    if named.empty:
        return str(crowd["name"].iloc[0])
    return min(str(name) for name in named[named == named.max()].index).split(",")[0]


def map_alt(compounds: pd.DataFrame) -> str:
    """The map told to someone who cannot see it."""
    counts = compounds.loc[compounds["place_name"].ne(""), "place_name"].value_counts()
    ordered = sorted(((int(n), str(name)) for name, n in counts.items()), key=lambda item: (-item[0], item[1]))
    told = [f"{name} ({number})" for number, name in ordered]
    exact = compounds.loc[compounds["basis"].eq("exact"), "name"].tolist()
    return (
        f"Map of Cambodia and its neighbours with borders. Compounds with stated coordinates: {spoken(exact)}. Others "
        f"are drawn around the place they are recorded in: {spoken(told)}."
    )
