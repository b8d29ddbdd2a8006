"""Taking the names of some persons out of texts, addresses and keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import join_list, split_list

if TYPE_CHECKING:
    import pandas as pd

WITHHELD = "[withheld]"
SHORTEST_TELLING_WORD = 3
UNNUMBERED = "name withheld"
MARKS = re.compile("[\u0300-\u036f]")
LIKE = {"d": "dđð", "i": "iı", "l": "lł", "o": "oø"}
"""Letters of which Unicode does not say that they are others with a stroke or without a dot."""
BARE = str.maketrans({other: letter for letter, others in LIKE.items() for other in others})
BETWEEN = re.compile(r"[\s\-_.,'’·]+")


class Cleaner:
    """Takes the names of some persons out of texts; a word that other entities' names share tells nothing.

    Parameters
    ----------
    private
        Rows of the persons: their names, aliases, ids and identifiers go.
    others
        Names of everybody and everything else.
    ids
        New ids of those persons that have one.
    """

    def __init__(self, private: pd.DataFrame, others: Iterable[str], ids: Mapping[str, str]) -> None:
        names = [
            (name, f"({ids.get(str(row.id), UNNUMBERED)})")
            for row in private.itertuples()
            for name in [str(row.name), *split_list(str(row.aliases)), str(row.id)]
            if name
        ]
        self._full = [(_whole(name), new) for name, new in sorted(names, key=lambda pair: (-len(pair[0]), pair))]
        known = {word for name in others for word in _words(self.names(name))}
        told = [name for row in private.itertuples() for name in (str(row.name), *split_list(str(row.aliases)))]
        told += [item.partition(":")[2] for cell in private["identifiers"] for item in split_list(str(cell))]
        self._telling = {word for text in told for word in _words(text)} - known

    def names(self, text: str) -> str:
        """Replace names in full, with or without accents and however their parts are set apart."""
        apart = unicodedata.normalize("NFD", text)
        found = 0
        for pattern, new in self._full:
            apart, count = pattern.subn(new, apart)
            found += count
        return unicodedata.normalize("NFC", apart) if found else text

    def tells(self, text: str) -> bool:
        """Whether a text still holds a part of a name, or a number, that points at one of the persons."""
        return not self._telling.isdisjoint(_words(text))

    def text(self, text: str) -> str:
        """Replace names in full, and withhold a text that still tells a part of one."""
        text = self.names(text)
        return WITHHELD if self.tells(text) else text

    def link(self, url: str) -> str:
        """Drop an address that tells a part of a name."""
        return "" if self.told(url) else url

    def told(self, key: str) -> bool:
        """Whether a key or address tells a name, in full or in part."""
        return self.text(key) != key

    def items(self, cell: str) -> str:
        """Replace names in full in the items of a list, and drop those that still tell a part of one."""
        return join_list(item for item in map(self.names, split_list(cell)) if not self.tells(item))

    def nested(self, value: Any) -> Any:
        """Values of a data package with names replaced in full, and without those that still tell a part of one."""
        if isinstance(value, str):
            return self.names(value)
        if isinstance(value, Mapping):
            return {key: self.nested(item) for key, item in value.items() if not self._tells(item)}
        if isinstance(value, (list, tuple)):
            return [self.nested(item) for item in value if not self._tells(item)]
        return value

    def _tells(self, value: object) -> bool:
        return isinstance(value, str) and self.tells(self.names(value))


def _whole(name: str) -> re.Pattern[str]:
    """A name as whole words, in scripts that set words apart; Chinese, Khmer or Thai names wherever they stand."""
    before = r"(?<![^\W_])" if _spaced(name[:1]) else ""
    after = rf"(?!{MARKS.pattern}|[^\W_])" if _spaced(name[-1:]) else ""
    bare = MARKS.sub("", unicodedata.normalize("NFD", name)).translate(BARE)
    parts = [part for part in BETWEEN.split(bare) if part] or [name]
    inner = BETWEEN.pattern.join("".join(map(_letter, part)) for part in parts)
    return re.compile(before + inner + after, re.IGNORECASE)


def _letter(letter: str) -> str:
    if not letter.isalpha():
        return re.escape(letter)
    like = LIKE.get(letter.lower())
    return (f"[{like}]" if like else re.escape(letter)) + (f"{MARKS.pattern}*" if _spaced(letter) else "")


def _spaced(letter: str) -> bool:
    return unicodedata.name(letter or " ", "").startswith(("LATIN", "CYRILLIC", "GREEK", "DIGIT"))


def _words(text: str) -> list[str]:
    bare = MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(BARE)
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", bare))
    return [word for word in words if len(word) >= SHORTEST_TELLING_WORD]
