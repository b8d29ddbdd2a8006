"""What an engine must be able to do with SQL: one text for DuckDB, Spark SQL and Spark Connect."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from netscam.errors import NetscamError

if TYPE_CHECKING:
    import pandas as pd

Row = tuple[Any, ...]
Progress = Callable[[str], None]


class EngineError(NetscamError, RuntimeError):
    """An engine is missing, does not start, cannot be reached, or failed at a statement."""


@dataclass(frozen=True)
class Dialect:
    """The words that differ between engines; everything else is one text.

    ``ordinal`` numbers the rows of an ordered table, ``each_item`` turns a ``;``-separated cell into rows, ``quote``
    stands around names of columns.
    """

    ordinal: str
    each_item: str
    quote: str


def silent(step: str) -> None:
    """Say nothing."""


class Tables(Protocol):
    """A session of an engine: named tables, kept between statements on disk and not in memory.

    ``view``
        Give a file, a folder or a pattern of Parquet or CSV files a name; returns its columns with their SQL types in
        lower case.
    ``keep``
        Compute a statement once and keep the rows under a name; a name may be used again, also by a statement that
        reads it.
    ``alias``
        Give a statement a name without computing it.
    ``put``
        Keep columns of whole numbers from memory under a name.
    ``rows``, ``frame``
        Small answers: as tuples of Python, and as a table of pandas.
    ``memory``
        Bytes that the engine may take on this machine; 0 where that is not known.
    ``progress``
        Called with the name of a table before it is computed.
    ``write``
        Write a statement's rows as Parquet: one file, or a folder of parts.
    """

    name: str
    dialect: Dialect
    memory: int
    progress: Progress

    def view(self, name: str, path: str, form: str) -> dict[str, str]:
        """Name files; returns their columns with types."""
        ...

    def keep(self, name: str, sql: str) -> None:
        """Compute once and keep."""
        ...

    def alias(self, name: str, sql: str) -> None:
        """Name a statement."""
        ...

    def put(self, name: str, columns: Mapping[str, Sequence[int]]) -> None:
        """Keep numbers from memory."""
        ...

    def rows(self, sql: str) -> list[Row]:
        """Rows as tuples."""
        ...

    def frame(self, sql: str) -> pd.DataFrame:
        """Rows as a table of pandas."""
        ...

    def write(self, sql: str, path: str) -> None:
        """Write Parquet."""
        ...

    def drop(self, *names: str) -> None:
        """Forget kept tables."""
        ...

    def close(self) -> None:
        """End the session and remove its folder."""
        ...


def make_work(work: str, name: str) -> Path:
    """A new folder for the tables of one session, in the folder that was named or the system's.

    Raises
    ------
    EngineError
        There is no such folder, or nothing can be written there.
    """
    try:
        return Path(tempfile.mkdtemp(prefix=f"netscam-{name}-", dir=work or None))
    except OSError as error:
        raise EngineError(f"--work {work or tempfile.gettempdir()}: {error.strerror}") from error


def one(tables: Tables, sql: str) -> Any:
    """The single value that a statement gives."""
    return tables.rows(sql)[0][0]


def count(tables: Tables, name: str) -> int:
    """Rows of a table."""
    return int(one(tables, f"select count(*) from {name}"))


def quoted(text: str) -> str:
    """Text as a literal: DuckDB and Spark agree on nothing else than doubling quotes, so other signs are refused."""
    if "\\" in text or "\n" in text:
        raise EngineError(f"{text!r} cannot stand in a statement: no backslash, no line break")
    return "'" + text.replace("'", "''") + "'"


def listed(names: Sequence[str]) -> str:
    """A list of texts for ``in``; an empty list matches nothing."""
    return "(" + ", ".join(quoted(name) for name in names) + ")" if names else "(null)"


def double(value: float) -> str:
    """A number as a literal of double precision; signs such as 1.9e-05 are read differently by every parser."""
    return f"cast('{value!r}' as double)"


def number(tables: Tables, name: str, ids: str) -> None:
    """Number the rows of a statement with one column ``id`` from 0 in the order of the ids: table ``name(id, n)``.

    DuckDB numbers rows outright; Spark numbers the rows of every part of a sorted table and the parts are then put one
    after another. The numbers are the same on every engine, and so is every result that rests on them.
    """
    raw = f"{name}_raw"
    tables.keep(raw, f"select id, {tables.dialect.ordinal} as n from (select id from ({ids}) as t order by id) as t")
    part = "cast(floor(n / 8589934592) as bigint)"
    tables.keep(
        name,
        f"""select r.id, cast(r.n - p.part * 8589934592 + p.before as bigint) as n
            from (select id, n, {part} as part from {raw}) as r
            join (select part, sum(size) over (order by part) - size as before
                  from (select {part} as part, count(*) as size from {raw} group by 1) as s) as p
              on r.part = p.part""",
    )
    tables.drop(raw)
