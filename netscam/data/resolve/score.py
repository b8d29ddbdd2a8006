"""How likely two names mean the same bearer, from names alone, with reasons."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from netscam.data.resolve.align import Alignment, Match, align, letters
from netscam.data.resolve.names import Kind, NameForm, read_name
from netscam.data.resolve.words import load_words

LIGHT = 0.35


@dataclass(frozen=True)
class NameScore:
    """Likelihood in [0, 1] that two names mean the same bearer, and what speaks for and against it."""

    likelihood: float
    reasons: tuple[str, ...]


def compare_names(first: str, second: str, kind: Kind = "organization") -> NameScore:
    """Compare two names as printed; see ``compare_forms``."""
    return compare_forms(read_name(first, kind), read_name(second, kind))


def compare_forms(first: NameForm, second: NameForm) -> NameScore:
    """Compare two names that have been read.

    Returns
    -------
    NameScore
        ``likelihood`` is a logistic function of the features below, with the weights of ``weights.json``: fitted on
        one half of a public set of labelled pairs, checked on the other (the benchmark ``bench_names`` does both).
        It is about the spelling of two names and nothing else: many people share a name, and it never merges
        anything by itself.
    """
    if not first.tokens or not second.tokens:
        return NameScore(0.0, ("a name without letters or digits",))
    found = align(first, second)
    values = features(first, second, found)
    weights = load_weights()[first.kind]
    return NameScore(logistic(values, weights), tuple(_reasons(first, second, found)))


def logistic(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """``1 / (1 + exp(-sum of weight times value))``; a feature without a weight counts nothing."""
    total = math.fsum(factor * values[name] for name, factor in weights.items())
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))


@cache
def load_weights() -> Mapping[str, Mapping[str, float]]:
    """Weights of the features for persons and for organizations."""
    loaded: dict[str, dict[str, float]] = json.loads((files(__package__) / "weights.json").read_text(encoding="utf-8"))[
        "weights"
    ]
    return loaded


@cache
def weight(word: str) -> float:
    """What a word counts: little for particles, single letters and words that every second firm has, else 1."""
    words = load_words()
    return LIGHT if len(word) == 1 or word in words.generic or word in words.particles.values() else 1.0


def features(first: NameForm, second: NameForm, found: Alignment) -> dict[str, float]:
    """Measure the comparison.

    Returns
    -------
    dict
        ``constant`` 1; ``shared`` weight of matched words times their likeness, as a share of the lighter name;
        ``covered`` the same of the heavier name; ``conflict`` weight of words without counterpart on both sides (the
        smaller of the two sums) and ``extra`` what one side has more, both as shares; ``clashes`` whether there is a
        conflict; ``changed`` one minus the likeness of the worst match; ``changes`` the sum of ``1 - likeness`` over
        matches; ``head`` a worst match that starts with another letter; ``short`` a worst match of at most four
        letters; ``initials``, ``variants`` matches of that kind; ``numbers`` numbers that differ and ``number_extra``
        numbers on one side only; ``legal`` legal forms of different classes; ``whole`` likeness of the two names
        written without spaces; ``single`` one name is a single word and the other is not; ``script`` what is lost in
        ``shared`` where one name was transliterated and the other not; ``native`` how unlike two names in other
        scripts are before that; ``reversed`` son and father are exchanged.
    """
    sums = [math.fsum(weight(w) for w in form.tokens) for form in (first, second)]
    agreed = [math.fsum(m.likeness * weight(w) for m in found.matches for w in side(m)) for side in (_left, _right)]
    left, right = (math.fsum(map(weight, words)) for words in (found.only_first, found.only_second))
    heavy = max(sums)
    lighter = 0 if sums[0] <= sums[1] else 1
    altered = [m for m in found.matches if m.how in ("spelling", "joined") and m.likeness < 1]
    worst = min(altered, key=lambda m: (m.likeness, m.first, m.second), default=None)
    both = first.transliterated and second.transliterated
    forms = (first.legal - {"company", "incorporated"}, second.legal - {"company", "incorporated"})
    return {
        "constant": 1.0,
        "shared": agreed[lighter] / sums[lighter],
        "covered": agreed[1 - lighter] / sums[1 - lighter],
        "conflict": min(left, right) / heavy,
        "clashes": float(min(len(found.only_first), len(found.only_second)) > 0),
        "extra": abs(left - right) / heavy,
        "changed": 1 - worst.likeness if worst else 0.0,
        "changes": math.fsum(1 - m.likeness for m in altered),
        "head": float(worst is not None and worst.first[0][0] != worst.second[0][0]),
        "short": float(worst is not None and min(len("".join(worst.first)), len("".join(worst.second))) <= 4),
        "initials": float(sum(m.how == "initial" for m in found.matches)),
        "variants": float(sum(m.how == "variant" for m in found.matches)),
        "numbers": float(bool(first.numbers - second.numbers) and bool(second.numbers - first.numbers)),
        "number_extra": float(bool(first.numbers) != bool(second.numbers)),
        "legal": float(bool(forms[0]) and bool(forms[1]) and not forms[0] & forms[1]),
        "whole": max(
            letters(first.squashed, second.squashed),
            letters("".join(sorted(first.tokens)), "".join(sorted(second.tokens))),
        ),
        "single": float((len(first.tokens) == 1) != (len(second.tokens) == 1)),
        "script": (1 - agreed[lighter] / sums[lighter]) * (first.transliterated != second.transliterated),
        "native": 1 - letters(first.text.casefold(), second.text.casefold()) if both else 0.0,
        "reversed": float(_reversed(first.tokens, second.tokens)),
    }


def _reversed(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether one name makes a father of the other's son: ``a bin b`` against ``b bin a``."""
    pairs = [{(t[i - 1], t[i + 1]) for i in range(1, len(t) - 1) if t[i] == "bin"} for t in (first, second)]
    return any((b, a) in pairs[1] for a, b in pairs[0] if a != b)


def _left(match: Match) -> tuple[str, ...]:
    return match.first


def _right(match: Match) -> tuple[str, ...]:
    return match.second


def _reasons(first: NameForm, second: NameForm, found: Alignment) -> list[str]:
    said: list[str] = []
    if first.key == second.key:
        said.append("same name" if first.tokens == second.tokens else "same words in another order")
    texts = {
        "variant": "{0} and {1} are forms of one name",
        "joined": "{0} and {1} are written apart and together",
        "initial": "{0} could stand for {1}",
        "spelling": "{0} and {1} are spelled {2:.0%} alike",
    }
    for match in found.matches:
        if match.how != "same":
            pair = sorted((" ".join(match.first), " ".join(match.second)), key=lambda w: (len(w), w))
            said.append(texts[match.how].format(*pair, match.likeness))
    if found.only_first and found.only_second:
        said.append(f"{' '.join(found.only_first)} stands against {' '.join(found.only_second)}")
    elif found.only_first or found.only_second:
        said.append(f"only one name has {' '.join(found.only_first or found.only_second)}")
    if first.legal and second.legal and not first.legal & second.legal:
        said.append(f"legal forms differ ({'/'.join(sorted(first.legal))}, {'/'.join(sorted(second.legal))})")
    if first.transliterated != second.transliterated:
        said.append("one name was transliterated")
    return said
