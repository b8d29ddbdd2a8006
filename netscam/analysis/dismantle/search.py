"""The two searches for one set of nodes, under one name."""

from netscam.analysis.dismantle.fragmentation import fragmentation_search
from netscam.analysis.dismantle.rules import FoundSet
from netscam.analysis.dismantle.smallest import smallest_set

__all__ = ["FoundSet", "fragmentation_search", "smallest_set"]
