"""The format ``icij``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from netscam.data.importers.dates import iso_date
from netscam.data.importers.icij.columns import COLUMNS, ENDS, bare, is_edges, pick
from netscam.data.importers.icij.kinds import node_type, relations_of
from netscam.data.importers.job import IMPORTERS, Job
from netscam.data.importers.packages import describe, publication_date
from netscam.data.importers.places import address_precision, country_codes
from netscam.data.importers.spool import Claim, Document, Entity, pack
from netscam.data.importers.stream import broken, expand, guess_delimiter, read_csv, read_table
from netscam.data.importers.text import identifier, make_id, plain
from netscam.errors import WHOLE_FILE

FACT_LENGTH = 200
LICENCE = {
    "name": "ODbL-1.0",
    "title": "Open Database License 1.0; cite the International Consortium of Investigative Journalists",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
}


@dataclass
class _Leak:
    job: Job
    published: str
    documents: dict[str, str] = field(default_factory=dict)

    def document(self, source: str) -> str:
        """Document of one leak, as the column sourceID names it."""
        if source not in self.documents:
            title = f"Offshore Leaks database: {source}" if source else "Offshore Leaks database"
            record = Document(
                make_id(f"icij-{source}" if source else "icij-offshore-leaks"),
                title,
                "International Consortium of Investigative Journalists",
                url="https://offshoreleaks.icij.org/",
                published=self.published,
            )
            self.documents[source] = self.job.spool.document(record)
        return self.documents[source]


@IMPORTERS.add("icij", files="nodes-*.csv and relationships.csv; or two tables of nodes and edges")
def icij(job: Job) -> dict[str, Any]:
    """Offshore Leaks CSVs (entities, officers, intermediaries, addresses, others; relationships) and similar tables.

    A file with two columns of ends is one of relations, any other one of nodes. A leaked register entry is
    ``recorded``: it says nothing about wrongdoing. One printed link may become several relations ("director and
    shareholder").
    """
    files = expand(job.files, "*.csv", "*.CSV", "*.csv.gz")
    dated = publication_date(job, files)
    leak = _Leak(job, dated)
    for path in files:
        delimiter = guess_delimiter(path)
        header = next(read_csv(path, lambda _: None, second="cp1252", delimiter=delimiter), None)
        if header is None:
            broken(path, 1, WHOLE_FILE, "empty-file", "the file is empty")
        names = [name.strip() for name in header[1]]
        take = _take_edge if is_edges(names) else _take_node
        columns = pick(names, ENDS if is_edges(names) else COLUMNS)
        if not is_edges(names) and not {"id"} <= columns.keys():
            broken(
                path, header[0], WHOLE_FILE, "missing-column", "neither a column of node ids nor two columns of ends"
            )
        for line, row in read_table(path, job.progress, second="cp1252", delimiter=delimiter):
            take(leak, columns, row, f"{path.name}:{line}")
    return describe(job, "Offshore Leaks", "icij", dated, LICENCE)


def _node_id(number: str) -> str:
    return make_id(f"icij-{number.strip()}")


def _take_node(leak: _Leak, columns: Mapping[str, str], row: dict[str, str], place: str) -> None:
    def value(name: str) -> str:
        return plain(row[columns[name]]) if name in columns else ""

    number = value("id")
    file = place.rpartition(":")[0]
    name = value("name") or value("address")
    kind = node_type(value("kind"), name, file)
    leak.job.report.saw(f"node: {value('kind') or file}")
    if not number:
        leak.job.report.dropped("node without an id", place)
        return
    lands = [part for name in ("country_codes", "countries") for part in value(name).replace("|", ";").split(";")]
    codes = country_codes([*lands, value("jurisdiction")])
    used = {columns[name] for name in ("id", "name", "kind", "former", "registry", "source_id") if name in columns}
    said = [
        f"{bare(column)}: {text[:FACT_LENGTH]}"
        for column, cell in row.items()
        if column not in used and (text := plain(cell)) and not (kind == "address" and text == name)
    ]
    leak.job.spool.entity(
        Entity(
            id=_node_id(number),
            type=kind,
            name=name,
            aliases=pack(value("former").split(";")),
            countries=pack(codes),
            precision=address_precision(name) if kind == "address" else "",
            identifiers=pack([identifier("icij", number), identifier("registration", value("registry"))]),
            description=f"{'; '.join(said)}." if said else "",
            place=place,
        )
    )
    document = leak.document("" if "story" in columns.get("source_id", "") else value("source_id"))
    if kind != "address" and value("address") and "name" in columns:
        address = leak.job.spool.address(value("address"), codes[:1] if len(codes) == 1 else [], place=place)
        claim = Claim(_node_id(number), address, "registered_at", document, locator=f"node {number}", place=place)
        if address:
            leak.job.spool.claim(claim)


def _take_edge(leak: _Leak, columns: Mapping[str, str], row: dict[str, str], place: str) -> None:
    def value(name: str) -> str:
        return plain(row[columns[name]]) if name in columns else ""

    leak.job.report.saw(f"link: {value('relation') or '(no type)'}")
    source, target = value("source"), value("target")
    if not source or not target:
        leak.job.report.dropped("link without an end", place)
        return
    story = "story" in columns.get("source_id", "")
    document = leak.document("" if story else value("source_id"))
    printed = " / ".join(dict.fromkeys(text for text in (value("relation"), value("link"), value("status")) if text))
    kinds = relations_of(value("relation"), value("link"))
    if len(kinds) > 1:
        leak.job.report.note("link that says several things, read as one relation for each")
    for kind in kinds:
        claim = Claim(
            _node_id(source),
            _node_id(target),
            kind,
            document,
            start=iso_date(value("start")) or value("start"),
            end=iso_date(value("end")) or value("end"),
            description=f"Printed as: {printed}." if printed else "",
            locator=f"story {value('source_id')}" if story and value("source_id") else "",
            place=place,
        )
        leak.job.spool.claim(claim)
