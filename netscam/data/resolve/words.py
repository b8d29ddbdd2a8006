"""The words that names are read with: legal forms, titles, particles, number words, variants; data, not code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Words:
    """Look-up tables made from ``words.json``.

    ``legal`` maps the first token of a phrase to its phrases, the longest first, each with its class. ``variants``
    maps a given name or a romanised Chinese surname to the groups that it belongs to.
    """

    native: Mapping[str, str]
    legal: Mapping[str, list[tuple[tuple[str, ...], str]]]
    articles: frozenset[str]
    leading: frozenset[str]
    titles: frozenset[str]
    particles: Mapping[str, str]
    generic: frozenset[str]
    abbreviations: Mapping[str, str]
    numbers: Mapping[str, int]
    variants: Mapping[str, frozenset[str]]


@cache
def load_words() -> Words:
    """Read ``words.json`` once."""
    raw = json.loads((files(__package__) / "words.json").read_text(encoding="utf-8"))
    legal: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, phrases in raw["legal"].items():
        for phrase in phrases:
            tokens = tuple(phrase.split())
            legal.setdefault(tokens[0], []).append((tokens, name))
    variants: dict[str, set[str]] = {}
    for kind in ("given", "chinese"):
        for number, group in enumerate(raw[kind]):
            for word in group:
                variants.setdefault(word, set()).add(f"{kind}-{number}")
    return Words(
        native=dict(sorted(raw["native"].items(), key=lambda item: -len(item[0]))),
        legal={first: sorted(forms, key=lambda form: -len(form[0])) for first, forms in legal.items()},
        articles=frozenset(raw["articles"]),
        leading=frozenset(raw["leading"]),
        titles=frozenset(raw["titles"]),
        particles=raw["particles"],
        generic=frozenset(raw["generic"]),
        abbreviations=raw["abbreviations"],
        numbers=raw["numbers"],
        variants={word: frozenset(groups) for word, groups in variants.items()},
    )
