"""netscam: criminal-network analysis from graded evidence to key nodes with proof.

Public names are loaded on first use, so that ``import netscam`` loads no heavy library.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "Dataset": "netscam.data.dataset",
    "read_dataset": "netscam.data.dataset",
    "check_dataset": "netscam.data.dataset",
    "write_dataset": "netscam.data.dataset",
    "list_datasets": "netscam.data.dataset",
    "find_dataset": "netscam.data.dataset",
    "generate": "netscam.data.generate",
    "generate_calibrated": "netscam.data.generate_calibrated",
    "read_prior": "netscam.data.prior_file",
    "select": "netscam.data.select",
    "load_schema": "netscam.schema",
    "to_networkx": "netscam.graph.evidence_graph",
    "from_networkx": "netscam.graph.evidence_graph",
    "to_igraph": "netscam.graph.build",
    "project": "netscam.graph.project",
    "without_weak_edges": "netscam.graph.weak",
    "weak_vertices": "netscam.graph.weak",
    "edge_sampler": "netscam.graph.sample",
    "relation_probabilities": "netscam.data.evidence",
    "summary": "netscam.analysis.summary",
    "centrality": "netscam.analysis.centrality",
    "Ranking": "netscam.analysis.centrality",
    "find_communities": "netscam.analysis.communities",
    "Partition": "netscam.analysis.communities",
    "key_nodes": "netscam.analysis.keynodes",
    "KeyNodes": "netscam.analysis.keynodes",
    "dismantle": "netscam.analysis.dismantle",
    "Dismantling": "netscam.analysis.dismantle",
    "verify": "netscam.analysis.keynodes",
    "pareto": "netscam.analysis.keynodes",
    "curve_bound": "netscam.analysis.keynodes",
    "expected_fragmentation": "netscam.analysis.keynodes",
    "read_edgelist": "netscam.analysis.keynodes",
    "community_significance": "netscam.analysis.communities",
    "find_articulation_points": "netscam.analysis.centrality",
    "find_bridges": "netscam.analysis.centrality",
    "find_paths": "netscam.analysis.paths",
    "uncertainty": "netscam.analysis.uncertainty",
    "Uncertainty": "netscam.analysis.uncertainty",
    "robust_key_nodes": "netscam.analysis.uncertainty",
    "verify_next": "netscam.analysis.uncertainty",
    "missing_ties": "netscam.analysis.uncertainty",
    "find_boundary": "netscam.analysis.uncertainty",
    "import_files": "netscam.data.importers.registry",
    "find_duplicates": "netscam.data.resolve.pairs",
    "merge": "netscam.data.resolve.merge",
    "enrich": "netscam.data.resolve.enrich",
    "read_holdings": "netscam.analysis.ownership.holdings",
    "indirect_stakes": "netscam.analysis.ownership.stakes",
    "ultimate_owners": "netscam.analysis.ownership.stakes",
    "fifty_percent_rule": "netscam.analysis.ownership.cascade",
    "shell_signals": "netscam.analysis.ownership.shells",
    "write_figures": "netscam.output.figures",
    "write_page": "netscam.output.page",
    "show_page": "netscam.output.page",
    "write_report": "netscam.output.report",
    "export": "netscam.output.exporters",
    "timeline": "netscam.output.history.timeline",
    "Timeline": "netscam.output.history.timeline",
    "difference": "netscam.output.history.difference",
    "Difference": "netscam.output.history.difference",
    "backtest": "netscam.output.history.backtest",
    "Judging": "netscam.output.history.backtest",
    "Backtest": "netscam.output.history.backtest_result",
    "exodus": "netscam.output.history.exodus",
    "Exodus": "netscam.output.history.exodus",
    "recovery": "netscam.analysis.recovery",
    "Recovery": "netscam.analysis.recovery",
    "expected_mixing": "netscam.analysis.mixing",
    "assortativity": "netscam.analysis.mixing",
    "read_graph": "netscam.graph.load",
    "tie_arrays": "netscam.graph.ties",
    "second_opinion": "netscam.analysis.communities",
    "robust_set": "netscam.analysis.keynodes",
    "RobustSet": "netscam.analysis.keynodes",
    "NetscamError": "netscam.errors",
    "DataError": "netscam.errors",
    "GraphError": "netscam.errors",
    "OutputError": "netscam.errors",
    "Problem": "netscam.errors",
}

__all__ = [*_HOME]  # noqa: PLE0604  (__init__.pyi repeats it for type checkers; a test compares the two)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
