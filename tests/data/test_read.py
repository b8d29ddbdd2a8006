from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netscam.data.read import read_content, read_table
from netscam.schema import load_schema

HEADER = b"id,date,table,row,what_changed,why,document\n"
COLUMNS = load_schema().columns("corrections")


def read(body: bytes, header: bytes = HEADER):
    return read_content(header + body, "corrections.csv", "corrections")


def rows(table):
    return table.frame.to_numpy().tolist()


def lines(table):
    return list(range(2, len(table.frame) + 2)) if table.lines is None else table.lines.tolist()


def rules(table):
    return [(problem.line, problem.column, problem.rule) for problem in table.problems]


def test_text_is_left_as_it_is():
    table = read(b'x1,NA,null,1e5,007,"say ""hi"", twice",\n')
    assert rows(table) == [["x1", "NA", "null", "1e5", "007", 'say "hi", twice', ""]]
    assert table.problems == ()
    assert list(table.frame.columns) == COLUMNS
    assert not table.frame.isna().any().any()


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_either_line_end_and_none_at_the_end(end, last):
    content = HEADER.replace(b"\n", end) + end.join([b"a,,,,,,1", b"b,,,,,,"]) + (end if last else b"")
    table = read_content(content, "corrections.csv", "corrections")
    assert [row[0] for row in rows(table)] == ["a", "b"]
    assert rows(table)[0][-1] == "1"
    assert table.problems == ()
    assert table.lines is None


@pytest.mark.parametrize("header", [HEADER, HEADER.rstrip(b"\n")])
def test_header_alone_is_an_empty_table(header):
    table = read(b"", header)
    assert rows(table) == []
    assert list(table.frame.columns) == COLUMNS
    assert table.problems == ()


@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\n" * 5000])
def test_nothing_is_an_empty_file(content):
    table = read(b"", content)
    assert table.frame is None
    assert rules(table) == [(1, "(file)", "empty-file")]


def test_rows_know_their_lines():
    table = read(b'a,,,,"one\ntwo",,\n\nb,,,,,,\nc,,\nd,,,,,,\n')
    assert [row[0] for row in rows(table)] == ["a", "b", "d"]
    assert lines(table) == [2, 5, 7]
    assert rules(table) == [(2, "what_changed", "line-break"), (4, "(row)", "blank-row"), (6, "(row)", "ragged-row")]
    assert table.set_aside == {"", "c"}


def test_header_may_come_after_blank_lines():
    table = read(b"a,,,,,,\n", b"\n\n" + HEADER)
    assert rules(table) == [(1, "(row)", "blank-row"), (2, "(row)", "blank-row")]
    assert lines(table) == [4]


def test_every_line_with_a_broken_quote_is_one_problem_and_the_others_are_read():
    body = b'a,"open,,,,,\nb,,,,,,\nc,"x"y,,,,,\nd,x"y",,,,,\ne,"ok, ""so""",,,,,\nf,"never,,,,,\n'
    table = read(body)
    assert [row[0] for row in rows(table)] == ["b", "e"]
    assert rows(table)[1][1] == 'ok, "so"'
    assert rules(table) == [
        (2, "date", "unclosed-quote"),
        (4, "date", "quote"),
        (5, "date", "quote"),
        (7, "date", "unclosed-quote"),
    ]
    assert table.set_aside == set("acdf")


def test_bytes_that_are_not_utf8_cost_one_row_each():
    table = read("a,é,,,,,\n".encode() + b"b,,\xe9,,,,\nc,,,,,,\nd,,,,,,\xff\xfe\n")
    assert [row[0] for row in rows(table)] == ["a", "c"]
    assert rules(table) == [(3, "table", "encoding"), (5, "document", "encoding")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_wide_encodings_are_refused(encoding):
    table = read_content((HEADER + b"a,,,,,,\n").decode().encode(encoding), "corrections.csv", "corrections")
    assert table.frame is None
    assert {problem.rule for problem in table.problems} & {"encoding", "nul-byte"}


def test_broken_header_makes_the_table_unusable():
    table = read(b"a,,,,,,\n", b'id,"date,table\n')
    assert table.frame is None
    assert rules(table) == [(1, '"date', "unclosed-quote")]


def test_columns_are_found_by_name():
    table = read(b"1,2,a,3,4,5,6,7\n", b"date,Table,id,row,what changed,why,document,more\n")
    assert list(table.frame.columns) == COLUMNS
    assert rows(table) == [["a", "1", "2", "3", "4", "5", "6"]]
    assert rules(table) == [
        (1, "(file)", "column-order"),
        (1, "Table", "unknown-column"),
        (1, "more", "unknown-column"),
        (1, "what changed", "unknown-column"),
    ]


def test_of_two_columns_of_a_name_the_first_is_read():
    table = read(b"a,1,2,3,4,5,6,7\n", HEADER.replace(b"\n", b",date\n"))
    assert rows(table) == [["a", "1", "2", "3", "4", "5", "6"]]
    assert rules(table) == [(1, "date", "duplicate-column")]


def test_cell_longer_than_a_block_is_read():
    long = "x" * 3_000_000
    table = read(f"a,,,,{long},,\n".encode() + b"b,,,,,,\n" * 10)
    assert rows(table)[0][4] == long
    assert len(table.frame) == 11


def test_problems_of_one_rule_are_counted_after_a_thousand():
    table = read(b"a,\n" * 2500)
    assert len(table.problems) == 1001
    assert str(table.problems[-1]) == "corrections.csv:1002: (file): and 1,500 more from this line on [ragged-row]"


def test_missing_file_and_folder_in_its_place(tmp_path):
    (tmp_path / "events.csv").mkdir()
    for name in ("events", "relations"):
        table = read_table(tmp_path / f"{name}.csv", name)
        assert table.frame is None
        assert [str(problem).split(": ")[:2] for problem in table.problems] == [[f"{name}.csv:1", "(file)"]]
        assert [problem.rule for problem in table.problems] == ["missing-file"]


def test_two_reads_are_equal(tiny):
    first, second = (read_table(tiny / "relations.csv", "relations") for _ in range(2))
    assert first.frame.equals(second.frame)


CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELL, min_size=7, max_size=7).filter(any), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_what_the_csv_module_writes_is_read_back(cells, end):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows(cells)
    table = read_content(out.getvalue().encode(), "corrections.csv", "corrections")
    assert rows(table) == cells
    assert {problem.rule for problem in table.problems} <= {"line-break"}


SCRAP = st.sampled_from(
    [b",", b'"', b"\n", b"\r", b"\r\n", b"a", b"\0", b"\xe9", "é".encode(), b" ", b"id", b',""', b";"]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(SCRAP, max_size=40).map(b"".join), st.booleans())
def test_scraps_are_read_or_located(scraps, with_header):
    content = (HEADER if with_header else b"") + scraps
    table = read_content(content, "corrections.csv", "corrections")
    count = content.count(b"\n") + content.count(b"\r") + 1
    for problem in table.problems:
        assert 1 <= problem.line <= count
        assert str(problem).isprintable()
    if table.frame is None:
        assert table.problems
    elif table.lines is not None:
        assert (np.diff(table.lines) > 0).all()
        assert table.lines[-1:].max(initial=0) <= count
    if not table.problems and with_header:
        text = scraps.decode()
        assert rows(table) == [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]


def test_broken_folders_are_kept_byte_for_byte():
    assert (Path(__file__).parent / "broken" / ".gitattributes").read_text() == "* -text\n"
