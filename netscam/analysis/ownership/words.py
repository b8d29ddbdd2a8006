"""Chains of ownership told in words, one sentence per step."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from netscam.analysis.ownership.cascade import Step
from netscam.analysis.ownership.holdings import Holding

Namer = Callable[[str], str]


def tell_step(step: Step, *, name: Namer, says: Namer) -> str:
    """Say why one entity joins a cascade.

    Parameters
    ----------
    step
        The step.
    name
        Gives the name of an entity id.
    says
        Gives, for a relation id, the verb phrase with its legal standing, for example ``is alleged to own``; a
        sentence never says more than the record.

    Returns
    -------
    str
        For example ``Ann Example is alleged to own 60 percent of Blue Ltd: 60 percent in all``.
    """
    orders = [f"{name(controller)} {says(relation)} {name(step.entity)}" for controller, relation in step.stated]
    parts = "; ".join([*orders, *(tell_holding(stake, name=name, says=says) for stake in step.holders)])
    if not step.holders:
        return parts
    state = "" if step.certain or step.stated else ", which missing shares leave open"
    return f"{parts}: {_percent(step.least, step.most)} in all{state}"


def tell_holding(stake: Holding, *, name: Namer, says: Namer) -> str:
    """Say one direct stake, with every standing in which it is recorded."""
    verbs = list(dict.fromkeys(says(relation) for relation in stake.relations)) or ["is entered here to own"]
    share = _percent(stake.least, stake.most)
    if math.isnan(stake.stated) and not stake.printed and stake.least == 0:
        share = f"a share that no document prints (at most {stake.most:.4g} percent)"
    return f"{name(stake.owner)} {' and '.join(verbs)} {share} of {name(stake.entity)}"


def tell_chain(steps: Iterable[Step], *, name: Namer, says: Namer) -> list[str]:
    """Say a proof, one sentence per step, in the order in which the steps rest on each other."""
    return [tell_step(step, name=name, says=says) for step in steps]


def _percent(least: float, most: float) -> str:
    low, high = f"{least:.4g}", f"{most:.4g}"
    return f"{low} percent" if low == high else f"between {low} and {high} percent"
