"""Statements of the Beneficial Ownership Data Standard in one form, whichever version they are of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from netscam.data.importers.bods.parties import objects, word

OLD_KINDS = {"entityStatement": "party", "personStatement": "party", "ownershipOrControlStatement": "relationship"}
STATES = {"new": 0, "updated": 1, "closed": 2}
NEW_KINDS = {"entity": "party", "person": "party", "relationship": "relationship"}


@dataclass(frozen=True)
class Statement:
    """One statement: ``record`` is what it is about, ``details`` what it says of it."""

    id: str
    record: str
    kind: str
    date: str
    status: str
    details: Mapping[str, Any]
    publication: Mapping[str, Any]
    source: Mapping[str, Any]
    place: str
    replaces: Sequence[str] = ()
    standing: str = ""


def read_statement(raw: Mapping[str, Any], place: str) -> Statement | str:
    """Statement of 0.4 (records) or of 0.1 to 0.3 (statements), or what is wrong with it."""
    replaced = raw.get("replacesStatements")
    number = word(raw.get("statementId")) or word(raw.get("statementID"))
    if not number:
        return "statementId"
    if "recordType" in raw or "recordDetails" in raw:
        kind, record, details = (
            NEW_KINDS.get(word(raw.get("recordType")), ""),
            word(raw.get("recordId")),
            raw.get("recordDetails"),
        )
        for name, value in (("recordType", kind), ("recordId", record), ("recordDetails", details)):
            if not value or (name == "recordDetails" and not isinstance(value, Mapping)):
                return name
    else:
        kind, record, details = OLD_KINDS.get(word(raw.get("statementType")), ""), number, raw
        if not kind:
            return "statementType"
    return Statement(
        number,
        record,
        kind,
        word(raw.get("statementDate")),
        word(raw.get("recordStatus")),
        details if isinstance(details, Mapping) else {},
        next(iter(objects(raw.get("publicationDetails"))), {}),
        next(iter(objects(raw.get("source"))), {}),
        place,
        tuple(text for text in (replaced if isinstance(replaced, list) else ()) if isinstance(text, str)),
        next((word(note.get("description")) for note in objects(raw.get("annotations")) if _own(note)), ""),
    )


def _own(note: Mapping[str, Any]) -> bool:
    """Whether an annotation is one that netscam's own exporter wrote."""
    return any(word(creator.get("name")) == "netscam" for creator in objects(note.get("createdBy")))


class Statements:
    """Statements on disk, given back record by record, the newest first; replaced statements are of one record.

    Of statements of one day, one that another replaces is the older, then one of a new record, then one that updates
    it; one that closes the record is the newest, whatever their order in the file.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute("CREATE TABLE statement (record, kind, date, body)")
        database.execute("CREATE TABLE replaced (old PRIMARY KEY, new)")

    def add(self, statement: Statement) -> None:
        """Take a statement."""
        body = json.dumps(vars(statement), ensure_ascii=True)
        row = (statement.record, statement.kind, statement.date, body)
        self._database.execute("INSERT INTO statement VALUES (?, ?, ?, ?)", row)
        pairs = [(old, statement.record) for old in statement.replaces if old != statement.record]
        self._database.executemany("INSERT OR IGNORE INTO replaced VALUES (?, ?)", pairs)

    def record(self, number: str) -> str:
        """Record that a reference means: the last of the statements that replaced the one named."""
        seen = set()
        while number not in seen:
            seen.add(number)
            found = self._database.execute("SELECT new FROM replaced WHERE old = ?", (number,)).fetchone()
            if found is None:
                return number
            number = found[0]
        return min(seen)

    def link(self) -> None:
        """Give replaced statements the record of those that replaced them; call it when all are there."""
        self._database.execute("CREATE INDEX of_record ON statement (record)")
        for (old,) in self._database.execute("SELECT old FROM replaced").fetchall():
            self._database.execute("UPDATE statement SET record = ? WHERE record = ?", (self.record(old), old))

    def records(self, kind: str) -> Iterator[tuple[str, list[Statement]]]:
        """Records of a kind with their statements, the newest first."""
        found = self._database.execute(
            "SELECT record, body FROM statement WHERE kind = ? ORDER BY record, date DESC, rowid DESC", (kind,)
        )
        for record, rows in groupby(found, key=itemgetter(0)):
            versions = [Statement(**json.loads(body)) for _, body in rows]
            yield record, sorted(versions, key=lambda each: _age(each, versions), reverse=True)


def _age(statement: Statement, versions: Sequence[Statement]) -> tuple[str, int, int]:
    """Sort key: the newer a statement, the larger; ``versions`` are all statements of its record."""
    replaced = {old: each.id for each in versions for old in each.replaces}
    steps, at = 0, statement.id
    while at in replaced and steps < len(versions):
        at, steps = replaced[at], steps + 1
    return statement.date, -steps, STATES.get(statement.status, 0)
