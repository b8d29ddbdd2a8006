"""Which of many names are worth comparing: a few for each, found without looking at every pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netscam.data.resolve.align import sounds
from netscam.data.resolve.names import NameForm, NamesExtraError

LARGEST = 40
NEIGHBOURS = 4
RAREST = 4
LONGEST = 12
ROUGH = 78.0
ROUGH_WORDS = 92.0
ROUGH_WORD = 74.0
BATCH = 1_000_000
Pairs = NDArray[np.int64]
Texts = NDArray[np.object_]
Progress = Callable[[Iterable[Any]], Any]


@dataclass(frozen=True)
class Candidates:
    """Pairs of rows of the list of names, first below second, and what was not compared.

    ``crowded`` counts blocks that were too large to compare all their pairs; their names still met in narrower blocks
    and with their neighbours in alphabetical order.
    """

    pairs: Pairs
    considered: int
    crowded: int


def candidate_pairs(names: Sequence[NameForm], groups: NDArray[np.int64] | None = None) -> Candidates:
    """Pairs of names that a closer look is worth, out of ``n (n - 1) / 2``.

    Two names meet when they share a rare word, two less rare ones, the rough sound of their rarest word, or a rarest
    word but for one letter, or when they are neighbours among all names, written without spaces and sorted from the
    front or from the back. Of these, those stay whose letters or words are alike at a glance (rapidfuzz ``ratio`` or
    ``token_set_ratio``) and where the rarest word of one is, more or less, in the other (``partial_ratio``).

    Parameters
    ----------
    names
        Names that have been read.
    groups
        Number of the owner of each name; names of one owner are not paired. None: each name has its own.

    Returns
    -------
    Candidates
        Pairs in order; the same for any order of equal input rows.

    Notes
    -----
    Time grows with n log n: 400,000 company names take about a minute on one core.
    """
    if len(names) < 2:
        return Candidates(np.zeros((0, 2), np.int64), 0, 0)
    counts = Counter(token for name in names for token in set(name.tokens))
    keys, rows = _keys(names, counts)
    found, crowded = _within_blocks(keys, rows)
    found += [_neighbours([name.squashed for name in names]), _neighbours([name.squashed[::-1] for name in names])]
    first = np.concatenate([np.minimum(a, b) for a, b in found])
    second = np.concatenate([np.maximum(a, b) for a, b in found])
    codes = np.sort(first * len(names) + second)
    codes = codes[np.r_[True, codes[1:] != codes[:-1]]]
    pairs = np.stack([codes // len(names), codes % len(names)], axis=1)
    if groups is not None:
        pairs = pairs[groups[pairs[:, 0]] != groups[pairs[:, 1]]]
    rarest = [min(name.tokens, key=lambda token: (counts[token], -len(token), token), default="") for name in names]
    return Candidates(_alike_at_a_glance(names, pairs, rarest), len(pairs), crowded)


def _keys(names: Sequence[NameForm], counts: Counter[str]) -> tuple[Pairs, Pairs]:
    """Keys of each name as numbers, and the row of each key."""
    numbers: dict[object, int] = {}
    keys: list[int] = []
    rows: list[int] = []
    for row, name in enumerate(names):
        tokens = sorted(set(name.tokens), key=lambda token: (counts[token], token))
        common = [token for token in tokens if counts[token] > LARGEST]
        made: list[object] = [token for token in tokens if 1 < counts[token] <= LARGEST]
        made += combinations(sorted(common[:RAREST]), 2)
        if tokens:
            made.append((sounds(tokens[0])[:5], "sound"))
            made += _one_letter_less(tokens[0], counts[tokens[0]])
        made.append((name.key, "all"))
        keys += [numbers.setdefault(key, len(numbers)) for key in made]
        rows += [row] * len(made)
    return np.array(keys, np.int64), np.array(rows, np.int64)


def _one_letter_less(token: str, count: int) -> Iterable[object]:
    """Keys that a word shares with every word that is one mistake away from it."""
    if 4 <= len(token) <= LONGEST and count <= LARGEST:
        yield from dict.fromkeys((token[:at] + token[at + 1 :], "less") for at in range(len(token)))


def _within_blocks(keys: Pairs, rows: Pairs) -> tuple[list[tuple[Pairs, Pairs]], int]:
    order = np.lexsort((rows, keys))
    keys, rows = keys[order], rows[order]
    sizes = np.diff(np.append(np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]), len(keys)))
    small = np.repeat(sizes, sizes) <= LARGEST
    crowded = int((sizes > LARGEST).sum())
    keys, rows = keys[small], rows[small]
    found = []
    for step in range(1, LARGEST):
        same = np.flatnonzero(keys[:-step] == keys[step:]) if step < len(keys) else np.zeros(0, np.int64)
        if not len(same):
            break
        found.append((rows[same], rows[same + step]))
    return found, crowded


def _neighbours(texts: Sequence[str]) -> tuple[Pairs, Pairs]:
    """Each name with the next few in alphabetical order."""
    order = np.array(sorted(range(len(texts)), key=lambda row: (texts[row], row)), np.int64)
    steps = range(1, min(NEIGHBOURS, len(texts) - 1) + 1)
    return np.concatenate([order[:-step] for step in steps]), np.concatenate([order[step:] for step in steps])


def _alike_at_a_glance(names: Sequence[NameForm], pairs: Pairs, rarest: Sequence[str]) -> Pairs:
    """Keep pairs where the rarest word of one name is in the other, more or less, and the whole is alike."""
    try:
        from rapidfuzz.fuzz import partial_ratio, ratio, token_set_ratio
    except ImportError as error:
        raise NamesExtraError from error
    texts = np.array([name.key for name in names], dtype=object)
    squashed = np.array([name.squashed for name in names], dtype=object)
    rare = np.array(rarest, dtype=object)
    whole = (
        (texts, texts, ratio, ROUGH),
        (squashed, squashed, ratio, ROUGH),
        (texts, texts, token_set_ratio, ROUGH_WORDS),
    )
    word = ((rare, squashed, partial_ratio, ROUGH_WORD), (squashed, rare, partial_ratio, ROUGH_WORD))
    kept = [pairs[:0]]
    for start in range(0, len(pairs), BATCH):
        part = _passing(pairs[start : start + BATCH], whole)
        kept.append(_passing(part, word))
    return np.concatenate(kept)


def _passing(pairs: Pairs, tests: Iterable[tuple[Texts, Texts, Any, float]]) -> Pairs:
    """Pairs that pass any of the tests; a test looks only at what the earlier ones left."""
    from rapidfuzz.process import cpdist

    good = np.zeros(len(pairs), bool)
    for left, right, scorer, cutoff in tests:
        rest = np.flatnonzero(~good)
        one, other = left[pairs[rest, 0]], right[pairs[rest, 1]]
        good[rest] = cpdist(one, other, scorer=scorer, score_cutoff=cutoff, workers=-1) > 0
    return pairs[good]
