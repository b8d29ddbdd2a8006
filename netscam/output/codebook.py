"""The codebook: what every table, column, type, status and grade means, straight from the schema."""

from __future__ import annotations

from typing import Any

from netscam.data.rules import RULES
from netscam.errors import UnknownNameError
from netscam.schema import load_schema

SMALL_VOCABULARIES = (
    "stances",
    "event_types",
    "document_kinds",
    "reliabilities",
    "credibilities",
    "precisions",
    "date_precisions",
)


def codebook() -> str:
    """Codebook in Markdown."""
    parts = ["# Codebook", *map(_table, load_schema().tables), _entity_types(), _relation_types(), _statuses()]
    parts += [_vocabulary(name) for name in SMALL_VOCABULARIES]
    return "\n\n".join([*parts, _priors(), _rules()])


def codebook_json() -> dict[str, Any]:
    """Codebook as plain data: table schemas, types, statuses, vocabularies, priors and validation rules."""
    schema = load_schema()
    return {
        "tables": {name: schema.table_schema(name) for name in schema.tables},
        "entity_types": dict(schema.entity_types),
        "relation_types": dict(schema.relation_types),
        "statuses": dict(schema.statuses),
        "vocabularies": {name: dict(words) for name, words in schema.vocabularies.items()},
        "priors": dict(schema.priors),
        "rules": {entry.name: " ".join((entry.function.__doc__ or "").split()) for entry in RULES},
    }


def table_schema(table: str) -> dict[str, Any]:
    """Frictionless Table Schema of one table; raises UnknownNameError."""
    schema = load_schema()
    if table not in schema.tables:
        raise UnknownNameError("table", table, schema.tables)
    return schema.table_schema(table)


def markdown_table(header: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; pipes in cells are escaped."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _table(name: str) -> str:
    rows = []
    for field in load_schema().tables[name]["fields"]:
        limits = field.get("constraints", {})
        needed = "yes" if limits.get("required") else ""
        allowed = field.get("netscam:vocabulary", "") or str(limits.get("pattern", ""))
        rows.append([f"`{field['name']}`", needed, f"`{allowed}`" if allowed else "", field["description"]])
    return f"## {name}.csv\n\n" + markdown_table(["column", "required", "allowed", "meaning"], rows)


def _entity_types() -> str:
    kinds = load_schema().entity_types.values()
    rows = [[f"`{k.name}`", "yes" if k.analysis else "no", k.followthemoney, k.meaning] for k in kinds]
    return "## Entity types\n\n" + markdown_table(["type", "in analysis", "FollowTheMoney", "meaning"], rows)


def _relation_types() -> str:
    kinds = load_schema().relation_types.values()
    rows = [
        [
            f"`{k.name}`",
            ", ".join(k.source),
            "->" if k.directed else "-",
            ", ".join(k.target),
            k.followthemoney,
            k.meaning,
        ]
        for k in kinds
    ]
    header = ["relation", "from", "", "to", "FollowTheMoney", "meaning"]
    return "## Relation types\n\n" + markdown_table(header, rows)


def _statuses() -> str:
    schema = load_schema()
    owns = schema.relation_types["owns"]
    rows = [[f"`{s.name}`", s.say(owns), s.line, s.meaning] for s in schema.statuses.values()]
    return "## Statuses\n\n" + markdown_table(["status", "said of `owns`", "line", "meaning"], rows)


def _vocabulary(name: str) -> str:
    words = load_schema().vocabularies[name]
    title = name.replace("_", " ").capitalize()
    return f"## {title}\n\n" + markdown_table(["value", "meaning"], [[f"`{w}`", m] for w, m in words.items()])


def _priors() -> str:
    parts = ["## Priors\n\nHow grades are read as probabilities: p = r*c + (1-r)*base."]
    for prior in load_schema().priors.values():
        grades = {"r": prior.reliability, "c": prior.credibility, "address": prior.address}
        told = [f"{key}: " + ", ".join(f"{g} {v:g}" for g, v in table.items()) for key, table in grades.items()]
        parts.append(f"**{prior.name}**: {prior.rationale} " + "; ".join([*told, f"base: {prior.base:g}"]) + ".")
    return "\n\n".join(parts)


def _rules() -> str:
    rows = [
        [f"`{entry.name}`", entry.details["level"], " ".join((entry.function.__doc__ or "").split())]
        for entry in sorted(RULES, key=lambda entry: entry.name)
    ]
    return "## Rules of validation\n\n" + markdown_table(["rule", "level", "meaning"], rows)
