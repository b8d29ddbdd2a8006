"""How sure the answers are: intervals of ranks, stability of key-node sets, missing ties, what to verify next."""

from netscam.analysis.uncertainty.boundary import find_boundary
from netscam.analysis.uncertainty.coverage import interval_coverage
from netscam.analysis.uncertainty.error_study import ERRORS, centrality_accuracy
from netscam.analysis.uncertainty.missing import MissingTies, missing_ties
from netscam.analysis.uncertainty.ranks import Uncertainty, uncertainty
from netscam.analysis.uncertainty.robust import RobustKeyNodes, robust_key_nodes
from netscam.analysis.uncertainty.verify_next import NextChecks, verify_next

__all__ = [
    "ERRORS",
    "MissingTies",
    "NextChecks",
    "RobustKeyNodes",
    "Uncertainty",
    "centrality_accuracy",
    "find_boundary",
    "interval_coverage",
    "missing_ties",
    "robust_key_nodes",
    "uncertainty",
    "verify_next",
]
