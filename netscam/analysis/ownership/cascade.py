"""What holders own or control together, step by step: the 50 Percent Rule and majority control are both this."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from netscam.analysis.ownership.holdings import SLACK, WHOLE, Holding, Holdings
from netscam.errors import GraphError

Stated = Iterable[tuple[str, str, str]]


@dataclass(frozen=True)
class Step:
    """One entity that falls under the rule, with the stakes that bring it there.

    ``holders`` are the stakes held by the seeds or by entities that fell under the rule in an earlier round;
    ``least`` and ``most`` their sum in percent; ``certain`` says whether the least already suffices. ``round`` counts
    from 1: entities that the seeds hold themselves. ``stated`` are controllers whom a document names as such, each with
    its relation.
    """

    entity: str
    holders: tuple[Holding, ...]
    least: float
    most: float
    certain: bool
    round: int
    stated: tuple[tuple[str, str], ...] = ()


def fifty_percent_rule(holdings: Holdings, listed: Iterable[str], *, threshold: float = WHOLE / 2) -> list[Step]:
    """Unlisted entities that listed persons own 50 percent or more, in the aggregate, directly or indirectly.

    The rule of the US Office of Foreign Assets Control (guidance of 13 August 2014; FAQ 398 to 402): shares of all
    blocked persons are added up, an entity that reaches 50 percent is itself blocked, and its holdings then count in
    full. Shares are not multiplied along a chain, and a holder below 50 percent passes nothing on (FAQ 401).

    Parameters
    ----------
    holdings
        Direct stakes as intervals. Ownership only: control alone does not block (FAQ 398).
    listed
        Ids of the listed persons and entities.
    threshold
        Percent that must be reached; 50 for the US rule.

    Returns
    -------
    list of Step
        Certain ones first, each after the holders it rests on. A step that is not ``certain`` hangs on shares that the
        record does not print: they could bring the entity to the threshold, or not.

    Notes
    -----
    Applied to the recorded relations, whatever their grade: restrict the relations first if only strong evidence
    should count. It is arithmetic and no legal advice; lists change, and other authorities have other rules.
    """
    return cascade(holdings, listed, threshold=threshold)


def controlled(holdings: Holdings, owner: str, *, stated: Stated = (), threshold: float = WHOLE / 2) -> list[Step]:
    """Entities that one owner controls: it and what it controls hold a majority, more than 50 percent, together.

    This is the company control problem of Ceri, Gottlob and Tanca (1990). Votes are taken to follow shares.

    Parameters
    ----------
    holdings
        Direct stakes as intervals.
    owner
        Who is asked about.
    stated
        Controller, entity and relation id where a document says that one controls the other, whatever the shares.
        Such an entity counts as controlled, by what the document says and with its standing.
    threshold
        Percent that must be passed.

    Returns
    -------
    list of Step
        As ``fifty_percent_rule`` gives them.
    """
    return cascade(holdings, [owner], threshold=threshold, inclusive=False, stated=stated)


def cascade(
    holdings: Holdings, seeds: Iterable[str], *, threshold: float, inclusive: bool = True, stated: Stated = ()
) -> list[Step]:
    """Grow a set of entities: one joins as soon as the set holds enough of it.

    Parameters
    ----------
    holdings
        Direct stakes as intervals.
    seeds
        Ids that the set starts from.
    threshold
        Percent of an entity that the set must hold.
    inclusive
        Whether holding exactly ``threshold`` is enough.
    stated
        Controller, entity and relation id: the entity joins with its controller, whatever is held of it.

    Returns
    -------
    list of Step
        The certain set (least shares), then what missing shares could add to it (most shares, where the holders in
        the set take as much of the undetermined part as they can), each in order of round and id.

    Raises
    ------
    GraphError
        The threshold is not above 0 and at most 100.
    """
    if not 0 < threshold <= WHOLE:
        raise GraphError(f"a threshold of {threshold} percent is not above 0 and at most 100")
    limit = threshold - SLACK if inclusive else threshold + SLACK
    start = set(seeds)
    orders: dict[str, list[tuple[str, str]]] = {}
    for controller, entity, relation in sorted(stated):
        orders.setdefault(controller, []).append((entity, relation))
    certain = _grow(_Rule(holdings, orders, limit, certain=True), start, start)
    joined = start | {step.entity for step in certain}
    return certain + _grow(_Rule(holdings, orders, limit, certain=False), joined, start)


@dataclass(frozen=True)
class _Rule:
    holdings: Holdings
    orders: Mapping[str, Sequence[tuple[str, str]]]
    limit: float
    certain: bool

    def below(self, member: str) -> set[str]:
        """Entities in which a member holds or controls something."""
        held = {stake.entity for stake in self.holdings.by_owner.get(member, ())}
        return held | {entity for entity, _ in self.orders.get(member, ())}

    def met(self, step: Step) -> bool:
        """Whether an entity joins."""
        return bool(step.stated) or (step.least if self.certain else step.most) > self.limit


def _grow(rule: _Rule, joined: set[str], seeds: set[str]) -> list[Step]:
    """Rounds until nothing joins; entities are looked at again only when one of their holders has joined."""
    members = set(joined)
    steps: list[Step] = []
    fresh = set(joined)
    number = 0
    while fresh:
        number += 1
        touched = sorted({entity for member in fresh for entity in rule.below(member)} - members)
        found = [step for entity in touched if rule.met(step := _step(rule, entity, members, number))]
        steps += found
        fresh = {step.entity for step in found}
        members |= fresh
    return [step for step in steps if step.entity not in seeds]


def _step(rule: _Rule, entity: str, members: set[str], number: int) -> Step:
    stakes = rule.holdings.by_entity.get(entity, [])
    holders = tuple(stake for stake in stakes if stake.owner in members and stake.most > 0)
    least = math.fsum(stake.least for stake in holders)
    others = math.fsum(stake.least for stake in stakes if stake.owner not in members)
    most = max(least, min(math.fsum(stake.most for stake in holders), WHOLE - others))
    stated = tuple((m, r) for m in sorted(members & set(rule.orders)) for e, r in rule.orders[m] if e == entity)
    return Step(entity, holders, least, most, rule.certain, number, stated)


def proof(steps: Iterable[Step], entity: str) -> list[Step]:
    """Steps that an entity's place in a cascade rests on, itself last: the chain as proof.

    Raises
    ------
    GraphError
        The entity is not in the cascade.
    """
    known: Mapping[str, Step] = {step.entity: step for step in steps}
    if entity not in known:
        raise GraphError(f"{entity} is not in this cascade")
    needed: list[Step] = []
    seen: set[str] = set()

    stack = [(entity, False)]
    while stack:
        at, done = stack.pop()
        if done:
            needed.append(known[at])
        elif at in known and at not in seen:
            seen.add(at)
            stack.append((at, True))
            stack += [(controller, False) for controller, _ in reversed(known[at].stated)]
            stack += [(stake.owner, False) for stake in reversed(known[at].holders)]
    return needed
