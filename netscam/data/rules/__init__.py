"""The rules that a dataset has to keep, one small function each; ``RULES`` lists them with what they mean."""

from netscam.data.rules import (
    dates,
    header,
    keys,
    lists,
    package,
    places,
    relations,
    rows,
    source,
    text,
    values,
    victims,
    withdrawn,
)
from netscam.data.rules.base import LIMIT, RULES, WHOLE_ROW, Finding, of_stage, rule, to_problems

__all__ = [
    "LIMIT",
    "RULES",
    "WHOLE_ROW",
    "Finding",
    "dates",
    "header",
    "keys",
    "lists",
    "of_stage",
    "package",
    "places",
    "relations",
    "rows",
    "rule",
    "source",
    "text",
    "to_problems",
    "values",
    "victims",
    "withdrawn",
]
