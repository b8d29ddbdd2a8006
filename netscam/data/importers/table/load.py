"""The format ``table``."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from netscam.data.importers.job import IMPORTERS, Job
from netscam.data.importers.packages import describe, publication_date
from netscam.data.importers.places import address_precision, country_codes
from netscam.data.importers.shares import span_text
from netscam.data.importers.spool import Claim, Document, Entity, pack
from netscam.data.importers.stream import broken, expand
from netscam.data.importers.table.guess import guess_tables
from netscam.data.importers.table.mapping import Source, TableMapping, load_mapping
from netscam.data.importers.table.matrix import read_matrix
from netscam.data.importers.table.rows import records
from netscam.data.importers.text import identifier, make_id, plain
from netscam.errors import WHOLE_FILE
from netscam.schema import load_schema


@IMPORTERS.add("table", files="CSV, XLSX, JSON, UCINET DL; entities, links, adjacency matrix or two-mode table")
def table(job: Job) -> dict[str, Any]:
    """Any CSV, XLSX, JSON or UCINET DL by a mapping file; adjacency matrices and two-mode tables too.

    The mapping says which column is which and what the words for types and relations mean; ``--guess`` writes a first
    one. Without a mapping the guess is used as it is, and the report says so. Graded F6 (cannot be judged) unless the
    mapping grades the source.
    """
    files = expand(job.files, "*.csv", "*.tsv", "*.xlsx", "*.json", "*.jsonl", "*.dl")
    if job.mapping is None:
        source, mappings = Source(), guess_tables(files)
        job.report.note("no mapping was given; the columns were guessed (see --guess)")
    else:
        source, mappings = load_mapping(job.mapping)
    document = job.spool.document(
        Document(
            id="table-source",
            title=source.title or f"Table {', '.join(path.name for path in files)}",
            publisher=source.publisher,
            kind=source.kind,
            url=source.url,
            published=job.published or source.published or publication_date(job, files),
            reliability=source.reliability,
            language=source.language,
        )
    )
    plans = [(path, mapping) for path in files for mapping in _of(path, mappings)]
    known = any(mapping.layout == "entities" for _, mapping in plans)
    for path, mapping in plans:
        if mapping.layout in ("adjacency", "two-mode"):
            read_matrix(job, path, mapping, document)
        elif mapping.layout == "links":
            _read_links(job, path, mapping, document, ends=not known)
        else:
            _read_entities(job, path, mapping, document)
    return describe(job, "Table", "table", job.spool.documents[document].published)


def _of(path: Path, mappings: list[TableMapping]) -> list[TableMapping]:
    found = [mapping for mapping in mappings if fnmatch(path.name, mapping.file)]
    if not found:
        broken(path, 1, WHOLE_FILE, "mapping", "no [[tables]] of the mapping is for this file")
    return found


def _getter(mapping: TableMapping, row: dict[str, str]) -> Callable[[str], str]:
    return lambda name: plain(row[mapping.columns[name]]) if name in mapping.columns else ""


def _word(job: Job, words: dict[str, str], value: str, known: str, default: str) -> str:
    """Our word for a word of the table: by the mapping, itself where it is ours, else the default, counted."""
    found = words.get(value) or (value if value in load_schema().vocabularies[known] else "")
    if value and not found:
        job.report.note(f"word {value[:60]!r} that the mapping does not know, read as {default}")
    return found or default


def _unread(job: Job, path: Path, mapping: TableMapping, names: list[str]) -> None:
    used = {*mapping.columns.values(), *mapping.identifiers.values()}
    for name in names:
        if name not in used:
            job.report.note(f"column {name[:60]!r} of {path.name} is not mapped and was left out")


def _read_entities(job: Job, path: Path, mapping: TableMapping, document: str) -> None:
    names, rows = records(path, mapping, job.progress)
    _unread(job, path, mapping, names)
    for line, row in rows:
        value = _getter(mapping, row)
        place = f"{path.name}:{line}"
        key = value("id") or value("name")
        job.report.saw(f"row of {path.name}")
        if not key:
            job.report.dropped("row without an id and a name", place)
            continue
        kind = _word(job, dict(mapping.types), value("type"), "entity_types", mapping.type)
        status = value("status")
        entity = Entity(
            id=make_id(key),
            type=kind,
            name=value("name") or key,
            aliases=pack(value("aliases").split(";")),
            countries=pack(country_codes(value("countries").replace("|", ";").split(";"))),
            status=_word(job, dict(mapping.statuses), status, "statuses", "") if status else "",
            latitude=value("latitude"),
            longitude=value("longitude"),
            precision=_precision(value("coordinate_precision"), kind, value("name")),
            identifiers=pack(
                [identifier(mapping.scheme, key) if value("id") else ""]
                + [identifier(scheme, row[column]) for scheme, column in mapping.identifiers.items()]
            ),
            description=value("description"),
            place=place,
        )
        job.spool.entity(entity)
        if address := job.spool.address(value("address"), place=place) if value("address") else "":
            status, grade = mapping.status, mapping.credibility
            job.spool.claim(
                Claim(entity.id, address, "registered_at", document, status, grade, locator=f"row {line}", place=place)
            )


def _precision(stated: str, kind: str, name: str) -> str:
    known = stated if stated in load_schema().vocabularies["precisions"] else ""
    return known or (address_precision(name) if kind == "address" else "")


def _read_links(job: Job, path: Path, mapping: TableMapping, document: str, *, ends: bool) -> None:
    names, rows = records(path, mapping, job.progress)
    _unread(job, path, mapping, names)
    for line, row in rows:
        value = _getter(mapping, row)
        place = f"{path.name}:{line}"
        job.report.saw(f"row of {path.name}")
        if not value("source") or not value("target"):
            job.report.dropped("row without both ends", place)
            continue
        if ends:
            for end, default in (("source", mapping.type), ("target", mapping.target_type or mapping.type)):
                kind = _word(job, dict(mapping.types), value(f"{end}_type"), "entity_types", default)
                name = value(f"{end}_name") or value(end)
                number = pack([identifier(mapping.scheme, value(end))])
                job.spool.entity(Entity(make_id(value(end)), kind, name, identifiers=number, place=place))
        status = value("status")
        grade = value("credibility")
        claim = Claim(
            make_id(value("source")),
            make_id(value("target")),
            _word(job, dict(mapping.relations), value("relation"), "relation_types", mapping.relation),
            _cited(job, value("document"), document),
            _word(job, dict(mapping.statuses), status, "statuses", mapping.status),
            grade if grade in load_schema().vocabularies["credibilities"] else mapping.credibility,
            start=value("start"),
            end=value("end"),
            share=value("share") or span_text(value("share_min"), value("share_max")),
            description=value("description"),
            locator=f"row {line}",
            place=place,
        )
        job.spool.claim(claim)


def _cited(job: Job, text: str, document: str) -> str:
    """Document that a row cites itself, by its title or link; the table where it cites none."""
    if not text:
        return document
    table = job.spool.documents[document]
    record = Document(
        make_id(f"cited-{text}"),
        text,
        "(as cited by the table)",
        url=text if text.startswith("http") else "",
        published=table.published,
        reliability=table.reliability,
    )
    return job.spool.document(record)
