"""Which side of a drawn border a point lies on, and parting symbols towards the side of their own country.

The country of a compound is what the data states. The drawn borders are generalised, and near one of them a point can
come to lie on the wrong side of the line; how far is measured here, and symbols that are parted from one spot are set
on the side of the stated country, whatever the side of the spot.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from netscam.output.figures.borders import borders, country_borders
from netscam.output.figures.compounds import LINE, fan_out
from netscam.output.style import SOFT

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from matplotlib.axes import Axes

    Points = npt.NDArray[np.float64]

NEAR = 60.0
"""Kilometres: a border further off says nothing about the side."""
DEGREE = 111.32
"""Kilometres per degree of latitude."""
LOOK = 30.0
"""Points: how far around a spot the side of its country is looked for."""
LEAST = 26.0
"""Points: a column of symbols stands no nearer to its spot."""
FURTHEST = 90.0
"""Points: no group of symbols is moved further from its spot."""


def signed_distance(lines: Sequence[Points], points: Points) -> Points:
    """Distance of points to the nearest of some lines, positive to the left of it and negative to the right.

    Parameters
    ----------
    lines
        Each of shape (k, 2) with k > 1, in the order in which it is walked.
    points
        Shape (n, 2), in the same plane and unit.

    Returns
    -------
    Array of shape (n,). Where two pieces are equally near, at a corner, the piece that is seen least edge-on decides.
    Infinite without lines. Beyond the end of a line the side is that of its last piece, prolonged.
    """
    import numpy as np

    if not lines:
        return np.full(len(points), np.inf)
    starts = np.concatenate([line[:-1] for line in lines])
    ways = np.concatenate([np.diff(line, axis=0) for line in lines])
    lengths = np.maximum(np.hypot(*ways.T), 1e-12)
    result = np.zeros(len(points))
    for number, point in enumerate(points):
        to_point = point - starts
        along = np.clip((to_point * ways).sum(axis=1) / lengths**2, 0, 1)
        apart = np.hypot(*(to_point - along[:, None] * ways).T)
        across = (ways[:, 0] * to_point[:, 1] - ways[:, 1] * to_point[:, 0]) / lengths
        nearest = np.flatnonzero(apart <= apart.min() + 1e-9)
        facing = across[nearest[np.argmax(np.abs(across[nearest]))]]
        result[number] = np.copysign(apart.min(), facing)
    return result


def border_distance(spots: Points, countries: Sequence[str]) -> Points:
    """Kilometres from each spot to the nearest drawn border of its stated country.

    Parameters
    ----------
    spots
        Longitude and latitude, shape (n, 2).
    countries
        Two-letter codes, one for each spot.

    Returns
    -------
    Array of shape (n,): negative where the drawn border leaves the spot outside its country; NaN where no border of
    the country is within ``NEAR``, where the country is unknown to the map or more than one is stated.
    """
    import numpy as np

    result = np.full(len(spots), np.nan)
    for number, (spot, country) in enumerate(zip(spots, countries, strict=True)):
        scale = np.array([np.cos(np.radians(spot[1])), 1.0]) * DEGREE
        if np.isfinite(spot).all():
            lines = [line * scale for line in country_borders(country)]
            result[number] = signed_distance(lines, (spot * scale)[None, :])[0]
    result[~(np.abs(result) <= NEAR)] = np.nan
    return result


def fan_home(axes: Axes, spots: Points, radii: Points, countries: Sequence[str], *, listed: bool) -> Points:
    """Offsets in points that part symbols on one spot, as ``fan_out``, but never across the border of their country.

    Parameters
    ----------
    axes
        Axes with their final limits and position.
    spots, radii, listed
        As for ``fan_out``.
    countries
        Two-letter code of the country that the data states, for each symbol; those on one spot have the same.

    Returns
    -------
    Array of shape (n, 2); zero for a symbol that is alone on its spot. A group near a border is moved off it, in the
    direction in which its country lies, until every symbol is clear of the line (or as clear as can be).
    """
    import numpy as np

    offsets = fan_out(spots, radii, listed=listed)
    to_points = 72.0 / axes.figure.dpi
    near = ~np.isnan(border_distance(spots, countries))
    for spot in np.unique(spots[near], axis=0):
        mine = np.flatnonzero((spots == spot).all(axis=1))
        if len(mine) > 1:
            lines = [axes.transData.transform(line) * to_points for line in country_borders(countries[mine[0]])]
            origin = axes.transData.transform(spot) * to_points
            offsets[mine] = _moved(lines, origin, offsets[mine], radii[mine], listed=listed)
    return offsets


def _moved(lines: list[Points], origin: Points, offsets: Points, radii: Points, *, listed: bool) -> Points:
    """The group of symbols, moved towards its country as little as keeps it clear of the border."""
    import numpy as np

    if (signed_distance(lines, origin + offsets) > radii + 1.0).all():
        return offsets
    turns = np.radians(np.arange(0.0, 360.0, 22.5))
    ways = np.column_stack([np.cos(turns), np.sin(turns)])
    way = ways[int(np.argmax(np.round(signed_distance(lines, origin + LOOK * ways), 6)))]
    steps = [offsets + reach * way for reach in np.arange(0.0, FURTHEST, 1.0)]
    if listed and abs(way[0]) >= abs(way[1]):
        column = LINE * ((len(offsets) - 1) / 2 - np.arange(len(offsets)))
        away = np.sign(way[0]) * np.arange(LEAST, FURTHEST, 1.0)
        steps = [np.column_stack([np.full(len(column), reach), column]) for reach in away] + steps
    clear = [float((signed_distance(lines, origin + step) - radii).min()) for step in steps]
    enough = [number for number, room in enumerate(clear) if room > 1.0]
    best: Points = steps[enough[0] if enough else int(np.argmax(clear))]
    return best


def name_sides(axes: Axes, avoid: Points) -> Points:
    """Write the names of the countries on either side of the border in view, each where its side has most room.

    Returns
    -------
    Points along the names and the borders, which labels should not cover. Nothing is written where no border is in
    view.
    """
    import numpy as np

    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    to_points = 72.0 / axes.figure.dpi
    frame = np.array(axes.get_window_extent().extents) * to_points
    grid = np.stack(np.meshgrid(np.linspace(left, right, 40), np.linspace(low, high, 40)), axis=-1).reshape(-1, 2)
    spots, taken = (axes.transData.transform(part) * to_points for part in (grid, avoid))
    edge = np.minimum.reduce([spots[:, 0] - frame[0] - 24, frame[2] - 24 - spots[:, 0], frame[3] - spots[:, 1] - 12])
    edge = np.minimum(edge, spots[:, 1] - frame[1] - 26)
    pairs = sorted({border[:2] for border in borders() if _in_view(border[2], (left, right, low, high))})
    if not pairs:
        return np.zeros((0, 2))
    # All lines between two countries together: at the end of one alone the side is not defined.
    lines = [[axes.transData.transform(line) * to_points for a, b, line in borders() if (a, b) == p] for p in pairs]
    apart = np.stack([signed_distance(walks, spots) for walks in lines])
    nearest = np.abs(apart).min(axis=0)
    gap = np.minimum(edge, np.array([np.hypot(*(taken - spot).T).min(initial=np.inf) for spot in spots]))
    best: dict[str, tuple[float, Points]] = {}
    for (here, there), distance in zip(pairs, apart, strict=True):
        for name, across in ((here, distance), (there, -distance)):
            room = np.where((across > 0) & (across <= nearest), np.minimum(gap, across), 0.0)
            spot = int(np.argmax(np.round(room, 6)))
            if room[spot] > max(8.0, best[name][0] if name in best else 0.0):
                best[name] = (float(room[spot]), grid[spot])
    covered = [line[_inside(line, (left, right, low, high))] for *_, line in borders()]
    for name, (_, (x, y)) in sorted(best.items()):
        told = name.upper()
        axes.text(x, y, told, ha="center", va="center", fontsize=6.5, color=SOFT, zorder=2, gid=f"country-{told}")
        reach = 0.021 * (right - left) * len(name) / 2
        covered.append(np.column_stack([np.linspace(x - reach, x + reach, 5), np.full(5, y)]))
    return np.concatenate(covered)


def _in_view(line: Points, view: tuple[float, float, float, float]) -> bool:
    return bool(_inside(line, view).any())


def _inside(line: Points, view: tuple[float, float, float, float]) -> npt.NDArray[np.bool_]:
    left, right, low, high = view
    x, y = line.T
    found: npt.NDArray[np.bool_] = (x > left) & (x < right) & (y > low) & (y < high)
    return found
