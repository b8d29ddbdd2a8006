"""Key nodes: which set of nodes to act on, what that is worth, and a proof of how good it is."""

from netscam.analysis.keynodes.api import key_nodes
from netscam.analysis.keynodes.csr import CSR, csr_from_edges, csr_from_igraph
from netscam.analysis.keynodes.curve import CurveBound, curve_bound
from netscam.analysis.keynodes.edgelist import read_edgelist
from netscam.analysis.keynodes.expected import ExpectedFragmentation, expected_fragmentation
from netscam.analysis.keynodes.methods import METHODS
from netscam.analysis.keynodes.missing import RobustSet, robust_set
from netscam.analysis.keynodes.objectives import component_sizes, connected_pairs, largest_component, reach_count
from netscam.analysis.keynodes.pareto import pareto
from netscam.analysis.keynodes.result import KeyNodes
from netscam.analysis.keynodes.verify import verify

__all__ = [
    "CSR",
    "METHODS",
    "CurveBound",
    "ExpectedFragmentation",
    "KeyNodes",
    "RobustSet",
    "component_sizes",
    "connected_pairs",
    "csr_from_edges",
    "csr_from_igraph",
    "curve_bound",
    "expected_fragmentation",
    "key_nodes",
    "largest_component",
    "pareto",
    "reach_count",
    "read_edgelist",
    "robust_set",
    "verify",
]
