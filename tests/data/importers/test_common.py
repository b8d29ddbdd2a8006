"""What all importers share: cells, dates, places, JSON in pieces, merging, and that nothing hostile gets through."""

# Tables of fixtures read better with one record a line.
# ruff: noqa: E501
from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netscam.data.importers import json_stream
from netscam.data.importers.assemble import fit_relation
from netscam.data.importers.dates import date_in_name, iso_date
from netscam.data.importers.json_stream import read_objects
from netscam.data.importers.names import looks_like_company
from netscam.data.importers.places import address_precision, country_code
from netscam.data.importers.registry import IMPORTERS, import_files
from netscam.data.importers.text import ID, cell, identifier, listed, make_id
from netscam.data.rules.lists import IDENTIFIER
from netscam.errors import DataError, UnknownNameError
from netscam.schema import load_schema

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 Dec 1948", "1948-12-10"), ("Dec 1948", "1948-12"), ("1948", "1948"), ("12-FEB-2007", "2007-02-12"),
        ("2024-03-14T11:31:42", "2024-03-14"), ("2024-03", "2024-03"), ("20240314", "2024-03-14"), ("May 3, 2012", "2012-05-03"),
        ("03/05/2007", "2007-05-03"), ("3.5.2007", "2007-05-03"), ("31 Feb 2007", ""), ("circa 1950", ""), ("1950 to 1960", ""),
        ("0000", ""), ("2024-13-01", ""), ("2024-00", ""), ("10/04/96", ""), ("", ""), ("2024-02-30", ""),
    ],
)  # fmt: skip
def test_dates(text: str, expected: str) -> None:
    assert iso_date(text) == expected


def test_american_dates_and_dates_in_names() -> None:
    assert iso_date("05/10/2024", month_first=True) == "2024-05-10"
    assert date_in_name("sdn.csv", "ofac_sdn_2024-05") == "2024-05"
    assert date_in_name("export_20240310.json") == "2024-03-10"
    assert date_in_name("sdn.csv", "v1.2.3") == ""


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Korea, North", "KP"), ("Burma", "MM"), ("kh", "KH"), ("UK", "GB"), ("HKG", "HK"), ("BVI", "VG"), ("US-DE", "US"), ("NA", "NA"),
        ("Congo, Democratic Republic of the", "CD"), ("The Gambia", "GM"), ("Cote d'Ivoire", "CI"), ("Türkiye", "TR"), ("Palestinian", "PS"),
        ("HONG KONG S.A.R.", "HK"), ("Virgin Islands, British", "VG"), ("Region: Kafia Kingi", ""), ("suhh", ""), ("", ""), ("XXX", ""),
    ],
)  # fmt: skip
def test_countries(name: str, code: str) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("12 Test Road, Phnom Penh", "street"),
        ("Phnom Penh, Cambodia", "city"),
        ("Chiang Rai 57150, Thailand", "city"),
        ("Cambodia", "country"),
        ("Test Road, Old Quarter, Phnom Penh", "area"),
    ],
)
def test_address_precision(text: str, precision: str) -> None:
    assert address_precision(text) == precision


@pytest.mark.parametrize(
    "name", ["Example Ltd.", "EXAMPLE S.A. DE C.V.", "ООО Пример", "示例有限公司", "Test Bank", "OOO TEST"]
)
def test_names_of_companies(name: str) -> None:
    assert looks_like_company(name)


@pytest.mark.parametrize("name", ["Jane Doe", "BANK, Thomas", "Co Nguyen Van", ""])
def test_names_of_people(name: str) -> None:
    assert not looks_like_company(name)


@given(st.text())
def test_any_text_becomes_a_sound_cell(text: str) -> None:
    made = cell(text)
    assert made == made.strip()
    assert not made.startswith(("=", "+", "-", "@"))
    assert made.isprintable() or all(sign.isprintable() or not sign.isascii() for sign in made)
    assert len(made) <= 2000
    assert ID.fullmatch(make_id(text))
    assert make_id(text) == make_id(text)
    items = listed([text, text, "b"]).split(";")
    assert len(items) == len(set(items))
    import re

    made = identifier(text, text)
    assert not made or re.fullmatch(IDENTIFIER, made)


@given(st.text(), st.text())
def test_different_keys_have_different_ids(first: str, second: str) -> None:
    assert (make_id(first) == make_id(second)) == (first == second) or not (first.isascii() and second.isascii())


def test_every_relation_fits_its_ends() -> None:
    schema = load_schema()
    for kind in schema.relation_types:
        for source in schema.entity_types:
            for target in schema.entity_types:
                found, turned = fit_relation(kind, source, target)
                ends = (target, source) if turned else (source, target)
                entry = schema.relation_types[found]
                assert ends[0] in entry.source
                assert ends[1] in entry.target


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.lists(st.dictionaries(st.text(max_size=5), VALUES, max_size=4), max_size=6),
    st.integers(1, 40),
    st.integers(0, 3),
)
def test_json_in_pieces_of_any_size(tmp_path: Path, objects: list[dict[str, Any]], size: int, form: int) -> None:
    text = json.dumps(objects, indent=form or None, ensure_ascii=form == 1)
    if form == 2:
        text = "\n".join(json.dumps(each, ensure_ascii=False) for each in objects)
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    with pytest.MonkeyPatch.context() as patch:
        content = path.read_bytes()
        pieces = [content[k : k + size] for k in range(0, len(content), size)]
        patch.setattr(json_stream, "read_chunks", lambda *_: iter(pieces))
        try:
            found = [each for _, each in read_objects(path, lambda _: None)]
        except DataError as error:
            assert "UTF-8" in str(error)  # noqa: PT017
            return
    assert found == objects


HOSTILE = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\r\n") | st.sampled_from(list('=+-@;,"\t\u202e\ufeff\x07<>')),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)
@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE, HOSTILE), min_size=1, max_size=8))
def test_hostile_cells_give_a_valid_dataset_or_a_located_refusal(
    tmp_path_factory: pytest.TempPathFactory, import_checked: Run, rows: list[tuple[str, str, str, str]]
) -> None:
    import csv

    folder = tmp_path_factory.mktemp("hostile")
    path = folder / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("source", "target", "relation", "description"), *rows])
    try:
        import_checked("table", [path], folder, published="2026-01-01")
    except DataError as error:
        assert all(problem.file == "t.csv" and problem.line >= 1 for problem in error.problems)  # noqa: PT017


def test_repeated_records_and_statements_are_joined(run: Run) -> None:
    rows = "source,target,relation,start,end,share\nA,B,owns,2019,2020,10\nA,B,owns,2021,,30\nA,B,owns,2021,,30\nB,A,family_of,,,\nA,B,family_of,,,\n"
    mapping = '[[tables]]\nlayout = "links"\ntype = "person"\ntarget_type = "person"\n[tables.columns]\nsource="source"\ntarget="target"\nrelation="relation"\nstart="start"\nend="end"\nshare="share"\n'
    ran = run("table", {"t.csv": rows, "mapping.toml": mapping})
    assert len(ran.relations("family_of")) == 1
    owned = ran.relation("A", "linked_to", "B")
    assert (owned["start"], owned["end"], owned["share"]) == ("2021", "", 30)  # as one claim prints them
    note = ran.data.evidence.set_index("relation").loc[owned["id"], "note"]
    assert "share 10 % from 2019 to 2020" in note
    assert ran.report.notes["further statement of a relation that was there before, joined to it"] == 3


def test_what_cannot_be_is_dropped_and_counted(run: Run) -> None:
    rows = "source,target,start,end,share\nA,B,2020,2019,\nC,D,never,,\nE,F,,,250\nG,G,,,\n"
    ran = run("table", {"t.csv": rows})
    drops = ran.report.drops
    assert drops["end of a relation that is before its start"] == 1
    assert drops["date of a relation that is no date"] == 1
    assert drops["share that is no number from 0 to 100"] == 1
    assert drops["relation of an entity to itself"] == 1
    assert all(str(problem).startswith("t.csv:") for problem in ran.report.warnings)


def test_victims_never_come_in(run: Run) -> None:
    rows = "name,type,description\nJane,person,Trafficking victim rescued from a site\nJohn,person,Director\n"
    ran = run("table", {"t.csv": rows})
    assert ran.data.entities["name"].tolist() == ["John"]
    assert ran.report.drops["entity that netscam refuses [victim]"] == 1
    assert [str(problem)[:8] for problem in ran.report.warnings] == ["t.csv:2:"]
    assert "Jane" not in json.dumps([str(problem) for problem in ran.report.warnings])


def test_every_importer_says_what_it_reads() -> None:
    assert IMPORTERS.names() == ["bods", "icij", "ofac", "opensanctions", "table"]
    for entry in IMPORTERS:
        assert entry.summary
        assert entry.details["files"]


def test_unknown_format_and_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="ofac"):
        import_files("ofacc", [tmp_path])
    with pytest.raises(DataError, match="no such file"):
        import_files("ofac", [tmp_path / "none.csv"])
    with pytest.raises(DataError, match=r"no file \*\.csv"):
        import_files("ofac", [tmp_path])
