"""Formats of rows: FollowTheMoney, Neo4j, i2."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import split_list
from netscam.output.exporters.base import EXPORTERS, clean, export_graph, rows
from netscam.output.exporters.followthemoney import entity_record, ftm_ids, relation_record
from netscam.output.tables import export_csv

if TYPE_CHECKING:
    import pandas as pd

    from netscam.data.dataset import Dataset


@EXPORTERS.add("ftm", suffix=".ftm.json")
def ftm(data: Dataset) -> str:
    """FollowTheMoney entities as JSON lines, for Aleph, OpenAleph, yente and nomenklatura.

    A relation has the schema that the schema file names where its ends fit, else ``UnknownLink`` with the kind as its
    role. Standing, probability and documents go to ``summary``, ``publisher`` and ``sourceUrl``: an allegation stays
    marked as one.
    """
    entities = {row["id"]: row for row in rows(data.entities)}
    links = list(export_graph(data).edges(keys=True, data=True))
    keys = ftm_ids([*entities, *(f"relation-{key}" for _, _, key, _ in links)])
    lines = [entity_record(row, keys[name], data.name) for name, row in entities.items()]
    documents = {row["id"]: row for row in rows(data.documents)}
    for source, target, key, row in links:
        ids = (keys[f"relation-{key}"], keys[source], keys[target])
        lines.append(relation_record(ids, entities[source], entities[target], row, documents, data.name))
    return "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)


def _table(records: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    import pandas as pd

    cells = [[clean(v) if isinstance(v := row.get(name, ""), str) else v for name in columns] for row in records]
    return pd.DataFrame(cells, columns=columns, dtype=object)


@EXPORTERS.add("neo4j", suffix="/")
def neo4j(data: Dataset) -> dict[str, str | bytes]:
    """Neo4j: ``nodes.csv`` and ``relationships.csv`` for ``neo4j-admin database import``, and ``import.cypher``.

    Lists keep ``;`` between their items, which is Neo4j's own separator of arrays.
    """
    graph = export_graph(data)
    nodes = [{**row, "id:ID": node, ":LABEL": f"Entity;{_label(row['type'])}"} for node, row in graph.nodes(data=True)]
    links = [
        {**row, ":START_ID": source, ":END_ID": target, ":TYPE": row["relation"].upper(), "id": key}
        for source, target, key, row in graph.edges(keys=True, data=True)
    ]
    typed = {"latitude": "double", "longitude": "double", "aliases": "string[]", "countries": "string[]"}
    typed |= {"identifiers": "string[]", "share": "double", "probability": "double", "documents": "string[]"}
    typed |= {"disputed_by": "string[]"}
    texts = {}
    for file, records, keys in (
        ("nodes.csv", nodes, ["id:ID", ":LABEL"]),
        ("relationships.csv", links, [":START_ID", ":END_ID", ":TYPE", "id"]),
    ):
        names = [
            *keys,
            *(n for n in dict.fromkeys(key for row in records for key in row) if n not in keys and n != "label"),
        ]
        frame = _table(records, names)
        frame.columns = [f"{name}:{typed[name]}" if name in typed else name for name in names]
        texts[file] = export_csv(frame)
    return {**texts, "import.cypher": _cypher(data)}


def _label(kind: str) -> str:
    return "".join(part.capitalize() for part in kind.split("_"))


def _cypher(data: Dataset) -> str:
    kinds = sorted(set(data.relations["relation"]))
    caveat = " ".join(clean(data.caveat).split())
    lines = [
        f"// {' '.join(clean(data.title).split())}, version {data.version}. {caveat}",
        "// Offline, into an empty database:",
        "//   neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv DATABASE",
        "// Or into a running one, with both files in its import folder:",
        "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;",
        "LOAD CSV WITH HEADERS FROM 'file:///nodes.csv' AS row",
        "MERGE (n:Entity {id: row.`id:ID`}) SET n.name = row.name, n.type = row.type, n.status = row.status,",
        "  n.aliases = split(row.`aliases:string[]`, ';'), n.countries = split(row.`countries:string[]`, ';'),",
        "  n.description = row.description;",
    ]
    for kind in kinds:
        lines += [
            "LOAD CSV WITH HEADERS FROM 'file:///relationships.csv' AS row",
            f"WITH row WHERE row.`:TYPE` = '{kind.upper()}'",
            "MATCH (a:Entity {id: row.`:START_ID`}), (b:Entity {id: row.`:END_ID`})",
            f"MERGE (a)-[r:{kind.upper()} {{id: row.id}}]->(b)",
            "SET r.status = row.status, r.start = row.start, r.end = row.end,",
            "  r.probability = toFloat(row.`probability:double`), r.documents = split(row.`documents:string[]`, ';');",
        ]
    return "\n".join(lines) + "\n"


I2_STRENGTH = {True: "Confirmed", False: "Unconfirmed"}


@EXPORTERS.add("i2", suffix=".csv")
def i2(data: Dataset) -> str:
    """Flat CSV for i2 Analyst's Notebook and similar charts: one row a link with both its ends, UTF-8 with a mark.

    ``Link Strength`` is Confirmed only where a court has convicted or a register records it; anything else is
    Unconfirmed. Entities without a link have a row of their own at the end.
    """
    from netscam.schema import load_schema

    schema = load_schema()
    graph = export_graph(data)
    graded = data.evidence[data.evidence["stance"] == "supports"].merge(
        data.documents[["id", "reliability"]].rename(columns={"id": "document"}), on="document", how="left"
    )
    best = graded.groupby("relation")[["reliability", "credibility"]].min().to_dict("index")
    out = []
    for source, target, key, row in graph.edges(keys=True, data=True):
        relation = schema.relation_types[row["relation"]]
        grades = best.get(key, {})
        out.append(
            {
                **_i2_end(1, source, graph.nodes[source]),
                **_i2_end(2, target, graph.nodes[target]),
                "Link ID": key,
                "Link Type": relation.label,
                "Link Label": f"{relation.label} ({row['status'] or 'no evidence'})",
                "Link Direction": "Entity 1 to Entity 2" if relation.directed else "None",
                "Link Strength": I2_STRENGTH[row["status"] in ("convicted", "recorded")],
                "Link Start": row.get("start", ""),
                "Link End": row.get("end", ""),
                "Link Share": row.get("share", ""),
                "Link Probability": row["probability"],
                "Source Grade": grades.get("reliability", ""),
                "Information Grade": grades.get("credibility", ""),
                "Source References": row["documents"],
                "Disputed By": row["disputed_by"],
                "Link Description": row.get("description", ""),
            }
        )
    columns = list(out[0]) if out else [*_i2_end(1, "", {}), *_i2_end(2, "", {})]
    linked = {node for edge in graph.edges for node in edge[:2]}
    out += [_i2_end(1, node, row) for node, row in graph.nodes(data=True) if node not in linked]
    return export_csv(_table(out, columns), bom=True)


def _i2_end(number: int, node: str, row: Any) -> dict[str, Any]:
    return {
        f"Entity {number} ID": node,
        f"Entity {number} Type": row.get("type", ""),
        f"Entity {number} Label": row.get("label", ""),
        f"Entity {number} Aliases": "; ".join(split_list(row.get("aliases", ""))),
        f"Entity {number} Status": row.get("status", ""),
        f"Entity {number} Identifiers": row.get("identifiers", ""),
    }
