"""Relations to ties, by columns: which pairs are joined, how likely, how near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from netscam.data.coding import code
from netscam.data.evidence import (
    CodedEvidence,
    code_evidence,
    coded_factors,
    coded_origins,
    coded_probabilities,
    combine,
    find_prior,
)
from netscam.schema import Prior, load_schema

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from netscam.data.dataset import Dataset

    Ints = NDArray[np.signedinteger[Any]]
    Floats = NDArray[np.float64]

CERTAIN = 1 - 1e-12
"""Largest probability of one relation within the product over several."""


@dataclass(frozen=True, eq=False)
class Ties:
    """The analysis graph as arrays: an index of the vertices and one row per edge.

    Parameters
    ----------
    vertices
        Columns ``id``, ``name``, ``type`` in id order: the index beside the graph.
    ends
        Shape (m, 2), int64: vertex numbers, sorted; with ``source < target`` unless the ties have directions.
    probability, strength, distance
        Shape (m,); see ``to_igraph``.
    relations
        How many relations were merged, shape (m,).
    directed
        Whether the ties have directions.
    """

    vertices: pd.DataFrame
    ends: Ints
    probability: Floats
    strength: Floats
    distance: Floats
    relations: Ints
    directed: bool


def tie_arrays(
    data: Dataset,
    *,
    types: Iterable[str] | None = None,
    directed: bool = False,
    prior: str | Prior = "default",
) -> Ties:
    """What ``to_igraph`` builds its graph from, for code that wants arrays; the same arguments and meaning.

    No Python object is made for a relation: ids are looked up once, everything else is numbers.
    """
    chosen = find_prior(prior)
    kept = _kept(data, types, chosen)
    number = np.append(np.where(kept, np.cumsum(kept) - 1, -1), -1).astype(np.int32)
    source, target = data.rows("relations", "source"), data.rows("relations", "target")
    evidence = code_evidence(data, prior=chosen)
    tie = coded_probabilities(evidence, len(data.relations), chosen) * coded_factors(data, source, target, chosen)
    source, target = number[source], number[target]
    row = np.flatnonzero((source >= 0) & (target >= 0) & (source != target) & (tie > 0))
    row, source, target = _pairs(data, row, source[row], target[row], directed=directed)
    vertices = data.entities.loc[kept, ["id", "name", "type"]].reset_index(drop=True)
    return _merged(data, evidence, tie, vertices, (row, source, target), directed=directed)


def _kept(data: Dataset, types: Iterable[str] | None, prior: Prior) -> NDArray[np.bool_]:
    """Which entities become vertices."""
    wanted = load_schema().analysis_types if types is None else tuple(types)
    never = [precision for precision, factor in prior.address.items() if factor == 0]
    entities = data.entities
    far = entities["type"].eq("address") & entities["coordinate_precision"].isin(never)
    return (entities["type"].isin(wanted) & ~far).to_numpy(bool)


def _pairs(data: Dataset, row: Ints, source: Ints, target: Ints, *, directed: bool) -> tuple[Ints, Ints, Ints]:
    """Rows of relations and their ends; with directions, relations without one appear both ways."""
    if not directed:
        return row, np.minimum(source, target), np.maximum(source, target)
    codes, words = code(data.relations["relation"])
    kinds = load_schema().relation_types
    both_ways = np.array([not kinds[word].directed for word in words], dtype=bool)[codes[row]]
    ends = (row, source, target), (row[both_ways], target[both_ways], source[both_ways])
    row, source, target = (np.concatenate(parts) for parts in zip(*ends, strict=True))
    return row, source, target


def _merged(
    data: Dataset,
    evidence: CodedEvidence,
    tie: Floats,
    vertices: pd.DataFrame,
    pairs: tuple[Ints, Ints, Ints],
    *,
    directed: bool,
) -> Ties:
    """One edge per pair: a relation that stands alone is its edge, the others are combined."""
    row, source, target = pairs
    pair = source * np.int64(max(1, len(vertices))) + target
    order = np.argsort(pair)
    pair, row = pair[order], row[order]
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    ends = np.column_stack(np.divmod(pair[first], max(1, len(vertices))))
    relations = np.diff(np.append(first, len(row)))
    strength = tie[row[first]]
    miss = np.log1p(-np.minimum(strength, CERTAIN))
    shared = np.repeat(relations > 1, relations)
    if shared.any():
        among, alike = row[shared], np.repeat(np.arange(len(first)), relations)[shared]
        kinds = code(data.relations["relation"].iloc[among])[0]
        groups, sums = combine(alike, kinds, tie[among], miss=False)
        strength[groups] = sums
        leaning = _origin_order(data, evidence, among)
        groups, sums = combine(alike, leaning, np.minimum(tie[among], CERTAIN), miss=True)
        miss[groups] = sums
    return Ties(vertices, ends, -np.expm1(miss), strength, 1.0 / strength, relations, directed)


def _origin_order(data: Dataset, evidence: CodedEvidence, among: Ints) -> Ints:
    """What these relations lean on as numbers, in the order of the names that ``leading_origin`` gives."""
    leading = coded_origins(evidence, len(data.relations))[among]
    alone = np.flatnonzero(leading < 0)
    if not len(alone):
        return leading
    own = ("relation " + data.relations["id"].iloc[among[alone]]).tolist()
    names = np.asarray([*evidence.origins, *own], dtype=object)
    rank = np.unique(names, return_inverse=True)[1]
    known = len(evidence.origins)
    leading[leading >= 0] = rank[:known][leading[leading >= 0]]
    leading[alone] = rank[known:]
    return leading


def as_list(values: Any) -> list[Any]:
    """Numbers or texts as the list that an igraph attribute is; values that come again are one object."""
    import pandas as pd

    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    shared: list[Any] = np.array(distinct.tolist(), dtype=object)[codes].tolist()
    return shared
