"""A name as tokens that can be compared: one script, no titles, the legal form apart, numbers as numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from netscam.data.resolve.words import Words, load_words
from netscam.errors import NetscamError

Kind = Literal["person", "organization"]

INITIALISM = re.compile(r"\b(?:[^\W\d_]\.[ ]?){2,}(?:[^\W\d_]\b(?!\w))?")
QUOTES = re.compile(r"['’‘`´ʻʼ\"“”«»]")
APART = re.compile(r"[^a-z0-9]+")
SYLLABLES = re.compile(r"(?<=[a-z])(?=[A-Z])")
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


class NamesExtraError(NetscamError, ImportError):
    """The libraries that compare names are not installed."""

    def __init__(self) -> None:
        super().__init__("comparing names needs two libraries more; install them with: pip install 'netscam[names]'")


@dataclass(frozen=True)
class NameForm:
    """A name made ready for comparison.

    ``tokens`` are the words that carry it, in order; ``legal`` the classes of its legal forms; ``numbers`` its
    numbers; ``transliterated`` says whether it was in another script.
    """

    text: str
    kind: Kind
    tokens: tuple[str, ...]
    legal: frozenset[str]
    numbers: frozenset[str]
    transliterated: bool

    @cached_property
    def squashed(self) -> str:
        """All tokens without spaces."""
        return "".join(self.tokens)

    @cached_property
    def key(self) -> str:
        """Tokens in alphabetical order: equal for names that differ in word order only."""
        return " ".join(sorted(self.tokens))


def read_name(text: str, kind: Kind) -> NameForm:
    """Read a name.

    Parameters
    ----------
    text
        The name as printed, in any script; ``SURNAME, Given`` is as good as ``Given Surname``.
    kind
        ``person`` drops titles and unifies particles such as bin and ibn; ``organization`` takes legal forms out and
        reads number words and common abbreviations.

    Returns
    -------
    NameForm
        If nothing but legal forms and titles is there, they stay as tokens, so a name never becomes empty unless it
        holds no letter or digit.

    Raises
    ------
    NamesExtraError
        The extra ``names`` is not installed and the name is not plain ASCII.
    """
    words = load_words()
    plain, transliterated = _plain(text, words)
    tokens = [token for token in APART.split(plain) if token]
    if kind == "person":
        kept = _person(tokens, words)
        return NameForm(text, kind, tuple(kept or tokens), frozenset(), frozenset(), transliterated)
    kept, legal = _legal(tokens, words)
    kept = _numbers([part for token in kept for part in words.abbreviations.get(token, token).split()], words)
    if len(kept) > 1 and kept[0] in words.leading:
        kept = kept[1:]
    core = [token for token in kept if token not in words.articles] or kept or tokens
    return NameForm(text, kind, tuple(core), legal, frozenset(filter(str.isdigit, core)), transliterated)


def _plain(text: str, words: Words) -> tuple[str, bool]:
    """ASCII in lower case with initialisms closed up, and whether another script was there."""
    text = unicodedata.normalize("NFKC", text)
    foreign = False
    if not text.isascii():
        folded = text.casefold()
        for phrase, stands_for in words.native.items():
            if phrase in folded:
                text = folded = folded.replace(phrase, f" {stands_for} ")
        latin = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        foreign = any(ord(c) > 0x24F and c.isalpha() for c in latin)
        text = _transliterate(text)
    text = QUOTES.sub("", text).replace("&", " and ").replace("+", " and ").lower()
    if "." in text:
        text = INITIALISM.sub(lambda found: found[0].replace(".", "").replace(" ", "") + " ", text)
    return text, foreign


def _transliterate(text: str) -> str:
    try:
        from anyascii import anyascii
    except ImportError as error:
        raise NamesExtraError from error
    return " ".join(
        SYLLABLES.sub(" ", str(anyascii(word))) if WIDE.search(word) else str(anyascii(word)) for word in text.split()
    )


def _person(tokens: list[str], words: Words) -> list[str]:
    kept = [words.particles.get(token, token) for token in tokens if token not in words.titles]
    return kept if any(len(token) > 1 for token in kept) else []


def _legal(tokens: list[str], words: Words) -> tuple[list[str], frozenset[str]]:
    """Take legal forms out, the longest phrase first; a form that is the whole name stays."""
    kept: list[str] = []
    found: set[str] = set()
    at = 0
    while at < len(tokens):
        for phrase, form in words.legal.get(tokens[at], ()):
            size = len(phrase)
            outside = at == 0 or at + size == len(tokens)
            if tuple(tokens[at : at + size]) == phrase and (size > 1 or len(phrase[0]) > 2 or outside):
                found.add(form)
                at += size
                break
        else:
            kept.append(tokens[at])
            at += 1
    return (kept, frozenset(found)) if kept else (list(tokens), frozenset())


def _numbers(tokens: list[str], words: Words) -> list[str]:
    """Number words, ordinals and Roman numerals as digits; ``forty four`` is 44."""
    if not any(token in words.numbers or token[0].isdigit() for token in tokens):
        return tokens
    read: list[str] = []
    tens = False
    for token in tokens:
        ordinal = ORDINAL.fullmatch(token)
        value = int(ordinal[1]) if ordinal else words.numbers.get(token)
        if value is None and token.isdigit():
            value = int(token)
        if value is not None and tens and 0 < value < 10:
            read[-1] = str(int(read[-1]) + value)
        else:
            read.append(token if value is None else str(value))
        tens = value is not None and value >= 20 and value % 10 == 0 and value < 100
    return read
