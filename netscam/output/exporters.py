"""Datasets for other tools: GraphML, GEXF and node-link JSON."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netscam.data.evidence import relation_probabilities
from netscam.files import write_file
from netscam.graph.evidence_graph import to_networkx
from netscam.output.words import relation_statuses
from netscam.registry import Registry

if TYPE_CHECKING:
    import networkx

    from netscam.data.dataset import Dataset

EXPORTERS: Registry[Callable[[Dataset], str]] = Registry("export format")
# What XML 1.0 cannot hold at all.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(data: Dataset, to: str, path: str | Path) -> Path:
    """Write a dataset in the format of another tool.

    Parameters
    ----------
    data
        The dataset; every entity and relation goes out, with probability, legal status, documents and share of
        disputing evidence as plain attributes, and the caveat as an attribute of the graph where the format has one.
    to
        Name of the format: see ``EXPORTERS``.
    path
        File to write, whole or not at all.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UnknownNameError
        No such format.
    OutputError
        The file cannot be written.
    """
    text = EXPORTERS[to].function(data)
    target = Path(path)
    write_file(target, text)
    return target


def export_graph(data: Dataset) -> networkx.MultiDiGraph[str]:
    """Evidence graph with what a reader of another tool needs on each edge, as text and numbers only."""
    graph = to_networkx(data)
    probability, status = relation_probabilities(data), relation_statuses(data)
    documents = data.evidence.groupby(["relation", "stance"])["document"].agg(lambda ids: ";".join(sorted(set(ids))))
    for _, _, key, row in graph.edges(keys=True, data=True):
        row["probability"] = round(float(probability[key]), 6)
        row["status"] = status[key]
        row["documents"] = documents.get((key, "supports"), "")
        row["disputed_by"] = documents.get((key, "disputes"), "")
    for node, row in graph.nodes(data=True):
        row["label"] = row.get("name", node)
    graph.graph.update(title=data.title, version=data.version, hash=data.hash(), as_of=data.as_of, caveat=data.caveat)
    return graph


@EXPORTERS.add("graphml", suffix=".graphml")
def graphml(data: Dataset) -> str:
    """GraphML for Gephi, Cytoscape, yEd, igraph and networkx."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_xml(_clean(export_graph(data)), out, named_key_ids=True)
    return out.getvalue().decode("utf-8") + "\n"


@EXPORTERS.add("gexf", suffix=".gexf")
def gexf(data: Dataset) -> str:
    """GEXF 1.2 for Gephi; start and end of a relation become the spell of its edge."""
    import networkx as nx

    graph = _clean(export_graph(data))
    for _, _, row in graph.edges(data=True):
        for clock in ("start", "end"):
            if not row.get(clock):
                row.pop(clock, None)
    text = "\n".join(nx.generate_gexf(graph, version="1.2draft"))
    # networkx writes today's date; the record's own date keeps the bytes the same.
    return re.sub(r'lastmodifieddate="[^"]*"', f'lastmodifieddate="{data.as_of}"', text) + "\n"


@EXPORTERS.add("node-link", suffix=".json")
def node_link(data: Dataset) -> str:
    """Node-link JSON as networkx and D3 read it."""
    import networkx as nx

    document = nx.node_link_data(export_graph(data), edges="links")
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def _clean(graph: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    rows: list[dict[str, Any]] = [graph.graph]
    rows += [row for _, row in graph.nodes(data=True)] + [row for _, _, row in graph.edges(data=True)]
    for row in rows:
        for key, value in row.items():
            if isinstance(value, str):
                row[key] = NOT_XML.sub("\ufffd", value)
    return graph
