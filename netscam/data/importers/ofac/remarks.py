"""The remarks column of the OFAC lists, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from netscam.data.importers.places import country_code
from netscam.data.importers.text import plain

CLAUSE = re.compile(r"\s*;\s+")
ALIAS = re.compile(r"(?:alt\. )?(?:a|f|n)\.k\.a\. +'(.*)'")
LINKED = re.compile(r"(?:alt\. )?Linked To: *(.+)")
WALLET = re.compile(r"(?:alt\. )?Digital Currency Address *- *(\S+) +(\S+)")
LAND = re.compile(r"(?:alt\. )?(nationality|citizen|POB|Vessel Flag|Former Vessel Flag)s?:? +(.+)")
IMO = re.compile(r"(?:alt\. )?(?:Vessel Registration Identification|Identification Number|Company Number) IMO +(\d+)")
LINE = re.compile(
    r"(?:alt\. )?(Website|Email Address|Phone Number|Telephone|Fax|SWIFT/BIC|BIK \(RU\)|MMSI)[:.]? +(?:No\. +)?(.+)"
)
TAIL = r"(?: \((?P<land>[^()]+)\))?(?: \((?P<more>[^()]+)\))?(?P<dates>(?: (?:issued|expires) \d[^;]*)*)"
NUMBERED = (
    re.compile(
        r"(?:alt\. )?(?P<label>[A-Z][^\d;#:]{1,70}?)(?: ?#| No\.?| Number)+:? +(?P<value>(?=[^;]*\d)[^;(]+?)" + TAIL
    ),
    re.compile(r"(?:alt\. )?(?P<label>[A-Z][^\d;#:]{1,70}?):? +(?P<value>(?=\S*\d)[^;(]+?)" + TAIL),
)
LABELS = re.compile(
    r"(?i)passport|\bid\b|\bi\.d\.|identification|registration|tax|cedula|national|license|licence|registry|certificate|"
    r"number|\bno\.|code|nit\b|ruc\b|rif\b|d\.n\.i|c\.u\.r\.p|r\.f\.c|c\.r\.|c\.u\.i|d-u-n-s|v\.a\.t|folio|matricula|"
    r"\bregist|card|trademark|msn|tail number|mmsi|numero|rtn|cuit|nif|cnpj|i\.f\.e|ssn|stateless|file|document|gazette"
)
SCHEMES = {"swift/bic": "swift", "bik (ru)": "bik", "website": "website", "email address": "email", "mmsi": "mmsi"}
SCHEMES |= {"phone number": "phone", "telephone": "phone", "fax": "fax"}
NOT_NUMBERS = re.compile(
    r"(?:alt\. )?(?:DOB|Organization (?:Established Date|Type)|Executive Order|Secondary sanctions|Aircraft (?!Tail|Man"
    r"ufacturer's Serial|Construction)|Listing Date|Effective Date|Additional Sanctions|Transactions|"
    r"Vessel Year|CAATSA)"
)


@dataclass
class Remarks:
    """What remarks say; ``rest`` holds the clauses that stay as text, in order."""

    aliases: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    wallets: list[tuple[str, str]] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    registered: bool = False


def split_clauses(remarks: str) -> list[str]:
    """Clauses between ``;``, without the full stop that ends the whole."""
    clauses = [plain(clause) for clause in CLAUSE.split(remarks.strip().rstrip(";"))]
    return [clause for clause in clauses if clause]


def parse_remarks(remarks: str) -> Remarks:
    """Take remarks apart.

    Aliases, ``Linked To``, digital currency addresses, nationalities and identifiers become what they are; everything
    else, dates of birth and sanctions notices included, stays as text. Names after ``Linked To`` keep a last full stop,
    since it may belong to the name.
    """
    found = Remarks()
    for clause in split_clauses(remarks):
        _parse_clause(clause, found)
    return found


def _parse_clause(clause: str, found: Remarks) -> None:
    if match := LINKED.fullmatch(clause):
        found.linked.append(match[1])
        return
    bare = clause.removesuffix(".")
    if match := ALIAS.fullmatch(bare):
        found.aliases.append(match[1])
    elif match := WALLET.fullmatch(bare):
        found.wallets.append((match[1], match[2]))
    elif match := LAND.fullmatch(bare):
        _parse_land(match[1], match[2], bare, found)
    elif match := IMO.fullmatch(bare):
        found.identifiers.append(("imo", match[1]))
    elif match := LINE.fullmatch(bare):
        found.identifiers.append((SCHEMES[match[1].lower()], match[2]))
    elif not _parse_number(bare, found):
        found.rest.append(bare)


def _parse_land(label: str, value: str, clause: str, found: Remarks) -> None:
    land = country_code(value.rsplit(",", 1)[-1] if label == "POB" and not country_code(value) else value)
    if land and label in ("nationality", "citizen"):
        found.countries.append(land)
    found.rest.append(clause)


def _parse_number(clause: str, found: Remarks) -> bool:
    if NOT_NUMBERS.match(clause):
        return False
    match = NUMBERED[0].fullmatch(clause) or NUMBERED[1].fullmatch(clause)
    if match is None or not LABELS.search(clause[: match.start("value")]):
        return False
    label = re.sub(r"[^a-z0-9]+", "-", match["label"].lower().replace(".", "")).strip("-")
    land = country_code(match["land"] or "")
    value = match["value"].strip()
    found.identifiers.append((f"{land.lower()}-{label}" if land else label, value))
    found.registered |= "regist" in label or "company" in label or "tax" in label
    if match["dates"] or (match["land"] and not land) or match["more"]:
        found.rest.append(clause)
    return True
