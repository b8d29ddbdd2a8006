"""Communities matched across steps of time, so that a community keeps its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netscam.errors import GraphError

if TYPE_CHECKING:
    import pandas as pd

Group = frozenset[str]
HALF = 0.5
"""Share of a community's members that must move together for a merge or a split to be said."""


@dataclass(frozen=True, eq=False)
class Tracked:
    """Communities over time.

    Parameters
    ----------
    numbers
        For each step the number of each member's community; those of groups below the least size are left out.
    events
        Columns ``step, event, community, size, others``, in order of step, event and community. ``event`` is ``birth``
        (a number is used for the first time), ``death`` (the number of the step before is not there), ``return`` (there
        again after an absence), ``merge`` (at least half of each of two or more communities, ``others``, is now in this
        one) or ``split`` (two or more communities, ``others``, took at least half of their members from this one);
        ``size`` is that at this step, for deaths and splits at the step before.
    """

    numbers: tuple[Mapping[str, int], ...]
    events: pd.DataFrame


def track_communities(
    partitions: Sequence[Mapping[str, Hashable]], *, threshold: float = 0.3, least: int = 2
) -> Tracked:
    """Give communities of successive steps numbers that last.

    Each step's communities are matched to those seen before, each by its members when last seen (its front), so that
    the sum of Jaccard overlaps is as large as can be, one to one; overlaps below the threshold never match. What is
    matched keeps its number, what is not gets the next one. Numbers of one step are given to larger groups first.

    Parameters
    ----------
    partitions
        For each step the community label of each member; labels of different steps have nothing to do with each
        other, and what they are changes nothing.
    threshold
        Least Jaccard overlap (shared members over all members of both) for a number to be kept, above 0, at most 1.
    least
        Smallest group that counts as a community.

    Returns
    -------
    Tracked
        The same whatever the labels and the order of members.

    Raises
    ------
    GraphError
        A threshold outside (0, 1] or a least size below 1.

    Notes
    -----
    Where several matchings are equally good one is taken by size and members, which may be the accident of a single
    member; read a change of number together with the overlap. A community in the record is what documents tie
    together: a birth may be a publication, not a founding.

    References
    ----------
    Greene, D., Doyle, D., & Cunningham, P. (2010). Tracking the evolution of communities in dynamic social networks.
    ASONAM, 176-183: fronts, Jaccard matching, and the life-cycle events (theirs may match many to many). Palla, G.,
    Barabasi, A.-L., & Vicsek, T. (2007). Quantifying social group evolution. Nature 446, 664-667.

    Examples
    --------
    >>> steps = [dict(a=1, b=1, c=1, x=2, y=2), dict(a="p", b="p", c="p", d="p", x="q", y="q")]
    >>> [sorted(set(numbers.items())) for numbers in track_communities(steps).numbers][1]
    [('a', 1), ('b', 1), ('c', 1), ('d', 1), ('x', 2), ('y', 2)]
    """
    import pandas as pd

    if not 0 < threshold <= 1 or least < 1:
        raise GraphError("the threshold lies above 0 and at most at 1, and the least size is at least 1")
    fronts: dict[int, Group] = {}
    before: dict[int, Group] = {}
    numbers: list[dict[str, int]] = []
    rows: list[tuple[int, str, int, int, str]] = []
    for step, partition in enumerate(partitions):
        groups = _groups(partition, least)
        matched = _match(fronts, groups, threshold)
        now = {matched.get(place, 0): group for place, group in enumerate(groups) if place in matched}
        for place, group in enumerate(groups):
            if place not in matched:
                now[max([0, *fronts, *now]) + 1] = group
        if step:
            rows += [(step, *row) for row in _events(before, now, set(fronts))]
        fronts |= now
        before = now
        numbers.append({member: number for number, group in sorted(now.items()) for member in sorted(group)})
    table = pd.DataFrame(rows, columns=["step", "event", "community", "size", "others"])
    table = table.astype({"step": int, "community": int, "size": int, "event": object, "others": object})
    order = table.sort_values(["step", "event", "community"], kind="stable", ignore_index=True)
    return Tracked(tuple(numbers), order)


def _groups(partition: Mapping[str, Hashable], least: int) -> list[Group]:
    """Communities in an order that no label decides: larger first, then by members."""
    members: dict[Hashable, list[str]] = {}
    for member, label in partition.items():
        members.setdefault(label, []).append(member)
    large = [sorted(group) for group in members.values() if len(group) >= least]
    return [frozenset(group) for group in sorted(large, key=lambda group: (-len(group), group))]


def _match(fronts: Mapping[int, Group], groups: Sequence[Group], threshold: float) -> dict[int, int]:
    """Number of each group that is matched, by its place: the assignment with the largest sum of overlaps."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    if not fronts or not groups:
        return {}
    overlap = np.zeros((len(fronts), len(groups)))
    home: dict[str, list[int]] = {}
    for row, number in enumerate(sorted(fronts)):
        for member in fronts[number]:
            home.setdefault(member, []).append(row)
    ordered = [fronts[number] for number in sorted(fronts)]
    for column, group in enumerate(groups):
        shared = Counter(row for member in group for row in home.get(member, ()))
        for row, count in shared.items():
            jaccard = count / (len(ordered[row]) + len(group) - count)
            overlap[row, column] = jaccard if jaccard >= threshold else 0.0
    chosen = zip(*linear_sum_assignment(overlap, maximize=True), strict=True)
    names = sorted(fronts)
    return {int(column): names[row] for row, column in chosen if overlap[row, column] > 0}


def _events(before: Mapping[int, Group], now: Mapping[int, Group], seen: set[int]) -> list[tuple[str, int, int, str]]:
    rows = [("birth", number, len(now[number]), "") for number in now.keys() - seen]
    rows += [("return", number, len(now[number]), "") for number in now.keys() & seen - before.keys()]
    rows += [("death", number, len(before[number]), "") for number in before.keys() - now.keys()]
    rows += [("merge", number, len(now[number]), told) for number, told in _parts(before, now)]
    rows += [("split", number, len(before[number]), told) for number, told in _parts(now, before)]
    return rows


def _parts(parts: Mapping[int, Group], wholes: Mapping[int, Group]) -> list[tuple[int, str]]:
    """Each whole that holds at least half of each of two or more parts, with the numbers of these."""
    home = {member: number for number, group in wholes.items() for member in group}
    inside: dict[int, list[int]] = {}
    for number, group in sorted(parts.items()):
        for whole, count in sorted(Counter(home[m] for m in group if m in home).items()):
            if count >= HALF * len(group):
                inside.setdefault(whole, []).append(number)
    return [(whole, ";".join(map(str, found))) for whole, found in sorted(inside.items()) if len(found) > 1]
