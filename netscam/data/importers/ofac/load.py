"""The format ``ofac``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from netscam.data.importers.job import IMPORTERS, Job
from netscam.data.importers.ofac.links import Links
from netscam.data.importers.ofac.record import Party, add_address, add_party, party_id
from netscam.data.importers.ofac.remarks import parse_remarks
from netscam.data.importers.ofac.xml import read_advanced, read_plain, xml_kind
from netscam.data.importers.packages import describe, publication_date
from netscam.data.importers.places import country_code
from netscam.data.importers.spool import Document, Entity, pack
from netscam.data.importers.stream import MOST_PROBLEMS, broken, expand, read_csv
from netscam.data.importers.text import plain
from netscam.errors import WHOLE_FILE, DataError, Problem

NULL = "-0-"
KINDS = {12: "sdn", 6: "add", 5: "alt", 2: "comments"}
LONGEST_REMARK = 1000
Row = list[str]


@IMPORTERS.add("ofac", files="sdn.csv with add.csv, alt.csv and sdn_comments.csv; sdn.xml; sdn_advanced.xml")
def ofac(job: Job) -> dict[str, Any]:
    """SDN and consolidated lists of OFAC: CSV without a header, or XML.

    A file is known by its number of cells (12 parties, 6 addresses, 5 other names, 2 remarks continued), not by its
    name, so that ``cons_prim.csv`` and the like are read too. Everything that the list prints keeps the standing
    ``designated``: an administrative act, not a verdict.
    """
    files = expand(job.files, "*.csv", "*.CSV", "*.pip", "*.PIP", "*.xml", "*.XML", "*.xml.gz")
    xml = [path for path in files if ".xml" in path.name.lower()]
    published = job.published if xml else publication_date(job, files)
    document = job.spool.document(
        Document(
            id="ofac-list",
            title="Specially Designated Nationals and other lists: " + ", ".join(path.name for path in files),
            publisher="U.S. Department of the Treasury, Office of Foreign Assets Control",
            url="https://sanctionslist.ofac.treas.gov/",
            published=published,
            reliability="A",
            origin_group="ofac_list",
        )
    )
    for path in xml:
        (read_advanced if xml_kind(path) == "advanced" else read_plain)(job, path, document)
    if len(xml) < len(files):
        _read_csvs(job, [path for path in files if path not in xml], document)
    known = job.spool.documents[document]
    known.published = known.published or publication_date(job, files)
    return describe(job, "OFAC sanctions lists", "ofac", known.published)


def _read_csvs(job: Job, files: list[Path], document: str) -> None:
    kinds: dict[str, list[Path]] = {"sdn": [], "add": [], "alt": [], "comments": []}
    for path in files:
        width = next((len(row) for _, row in _rows(job, path, silent=True)), 0)
        if not width:
            job.report.note(f"{path.name} has no rows")
            continue
        if width not in KINDS:
            message = f"a row of {width} cells; OFAC files have 12, 6, 5 or 2 and no header"
            broken(path, 1, WHOLE_FILE, "ofac-file", message)
        kinds[KINDS[width]].append(path)
    if not kinds["sdn"]:
        broken(files[0], 1, WHOLE_FILE, "ofac-file", "no file of parties (sdn.csv, 12 cells a row) among those given")
    more = _comments(job, kinds["comments"])
    links = Links()
    seen: dict[str, str] = {}
    for path in kinds["sdn"]:
        for line, row in _rows(job, path, 12):
            _take_party(job, links, seen, more, row, f"{path.name}:{line}", document)
    for number in more:
        job.report.dropped("remarks continued of a party that is not on the list", "", number)
    for path in kinds["alt"]:
        _take_names(job, links, seen, path)
    for path in kinds["add"]:
        _take_addresses(job, seen, path, document)
    links.resolve(job.spool, document)


def _rows(job: Job, path: Path, width: int = 0, *, silent: bool = False) -> Iterator[tuple[int, Row]]:
    """Rows without the 0x1A that ends a file and the header that copies of it have; ``-0-`` is nothing.

    Rows of another width are refused together.
    """
    problems = []
    progress = (lambda _: None) if silent else job.progress
    delimiter = "|" if ".pip" in path.name.lower() else ","
    for line, row in read_csv(path, progress, second="cp1252", delimiter=delimiter):
        if row[0].strip("\x1a ") == "" and not any(row[1:]):
            continue
        if line == 1 and row[0].strip().lower() == "ent_num":
            continue
        if width and (len(row) != width or not row[0].strip().isdecimal()):
            message = f"{len(row)} cells where a row has {width}" if len(row) != width else f"{row[0]!r} is no number"
            problems.append(Problem(path.name, line, "(row)" if len(row) != width else "ent_num", "ofac-row", message))
            if len(problems) >= MOST_PROBLEMS:
                break
        elif not problems:
            yield line, ["" if cell.strip() == NULL else cell for cell in row]
    if problems:
        raise DataError(problems)


def _comments(job: Job, files: list[Path]) -> dict[str, str]:
    more: dict[str, str] = {}
    for path in files:
        for _, row in _rows(job, path, 2):
            job.report.saw("remarks continued")
            more[row[0]] = more.get(row[0], "") + row[1]
    return more


def split_programs(cell: str) -> list[str]:
    """Programs of a cell such as ``SDGT] [IFSR``."""
    return [text for part in cell.replace("[", "]").split("]") if (text := plain(part))]


def _take_party(
    job: Job, links: Links, seen: dict[str, str], more: dict[str, str], row: Row, place: str, document: str
) -> None:
    number, name, kind, programs, title, call_sign, vessel, tons, gross, flag, owner, text = row
    job.report.saw(f"party: {kind.strip() or 'entity'}")
    number = number.strip()
    if len(text) >= LONGEST_REMARK and number not in more:
        job.report.note("remarks cut at 1,000 characters without the rest (sdn_comments.csv)")
        cut = text.rfind("; ")
        job.report.dropped("last clause of remarks that were cut", place, text[cut + 2 :])
        text = text[:cut] if cut >= 0 else text
    remarks = parse_remarks(text + more.pop(number, ""))
    ship = (("Vessel type", vessel), ("Tonnage", tons), ("Gross tonnage", gross), ("Flag", flag), ("Owner", owner))
    party = Party(
        number,
        plain(name),
        kind.strip(),
        split_programs(programs),
        place,
        title=plain(title),
        facts=[f"{label}: {plain(value)}" for label, value in ship if value.strip()],
        countries=[code] if (code := country_code(flag)) else [],
        identifiers=[("call-sign", call_sign)] if call_sign.strip() else [],
    )
    if number in seen:
        job.report.note("party listed twice, joined")
    seen[number] = party.name
    entity = add_party(job.spool, party, remarks, document)
    links.name(entity, party.name)
    for alias in remarks.aliases:
        links.name(entity, alias, alias=True)
    links.waiting += [(entity, target, place) for target in remarks.linked]


def _take_names(job: Job, links: Links, seen: dict[str, str], path: Path) -> None:
    for line, (number, _, kind, name, remark) in _rows(job, path, 5):
        job.report.saw("other name")
        if number not in seen:
            job.report.dropped("other name of a party that is not on the list", f"{path.name}:{line}", number)
            continue
        entity = party_id(number)
        said = f"Remark on {plain(name)} ({plain(kind)}): {plain(remark).rstrip('.')}." if remark.strip() else ""
        aliases = pack([plain(name)])
        job.spool.entity(Entity(entity, "", seen[number], aliases, description=said, place=f"{path.name}:{line}"))
        links.name(entity, name, alias=True)


def _take_addresses(job: Job, seen: dict[str, str], path: Path, document: str) -> None:
    for line, (number, _, street, city, country, remark) in _rows(job, path, 6):
        job.report.saw("address")
        place = f"{path.name}:{line}"
        if number not in seen:
            job.report.dropped("address of a party that is not on the list", place, number)
        elif not (street + city + country).strip():
            job.report.dropped("address without text", place)
        else:
            add_address(job.spool, number, (street, city, country), document, place, remark)
