"""The data package descriptor (Frictionless Data Package v2) of a dataset."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from netscam.schema import load_schema

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def package_text(name: str, package: Mapping[str, Any], tables: Iterable[str]) -> str:
    """Text of ``datapackage.json``: what the dataset says of itself, and one resource for each table."""
    known = {key: value for key, value in package.items() if key not in ("$schema", "name", "resources")}
    document = {"$schema": PROFILE, "name": name, **known, "resources": [resource(table) for table in tables]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def resource(table: str) -> dict[str, Any]:
    """Tabular resource of one table with its Table Schema."""
    return {
        "name": table,
        "path": f"{table}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": load_schema().table_schema(table),
    }
