"""Statements of the Beneficial Ownership Data Standard in the forms of 0.2, 0.3 and 0.4, made up."""

# Tables of fixtures read better with one record a line.
# ruff: noqa: E501
from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from netscam.analysis.ownership.holdings import read_holdings
from netscam.errors import DataError

Run = Callable[..., Any]
PUBLISHED = {"publicationDate": "2024-02-03", "bodsVersion": "0.4", "publisher": {"name": "Test Register"}}


def new(
    record: str, kind: str, details: dict[str, Any], date: str = "2024-01-01", status: str = "new"
) -> dict[str, Any]:
    return {
        "statementId": f"{record}-{date}-{status}".ljust(32, "0"),
        "statementDate": date,
        "publicationDetails": PUBLISHED,
        "recordId": record,
        "recordType": kind,
        "recordStatus": status,
        "source": {"type": ["officialRegister"]},
        "recordDetails": {"isComponent": False, **details},
    }


def company(record: str, name: str, **more: Any) -> dict[str, Any]:
    return new(record, "entity", {"entityType": {"type": "registeredEntity"}, "name": name, **more})


def person(record: str, name: str = "", kind: str = "knownPerson", **more: Any) -> dict[str, Any]:
    names = {"names": [{"fullName": name}]} if name else {}
    return new(record, "person", {"personType": kind, **names, **more})


def owns(record: str, owner: Any, owned: str, *interests: dict[str, Any], **more: Any) -> dict[str, Any]:
    details = {"subject": owned, "interestedParty": owner, "interests": list(interests)}
    return new(record, "relationship", details | more.pop("details", {}), **more)


def shares(exact: float, **more: Any) -> dict[str, Any]:
    return {"type": "shareholding", "directOrIndirect": "direct", "share": {"exact": exact}, **more}


def test_shares_circles_and_hidden_owners(run: Run) -> None:
    statements = [
        company("A", "A Ltd", jurisdiction={"code": "VG", "name": "British Virgin Islands"}, identifiers=[{"scheme": "VG-X", "id": "1"}]),
        company("B", "B Ltd"),
        person("P", "Jane Doe", nationalities=[{"code": "KH"}], politicalExposure={"status": "isPep"}),
        person("H", kind="anonymousPerson", unspecifiedPersonDetails={"reason": "interestedPartyExemptFromDisclosure"}),
        owns("r1", "A", "B", shares(60)),
        owns("r2", "B", "A", shares(40)),
        owns("r3", "P", "A", {"type": "shareholding", "share": {"minimum": 25, "exclusiveMaximum": 50}}, {"type": "boardChair"}),
        owns("r4", "H", "A", shares(10)),
        owns("r5", {"reason": "unknown", "description": "nobody answered"}, "B", {"type": "votingRights"}),
        owns("r6", {"reason": "noBeneficialOwners"}, "B"),
    ]  # fmt: skip
    ran = run("bods", {"x.json": json.dumps(statements, indent=1)}, published="")
    assert ran.relation("A", "owns", "B")["share"] == 60
    assert ran.relation("B", "owns", "A")["share"] == 40
    span = ran.relation("P", "owns", "A")
    assert str(span["share"]) == "nan"
    assert "25 to under 50 %" in span["description"]
    assert ("P", "directs", "A") in ran.relations()
    assert ran.entity("P")["type"] == "official"
    hidden = ran.entity("H")
    assert "Anonymous person" in hidden["name"]
    assert "interestedPartyExemptFromDisclosure" in hidden["description"]
    unknown = next(source for source, _, target in ran.relations("controls") if target == "B")
    assert "nobody answered" in ran.entity(unknown)["description"]
    assert "noBeneficialOwners" in ran.entity("B")["description"]
    assert set(ran.entity("A")["identifiers"].split(";")) == {"bods:A", "vg-x:1"}
    assert ran.data.documents["published"].tolist() == ["2024-02-03"]
    assert set(ran.data.evidence["status"]) == {"recorded"}


def test_the_newest_statement_counts(run: Run) -> None:
    statements = [
        company("A", "A Ltd"),
        company("B", "Old B"),
        new("B", "entity", {"entityType": {"type": "registeredEntity"}, "name": "New B"}, "2024-05-01", "updated"),
        owns("r", "A", "B", shares(100, startDate="2020-01-01")),
        owns("r", "A", "B", shares(30, startDate="2020-01-01"), date="2024-05-01", status="updated"),
        owns("gone", "B", "A", shares(5)),
        owns("gone", "B", "A", date="2024-06-01", status="closed"),
    ]
    for order in (statements, statements[::-1]):
        ran = run("bods", {"x.jsonl": "".join(json.dumps(statement) + "\n" for statement in order)})
        assert (ran.entity("B")["name"], ran.entity("B")["aliases"]) == ("New B", "Old B")
        assert ran.relation("A", "owns", "B")["share"] == 30
        closed = ran.relation("B", "owns", "A")
        assert (closed["share"], closed["end"]) == (5, "2024-06-01")


def test_an_indirect_holding_with_its_chain_is_not_counted_twice(run: Run) -> None:
    indirect = {"type": "shareholding", "directOrIndirect": "indirect", "share": {"exact": 50}}
    statements = [
        company("A", "A Ltd"),
        company("B", "B Ltd"),
        person("P", "Jane Doe"),
        owns("c1", "P", "B", shares(100)),
        owns("c2", "B", "A", shares(50)),
        owns("whole", "P", "A", indirect, details={"componentRecords": ["c1", "c2"]}),
    ]
    ran = run("bods", {"x.json": json.dumps(statements)})
    assert [(source, target) for source, _, target in ran.relations("owns")] == [("B", "A"), ("P", "B")]
    assert "share 50 %" in ran.relation("P", "controls", "A")["description"]
    alone = [*statements[:3], owns("whole", "P", "A", indirect)]
    assert run("bods", {"y.json": json.dumps(alone)}).relation("P", "owns", "A")["share"] == 50


def old(number: str, kind: str, **details: Any) -> dict[str, Any]:
    return {"statementID": number, "statementType": kind, "statementDate": "2021-01-01", **details}


@pytest.mark.parametrize(
    ("share_word", "interest"), [("interestLevel", "voting-rights"), ("directOrIndirect", "votingRights")]
)
def test_statements_of_02_and_03(run: Run, share_word: str, interest: str) -> None:
    statements = [
        old("e1", "entityStatement", entityType="registeredEntity", name="A Ltd", incorporatedInJurisdiction={"code": "GB", "name": "UK"},
            addresses=[{"type": "registered", "address": "12 Test Road, London", "postCode": "X1 1XX", "country": "GB"}]),
        old("e2", "entityStatement", entityType="registeredEntity", name="A Limited", replacesStatements=["e1"]),
        old("p1", "personStatement", personType="knownPerson", names=[{"type": "individual", "fullName": "Jane Doe"}], birthDate="1970-02"),
        old("o1", "ownershipOrControlStatement", subject={"describedByEntityStatement": "e1"}, interestedParty={"describedByPersonStatement": "p1"},
            interests=[{"type": "shareholding", share_word: "direct", "share": {"exact": 75}}, {"type": interest, "share": {"minimum": 75, "maximum": 100}}]),
        old("o2", "ownershipOrControlStatement", subject={"describedByEntityStatement": "e2"},
            interestedParty={"unspecified": {"reason": "unknown", "description": "not found"}}, interests=[{"type": "shareholding"}]),
    ]  # fmt: skip
    ran = run("bods", {"x.json": json.dumps(statements)})
    assert ran.relation("p1", "owns", "e2")["share"] == 75
    assert ("p1", "controls", "e2") in ran.relations()
    assert (ran.entity("e2")["name"], ran.entity("e2")["aliases"]) == ("A Limited", "A Ltd")
    assert "e1" not in set(ran.data.entities["id"])
    assert len(ran.relations("registered_at")) == 0
    assert ran.entity("unspecified-o2")["description"].startswith("Not named in the statement: unknown")


def test_replaced_in_a_circle_ends(run: Run) -> None:
    statements = [
        old("e1", "entityStatement", entityType="registeredEntity", name="A", replacesStatements=["e2"]),
        old("e2", "entityStatement", entityType="registeredEntity", name="B", replacesStatements=["e1"]),
    ]
    assert len(run("bods", {"x.json": json.dumps(statements)}).data.entities) == 1


@pytest.mark.parametrize(
    ("statements", "place"),
    [
        ([{"statementId": "x" * 32}], "x.json:1: statementType:"),
        ([{"recordType": "entity"}], "x.json:1: statementId:"),
        ([new("A", "company", {})], "x.json:1: recordType:"),
        ([{**company("A", "A"), "recordDetails": None}], "x.json:1: recordDetails:"),
    ],
)
def test_broken_statements_are_refused(run: Run, statements: list[Any], place: str) -> None:
    with pytest.raises(DataError) as caught:
        run("bods", {"x.json": json.dumps(statements)})
    assert place in str(caught.value)


def test_a_figure_beside_a_span_is_not_the_whole(run: Run) -> None:
    span = {"type": "shareholding", "directOrIndirect": "indirect", "share": {"minimum": 25, "exclusiveMaximum": 50}}
    ran = run("bods", {"a.json": json.dumps([company("c", "Blue Ltd"), company("o", "Red Ltd"),
                                             owns("x", "o", "c", shares(10), span)])})  # fmt: skip
    row = ran.relation("o", "owns", "c")
    assert row["share"] != row["share"]
    stake = read_holdings(ran.data.relations[ran.data.relations["relation"] == "owns"]).stakes[0]
    assert (stake.least, round(stake.most, 3), stake.printed) == (10, 50, True)
    assert stake.most < 50


@pytest.mark.parametrize("turned", [False, True])
def test_of_statements_of_one_day_the_closing_one_is_the_newest(run: Run, turned: bool) -> None:
    made = [owns("x", "o", "c", shares(40)), owns("x", "o", "c", status="closed")]
    parties = [company("c", "Blue Ltd"), company("o", "Red Ltd")]
    ran = run("bods", {"a.json": json.dumps([*parties, *(made[::-1] if turned else made)])})
    row = ran.relation("o", "owns", "c")
    assert (row["share"], row["end"]) == (40, "2024-01-01")


@pytest.mark.parametrize("turned", [False, True])
def test_of_statements_of_one_day_the_replacing_one_is_the_newest(run: Run, turned: bool) -> None:
    common = {"statementDate": "2020-01-01", "statementType": "ownershipOrControlStatement",
              "subject": {"describedByEntityStatement": "c"}, "interestedParty": {"describedByEntityStatement": "o"}}  # fmt: skip
    made = [
        {"statementID": "s1", **common, "interests": [shares(60)]},
        {"statementID": "s2", **common, "interests": [shares(10)], "replacesStatements": ["s1"]},
    ]
    parties = [
        {"statementID": key, "statementType": "entityStatement", "entityType": "registeredEntity", "name": key}
        for key in ("c", "o")
    ]
    ran = run("bods", {"a.json": json.dumps([*parties, *(made[::-1] if turned else made)])})
    assert ran.relation("o", "owns", "c")["share"] == 10


def test_a_closed_record_without_a_date_has_ended(run: Run) -> None:
    ran = run("bods", {"a.json": json.dumps([company("c", "Blue Ltd"), company("o", "Red Ltd"),
                                             owns("x", "o", "c", shares(40), date="", status="closed")])})  # fmt: skip
    assert ran.relation("o", "owns", "c")["end"] == PUBLISHED["publicationDate"]
    assert any(note.startswith("closed record without a date") for note in ran.report.notes)


def test_an_empty_file_is_said(run: Run) -> None:
    assert "no record was found in the files, so the dataset is empty" in run("bods", {"a.json": "[]"}).report.notes
