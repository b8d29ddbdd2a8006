"""Hand-made records, small enough to know every answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from netscam.data.dataset import Dataset, build_dataset, empty_table
from netscam.schema import TABLES, load_schema

BASE: dict[str, Any] = {
    "entities": {
        "auth": "authority",
        "boss": "operator",
        "aide": "operator",
        "firm": "company",
        "shop": "company",
        "site": "compound",
        "park": "compound",
        "late": "company",
    },
    "documents": {"d1": "2024-03-05", "d2": "2024-06", "d3": "2025-02-01", "d4": ""},
    # id, source, target, type, start, end
    "relations": [
        ("r1", "boss", "firm", "owns", "2020", ""),
        ("r2", "firm", "site", "operates", "", "2025-03"),
        ("r3", "aide", "firm", "directs", "2024-05", ""),
        ("r4", "boss", "auth", "sanctioned_by", "2025-01-15", ""),
        ("r5", "late", "site", "owns", "", ""),
        ("r6", "shop", "park", "owns", "", ""),
        ("r7", "aide", "auth", "sanctioned_by", "", ""),
    ],
    # relation, document, stance, status
    "evidence": [
        ("r1", "d1", "supports", "reported"),
        ("r2", "d1", "supports", "alleged"),
        ("r3", "d2", "supports", "reported"),
        ("r4", "d3", "supports", "designated"),
        ("r5", "d3", "supports", "designated"),
        ("r6", "d1", "supports", "reported"),
        ("r2", "d3", "supports", "designated"),
        ("r7", "d4", "supports", "designated"),
    ],
    # id, date, type, entities, place, people, document
    "events": [
        ("v1", "2024-02", "raid", "site", "", 40, "d1"),
        ("v2", "2025-01-15", "designation", "boss", "site", None, "d3"),
        ("v3", "2025-01", "exodus", "park", "", 100, "d3"),
        ("v4", "2025-01-20", "closure", "", "park", None, "d3"),
    ],
    "statuses": {"boss": "designated", "late": "designated"},
}


def _frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    if not rows:
        return empty_table(table)
    columns = load_schema().columns(table)
    return pd.DataFrame([{name: str(row.get(name, "")) for name in columns} for row in rows], dtype="str")


def build_case(**changed: Any) -> Dataset:
    """The base case with some parts replaced."""
    case = {**BASE, **changed}
    precision = {4: "year", 7: "month", 10: "day"}
    rows = {
        "entities": [
            {"id": i, "name": f"Name {i}", "type": kind, "status": case["statuses"].get(i, ""), "countries": "KH"}
            for i, kind in case["entities"].items()
        ],
        "relations": [
            dict(zip(("id", "source", "target", "relation", "start", "end"), row, strict=True))
            for row in case["relations"]
        ],
        "evidence": [
            {"id": f"e{n}", "relation": row[0], "document": row[1], "stance": row[2], "status": row[3],
             "credibility": row[4] if len(row) > 4 else "2"}
            for n, row in enumerate(case["evidence"])
        ],
        "documents": [
            {"id": i, "title": f"Title {i}", "publisher": "Press", "kind": "press", "published": date,
             "reliability": "B", "language": "en"}
            for i, date in case["documents"].items()
        ],
        "events": [
            {"id": row[0], "date": row[1], "date_precision": precision[len(row[1])], "type": row[2],
             "entities": row[3], "place": row[4], "people": "" if row[5] is None else row[5], "summary": "Told.",
             "document": row[6]}
            for row in case["events"]
        ],
        "corrections": [],
    }  # fmt: skip
    return build_dataset("case", {table: _frame(table, rows[table]) for table in TABLES}, {"version": "1"})


@pytest.fixture(scope="session")
def make_case() -> Callable[..., Dataset]:
    """Builder of hand-made records."""
    return build_case


@pytest.fixture(scope="session")
def case() -> Dataset:
    """The base case."""
    return build_case()
