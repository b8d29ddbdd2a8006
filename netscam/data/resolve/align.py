"""Which word of one name answers to which word of another, and how well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any, Literal

from netscam.data.resolve.names import NameForm, NamesExtraError
from netscam.data.resolve.words import Words, load_words

How = Literal["same", "variant", "joined", "initial", "spelling"]

NEAR = 0.5
FOLDS = (
    (re.compile(r"^(?:hs|x)(?=[aeiou])"), "j"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|q|kh|c(?!h)|x"), "k"),
    (re.compile(r"sh|sch|zh|ch|dzh|j(?=[aeiou])"), "j"),
    (re.compile(r"ou|oo|oe|uu|o|w"), "u"),
    (re.compile(r"ee|ea|ie|ei|ey|ay|ai|iy|yi|ij|y|e|j(?![aeiou])"), "i"),
    (re.compile(r"z"), "s"),
    (re.compile(r"v"), "b"),
    (re.compile(r"th|d"), "t"),
    (re.compile(r"0"), "u"),
    (re.compile(r"1"), "i"),
    (re.compile(r"5"), "s"),
    (re.compile(r"h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@dataclass(frozen=True)
class Match:
    """Words of the first name and of the second that answer to each other, how alike they are (0 to 1), and why."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    likeness: float
    how: How


@dataclass
class Alignment:
    """Matches, and the words of either name that have no counterpart."""

    matches: list[Match] = field(default_factory=list)
    only_first: list[str] = field(default_factory=list)
    only_second: list[str] = field(default_factory=list)


def align(first: NameForm, second: NameForm) -> Alignment:
    """Pair the words of two names, whatever their order.

    Equal words first; then words that were joined or split; then initials and known variants; what is left is paired
    by spelling, the most alike first. Symmetric up to the roles of the two names, and independent of word order.
    """
    left, right = sorted(first.tokens), sorted(second.tokens)
    found = Alignment()
    if first.squashed == second.squashed and left != right:
        found.matches.append(Match(first.tokens, second.tokens, 0.98, "joined"))
        return found
    for word in list(left):
        if word in right:
            left.remove(word)
            right.remove(word)
            found.matches.append(Match((word,), (word,), 1.0, "same"))
    for match in _joined(first, second, left, right):
        found.matches.append(match)
    for match in _best(left, right, first.kind):
        found.matches.append(match)
    found.only_first, found.only_second = left, right
    return found


def _joined(first: NameForm, second: NameForm, left: list[str], right: list[str]) -> Iterator[Match]:
    """Words that one name writes together and the other apart; takes them out of the lists."""
    for one, other, turned in ((first, second, False), (second, first, True)):
        mine, theirs = (right, left) if turned else (left, right)
        for word in [w for w in mine if len(w) >= 4]:
            run = _run(word, [t for t in other.tokens if t in theirs])
            if run is None:
                continue
            mine.remove(word)
            for part in run:
                theirs.remove(part)
            likeness = 0.95 * spelling("".join(run), word)
            yield Match(run, (word,), likeness, "joined") if turned else Match((word,), run, likeness, "joined")
        for word in [w for w in mine if 2 <= len(w) <= 4 and one.kind == "person"]:
            run = _initials(word, [t for t in other.tokens if t in theirs])
            if run is not None:
                mine.remove(word)
                for part in run:
                    theirs.remove(part)
                yield Match(run, (word,), 0.7, "initial") if turned else Match((word,), run, 0.7, "initial")


def _run(word: str, tokens: list[str]) -> tuple[str, ...] | None:
    """Two to four neighbours that make up a word, give or take a letter or two."""
    best: tuple[float, tuple[str, ...]] | None = None
    for size in (2, 3, 4):
        for at in range(len(tokens) - size + 1):
            run = tuple(tokens[at : at + size])
            if abs(sum(map(len, run)) - len(word)) <= 2 and len(set(run)) == len(run):
                alike = spelling("".join(run), word)
                alone = max(spelling(part, word) for part in run)
                if alike >= 0.84 and alike > alone and (best is None or alike > best[0]):
                    best = (alike, run)
    return best[1] if best else None


def _initials(word: str, tokens: list[str]) -> tuple[str, ...] | None:
    for at in range(len(tokens) - len(word) + 1):
        run = tuple(tokens[at : at + len(word)])
        if "".join(part[0] for part in run) == word and len(set(run)) == len(run) and min(map(len, run)) > 1:
            return run
    return None


def _best(left: list[str], right: list[str], kind: str) -> list[Match]:
    """Pair what is left, the most alike first; takes the pairs out of the lists."""
    words = load_words()
    scored = []
    for a, b in product(sorted(set(left)), sorted(set(right))):
        alike, how = _alike(a, b, kind, words)
        if alike >= NEAR:
            scored.append((-alike, min(a, b), max(a, b), a, b, how))
    found: list[Match] = []
    for negative, _, _, a, b, how in sorted(scored):
        if a in left and b in right:
            left.remove(a)
            right.remove(b)
            found.append(Match((a,), (b,), -negative, how))
    return found


def _alike(a: str, b: str, kind: str, words: Words) -> tuple[float, How]:
    if a.isdigit() or b.isdigit():
        return 0.0, "spelling"
    if kind == "person":
        if min(len(a), len(b)) == 1:
            return (0.75, "initial") if a[0] == b[0] else (0.0, "initial")
        if words.variants.get(a, frozenset()) & words.variants.get(b, frozenset()):
            return 0.9, "variant"
    return spelling(a, b), "spelling"


def spelling(a: str, b: str) -> float:
    """How alike two words are spelled, 0 to 1.

    The better of two figures: ``1 - d / n`` with ``d`` the optimal string alignment distance (a swap of neighbours is
    one mistake) and ``n`` the longer length; and the same on what remains when letters that stand for one sound in
    different transcriptions are made equal, at a small discount.
    """
    if a == b:
        return 1.0
    plain = letters(a, b)
    one, other = sounds(a), sounds(b)
    sounded = letters(one, other) if min(len(one), len(other)) > 2 else 0.0
    return max(plain, 0.94 * sounded - 0.02 * abs(len(a) - len(b)))


def letters(a: str, b: str) -> float:
    """``1 - d / n`` with ``d`` the optimal string alignment distance of two texts and ``n`` the longer length."""
    return float(_distance().normalized_similarity(a, b))


@cache
def _distance() -> Any:
    try:
        from rapidfuzz.distance import OSA
    except ImportError as error:
        raise NamesExtraError from error
    return OSA


@cache
def sounds(word: str) -> str:
    """A word with letters that transcriptions mix up made equal; a rough sound, for comparison only."""
    for pattern, letter in FOLDS:
        word = pattern.sub(letter, word)
    return word
