"""Rules about cells that hold lists: aliases, countries, identifiers, entities of an event."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from netscam.data.rules.base import Finding, rule, show
from netscam.data.rules.tables import Column, Mask, Tables, to_mask
from netscam.data.rules.values import members

LISTS = (("entities", "aliases"), ("entities", "countries"), ("entities", "identifiers"), ("events", "entities"))
IDENTIFIER = r"[a-z][a-z0-9_-]*:\S(?:.*\S)?"
MISTAKEN = {"UK": "GB", "EL": "GR"}


@dataclass(frozen=True)
class Items:
    """Items of a list column: distinct items as a ``column`` and the distinct cell that each occurrence is from."""

    column: Column
    parent: NDArray[np.int64]
    cells: Column

    def finding(self, bad: Mask, say: Callable[[str], str]) -> Finding:
        """Blame every row once for each marked item in its list."""
        return self.blame(np.flatnonzero(bad[self.column.codes]), say)

    def blame(self, places: NDArray[np.int64], say: Callable[[str], str]) -> Finding:
        """Blame every row once for each of these occurrences."""
        order = np.argsort(self.cells.codes, kind="stable")
        sorted_codes = self.cells.codes[order]
        parents = self.parent[places]
        first = np.searchsorted(sorted_codes, parents)
        count = np.searchsorted(sorted_codes, parents, side="right") - first
        steps = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        rows = order[np.repeat(first, count) + steps]
        place = np.repeat(places, count)
        order = np.argsort(rows, kind="stable")
        rows, place = rows[order], place[order]
        return Finding(rows, self.cells.name, lambda k: say(self.column.value(place[k])), self.cells.table)


def items(cells: Column) -> Items:
    """Split a column at ``;``; a missing cell has no items."""
    filled = np.flatnonzero(cells.filled)
    split = pc.split_pattern(cells.values.take(filled), ";")
    coded = pc.list_flatten(split).dictionary_encode()
    parent = filled[pc.list_parent_indices(split).to_numpy(zero_copy_only=False)]
    codes = coded.indices.to_numpy(zero_copy_only=False)
    return Items(Column(cells.table, cells.name, coded.dictionary, codes), parent, cells)


def _lists(tables: Tables) -> Iterator[tuple[str, Items]]:
    for table, name in LISTS:
        if tables.has(table, name):
            yield name, items(tables.column(table, name))


@rule("list", "table")
def list_syntax(tables: Tables) -> Iterator[Finding]:
    """A list is items with ``;`` between them: none empty, none twice, no white space around them."""
    for name, listed in _lists(tables):
        if name != "countries":
            yield listed.finding(~listed.column.filled, lambda _: "the list has an empty item; check the ';'")
        spaced = to_mask(pc.not_equal(pc.utf8_trim_whitespace(listed.column.values), listed.column.values))
        if name != "countries":
            yield listed.finding(spaced, lambda value: f"{show(value)} has white space around it")
        keys = listed.parent * (len(listed.column.values) + 1) + listed.column.codes
        twice = pd.Series(keys).duplicated().to_numpy() & listed.column.filled[listed.column.codes]
        yield listed.blame(np.flatnonzero(twice), lambda value: f"{show(value)} stands in the list twice")


@rule("identifier", "table")
def identifier(tables: Tables) -> Iterator[Finding]:
    """An identifier is ``scheme:value`` with the scheme in lower case, for example ``ofac:55464``."""
    if tables.has("entities", "identifiers"):
        listed = items(tables.column("entities", "identifiers"))
        trimmed = to_mask(pc.equal(pc.utf8_trim_whitespace(listed.column.values), listed.column.values))
        bad = listed.column.filled & trimmed & ~listed.column.matches(IDENTIFIER)
        yield listed.finding(bad, lambda value: f"{show(value)} is not of the form scheme:value")


@rule("country", "table")
def country(tables: Tables) -> Iterator[Finding]:
    """Countries are codes of ISO 3166-1 alpha-2; ``NA`` is Namibia and ``GB`` the United Kingdom."""
    if tables.has("entities", "countries"):
        listed = items(tables.column("entities", "countries"))
        bad = listed.column.matches("[A-Z]{2}") & ~members(listed.column, load_countries())
        yield listed.finding(bad, _say_country)


def _say_country(value: str) -> str:
    hint = f"; write {MISTAKEN[value]}" if value in MISTAKEN else ""
    return f"{show(value)} is not a country code of ISO 3166-1{hint}"


@cache
def load_countries() -> Mapping[str, str]:
    """Codes of ISO 3166-1 alpha-2 with a short name, from the time zone database (public domain)."""
    text = (files("netscam.schema") / "countries.json").read_text(encoding="utf-8")
    return MappingProxyType(json.loads(text))
