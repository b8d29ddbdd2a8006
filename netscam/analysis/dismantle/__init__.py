"""Orders of removals that take a network apart, and searches for the set that does it best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netscam.analysis.dismantle.api import dismantle as dismantle
    from netscam.analysis.dismantle.api import method_names as method_names
    from netscam.analysis.dismantle.judge import order_area as order_area
    from netscam.analysis.dismantle.judge import removal_curve as removal_curve
    from netscam.analysis.dismantle.methods import METHODS as METHODS
    from netscam.analysis.dismantle.result import Dismantling as Dismantling
    from netscam.analysis.dismantle.search import FoundSet as FoundSet
    from netscam.analysis.dismantle.search import fragmentation_search as fragmentation_search
    from netscam.analysis.dismantle.search import smallest_set as smallest_set

_HOMES = {
    "dismantle": "api",
    "method_names": "api",
    "order_area": "judge",
    "removal_curve": "judge",
    "METHODS": "methods",
    "Dismantling": "result",
    "FoundSet": "rules",
    "fragmentation_search": "fragmentation",
    "smallest_set": "smallest",
}

__all__ = [*_HOMES]  # noqa: PLE0604  (the names above, for type checkers)


def __getattr__(name: str) -> Any:
    """Load a public name on first use, so that importing the package loads no heavy library."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
