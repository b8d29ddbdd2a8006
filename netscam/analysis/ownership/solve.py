"""The linear systems behind indirect stakes: from one owner down, circles included."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.ownership.holdings import SLACK, WHOLE, Holding, Holdings
from netscam.errors import GraphError

DENSE = 300
ROUNDS = 1000
Shares = Mapping[str, list[tuple[str, float]]]


def reach(holdings: Holdings, owner: str, *, certain: bool) -> list[str]:
    """Entities below an owner, sorted, the owner itself left out; ``certain`` follows only stakes surely above 0."""
    found: set[str] = set()
    front = [owner]
    while front:
        for stake in holdings.by_owner.get(front.pop(), ()):
            share = stake.least if certain else stake.most
            if share > 0 and stake.entity not in found and stake.entity != owner:
                found.add(stake.entity)
                front.append(stake.entity)
    return sorted(found)


def least_stakes(holdings: Holdings, owner: str) -> dict[str, float]:
    """Stake, direct and indirect, that an owner certainly has in each entity below it, in percent.

    Solves ``x_j = w_oj + sum_k x_k w_kj`` over the entities below the owner, where ``w`` are the least direct shares;
    see ``indirect_stakes`` for its meaning.
    """
    below = reach(holdings, owner, certain=True)
    return _solve(owner, below, {entity: [(s.owner, s.least) for s in holdings.by_entity[entity]] for entity in below})


def most_stakes(holdings: Holdings, owner: str) -> dict[str, float]:
    """Stake that an owner can have at most in each entity below it, in percent.

    The undetermined part of each entity is dealt out in the way that is best for the owner: to the holder in which
    the owner has most, up to what that holder can have, then to the next. What is best depends on the answer, so the
    system is solved anew until no entity can be dealt out better (policy iteration; it starts from the least stakes
    and only ever improves, which keeps every system solvable).

    Raises
    ------
    GraphError
        The rounds run out, which should not happen.
    """
    below = reach(holdings, owner, certain=False)
    shares = {entity: [(s.owner, s.least) for s in holdings.by_entity[entity]] for entity in below}
    stakes = _solve(owner, below, shares)
    for _ in range(ROUNDS):
        better = False
        for entity in below:
            dealt = _deal(holdings.by_entity[entity], owner, stakes)
            gain = _worth(dealt, owner, stakes) - _worth(shares[entity], owner, stakes)
            if gain > SLACK:
                shares[entity] = dealt
                better = True
        if not better:
            return stakes
        stakes = _solve(owner, below, shares)
    raise GraphError(f"the most that {owner} can own did not settle in {ROUNDS} rounds")


def _deal(holders: Iterable[Holding], owner: str, stakes: Mapping[str, float]) -> list[tuple[str, float]]:
    holders = list(holders)
    left = WHOLE - math.fsum(stake.least for stake in holders)
    worth = {stake.owner: WHOLE if stake.owner == owner else stakes.get(stake.owner, 0.0) for stake in holders}
    dealt = {}
    for stake in sorted(holders, key=lambda s: (-worth[s.owner], s.owner)):
        extra = min(left, stake.most - stake.least) if worth[stake.owner] > 0 else 0.0
        dealt[stake.owner] = stake.least + max(0.0, extra)
        left -= max(0.0, extra)
    return sorted(dealt.items())


def _worth(shares: Iterable[tuple[str, float]], owner: str, stakes: Mapping[str, float]) -> float:
    return math.fsum(s * (1.0 if h == owner else stakes.get(h, 0.0) / WHOLE) for h, s in shares)


def _solve(owner: str, below: list[str], shares: Shares) -> dict[str, float]:
    if not below:
        return {}
    place = {entity: row for row, entity in enumerate(below)}
    direct = np.zeros(len(below))
    links: list[tuple[int, int, float]] = []
    for entity in below:
        for holder, share in shares[entity]:
            if holder == owner:
                direct[place[entity]] = share
            elif holder in place and share > 0:
                links.append((place[entity], place[holder], share / WHOLE))
    links, held = _outside_closed_circles(links, direct)
    found = _linear(links, direct) if held.any() else direct
    return {entity: float(min(WHOLE, max(0.0, value))) for entity, value in zip(below, found, strict=True)}


def _outside_closed_circles(
    links: list[tuple[int, int, float]], direct: NDArray[np.float64]
) -> tuple[list[tuple[int, int, float]], NDArray[np.bool_]]:
    """Drop links from entities in which the owner has nothing: what is owned wholly in a circle would be singular."""
    held = direct > 0
    targets: dict[int, list[int]] = {}
    for entity, holder, _ in links:
        targets.setdefault(holder, []).append(entity)
    front = np.flatnonzero(held).tolist()
    while front:
        for entity in targets.get(front.pop(), ()):
            if not held[entity]:
                held[entity] = True
                front.append(entity)
    return [link for link in links if held[link[1]]], held


def _linear(links: list[tuple[int, int, float]], direct: NDArray[np.float64]) -> NDArray[np.float64]:
    size = len(direct)
    rows = np.array([link[0] for link in links], np.int64)
    columns = np.array([link[1] for link in links], np.int64)
    values = np.array([link[2] for link in links], float)
    if size <= DENSE:
        matrix = np.eye(size)
        np.subtract.at(matrix, (rows, columns), values)
        dense: NDArray[np.float64] = np.linalg.solve(matrix, direct).astype(np.float64, copy=False)
        return dense
    from scipy.sparse import csc_array, eye_array
    from scipy.sparse.linalg import spsolve

    system = eye_array(size, format="csc") - csc_array((values, (rows, columns)), shape=(size, size))
    solved: NDArray[np.float64] = spsolve(csc_array(system), direct)
    return solved
