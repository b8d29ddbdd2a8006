"""Results in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.analysis.recovery.models import MODELS
from netscam.analysis.recovery.strategies import STRATEGIES

if TYPE_CHECKING:
    from netscam.analysis.recovery.result import Recovery

NEAR = 0.005
"""Changes below this share are told as none."""


def strategy_label(name: str) -> str:
    """Short name of a strategy for people; a list of ids is ``own list``."""
    return str(STRATEGIES[name].details["label"]) if name in STRATEGIES.names() else "own list"


def model_label(name: str) -> str:
    """Short name of a reaction model for people."""
    return str(MODELS[name].details["label"]) if name in MODELS.names() else name


def percent(share: float) -> str:
    """A share as percent with its sign: ``+12 %``, ``-3.4 %``."""
    number = 100 * share
    return f"{number:+.0f} %" if abs(number) >= 10 else f"{number:+.1f} %"


def tell(result: Recovery) -> str:
    """What was removed, what that did at once, what was left after the reaction, and whether the network came back."""
    found, steps = result.summary(), int(result.parameters["steps"])
    efficiency = found["efficiency"]
    nodes = "1 node" if steps == 1 else f"{steps} nodes"
    removal = f"{nodes} taken out ({strategy_label(result.strategy)}); reaction: {model_label(result.model)}."
    course = (
        f"Global efficiency of the recorded network: {efficiency['start']:.4f} before, {efficiency['hit']:.4f} just "
        f"after the last removal, {efficiency['settled']:.4f} after the reaction: {_change(efficiency)}."
    )
    rest = (
        f"Connected pairs: {found['connected_pairs']['start']:,.0f} before, "
        f"{found['connected_pairs']['settled']:,.0f} at the end; largest component "
        f"{found['largest_component']['start']:.0f} and {found['largest_component']['settled']:.0f} nodes; density "
        f"{_change(found['density'])}."
    )
    time = _time(result, found["rounds_to_recover"], found["rounds_per_removal"])
    caution = "A model of reaction moves ties in the record; it is no forecast about anybody in it."
    return " ".join([removal, course, rest, time, caution])


def _change(found: dict[str, float]) -> str:
    change = found["change"]
    if change != change:  # noqa: PLR0124  (NaN)
        return "undefined, since there was none before"
    word = "unchanged" if abs(change) < NEAR else f"{'higher' if change > 0 else 'lower'} by {abs(change):.1%}"
    if found["high"] - found["low"] < NEAR:
        return word
    return f"{word} (90 % of the runs between {percent(found['low'])} and {percent(found['high'])})"


def _time(result: Recovery, rounds: dict[str, float], each: dict[str, float]) -> str:
    goal, horizon = result.settings["recovered"], int(result.settings["horizon"])
    share = rounds["recovered"]
    told = f"After {each['recovered']:.0%} of the removals efficiency is back at {goal:.0%} of what it was just before"
    if each["recovered"]:
        told += ", typically at once" if each["median"] == 0 else f", typically {_rounds(each['median'])} later"
    told += ". "
    if share == 0:
        return f"{told}In no run is it at {goal:.0%} of the start within {horizon} rounds of the last removal."
    often = "every run" if share == 1 else f"{share:.0%} of the runs"
    when = "already when the last node goes" if rounds["median"] == 0 else f"{_rounds(rounds['median'])} after it"
    return f"{told}In {often} it ends at {goal:.0%} of the start or more, typically {when}."


def _rounds(count: float) -> str:
    return "1 round" if count == 1 else f"{count:g} rounds"
