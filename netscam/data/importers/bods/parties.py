"""Persons and entities of the Beneficial Ownership Data Standard, 0.2 to 0.4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from netscam.data.importers.places import country_codes
from netscam.data.importers.spool import Entity, pack
from netscam.data.importers.text import identifier

TYPES = {
    "registeredEntity": "company",
    "legalEntity": "organization",
    "arrangement": "organization",
    "anonymousEntity": "organization",
    "unknownEntity": "organization",
    "state": "authority",
    "stateBody": "authority",
}
HIDDEN = {
    "anonymousEntity": "Anonymous entity",
    "unknownEntity": "Unknown entity",
    "anonymousPerson": "Anonymous person",
    "unknownPerson": "Unknown person",
}


def objects(value: object) -> list[Mapping[str, Any]]:
    """Objects of a list, or the one object; anything else is passed over."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, Mapping)]


def word(value: object) -> str:
    """Text of a value that should be a text."""
    return value if isinstance(value, str) else ""


def party(details: Mapping[str, Any], key: str, entity: str, place: str) -> Entity:
    """Entity of the details of an entity or person statement; ``key`` is the record's id in the file."""
    person = "personType" in details or "names" in details
    kind_word = _kind(details)
    names = list(_names(details))
    hidden = HIDDEN.get(kind_word, "")
    reason = " ".join(_reasons(details))
    kind = "person" if person else TYPES.get(kind_word, "organization")
    if kind == "person" and _exposed(details):
        kind = "official"
    facts = [hidden and f"{hidden}.", reason, *_facts(details)]
    return Entity(
        id=entity,
        type=kind,
        name=names[0] if names else f"{hidden or 'No name given'} ({key})",
        aliases=pack(names[1:]),
        countries=pack(country_codes(_countries(details))),
        identifiers=pack(_identifiers(details, key)),
        description=" ".join(fact for fact in facts if fact),
        place=place,
    )


def _kind(details: Mapping[str, Any]) -> str:
    kind = details.get("personType") or details.get("entityType")
    return word(kind.get("type")) if isinstance(kind, Mapping) else word(kind)


def _names(details: Mapping[str, Any]) -> Iterator[str]:
    yield from filter(None, [word(details.get("name"))])
    for name in objects(details.get("names")):
        parts = [word(name.get(part)) for part in ("givenName", "patronymicName", "familyName")]
        yield from filter(None, [word(name.get("fullName")) or " ".join(part for part in parts if part)])
    others = details.get("alternateNames")
    yield from (text for text in (others if isinstance(others, list) else []) if isinstance(text, str))


def _reasons(details: Mapping[str, Any]) -> Iterator[str]:
    for name in ("unspecifiedEntityDetails", "unspecifiedPersonDetails", "unspecified", "missingInfoReason"):
        value = details.get(name)
        if isinstance(value, str):
            yield f"{value}."
        for each in objects(value):
            yield from (f"{text}." for key in ("reason", "description") if (text := word(each.get(key))))


def _exposed(details: Mapping[str, Any]) -> bool:
    """Whether a statement says of a person that he or she holds or held public office."""
    exposure = details.get("politicalExposure")
    stated = isinstance(exposure, Mapping) and exposure.get("status") == "isPep"
    return stated or details.get("hasPepStatus") is True or details.get("pepStatus") == "isPep"


def _countries(details: Mapping[str, Any]) -> Iterator[str]:
    lands = objects(details.get("nationalities")) + objects(details.get("jurisdiction"))
    lands += objects(details.get("incorporatedInJurisdiction")) + objects(details.get("taxResidencies"))
    for land in lands:
        yield from filter(None, [word(land.get("code")) or word(land.get("name"))])


def _identifiers(details: Mapping[str, Any], key: str) -> Iterator[str]:
    yield identifier("bods", key)
    for number in objects(details.get("identifiers")):
        scheme = word(number.get("scheme")) or word(number.get("schemeName")) or "number"
        yield identifier(scheme[:40], str(number.get("id") or number.get("uri") or ""))


def _facts(details: Mapping[str, Any]) -> Iterator[str]:
    kind = details.get("entityType")
    if isinstance(kind, Mapping):
        said = [word(kind.get("subtype")), word(kind.get("details"))]
        yield " ".join(f"{text}." for text in said if text)
    for name in ("birthDate", "deathDate", "foundingDate", "dissolutionDate"):
        if text := word(details.get(name)):
            yield f"{name}: {text}."
    listing = details.get("publicListing")
    if isinstance(listing, Mapping) and listing.get("hasPublicListing") is True:
        yield "Publicly listed."


def addresses(details: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Addresses of a party with their countries; a place of birth is none."""
    found = objects(details.get("addresses"))
    found += objects(details.get("placeOfResidence"))
    for address in found:
        if address.get("type") in ("placeOfBirth",):
            continue
        parts = [word(address.get("address")), word(address.get("postCode") or address.get("postcode"))]
        land = address.get("country")
        code = word(land.get("code")) or word(land.get("name")) if isinstance(land, Mapping) else word(land)
        if parts[0]:
            yield ", ".join(part for part in parts if part), country_codes([code])
