"""Files that are damaged or made to do harm are refused with their place; what can be read of odd ones is read."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from netscam.data.importers.bods.interests import exact_share, share_words
from netscam.data.importers.job import Job
from netscam.data.importers.json_stream import read_objects
from netscam.data.importers.merge import merge_claims
from netscam.data.importers.opensanctions.simple import split_cell
from netscam.data.importers.packages import publication_date
from netscam.data.importers.report import Report
from netscam.data.importers.spool import Claim
from netscam.data.importers.table.dl import read_dl
from netscam.data.importers.table.sheet import read_sheet
from netscam.data.importers.text import own_standing
from netscam.data.importers.xml_stream import read_elements
from netscam.errors import DataError


def nothing(_: int) -> None:
    """Progress that nobody watches."""


def workbook(path: Path, replaced: str = "", content: bytes = b"") -> Path:
    """A workbook of two cells, one of its parts replaced."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["a", "b"])
    packed = io.BytesIO()
    book.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == replaced else old.read(part))
    return path


SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        (SHEET, MAIN + b'<row r="900000000"><c r="A900000000"><v>1</v></c></row></sheetData></worksheet>', "1,048,576"),
        (SHEET, MAIN + b'<row r="1"><c r="A1"', "cannot be read"),
        (SHEET, MAIN + b'<row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData></worksheet>', "IndexError"),
        (SHEET, MAIN + b" " * (1 << 25), "unpacks to"),
        ("xl/workbook.xml", b"<", "ParseError|XMLSyntaxError"),
    ],
)
def test_workbooks_that_do_harm_are_refused(tmp_path: Path, part: str, content: bytes, said: str) -> None:
    path = workbook(tmp_path / "x.xlsx", part, content)
    with pytest.raises(DataError, match=said):
        list(read_sheet(path, "", nothing))


def test_a_sound_workbook_is_read(tmp_path: Path) -> None:
    assert list(read_sheet(workbook(tmp_path / "x.xlsx"), "", nothing)) == [(1, ("a", "b"))]


@pytest.mark.parametrize("encoding", ["foo-bar", "gb18030"])
def test_xml_in_encodings_that_nobody_reads(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.xml"
    path.write_text(f'<?xml version="1.0" encoding="{encoding}"?><a><b/></a>', encoding="ascii")
    with pytest.raises(DataError, match=r"\[encoding\]"):
        list(read_elements(path, nothing, {"b"}))


def test_a_dl_file_of_two_thousand_million_actors(tmp_path: Path) -> None:
    path = tmp_path / "x.dl"
    path.write_text("dl n=2000000000 format=edgelist1\ndata:\n1 2\n", encoding="ascii")
    with pytest.raises(DataError, match="more than can be read"):
        list(read_dl(path, nothing))


def test_halves_of_surrogate_pairs(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"a": "\\ud83d", "b": ["\\ud83d\\ude00"]}', encoding="ascii")
    assert [each for _, each in read_objects(path, nothing)] == [{"a": "\ufffd", "b": ["\U0001f600"]}]


def test_a_cell_that_the_csv_module_does_not_take() -> None:
    assert split_cell("a\rb;c" + "x" * 140_000) == ["a\rb", "c" + "x" * 140_000]


def test_shares_that_are_no_figures() -> None:
    for value in (10**400, float("inf"), float("nan")):
        assert (exact_share({"share": {"exact": value}}), share_words({"share": {"exact": value}})) == ("", "")


@pytest.mark.parametrize(
    ("claims", "share"),
    [
        ([("60", "2010", "2015"), ("", "2016", "")], ""),
        ([("60", "2010", ""), ("40", "2016", "")], "40"),
        ([("60", "2010", ""), ("40", "2010", "")], ""),
        ([("60", "", ""), ("40", "2010", "")], ""),
        ([("60", "2010", ""), ("", "2010", "")], "60"),
        ([("1,000", "", "")], ""),
        ([("0,125", "", "")], "0.125"),
    ],
)
def test_a_share_is_never_guessed(claims: list[tuple[str, str, str]], share: str) -> None:
    made = [Claim("a", "b", "owns", "d", share=s, start=begin, end=until) for s, begin, until in claims]
    assert merge_claims(("a", "b", "owns"), made, Report())[0][6] == share


def test_files_of_several_dates_have_the_newest(tmp_path: Path) -> None:
    files = [tmp_path / "sdn_2024-05-01.csv", tmp_path / "alt_2026-02-03.csv", tmp_path / "add_2023-01-01.csv"]
    report = Report()
    assert publication_date(Job(files, None, report), files) == "2026-02-03"
    assert any("2023-01-01, 2024-05-01, 2026-02-03" in note for note in report.notes)


def test_standing_that_exporters_wrote_is_read_back() -> None:
    assert own_standing("owns; status: alleged; probability 0.62; disputed by S1;S2") == [
        ("alleged", "supports"), ("denied", "disputes")]  # fmt: skip
    assert own_standing("status: no evidence; probability 0; documents: ; disputed by: S1. C") == [
        ("denied", "disputes")]  # fmt: skip
    assert own_standing("status: active; probability 1") == own_standing("legal status: convicted") == []


def test_a_bods_file_keeps_the_standing_of_its_annotations() -> None:
    from netscam.data.importers.bods.statements import read_statement

    raw = {
        "statementId": "s",
        "recordType": "relationship",
        "recordId": "r",
        "recordDetails": {"subject": "a"},
        "replacesStatements": 7,
        "annotations": [{"description": "status: alleged; probability 0.5", "createdBy": {"name": "netscam"}}],
    }
    statement = read_statement(json.loads(json.dumps(raw)), "f:1")
    assert not isinstance(statement, str)
    assert own_standing(statement.standing) == [("alleged", "supports")]
