"""Offshore Leaks tables of several years and Linkurious exports, made up from their headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from netscam.data.importers.icij.kinds import relations_of
from netscam.errors import DataError

Run = Callable[..., Any]
ENTITIES = """node_id,name,original_name,former_name,jurisdiction,jurisdiction_description,company_type,address,internal_id,incorporation_date,inactivation_date,struck_off_date,dorm_date,status,service_provider,ibcRUC,country_codes,countries,sourceID,valid_until,note
10000001,"EXAMPLE HOLDINGS, LTD.",,OLD NAME LTD.,BVI,British Virgin Islands,,"UNIT 5, 12 TEST ROAD, HONG KONG",1,23-MAR-2006,18-FEB-2013,,,Active,Some Provider,778,HKG;CHN,Hong Kong;China,Test Papers,through 2015,
"""  # noqa: E501
OFFICERS = """node_id,name,countries,country_codes,sourceID,valid_until,note
12000001,JANE DOE,Cambodia,KHM,Test Papers,through 2015,
12000002,NOMINEES LIMITED,,XXX,Test Papers,through 2015,
"""
ADDRESSES = """node_id,address,name,countries,country_codes,sourceID,valid_until,note
24000001,"12 Test Road; Hong Kong","12 Test Road; Hong Kong",Hong Kong,HKG,Test Papers,through 2015,
"""
LINKS = """node_id_start,node_id_end,rel_type,link,status,start_date,end_date,sourceID
12000001,10000001,officer_of,shareholder of,,01-JAN-2010,03-FEB-2012,Test Papers
12000002,10000001,officer_of,director and shareholder of,,,,Test Papers
10000001,24000001,registered_address,registered address,,,,Test Papers
12000001,12000009,officer_of,director of,,,,Test Papers
"""


def test_offshore_leaks(run: Run) -> None:
    files = {"nodes-entities.csv": ENTITIES, "nodes-officers.csv": OFFICERS, "nodes-addresses.csv": ADDRESSES}
    ran = run("icij", files | {"relationships.csv": LINKS})
    company, jane, nominee = ran.entity("icij-10000001"), ran.entity("icij-12000001"), ran.entity("icij-12000002")
    assert (company["type"], company["aliases"], company["countries"]) == ("company", "OLD NAME LTD.", "HK;CN;VG")
    assert {"icij:10000001", "registration:778"} <= set(company["identifiers"].split(";"))
    assert (jane["type"], jane["countries"], nominee["type"]) == ("person", "KH", "company")
    owns = ran.relation("icij-12000001", "owns", "icij-10000001")
    assert (owns["start"], owns["end"]) == ("2010-01-01", "2012-02-03")
    assert ("icij-12000002", "owns", "icij-10000001") in ran.relations()
    assert ("icij-12000002", "member_of", "icij-10000001") in ran.relations()
    assert len(ran.relations("registered_at")) == 2
    assert set(ran.data.evidence["status"]) == {"recorded"}
    assert ran.data.documents["title"].tolist() == ["Offshore Leaks database: Test Papers"]
    assert ran.report.drops["relation with an end that is not among the entities"] == 1
    assert ran.report.notes["link that says several things, read as one relation for each"] == 1


@pytest.mark.parametrize("header", ["node_1,rel_type,node_2", "START_ID,TYPE,END_ID", ":START_ID,:TYPE,:END_ID"])
def test_edges_of_other_years(run: Run, header: str) -> None:
    nodes = {"Entities.csv": "node_id,name\n1,A LTD\n", "Officers.csv": "node_id,name\n2,JANE DOE\n"}
    ran = run("icij", nodes | {"all_edges.csv": f"{header}\n2,shareholder of,1\n"})
    assert ran.relations() == [("icij-2", "owns", "icij-1")]


def test_linkurious_with_many_columns_and_repeated_ids(run: Run) -> None:
    more = [f"extra {number}" for number in range(70)]
    nodes = "id,label,category,story," + ",".join(more) + "\n"
    nodes += "".join(f'7,"DOE, JANE",Officer,s{n},' + ",".join(["", "=x"] * 35) + "\n" for n in (1, 2))
    nodes += "8,THING LTD,Company,s1," + "," * 69 + "\n"
    edges = "source,target,type,label,date_start,date_end,story\n"
    edges += "7,8,is officer of,Director,03/05/2007,,s1\n7,8,is officer of,Director,03/05/2007,,s2\n"
    ran = run("icij", {"nodes.csv": nodes, "edges.csv": edges})
    assert len(ran.data.entities) == 2
    directs = ran.relation("icij-7", "directs", "icij-8")
    assert directs["start"] == "2007-05-03"
    assert ran.data.evidence["locator"].tolist() == ["story s1, story s2"]


@pytest.mark.parametrize(
    ("kind", "link", "expected"),
    [
        ("officer_of", "shareholder of", ["owns"]),
        ("officer_of", "beneficial owner of", ["controls"]),
        ("is officer of", "Director / Shareholder / Beneficial Owner", ["owns", "directs", "controls"]),
        ("is officer of", "is officer of", ["linked_to"]),
        ("intermediary_of", "intermediary of", ["provides_services_to"]),
        ("registered_address", "registered address", ["registered_at"]),
        ("same_name_as", "same name as", ["same_as"]),
        ("similar", "similar name and address as", ["linked_to"]),
        ("officer_of", "power of attorney of", ["linked_to"]),
        ("officer_of", "secretary of", ["member_of"]),
    ],
)
def test_links_in_words(kind: str, link: str, expected: list[str]) -> None:
    assert relations_of(kind, link) == expected


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"nodes.csv": "name,label\nx,y\n"}, "neither a column of node ids nor two columns of ends"),
        ({"nodes.csv": "id,name\n1\n"}, "nodes.csv:2: (row): 1 cells where the header has 2 [ragged-row]"),
        ({"nodes.csv": 'id,name\n1,"x\n'}, "[unclosed-quote]"),
        ({"nodes.csv": ""}, "[empty-file]"),
        ({"nodes.csv": "id,id,name\n1,1,x\n"}, "[duplicate-column]"),
    ],
)
def test_broken_tables_are_refused(run: Run, files: dict[str, str], place: str) -> None:
    with pytest.raises(DataError) as caught:
        run("icij", files)
    assert place in str(caught.value)


def test_names_of_columns_with_the_letter_of_a_query(run: Run) -> None:
    nodes = '"n.node_id","n.name","n.country_codes","n.sourceID"\n"1","A LTD","HKG","PP"\n"2","B","KHM","PP"\n'
    edges = '"node_1","rel_type","node_2","r.sourceID"\n"2","officer_of","1","PP"\n'
    ran = run("icij", {"x.nodes.entity.csv": nodes, "x.edges.csv": edges})
    assert len(ran.relations()) == 1
    assert ran.entity("icij-1")["name"] == "A LTD"
