"""Rules about where things are, on the earth and on the web."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from netscam.data.rules.base import Finding, rule, show
from netscam.data.rules.tables import Tables
from netscam.data.rules.values import URLS, fields

URL = r"https?://[^\s/?#@\\\"<>]+(?:[/?#][^\s\"<>]*)?"


@rule("coordinates", "table")
def coordinates(tables: Tables) -> Iterator[Finding]:
    """Latitude and longitude are given together or not at all."""
    if tables.has("entities", "latitude", "longitude"):
        latitude, longitude = tables.column("entities", "latitude"), tables.column("entities", "longitude")
        north, east = latitude.filled[latitude.codes], longitude.filled[longitude.codes]
        for name, other, here, there in (
            ("latitude", "longitude", north, east),
            ("longitude", "latitude", east, north),
        ):
            rows = np.flatnonzero(there & ~here)
            yield Finding(rows, name, partial(_only, other), "entities")


def _only(other: str, _: int) -> str:
    return f"the row has a {other} only"


@rule("coordinate-precision", "table", level="warning")
def coordinate_precision(tables: Tables) -> Iterator[Finding]:
    """Coordinates come with how exact they are; a pin on a map looks exact whatever it is."""
    if tables.has("entities", "latitude", "coordinate_precision"):
        latitude, precision = tables.column("entities", "latitude"), tables.column("entities", "coordinate_precision")
        rows = np.flatnonzero(latitude.filled[latitude.codes] & ~precision.filled[precision.codes])
        yield Finding(rows, "coordinate_precision", lambda _: "the row has coordinates without a precision", "entities")


@rule("address-precision", "table", level="warning")
def address_precision(tables: Tables) -> Iterator[Finding]:
    """An address says how near it is: a street can be shared premises, a city joins nobody."""
    if tables.has("entities", "type", "coordinate_precision"):
        kinds, precision = tables.column("entities", "type"), tables.column("entities", "coordinate_precision")
        address = np.array([value == "address" for value in kinds.values.to_pylist()], bool)
        rows = np.flatnonzero(address[kinds.codes] & ~precision.filled[precision.codes])
        if tables.has("entities", "latitude"):
            latitude = tables.column("entities", "latitude")
            rows = rows[~latitude.filled[latitude.codes[rows]]]
        yield Finding(rows, "coordinate_precision", lambda _: "the address has no precision", "entities")


@rule("url", "table")
def url(tables: Tables) -> Iterator[Finding]:
    """Links are http or https, with a host, without blanks, quotes, user names or passwords."""
    for table, field in fields(tables):
        if field["name"] in URLS:
            column = tables.column(table, field["name"])
            yield column.finding(column.filled & ~column.matches(URL), _say)


def _say(value: str) -> str:
    return f"{show(value)} is not a plain http or https link"
