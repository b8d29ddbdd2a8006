"""OFAC's XML in the plain form (``sdn.xml``, ``consolidated.xml``), and which form a file has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from netscam.data.importers.dates import iso_date
from netscam.data.importers.job import Job
from netscam.data.importers.ofac.advanced import read_advanced
from netscam.data.importers.ofac.links import Links
from netscam.data.importers.ofac.record import Party, add_address, add_party
from netscam.data.importers.ofac.remarks import Remarks, split_clauses
from netscam.data.importers.places import country_code, country_codes
from netscam.data.importers.stream import broken, read_chunks
from netscam.data.importers.xml_stream import read_elements, text_of, texts_of
from netscam.errors import WHOLE_FILE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["read_advanced", "read_plain", "xml_kind"]

ROOT = re.compile(rb"<(?:\w+:)?(sdnList|Sanctions)[\s>]")
LINKED = re.compile(r"\(?Linked To: *(.+?)\)?")
WALLET = re.compile(r"Digital Currency Address *-? *(\S+)")


def xml_kind(path: Path) -> str:
    """``plain`` for a root ``sdnList``, ``advanced`` for a root ``Sanctions``."""
    chunks = read_chunks(path, lambda _: None, 1 << 16)
    found = ROOT.search(next(chunks, b""))
    chunks.close()
    if not found:
        broken(path, 1, WHOLE_FILE, "ofac-file", "the root is neither sdnList nor Sanctions: not an OFAC list")
    return "plain" if found[1] == b"sdnList" else "advanced"


def read_plain(job: Job, path: Path, document: str) -> None:
    """Read a list of ``sdnEntry`` elements."""
    links = Links()
    records = {"sdnEntry", "publshInformation"}
    for element in read_elements(path, job.progress, records):
        if element.tag == "publshInformation":
            date = iso_date(text_of(element, "Publish_Date"), month_first=True)
            known = job.spool.documents[document]
            known.published = job.published or date or known.published
        else:
            _take_entry(job, links, element, path.name, document)
    links.resolve(job.spool, document)


def _full_name(element: Element) -> str:
    names = (text_of(element, "lastName"), text_of(element, "firstName"))
    return ", ".join(name for name in names if name)


def _take_entry(job: Job, links: Links, element: Element, file: str, document: str) -> None:
    number = text_of(element, "uid")
    kind = text_of(element, "sdnType").lower()
    place = f"{file} uid {number}"
    job.report.saw(f"party: {kind or 'entity'}")
    if not number:
        job.report.dropped("party without a uid", file)
        return
    remarks = _remarks(element)
    ship = element.find("vesselInfo")
    party = Party(
        number,
        _full_name(element),
        "" if kind == "entity" else kind,
        texts_of(element, "programList/program"),
        place,
        title=text_of(element, "title"),
        facts=[f"{item.tag}: {text_of(item)}" for item in (ship if ship is not None else []) if text_of(item)],
        countries=country_codes(
            texts_of(element, "nationalityList/*/country") + texts_of(element, "citizenshipList/*/country")
        ),
        aliases=[_full_name(aka) for aka in element.iterfind("akaList/aka")],
    )
    entity = add_party(job.spool, party, remarks, document)
    links.name(entity, party.name)
    for alias in party.aliases:
        links.name(entity, alias, alias=True)
    links.waiting += [(entity, target, place) for target in remarks.linked]
    for address in element.iterfind("addressList/address"):
        job.report.saw("address")
        lines = ", ".join(text for part in ("address1", "address2", "address3") if (text := text_of(address, part)))
        city = " ".join(text for part in ("city", "stateOrProvince", "postalCode") if (text := text_of(address, part)))
        add_address(job.spool, number, (lines, city, text_of(address, "country")), document, place)


def _remarks(element: Element) -> Remarks:
    found = Remarks()
    for clause in split_clauses(text_of(element, "remarks")):
        if match := LINKED.fullmatch(clause.removesuffix(".") if clause.startswith("(") else clause):
            found.linked.append(match[1])
        else:
            found.rest.append(clause)
    found.rest += [f"DOB {text}" for text in texts_of(element, "dateOfBirthList/dateOfBirthItem/dateOfBirth")]
    found.rest += [f"POB {text}" for text in texts_of(element, "placeOfBirthList/placeOfBirthItem/placeOfBirth")]
    for item in element.iterfind("idList/id"):
        kind, value = text_of(item, "idType"), text_of(item, "idNumber")
        add_number(found, kind, value, text_of(item, "idCountry"))
    return found


def add_number(found: Remarks, kind: str, value: str, country: str) -> None:
    """Take an identity document or registration number, or a digital currency address that comes as one."""
    if match := WALLET.match(kind):
        found.wallets.append((match[1], value))
    elif value:
        land = country_code(country)
        label = kind.replace(".", "").replace("#", "").strip()
        found.identifiers.append((f"{land}-{label}" if land else label, value))
        found.registered |= bool(re.search(r"(?i)regist|company|tax", kind))
    elif kind:
        found.rest.append(kind)
