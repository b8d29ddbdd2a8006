"""OFAC's CSV files, made up from their published description."""

# Tables of fixtures read better with one record a line.
# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from netscam.data.importers.ofac.load import split_programs
from netscam.data.importers.ofac.remarks import parse_remarks
from netscam.errors import DataError

Run = Callable[..., Any]
N = "-0- "


def party(number: int, name: str, kind: str = N, program: str = "TCO", remarks: str = N, **more: str) -> str:
    title, sign, vessel, tons, gross, flag, owner = (
        more.get(k, N) for k in ("title", "sign", "vessel", "tons", "gross", "flag", "owner")
    )
    cells = [name, kind, program, title, sign, vessel, tons, gross, flag, owner, remarks]
    return f"{number}," + ",".join(c if c == N else '"' + c.replace('"', '""') + '"' for c in cells) + "\r\n"


LIST = (
    party(1, "EXAMPLE HOLDINGS LTD.", program="SDGT] [IFSR", remarks="Registration Number 778 (Hong Kong); Website www.example.test; Linked To: DOE, Jane.")
    + party(2, "DOE, Jane", "individual", title="Chairwoman", remarks="DOB 01 Feb 1970; POB Testville, Cambodia; nationality Cambodia; alt. nationality Cyprus; Gender Female; "
            "Passport N123456 (Cambodia) issued 02 Mar 2012 expires 02 Mar 2022; Digital Currency Address - XBT 1ExampleAddressOnlyForTests1; "
            "alt. Digital Currency Address - ETH 0x00000000000000000000000000000000000000aa; a.k.a. 'JD'; Linked To: EXAMPLE HOLDINGS LTD.")
    + party(3, "MV TEST", "vessel", sign="ABC1", vessel="Cargo", flag="Panama", remarks="Vessel Registration Identification IMO 1234567; Linked To: NOT ON THIS LIST CO.")
    + party(4, "TWIN NAME")
    + party(5, "TWIN NAME")
    + party(6, "SOMEBODY, Else", "individual", remarks="Linked To: TWIN NAME; Linked To: SECOND NAME.")
    + "\x1a"
)  # fmt: skip
ADD = '1,10,"Unit 5, 12 Test Road","Testville","Cambodia",-0- \r\n2,11,-0- ,"Testville","Cambodia",-0- \r\n2,12,-0- ,-0- ,-0- ,-0- \r\n9,13,"x","y","Laos",-0- \r\n\x1a'
ALT = '4,20,"aka","SECOND NAME",-0- \r\n9,21,"aka","NOBODY",-0- \r\n\x1a'


def test_records_become_entities(run: Run) -> None:
    ran = run("ofac", {"sdn.csv": LIST})
    assert sum(ran.report.read.values()) == 6
    jane = ran.entity("ofac-2")
    assert (jane["type"], jane["name"], jane["aliases"], jane["countries"]) == ("person", "DOE, Jane", "JD", "KH;CY")
    assert jane["status"] == "designated"
    assert "ofac:2" in jane["identifiers"].split(";")
    assert "kh-passport:N123456" in jane["identifiers"].split(";")
    assert "issued 02 Mar 2012" in jane["description"]
    assert "DOB 01 Feb 1970" in jane["description"]
    assert "Title: Chairwoman" in jane["description"]
    company = ran.entity("ofac-1")
    assert company["type"] == "company"
    assert "Programs: SDGT, IFSR" in company["description"]
    assert {"hk-registration:778", "website:www.example.test"} <= set(company["identifiers"].split(";"))
    ship = ran.entity("ofac-3")
    assert (ship["type"], ship["countries"]) == ("organization", "PA")
    assert {"imo:1234567", "call-sign:ABC1"} <= set(ship["identifiers"].split(";"))
    assert "Vessel" in ship["description"]


def test_links_wallets_and_listings(run: Run) -> None:
    ran = run("ofac", {"sdn.csv": LIST})
    assert ran.relations("linked_to") == [("ofac-1", "linked_to", "ofac-2")]
    wallets = ran.relations("holds_account")
    assert [target for _, _, target in wallets] == [
        "wallet-0x00000000000000000000000000000000000000aa",
        "wallet-1ExampleAddressOnlyForTests1",
    ]
    assert ran.entity("wallet-1ExampleAddressOnlyForTests1")["identifiers"] == "btc:1ExampleAddressOnlyForTests1"
    assert len(ran.relations("sanctioned_by")) == 6
    assert set(ran.data.evidence["status"]) == {"designated"}
    assert ran.data.documents["reliability"].tolist() == ["A"]
    warned = [str(problem) for problem in ran.report.warnings]
    assert any("NOT ON THIS LIST CO" in text and text.startswith("sdn.csv:3:") for text in warned)
    assert any("several parties bear" in text and "ofac-4, ofac-5" in text for text in warned)


def test_other_files_join_on_the_number(run: Run) -> None:
    ran = run("ofac", {"sdn.csv": LIST, "add.csv": ADD, "alt.csv": ALT})
    assert ran.entity("ofac-4")["aliases"] == "SECOND NAME"
    assert ("ofac-6", "linked_to", "ofac-4") in ran.relations("linked_to")
    street = next(t for s, _, t in ran.relations("registered_at") if s == "ofac-1")
    city = next(t for s, _, t in ran.relations("registered_at") if s == "ofac-2")
    assert ran.entity(street)["coordinate_precision"] == "street"
    assert (ran.entity(city)["coordinate_precision"], ran.entity(city)["countries"]) == ("city", "KH")
    assert ran.report.drops["address without text"] == 1
    assert ran.report.drops["address of a party that is not on the list"] == 1
    assert ran.report.drops["other name of a party that is not on the list"] == 1


def test_cut_remarks_are_continued_by_the_comments(run: Run) -> None:
    text = "Additional Sanctions Information - " + "x" * (1000 - 35 - 8) + "; a.k.a."
    assert len(text) == 1000
    rows = party(1, "A LTD", remarks=text) + party(2, "B LTD")
    rest = "1,\" 'THE REST'; Linked To: B LTD.\"\r\n"
    whole = run("ofac", {"sdn.csv": rows, "sdn_comments.csv": rest})
    assert whole.entity("ofac-1")["aliases"] == "THE REST"
    assert len(whole.relations("linked_to")) == 1
    cut = run("ofac", {"sdn.csv": rows})
    assert cut.entity("ofac-1")["aliases"] == ""
    assert cut.report.drops["last clause of remarks that were cut"] == 1


def test_the_same_list_gives_the_same_ids_in_any_order(run: Run) -> None:
    rows = LIST.removesuffix("\x1a").split("\r\n")[:-1]
    shuffled = "\r\n".join(reversed(rows)) + "\r\n"
    first, second = run("ofac", {"sdn.csv": LIST}), run("ofac", {"sdn.csv": shuffled})
    assert first.data.entities.equals(second.data.entities)
    assert set(first.data.relations["id"]) == set(second.data.relations["id"])


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Tax ID No. 123456 (Russia)", ("ru-tax-id", "123456")),
        ("alt. Passport 99 (Iran)", ("ir-passport", "99")),
        ("Cedula No. 6068015 (Colombia)", ("co-cedula", "6068015")),
        ("C.U.R.P. VAVV851116MSLLLN05 (Mexico)", ("mx-curp", "VAVV851116MSLLLN05")),
        ("Business Registration Document # F01000003035 (United States)", ("us-business-registration-document", "F01000003035")),
        ("Unified Social Credit Code (USCC) 9113100033607322XK (China)", ("cn-unified-social-credit-code-uscc", "9113100033607322XK")),
        ("Vessel Registration Identification IMO 7406784", ("imo", "7406784")),
        ("MMSI 572469210", ("mmsi", "572469210")),
        ("Email Address a@b.test", ("email", "a@b.test")),
        ("Company Number IMO 5055293.", ("imo", "5055293")),
    ],
)  # fmt: skip
def test_numbers_in_remarks(clause: str, expected: tuple[str, str]) -> None:
    assert parse_remarks(clause).identifiers == [expected]


@pytest.mark.parametrize(
    "clause",
    [
        "DOB 10 Dec 1948",
        "Executive Order 13662 Directive Determination - Subject to Directive 1",
        "Secondary sanctions risk: section 1(b) of Executive Order 13224, as amended",
        "Organization Established Date 28 Nov 2005",
        "arrested 30 Sep 2002",
        "Vessel Year of Build 1999",
        "Listing Date (EO 14024 Directive 2): 24 Feb 2022",
        "Brigadier General",
    ],
)
def test_other_clauses_stay_as_text(clause: str) -> None:
    found = parse_remarks(clause)
    assert (found.identifiers, found.rest) == ([], [clause])


def test_a_full_stop_may_belong_to_a_linked_name() -> None:
    assert parse_remarks("Linked To: A CO. LTD.; Linked To: B.").linked == ["A CO. LTD.", "B."]


def test_programs_joined_as_ofac_joins_them() -> None:
    assert split_programs("SDGT] [IRGC] [IFSR") == ["SDGT", "IRGC", "IFSR"]
    assert split_programs("CUBA") == ["CUBA"]


def test_windows_characters_are_read(run: Run) -> None:
    ran = run("ofac", {"sdn.csv": party(1, "CAFÉ LTD").encode("cp1252")})
    assert ran.entity("ofac-1")["name"] == "CAFÉ LTD"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (LIST.replace('"MV TEST"', '"MV TEST","more"'), "sdn.csv:3: (row): 13 cells where a row has 12 [ofac-row]"),
        (LIST.replace("\r\n4,", "\r\nfour,"), "sdn.csv:4: ent_num: 'four' is no number [ofac-row]"),
        (LIST.replace('"TWIN NAME"', '"TWIN NAME', 1), "sdn.csv:4: (row)"),
        (b"\xff\xfe1\x00,\x00", "sdn.csv:1: (file): the file is UTF-16"),
        (LIST.replace("DOE", "D\0E", 1), "sdn.csv:1: (row): NUL byte"),
        ("id,name\n1,x\n", "no file of parties"),
        ("id,name,x\n1,x,y\n", "OFAC files have 12, 6, 5 or 2"),
        ("", "no file of parties"),
        (ADD, "no file of parties"),
    ],
)
def test_broken_lists_are_refused_at_their_place(run: Run, content: str | bytes, place: str) -> None:
    with pytest.raises(DataError) as caught:
        run("ofac", {"sdn.csv": content})
    assert place in str(caught.value)


def test_remarks_on_addresses_and_other_names_are_kept(run: Run) -> None:
    add = '1,10,"12 Test Road","Testville","Cambodia","former address"\r\n'
    alt = '4,20,"fka","SECOND NAME","until 2019"\r\n'
    ran = run("ofac", {"sdn.csv": LIST, "add.csv": add, "alt.csv": alt})
    (_, _, address), *_ = ran.relations("registered_at")
    assert ran.relation("ofac-1", "registered_at", address)["description"] == "Remark on the address: former address."
    assert "Remark on SECOND NAME (fka): until 2019." in ran.entity("ofac-4")["description"]
    assert not ran.report.drops.keys() & {"remark"}


def test_vessels_are_counted_as_what_they_become(run: Run) -> None:
    ran = run("ofac", {"sdn.csv": LIST})
    assert (
        ran.report.notes["vessel kept as an organization, since netscam has no such type; its description says so"] == 1
    )


def test_a_cell_longer_than_the_csv_module_allows_is_read(run: Run) -> None:
    import csv

    before = csv.field_size_limit()
    alt = f'4,20,"aka","{"X" * 200_000}",-0- \r\n'
    ran = run("ofac", {"sdn.csv": LIST, "alt.csv": alt})
    assert "X" * 1000 in ran.entity("ofac-4")["aliases"]
    assert csv.field_size_limit() == before


def test_copies_with_a_header_or_bars_are_read(run: Run) -> None:
    names = "ent_num,SDN_Name,SDN_Type,Program,Title,Call_Sign,Vess_type,Tonnage,GRT,Vess_flag,Vess_owner,Remarks\r\n"
    plain = run("ofac", {"sdn.csv": LIST}).data
    assert run("ofac", {"sdn.csv": names + LIST}).data.entities.equals(plain.entities)
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, delimiter="|").writerows(row for row in csv.reader(io.StringIO(LIST)) if len(row) == 12)
    assert run("ofac", {"sdn.pip": out.getvalue()}).data.entities.equals(plain.entities)


@pytest.mark.parametrize("text", ["", "\x1a"])
def test_a_companion_file_without_rows_is_said_and_passed_over(run: Run, text: str) -> None:
    ran = run("ofac", {"sdn.csv": LIST, "sdn_comments.csv": text})
    assert ran.report.notes["sdn_comments.csv has no rows"] == 1
    with pytest.raises(DataError, match="no file of parties"):
        run("ofac", {"sdn.csv": text})


def test_a_party_without_a_program_has_no_stray_stop(run: Run) -> None:
    assert run("ofac", {"sdn.csv": party(9, "X", program=N)}).entity("ofac-9")["description"] == "On the OFAC list."
