"""Compounds on a map."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from netscam.output.exporters.base import EXPORTERS, rows

if TYPE_CHECKING:
    from netscam.data.dataset import Dataset


@EXPORTERS.add("geojson", suffix=".geojson")
def geojson(data: Dataset) -> str:
    """GeoJSON (RFC 7946) of the compounds that have coordinates, each with how exactly its place is known.

    Compounds without coordinates are listed by id in ``without_coordinates``; a point never stands for a guess.
    """
    compounds = rows(data.entities[data.entities["type"] == "compound"])
    placed = [row for row in compounds if "latitude" in row and "longitude" in row]
    document = {
        "type": "FeatureCollection",
        "title": data.title,
        "version": data.version,
        "hash": data.hash(),
        "as_of": data.as_of,
        "caveat": data.caveat,
        "without_coordinates": [row["id"] for row in compounds if row not in placed],
        "features": [_feature(row) for row in placed],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    point = [round(float(row["longitude"]), 6), round(float(row["latitude"]), 6)]
    properties = {name: value for name, value in row.items() if name not in ("id", "latitude", "longitude")}
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": {"type": "Point", "coordinates": point},
        "properties": properties,
    }
