"""Where compounds are, as far as the record says: own coordinates, else those of the place they lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.schema import load_schema

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from netscam.data.dataset import Dataset

    Points = npt.NDArray[np.float64]

STEPS = 3
"""How many ``located_in`` steps are followed: compound in compound in town."""
CROWD_GAP = 0.4
"""Degrees: points nearer than this hang together in a crowd."""
CROWDED = 5
"""From this many compounds on a crowd gets an inset."""
NOWHERE = (float("nan"), float("nan"), 0)
LINE = 10.5
"""Points from name to name in an oval."""
COLUMNS = ["id", "name", "status", "ties", "basis", "place", "place_name", "countries", "latitude", "longitude"]


def locate_compounds(data: Dataset, ties: pd.DataFrame) -> pd.DataFrame:
    """Point of every compound on a map, and on what it rests.

    Parameters
    ----------
    data
        The dataset.
    ties
        Columns ``id, ties``.

    Returns
    -------
    pandas.DataFrame
        Columns ``id, name, status, ties, basis, place, place_name, countries, latitude, longitude`` in id order.
        ``countries`` is what the data states for the compound. ``basis`` is ``exact`` (a document states
        coordinates), ``approximate`` (a document states them roughly), ``place`` (taken from the place, named in
        ``place``, that it is recorded to lie in) or ``unknown`` (no point, NaN). Of several places the most precise
        one counts, then the one with the lower id.
    """
    import pandas as pd

    points = _points(data)
    names = dict(zip(data.entities["id"], data.entities["name"], strict=True))
    inside = data.relations[data.relations["relation"] == "located_in"]
    within: dict[str, list[str]] = {}
    for source, target in zip(inside["source"], inside["target"], strict=True):
        within.setdefault(source, []).append(target)
    counts = dict(zip(ties["id"], ties["ties"], strict=True))
    rows: list[dict[str, Any]] = []
    for row in data.entities[data.entities["type"] == "compound"].to_dict("records"):
        place = _place(row["id"], within, points)
        own = place == row["id"]
        latitude, longitude, _ = points.get(place, NOWHERE)
        rows.append(
            {
                "id": row["id"],
                "name": row["name"],
                "status": row["status"],
                "ties": int(counts.get(row["id"], 0)),
                "basis": _basis(own, row["coordinate_precision"]) if place else "unknown",
                "place": "" if own else place,
                "place_name": "" if own or not place else names[place],
                "countries": row["countries"],
                "latitude": latitude,
                "longitude": longitude,
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def _basis(own: bool, precision: str) -> str:
    if not own:
        return "place"
    return "exact" if precision in ("exact", "street") else "approximate"


def _points(data: Dataset) -> dict[str, tuple[float, float, int]]:
    """Latitude, longitude and place in the order of precision of all entities that have a point within a country."""
    order = {name: place for place, name in enumerate(load_schema().vocabularies["precisions"])}
    known = data.entities[data.entities["latitude"].notna() & data.entities["coordinate_precision"].ne("country")]
    columns = ["id", "latitude", "longitude", "coordinate_precision"]
    return {
        str(node): (float(latitude), float(longitude), order.get(precision, len(order)))
        for node, latitude, longitude, precision in known[columns].itertuples(index=False, name=None)
    }


def _place(start: str, within: dict[str, list[str]], points: dict[str, tuple[float, float, int]]) -> str:
    """The entity whose point stands for ``start``: itself, else the nearest step that has one; else ``""``."""
    level = [start]
    for _ in range(STEPS + 1):
        known = [node for node in level if node in points]
        if known:
            return min(known, key=lambda node: (points[node][2], node))
        level = sorted({target for node in level for target in within.get(node, [])})
    return ""


def find_crowds(spots: Points) -> list[list[int]]:
    """Groups of points that hang together within ``CROWD_GAP`` degrees, if ``CROWDED`` or more; largest first."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import cKDTree

    if not len(spots):
        return []
    pairs = cKDTree(spots).query_pairs(CROWD_GAP, output_type="ndarray")
    size = len(spots)
    joined = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    _, group = connected_components(joined, directed=False)
    members = [np.flatnonzero(group == number).tolist() for number in range(int(group.max()) + 1)]
    return sorted((part for part in members if len(part) >= CROWDED), key=lambda part: (-len(part), part[0]))


def fan_out(spots: Points, radii: Points, *, listed: bool) -> Points:
    """Offsets in points that part symbols on one spot, so that none covers another.

    Parameters
    ----------
    spots
        Where each belongs, shape (n, 2); equal rows share a spot.
    radii
        Radii of the symbols in points, shape (n,).
    listed
        Set them on an oval, evenly from top to bottom on either side, so that each has a line for its name;
        otherwise on a small sunflower.

    Returns
    -------
    Array of shape (n, 2); zero for a symbol that is alone on its spot.
    """
    import numpy as np

    offsets = np.zeros_like(spots)
    _, group = np.unique(spots, axis=0, return_inverse=True)
    for number in np.unique(group):
        mine = np.flatnonzero(group.ravel() == number)
        if len(mine) > 1:
            offsets[mine] = _oval(len(mine)) if listed else _sunflower(len(mine), float(radii[mine].max()))
    return offsets


def _oval(size: int) -> Points:
    import numpy as np

    left = size // 2
    sides = []
    for side, count in ((1.0, size - left), (-1.0, left)):
        height = LINE * (np.arange(count) - (count - 1) / 2)[::-1]
        reach = height / (LINE * (count + 1) / 2)
        sides.append(np.column_stack([side * (13.0 + 13.0 * np.sqrt(1 - reach**2)), height]))
    return np.concatenate(sides)


def _sunflower(size: int, radius: float) -> Points:
    import numpy as np

    steps = np.arange(size) + 1.0
    turn = steps * np.pi * (3 - np.sqrt(5))
    reach = 0.62 * (2 * radius + 1.2) * np.sqrt(steps + 1)
    return np.column_stack([reach * np.cos(turn), reach * np.sin(turn)])
