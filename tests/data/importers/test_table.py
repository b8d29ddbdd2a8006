"""Any table by a mapping, guessed or written."""

# Tables of fixtures read better with one record a line.
# ruff: noqa: E501
from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from netscam.data.importers.table.guess import guess_table, mapping_text
from netscam.data.importers.table.mapping import load_mapping
from netscam.errors import DataError

Run = Callable[..., Any]
PEOPLE = "Key;Full name;Sort;Land;Passport no;Where\n1;Jane Doe;human;Cambodia;N1;12 Test Road, Phnom Penh\n2;Example;firm;Laos|Thailand;;\n"
TIES = "From;To;What;Since;Stake\n1;2;holds;03.05.2012;12,5\n2;1;talks to;;\n"
MAPPING = """
[source]
title = "A notebook"
publisher = "Somebody"
kind = "press"
published = "2024-05"
reliability = "C"

[[tables]]
file = "people.csv"
layout = "entities"
scheme = "notebook"
[tables.columns]
id = "Key"
name = "Full name"
type = "Sort"
countries = "Land"
address = "Where"
[tables.identifiers]
passport = "Passport no"
[tables.types]
human = "person"
firm = "company"

[[tables]]
file = "ties.csv"
layout = "links"
status = "alleged"
credibility = "3"
[tables.columns]
source = "From"
target = "To"
relation = "What"
start = "Since"
share = "Stake"
[tables.relations]
holds = "owns"
"""


def test_a_written_mapping(run: Run) -> None:
    ran = run("table", {"people.csv": PEOPLE, "ties.csv": TIES, "mapping.toml": MAPPING}, published="")
    jane, firm = ran.entity("1"), ran.entity("2")
    assert (jane["type"], jane["name"], jane["countries"]) == ("person", "Jane Doe", "KH")
    assert jane["identifiers"] == "notebook:1;passport:N1"
    assert (firm["type"], firm["countries"]) == ("company", "LA;TH")
    owns = ran.relation("1", "owns", "2")
    assert (owns["start"], owns["share"]) == ("2012-05-03", 12.5)
    assert ("2", "linked_to", "1") in ran.relations()
    assert len(ran.relations("registered_at")) == 1
    evidence = ran.data.evidence.set_index("relation").loc[owns["id"]]
    assert (evidence["status"], evidence["credibility"], evidence["locator"]) == ("alleged", "3", "row 2")
    document = ran.data.documents.iloc[0]
    assert (document["title"], document["published"], document["reliability"]) == ("A notebook", "2024-05", "C")
    assert ran.report.notes["word 'talks to' that the mapping does not know, read as linked_to"] == 1


def test_a_guess_says_what_it_sees_and_can_be_read_back(tmp_path: Path) -> None:
    nodes, links = tmp_path / "n.csv", tmp_path / "l.csv"
    nodes.write_text("id,label,category\n1,A,Officer\n2,B,Company\n", encoding="utf-8")
    links.write_text("source,target,type,start_date,nonsense\n1,2,shareholder of,2001,x\n", encoding="utf-8")
    first, second = guess_table(nodes), guess_table(links)
    assert first.columns == {"id": "id", "name": "label", "type": "category"}
    assert first.types == {"Officer": "person", "Company": "company"}
    assert (second.layout, second.relations) == ("links", {"shareholder of": "owns"})
    path = tmp_path / "mapping.toml"
    path.write_text(mapping_text([first, second]), encoding="utf-8")
    assert load_mapping(path)[1] == [first, second]


@pytest.mark.parametrize(
    ("header", "relation", "ends"),
    [
        ("Shareholder;Company;Share (%);Since", "owns", ("Shareholder", "Company")),
        ("Director;Company Name;Note;Until", "directs", ("Director", "Company Name")),
        ("Sender;Recipient;Amount;Note", "finances", ("Sender", "Recipient")),
        ("Member;Group;Since;Note", "member_of", ("Member", "Group")),
    ],
)
def test_ends_named_by_their_roles_are_guessed(
    tmp_path: Path, header: str, relation: str, ends: tuple[str, str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(header + "\nAnn;Blue Ltd;25;2019\n", encoding="utf-8")
    made = guess_table(path)
    assert (made.layout, made.relation) == ("links", relation)
    assert (made.columns["source"], made.columns["target"]) == ends
    if relation == "owns":
        assert (made.columns["share"], made.columns["start"]) == ("Share (%)", "Since")


def test_without_a_mapping_the_guess_is_used_and_said(run: Run) -> None:
    ran = run("table", {"ties.csv": "source,target,relation\nJane Doe,Example Ltd,owns\n"})
    assert [row["name"] for row in ran.data.entities.to_dict("records")] == ["Example Ltd", "Jane Doe"]
    assert ran.report.notes["no mapping was given; the columns were guessed (see --guess)"] == 1
    assert set(ran.data.documents["reliability"]) == {"F"}
    assert set(ran.data.evidence["credibility"]) == {"6"}


def test_adjacency_matrix(run: Run) -> None:
    text = ",A,B,C\nA,0,1,0\nB,1,0,2.5\nC,,0,0\n"
    ran = run("table", {"m.csv": text})
    assert {(s, t) for s, _, t in ran.relations("linked_to")} == {("A", "B"), ("B", "C")}
    assert ran.relation("B", "linked_to", "C")["description"] == "Value in the matrix: 2.5."
    assert ran.report.read["tie"] == 3


def test_two_mode_table(run: Run) -> None:
    ran = run("table", {"m.csv": "name,Club,Board\nJane,1,0\nJohn,1,1\n"})
    assert len(ran.data.entities) == 4
    assert {(s, t) for s, _, t in ran.relations("member_of")} == {
        ("row-Jane", "column-Club"),
        ("row-John", "column-Club"),
        ("row-John", "column-Board"),
    }


def workbook(*rows: list[Any]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_workbook(run: Run) -> None:
    content = workbook(
        ["source", "target", "relation", "start", "share"],
        ["Jane", "Example", "owns", datetime.datetime(2012, 5, 3), 25.0],
        [None, None, None, None, None],
        ["John", "Example", "owns", 2013, None],
    )
    ran = run("table", {"ties.xlsx": content})
    jane, john = ran.relation("Jane", "owns", "Example"), ran.relation("John", "owns", "Example")
    assert (jane["start"], jane["share"], john["start"]) == ("2012-05-03", 25, "2013")
    assert sorted(ran.data.evidence["locator"]) == ["row 2", "row 4"]


def test_json_records_inside_an_object(run: Run, tmp_path: Path) -> None:
    text = '{"when": 1, "entries": [{"uid": "5", "name": "Jane", "aliases": ["J;D", "JD"], "type": "person"}]}'
    mapping = '[[tables]]\nrecords = "entries"\n[tables.columns]\nid = "uid"\nname = "name"\naliases = "aliases"\ntype = "type"\n'
    ran = run("table", {"x.json": text, "mapping.toml": mapping})
    assert (ran.entity("5")["type"], ran.entity("5")["aliases"]) == ("person", "J,D;JD")


@pytest.mark.parametrize(
    ("files", "places"),
    [
        ({"t.csv": "source,target\na\n"}, ["t.csv:2: (row): 1 cells"]),
        ({"t.csv": ",A,B\nA,0,x\nB,0,0\n", "mapping.toml": '[[tables]]\nlayout = "adjacency"\n'}, ["t.csv:2: (row): 'x' is not a number"]),
        ({"t.csv": ",A,B\nA,0,1\nC,0,0\n", "mapping.toml": '[[tables]]\nlayout = "adjacency"\n'}, ["names of rows and columns differ"]),
        ({"t.csv": ",A,A\nA,0,1\nB,0,0\n", "mapping.toml": '[[tables]]\nlayout = "adjacency"\n'}, ["'A' stands twice"]),
        ({"t.xlsx": b"PK nothing"}, ["t.xlsx:1: (file): the workbook cannot be read"]),
        ({"t.csv": "a\n1\n", "mapping.toml": "[[tables]\n"}, ["mapping.toml:1: character", "[toml]"]),
        (
            {"t.csv": "a\n1\n", "mapping.toml": '[[tables]]\nlayuot = "links"\ntype = "persn"\n[tables.columns]\nname = "a"\n'},
            ["mapping.toml:2: layuot: 'layuot' is not known in tables; did you mean 'layout'?", "mapping.toml:3: persn:", "did you mean 'person'"],
        ),
        ({"t.csv": "a\n1\n", "mapping.toml": '[[tables]]\n[tables.columns]\nname = "b"\n'}, ["t.csv:1: b: the header lacks this column"]),
        ({"t.csv": "a\n1\n", "mapping.toml": '[[tables]]\nfile = "other*"\n[tables.columns]\nname = "a"\n'}, ["no [[tables]] of the mapping is for this file"]),
        ({"t.csv": "name\nCaf\xe9\n".encode("latin-1")}, ["t.csv:2: (row): byte 0xe9 at byte 4 of the line is not UTF-8"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(run: Run, files: dict[str, str | bytes], places: list[str]) -> None:
    pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    with pytest.raises(DataError) as caught:
        run("table", files)
    for place in places:
        assert place in str(caught.value)


def test_other_encodings_are_named_in_the_mapping(run: Run) -> None:
    mapping = '[[tables]]\nencoding = "cp1252"\n[tables.columns]\nname = "name"\n'
    ran = run("table", {"t.csv": "name\nCaf\xe9\n".encode("cp1252"), "mapping.toml": mapping})
    assert ran.data.entities["name"].tolist() == ["Café"]


DL = """dl n=3 format=fullmatrix
labels:
"Jane Doe", B
C
data:
0 1 0
1 0 2
0 0 0
"""
TWO_MODE = "dl nr=2, nc=3\nrow labels:\nJane,John\ncolumn labels:\nX,Y,Z\ndata:\n1 0 1\n0 1 0\n"
EDGES = "dl n=3\nformat=edgelist1\nlabels embedded:\ndata:\nJane B 1\nB C 2\n"
NODES = "DL n=3 format=nodelist1 labels: Jane,B,C\ndata:\n1 2 3\n2 3\n"


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (DL, {("Jane Doe", "B"), ("B", "C")}),
        (TWO_MODE, {("Jane", "X"), ("Jane", "Z"), ("John", "Y")}),
        (EDGES, {("Jane", "B"), ("B", "C")}),
        (NODES, {("Jane", "B"), ("Jane", "C"), ("B", "C")}),
    ],
)
def test_ucinet_dl(run: Run, text: str, pairs: set[tuple[str, str]]) -> None:
    ran = run("table", {"x.dl": text})
    names = ran.data.entities.set_index("id")["name"]
    assert {(names[source], names[target]) for source, _, target in ran.relations()} == pairs


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("n=3\n", "x.dl:1: (file): a DL file begins with the word dl"),
        ("dl n=3\nlabels:\na,b\ndata:\n0 0 0\n", "2 labels where there are 3"),
        ("dl n=2\ndata:\n0 1\n", "x.dl:3: (file): the data hold 1 rows of 2 where the head says 2"),
        ("dl n=2\nformat=edgelist1\ndata:\n1 3\n", "x.dl:4: (file): an end is not a number from 1 to 2"),
        ("dl n=2 nm=2\ndata:\n", "several matrices"),
        ("dl n=2 format=blockmatrix\ndata:\n", "format blockmatrix is not read"),
        ("dl n=2\n", "the file ends before its data"),
    ],
)
def test_broken_dl_is_refused(run: Run, text: str, place: str) -> None:
    with pytest.raises(DataError) as caught:
        run("table", {"x.dl": text})
    assert place in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "dl nr=2 nc=2 format=edgelist2\nrow labels: Jane,Joe\ncolumn labels: Joe,Club\ndata:\n1 1 1\n2 2 3\n",
        "dl nr=2, nc=2\nformat=edgelist2\nlabels embedded:\ndata:\nJane Joe\nJoe Club 3\n",
        "dl nr=2, nc=2, format=nodelist2\nrow labels:\nJane Joe\ncolumn labels:\nJoe Club\ndata:\n1 1\n2 2\n",
    ],
)
def test_two_mode_lists_keep_rows_and_columns_apart(run: Run, text: str) -> None:
    ran = run("table", {"x.dl": text})
    kinds = {row.id: (row.name, row.type) for row in ran.data.entities[["id", "name", "type"]].itertuples(index=False)}
    assert kinds == {
        "row-Jane": ("Jane", "person"),
        "row-Joe": ("Joe", "person"),
        "column-Joe": ("Joe", "organization"),
        "column-Club": ("Club", "organization"),
    }
    assert ran.relations("member_of") == [
        ("row-Jane", "member_of", "column-Joe"),
        ("row-Joe", "member_of", "column-Club"),
    ]
