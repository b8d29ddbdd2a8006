"""From records and claims to the tables of a dataset: merge, check against the rules, fit relations to their ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from netscam.data.importers.merge import document_row, merge_claims, merge_entities
from netscam.data.importers.report import Report
from netscam.data.importers.spool import Claim, Entity, Spool
from netscam.errors import Problem
from netscam.schema import TABLES, load_schema

if TYPE_CHECKING:
    import pandas as pd

Row = tuple[str, ...]
BATCH = 1000
# What to call a relation whose ends the wanted kind does not allow; linked_to allows all.
SECOND_CHOICE = {"directs": "member_of", "associate_of": "partner_of"}


class Tables:
    """Finished tables in the temporary database, sorted by id when read."""

    def __init__(self, database: sqlite3.Connection, documents: Sequence[Row]) -> None:
        self._database = database
        self._documents = documents

    def rows(self, table: str) -> Iterator[Row]:
        """Rows of one table in the order of their ids, as text."""
        if table == "documents":
            return iter(sorted(self._documents))
        if table in ("events", "corrections"):
            return iter(())
        return self._database.execute(f"SELECT * FROM {table} ORDER BY id")

    def frames(self) -> dict[str, pd.DataFrame]:
        """Every table as text columns."""
        import pandas as pd

        schema = load_schema()
        return {name: pd.DataFrame(self.rows(name), columns=schema.columns(name), dtype="str") for name in TABLES}

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def assemble(spool: Spool, report: Report) -> Tables:
    """Make the tables of everything that a spool holds."""
    spool.flush()
    database = spool.database
    schema = load_schema()
    for name in ("entities", "relations", "evidence"):
        key = " PRIMARY KEY" if name == "entities" else ""
        columns = ", ".join(f'"{column}"' for column in schema.columns(name)).replace('"id"', f'"id"{key}')
        database.execute(f"CREATE TABLE {name} ({columns})")
    _make_entities(database, report)
    _make_relations(database, report)
    documents = [document_row(document, report) for document in spool.documents.values()]
    report.written = {
        name: int(database.execute(f"SELECT count(*) FROM {name}").fetchone()[0])
        for name in ("entities", "relations", "evidence")
    } | {"documents": len(documents)}
    return Tables(database, documents)


def _make_entities(database: sqlite3.Connection, report: Report) -> None:
    columns = ", ".join(item.name for item in fields(Entity))
    found = database.execute(f"SELECT {columns} FROM entity ORDER BY id, rowid")
    groups = ([Entity(*row) for row in rows] for _, rows in groupby(found, key=itemgetter(0)))
    merged = ((merge_entities(records, report), records[0].place) for records in groups)
    marks = ",".join("?" * len(load_schema().columns("entities")))
    # The reading cursor walks a sorted copy, so writing beside it is safe.
    while batch := list(islice(merged, BATCH)):
        database.executemany(f"INSERT INTO entities VALUES ({marks})", _sound(batch, report))


def _sound(merged: list[tuple[Row, str]], report: Report) -> list[Row]:
    """Keep the rows that keep every rule of netscam; others, such as persons recorded as victims, are counted."""
    import pandas as pd

    from netscam.data.raw import RawTable
    from netscam.data.validate import find_problems

    columns = load_schema().columns("entities")
    while merged:
        frame = pd.DataFrame([row for row, _ in merged], columns=columns, dtype="str")
        problems = [p for p in find_problems({"entities": RawTable("entities", frame)}) if p.level == "error"]
        bad: dict[int, Problem] = {}
        for problem in problems:
            bad.setdefault(problem.line - 2, problem)
        if not bad:
            break
        for row, problem in bad.items():
            reason = f"entity that netscam refuses [{problem.rule}]"
            report.dropped(reason, merged[row][1], "" if problem.rule == "victim" else problem.message)
        merged = [pair for number, pair in enumerate(merged) if number not in bad]
    return [row for row, _ in merged]


def _make_relations(database: sqlite3.Connection, report: Report) -> None:
    names = [item.name for item in fields(Claim)]
    database.execute(f"CREATE TABLE fitted (low, high, kind, seq, {', '.join(names)})")
    chosen = ", ".join(f"claim.{name}" for name in names)
    found = database.execute(
        f"SELECT claim.rowid, s.type, t.type, {chosen} FROM claim LEFT JOIN entities AS s ON s.id = claim.source "
        "LEFT JOIN entities AS t ON t.id = claim.target"
    )
    fitted = (row for each in found if (row := _fitted(each, report)) is not None)
    marks = ",".join("?" * (len(names) + 4))
    while batch := list(islice(fitted, BATCH)):
        database.executemany(f"INSERT INTO fitted VALUES ({marks})", batch)
    ordered = database.execute(f"SELECT low, high, kind, {', '.join(names)} FROM fitted ORDER BY low, high, kind, seq")
    groups = groupby(ordered, key=itemgetter(0, 1, 2))
    merged = (merge_claims(key, [Claim(*row[3:]) for row in rows], report) for key, rows in groups)
    while some := list(islice(merged, BATCH)):
        database.executemany(f"INSERT INTO relations VALUES ({','.join('?' * 8)})", [relation for relation, _ in some])
        evidence = [row for _, rows in some for row in rows]
        database.executemany(f"INSERT INTO evidence VALUES ({','.join('?' * 8)})", evidence)
    database.execute("DROP TABLE fitted")


def _fitted(row: tuple[Any, ...], report: Report) -> tuple[Any, ...] | None:
    seq, source_type, target_type, source, target, kind, *others = row
    place = others[-1]
    if source_type is None or target_type is None:
        lost = source if source_type is None else target
        report.dropped("relation with an end that is not among the entities", place, f"{kind}: {lost}")
        return None
    if source == target:
        report.dropped("relation of an entity to itself", place, f"{kind}: {source}")
        return None
    fit, turned = fit_relation(kind, source_type, target_type)
    if fit != kind:
        report.note(f"{kind} from {source_type} to {target_type} written as {fit}, since netscam allows no other")
    source, target = (target, source) if turned else (source, target)
    symmetric = not load_schema().relation_types[fit].directed
    low, high = (min(source, target), max(source, target)) if symmetric else (source, target)
    return (low, high, fit, seq, source, target, kind, *others)


@lru_cache(maxsize=4096)
def fit_relation(kind: str, source: str, target: str) -> tuple[str, bool]:
    """Kind of relation that these types of ends allow, nearest to the one wanted, and whether to turn it round."""
    types = load_schema().relation_types
    for name in (kind, SECOND_CHOICE.get(kind, kind)):
        entry = types[name]
        if source in entry.source and target in entry.target:
            return name, False
        if not entry.directed and target in entry.source and source in entry.target:
            return name, True
    return "linked_to", False
