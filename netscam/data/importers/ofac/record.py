"""From one listed party to entities and claims, whichever of the OFAC files it is from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from netscam.data.importers.names import looks_like_company
from netscam.data.importers.ofac.remarks import Remarks
from netscam.data.importers.places import country_code
from netscam.data.importers.spool import Claim, Entity, Spool, pack
from netscam.data.importers.text import identifier, plain

TYPES = {"individual": "person", "vessel": "organization", "aircraft": "organization"}
AUTHORITY = "Office of Foreign Assets Control (OFAC), U.S. Department of the Treasury"


@dataclass
class Party:
    """One listed party. A vessel or an aircraft is kept as an organization whose description says what it is."""

    number: str
    name: str
    kind: str
    programs: Sequence[str]
    place: str
    title: str = ""
    facts: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)


def party_id(number: str) -> str:
    """Id of the entity of a listed party."""
    return f"ofac-{number}"


def add_party(spool: Spool, party: Party, remarks: Remarks, document: str) -> str:
    """Take a party with its wallets and its listing; links and addresses come later."""
    kind = TYPES.get(party.kind)
    if party.kind in ("vessel", "aircraft"):
        spool.report.note(
            f"{party.kind} kept as an organization, since netscam has no such type; its description says so"
        )
    if kind is None:
        business = remarks.registered or looks_like_company(party.name)
        kind = "company" if business else "organization"
    facts = [party.kind.capitalize() if party.kind in ("vessel", "aircraft") else "", *party.facts]
    facts += [f"Title: {party.title}"] if party.title else []
    listing = f"Programs: {', '.join(party.programs)}" if party.programs else ""
    text = [f"On the OFAC list. {listing}".rstrip(". "), *(fact for fact in [*facts, *remarks.rest] if fact)]
    entity = spool.entity(
        Entity(
            id=party_id(party.number),
            type=kind,
            name=party.name,
            aliases=pack([*party.aliases, *remarks.aliases]),
            countries=pack([*party.countries, *remarks.countries]),
            status="designated",
            identifiers=pack(
                [
                    identifier("ofac", party.number),
                    *(identifier(scheme, value) for scheme, value in [*party.identifiers, *remarks.identifiers]),
                ]
            ),
            description="; ".join(text) + ".",
            place=party.place,
        )
    )
    locator = f"entry {party.number}"
    authority = spool.authority(AUTHORITY, ["US"])
    claim = Claim(entity, authority, "sanctioned_by", document, "designated", description=listing, locator=locator)
    spool.claim(claim)
    for currency, account in remarks.wallets:
        wallet = spool.wallet(currency, account, party.place)
        spool.claim(Claim(entity, wallet, "holds_account", document, "designated", locator=locator, place=party.place))
    return entity


def add_address(
    spool: Spool, number: str, printed: tuple[str, str, str], document: str, place: str, remark: str = ""
) -> None:
    """Take an address of a party: street, city and country as printed; a remark on it goes to the relation.

    What is no nearer than a city or a country joins nobody.
    """
    parts = [plain(part) for part in printed]
    text = ", ".join(part for part in parts if part)
    if not text:
        return
    precision = "" if parts[0] else "city" if parts[1] else "country"
    if parts[0] and not any(sign.isdecimal() for sign in parts[0]):
        precision = "area"
    elif parts[0]:
        precision = "street"
    land = country_code(parts[2])
    address = spool.address(text, [land] if land else [], precision, place)
    locator = f"entry {number}"
    said = f"Remark on the address: {plain(remark).rstrip('.')}." if remark.strip() else ""
    ends = (party_id(number), address, "registered_at")
    spool.claim(Claim(*ends, document, "designated", description=said, locator=locator, place=place))
