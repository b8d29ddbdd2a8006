"""Pairs of entities that may be one: proposed with a score and its reasons, decided by people."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from netscam.data.dataset import Dataset, split_list
from netscam.data.resolve.blocking import candidate_pairs
from netscam.data.resolve.names import Kind, NameForm, read_name
from netscam.data.resolve.score import compare_forms
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    *("first", "second", "decision", "who", "when", "why", "score", "name_score"),
    *("first_dataset", "first_name", "second_dataset", "second_name", "reasons"),
)
SKIPPED_TYPES = ("place",)
BORN = re.compile(r"\b(?:DOB|[Bb]orn|[Dd]ate of birth|birthDate|[Bb]irth date)\b[^;.]{0,40}?\b((?:19|20)\d\d)(?!\d)")
BORN_IN = re.compile(r"\b(?:POB|[Pp]lace of birth|birthPlace|[Bb]irth place)\b:? *([^;.]{2,80})")
# Lists number their own entries, each name of one person perhaps more than once: two numbers are no difference.
LISTS = frozenset({"opensanctions", "icij", "bods", "original", "ofac"})
CONTACTS = frozenset({"website", "email", "phone", "fax", "telephone", "url"})
COMMON = 25
CERTAIN = 0.995


@dataclass(frozen=True)
class Candidate:
    """An entity with all that is looked at when two are compared; ``key`` is its dataset and id."""

    key: tuple[int, str]
    name: str
    type: str
    group: str
    names: tuple[NameForm, ...]
    countries: frozenset[str]
    identifiers: frozenset[str]
    born: frozenset[str]
    born_in: frozenset[str] = field(default=frozenset(), kw_only=True)
    neighbours: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class Proposal:
    """Two entities that may be one; scores in [0, 1], and what they rest on."""

    first: Candidate
    second: Candidate
    score: float
    name_score: float
    reasons: tuple[str, ...]


def find_duplicates(
    datasets: Sequence[Dataset], *, least: float = 0.6, decided: Iterable[tuple[str, str]] = ()
) -> pd.DataFrame:
    """Propose pairs of entities that may be one, within a dataset and between datasets.

    Parameters
    ----------
    datasets
        One or more. Entities of different datasets with the same id are taken to be one already.
    least
        Least score of a proposal.
    decided
        Pairs of ids, each in order, that need no further look.

    Returns
    -------
    pandas.DataFrame
        The columns of ``decisions.csv`` with the decision left empty, then ``score``, ``name_score``, the datasets and
        names and ``reasons``; the highest score first.

    Notes
    -----
    The score starts from the best likelihood over all pairs of names and aliases and moves, on the scale of log odds,
    with what else is recorded: a shared identifier all but settles it, another number in the same scheme, another
    country or another year of birth speak against it, shared neighbours for it. It orders the work of a person and is
    not a probability that anything may be merged on: names of persons above all are shared by many.
    """
    import pandas as pd

    candidates = [c for number, data in enumerate(datasets) for c in _candidates(number, data)]
    proposals = _scored(candidates, least, frozenset(decided))
    rows = [
        {
            **dict.fromkeys(("decision", "who", "when", "why"), ""),
            "first": p.first.key[1],
            "second": p.second.key[1],
            "score": round(p.score, 4),
            "name_score": round(p.name_score, 4),
            "first_dataset": datasets[p.first.key[0]].name,
            "first_name": p.first.name,
            "second_dataset": datasets[p.second.key[0]].name,
            "second_name": p.second.name,
            "reasons": "; ".join(p.reasons),
        }
        for p in proposals
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _candidates(number: int, data: Dataset) -> Iterable[Candidate]:
    persons = {name for name, kind in load_schema().entity_types.items() if kind.natural_person}
    ends: dict[str, set[str]] = {}
    for kind, source, target in zip(*(data.relations[c] for c in ("relation", "source", "target")), strict=True):
        if kind != "same_as":
            ends.setdefault(source, set()).add(f"{kind}>{target}")
            ends.setdefault(target, set()).add(f"{kind}<{source}")
    columns = ("id", "type", "name", "aliases", "countries", "identifiers", "description")
    for row in zip(*(data.entities[name] for name in columns), strict=True):
        key, kind, name, aliases, countries, identifiers, description = row
        if kind in SKIPPED_TYPES:
            continue
        read_as: Kind = "person" if kind in persons else "organization"
        group = {"address": "address", "wallet": "wallet"}.get(kind, read_as)
        yield Candidate(
            key=(number, key),
            name=name,
            type=kind,
            group=group,
            names=tuple(read_name(text, read_as) for text in dict.fromkeys([name, *split_list(aliases)])),
            countries=frozenset(split_list(countries)),
            identifiers=frozenset(split_list(identifiers)),
            born=frozenset(BORN.findall(description)) if read_as == "person" else frozenset(),
            born_in=frozenset(_places(description)) if read_as == "person" else frozenset(),
            neighbours=frozenset(ends.get(key, ())),
        )


def _places(description: str) -> Iterable[str]:
    """Places of birth that a description names, without the country behind the comma."""
    for text in BORN_IN.findall(description):
        yield from filter(None, [" ".join(re.findall(r"\w+", text.partition(",")[0].casefold()))])


def _scored(candidates: Sequence[Candidate], least: float, decided: frozenset[tuple[str, str]]) -> list[Proposal]:
    best: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {}
    commonness = Counter(name.key for c in candidates for name in {n.key: n for n in c.names}.values())
    for group in ("person", "organization", "address"):
        owners = [n for n, c in enumerate(candidates) if c.group == group for _ in c.names]
        names = [name for c in candidates if c.group == group for name in c.names]
        for a, b in candidate_pairs(names, np.array(owners, np.int64)).pairs.tolist():
            pair = (owners[a], owners[b])
            score = compare_forms(names[a], names[b])
            if score.likelihood > best.get(pair, (-1.0, ()))[0]:
                said = _common(names[a], names[b], commonness)
                best[pair] = (score.likelihood, (*score.reasons, *said))
    for pair in _sharing_identifiers(candidates):
        best.setdefault(pair, (0.0, ()))
    proposals = []
    for (a, b), (likelihood, reasons) in best.items():
        first, second = candidates[a], candidates[b]
        ids = (first.key[1], second.key[1])
        if ids[0] == ids[1] or tuple(sorted(ids)) in decided:
            continue
        proposal = weigh(first, second, likelihood, reasons)
        if proposal.score >= least:
            proposals.append(proposal)
    return sorted(proposals, key=lambda p: (-p.score, -p.name_score, p.first.key, p.second.key))


def _common(first: NameForm, second: NameForm, commonness: Mapping[str, int]) -> tuple[str, ...]:
    count = max(commonness[first.key], commonness[second.key])
    return (f"a name that {count} entities here have",) if count > 2 else ()


def _sharing_identifiers(candidates: Sequence[Candidate]) -> Iterable[tuple[int, int]]:
    holders: dict[str, list[int]] = {}
    for number, candidate in enumerate(candidates):
        for identifier in candidate.identifiers:
            holders.setdefault(identifier, []).append(number)
    for identifier in sorted(holders):
        numbers = holders[identifier]
        if len(numbers) <= COMMON:
            yield from ((a, b) for k, a in enumerate(numbers) for b in numbers[k + 1 :])


def weigh(first: Candidate, second: Candidate, likelihood: float, reasons: Iterable[str] = ()) -> Proposal:
    """Move the likelihood of the names by what else is recorded of two entities."""
    said = list(reasons)
    odds = math.log(max(likelihood, 1e-4) / max(1 - likelihood, 1e-4))
    for shift, reason in _evidence(first, second):
        odds += shift
        said.append(reason)
    score = min(CERTAIN, 1 / (1 + math.exp(-odds)))
    return Proposal(first, second, score, likelihood, tuple(said))


def _evidence(first: Candidate, second: Candidate) -> Iterable[tuple[float, str]]:
    """Shifts of the log odds, each with its reason."""
    both_have = sorted(first.identifiers & second.identifiers)
    contacts = [item for item in both_have if item.partition(":")[0] in CONTACTS]
    shared = [item for item in both_have if item not in contacts]
    if contacts:
        yield 2.0, f"same contact {', '.join(contacts)}"
    if shared:
        yield 12.0, f"same identifier {', '.join(shared)}"
    else:
        schemes = _schemes(first) & _schemes(second)
        if schemes:
            yield -2.5, f"different numbers in {', '.join(sorted(schemes))}"
    if first.born and second.born:
        same = first.born & second.born
        yield (1.5, f"same year of birth {min(same)}") if same else (-3.0, "different years of birth")
    if first.born_in and second.born_in:
        places = sorted(first.born_in & second.born_in)
        yield (1.0, f"same place of birth {places[0]}") if places else (-0.5, "different places of birth")
    if first.countries and second.countries:
        both = sorted(first.countries & second.countries)
        yield (0.5, f"same country {', '.join(both)}") if both else (-1.0, "different countries")
    if neighbours := first.neighbours & second.neighbours:
        yield min(2.0, 0.7 * len(neighbours)), f"same recorded ties ({len(neighbours)})"
    if first.type != second.type:
        yield -0.3, f"recorded as {first.type} and {second.type}"


def _schemes(candidate: Candidate) -> set[str]:
    """Schemes in which an entity has a number of its own."""
    return {item.partition(":")[0] for item in candidate.identifiers} - CONTACTS - LISTS
