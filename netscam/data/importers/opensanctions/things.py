"""FollowTheMoney things as entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from netscam.data.importers.opensanctions.schemata import COUNTRIES, FACTS, IDENTIFIERS, NAMES, TYPES
from netscam.data.importers.places import address_precision, country_codes
from netscam.data.importers.spool import Entity, pack
from netscam.data.importers.text import identifier, make_id, own_entity, plain

FACT_LENGTH = 300
SANCTIONED = ("sanction", "sanction.counter")


def texts(properties: Mapping[str, Any], *names: str) -> list[str]:
    """Values of properties that are text; what points at entities is left out."""
    found = []
    for name in names:
        if name not in properties:
            continue
        values = properties[name]
        values = [values] if isinstance(values, str) else values if isinstance(values, list) else ()
        found += [text for value in values if isinstance(value, (str, int, float)) and (text := plain(str(value)))]
    return found


def ids(properties: Mapping[str, Any], *names: str) -> list[str]:
    """Ids of entities that properties point at, nested entities included, as they stand in the file."""
    found = []
    for name in names:
        values = properties.get(name)
        for value in values if isinstance(values, list) else [values]:
            key = value.get("id", "") if isinstance(value, Mapping) else value
            found += [key] if isinstance(key, str) and key else []
    return found


def thing(record: Mapping[str, Any], place: str) -> Entity:
    """Entity of a record that is a thing.

    A person is an ``official`` where the topics say that the person holds or held a public post. The standing
    ``designated`` is taken from the topic ``sanction`` alone; other topics (crime, interest) are no standing.
    """
    schema, properties = str(record["schema"]), record["properties"]
    topics = texts(properties, "topics")
    kind = TYPES.get(schema, "organization")
    if kind == "person" and any(topic.startswith("role.pep") for topic in topics):
        kind = "official"
    own_kind, own_status, own_precision = own_entity(next(iter(texts(properties, "summary")), ""), schema)
    kind = own_kind or kind
    names = _names(schema, properties) or texts(record, "caption")
    said = f"{schema}." if kind == "organization" and schema not in ("Organization", "LegalEntity") else ""
    precision = ""
    if kind == "address":
        precision = own_precision or _precision(properties, names[0] if names else "")
    told = tuple(name for name in FACTS if not (own_kind and name == "summary"))
    return Entity(
        id=make_id(str(record["id"])),
        type=kind,
        name=names[0] if names else "",
        aliases=pack([*names[1:], *texts(properties, *NAMES)]),
        countries=pack(country_codes(texts(properties, *COUNTRIES))),
        status=own_status or ("designated" if set(topics) & set(SANCTIONED) else ""),
        latitude=next(iter(texts(properties, "latitude")), ""),
        longitude=next(iter(texts(properties, "longitude")), ""),
        precision=precision or own_precision,
        identifiers=pack(_own_schemes(_identifiers(record, kind)) if own_kind else _identifiers(record, kind)),
        description=" ".join(part for part in (said, facts(properties, told)) if part),
        place=place,
    )


def _own_schemes(identifiers: Iterable[str]) -> Iterable[str]:
    """Give identifiers that our own exporter had no property for their scheme back."""
    for item in identifiers:
        scheme, _, value = item.partition(":")
        yield value if scheme == "id-number" and ":" in value else item


def _names(schema: str, properties: Mapping[str, Any]) -> list[str]:
    if schema == "Address":
        full = texts(properties, "full", "name")
        parts = texts(
            properties, "postOfficeBox", "street", "street2", "city", "postalCode", "region", "state", "country"
        )
        return full or ([", ".join(parts)] if parts else [])
    if schema == "CryptoWallet":
        return texts(properties, "name", "publicKey", "cryptoAddress", "accountId")
    names = texts(properties, "name")
    if not names and schema == "Person":
        whole = " ".join(texts(properties, "firstName", "middleName", "lastName"))
        return [whole] if whole else []
    return names or texts(properties, "accountNumber", "iban", "registrationNumber", "number", "username", "title")


def _precision(properties: Mapping[str, Any], name: str) -> str:
    if texts(properties, "street", "postOfficeBox"):
        return "street"
    return "city" if texts(properties, "city") and not texts(properties, "full") else address_precision(name)


def _identifiers(record: Mapping[str, Any], kind: str) -> Iterable[str]:
    yield identifier("opensanctions", str(record["id"]))
    for other in texts(record, "referents"):
        yield identifier("opensanctions", other)
    properties = record["properties"]
    if kind == "wallet":
        currency = next(iter(texts(properties, "currency", "currencySymbol")), "wallet")
        scheme = {"xbt": "btc"}.get(currency.lower(), currency)
        for key in texts(properties, "publicKey", "cryptoAddress"):
            yield identifier(scheme, key)
    for name, scheme in IDENTIFIERS.items():
        if name not in properties:
            continue
        for value in texts(properties, name):
            yield identifier(scheme, value)


def facts(properties: Mapping[str, Any], names: Iterable[str]) -> str:
    """Properties as a text, ``birthDate: 1970; ...``, each not longer than 300 characters."""
    said = []
    for name in names:
        if name in properties and (values := texts(properties, name)):
            text = ", ".join(dict.fromkeys(values))
            said.append(f"{name}: {text if len(text) <= FACT_LENGTH else text[: FACT_LENGTH - 4] + ' ...'}")
    return "; ".join(said) + "." if said else ""
