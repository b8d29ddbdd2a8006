"""The parameters of a reaction: every one by name, with its range, its meaning and its place in the compiled code."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from netscam.errors import GraphError, UnknownNameError


@dataclass(frozen=True)
class Setting:
    """One parameter of a reaction.

    Parameters
    ----------
    default
        Value where neither the model nor the caller says otherwise.
    low, high
        Smallest and largest value.
    meaning
        What it does, for a person.
    whole
        Whether only whole numbers make sense.
    """

    default: float
    low: float
    high: float
    meaning: str
    whole: bool = False

    def wrong(self, value: float) -> str:
        """What is wrong with a value; empty when nothing is."""
        if not (math.isfinite(value) and self.low <= value <= self.high):
            return f"must lie between {self.low:g} and {self.high:g}, not {value:g}"
        return f"must be a whole number, not {value:g}" if self.whole and value != int(value) else ""


# In the order of the compiled code, which reads them by place.
SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "success": Setting(0.5, 0, 1, "chance per round that an orphan (who lost a tie) finds a replacement"),
        "together": Setting(0.0, 0, 1, "chance that an orphan turns to the one heir of the removed node"),
        "degree": Setting(0.0, 0, 50, "exponent of (ties + 1) in a candidate's weight; large: always the best tied"),
        "distance": Setting(0.0, 0, 50, "weight exp(-distance (steps - 2)): large, only the nearest; 0, no matter"),
        "role": Setting(0.0, 0, 50, "exponent of the share of roles that a candidate has in common with the removed"),
        "min_fit": Setting(0.0, 0, 1, "least share of common roles (Jaccard) that a candidate must have"),
        "same_type": Setting(
            1,
            0,
            1,
            "1: only the type of the removed one can step in (an operator for any person); 0: any type",
            whole=True,
        ),
        "stranger": Setting(0.0, 0, 1, "weight of candidates to whom there is no path, where distance counts"),
        "memory": Setting(1, 0, 1, "1: paths that led through the removed node still count for distance", whole=True),
        "closure": Setting(0.0, 0, 1, "chance that a new tie brings one more, to a neighbour of the new partner"),
        "sites": Setting(0, 0, 1, "1: a closed site moves with its people; 0: it is replaced like others", whole=True),
        "reopen": Setting(0.5, 0, 1, "sites: chance per round that a closed site opens again elsewhere"),
        "owners": Setting(1.0, 0, 1, "sites: chance that an owner or operator of the site is tied to the new one"),
        "follow": Setting(0.5, 0, 1, "sites: chance that any other neighbour of the site is tied to the new one"),
        "host": Setting(0.5, 0, 1, "sites: chance that the holder of another recorded site takes the new one in"),
        "spread": Setting(0.2, 0, 1, "sites: weight of a host in another place of the country; squared beyond it"),
        "pace": Setting(4, 1, 1000, "rounds of reaction after each removal, before the next", whole=True),
        "horizon": Setting(20, 0, 10000, "rounds after the last removal in which recovery is waited for", whole=True),
        "recovered": Setting(0.95, 0, 10, "share of the starting efficiency at which the network counts as recovered"),
    }
)
"""Parameters by name. Those of sites matter only where ``sites`` is 1."""


def full_settings(model: Mapping[str, float], given: Mapping[str, float] | None) -> dict[str, float]:
    """Every setting: the caller's, else the model's, else the default.

    Raises
    ------
    UnknownNameError
        There is no setting of a name.
    GraphError
        A value is out of range; one line for each.
    """
    chosen = {name: setting.default for name, setting in SETTINGS.items()} | dict(model)
    for name, value in (given or {}).items():
        if name not in SETTINGS:
            raise UnknownNameError("setting", name, SETTINGS)
        chosen[name] = float(value)
    wrong = [f"setting {name} {text}" for name, value in chosen.items() if (text := SETTINGS[name].wrong(value))]
    if wrong:
        raise GraphError("\n".join(wrong))
    return chosen


def as_array(settings: Mapping[str, float]) -> NDArray[np.float64]:
    """Settings as the compiled code wants them, shape (19,)."""
    return np.array([settings[name] for name in SETTINGS], dtype=np.float64)
