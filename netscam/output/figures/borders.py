"""Land, borders and towns of the region, from the map data that ships with netscam."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from netscam.output.style import SOFT

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from matplotlib.axes import Axes

    Points = npt.NDArray[np.float64]

LAND = "#F1F0EB"
BORDER = "#9A9A9A"
BAND = "#E9E6DC"
CREDIT = "Borders: Natural Earth 1:10m, land: 1:50m, public domain."


@cache
def _features() -> tuple[dict[str, Any], ...]:
    text = (files("netscam.output") / "mapdata" / "mekong.geojson").read_text(encoding="utf-8")
    return tuple(json.loads(text)["features"])


def _of_kind(kind: str) -> list[dict[str, Any]]:
    return [feature for feature in _features() if feature["properties"]["kind"] == kind]


@cache
def borders() -> tuple[tuple[str, str, Points], ...]:
    """Every border line: name of the country to its left, of that to its right, and its points, shape (k, 2)."""
    import numpy as np

    found: list[tuple[str, str, Points]] = []
    for border in _of_kind("border"):
        left, right = border["properties"]["name"].split(" - ")
        found.extend((left, right, np.array(line)) for line in border["geometry"]["coordinates"])
    return tuple(found)


def country_borders(code: str) -> list[Points]:
    """Borders of a country, given by its two-letter code, each walked so that the country is to the left."""
    names = {land["properties"]["iso_a2"]: land["properties"]["name"] for land in _of_kind("land")}
    name = names.get(code)
    return [line if left == name else line[::-1] for left, right, line in borders() if name in (left, right)]


def draw_borders(axes: Axes, *, land: bool = True, band: float = 0.0) -> None:
    """Draw borders, and land if wanted, as far as the axes reach; their limits stay as they are.

    ``band`` is the width in points of a pale band under each border; none by default.
    """
    import numpy as np
    from matplotlib.collections import LineCollection, PolyCollection

    rings = [np.array(polygon[0]) for area in _of_kind("land") for polygon in area["geometry"]["coordinates"]]
    if land:
        cut = [part for ring in rings for part in _cut_ring(axes, ring)]
        axes.add_collection(PolyCollection(cut, facecolor=LAND, edgecolor=LAND, linewidth=0.6, zorder=0), autolim=False)
    parts = [part for *_, line in borders() for part in _cut_line(axes, line)]
    if band:
        axes.add_collection(
            LineCollection(parts, colors=BAND, linewidths=band, capstyle="round", joinstyle="round", zorder=0.5),
            autolim=False,
        )
    axes.add_collection(LineCollection(parts, colors=BORDER, linewidths=0.7, zorder=1), autolim=False)


def _view(axes: Axes) -> tuple[float, float, float, float]:
    """Limits of the axes with a little room, as left, low, right, high."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    room = 0.05 * max(right - left, high - low)
    return left - room, low - room, right + room, high + room


def _cut_ring(axes: Axes, ring: Points) -> list[Points]:
    import numpy as np
    from matplotlib.path import Path
    from matplotlib.transforms import Bbox

    left, low, right, high = _view(axes)
    parts = Path(ring, closed=True).clip_to_bbox(Bbox([[left, low], [right, high]])).to_polygons()
    return [np.asarray(part) for part in parts]


def _cut_line(axes: Axes, line: Points) -> list[Points]:
    """Runs of the line whose pieces may cross the view."""
    import numpy as np

    left, low, right, high = _view(axes)
    least, most = np.minimum(line[:-1], line[1:]), np.maximum(line[:-1], line[1:])
    near = (most[:, 0] >= left) & (least[:, 0] <= right) & (most[:, 1] >= low) & (least[:, 1] <= high)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], near, [False]]).astype(int)))
    return [line[start : stop + 1] for start, stop in zip(edges[::2], edges[1::2], strict=True)]


def towns(rank: int) -> list[tuple[str, float, float]]:
    """Name, longitude and latitude of the towns up to a rank, by name."""
    chosen = [town for town in _of_kind("town") if town["properties"]["rank"] <= rank]
    return [(town["properties"]["name"], *town["geometry"]["coordinates"]) for town in chosen]


def name_countries(axes: Axes, avoid: Points) -> Points:
    """Write each country's name where it has most room inside the axes, away from the points ``avoid``.

    Returns
    -------
    Points along the names, which labels should not cover.
    """
    import numpy as np
    from matplotlib.path import Path

    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    grid = np.stack(np.meshgrid(np.linspace(left, right, 60)[3:-3], np.linspace(low, high, 60)[3:-3]), axis=-1)
    spots = grid.reshape(-1, 2)
    covered = [np.zeros((0, 2))]
    for land in _of_kind("land"):
        ring = np.array(max(land["geometry"]["coordinates"], key=lambda polygon: len(polygon[0]))[0])
        inside = spots[Path(ring).contains_points(spots)]
        if len(inside) < 40:
            continue
        room = _room(inside, np.vstack([ring, avoid]), (left, right, low, high))
        x, y = inside[int(np.argmax(np.round(room, 6)))]
        name = land["properties"]["name"].upper()
        axes.text(x, y, name, ha="center", va="center", fontsize=6.5, color=SOFT, zorder=2, gid=f"country-{name}")
        reach = 0.018 * (right - left) * len(name) / 2
        covered.append(np.column_stack([np.linspace(x - reach, x + reach, 5), np.full(5, y)]))
    return np.concatenate(covered)


def _room(inside: Points, obstacles: Points, frame: tuple[float, float, float, float]) -> Points:
    import numpy as np
    from scipy.spatial import cKDTree

    left, right, low, high = frame
    edge = np.minimum.reduce([inside[:, 0] - left, right - inside[:, 0], inside[:, 1] - low, high - inside[:, 1]])
    room: Points = np.minimum(cKDTree(obstacles).query(inside)[0], edge)
    return room
