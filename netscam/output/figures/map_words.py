"""What stands beside the map: its legend, its caption and its alternative text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.output.figures.borders import BAND, CREDIT
from netscam.output.figures.map_marks import ABROAD, LARGER, site_look
from netscam.output.figures.network import size_handles
from netscam.output.figures.sheet import spoken
from netscam.output.figures.states import STATES
from netscam.output.style import INK

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


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
    counts, states = compounds["basis"].value_counts(), compounds["state"].value_counts()
    size: dict[str, Any] = {"markersize": 5}
    square = Line2D([], [], **size, **site_look("none", True))
    circle = Line2D([], [], **size, **site_look("none", False))
    square.set_label(f"coordinates stated in a document ({counts.get('exact', 0)})")
    elsewhere = int(counts.get("place", 0)) + int(counts.get("approximate", 0))
    circle.set_label(f"rough point, or set around its place ({elsewhere})")
    cross = Line2D([], [], linestyle="none", marker="+", markersize=5, color=INK, label="place whose point stands in")
    told = f"borders generalised, up to {off:.1f} km off where checked;\ncountries are what the data states"
    band = Line2D(
        [], [], linewidth=6, solid_capstyle="butt", color=BAND, label=told if off else "borders are generalised"
    )
    arc = Line2D([], [], color=ABROAD, linewidth=1.0, label="tie to an actor of another country (ends at its name)")
    marks = [
        Line2D([], [], **size, **site_look(state, False), label=f"{words} ({states.get(state, 0)})")
        for state, words in STATES.items()
    ]
    sizes = size_handles(LARGER)
    blocks = [
        (29.5, "Location", [square, circle, cross, band, arc], 1),
        (10.5, "State after the last event that names it", marks, 1),
        (0.0, "Betweenness rank in the whole network", sizes, 4),
    ]
    for up, title, handles, columns in blocks:
        _block(figure, (left, bottom + up / height), title, handles, columns)


def _block(figure: Figure, spot: tuple[float, float], title: str, handles: list[Any], columns: int) -> None:
    figure.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=spot,
        ncols=columns,
        title=title,
        alignment="left",
        borderaxespad=0.0,
        borderpad=0.0,
        labelspacing=0.3 if columns == 1 else 0.8,
        columnspacing=1.2,
        handletextpad=0.4,
        fontsize=6.2,
        title_fontproperties={"size": 6.5, "weight": "bold"},
    )


def map_caption(compounds: pd.DataFrame, crowds: list[list[int]], known: pd.DataFrame, abroad: pd.DataFrame) -> str:
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
        f"Recorded compounds: {len(compounds)}. With coordinates that a document states (square): "
        f"{counts.get('exact', 0)}. With a rough point: {counts.get('approximate', 0)}. Beside the point of the town, "
        f"zone or province that they are recorded to lie in: {counts.get('place', 0)} (circle; fanned out so that none "
        "covers another, and never across a border, so that their position on the sheet is "
        "not a location). Without any place with a known point, "
        f"and not drawn: {len(unknown)}{missing}.{told} Insets show borders but no coast; the land of the overview is "
        f"coarser than its borders, so that a place on the coast can seem to lie at sea. {_told_borders(known)} "
        f"{_told_states(compounds)} {_told_abroad(compounds, abroad)} Size: rank by betweenness in the whole "
        "network. A recorded compound is a site that some document describes as used, or "
        f"suspected of use, for online-scam work; its standing is in the CSV. {CREDIT}"
    )


def _told_states(compounds: pd.DataFrame) -> str:
    """How many compounds are in which state, and what a state does not mean."""
    counts = compounds["state"].value_counts()
    told = [f"{words}: {counts.get(state, 0)}" for state, words in STATES.items()]
    return (
        f"Filled part: state after the last event that names the compound ({'; '.join(told)}). No such event does not "
        "mean that a site is active, nor does an event mean that it is not: sites were taken up again after raids."
    )


def _told_abroad(compounds: pd.DataFrame, abroad: pd.DataFrame) -> str:
    if abroad.empty:
        return "No compound has a recorded tie to an actor of another country."
    lost = compounds.loc[compounds["basis"].eq("unknown"), "id"]
    missing = int(abroad["id"].isin(lost).sum())
    told = f", {missing} of them at compounds without a point and not drawn" if missing else ""
    return (
        f"Arcs: {len(abroad)} ties of {abroad['id'].nunique()} compounds to actors whose stated countries are all "
        f"others{told}; an arc ends at a country's name, not at a place."
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


def map_alt(compounds: pd.DataFrame, abroad: pd.DataFrame) -> str:
    """The map told to someone who cannot see it."""
    counts = compounds.loc[compounds["place_name"].ne(""), "place_name"].value_counts()
    ordered = sorted(((int(n), str(name)) for name, n in counts.items()), key=lambda item: (-item[0], item[1]))
    told = [f"{name} ({number})" for number, name in ordered]
    exact = compounds.loc[compounds["basis"].eq("exact"), "name"].tolist()
    closed = compounds.loc[compounds["state"].eq("closed"), "name"].tolist()
    return (
        f"Map of Cambodia and its neighbours with borders. Compounds with stated coordinates: {spoken(exact)}. Others "
        f"are drawn around the place they are recorded in: {spoken(told)}. Closed or demolished: {spoken(closed)}. "
        f"Arcs lead to actors of other countries ({len(abroad)} ties)."
    )
