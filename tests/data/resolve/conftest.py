from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from netscam.data.dataset import Dataset
from netscam.data.resolve.rows import Row, checked_dataset
from netscam.schema import load_schema

Make = Callable[..., Dataset]


def full(table: str, rows: Sequence[Mapping[str, str]]) -> list[Row]:
    columns = load_schema().columns(table)
    return [{column: row.get(column, "") for column in columns} for row in rows]


def make(name: str = "case", **tables: Sequence[Mapping[str, str]]) -> Dataset:
    """A dataset from partial rows; a document ``d`` and evidence for every relation are filled in."""
    documents = tables.get(
        "documents", [{"id": "d", "title": "T", "publisher": "P", "kind": "press", "reliability": "B"}]
    )
    relations = tables.get("relations", [])
    evidence = tables.get("evidence", [
        {"id": f"e-{r['id']}", "relation": r["id"], "document": documents[0]["id"], "stance": "supports",
         "status": "reported", "credibility": "2"} for r in relations
    ])  # fmt: skip
    given = {**tables, "documents": documents, "relations": relations, "evidence": evidence}
    data, _ = checked_dataset(name, {table: full(table, rows) for table, rows in given.items()}, {"version": "1"})
    return data


@pytest.fixture(scope="session")
def dataset() -> Make:
    """Function that makes a small valid dataset from partial rows."""
    return make
