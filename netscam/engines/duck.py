"""DuckDB: tables larger than memory on one machine (extra ``big``)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netscam.engines.tables import Dialect, EngineError, Progress, Row, make_work, quoted, silent

if TYPE_CHECKING:
    import pandas as pd

DUCKDB = Dialect(
    ordinal="cast(row_number() over (order by id) - 1 as bigint)",
    each_item="unnest(split({cell}, ';'))",
    quote='"',
)
UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")
MISSING = "DuckDB is not installed; the extra brings it: pip install 'netscam[big]'"


class DuckTables:
    """Tables in one DuckDB file in a work folder, which goes when the session is closed.

    Parameters
    ----------
    memory_limit
        Most memory that DuckDB may take, for example ``4GB``; by default its own choice of 80 % of the machine's.
    threads
        Number of threads; by default one per core.
    work
        Folder for tables and spilled parts; by default the system's folder for temporary files.
    """

    name = "duckdb"
    dialect = DUCKDB

    def __init__(self, *, memory_limit: str = "", threads: int = 0, work: str = "") -> None:
        self.progress: Progress = silent
        try:
            import duckdb
        except ImportError:
            raise EngineError(MISSING) from None
        self._error = duckdb.Error
        self._folder = make_work(work, self.name)
        settings: dict[str, Any] = {
            "temp_directory": str(self._folder / "spill"),
            "preserve_insertion_order": "false",
            "threads": threads or os.cpu_count() or 1,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        if memory_limit:
            settings["memory_limit"] = memory_limit
        try:
            self._connection = duckdb.connect(str(self._folder / "tables.duckdb"), config=settings)
        except duckdb.Error as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise EngineError(f"DuckDB does not start: {_first_line(error)}") from error
        self._connection.execute("set enable_progress_bar = false")
        self._kinds: dict[str, str] = {}
        amount, unit = str(self.rows("select current_setting('memory_limit')")[0][0]).split()
        self.memory = int(float(amount) * 1024 ** UNITS.index(unit))

    def view(self, name: str, path: str, form: str) -> dict[str, str]:
        """Name Parquet or CSV files; see ``Tables``."""
        place = quoted(Path(path).as_posix())
        source = (
            f"read_parquet({place})"
            if form == "parquet"
            else f"read_csv({place}, header=true, all_varchar=true, delim=',', quote='\"', escape='\"')"
        )
        self.alias(name, f"select * from {source}")
        return {row[0]: str(row[1]).lower() for row in self.rows(f"describe {name}")}

    def keep(self, name: str, sql: str) -> None:
        """Create or replace a table; see ``Tables``."""
        self.progress(name)
        self._create("table", name, sql)

    def alias(self, name: str, sql: str) -> None:
        """Create or replace a view; see ``Tables``."""
        self._create("view", name, sql)

    def put(self, name: str, columns: Mapping[str, Sequence[int]]) -> None:
        """Keep numbers from memory; see ``Tables``."""
        import pyarrow as pa

        content = pa.table({key: pa.array(values, pa.int64()) for key, values in columns.items()})
        self._connection.register(f"{name}_given", content)
        self.keep(name, f"select * from {name}_given")
        self._connection.unregister(f"{name}_given")

    def rows(self, sql: str) -> list[Row]:
        """Rows as tuples."""
        return list(self._run(sql).fetchall())

    def frame(self, sql: str) -> pd.DataFrame:
        """Rows as a table of pandas."""
        import pandas as pd

        found: pd.DataFrame = pd.DataFrame(self._run(sql).df())
        return found

    def write(self, sql: str, path: str) -> None:
        """Write one Parquet file."""
        self._run(f"copy ({sql}) to {quoted(Path(path).as_posix())} (format parquet, compression zstd)")

    def drop(self, *names: str) -> None:
        """Forget tables."""
        for name in names:
            self._run(f"drop {self._kinds.pop(name)} {name}")

    def close(self) -> None:
        """End the session and remove its folder."""
        self._connection.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _create(self, kind: str, name: str, sql: str) -> None:
        was = self._kinds.get(name, kind)
        if was != kind:  # a table does not replace a view, nor a view a table
            self._run(f"drop {was} {name}")
        self._run(f"create or replace {kind} {name} as {sql}")
        self._kinds[name] = kind

    def _run(self, sql: str) -> Any:
        try:
            return self._connection.execute(sql)
        except self._error as error:
            if "INTERRUPT" in str(error).upper():
                raise KeyboardInterrupt from error
            raise EngineError(f"DuckDB: {_first_line(error)}") from error
        except RuntimeError as error:
            if "interrupted" in str(error):  # how DuckDB passes ctrl-C on
                raise KeyboardInterrupt from error
            raise


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]
