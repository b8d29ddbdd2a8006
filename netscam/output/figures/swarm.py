"""Marks on a line of time that do not lie on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

LETTER = 3.0
"""Width of a digit beside a mark, in points."""
STEP = 0.5
"""Points between the heights that are tried."""
ROOM = 0.7
"""Points between two marks."""


@dataclass(frozen=True)
class Mark:
    """An event as it is drawn; lengths in points.

    Parameters
    ----------
    key, group
        Id of the event and the lane it is in.
    left, right
        Where the span of its date begins and ends.
    span
        Whether the day is not known, so that a bar is drawn.
    radius
        Of the disc in the middle of the span.
    filled, weak
        Whether the disc is filled, and whether it rests on a weak document.
    text
        Written to the right of the disc.
    y
        Height above the middle of the lane.
    """

    key: str
    group: str
    left: float
    right: float
    span: bool
    radius: float
    filled: bool
    weak: bool
    text: str = ""
    y: float = 0.0

    @property
    def middle(self) -> float:
        """Where the disc is."""
        return (self.left + self.right) / 2

    @property
    def tall(self) -> float:
        """Height of everything drawn."""
        return 2 * self.radius

    @property
    def reach(self) -> tuple[float, float]:
        """Left and right side of everything drawn."""
        words = self.middle + self.radius + 1.0 + LETTER * len(self.text) if self.text else self.middle
        sides = (self.middle - self.radius, max(self.middle + self.radius, words))
        return (min(self.left, sides[0]), max(self.right, sides[1])) if self.span else sides


def place_marks(marks: Sequence[Mark]) -> list[Mark]:
    """Move marks up or down, each as little as it can, until none touches another.

    The first mark stays in the middle; each next one takes the height nearest to it that is free, above before below.
    No random choice is made.

    Returns
    -------
    list of Mark
        In the same order, with their heights.
    """
    placed: list[Mark] = []
    for mark in marks:
        number = 0
        while True:
            y = STEP * ((number + 1) // 2) * (1 if number % 2 else -1)
            moved = replace(mark, y=y)
            if not any(_touch(moved, other) for other in placed):
                placed.append(moved)
                break
            number += 1
    return placed


def _touch(one: Mark, other: Mark) -> bool:
    left, right = max(one.reach[0], other.reach[0]), min(one.reach[1], other.reach[1])
    return right + ROOM > left and abs(one.y - other.y) < (one.tall + other.tall) / 2 + ROOM
