"""Columns of the Offshore Leaks files of every year and of Linkurious exports, under one name each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

COLUMNS = MappingProxyType(
    {
        "id": ("node_id", "id", "_id", "node", "nodeid"),
        "name": ("name", "label", "caption", "title", "full_name", "entity"),
        "kind": ("category", "categories", "labels", "_labels", "node_type", "type"),
        "address": ("address", "addresses", "registered_address"),
        "jurisdiction": ("jurisdiction",),
        "country_codes": ("country_codes", "country_code"),
        "countries": ("countries", "country", "jurisdiction_description"),
        "source_id": ("sourceid", "source_id", "datasource", "story"),
        "former": ("former_name", "original_name", "aliases", "alias"),
        "registry": ("ibcruc", "company_number", "registration_number"),
        "start": ("incorporation_date", "registration_date", "date_start"),
        "end": ("inactivation_date", "struck_off_date", "closed_date", "dorm_date"),
    }
)
ENDS = MappingProxyType(
    {
        "source": ("node_id_start", "start_id", "_start", "node_1", "source", "source_id", "from", "start"),
        "target": ("node_id_end", "end_id", "_end", "node_2", "target", "target_id", "to", "end"),
        "relation": ("rel_type", "type", "_type", "relation", "relationship", "category"),
        "link": ("link", "label", "role", "detail"),
        "start": ("start_date", "date_start", "from_date"),
        "end": ("end_date", "date_end", "to_date"),
        "status": ("status",),
        "source_id": ("sourceid", "source_id", "datasource", "story"),
    }
)


PREFIX = re.compile(r"^[a-z]\.")


def bare(name: str) -> str:
    """Fold a column name: lower case, without the type that Neo4j writes after a colon or the ``n.`` before it."""
    text = PREFIX.sub("", name.strip().lower())
    start, end = text.endswith(":start_id") or text == ":start_id", text.endswith(":end_id") or text == ":end_id"
    if start or end:
        return "start_id" if start else "end_id"
    head, _, tail = text.partition(":")
    return head or {"id": "id", "label": "_labels", "type": "_type"}.get(tail, tail)


def pick(names: Sequence[str], wanted: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Column of the file for each name of ours: the first that the file has."""
    known = {bare(name): name for name in reversed(names)}
    return {ours: known[theirs[0]] for ours, each in wanted.items() if (theirs := [n for n in each if n in known])}


def is_edges(names: Sequence[str]) -> bool:
    """Whether a header is that of a table of relations."""
    return {"source", "target"} <= pick(names, ENDS).keys()
