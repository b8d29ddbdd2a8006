"""Target sets for a record that misses ties."""

from netscam.analysis.keynodes.missing.api import RobustSet, robust_set

__all__ = ["RobustSet", "robust_set"]
