"""OFAC's XML in the advanced form (``sdn_advanced.xml``, ``cons_advanced.xml``; UN Sanctions schema 1.0)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from netscam.data.importers.job import Job
from netscam.data.importers.ofac.record import Party, add_address, add_party, party_id
from netscam.data.importers.ofac.remarks import Remarks
from netscam.data.importers.places import country_code
from netscam.data.importers.spool import Claim, Entity
from netscam.data.importers.xml_stream import read_elements, text_of

SECTIONS = {"DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty", "ProfileRelationship"}
SECTIONS |= {"SanctionsEntry"}
WALLET = re.compile(r"Digital Currency Address *-? *(\S+)")
# Kind of relation and whether the sides change, by a word in the printed type; all others are linked_to.
RELATIONS = (
    (re.compile(r"(?i)family"), "family_of", False),
    (re.compile(r"(?i)owned or controlled by|owned by|controlled by"), "controls", True),
    (re.compile(r"(?i)associate"), "associate_of", False),
    (re.compile(r"(?i)leader or official|principal executive"), "directs", False),
)
KINDS = {"individual": "individual", "vessel": "vessel", "aircraft": "aircraft"}
STREET, CITY, COUNTRY = range(3)


@dataclass
class _List:
    """What later sections of the file refer to by number."""

    words: dict[tuple[str, str], str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    numbers: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    def word(self, kind: str, number: str | None) -> str:
        """Word that stands for a number of a reference value set."""
        return self.words.get((kind, number or ""), "")


def read_advanced(job: Job, path: Path, document: str) -> None:
    """Read the sections in their order: values, locations, numbers, parties, relations, entries."""
    known = _List()
    for element in read_elements(path, job.progress, SECTIONS):
        if element.tag == "DateOfIssue":
            date = _date(element)
            job.spool.documents[document].published = job.published or date or job.spool.documents[document].published
        elif element.tag == "ReferenceValueSets":
            _take_values(known, element)
        elif element.tag == "Location":
            known.places[element.get("ID", "")] = _location(known, element)
        elif element.tag == "IDRegDocument":
            kind = known.word("IDRegDocType", element.get("IDRegDocTypeID"))
            land = known.countries.get(element.get("IssuedBy-CountryID", ""), "")
            numbers = known.numbers.setdefault(element.get("IdentityID", ""), [])
            numbers.append((kind, text_of(element, "IDRegistrationNo"), land))
        elif element.tag == "DistinctParty":
            _take_party(job, known, element, path.name, document)
        elif element.tag == "ProfileRelationship":
            _take_relation(job, known, element, path.name, document)
        else:
            _take_entry(job, known, element, document)


def _take_values(known: _List, element: Element) -> None:
    for values in element:
        for value in values:
            known.words[value.tag, value.get("ID", "")] = text_of(value)
            if value.tag == "Country":
                known.countries[value.get("ID", "")] = text_of(value)
            elif value.tag == "AreaCode":
                known.countries.setdefault(f"area {value.get('ID', '')}", value.get("Description", text_of(value)))
    for value in element.iter("PartySubType"):
        number, word = value.get("ID", ""), text_of(value).lower()
        party = known.word("PartyType", value.get("PartyTypeID")).lower()
        known.kinds[number] = KINDS.get(word, KINDS.get(party, ""))


def _date(element: Element | None) -> str:
    parts = [text_of(element, name) for name in ("Year", "Month", "Day")]
    parts = parts[: parts.index("")] if "" in parts else parts
    return "-".join(part.zfill(2 if number else 4) for number, part in enumerate(parts))


def _location(known: _List, element: Element) -> tuple[str, str, str]:
    """Street, city with region and postcode, and country."""
    lands = [known.countries.get(item.get("CountryID", ""), "") for item in element.iterfind("LocationCountry")]
    lands += [
        known.countries.get(f"area {item.get('AreaCodeID', '')}", "") for item in element.iterfind("LocationAreaCode")
    ]
    street: list[str] = []
    city: list[str] = []
    for part in element.iterfind("LocationPart"):
        kind = known.word("LocPartType", part.get("LocPartTypeID")).upper()
        value = text_of(part, "LocationPartValue/Value")
        (street if kind.startswith("ADDRESS") else city).append(value)
    land = next((land for land in lands if land), "")
    return ", ".join(filter(None, street)), " ".join(filter(None, city)), land


def _names(known: _List, identity: Element) -> Iterator[tuple[bool, str]]:
    """Names of an identity as ``SURNAME, Given``, with whether each is the primary one."""
    groups = {
        group.get("ID", ""): known.word("NamePartType", group.get("NamePartTypeID")).lower()
        for group in identity.iter("NamePartGroup")
    }
    for alias in identity.iterfind("Alias"):
        primary = alias.get("Primary") == "true"
        for number, documented in enumerate(alias.iterfind("DocumentedName")):
            parts = [
                (groups.get(v.get("NamePartGroupID", ""), ""), text_of(v)) for v in documented.iter("NamePartValue")
            ]
            last = " ".join(text for kind, text in parts if kind == "last name" and text)
            others = " ".join(text for kind, text in parts if kind != "last name" and text)
            yield primary and not number, ", ".join(part for part in (last, others) if part)


def _take_party(job: Job, known: _List, element: Element, file: str, document: str) -> None:
    profile = element.find("Profile")
    number = (profile.get("ID") if profile is not None else None) or element.get("FixedRef", "")
    if profile is None or not number:
        job.report.dropped("party without a profile", file, element.get("FixedRef", ""))
        return
    kind = known.kinds.get(profile.get("PartySubTypeID", ""), "")
    job.report.saw(f"party: {kind or 'entity'}")
    names = [each for identity in profile.iterfind("Identity") for each in _names(known, identity)]
    name = next((text for primary, text in names if primary), names[0][1] if names else "")
    party = Party(
        number, name, kind, [], f"{file} profile {number}", aliases=[text for _, text in names if text != name]
    )
    remarks = Remarks(rest=[comment] if (comment := text_of(element, "Comment")) else [])
    for identity in profile.iterfind("Identity"):
        for label, value, land in known.numbers.pop(identity.get("ID", ""), []):
            code = country_code(land).lower()
            remarks.identifiers.append((f"{code}-{label}" if code else label, value))
            remarks.registered |= bool(re.search(r"(?i)regist|company|tax", label))
    addresses = [place for feature in profile.iterfind("Feature") for place in _feature(known, feature, remarks)]
    add_party(job.spool, party, remarks, document)
    for place in addresses:
        job.report.saw("address")
        add_address(job.spool, number, place, document, party.place)


def _feature(known: _List, feature: Element, remarks: Remarks) -> Iterator[tuple[str, str, str]]:
    """Put a feature where it belongs; yields the locations that are addresses of the party."""
    kind = known.word("FeatureType", feature.get("FeatureTypeID"))
    for version in feature.iterfind("FeatureVersion"):
        details = [
            known.word("DetailReference", d.get("DetailReferenceID")) or text_of(d)
            for d in version.iterfind("VersionDetail")
        ]
        values = [detail for detail in details if detail]
        values += [date for start in version.iterfind("DatePeriod/Start/From") if (date := _date(start))]
        places = [
            known.places.get(item.get("LocationID", ""), ("", "", "")) for item in version.iterfind("VersionLocation")
        ]
        if kind == "Location":
            yield from places
            continue
        values += [", ".join(part for part in place if part) for place in places]
        if match := WALLET.match(kind):
            remarks.wallets += [(match[1], value) for value in values]
        elif kind.lower().startswith(("nationality", "citizenship")):
            remarks.countries += [code for place in places if (code := country_code(place[COUNTRY]))]
            remarks.rest += [f"{kind}: {value}" for value in values]
        elif kind == "Website" or "SWIFT" in kind or "Email" in kind:
            remarks.identifiers += [(kind.split("/")[0], value) for value in values]
        else:
            remarks.rest += [f"{kind}: {value}" for value in values]


def _take_relation(job: Job, known: _List, element: Element, file: str, document: str) -> None:
    job.report.saw("relation")
    printed = known.word("RelationType", element.get("RelationTypeID")) or "related"
    source, target = party_id(element.get("From-ProfileID", "")), party_id(element.get("To-ProfileID", ""))
    kind, turned = next(
        ((kind, turn) for words, kind, turn in RELATIONS if words.search(printed)), ("linked_to", False)
    )
    if turned:
        source, target = target, source
    former = " (former)" if element.get("Former") == "true" else ""
    number = element.get("ID", "")
    text = f"The list prints '{printed}'{former}."
    place = f"{file} relationship {number}"
    claim = Claim(
        source, target, kind, document, "designated", description=text, locator=f"relationship {number}", place=place
    )
    job.spool.claim(claim)


def _take_entry(job: Job, known: _List, element: Element, document: str) -> None:
    """Programs and listing date of a party; they come after the party itself."""
    job.report.saw("sanctions entry")
    number = element.get("ProfileID", "")
    programs = [text_of(measure, "Comment") for measure in element.iterfind("SanctionsMeasure")]
    programs = [program for program in programs if program]
    dates = sorted(date for event in element.iterfind("EntryEvent") if (date := _date(event.find("Date"))))
    listing = known.word("List", element.get("ListID")) or "OFAC list"
    text = f"{listing}: {', '.join(programs)}." if programs else f"{listing}."
    job.spool.entity(Entity(party_id(number), "", "", description=text))
    authority = job.spool.authority("Office of Foreign Assets Control (OFAC), U.S. Department of the Treasury", ["US"])
    claim = Claim(
        party_id(number),
        authority,
        "sanctioned_by",
        document,
        "designated",
        start=dates[0] if dates else "",
        description=text,
        locator=f"entry {element.get('ID', '')}",
    )
    job.spool.claim(claim)
