"""Figure: the compounds on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.output.figures.borders import draw_borders, name_countries, towns
from netscam.output.figures.compounds import find_crowds, locate_compounds
from netscam.output.figures.labels import Label, place_labels
from netscam.output.figures.map_marks import LARGER, draw_abroad, draw_sites
from netscam.output.figures.map_words import draw_legend, map_alt, map_caption
from netscam.output.figures.network import radius_of
from netscam.output.figures.sheet import FIGURES, Drawn, Scene, fill_axes, new_sheet, short
from netscam.output.figures.sides import DEGREE, border_distance, fan_home, name_sides
from netscam.output.figures.states import compound_states, ties_abroad
from netscam.output.style import FAINT, INK, SOFT

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Points = npt.NDArray[np.float64]

HEIGHT = 172.0
OVERVIEW = 0.55
"""Share of the width that the overview takes."""
MOST_INSETS = 2
ASIDE = (-0.7, -0.35, 0.35, 0.7)
"""Inches to either side of a symbol that its name may take."""
LEAST_SPAN = 3.0
"""Degrees: no overview is narrower."""


@FIGURES.add("map")
def compound_map(scene: Scene) -> Drawn:
    """The compounds on the map: where they are said to be, by rank and state, with their ties across borders."""
    compounds = _located(scene)
    abroad = ties_abroad(scene.data, scene.study.graph)
    points = compounds[["longitude", "latitude"]].to_numpy(dtype=float)
    compounds["border_km"] = border_distance(points, compounds["countries"].tolist()).round(1)
    off = max(0.0, -float(compounds["border_km"].min()))
    known = compounds[compounds["basis"] != "unknown"].reset_index(drop=True)
    spots = known[["longitude", "latitude"]].to_numpy(dtype=float)
    crowds = find_crowds(spots)[:MOST_INSETS]
    figure, bottom, top = new_sheet(scene.data, HEIGHT, "Compounds on the map")
    _overview(figure, (bottom, top), known, crowds, abroad)
    room = (top - bottom - 55 / HEIGHT) / max(len(crowds), 1)
    for number, crowd in enumerate(crowds):
        floor = top - (number + 1) * room
        mine = known.iloc[crowd].reset_index(drop=True)
        _inset(figure, (floor, room - 2.5 / HEIGHT), mine, (chr(ord("A") + number), off))
    draw_legend(figure, (OVERVIEW + 0.012, bottom, HEIGHT), compounds, off)
    caption = map_caption(compounds, crowds, known, abroad)
    alt = map_alt(compounds, abroad)
    return Drawn(figure, "Compounds on the map", caption, alt, compounds, {"ties-abroad": abroad})


def _located(scene: Scene) -> pd.DataFrame:
    """Compounds with point, state and rank; ``rank`` is empty for those that lie between no others."""
    study = scene.study
    found = locate_compounds(scene.data, study.ties)
    found = found.merge(compound_states(scene.data), on="id", how="left", validate="1:1")
    between = study.ranks["betweenness"].where(study.scores["betweenness"].gt(0))
    ranks = dict(zip(study.ranks["id"], between, strict=True))
    found.insert(4, "betweenness_rank", found["id"].map(ranks).astype(float))
    return found


def _window(spots: Points, least: float, margin: float) -> tuple[float, float, float, float]:
    """Left, right, low and high of a window around points, in degrees."""
    import numpy as np

    if not len(spots):
        return 96.0, 110.0, 8.0, 24.0
    low, high = spots.min(axis=0), spots.max(axis=0)
    half = np.maximum((high - low) / 2, least / 2) + margin
    middle = (low + high) / 2
    return middle[0] - half[0], middle[0] + half[0], middle[1] - half[1], middle[1] + half[1]


def _frame(axes: Axes, window: tuple[float, float, float, float]) -> None:
    """Show a window so that a kilometre is equally long both ways, in a frame without ticks."""
    import numpy as np

    fill_axes(axes, window, stretch=float(1 / np.cos(np.radians((window[2] + window[3]) / 2))))
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(True)
    axes.spines[:].set_linewidth(0.5)


def _overview(
    figure: Figure,
    span: tuple[float, float],
    known: pd.DataFrame,
    crowds: list[list[int]],
    abroad: pd.DataFrame,
) -> None:
    import numpy as np
    from matplotlib.patches import Rectangle

    bottom, top = span
    axes = figure.add_axes((0.006, bottom, OVERVIEW - 0.006, top - bottom))
    spots = known[["longitude", "latitude"]].to_numpy(dtype=float)
    left, right, low, high = _window(spots, LEAST_SPAN, 0.9)
    _frame(axes, (left, right + 1.6, low, high))
    draw_borders(axes)
    hidden = {index for crowd in crowds for index in crowd}
    shown = known.iloc[[index for index in range(len(known)) if index not in hidden]].reset_index(drop=True)
    labels, edges = [], [name_countries(axes, spots)]
    for number, crowd in enumerate(crowds):
        left, right, low, high = _window(spots[crowd], 0.5, 0.15)
        box = Rectangle((left, low), right - left, high - low, fill=False, edgecolor=INK, linewidth=0.9, zorder=6)
        axes.add_patch(box)
        edges.append(np.asarray(box.get_path().interpolated(12).transformed(box.get_patch_transform()).vertices))
        text, corner = f"{chr(ord('A') + number)}: {len(crowd)} compounds", (left + right) / 2
        reach = float(axes.transData.transform((right, high))[0] - axes.transData.transform((corner, high))[0])
        radius = reach * 72 / axes.figure.dpi
        labels.append(Label(f"crowd-{number}", text, corner, (low + high) / 2, radius, size=6.5, weight="bold"))
    edges.append(draw_abroad(axes, known, abroad))
    if known.empty:
        words = "Nothing to draw: no compound has a known point."
        axes.text(0.5, 0.03, words, transform=axes.transAxes, ha="center", fontsize=7, color=INK, zorder=9)
    _compounds(axes, shown, 1, (labels, np.concatenate(edges)))


def _inset(figure: Figure, span: tuple[float, float], mine: pd.DataFrame, mark: tuple[str, float]) -> None:
    """One crowd near by; ``mark`` holds its letter and by how many km the drawn border is known to be off."""
    import numpy as np

    letter, off = mark
    axes = figure.add_axes((OVERVIEW + 0.012, span[0], 1 - OVERVIEW - 0.018, span[1]))
    spots = mine[["longitude", "latitude"]].to_numpy(dtype=float)
    _frame(axes, _window(spots, 0.12, 0.09))
    # The coast of the map data is too coarse for a window of half a degree; borders are not.
    draw_borders(axes, land=False, band=2 * off / DEGREE * _points_per_degree(axes))
    axes.text(0.012, 0.985, letter, transform=axes.transAxes, fontsize=8, fontweight="bold", va="top", zorder=8)
    _scale_bar(axes)
    _compounds(axes, mine, 3, ([], np.zeros((0, 2))))


def _points_per_degree(axes: Axes) -> float:
    """Points per degree of latitude."""
    low, high = axes.get_ylim()
    return float(axes.get_window_extent().height * 72 / axes.figure.dpi / (high - low))


def _scale_bar(axes: Axes) -> None:
    import numpy as np

    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    per_degree = 111.32 * np.cos(np.radians((low + high) / 2))
    length = max(step for step in (1, 2, 5, 10, 20, 50, 100) if step / per_degree < 0.3 * (right - left) or step == 1)
    x, y = right - 0.04 * (right - left) - length / per_degree, low + 0.035 * (high - low)
    axes.plot([x, x + length / per_degree], [y, y], color=INK, linewidth=1.2, zorder=8)
    axes.text(x + length / per_degree / 2, y, f"{length} km\n", ha="center", va="center", fontsize=5.5, zorder=8)


def _compounds(axes: Axes, shown: pd.DataFrame, rank: int, more: tuple[list[Label], Points]) -> None:
    """Symbols, parted where they share a spot, with their names, the places that they stand for, and towns.

    ``more`` holds labels that come first, and points that labels should not cover.
    """
    import numpy as np

    spots = shown[["longitude", "latitude"]].to_numpy(dtype=float).reshape(-1, 2)
    radii = LARGER * np.array([radius_of(rank) for rank in shown["betweenness_rank"]])
    offsets = fan_home(axes, spots, radii, shown["countries"].tolist(), listed=rank > 1) if len(shown) else spots
    pixels = axes.transData.transform(spots) + offsets * axes.figure.dpi / 72 if len(shown) else spots
    points = axes.transData.inverted().transform(pixels) if len(shown) else spots
    if len(shown):
        axes.plot(*np.stack([spots, points], axis=0).transpose(2, 0, 1), color=FAINT, linewidth=0.5, zorder=3)
    draw_sites(axes, points, radii, shown)
    places = shown[shown["place"].ne("")].drop_duplicates("place")
    crosses = places[["longitude", "latitude"]].to_numpy(dtype=float)
    axes.scatter(crosses[:, 0], crosses[:, 1], s=16, marker="+", color=INK, linewidth=0.7, zorder=5)
    names = [
        Label(
            str(row["id"]),
            short(str(row["name"]), 26 if rank == 1 else 23),
            float(x),
            float(y),
            float(radius),
            size=5.6,
        )
        for row, (x, y), radius in zip(shown.to_dict("records"), points, radii, strict=True)
    ]
    near = _towns(axes, np.vstack([crosses, points]), rank)
    dots = np.array([[town.x, town.y] for town in near]).reshape(-1, 2)
    taken = more[1]
    if rank > 1:
        # Beside the symbols their names will stand.
        moves = [np.array([side * axes.figure.dpi, 0.0]) for side in ASIDE]
        beside = [axes.transData.inverted().transform(pixels + move) for move in moves]
        taken = np.vstack([taken, name_sides(axes, np.vstack([spots, points, *beside]))])
    symbols = np.vstack([points, crosses, dots, taken])
    sizes = np.concatenate([radii, np.full(len(crosses), 2.0), np.ones(len(near) + len(taken))])
    heads = _place_labels(places)
    labels = [*more[0], *(heads + names if rank == 1 else names + heads), *near]
    homeless = set(place_labels(axes, labels, symbols, sizes))
    # A dot without a name would say nothing.
    for town in near:
        if town.key not in homeless:
            axes.scatter([town.x], [town.y], s=4, color=SOFT, linewidth=0, zorder=2)


def _towns(axes: Axes, crosses: Points, rank: int) -> list[Label]:
    """Labels of towns for orientation, other than those that a cross or symbol would cover."""
    import numpy as np

    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    labels = []
    for name, x, y in towns(rank):
        inside = left < x < right and low < y < high
        if inside and not (np.hypot(*(crosses - [x, y]).T) < 0.012 * (right - left)).any():
            labels.append(Label(f"town-{name}", name, x, y, 1.2, size=5.6, colour=SOFT, reach=4.0))
    return labels


def _place_labels(places: pd.DataFrame) -> list[Label]:
    return [
        Label(
            f"place-{row['place']}",
            short(str(row["place_name"]).split(",")[0].split(" (")[0], 24),
            row["longitude"],
            row["latitude"],
            2.5,
            size=6.0,
            weight="bold",
            colour=SOFT,
        )
        for row in places.to_dict("records")
    ]
