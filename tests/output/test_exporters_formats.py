"""Every other export format, read back by the program or library that it is for."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import igraph as ig
import networkx as nx
import pandas as pd
import pytest

from netscam.data.dataset import Dataset, read_dataset, table_csv
from netscam.data.importers.registry import import_files
from netscam.errors import OutputError
from netscam.output.exporters import EXPORTERS, export, export_graph
from netscam.output.exporters.followthemoney import ftm_ids
from netscam.schema import load_schema

HOSTILE = "=cmd|' /C calc'!A0 \"q\" </node>\n;,\t\x07 {x} \ufffe 名"


@pytest.fixture(scope="module", params=["example", "mekong"])
def data(request: pytest.FixtureRequest) -> Dataset:
    return read_dataset(request.param)


@pytest.fixture(scope="module")
def hostile() -> Dataset:
    """Names, descriptions and aliases that every format has to keep as text."""
    made = read_dataset("example")
    entities = made.entities.assign(name=HOSTILE, description=HOSTILE, aliases="a;=b")
    return replace(made, entities=entities, relations=made.relations.assign(description=HOSTILE))


def text_of(name: str, data: Dataset) -> str:
    content = EXPORTERS[name].function(data)
    assert isinstance(content, str)
    return content


def test_cytoscape_reads_back_with_networkx(data: Dataset) -> None:
    document = json.loads(text_of("cytoscape", data))
    graph = nx.cytoscape_graph(document)
    assert set(graph) == set(data.entities["id"])
    assert {key for *_, key in graph.edges(keys=True)} == set(data.relations["id"])
    assert {row["data"]["id"] for row in document["elements"]["edges"]} == set(data.relations["id"])


def test_gexf_keeps_gephis_rules(data: Dataset) -> None:
    """Gephi with ``timeformat="date"`` wants whole days; ids, references and attribute numbers have to fit together."""
    import xml.etree.ElementTree as ET

    root = ET.fromstring(text_of("gexf", data))
    space = {"g": "http://gexf.net/1.3"}
    graph = root.find("g:graph", space)
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    nodes = {node.get("id") for node in graph.iterfind("g:nodes/g:node", space)}
    edges = list(graph.iterfind("g:edges/g:edge", space))
    assert nodes == set(data.entities["id"])
    assert {edge.get("id") for edge in edges} == set(data.relations["id"])
    assert all(edge.get(end) in nodes for edge in edges for end in ("source", "target"))
    days = [edge.get(clock) for edge in edges for clock in ("start", "end") if edge.get(clock)]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day or "") for day in days)
    dated = data.relations["start"].ne("").sum() + data.relations["end"].ne("").sum()
    assert len(days) == dated
    for kind, path in (("node", "g:nodes/g:node"), ("edge", "g:edges/g:edge")):
        declared = {item.get("id") for item in graph.iterfind(f"g:attributes[@class='{kind}']/g:attribute", space)}
        used = {value.get("for") for value in graph.iterfind(f"{path}/g:attvalues/g:attvalue", space)}
        assert used <= declared


def test_followthemoney_accepts_every_entity(data: Dataset) -> None:
    model = pytest.importorskip("followthemoney", reason="followthemoney is not installed").model
    lines = text_of("ftm", data).splitlines()
    assert len(lines) == len(data.entities) + len(data.relations)
    records = [json.loads(line) for line in lines]
    schemata = {row["id"]: model.get(row["schema"]) for row in records}
    for row in records:
        schema = schemata[row["id"]]
        schema.validate(row)
        proxy = model.get_proxy(row)
        for name, values in row["properties"].items():
            prop = schema.get(name)
            assert prop is not None, (row["schema"], name)
            assert proxy.get(name), (row["schema"], name, values)
            if prop.type.name == "entity":
                for value in values:
                    assert schemata[value].is_a(prop.range), (row["schema"], name, schemata[value].name)


def test_followthemoney_comes_back(data: Dataset, tmp_path: Path) -> None:
    path = export(data, "ftm", tmp_path / "x.ftm.json")
    with import_files("opensanctions", [path], published="2026-01-01") as found:
        back = found.dataset()
    keys = ftm_ids(data.entities["id"])
    names = back.entities.set_index("id")["name"]
    assert names.loc[data.entities["id"].map(keys)].tolist() == data.entities["name"].tolist()
    # Every relation comes back between the same ends; kinds that FollowTheMoney lacks come back as linked_to.
    ends = {frozenset(pair) for pair in zip(back.relations["source"], back.relations["target"], strict=True)}
    rows = data.relations[~data.relations["relation"].eq("sanctioned_by")]
    pairs = zip(rows["source"].map(keys), rows["target"].map(keys), strict=True)
    assert {frozenset(pair) for pair in pairs} <= ends


def test_neo4j_files_fit_together(data: Dataset, tmp_path: Path) -> None:
    folder = export(data, "neo4j", tmp_path / "neo")
    nodes = pd.read_csv(folder / "nodes.csv", dtype=str, keep_default_na=False)
    links = pd.read_csv(folder / "relationships.csv", dtype=str, keep_default_na=False)
    assert set(nodes["id:ID"]) == set(data.entities["id"])
    assert set(links["id"]) == set(data.relations["id"])
    assert set(links[":START_ID"]) | set(links[":END_ID"]) <= set(nodes["id:ID"])
    assert set(links[":TYPE"]) == {kind.upper() for kind in data.relations["relation"]}
    cypher = (folder / "import.cypher").read_text(encoding="utf-8")
    columns = [*nodes.columns, *links.columns]
    assert all(name in columns for name in re.findall(r"row\.`([^`]+)`", cypher))
    assert all(name in columns for name in re.findall(r"row\.(\w+)", cypher))


def test_bods_keeps_the_standard(data: Dataset, shared: Path) -> None:
    """Validated against the published 0.4 schema, where it is at hand."""
    validators = pytest.importorskip("jsonschema")
    referencing = pytest.importorskip("referencing")
    folder = shared / "lists" / "bods_standard" / "schema"
    if not folder.is_dir():
        pytest.skip("the BODS schema is not at hand")
    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    pairs = [(s["$id"], referencing.Resource.from_contents(s)) for s in schemas if "$id" in s]
    registry = referencing.Registry().with_resources(pairs)
    statement = next(s for s in schemas if s.get("$id") == "urn:statement")
    validator = validators.Draft202012Validator(statement, registry=registry)
    document = json.loads(text_of("bods", data))
    assert [error.message for error in validator.iter_errors(document)] == []


def test_bods_comes_back(data: Dataset, tmp_path: Path) -> None:
    path = export(data, "bods", tmp_path / "x.json")
    with import_files("bods", [path]) as found:
        back = found.dataset()
    kinds = data.entities.set_index("id")["type"]
    owned = data.relations[data.relations["relation"] == "owns"]
    owned = owned[~owned["target"].map(kinds).isin(["compound", "address"])]
    again = back.relations[back.relations["relation"] == "owns"]
    assert set(zip(again["source"], again["target"], strict=True)) == set(
        zip(owned["source"], owned["target"], strict=True)
    )
    shares = owned.set_index(["source", "target"])["share"].dropna()
    assert (again.set_index(["source", "target"])["share"].loc[shares.index] == shares).all()


def test_geojson_is_rfc_7946(data: Dataset) -> None:
    document = json.loads(text_of("geojson", data))
    compounds = data.entities[data.entities["type"] == "compound"]
    assert len(document["features"]) == compounds["latitude"].notna().sum()
    assert len(document["features"]) + len(document["without_coordinates"]) == len(compounds)
    for feature in document["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        row = compounds.set_index("id").loc[feature["id"]]
        assert (latitude, longitude) == (pytest.approx(row["latitude"]), pytest.approx(row["longitude"]))
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90


def test_openpyxl_and_frictionless_read_the_workbook(data: Dataset, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    path = export(data, "xlsx", tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["about", *data.tables()]
    for name, frame in data.tables().items():
        sheet = book[name]
        assert sheet.max_row == len(frame) + 1
        assert [cell.value for cell in sheet[1]] == list(frame.columns)
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    back = pd.read_excel(path, sheet_name="entities", dtype=str, keep_default_na=False)
    assert back["name"].tolist() == data.entities["name"].tolist()


def test_frictionless_reads_the_flat_csvs(data: Dataset, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    folder = export(data, "neo4j", tmp_path / "neo")
    flat = export(data, "i2", tmp_path / "i2.csv")
    for path in (folder / "nodes.csv", folder / "relationships.csv", flat):
        resource = frictionless.Resource(path=path.name, basepath=str(path.parent), encoding="utf-8-sig")
        assert frictionless.validate(resource).valid, path


def test_parquet_is_the_tables(data: Dataset, tmp_path: Path) -> None:
    folder = export(data, "parquet", tmp_path / "p")
    for name, frame in data.tables().items():
        assert table_csv(pd.read_parquet(folder / f"{name}.parquet")) == table_csv(frame)


def test_pajek_reads_with_networkx_and_igraph(data: Dataset, tmp_path: Path) -> None:
    path = export(data, "pajek", tmp_path / "x.net")
    graph = nx.read_pajek(path)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(data.entities), len(data.relations))
    other = ig.Graph.Read_Pajek(str(path))
    assert (other.vcount(), other.ecount()) == (len(data.entities), len(data.relations))


def test_dl_reads_with_igraph(data: Dataset, tmp_path: Path) -> None:
    path = export(data, "dl", tmp_path / "x.dl")
    graph = ig.Graph.Read_DL(str(path), directed=True)
    assert graph.vs["name"] == list(export_graph(data))
    types = load_schema().relation_types
    rows = zip(data.relations["source"], data.relations["target"], data.relations["relation"], strict=True)
    pairs = set()
    for source, target, kind in rows:
        pairs |= {(source, target)} if types[kind].directed else {(source, target), (target, source)}
    assert {tuple(graph.vs[end]["name"] for end in edge.tuple) for edge in graph.es} == pairs


def test_dl_comes_back(data: Dataset, tmp_path: Path) -> None:
    path = export(data, "dl", tmp_path / "x.dl")
    with import_files("table", [path]) as found:
        back = found.dataset()
    ends = {frozenset(pair) for pair in zip(data.relations["source"], data.relations["target"], strict=True)}
    assert {frozenset(pair) for pair in zip(back.relations["source"], back.relations["target"], strict=True)} == ends


def test_i2_has_one_row_a_link(data: Dataset) -> None:
    text = text_of("i2", data)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    links = [row for row in rows if row["Link ID"]]
    assert {row["Link ID"] for row in links} == set(data.relations["id"])
    ends = {row[f"Entity {number} ID"] for row in rows for number in (1, 2)} - {""}
    assert ends == set(data.entities["id"])
    convicted = set(data.evidence.loc[data.evidence["status"].isin(["convicted", "recorded"]), "relation"])
    assert {row["Link ID"] for row in links if row["Link Strength"] == "Confirmed"} <= convicted


@pytest.mark.parametrize("name", EXPORTERS.names())
def test_hostile_text_is_only_text(hostile: Dataset, name: str, tmp_path: Path) -> None:
    path = export(hostile, name, tmp_path / "out")
    files = [path] if path.is_file() else sorted(path.iterdir())
    for file in files:
        if file.suffix == ".csv" or name == "i2":
            rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
            assert len({len(row) for row in rows}) == 1
            assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    if name == "pajek":
        assert nx.read_pajek(path).number_of_nodes() == len(hostile.entities)
    if name == "ftm":
        assert all(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def test_a_folder_format_does_not_replace_a_file(tmp_path: Path) -> None:
    target = tmp_path / "x"
    target.write_text("keep")
    with pytest.raises(OutputError, match="folder"):
        export(read_dataset("example"), "neo4j", target)
    assert target.read_text() == "keep"


def test_an_empty_dataset_goes_out_everywhere(tmp_path: Path) -> None:
    from netscam.data.dataset import build_dataset, empty_table
    from netscam.schema import TABLES

    nothing = build_dataset("nothing", {name: empty_table(name) for name in TABLES}, {})
    for name in EXPORTERS.names():
        export(nothing, name, tmp_path / f"{name}.out")
