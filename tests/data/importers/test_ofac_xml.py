"""OFAC's XML files, plain and advanced, made up from their schemas."""

# Tables of fixtures read better with one record a line.
# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from netscam.errors import DataError

pytest.importorskip("defusedxml", reason="defusedxml is not installed")
Run = Callable[..., Any]
PLAIN = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="http://tempuri.org/sdnList.xsd">
  <publshInformation><Publish_Date>05/10/2024</Publish_Date><Record_Count>2</Record_Count></publshInformation>
  <sdnEntry><uid>1</uid><lastName>EXAMPLE TRADING LLC</lastName><sdnType>Entity</sdnType>
    <remarks>(Linked To: DOE, Jane)</remarks>
    <programList><program>TCO</program><program>SDGT</program></programList>
    <idList><id><uid>5</uid><idType>Registration Number</idType><idNumber>77</idNumber><idCountry>Laos</idCountry></id></idList>
    <akaList><aka><uid>9</uid><type>a.k.a.</type><category>strong</category><lastName>EXTRA</lastName></aka></akaList>
    <addressList><address><uid>3</uid><address1>12 Test Road</address1><city>Vientiane</city><country>Laos</country></address></addressList>
  </sdnEntry>
  <sdnEntry><uid>2</uid><firstName>Jane</firstName><lastName>DOE</lastName><title>Director</title><sdnType>Individual</sdnType>
    <idList><id><uid>6</uid><idType>Digital Currency Address - XBT</idType><idNumber>1OnlyForTests</idNumber></id></idList>
    <nationalityList><nationality><uid>7</uid><country>Burma</country><mainEntry>true</mainEntry></nationality></nationalityList>
    <dateOfBirthList><dateOfBirthItem><uid>8</uid><dateOfBirth>01 Feb 1970</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList>
  </sdnEntry>
</sdnList>
"""
ADVANCED = """<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="http://www.un.org/sanctions/1.0" Version="3">
  <DateOfIssue CalendarTypeID="1"><Year>2024</Year><Month>5</Month><Day>7</Day></DateOfIssue>
  <ReferenceValueSets>
    <AliasTypeValues><AliasType ID="1403">Name</AliasType><AliasType ID="1400">A.K.A.</AliasType></AliasTypeValues>
    <CountryValues><Country ID="11" ISO2="LA">Laos</Country><Country ID="12" ISO2="MM">Burma</Country></CountryValues>
    <FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="25">Location</FeatureType>
      <FeatureType ID="10">Nationality Country</FeatureType><FeatureType ID="344">Digital Currency Address - XBT</FeatureType>
      <FeatureType ID="14">Website</FeatureType><FeatureType ID="224">Gender</FeatureType></FeatureTypeValues>
    <DetailReferenceValues><DetailReference ID="91526">Male</DetailReference></DetailReferenceValues>
    <IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType><IDRegDocType ID="1591">Registration Number</IDRegDocType></IDRegDocTypeValues>
    <ListValues><List ID="1550">SDN List</List></ListValues>
    <LocPartTypeValues><LocPartType ID="1451">ADDRESS1</LocPartType><LocPartType ID="1454">CITY</LocPartType></LocPartTypeValues>
    <NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType><NamePartType ID="1525">Entity Name</NamePartType></NamePartTypeValues>
    <PartySubTypeValues><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType><PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
    <PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType><PartyType ID="4">Transport</PartyType></PartyTypeValues>
    <RelationTypeValues><RelationType ID="15003">Owned or Controlled By</RelationType><RelationType ID="15004">Family member of</RelationType><RelationType ID="15001">Providing support to</RelationType></RelationTypeValues>
  </ReferenceValueSets>
  <Locations>
    <Location ID="100"><LocationCountry CountryID="11"/><LocationPart LocPartTypeID="1451"><LocationPartValue Primary="true"><Value>12 Test Road</Value></LocationPartValue></LocationPart><LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true"><Value>Vientiane</Value></LocationPartValue></LocationPart></Location>
    <Location ID="101"><LocationCountry CountryID="12"/></Location>
  </Locations>
  <IDRegDocuments><IDRegDocument ID="1" IDRegDocTypeID="1591" IdentityID="501" IssuedBy-CountryID="11"><IDRegistrationNo>77</IDRegistrationNo></IDRegDocument></IDRegDocuments>
  <DistinctParties>
    <DistinctParty FixedRef="1"><Profile ID="1" PartySubTypeID="3">
      <Identity ID="501" FixedRef="1" Primary="true" False="false">
        <Alias FixedRef="1" AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName ID="1" FixedRef="1"><DocumentedNamePart><NamePartValue NamePartGroupID="601" ScriptID="215">EXAMPLE TRADING LLC</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
        <Alias FixedRef="1" AliasTypeID="1400" Primary="false" LowQuality="false"><DocumentedName ID="2" FixedRef="1"><DocumentedNamePart><NamePartValue NamePartGroupID="601" ScriptID="215">EXTRA</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
        <NamePartGroups><MasterNamePartGroup><NamePartGroup ID="601" NamePartTypeID="1525"/></MasterNamePartGroup></NamePartGroups>
      </Identity>
      <Feature ID="1" FeatureTypeID="25"><FeatureVersion ID="1"><VersionLocation LocationID="100"/></FeatureVersion></Feature>
      <Feature ID="2" FeatureTypeID="14"><FeatureVersion ID="2"><VersionDetail DetailTypeID="1432">www.example.test</VersionDetail></FeatureVersion></Feature>
    </Profile></DistinctParty>
    <DistinctParty FixedRef="2"><Profile ID="2" PartySubTypeID="4">
      <Identity ID="502" FixedRef="2" Primary="true" False="false">
        <Alias FixedRef="2" AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName ID="3" FixedRef="2">
          <DocumentedNamePart><NamePartValue NamePartGroupID="602">DOE</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="603">Jane</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
        <NamePartGroups><MasterNamePartGroup><NamePartGroup ID="602" NamePartTypeID="1520"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="603" NamePartTypeID="1521"/></MasterNamePartGroup></NamePartGroups>
      </Identity>
      <Feature ID="3" FeatureTypeID="8"><FeatureVersion ID="3"><DatePeriod><Start><From><Year>1970</Year><Month>2</Month><Day>1</Day></From></Start></DatePeriod></FeatureVersion></Feature>
      <Feature ID="4" FeatureTypeID="10"><FeatureVersion ID="4"><VersionLocation LocationID="101"/></FeatureVersion></Feature>
      <Feature ID="5" FeatureTypeID="344"><FeatureVersion ID="5"><VersionDetail DetailTypeID="1432">1OnlyForTests</VersionDetail></FeatureVersion></Feature>
      <Feature ID="6" FeatureTypeID="224"><FeatureVersion ID="6"><VersionDetail DetailTypeID="1431" DetailReferenceID="91526"/></FeatureVersion></Feature>
    </Profile></DistinctParty>
  </DistinctParties>
  <ProfileRelationships>
    <ProfileRelationship ID="71" From-ProfileID="1" To-ProfileID="2" RelationTypeID="15003" Former="false"/>
    <ProfileRelationship ID="72" From-ProfileID="1" To-ProfileID="99" RelationTypeID="15001" Former="false"/>
  </ProfileRelationships>
  <SanctionsEntries>
    <SanctionsEntry ID="81" ProfileID="1" ListID="1550"><EntryEvent ID="1"><Date CalendarTypeID="1"><Year>2020</Year><Month>12</Month><Day>9</Day></Date></EntryEvent><SanctionsMeasure ID="1" SanctionsTypeID="1"><Comment>TCO</Comment></SanctionsMeasure></SanctionsEntry>
  </SanctionsEntries>
</Sanctions>
"""


def test_plain(run: Run) -> None:
    ran = run("ofac", {"sdn.xml": PLAIN}, published="")
    assert ran.data.documents["published"].tolist() == ["2024-05-10"]
    company, jane = ran.entity("ofac-1"), ran.entity("ofac-2")
    assert (company["type"], company["aliases"]) == ("company", "EXTRA")
    assert "la-registration-number:77" in company["identifiers"]
    assert (jane["type"], jane["name"], jane["countries"]) == ("person", "DOE, Jane", "MM")
    assert "DOB 01 Feb 1970" in jane["description"]
    assert ran.relations("linked_to") == [("ofac-1", "linked_to", "ofac-2")]
    assert ran.relations("holds_account") == [("ofac-2", "holds_account", "wallet-1OnlyForTests")]
    assert len(ran.relations("registered_at")) == 1


def test_advanced(run: Run) -> None:
    ran = run("ofac", {"sdn_advanced.xml": ADVANCED}, published="")
    assert ran.data.documents["published"].tolist() == ["2024-05-07"]
    company, jane = ran.entity("ofac-1"), ran.entity("ofac-2")
    assert (company["name"], company["type"], company["aliases"]) == ("EXAMPLE TRADING LLC", "company", "EXTRA")
    assert {"la-registration-number:77", "website:www.example.test"} <= set(company["identifiers"].split(";"))
    assert "SDN List: TCO" in company["description"]
    assert (jane["name"], jane["type"], jane["countries"]) == ("DOE, Jane", "person", "MM")
    assert "Birthdate: 1970-02-01" in jane["description"]
    assert "Gender: Male" in jane["description"]
    assert ran.relations("controls") == [("ofac-2", "controls", "ofac-1")]
    assert ran.relations("holds_account") == [("ofac-2", "holds_account", "wallet-1OnlyForTests")]
    listed = ran.data.relations[ran.data.relations["relation"].eq("sanctioned_by")].set_index("source")["start"]
    assert listed["ofac-1"] == "2020-12-09"
    assert ran.report.drops["relation with an end that is not among the entities"] == 1
    address = ran.relations("registered_at")[0][2]
    assert ran.entity(address)["name"] == "12 Test Road, Vientiane, Laos"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (PLAIN.replace("</uid>", "<uid>", 1), "sdn.xml:10: character 5"),
        (PLAIN[: len(PLAIN) // 2], "not well-formed"),
        (PLAIN.replace("sdnList", "other"), "not an OFAC list"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + PLAIN.split("\n", 1)[1].replace("EXTRA", "&a;"), "[xml-entity]"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + PLAIN.split("\n", 1)[1].replace("EXTRA", "&a;"), "[xml-entity]"),
    ],
)  # fmt: skip
def test_broken_and_hostile_xml_is_refused(run: Run, content: str, place: str) -> None:
    with pytest.raises(DataError) as caught:
        run("ofac", {"sdn.xml": content})
    assert place in str(caught.value)


def test_memory_stays_flat(run: Run) -> None:
    """Every entry is forgotten after it was read: the builder never holds more than one."""
    from netscam.data.importers.xml_stream import _Builder

    builder = _Builder(frozenset({"sdnEntry"}))
    for _ in range(3):
        builder.start("{x}sdnList", {})
        builder.start("{x}sdnEntry", {})
        builder.end("{x}sdnEntry")
        assert len(builder.take()) == 1
        assert builder._open == []
