"""The tables of a dataset as the page reads them: one list per column, numbers for whatever repeats."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import split_list
from netscam.data.evidence import evidence_probabilities, find_prior, tie_factor
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

    from netscam.data.dataset import Dataset

TEXTS = {
    "relations": ("id", "relation", "start", "end", "description"),
    "evidence": ("id", "stance", "status", "credibility", "locator", "note"),
    "documents": (
        "id",
        "title",
        "publisher",
        "kind",
        "url",
        "archived_url",
        "published",
        "accessed",
        "reliability",
        "origin_group",
    ),
    "events": ("id", "date", "type", "summary"),
    "corrections": ("id", "date", "table", "row", "what_changed", "why"),
}


def records_json(data: Dataset) -> dict[str, Any]:
    """Every table the page shows, as columns; rows refer to each other by position."""
    entity = {name: number for number, name in enumerate(data.entities["id"])}
    relation = {name: number for number, name in enumerate(data.relations["id"])}
    document = {name: number for number, name in enumerate(data.documents["id"])}
    tables = {name: _texts(getattr(data, name), columns) for name, columns in TEXTS.items()}
    tables["entities"] = _entities(data.entities)
    tables["relations"]["share"] = _numbers(data.relations["share"])
    tables["relations"]["factor"] = _numbers(tie_factor(data))
    chance = evidence_probabilities(data)
    tables["evidence"] |= {
        "relation": _places(data.evidence["relation"], relation),
        "document": _places(data.evidence["document"], document),
        "p": _numbers(chance["probability"]),
        "origin": _codes(chance["origin_group"]),
    }
    tables["events"] |= {
        "entities": [_places(split_list(cell), entity) for cell in data.events["entities"]],
        "place": _places(data.events["place"], entity),
        "document": _places(data.events["document"], document),
        "people": [None if math.isnan(value) else int(value) for value in data.events["people"].astype(float)],
    }
    return tables


def _entities(entities: pd.DataFrame) -> dict[str, Any]:
    table = _texts(entities, ("id", "status", "coordinate_precision", "description"))
    for column in ("aliases", "countries", "identifiers"):
        table[column] = [split_list(cell) for cell in entities[column]]
    never = {precision for precision, factor in find_prior("default").address.items() if factor == 0}
    far = entities["type"].eq("address") & entities["coordinate_precision"].isin(never)
    table["far"] = [number for number, is_far in enumerate(far) if is_far]
    table["latitude"] = _numbers(entities["latitude"])
    table["longitude"] = _numbers(entities["longitude"])
    return table


def _texts(frame: pd.DataFrame, columns: Iterable[str]) -> dict[str, Any]:
    return {name: [str(value) for value in frame[name]] for name in columns}


def _numbers(column: pd.Series[float]) -> list[float | int | None]:
    """Numbers with six significant digits less than a float holds, so that two machines agree; None for none."""
    values: list[float | int | None] = []
    for value in column.astype(float):
        rounded = float(f"{value:.10g}")
        values.append(None if math.isnan(value) else int(rounded) if rounded.is_integer() else rounded)
    return values


def _places(names: Iterable[str], place: Mapping[str, int]) -> list[int]:
    """Position of each name, -1 for one that is not there."""
    return [place.get(name, -1) for name in names]


def _codes(column: pd.Series[str]) -> list[int]:
    seen: dict[str, int] = {}
    return [seen.setdefault(value, len(seen)) for value in column]


def words_json(used_relations: set[str]) -> dict[str, Any]:
    """What the schema says about relations, statuses and grades, and the sentence of every pair of them."""
    schema = load_schema()
    kinds = {name: kind for name, kind in schema.relation_types.items() if name in used_relations}
    return {
        "no_evidence": find_prior("default").no_evidence,
        "relations": {
            name: {
                "label": kind.label,
                "meaning": kind.meaning,
                "directed": kind.directed,
                "verb": kind.verb,
                "infinitive": kind.infinitive,
            }
            for name, kind in kinds.items()
        },
        "statuses": {
            name: {
                "rank": status.rank,
                "line": status.line,
                "phrase": status.phrase,
                "meaning": status.meaning,
                "say": {relation: status.say(kind) for relation, kind in kinds.items()},
            }
            for name, status in schema.statuses.items()
        },
        **{
            name: dict(schema.vocabularies[name])
            for name in ("reliabilities", "credibilities", "document_kinds", "event_types", "precisions")
        },
    }
