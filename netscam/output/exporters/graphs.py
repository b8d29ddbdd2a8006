"""Graph formats: GraphML, GEXF, node-link JSON, Cytoscape.js JSON."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from netscam.output.exporters.base import EXPORTERS, clean, export_graph, full_date

if TYPE_CHECKING:
    import networkx

    from netscam.data.dataset import Dataset

GEXF_TYPES = {float: "double", int: "long", str: "string"}


@EXPORTERS.add("graphml", suffix=".graphml")
def graphml(data: Dataset) -> str:
    """GraphML for Gephi, Cytoscape, yEd, igraph and networkx."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_xml(_clean(export_graph(data)), out, named_key_ids=True)
    return out.getvalue().decode("utf-8") + "\n"


@EXPORTERS.add("gexf", suffix=".gexf")
def gexf(data: Dataset) -> str:
    """GEXF 1.3 for Gephi; start and end of a relation become the spell of its edge, as whole days.

    A date known to the year or month is widened to its first and last day, since Gephi reads days only; the date as
    recorded stays as an attribute. Every edge is directed, since networkx and others refuse a mixture.
    Nothing in the file depends on the clock.
    """
    graph = export_graph(data)
    day = full_date(data.as_of if data.as_of[:1].isdigit() else "", last=True)
    nodes = list(graph.nodes(data=True))
    edges = [(key, source, target, row) for source, target, key, row in graph.edges(keys=True, data=True)]
    of_nodes, node_columns = _gexf_columns([row for _, row in nodes], "node")
    of_edges, edge_columns = _gexf_columns([row for *_, row in edges], "edge")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        f'<meta lastmodifieddate="{day}">' if day else "<meta>",
        "<creator>netscam</creator>",
        f"<description>{escape(clean(f'{data.title}, version {data.version}. {data.caveat}'))}</description>",
        "</meta>",
        '<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">',
        *node_columns,
        *edge_columns,
        "<nodes>",
    ]
    for node, row in nodes:
        lines += [
            f"<node id={_attribute(node)} label={_attribute(row['label'])}>",
            *_gexf_values(of_nodes, row),
            "</node>",
        ]
    lines += ["</nodes>", "<edges>"]
    for key, source, target, row in edges:
        lines += [_gexf_edge(key, source, target, row), *_gexf_values(of_edges, row), "</edge>"]
    return "\n".join([*lines, "</edges>", "</graph>", "</gexf>"]) + "\n"


def _attribute(text: object) -> str:
    return quoteattr(clean(str(text)), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _gexf_columns(rows: list[dict[str, Any]], kind: str) -> tuple[dict[str, str], list[str]]:
    found: dict[str, type] = {}
    for row in rows:
        for name, value in row.items():
            if name != "label" and value != "":
                found.setdefault(name, float if isinstance(value, float) else int if isinstance(value, int) else str)
    numbers = {name: f"{kind[0]}{place}" for place, name in enumerate(found)}
    lines = [f'<attributes class="{kind}" mode="static">']
    lines += [
        f'<attribute id="{numbers[name]}" title={_attribute(name)} type="{GEXF_TYPES[found[name]]}"/>' for name in found
    ]
    return numbers, [*lines, "</attributes>"]


def _gexf_values(names: dict[str, str], row: dict[str, Any]) -> list[str]:
    values = [f'<attvalue for="{names[n]}" value={_attribute(v)}/>' for n, v in row.items() if n in names and v != ""]
    return ["<attvalues>", *values, "</attvalues>"] if values else []


def _gexf_edge(key: str, source: str, target: str, row: dict[str, Any]) -> str:
    from netscam.schema import load_schema

    relation = load_schema().relation_types[row["relation"]]
    start, end = full_date(row.get("start", "")), full_date(row.get("end", ""), last=True)
    spell = "".join(f' {name}="{value}"' for name, value in (("start", start), ("end", end)) if value)
    return (
        f"<edge id={_attribute(key)} source={_attribute(source)} target={_attribute(target)}"
        f" label={_attribute(relation.label)}"
        f' weight="{row["probability"]}"{spell}>'
    )


@EXPORTERS.add("node-link", suffix=".json")
def node_link(data: Dataset) -> str:
    """Node-link JSON as networkx and D3 read it."""
    import networkx as nx

    document = nx.node_link_data(export_graph(data), edges="links")
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


@EXPORTERS.add("cytoscape", suffix=".cyjs")
def cytoscape(data: Dataset) -> str:
    """Cytoscape.js JSON (``elements`` with ``data``), which Cytoscape desktop and networkx read too."""
    graph = export_graph(data)
    nodes = [{"data": {**row, "id": node, "value": node}} for node, row in graph.nodes(data=True)]
    edges = [
        {"data": {**row, "id": key, "key": key, "source": source, "target": target, "interaction": row["relation"]}}
        for source, target, key, row in graph.edges(keys=True, data=True)
    ]
    document = {
        "format_version": "1.0",
        "data": [[name, value] for name, value in sorted(graph.graph.items())],
        "directed": True,
        "multigraph": True,
        "elements": {"nodes": nodes, "edges": edges},
    }
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def _clean(graph: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    rows: list[dict[str, Any]] = [graph.graph]
    rows += [row for _, row in graph.nodes(data=True)] + [row for _, _, row in graph.edges(data=True)]
    for row in rows:
        for key, value in row.items():
            if isinstance(value, str):
                row[key] = clean(value)
    return graph
