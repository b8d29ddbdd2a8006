"""One session of DuckDB for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from netscam.engines.tables import Tables


@pytest.fixture(scope="session")
def duck() -> Iterator[Tables]:
    pytest.importorskip("duckdb")
    from netscam.engines.duck import DuckTables

    tables = DuckTables(threads=2)
    yield tables
    tables.close()
