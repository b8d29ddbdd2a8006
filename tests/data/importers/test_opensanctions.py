"""FollowTheMoney entities and simplified tables, made up."""

# Tables of fixtures read better with one record a line.
# ruff: noqa: E501
from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest

from netscam.errors import DataError

Run = Callable[..., Any]


def record(key: str, schema: str, **properties: Any) -> str:
    values = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    row = {
        "id": key,
        "schema": schema,
        "properties": values,
        "datasets": ["xx_test"],
        "last_change": "2025-03-04T10:00:00",
    }
    return json.dumps(row, ensure_ascii=False) + "\n"


ENTITIES = (
    record("NK-1", "Person", name=["Jane Doe", "杰恩"], alias="J. Doe", nationality="kh", birthDate="1970-02-01", topics="sanction")
    + record("NK-2", "Company", name="Example Ltd", jurisdiction="vg", registrationNumber="778", address="12 Test Road, Tortola")
    + record("NK-3", "Organization", name="Test Group", country="la")
    + record("Q5", "Person", name="An Official", topics=["role.pep"])
    + record("pos-1", "Position", name="Minister of Tests", country="la")
    + record("addr-1", "Address", full="5 Other Street, Vientiane", country="la", city="Vientiane")
    + record("w-1", "CryptoWallet", publicKey="1OnlyForTests", currency="XBT", holder="NK-1")
    + record("ship", "Vessel", name="MV TEST", imoNumber="IMO1234567", flag="pa", owner="NK-2")
    + record("own", "Ownership", owner="NK-1", asset="NK-2", percentage="51.5", startDate="2019-05", role="shareholder")
    + record("dir", "Directorship", director=["NK-1", "NK-3"], organization="NK-2", startDate="2018")
    + record("mem", "Membership", member="NK-1", organization="NK-3")
    + record("fam", "Family", person="NK-1", relative="Q5", relationship="sister")
    + record("assoc", "Associate", person="Q5", associate="NK-1")
    + record("unk", "UnknownLink", subject="NK-3", object="NK-2", role="linked")
    + record("pay", "Payment", payer="NK-3", beneficiary="NK-2", amount="100")
    + record("occ", "Occupancy", holder="Q5", post="pos-1", startDate="2001-01-01", endDate="2003")
    + record("san", "Sanction", entity="NK-1", authority="Test Authority", country="us", listingDate="2024-06-07", program="TEST")
    + record("idn", "Passport", holder="NK-1", number="N123")
    + record("ae", "Person", name="Lives There", addressEntity="addr-1")
    + record("emp", "Employment", employee="NK-1", employer="gone")
    + record("doc", "Article", title="A paper")
    + record("odd", "Spaceship", name="Unheard Of")
)  # fmt: skip


def test_every_schema(run: Run) -> None:
    ran = run("opensanctions", {"entities.ftm.json": ENTITIES}, published="")
    types = ran.data.entities.set_index("id")["type"]
    assert types["NK-1"] == "person"
    assert types["NK-2"] == "company"
    assert types["NK-3"] == types["pos-1"] == types["ship"] == types["odd"] == "organization"
    assert types["Q5"] == "official"
    assert (types["addr-1"], types["w-1"]) == ("address", "wallet")
    jane = ran.entity("NK-1")
    assert (jane["name"], jane["aliases"], jane["countries"], jane["status"]) == (
        "Jane Doe",
        "杰恩;J. Doe",
        "KH",
        "designated",
    )
    assert {"opensanctions:NK-1", "passport:N123"} <= set(jane["identifiers"].split(";"))
    found = set(ran.relations())
    for expected in (
        ("NK-1", "owns", "NK-2"),
        ("NK-1", "directs", "NK-2"),
        ("NK-3", "member_of", "NK-2"),
        ("NK-1", "member_of", "NK-3"),
        ("NK-1", "family_of", "Q5"),
        ("Q5", "associate_of", "NK-1"),
        ("NK-3", "linked_to", "NK-2"),
        ("NK-3", "finances", "NK-2"),
        ("Q5", "member_of", "pos-1"),
        ("NK-1", "holds_account", "w-1"),
        ("ae", "registered_at", "addr-1"),
        ("NK-2", "owns", "ship"),
    ):
        assert expected in found, expected


def test_values_of_links_and_their_evidence(run: Run) -> None:
    ran = run("opensanctions", {"entities.ftm.json": ENTITIES}, published="")
    owns = ran.relation("NK-1", "owns", "NK-2")
    assert (owns["share"], owns["start"]) == (51.5, "2019-05")
    listed = ran.data.relations[ran.data.relations["relation"] == "sanctioned_by"].iloc[0]
    assert (listed["source"], listed["start"]) == ("NK-1", "2024-06-07")
    assert ran.entity(listed["target"])["name"] == "Test Authority"
    evidence = ran.data.evidence.set_index("relation")
    assert evidence.loc[listed["id"], "status"] == "designated"
    assert (evidence.loc[owns["id"], "status"], evidence.loc[owns["id"], "locator"]) == ("reported", "own")
    assert ran.data.documents[["id", "published"]].to_numpy().tolist() == [["ftm-xx_test", "2025-03-04"]]


def test_what_does_not_come_in_is_counted(run: Run) -> None:
    ran = run("opensanctions", {"entities.ftm.json": ENTITIES})
    assert ran.report.drops["relation with an end that is not among the entities"] == 1
    assert ran.report.drops["Article: a paper or a mention, no actor"] == 1
    assert ran.report.notes["schema Spaceship is not known; read as an organization"] == 1
    assert sum(ran.report.read.values()) == ENTITIES.count("\n")
    assert any("entities.ftm.json:20" in str(problem) for problem in ran.report.warnings)


def test_nested_targets(run: Run) -> None:
    inner = {"id": "own", "schema": "Ownership", "properties": {"owner": ["NK-1"], "asset": [
        {"id": "NK-2", "schema": "Company", "properties": {"name": ["Example Ltd"]}}]}}  # fmt: skip
    outer = {"id": "NK-1", "schema": "Person", "properties": {"name": ["Jane Doe"], "ownershipOwner": [inner]}}
    ran = run("opensanctions", {"targets.nested.json": json.dumps(outer) + "\n"})
    assert ran.relations() == [("NK-1", "owns", "NK-2")]
    assert ran.entity("NK-2")["type"] == "company"


def test_odd_values_of_properties_are_passed_over(run: Run) -> None:
    rows = [
        {
            "id": "a",
            "schema": "Company",
            "properties": {"name": "A", "owner": 5, "parent": [None, 7, {"x": 1}], "address": [[1]]},
        },
        {"id": "b", "schema": "Ownership", "properties": {"owner": 1.5, "asset": ["a"]}},
    ]
    ran = run("opensanctions", {"x.json": "".join(json.dumps(row) + "\n" for row in rows)})
    assert len(ran.data.entities) == 1
    assert ran.report.drops["Ownership without owner"] == 1


def test_gzip_arrays_and_order_give_the_same(run: Run) -> None:
    lines = ENTITIES.splitlines()
    plain = run("opensanctions", {"entities.ftm.json": ENTITIES})
    packed = run("opensanctions", {"entities.ftm.json.gz": gzip.compress(ENTITIES.encode())})
    array = run("opensanctions", {"entities.json": "[\n" + ",\n".join(reversed(lines)) + "\n]\n"})
    assert plain.data.entities.equals(packed.data.entities)
    assert plain.data.relations.equals(packed.data.relations)
    assert set(plain.data.relations["id"]) == set(array.data.relations["id"])


@pytest.mark.parametrize("header", [
    "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset,last_seen,first_seen",
    '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails","program_ids","dataset","first_seen","last_seen","last_change"',
])  # fmt: skip
def test_simple_tables_of_both_generations(run: Run, header: str) -> None:
    names = header.replace('"', "").split(",")
    row = dict.fromkeys(names, "")
    row |= {"id": "NK-1", "schema": "Person", "name": "Jane Doe", "aliases": '"J; Doe";杰恩', "countries": "kh;la"}
    row |= {
        "addresses": "12 Test Road, Phnom Penh",
        "sanctions": "TEST list",
        "dataset": "Test List",
        "last_seen": "2025-01-02T00:00:00",
    }
    text = header + "\n" + ",".join('"' + row[name].replace('"', '""') + '"' for name in names) + "\n"
    ran = run("opensanctions", {"targets.simple.csv": text}, published="")
    jane = ran.entity("NK-1")
    assert (jane["aliases"], jane["countries"], jane["status"]) == ("J, Doe;杰恩", "KH;LA", "designated")
    assert {kind for _, kind, _ in ran.relations()} == {"registered_at", "sanctioned_by"}
    assert ran.data.documents["published"].tolist() == ["2025-01-02"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (ENTITIES + '{"id": "x", "schema": "Person"', "entities.ftm.json:23: character 31: not JSON"),
        (
            ENTITIES.replace('"schema": "Company"', '"schema": 5'),
            "entities.ftm.json:2: schema: a record needs a proper",
        ),
        (record("", "Person", name="x"), "entities.ftm.json:1: id:"),
        ('{"id": "x", "schema": "Person", "properties": {"name": null}}', "entities.ftm.json:1: properties:"),
        ('{"id": "a"} oops', "entities.ftm.json:1: character 13"),
        ("[{}, 5]", "entities.ftm.json:1: character 6: expected an object"),
        ("[{}", "the file ends before the array does"),
        (b'{"id": "\xff"}', "is not UTF-8"),
        ("[" * 100_000, "expected an object"),
        ('{"a":' * 100_000, "not JSON"),
        (b"\x1f\x8b\x00\x00", "[encoding]"),
    ],
)
def test_broken_files_are_refused_at_their_place(run: Run, content: str | bytes, place: str) -> None:
    with pytest.raises(DataError) as caught:
        run("opensanctions", {"entities.ftm.json": content})
    assert place in str(caught.value)


def test_a_broken_table_is_refused_with_every_line(run: Run) -> None:
    text = "id,schema,name\nNK-1,Person,A\nNK-2,Person\nNK-3,Person,B,C\n"
    with pytest.raises(DataError) as caught:
        run("opensanctions", {"targets.simple.csv": text})
    assert [problem.line for problem in caught.value.problems] == [3, 4]
    with pytest.raises(DataError, match="missing-column"):
        run("opensanctions", {"targets.simple.csv": "id,name\n1,x\n"})


def test_own_standing_registers_and_parents(run: Run) -> None:
    def link(key: str, owner: str, dataset: str, summary: str) -> str:
        properties = {"owner": [owner], "asset": ["b"], "summary": [summary]}
        return json.dumps({"id": key, "schema": "Ownership", "datasets": [dataset], "properties": properties})

    things = [record("a", "Company", name=["A Ltd"]), record("b", "Company", name=["B Ltd"])]
    things += [record("p", "Person", name=["Ann Example"], parent=["q"]), record("q", "Person", name=["Bo Example"])]
    own = "owns; status: alleged; probability 0.62; disputed by S1"
    lines = [*things, link("l", "a", "mine", own), link("m", "p", "ru_egrul", ""), link("n", "q", "wd_peps", "")]
    ran = run("opensanctions", {"entities.ftm.json": "\n".join(lines)})
    said = ran.data.evidence.merge(ran.data.relations, left_on="relation", right_on="id")
    found = sorted(zip(said["source"], said["relation_y"], said["stance"], said["status"], strict=True))
    assert [each for each in found if each[1] == "owns"] == [
        ("a", "owns", "disputes", "denied"),
        ("a", "owns", "supports", "alleged"),
        ("p", "owns", "supports", "recorded"),
        ("q", "owns", "supports", "reported"),
    ]
    assert len(ran.relations("family_of")) == 1
