"""What may be said: tables, types, relations, grades and statuses, read from the JSON files beside this one."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

TABLES = ("entities", "relations", "evidence", "documents", "events", "corrections")
OPTIONAL_TABLES = ("costs",)


@dataclass(frozen=True)
class EntityType:
    """A kind of entity; ``analysis`` says whether measures include it unless told otherwise."""

    name: str
    label: str
    meaning: str
    natural_person: bool
    analysis: bool
    followthemoney: str


@dataclass(frozen=True)
class RelationType:
    """A kind of relation with the entity types allowed at its ends; ``act`` marks what an authority itself does."""

    name: str
    label: str
    meaning: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    directed: bool
    act: bool
    verb: str
    infinitive: str
    followthemoney: str


@dataclass(frozen=True)
class Status:
    """A legal standing of a claim; ``rank`` orders from strongest (1), ``line`` is how it is drawn.

    ``official``: the document that gives the standing is an act of an authority.
    """

    name: str
    rank: int
    official: bool
    phrase: str
    modal: str
    line: str
    proved: bool
    meaning: str

    def say(self, relation: RelationType) -> str:
        """Verb phrase for a relation in this standing, for example ``is alleged to own``.

        An act of an authority that its own document states is told plainly: ``is sanctioned by``.
        """
        plain = relation.act and self.official
        return relation.verb if plain else f"{self.modal} {relation.infinitive}"


@dataclass(frozen=True)
class Prior:
    """How grades are read as probabilities (DESIGN: p = r*c + (1-r)*base)."""

    name: str
    rationale: str
    reliability: Mapping[str, float]
    credibility: Mapping[str, float]
    base: float
    no_evidence: float
    address: Mapping[str, float]


@dataclass(frozen=True)
class Schema:
    """Everything that the JSON files say, in one place."""

    tables: Mapping[str, dict[str, Any]]
    entity_types: Mapping[str, EntityType]
    relation_types: Mapping[str, RelationType]
    statuses: Mapping[str, Status]
    priors: Mapping[str, Prior]
    vocabularies: Mapping[str, Mapping[str, str]]

    def columns(self, table: str) -> list[str]:
        """Column names of a table, in order."""
        return [field["name"] for field in self.tables[table]["fields"]]

    def table_schema(self, table: str) -> dict[str, Any]:
        """Frictionless Table Schema of a table with its vocabularies written out as ``enum``."""
        schema = copy.deepcopy(self.tables[table])
        for field in schema["fields"]:
            vocabulary = field.get("netscam:vocabulary")
            if vocabulary:
                field.setdefault("constraints", {})["enum"] = list(self.vocabularies[vocabulary])
        return schema

    @property
    def analysis_types(self) -> tuple[str, ...]:
        """Entity types that measures include unless told otherwise."""
        return tuple(name for name, kind in self.entity_types.items() if kind.analysis)


def _read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((files(__name__) / name).read_text(encoding="utf-8"))
    return loaded


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return MappingProxyType(value) if isinstance(value, dict) else value


def _records(kind: type, name: str) -> Mapping[str, Any]:
    rows = _read(name)
    return MappingProxyType(
        {key: kind(name=key, **{k: _frozen(v) for k, v in row.items()}) for key, row in rows.items()}
    )


@cache
def load_schema() -> Schema:
    """Read the schema once.

    Returns
    -------
    Schema
        Immutable; the single authority for validation, the codebook, the command line's choices, legends and exports.
    """
    entity_types = _records(EntityType, "entity_types.json")
    relation_types = _records(RelationType, "relation_types.json")
    statuses = _records(Status, "statuses.json")
    vocabularies: dict[str, Mapping[str, str]] = {
        "entity_types": {name: kind.meaning for name, kind in entity_types.items()},
        "relation_types": {name: kind.meaning for name, kind in relation_types.items()},
        "statuses": {name: status.meaning for name, status in statuses.items()},
        "event_types": _read("event_types.json"),
        **_read("vocabularies.json"),
    }
    return Schema(
        tables=MappingProxyType({name: _read(f"tables/{name}.json") for name in (*TABLES, *OPTIONAL_TABLES)}),
        entity_types=entity_types,
        relation_types=relation_types,
        statuses=statuses,
        priors=_records(Prior, "priors.json"),
        vocabularies=MappingProxyType(vocabularies),
    )
