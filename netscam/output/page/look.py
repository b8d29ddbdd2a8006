"""How an entity type looks in the page: the figures' colour and shape, the shape as an outline to draw."""

from __future__ import annotations

import math
from typing import Any

from netscam.output.style import type_style
from netscam.schema import load_schema

Point = tuple[float, float]


def polygon(corners: int, *, turn: float = 0.0, inner: float | None = None) -> list[Point]:
    """Corners of a regular polygon in the unit circle, the first one on top; ``inner`` makes it a star."""
    count = corners * (1 if inner is None else 2)
    points = []
    for number in range(count):
        angle = math.pi * (2 * number / count - 0.5) + turn
        radius = inner if inner is not None and number % 2 else 1.0
        points.append((round(radius * math.cos(angle), 3), round(radius * math.sin(angle), 3)))
    return points


def _cross(arm: float, turn: float) -> list[Point]:
    corners = [(-arm, -1), (arm, -1), (arm, -arm), (1, -arm), (1, arm), (arm, arm)]
    corners += [(-x, -y) for x, y in corners]
    cos, sin = math.cos(turn), math.sin(turn)
    return [(round(0.9 * (x * cos - y * sin), 3), round(0.9 * (x * sin + y * cos), 3)) for x, y in corners]


SHAPES: dict[str, list[Point]] = {
    "o": [],
    "s": polygon(4, turn=math.pi / 4),
    "D": polygon(4),
    "d": [(0.0, -1.0), (0.6, 0.0), (0.0, 1.0), (-0.6, 0.0)],
    "^": polygon(3),
    "v": polygon(3, turn=math.pi),
    "<": polygon(3, turn=-math.pi / 2),
    ">": polygon(3, turn=math.pi / 2),
    "p": polygon(5),
    "h": polygon(6),
    "H": polygon(6, turn=math.pi / 6),
    "8": polygon(8, turn=math.pi / 8),
    "*": polygon(5, inner=0.45),
    "P": _cross(0.38, 0.0),
    "X": _cross(0.38, math.pi / 4),
}


def types_json(used: set[str]) -> list[dict[str, Any]]:
    """Entity types of the schema that the page needs, with colour and outline (empty outline: a circle)."""
    rows = []
    for name, kind in load_schema().entity_types.items():
        if name not in used:
            continue
        style = type_style(name)
        rows.append(
            {
                "name": name,
                "label": kind.label,
                "meaning": kind.meaning,
                "analysis": kind.analysis,
                "colour": style.colour,
                "scale": style.scale,
                "outline": SHAPES[style.marker],
            }
        )
    return rows
