"""Labels that do not lie on each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from netscam.output.style import INK, PAPER, SOFT

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

    Points = npt.NDArray[np.float64]

DIRECTIONS = (0, 180, 90, 270, 45, 135, 315, 225, 20, 160, 340, 200, 65, 115, 245, 295)
"""Degrees around the node, the most readable first."""
STEPS = (0.0, 4.0, 9.0, 15.0, 22.0, 30.0, 40.0, 52.0, 66.0, 82.0, 100.0)
"""Distances from the node's rim in points."""
LEADER = 4.0
"""From this distance on a thin line joins label and node."""
MARGIN = 0.8
"""Room around a label in points."""


@dataclass(frozen=True)
class Label:
    """What to write beside a point.

    Parameters
    ----------
    key
        Id of what is labelled; the SVG group is called ``label-<key>``.
    text
        The words.
    x, y
        Point in data coordinates.
    radius
        Radius of the symbol in points; the label starts outside it.
    size, weight, colour, style
        Of the font.
    reach
        Largest distance from the symbol's rim in points. A label with a shorter reach than usual covers no symbol: it
        is left out where that cannot be.
    """

    key: str
    text: str
    x: float
    y: float
    radius: float
    size: float = 6.0
    weight: str = "normal"
    colour: str = INK
    style: Literal["normal", "italic"] = "normal"
    reach: float = STEPS[-1]


def place_labels(axes: Axes, labels: Sequence[Label], symbols: Points, radii: Points) -> list[str]:
    """Write labels one after the other, each where it covers no other label and the fewest symbols.

    Greedy: the first label gets the best place. For each, 16 directions at growing distances are tried; a place that
    touches another label or leaves the axes is never used; among the others the one that covers least, lies nearest and
    has no line through another label wins. No random choice is made.

    Parameters
    ----------
    axes
        Axes with their final limits and position.
    labels
        In order of importance.
    symbols, radii
        Points in data coordinates, shape (n, 2), and their radii in points, shape (n,): what labels should not cover.

    Returns
    -------
    list of str
        Keys of the labels for which there was no place; they are not drawn.
    """
    import numpy as np

    to_points = 72.0 / axes.figure.dpi
    dots = axes.transData.transform(symbols) * to_points if len(symbols) else np.zeros((0, 2))
    frame = np.array(axes.get_window_extent().extents) * to_points
    boxes: list[Points] = []
    homeless: list[str] = []
    for label in labels:
        note = _draw(axes, label)
        anchor = axes.transData.transform((label.x, label.y)) * to_points
        size = text_size(label.text, label.size, label.weight, label.style)
        choice = _choose(label, anchor, size, (frame, np.array(boxes).reshape(-1, 4), dots, radii))
        if choice is None:
            note.remove()
            homeless.append(label.key)
            continue
        box, step = choice
        middle = (box[:2] + box[2:]) / 2 - anchor
        note.set_position((float(middle[0]), float(middle[1])))
        if step < LEADER and note.arrow_patch is not None:
            note.arrow_patch.set_visible(False)
        boxes.append(box)
    return homeless


def _draw(axes: Axes, label: Label) -> Annotation:
    note = axes.annotate(
        label.text,
        (label.x, label.y),
        xytext=(0, 0),
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=label.size,
        fontweight=label.weight,
        fontstyle=label.style,
        color=label.colour,
        zorder=10,
        linespacing=1.0,
        arrowprops={
            "arrowstyle": "-",
            "linewidth": 0.8 if label.weight == "bold" else 0.4,
            "color": label.colour if label.weight == "bold" else SOFT,
            "shrinkA": 0,
            "shrinkB": label.radius,
        },
        bbox={"facecolor": PAPER, "alpha": 0.6, "linewidth": 0, "pad": 0.2},
    )
    note.set_gid(f"label-{label.key}")
    return note


def text_size(text: str, size: float, weight: str = "normal", style: Literal["normal", "italic"] = "normal") -> Points:
    """Width and height of words in points, from the outlines of the letters, so that no resolution matters."""
    import numpy as np
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=["DejaVu Sans"], size=size, weight=weight, style=style)
    width, height, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return np.array([width, max(height, size)])


def _choose(
    label: Label, anchor: Points, size: Points, around: tuple[Points, Points, Points, Points]
) -> tuple[Points, float] | None:
    frame, boxes, dots, radii = around
    best: tuple[float, Points, float] | None = None
    for step, turn, box in _candidates(label, anchor, size):
        if (box[:2] < frame[:2]).any() or (box[2:] > frame[2:]).any() or _touches(box, boxes):
            continue
        covered = _covered(box, dots, radii)
        if covered and label.reach < STEPS[-1]:
            continue
        crossed = step >= LEADER and _crosses(anchor, (box[:2] + box[2:]) / 2, boxes)
        cost = 5.0 * covered + 8.0 * crossed + 0.3 * step + 0.02 * turn
        if best is None or cost < best[0]:
            best = (cost, box, step)
    return None if best is None else (best[1], best[2])


def _candidates(label: Label, anchor: Points, size: Points) -> Iterator[tuple[float, int, Points]]:
    import numpy as np

    half = size / 2 + MARGIN
    for step in (step for step in STEPS if step <= label.reach):
        for turn, degrees in enumerate(DIRECTIONS):
            way = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
            way[np.abs(way) < 1e-9] = 0.0
            lean = half * np.clip(way * 1.6, -1, 1)
            middle = anchor + way * (label.radius + 1.0 + step) + lean
            yield step, turn, np.concatenate([middle - half, middle + half])


def _touches(box: Points, boxes: Points) -> bool:
    if not len(boxes):
        return False
    apart = (boxes[:, 2:] <= box[:2]).any(axis=1) | (boxes[:, :2] >= box[2:]).any(axis=1)
    return bool((~apart).any())


def _crosses(start: Points, stop: Points, boxes: Points) -> bool:
    """Whether a straight line runs through one of the boxes."""
    import numpy as np

    line = np.linspace(start, stop, 30)[:, None]
    return bool(((line > boxes[:, :2]) & (line < boxes[:, 2:])).all(axis=2).any())


def _covered(box: Points, dots: Points, radii: Points) -> float:
    """How many symbols a box covers, larger ones counting more."""
    import numpy as np

    if not len(dots):
        return 0.0
    nearest = np.clip(dots, box[:2], box[2:])
    hit = np.hypot(*(dots - nearest).T) < radii
    return float((hit * (1 + radii / 4)).sum())
