"""Beneficial Ownership Data Standard 0.4."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import split_list
from netscam.data.importers.shares import limits_in
from netscam.output.exporters.base import EXPORTERS, clean, export_graph, full_date, rows
from netscam.schema import load_schema

if TYPE_CHECKING:
    from netscam.data.dataset import Dataset

INTERESTS = {
    "owns": "shareholding",
    "controls": "otherInfluenceOrControl",
    "operates": "otherInfluenceOrControl",
    "directs": "seniorManagingOfficial",
}
ENTITY_TYPES = {"company": "registeredEntity", "authority": "stateBody"}
PARTIES = ("operator", "person", "official", "organization", "company", "marketplace", "authority")


@EXPORTERS.add("bods", suffix=".json")
def bods(data: Dataset) -> str:
    """BODS 0.4 statements: persons, entities, and who owns, controls, operates or directs which entity.

    Compounds are left out, being sites, and so are all other kinds of relation. Each statement about a relation has an
    annotation with its standing, probability and documents: BODS itself has no word for an allegation.
    """
    graph = export_graph(data)
    types = dict(graph.nodes(data="type"))
    links = [
        (key, source, target, row)
        for source, target, key, row in graph.edges(keys=True, data=True)
        if row["relation"] in INTERESTS
        and types[source] in PARTIES
        and types[target] in PARTIES
        and not load_schema().entity_types[types[target]].natural_person
    ]
    used = {end for _, source, target, _ in links for end in (source, target)}
    publication = {
        "publicationDate": full_date(data.as_of if data.as_of[:1].isdigit() else "1970-01-01", last=True),
        "bodsVersion": "0.4",
        "publisher": {"name": f"netscam dataset {data.name}, version {data.version}"},
    }
    parties = [_party(row, publication) for row in rows(data.entities) if row["id"] in used]
    statements = parties + [_relationship(data, link, publication) for link in links]
    return json.dumps(statements, ensure_ascii=False, indent=1) + "\n"


def _statement(
    record: str, kind: str, subject: str, details: dict[str, Any], publication: Mapping[str, Any]
) -> dict[str, Any]:
    number = hashlib.sha256(json.dumps([record, kind, details, publication], sort_keys=True).encode()).hexdigest()
    return {
        "statementId": number[:40],
        "declarationSubject": subject,
        "statementDate": publication["publicationDate"],
        "publicationDetails": publication,
        "recordId": record,
        "recordStatus": "new",
        "recordType": kind,
        "recordDetails": {"isComponent": False, **details},
    }


def _party(row: Mapping[str, Any], publication: Mapping[str, Any]) -> dict[str, Any]:
    person = load_schema().entity_types[row["type"]].natural_person
    name = clean(row.get("name", row["id"]))
    identifiers = [item.partition(":") for item in split_list(row.get("identifiers", ""))]
    details: dict[str, Any] = {
        "identifiers": [{"id": clean(value), "schemeName": scheme} for scheme, _, value in identifiers],
    }
    countries = split_list(row.get("countries", ""))
    aliases = [clean(alias) for alias in split_list(row.get("aliases", ""))]
    if person:
        names = [{"fullName": name}]
        names += [{"type": "alternative", "fullName": alias} for alias in aliases]
        details |= {"personType": "knownPerson", "names": names}
    else:
        details |= {"entityType": {"type": ENTITY_TYPES.get(row["type"], "legalEntity")}, "name": name}
        details |= {"alternateNames": aliases} if aliases else {}
    if countries and not person:
        details["jurisdiction"] = {"code": countries[0], "name": _country(countries[0])}
    return _statement(row["id"], "person" if person else "entity", row["id"], details, publication)


def _country(code: str) -> str:
    from netscam.data.rules.lists import load_countries

    return load_countries().get(code, code)


def _relationship(
    data: Dataset, link: tuple[str, str, str, dict[str, Any]], publication: Mapping[str, Any]
) -> dict[str, Any]:
    key, source, target, row = link
    interest: dict[str, Any] = {"type": INTERESTS[row["relation"]], "directOrIndirect": "unknown"}
    interest["details"] = load_schema().relation_types[row["relation"]].label
    if row["relation"] == "owns" and "share" in row:
        interest["share"] = {"exact": float(row["share"])}
    elif row["relation"] == "owns" and (limits := limits_in(row.get("description", ""))):
        interest["share"] = dict(limits)
    for name, value in (
        ("startDate", full_date(row.get("start", ""))),
        ("endDate", full_date(row.get("end", ""), last=True)),
    ):
        interest |= {name: value} if value else {}
    details = {"subject": target, "interestedParty": source, "interests": [interest]}
    statement = _statement(key, "relationship", target, details, publication)
    standing = (
        f"status: {row['status'] or 'no evidence'}; probability {row['probability']:g}; documents: {row['documents']}"
    )
    standing += f"; disputed by: {row['disputed_by']}" if row["disputed_by"] else ""
    statement["annotations"] = [
        {
            "statementPointerTarget": "/",
            "motivation": "commenting",
            "description": f"{standing}. {clean(data.caveat)}",
            "createdBy": {"name": "netscam"},
        }
    ]
    return statement
