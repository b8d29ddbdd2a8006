"""Grades into probabilities: how likely it is that a relation holds, given what the documents say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from netscam.data.coding import code, words_as_numbers
from netscam.errors import UnknownNameError
from netscam.schema import Prior, load_schema

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from netscam.data.dataset import Dataset

    Ints = NDArray[np.signedinteger[Any]]
    Floats = NDArray[np.float64]

SUPPORTS, DISPUTES = 0, 1


def find_prior(prior: str | Prior) -> Prior:
    """A prior by name (``strict``, ``default``, ``lenient``) or as it is given."""
    if isinstance(prior, Prior):
        return prior
    priors = load_schema().priors
    if prior not in priors:
        raise UnknownNameError("prior", prior, priors)
    return priors[prior]


def _row_probabilities(data: Dataset, document: Ints, prior: Prior) -> Floats:
    """Probability that each evidence row is right; ``document`` is the place of its document in the table."""
    grades = np.append(words_as_numbers(data.documents["reliability"], prior.reliability), np.nan)
    reliability = grades[document]
    credibility = words_as_numbers(data.evidence["credibility"], prior.credibility)
    return np.asarray(reliability * credibility + (1 - reliability) * prior.base, dtype=np.float64)


def _origins(data: Dataset) -> pd.Series[str]:
    """Origin group of each document; a document without one is an origin of its own."""
    origin = data.documents["origin_group"]
    return origin.where(origin.ne(""), "document " + data.documents["id"])


def evidence_probabilities(data: Dataset, *, prior: str | Prior = "default") -> pd.DataFrame:
    """Probability that each evidence row is right.

    For a row graded c on a document graded r: ``p = r * c + (1 - r) * base``: the source is reliable and the claim
    true, or the source is worthless and the claim true by chance.

    Returns
    -------
    pandas.DataFrame
        Columns ``id, relation, stance, origin_group, probability``, one row per evidence row, in id order. A document
        without an origin group is an origin of its own.
    """
    import pandas as pd

    document = data.rows("evidence", "document")
    return pd.DataFrame(
        {
            "id": data.evidence["id"],
            "relation": data.evidence["relation"],
            "stance": data.evidence["stance"],
            "origin_group": _origins(data).reindex(document).array,
            "probability": _row_probabilities(data, document, find_prior(prior)),
        }
    )


@dataclass(frozen=True, eq=False)
class CodedEvidence:
    """The evidence as numbers, so that nothing is grouped by text.

    Parameters
    ----------
    relation
        Row of ``relations`` that each claim is about, shape (c,); rows that point nowhere are left out.
    stance
        ``SUPPORTS`` or ``DISPUTES``.
    origin
        Number of the origin behind it, in the order of ``origins``.
    probability
        Probability that the claim is right.
    origins
        Names of the origins, sorted.
    """

    relation: Ints
    stance: Ints
    origin: Ints
    probability: Floats
    origins: list[str]


def code_evidence(data: Dataset, *, prior: str | Prior = "default") -> CodedEvidence:
    """The evidence of a dataset as numbers; made once for all that is computed from it."""
    document, relation = data.rows("evidence", "document"), data.rows("evidence", "relation")
    numbers, names = code(_origins(data))
    origin = np.append(numbers, -1).astype(np.int32)[document]
    stance = words_as_numbers(data.evidence["stance"], {"supports": SUPPORTS, "disputes": DISPUTES})
    probability = _row_probabilities(data, document, find_prior(prior))
    usable = (relation >= 0) & (origin >= 0) & ~np.isnan(stance)
    if not usable.all():
        relation, origin = relation[usable], origin[usable]
        stance, probability = stance[usable], probability[usable]
    return CodedEvidence(relation, stance.astype(np.int8), origin, probability, names)


def combine(group: Ints, kind: Ints, value: Floats, *, miss: bool) -> tuple[Ints, Floats]:
    """Combine values group by group: within one kind the largest counts, then the kinds of a group add up.

    Parameters
    ----------
    group, kind
        Numbers; of a group the kinds are added in their order.
    value
        Numbers in [0, 1]; NaN counts for nothing.
    miss
        Add ``log(1 - value)`` instead of the value.

    Returns
    -------
    groups, sums
        Every group that occurs, ascending, and its sum: compensated for rounding, as pandas' group sums are.
    """
    import pandas as pd

    order = np.lexsort([kind, group])
    group, kind, value = group[order], kind[order], value[order]
    changes = np.ones(len(group), dtype=bool)
    changes[1:] = (group[1:] != group[:-1]) | (kind[1:] != kind[:-1])
    starts = np.flatnonzero(changes)
    best = np.fmax.reduceat(value, starts) if len(starts) else value
    addends = np.log1p(-best) if miss else best
    sums = pd.Series(addends).groupby(group[starts], sort=True).sum()
    keys: Ints = np.asarray(sums.index, dtype=np.int64)
    totals: Floats = np.asarray(sums, dtype=np.float64)
    return keys, totals


def relation_probabilities(data: Dataset, *, prior: str | Prior = "default") -> pd.Series[float]:
    """Probability that each relation holds, from the documents alone.

    Within one origin group the best row counts once; groups combine as ``1 - prod(1 - p)``; disputing rows then
    multiply by ``1 - p_dispute``, where disputing groups combine in the same way. A relation without supporting
    evidence gets the prior's ``no_evidence``.

    Returns
    -------
    pandas.Series
        Index: relation id, in id order. Values in [0, 1].

    Notes
    -----
    This is about the claim itself ("is registered at this village"). Whether a shared village is a tie between
    neighbours is another question: see ``tie_factor``.
    """
    import pandas as pd

    chosen = find_prior(prior)
    likely = coded_probabilities(code_evidence(data, prior=chosen), len(data.relations), chosen)
    return pd.Series(likely, index=pd.Index(data.relations["id"], name="relation"), name="probability")


def coded_probabilities(evidence: CodedEvidence, relations: int, prior: Prior) -> Floats:
    """What ``relation_probabilities`` gives, from evidence that is coded already; shape (relations,)."""
    claim = evidence.relation * 2 + evidence.stance
    missed = np.full(2 * relations, np.nan)
    alone = np.bincount(claim, minlength=2 * relations) == 1
    single = alone[claim]
    missed[claim[single]] = np.nan_to_num(np.log1p(-evidence.probability[single]), nan=0.0)
    several = ~single
    groups, sums = combine(claim[several], evidence.origin[several], evidence.probability[several], miss=True)
    missed[groups] = sums
    combined = 1 - np.exp(missed)
    supported, disputed = combined[0::2], combined[1::2]
    supported = np.where(np.isnan(supported), prior.no_evidence, supported)
    likely: Floats = supported * (1 - np.where(np.isnan(disputed), 0.0, disputed))
    return likely


def tie_factor(data: Dataset, *, prior: str | Prior = "default") -> pd.Series[float]:
    """Probability that a relation, if true, is a tie at all: below 1 only at addresses.

    A street-level address stands for shared premises; a village-level one is a weak tie; city and country never join
    (factor 0). The factors are part of the prior and apply to each relation that ends at the address.

    Returns
    -------
    pandas.Series
        Index: relation id, in id order. Values in [0, 1].
    """
    import pandas as pd

    source, target = data.rows("relations", "source"), data.rows("relations", "target")
    factors = coded_factors(data, source, target, find_prior(prior))
    return pd.Series(factors, index=pd.Index(data.relations["id"], name="relation"), name="factor")


def coded_factors(data: Dataset, source: Ints, target: Ints, prior: Prior) -> Floats:
    """What ``tie_factor`` gives, from ends that are rows of ``entities`` already; shape (relations,)."""
    stated = words_as_numbers(data.entities["coordinate_precision"], _address_factors(prior))
    joins = np.where(data.entities["type"].eq("address").to_numpy(bool) & ~np.isnan(stated), stated, 1.0)
    joins = np.append(joins, 1.0)
    weaker: Floats = np.minimum(joins[source], joins[target])
    return weaker


def _address_factors(prior: Prior) -> dict[str, float]:
    """Factor of each precision as it is written: nothing means unknown, an exact place is a street."""
    factors = dict(prior.address)
    written = {"": factors.get("unknown", np.nan), "exact": factors.get("street", np.nan)}
    return {**factors, **written}


def leading_origin(data: Dataset, *, prior: str | Prior = "default") -> pd.Series[str]:
    """Origin group of the best supporting row of each relation: what the relation leans on most.

    Returns
    -------
    pandas.Series
        Index: relation id, in id order. A relation without supporting evidence leans on itself.
    """
    import pandas as pd

    evidence = code_evidence(data, prior=prior)
    leading = coded_origins(evidence, len(data.relations))
    names = pd.Series(np.asarray([*evidence.origins, ""], dtype=object), dtype="str")
    ids = pd.Index(data.relations["id"], name="relation")
    named = pd.Series(names.array.take(leading), index=ids)
    alone = pd.Series(("relation " + data.relations["id"]).array, index=ids)
    return named.where(leading >= 0, alone).rename("origin_group")


def coded_origins(evidence: CodedEvidence, relations: int) -> Ints:
    """Number of the leading origin of each relation, -1 where nothing supports it; shape (relations,)."""
    rows = np.flatnonzero(evidence.stance == SUPPORTS)
    relation = evidence.relation[rows]
    leading = np.full(relations, -1, dtype=np.int64)
    single = np.bincount(relation, minlength=relations)[relation] == 1
    leading[relation[single]] = evidence.origin[rows[single]]
    rows, relation = rows[~single], relation[~single]
    order = np.lexsort([evidence.origin[rows], -evidence.probability[rows], relation])
    rows, relation = rows[order], relation[order]
    first = np.flatnonzero(np.diff(relation, prepend=-1))
    leading[relation[first]] = evidence.origin[rows[first]]
    return leading
