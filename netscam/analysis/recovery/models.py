"""Reaction models: each one function that gives the settings by which it differs from no preference at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from netscam.registry import Registry

Model = Callable[[], Mapping[str, float]]
MODELS: Registry[Model] = Registry("reaction model")


@MODELS.add("none", label="no reaction")
def none() -> Mapping[str, float]:
    """Nobody reacts: plain removal, the comparison for all others."""
    return {"success": 0.0, "reopen": 0.0}


@MODELS.add("random", label="random")
def random() -> Mapping[str, float]:
    """Every orphan ties itself to a candidate drawn with equal chances (Duijn, Kashirin, Sloot 2014: random)."""
    return {}


@MODELS.add("preferential", label="preferential")
def preferential() -> Mapping[str, float]:
    """Candidates with many ties are preferred, in proportion to ties + 1 (Duijn et al.: preference by degree)."""
    return {"degree": 1.0}


@MODELS.add("distance", label="by distance")
def distance() -> Mapping[str, float]:
    """Candidates few steps away are preferred, at first those two steps away (Duijn et al.: by social distance)."""
    return {"distance": 1.0}


@MODELS.add("role", label="by role")
def role() -> Mapping[str, float]:
    """One heir steps in for all, by the roles in common with the removed node (Duijn et al.: human capital)."""
    return {"role": 1.0, "together": 1.0}


@MODELS.add("displacement", label="displacement")
def displacement() -> Mapping[str, float]:
    """A closed site opens again nearby with its owners and operators; everybody else is replaced as by role."""
    return {"role": 1.0, "together": 1.0, "sites": 1.0}
