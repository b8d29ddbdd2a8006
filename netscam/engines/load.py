"""From files to the tables that every algorithm reads: who there is, and who is tied to whom, each pair once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from netscam.engines.filters import Filters, links_sql, vertices_sql
from netscam.engines.source import Source
from netscam.engines.tables import Dialect, EngineError, Tables, count, number, one
from netscam.errors import DataError, Problem
from netscam.schema import load_schema

WHOLE_NUMBERS = ("tinyint", "smallint", "int", "integer", "bigint", "utinyint", "usmallint", "uinteger")


@dataclass(frozen=True)
class Loaded:
    """A network in an engine.

    Tables: ``nodes(id, n)`` numbered in id order, ``ties(u, v)`` with u < v and every pair once, ``sym(u, v)`` both
    ways in order of u, so that whatever is gathered by u is complete after one stretch of rows and needs no room for
    the arcs themselves, ``degrees(n, degree)`` of those with a tie, ``isolates(n)``. Lists of ties with whole numbers
    for ids use them as they are, without numbering.
    """

    source: Source
    tables: Tables
    nodes: int
    tied: int
    ties: int


def load(source: Source, tables: Tables, filters: Filters | None = None) -> Loaded:
    """Load, filter, join and deduplicate.

    Parameters
    ----------
    source
        The files.
    tables
        A session.
    filters
        What part of a dataset; a bare list of ties knows ``min_probability`` only, and only with a column
        ``probability``.

    Raises
    ------
    DataError
        Columns are missing, ids are missing or not unique, ends are no entities: everything that would change the
        answer in silence. ``netscam validate`` says where.
    """
    chosen = filters or Filters()
    chosen.check()
    read = _load_dataset if source.kind == "dataset" else _load_ties
    numbered = read(source, tables, chosen)
    tables.keep(
        "sym", "select u, v from (select u, v from ties union all select v as u, u as v from ties) as t order by u"
    )
    tables.keep("degrees", "select u as n, count(*) as degree from sym group by u")
    if numbered:
        tables.keep("isolates", "select n from nodes anti join degrees on nodes.n = degrees.n")
    else:
        tables.keep(
            "isolates",
            """select l.n from (select distinct cast(source as bigint) as n from links where source = target) as l
               anti join degrees on l.n = degrees.n""",
        )
        tables.alias(
            "nodes",
            """select cast(n as string) as id, n from degrees
               union all select cast(n as string) as id, n from isolates""",
        )
    tied = count(tables, "degrees")
    return Loaded(source, tables, tied + count(tables, "isolates"), tied, count(tables, "ties"))


def _load_dataset(source: Source, tables: Tables, filters: Filters) -> bool:
    problems: list[Problem] = []
    for name, path in source.files.items():
        has = tables.view(f"{name}_read", path, source.form(name))
        columns = load_schema().columns(name)
        file = source.file(name)
        missing = [column for column in columns if column not in has]
        problems += [Problem(file, 1, column, "missing-column", "the table has no such column") for column in missing]
        if not missing:
            tables.alias(name, f"select {_cells(tables.dialect, name, columns)} from {name}_read")
    if problems:
        raise DataError(problems)
    _refuse_broken_ids(source, tables)
    number(tables, "nodes", vertices_sql(filters, tables.dialect))
    tables.keep(
        "ties",
        f"""select distinct least(a.n, b.n) as u, greatest(a.n, b.n) as v
            from ({links_sql(filters)}) as l join nodes as a on l.source = a.id join nodes as b on l.target = b.id""",
    )
    return True


def _cells(dialect: Dialect, table: str, columns: Sequence[str]) -> str:
    """Every column as text; spans of relations also under names that are no words of SQL."""
    q = dialect.quote
    cells = [f"cast({q}{column}{q} as string) as {q}{column}{q}" for column in columns]
    if table == "relations":
        cells += [f"cast({q}{column}{q} as string) as {column}_on" for column in ("start", "end")]
    return ", ".join(cells)


def _refuse_broken_ids(source: Source, tables: Tables) -> None:
    problems = []
    for name in ("entities", "relations"):
        every, different = tables.rows(f"select count(*), count(distinct id) from {name}")[0]
        if every != different:
            message = f"{every - different:,} ids are missing or there twice; netscam validate says where"
            problems.append(Problem(source.file(name), 1, "id", "duplicate-id", message))
    for end in ("source", "target"):
        lost = one(tables, f"select count(*) from relations as r anti join entities as e on r.{end} = e.id")
        if lost:
            message = f"{lost:,} ends are not in entities; netscam validate says where"
            problems.append(Problem(source.file("relations"), 1, end, "unknown-id", message))
    if problems:
        raise DataError(problems)


def _load_ties(source: Source, tables: Tables, filters: Filters) -> bool:
    """Make ``nodes`` and ``ties``; without ``nodes``, and False, where the ids are whole numbers."""
    if asked := filters.beyond_ties():
        raise EngineError(f"a bare list of ties knows no {', '.join(asked)}; that needs the tables of a dataset")
    has = tables.view("ties_read", source.files["ties"], source.form("ties"))
    missing = [column for column in ("source", "target") if column not in has]
    if filters.min_probability is not None and "probability" not in has:
        missing.append("probability")
    if missing:
        told = "there is no such column (columns: " + ", ".join(has) + ")"
        raise DataError([Problem(source.place, 1, column, "missing-column", told) for column in missing])
    least = f" where cast(probability as double) >= {filters.min_probability!r}" if filters.min_probability else ""
    whole = all(has[end] in WHOLE_NUMBERS for end in ("source", "target"))
    kind = "bigint" if whole else "string"
    tables.alias("ties_counted", f"select * from ties_read{least}")
    ends = f"cast(source as {kind}) as source, cast(target as {kind}) as target"
    tables.alias("links", f"select {ends} from ties_counted")
    _refuse_missing_ends(source, tables, whole=whole)
    if whole:
        ends = "select distinct least(source, target) as u, greatest(source, target) as v"
        tables.keep("ties", f"{ends} from links where source <> target")
        return False
    number(tables, "nodes", "select source as id from links union select target as id from links")
    tables.keep(
        "ties",
        """select distinct least(a.n, b.n) as u, greatest(a.n, b.n) as v
           from links as l join nodes as a on l.source = a.id join nodes as b on l.target = b.id
           where l.source <> l.target""",
    )
    return True


def _refuse_missing_ends(source: Source, tables: Tables, *, whole: bool) -> None:
    problems = []
    for end in ("source", "target"):
        empty = f"{end} is null" if whole else f"coalesce({end}, '') = ''"
        lost = one(tables, f"select count(*) from links where {empty}")
        if lost:
            message = f"{lost:,} rows have no id here"
            problems.append(Problem(source.place, 1, end, "empty-id", message))
    if problems:
        raise DataError(problems)
