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
    "select": "netscam.data.select",
    "load_schema": "netscam.schema",
    "to_networkx": "netscam.graph.evidence_graph",
    "from_networkx": "netscam.graph.evidence_graph",
    "to_igraph": "netscam.graph.build",
    "project": "netscam.graph.project",
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
    "find_paths": "netscam.analysis.paths",
    "write_figures": "netscam.output.figures",
    "write_page": "netscam.output.page",
    "export": "netscam.output.exporters",
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
