"""One row as a FollowTheMoney entity."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from netscam.data.dataset import split_list
from netscam.output.exporters.base import clean
from netscam.schema import load_schema

# Properties with the two ends, and the schemata allowed at each.
LEGAL = ("Person", "Organization", "Company", "PublicBody")
BODIES = ("Organization", "Company", "PublicBody")
LINKS = {
    "Ownership": ("owner", "asset", LEGAL, ("Company", "RealEstate")),
    "Directorship": ("director", "organization", LEGAL, BODIES),
    "Membership": ("member", "organization", LEGAL, BODIES),
    "Family": ("person", "relative", ("Person",), ("Person",)),
    "Associate": ("person", "associate", ("Person",), ("Person",)),
    "Payment": ("payer", "beneficiary", LEGAL, LEGAL),
    "Succession": ("successor", "predecessor", LEGAL, LEGAL),
}
UNKNOWN = ("subject", "object", (), ())
IDENTIFIERS = {"wikidata": "wikidataId", "lei": "leiCode", "imo": "imoNumber", "swift": "swiftBic", "inn": "innCode"}
WEB = ("http://", "https://")
VALID = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?")
CURRENCIES = (
    "btc",
    "xbt",
    "eth",
    "usdt",
    "usdc",
    "trx",
    "xmr",
    "ltc",
    "bch",
    "dash",
    "zec",
    "xrp",
    "sol",
    "bnb",
    "arb",
    "wallet",
)


def schema_of(row: Mapping[str, Any]) -> str:
    """Schema of an entity."""
    return load_schema().entity_types[row["type"]].followthemoney


def ftm_ids(keys: Iterable[str]) -> dict[str, str]:
    """Ids as FollowTheMoney wants them, letters, digits, ``.`` and ``-``, each once; ``_`` becomes ``-``."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(keys, key=lambda key: (not VALID.fullmatch(key), key)):
        name = key if VALID.fullmatch(key) else key.replace("_", "-").strip(".-")
        if name in taken:
            name = f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
        taken.add(name)
        found[key] = name
    return found


def _record(key: str, schema: str, caption: str, properties: Mapping[str, list[str]], dataset: str) -> dict[str, Any]:
    kept = {name: list(dict.fromkeys(clean(v) for v in values if v)) for name, values in properties.items()}
    return {
        "id": key,
        "caption": clean(caption),
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
        "referents": [],
        "datasets": [dataset],
    }


def entity_record(row: Mapping[str, Any], key: str, dataset: str) -> dict[str, Any]:
    """Entity of a row of ``entities``."""
    schema = schema_of(row)
    name = row.get("name", row["id"])
    identifiers = [item.partition(":")[::2] for item in split_list(row.get("identifiers", ""))]
    properties: dict[str, list[str]] = {
        "name": [name],
        "alias": split_list(row.get("aliases", "")),
        "country": [code.lower() for code in split_list(row.get("countries", ""))],
        "notes": [row.get("description", "")],
        "topics": ["sanction"] if row.get("status") == "designated" else [],
        "summary": [_own_words(row)],
    }
    if schema == "Address":
        properties["full"] = [name]
    if schema in ("Address", "RealEstate") and "latitude" in row:
        properties |= {"latitude": [f"{row['latitude']:g}"], "longitude": [f"{row['longitude']:g}"]}
    if schema == "CryptoWallet":
        properties["publicKey"] = [value for scheme, value in identifiers if scheme in CURRENCIES][:1]
    elif schema == "UserAccount":
        properties["username"] = [name]
    elif schema in LEGAL:
        for scheme, value in identifiers:
            fits = scheme in IDENTIFIERS and (scheme != "imo" or schema == "Company")
            properties.setdefault(IDENTIFIERS[scheme] if fits else "idNumber", []).append(
                value if fits else f"{scheme}:{value}"
            )
    record = _record(key, schema, name, properties, dataset)
    return {**record, "referents": [row["id"]] if row["id"] != key else []}


def _own_words(row: Mapping[str, Any]) -> str:
    """What FollowTheMoney has no property for, in words that the importer reads back."""
    facts = {"type": row["type"], "status": row.get("status", ""), "precision": row.get("coordinate_precision", "")}
    return "; ".join(f"{name}: {value}" for name, value in facts.items() if value)


def relation_record(
    keys: tuple[str, str, str],
    source: Mapping[str, Any],
    target: Mapping[str, Any],
    row: Mapping[str, Any],
    documents: Mapping[str, Mapping[str, Any]],
    dataset: str,
) -> dict[str, Any]:
    """Entity of a row of ``relations`` with what its evidence says; ``keys`` are its id and those of its ends."""
    key, first_key, second_key = keys
    kind = load_schema().relation_types[row["relation"]]
    schema = kind.followthemoney
    cited = [documents[number] for number in split_list(row["documents"]) if number in documents]
    said = f"{kind.label}; status: {row['status'] or 'no evidence'}; probability {row['probability']:g}"
    said += f"; disputed by {row['disputed_by']}" if row["disputed_by"] else ""
    properties = {
        "startDate": [row.get("start", "")],
        "endDate": [row.get("end", "")],
        "summary": [said],
        "description": [row.get("description", "")],
        "publisher": [document.get("publisher", "") for document in cited],
        "sourceUrl": [url for document in cited if (url := document.get("url", "")).startswith(WEB)],
    }
    if schema == "Sanction":
        properties |= {"entity": [first_key], "authority": [target.get("name", "")]}
        properties["country"] = [code.lower() for code in split_list(target.get("countries", ""))]
        return _record(key, schema, kind.label, properties, dataset)
    first, second, sources, targets = LINKS.get(schema, UNKNOWN)
    if schema not in LINKS or schema_of(source) not in sources or schema_of(target) not in targets:
        schema, (first, second, _, _) = "UnknownLink", UNKNOWN
        properties["role"] = [kind.label]
    elif schema in ("Directorship", "Membership"):
        properties["role"] = [kind.label]
    elif schema in ("Family", "Associate"):
        properties["relationship"] = [kind.label]
    if schema == "Ownership" and "share" in row:
        properties["percentage"] = [f"{row['share']:g}"]
    properties |= {first: [first_key], second: [second_key]}
    return _record(key, schema, kind.label, properties, dataset)
