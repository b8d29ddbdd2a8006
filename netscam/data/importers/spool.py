"""Where importers put what they find: a database on disk, so that memory stays flat on files of any size."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path

from netscam.data.importers.places import address_precision
from netscam.data.importers.report import Report
from netscam.data.importers.text import digest, folded, identifier, make_id, plain

BATCH = 2000
PRAGMAS = ("journal_mode=OFF", "synchronous=OFF", "temp_store=FILE", "cache_size=-32768", "locking_mode=EXCLUSIVE")


@dataclass(frozen=True, slots=True)
class Entity:
    """One record of an entity; records with one id become one row.

    ``aliases``, ``countries`` and ``identifiers`` are items joined by U+001F, so that any text can be an item.
    ``place`` is where the record stands, for the report.
    """

    id: str
    type: str
    name: str
    aliases: str = ""
    countries: str = ""
    status: str = ""
    latitude: str = ""
    longitude: str = ""
    precision: str = ""
    identifiers: str = ""
    description: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a document about two entities; claims of one relation become its evidence.

    ``relation`` is the kind wanted; where the types of the ends do not allow it, ``linked_to`` is used and counted.
    """

    source: str
    target: str
    relation: str
    document: str
    status: str = "recorded"
    credibility: str = "2"
    start: str = ""
    end: str = ""
    share: str = ""
    description: str = ""
    stance: str = "supports"
    locator: str = ""
    place: str = ""


@dataclass
class Document:
    """Where claims are from; ``published`` may move to the newest date seen while reading."""

    id: str
    title: str
    publisher: str
    kind: str = "dataset"
    url: str = ""
    published: str = ""
    reliability: str = "B"
    language: str = "en"
    origin_group: str = ""


CELLS = {
    "entity": attrgetter(*(item.name for item in fields(Entity))),
    "claim": attrgetter(*(item.name for item in fields(Claim))),
}


def pack(items: Iterable[str]) -> str:
    """Items as one text of a record; empty ones and repeats fall out."""
    return "\x1f".join(dict.fromkeys(item.replace("\x1f", " ") for item in items if item))


class Spool:
    """Append-only store of one import."""

    def __init__(self, path: Path, report: Report) -> None:
        self.report = report
        self.documents: dict[str, Document] = {}
        self.database = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            self.database.execute(f"PRAGMA {pragma}")
        for table, kind in (("entity", Entity), ("claim", Claim)):
            self.database.execute(f"CREATE TABLE {table} ({', '.join(f.name for f in fields(kind))})")
        self.database.execute("BEGIN")
        self._entities: list[Entity] = []
        self._claims: list[Claim] = []
        self._authorities: set[str] = set()

    def entity(self, record: Entity) -> str:
        """Take an entity and return its id."""
        self._entities.append(record)
        if len(self._entities) >= BATCH:
            self.flush()
        return record.id

    def claim(self, record: Claim) -> None:
        """Take a claim."""
        self._claims.append(record)
        if len(self._claims) >= BATCH:
            self.flush()

    def document(self, record: Document) -> str:
        """Take a document once and return its id."""
        return self.documents.setdefault(record.id, record).id

    def address(self, text: str, countries: Iterable[str] = (), precision: str = "", place: str = "") -> str:
        """Take an address as printed and return its id: the same text gives the same entity; empty for no text."""
        shown = plain(text)
        key = folded(shown)
        if not key:
            return ""
        record = Entity(
            id=f"address-{digest(key)}",
            type="address",
            name=shown,
            countries=pack(countries),
            precision=precision or address_precision(shown),
            place=place,
        )
        return self.entity(record)

    def wallet(self, currency: str, account: str, place: str = "") -> str:
        """Take a digital currency address and return its id."""
        shown = plain(account)
        scheme = {"xbt": "btc"}.get(currency.lower(), currency.lower()) or "wallet"
        record = Entity(
            id=make_id(f"wallet-{shown}"),
            type="wallet",
            name=shown,
            identifiers=identifier(scheme, shown),
            description=f"Digital currency address ({currency})." if currency else "Digital currency address.",
            place=place,
        )
        return self.entity(record)

    def authority(self, name: str, countries: Iterable[str] = ()) -> str:
        """Take a sanctioning or other official body and return its id."""
        shown = plain(name)
        key = f"authority-{digest(folded(shown))}"
        if key not in self._authorities:
            self._authorities.add(key)
            self.entity(Entity(id=key, type="authority", name=shown, countries=pack(countries)))
        return key

    def flush(self) -> None:
        """Send what is waiting to the database."""
        for table, waiting in (("entity", self._entities), ("claim", self._claims)):
            if waiting:
                marks = ",".join("?" * len(fields(waiting[0])))
                self.database.executemany(f"INSERT INTO {table} VALUES ({marks})", map(CELLS[table], waiting))
                waiting.clear()

    def close(self) -> None:
        """Close the database."""
        self.database.close()
