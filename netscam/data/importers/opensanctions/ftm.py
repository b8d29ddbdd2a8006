"""FollowTheMoney entities, one JSON object after another: ``entities.ftm.json``, ``targets.nested.json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from netscam.data.importers.job import Job
from netscam.data.importers.json_stream import read_objects
from netscam.data.importers.opensanctions.schemata import LINKS, PAPERS, POINTERS, TYPES
from netscam.data.importers.opensanctions.things import facts, ids, texts, thing
from netscam.data.importers.places import country_codes
from netscam.data.importers.spool import Claim, Document, Entity, pack
from netscam.data.importers.stream import MOST_PROBLEMS
from netscam.data.importers.text import identifier, make_id
from netscam.errors import DataError, Problem

LINK_FACTS = (
    *("role", "relationship", "ownershipType", "legalBasis", "sharesCount", "status", "summary", "description"),
    *("amount", "currency", "purpose", "constituency"),
)
START = ("startDate", "date", "periodStart", "electionDate", "declarationDate", "listingDate")


@dataclass
class Sources:
    """Documents of an import, one for each data set named by the records; dates are those of the newest record."""

    job: Job
    file: str
    known: dict[str, str] = field(default_factory=dict)

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
    entity = job.spool.entity(thing(record, place))
    documents = sources.of(record)
    for name, (relation, turned) in POINTERS.items():
        for other in ids(properties, name) if name in properties else ():
            ends = (make_id(other), entity) if turned else (entity, make_id(other))
            _claim(
                job, documents, Claim(*ends, relation, "", description=f"{name}.", locator=record["id"], place=place)
            )
    if schema not in ("Address", "CryptoWallet", "RealEstate"):
        for text in texts(properties, "address"):
            countries = country_codes(texts(properties, "country"))
            address = job.spool.address(text, countries[:1] if len(countries) == 1 else [], place=place)
            if address:
                _claim(job, documents, Claim(entity, address, "registered_at", "", locator=record["id"], place=place))


def _claim(job: Job, documents: list[str], claim: Claim) -> None:
    for document in documents:
        values = {name: getattr(claim, name) for name in Claim.__slots__}
        job.spool.claim(Claim(**(values | {"document": document})))


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
        _claim(job, sources.of(record), claim)


def _take_sanction(job: Job, record: Mapping[str, Any], sources: Sources, place: str) -> None:
    properties = record["properties"]
    entities = ids(properties, "entity")
    if not entities:
        job.report.dropped("Sanction without entity", place, record["id"])
    documents = sources.of(record)
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
        _claim(job, documents, claim)
