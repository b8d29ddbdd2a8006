"""FollowTheMoney entities, one JSON object after another: ``entities.ftm.json``, ``targets.nested.json``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Any

from netscam.data.importers.job import Job
from netscam.data.importers.json_stream import read_objects
from netscam.data.importers.opensanctions.schemata import LINKS, NOT_BODIES, PAPERS, POINTERS, TYPES
from netscam.data.importers.opensanctions.things import facts, ids, texts, thing
from netscam.data.importers.places import country_codes
from netscam.data.importers.spool import Claim, Document, Entity, pack
from netscam.data.importers.stream import MOST_PROBLEMS
from netscam.data.importers.text import identifier, make_id, own_standing
from netscam.errors import DataError, Problem

LINK_FACTS = (
    *("role", "relationship", "ownershipType", "legalBasis", "sharesCount", "status", "summary", "description"),
    *("amount", "currency", "purpose", "constituency"),
)
# Data sets that are registers, by their names at OpenSanctions and elsewhere; others report what they have read.
REGISTER = re.compile(
    r"regist|(?:^|[_-])(?:egrul|psc|coh|gleif|bods|openownership|opencorporates|companies|edr|zefix|ariregister|krs|cvr"
    r"|kvk|brreg|insolvency|acra|receita|mca|ruz|ares|cnpj|asp)(?:$|[_-])",
    re.IGNORECASE,
)
START = ("startDate", "date", "periodStart", "electionDate", "declarationDate", "listingDate")


@dataclass
class Sources:
    """Documents of an import, one for each data set named by the records; dates are those of the newest record."""

    job: Job
    file: str
    known: dict[str, str] = field(default_factory=dict)
    registers: set[str] = field(default_factory=set)

    def of(self, record: Mapping[str, Any]) -> list[str]:
        """Documents that a record rests on."""
        seen = next(iter(texts(record, "last_change", "last_seen", "first_seen")), "")[:10]
        return [self._document(name, seen) for name in texts(record, "datasets") or [self.file]]

    def _document(self, name: str, seen: str) -> str:
        if name not in self.known:
            record = Document(
                make_id(f"ftm-{name}"), f"Data set {name}, as FollowTheMoney entities", "OpenSanctions or its source"
            )
            record.published = self.job.published
            record.url = f"https://www.opensanctions.org/datasets/{name}/" if name != self.file else ""
            self.known[name] = self.job.spool.document(record)
            self.registers |= {self.known[name]} if REGISTER.search(name) else set()
        document = self.job.spool.documents[self.known[name]]
        if not self.job.published and seen > document.published:
            document.published = seen
        return self.known[name]


def read_ftm(job: Job, path: Path, sources: Sources) -> None:
    """Read every record of a file; those without id, schema or properties are refused with their lines."""
    problems: list[Problem] = []
    for line, record in read_objects(path, job.progress):
        if wrong := _wrong(record):
            problems.append(Problem(path.name, line, wrong, "ftm-record", f"a record needs a proper {wrong!r}"))
            if len(problems) >= MOST_PROBLEMS:
                break
        elif not problems:
            _take(job, record, sources, f"{path.name}:{line}")
    if problems:
        raise DataError(problems)


def _wrong(record: Mapping[str, Any]) -> str:
    for name, kind in (("id", str), ("schema", str), ("properties", dict)):
        if not isinstance(record.get(name), kind) or (not record[name] and name != "properties"):
            return name
    values = record["properties"].values()
    return "" if all(isinstance(value, (list, str, int, float)) for value in values) else "properties"


def _take(job: Job, record: Mapping[str, Any], sources: Sources, place: str) -> None:
    schema = record["schema"]
    job.report.saw(schema)
    _take_nested(job, record, sources, place)
    if schema in LINKS:
        _take_link(job, record, sources, place)
    elif schema == "Sanction":
        _take_sanction(job, record, sources, place)
    elif schema in ("Identification", "Passport"):
        scheme = "passport" if schema == "Passport" else "id-number"
        numbers = [identifier(scheme, value) for value in texts(record["properties"], "number", "passportNumber")]
        for holder in ids(record["properties"], "holder"):
            job.spool.entity(Entity(make_id(holder), "", "", identifiers=pack(numbers), place=place))
    elif schema in ("Risk", "TaxRoll"):
        for entity in ids(record["properties"], "entity", "taxee"):
            text = facts(record["properties"], ("topics", "reason", "summary", "description", "status"))
            job.spool.entity(Entity(make_id(entity), "", "", description=text, place=place))
    elif schema in PAPERS:
        job.report.dropped(f"{schema}: a paper or a mention, no actor", place, record["id"])
    else:
        _take_thing(job, record, sources, place)


def _take_nested(job: Job, record: Mapping[str, Any], sources: Sources, place: str) -> None:
    """Read the entities that stand whole inside properties; they name no data sets, so those of the outer one count."""
    for values in record["properties"].values():
        for value in values if isinstance(values, list) else ():
            if isinstance(value, Mapping):
                inner = {"datasets": record.get("datasets", []), **value}
                if _wrong(inner):
                    job.report.dropped("value of a property that is neither text nor an entity", place)
                else:
                    _take(job, inner, sources, place)


def _take_thing(job: Job, record: Mapping[str, Any], sources: Sources, place: str) -> None:
    schema, properties = record["schema"], record["properties"]
    if schema not in TYPES:
        job.report.note(f"schema {schema} is not known; read as an organization")
    found = thing(record, place)
    if found.type == "organization" and schema in NOT_BODIES:
        job.report.note(f"{schema} kept as an organization, since netscam has no such type; its description says so")
    entity = job.spool.entity(found)
    for name, (kind, turned) in POINTERS.items():
        relation = "family_of" if schema == "Person" and name == "parent" else kind
        for other in ids(properties, name) if name in properties else ():
            ends = (make_id(other), entity) if turned else (entity, make_id(other))
            claim = Claim(*ends, relation, "", description=f"{name}.", locator=record["id"], place=place)
            _claim(job, sources, record, claim)
    if schema not in ("Address", "CryptoWallet", "RealEstate"):
        for text in texts(properties, "address"):
            countries = country_codes(texts(properties, "country"))
            address = job.spool.address(text, countries[:1] if len(countries) == 1 else [], place=place)
            if address:
                claim = Claim(entity, address, "registered_at", "", locator=record["id"], place=place)
                _claim(job, sources, record, claim)


def _claim(job: Job, sources: Sources, record: Mapping[str, Any], claim: Claim) -> None:
    """One claim for each data set of a record; only a register records, any other data set reports."""
    own = own_standing(next(iter(texts(record["properties"], "summary")), ""))
    for document in sources.of(record):
        weak = claim.status == "recorded" and document not in sources.registers
        for status, stance in own or [("reported" if weak else claim.status, claim.stance)]:
            job.spool.claim(replace(claim, document=document, status=status, stance=stance))


def _take_link(job: Job, record: Mapping[str, Any], sources: Sources, place: str) -> None:
    link, properties = LINKS[record["schema"]], record["properties"]
    starts, ends = ids(properties, *link.sources), ids(properties, *link.targets)
    if not starts or not ends:
        lost = "/".join(link.sources if not starts else link.targets)
        job.report.dropped(f"{record['schema']} without {lost}", place, record["id"])
        return
    if len(starts) * len(ends) > 1:
        job.report.note(f"{record['schema']} with several ends, read as one relation for each pair")
    text = facts(properties, LINK_FACTS)
    for source, target in product(starts, ends):
        claim = Claim(
            make_id(source),
            make_id(target),
            link.relation,
            "",
            link.status,
            start=next(iter(texts(properties, *START)), ""),
            end=next(iter(texts(properties, "endDate", "periodEnd")), ""),
            share=next(iter(texts(properties, "percentage")), "") if record["schema"] == "Ownership" else "",
            description=f"{record['schema']}. {text}".strip(),
            locator=record["id"],
            place=place,
        )
        _claim(job, sources, record, claim)


def _take_sanction(job: Job, record: Mapping[str, Any], sources: Sources, place: str) -> None:
    properties = record["properties"]
    entities = ids(properties, "entity")
    if not entities:
        job.report.dropped("Sanction without entity", place, record["id"])
    authority = next(iter(texts(properties, "authority", "publisher")), "")
    if not authority:
        authority = f"Authority behind the data set {', '.join(texts(record, 'datasets')) or sources.file}"
        job.report.note("Sanction that names no authority; the data set stands for it")
    body = job.spool.authority(authority, country_codes(texts(properties, "country")))
    for entity in entities:
        key = make_id(entity)
        job.spool.entity(Entity(key, "", "", status="designated", place=place))
        claim = Claim(
            key,
            body,
            "sanctioned_by",
            "",
            "designated",
            start=next(iter(texts(properties, "listingDate", "startDate", "date")), ""),
            end=next(iter(texts(properties, "endDate")), ""),
            description=facts(properties, ("program", "reason", "provisions", "status")),
            locator=record["id"],
            place=place,
        )
        _claim(job, sources, record, claim)
