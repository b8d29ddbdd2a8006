"""Who holds how much of what, directly: shares as intervals, since many records do not print them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from netscam.errors import GraphError

if TYPE_CHECKING:
    import pandas as pd

WHOLE = 100.0
SLACK = 1e-9
OPEN = 1e-6
# The words of the importer of BODS: ``shareholding, direct, share over 25 to under 50 %``.
SPAN = re.compile(
    r", share (?:(?P<least>at least )|(?P<most>at most ))?(?P<low>over |under )?(?P<first>\d+(?:\.\d+)?)"
    r"(?: to (?P<high>under )?(?P<second>\d+(?:\.\d+)?))? %"
)
Bounds = tuple[float, float]


@dataclass(frozen=True, order=True)
class Holding:
    """A direct stake, in percent, between what is certain (``least``) and what is possible (``most``).

    ``stated`` is the printed figure, NaN where the record prints none or prints several that differ. ``relations``
    are the ids of the rows that say so. ``printed`` tells whether any document prints a figure or limits at all.
    """

    owner: str
    entity: str
    least: float
    most: float
    stated: float = field(compare=False)
    relations: tuple[str, ...] = ()
    printed: bool = field(default=False, compare=False)

    @property
    def exact(self) -> bool:
        """Whether the stake is known to the digit."""
        return self.least == self.most


@dataclass(frozen=True)
class Holdings:
    """Direct stakes, one per owner and entity, in order of owner and entity.

    ``contradictions`` names entities whose printed shares add up to more than 100, with the sum; ``self_held`` those
    that are recorded to own part of themselves (such a stake is nobody's, so it is left out).
    """

    stakes: tuple[Holding, ...]
    contradictions: Mapping[str, float]
    self_held: tuple[str, ...]

    @cached_property
    def by_entity(self) -> dict[str, list[Holding]]:
        """Stakes in each owned entity, owners in id order."""
        return _group(self.stakes, "entity")

    @cached_property
    def by_owner(self) -> dict[str, list[Holding]]:
        """Stakes of each owner, entities in id order."""
        return _group(self.stakes, "owner")

    @property
    def ids(self) -> list[str]:
        """Every owner and owned entity, sorted."""
        return sorted({*self.by_owner, *self.by_entity})

    def roots(self) -> list[str]:
        """Owners that nobody is recorded to own."""
        return sorted(set(self.by_owner) - set(self.by_entity))


def _group(stakes: Iterable[Holding], end: str) -> dict[str, list[Holding]]:
    groups: dict[str, list[Holding]] = {}
    for stake in stakes:
        groups.setdefault(getattr(stake, end), []).append(stake)
    return groups


def read_holdings(relations: pd.DataFrame) -> Holdings:
    """Turn ownership relations into intervals.

    Parameters
    ----------
    relations
        Rows with ``id, source, target, share``: the source owns ``share`` percent of the target; NaN where unknown.
        A ``description`` with a span of shares in the words of the importer of BODS gives its limits.
        Any other kind of relation must have been left out by the caller: control is not ownership.

    Returns
    -------
    Holdings
        ``least`` and ``most`` of each stake in percent:

        - one printed share: both are that share;
        - several rows with different shares for one owner: they are read as competing statements, from the smallest
          to the largest, not added up; a row without a share adds nothing to one that has it;
        - a printed span: its limits, together with any printed shares from the smallest to the largest;
        - no printed share: from 0 to what the certain shares of the other owners leave of 100;
        - shares of one entity that add up to more than 100 cannot all be right: each becomes an upper limit, and its
          least is what it must be if all others are right.

    Raises
    ------
    GraphError
        A share outside 0 to 100.

    Notes
    -----
    Owners that the record does not know are possible everywhere; nothing is ever assigned to them, and a total below
    100 is not stretched to 100.
    """
    claims: dict[str, dict[str, list[tuple[str, list[Bounds]]]]] = {}
    self_held: set[str] = set()
    said = relations["description"] if "description" in relations else [""] * len(relations)
    rows = zip(*(relations[name] for name in ("id", "source", "target", "share")), said, strict=True)
    for row, owner, entity, share, text in sorted(rows, key=lambda r: str(r[0])):
        if share < 0 or share > WHOLE:
            raise GraphError(f"relation {row}: a share of {share} percent is not between 0 and 100")
        if owner == entity:
            self_held.add(entity)
        else:
            claims.setdefault(entity, {}).setdefault(owner, []).append((row, _bounds(float(share), str(text))))
    stakes: list[Holding] = []
    contradictions: dict[str, float] = {}
    for entity, owners in claims.items():
        found, total = _of_entity(entity, owners)
        stakes += found
        if total > WHOLE + SLACK:
            contradictions[entity] = total
    return Holdings(tuple(sorted(stakes)), dict(sorted(contradictions.items())), tuple(sorted(self_held)))


def _bounds(share: float, text: str) -> list[Bounds]:
    """Limits that a row prints, each a pair: its share and the shares of its description; empty where it has none."""
    stated = not math.isnan(share)
    found = [(share, share)] if stated else []
    for match in SPAN.finditer(text):
        first, second = float(match["first"]), float(match["second"] or match["first"])
        low = first + (OPEN if match["low"] == "over " else 0.0)
        high = second - (OPEN if "under " in (match["high"], match["low"]) else 0.0)
        low, high = (0.0 if match["most"] else low), (WHOLE if match["least"] else high)
        # A share in words is rounded; where the row has its figure, only limits add to it.
        if low <= high <= WHOLE and not (stated and low == high):
            found.append((low, high))
    return found


def _of_entity(entity: str, owners: Mapping[str, list[tuple[str, list[Bounds]]]]) -> tuple[list[Holding], float]:
    """Stakes in one entity and the sum of the smallest shares printed for its owners."""
    stakes: list[Holding] = []
    for owner in sorted(owners):
        printed = [bounds for _, several in owners[owner] for bounds in several]
        low, high = (min(least for least, _ in printed), max(most for _, most in printed)) if printed else (0.0, WHOLE)
        stated = low if printed and low == high else math.nan
        rows = tuple(row for row, _ in owners[owner])
        stakes.append(Holding(owner, entity, low, high, stated, rows, bool(printed)))
    total = math.fsum(stake.least for stake in stakes)
    excess = total - WHOLE
    if excess > SLACK:
        stakes = [replace(s, least=max(0.0, s.least - excess), most=min(s.most, WHOLE)) for s in stakes]
    certain = math.fsum(stake.least for stake in stakes)
    return [replace(s, most=max(s.least, min(s.most, WHOLE - (certain - s.least)))) for s in stakes], total
