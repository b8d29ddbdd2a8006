"""The simplified table of OpenSanctions, ``targets.simple.csv``, of both generations."""

from __future__ import annotations

from pathlib import Path

from netscam.data.importers.job import Job
from netscam.data.importers.opensanctions.ftm import Sources
from netscam.data.importers.opensanctions.schemata import TYPES
from netscam.data.importers.places import country_codes
from netscam.data.importers.spool import Claim, Entity, pack
from netscam.data.importers.stream import next_row, read_table
from netscam.data.importers.text import identifier, make_id

REQUIRED = ("id", "schema", "name")


def split_cell(cell: str) -> list[str]:
    """Items between ``;``, those in quotes with their ``;`` whole."""
    import csv

    try:
        row = next_row(csv.reader([cell], delimiter=";", quotechar='"')) or []
    except csv.Error:  # A stray line break: quotes do not count then.
        row = cell.split(";")
    return [item.strip() for item in row if item.strip()]


def read_simple(job: Job, path: Path, sources: Sources) -> None:
    """Read the rows by the names of their columns; one that a generation lacks is empty (``program_ids``)."""
    for line, row in read_table(path, job.progress, REQUIRED):
        schema = row["schema"]
        job.report.saw(schema or "(no schema)")
        place = f"{path.name}:{line}"
        if not row["id"].strip():
            job.report.dropped("row without an id", place)
            continue
        if schema not in TYPES:
            job.report.note(f"schema {schema} is not known; read as an organization")
        _take_row(job, row, sources, place)


def _take_row(job: Job, row: dict[str, str], sources: Sources, place: str) -> None:
    schema, key = row["schema"], row["id"].strip()
    kind = TYPES.get(schema, "organization")
    sanctions = split_cell(row.get("sanctions", ""))
    countries = country_codes(split_cell(row.get("countries", "")))
    said = [f"{schema}." if kind == "organization" and schema not in ("Organization", "LegalEntity") else ""]
    for name in ("birth_date", "sanctions", "program_ids", "dataset", "first_seen"):
        said += [f"{name.replace('_', ' ')}: {row[name].strip()}."] if row.get(name, "").strip() else []
    numbers = [identifier("opensanctions", key)]
    for name, scheme in (("identifiers", "number"), ("phones", "phone"), ("emails", "email")):
        numbers += [identifier(scheme, value) for value in split_cell(row.get(name, ""))]
    entity = job.spool.entity(
        Entity(
            id=make_id(key),
            type=kind,
            name=row["name"],
            aliases=pack(split_cell(row.get("aliases", ""))),
            countries=pack(countries),
            status="designated" if sanctions else "",
            identifiers=pack(numbers),
            description=" ".join(part for part in said if part),
            precision="area" if kind == "address" else "",
            place=place,
        )
    )
    names = split_cell(row.get("dataset", ""))
    record = {name: row.get(name, "") for name in ("last_change", "last_seen", "first_seen") if row.get(name)}
    documents = sources.of({**record, "datasets": names})
    for text in split_cell(row.get("addresses", "")):
        if address := job.spool.address(text, countries if len(countries) == 1 else [], place=place):
            for document in documents:
                standing = "recorded" if document in sources.registers else "reported"
                claim = Claim(entity, address, "registered_at", document, standing, locator=key, place=place)
                job.spool.claim(claim)
    if sanctions and len(names) == 1:
        body = job.spool.authority(f"Authority behind the data set {names[0]}")
        text = f"sanctions: {'; '.join(sanctions)}."
        job.spool.claim(
            Claim(entity, body, "sanctioned_by", documents[0], "designated", description=text, locator=key, place=place)
        )
    elif sanctions:
        job.report.note(
            "sanctions of a row with several data sets: kept in the description, since no authority is named"
        )
