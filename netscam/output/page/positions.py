"""Where each entity stands in the page: the figures' coordinates, and a place for what the figures leave out."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from netscam.data.dataset import Dataset

UNIT = 72.0
"""Page units for one unit of the layout, the typical distance of neighbours."""
CELL = 60.0
ROW = 30
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def positions(data: Dataset, layout: pd.DataFrame | None, seed: int) -> list[tuple[int, int]]:
    """Coordinates in page units, one pair per entity in id order.

    The given (or the figures') layout is scaled so that entities have room; an entity outside it, such as an authority,
    goes to the next free cell round the middle of its neighbours, and one without neighbours into rows underneath.
    """
    if layout is None:
        from netscam.graph.build import to_igraph
        from netscam.output.layout import layout as figure_layout

        layout = figure_layout(to_igraph(data), seed)
    spots = _scaled(layout, set(data.entities["id"]))
    taken = {_cell(spot) for spot in spots.values()}
    neighbours: dict[str, set[str]] = defaultdict(set)
    for source, target in zip(data.relations["source"], data.relations["target"], strict=True):
        neighbours[source].add(target)
        neighbours[target].add(source)
    left = [name for name in data.entities["id"] if name not in spots]
    for name in sorted(left, key=lambda name: (-len(neighbours[name] & spots.keys()), name)):
        near = [spots[other] for other in sorted(neighbours[name] & spots.keys())]
        if near:
            middle = (math.fsum(x for x, _ in near) / len(near), math.fsum(y for _, y in near) / len(near))
            spots[name] = _free(middle, taken)
            taken.add(_cell(spots[name]))
    _rows_below(spots, [name for name in left if name not in spots])
    return [(round(spots[name][0]), round(spots[name][1])) for name in data.entities["id"]]


def _scaled(layout: pd.DataFrame, known: set[str]) -> dict[str, tuple[float, float]]:
    """Middle of the picture at (0, 0), y downwards as on a screen."""
    rows = layout[layout["id"].isin(known)].sort_values("id")
    if not len(rows):
        return {}
    x, y = rows["x"].astype(float), -rows["y"].astype(float)
    left, top = (x.max() + x.min()) / 2, (y.max() + y.min()) / 2
    return {str(name): ((px - left) * UNIT, (py - top) * UNIT) for name, px, py in zip(rows["id"], x, y, strict=True)}


def _cell(spot: tuple[float, float]) -> tuple[int, int]:
    return (math.floor(spot[0] / CELL), math.floor(spot[1] / CELL))


def _free(middle: tuple[float, float], taken: set[tuple[int, int]]) -> tuple[float, float]:
    step = 1
    while True:
        radius = CELL * math.sqrt(step)
        spot = (
            middle[0] + radius * math.cos(step * GOLDEN_ANGLE),
            middle[1] + radius * math.sin(step * GOLDEN_ANGLE),
        )
        if _cell(spot) not in taken:
            return spot
        step += 1


def _rows_below(spots: dict[str, tuple[float, float]], names: list[str]) -> None:
    """Put what has no neighbour with a place into rows under everything else."""
    left = min((x for x, _ in spots.values()), default=0.0)
    bottom = max((y for _, y in spots.values()), default=0.0) + 2 * CELL
    width = max(ROW, round(math.sqrt(len(names)) * 2))
    for number, name in enumerate(names):
        spots[name] = (left + CELL * (number % width), bottom + CELL * (number // width))
