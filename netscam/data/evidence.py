"""Grades into probabilities: how likely it is that a relation holds, given what the documents say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.errors import UnknownNameError
from netscam.schema import Prior, load_schema

if TYPE_CHECKING:
    import pandas as pd

    from netscam.data.dataset import Dataset


def find_prior(prior: str | Prior) -> Prior:
    """A prior by name (``strict``, ``default``, ``lenient``) or as it is given."""
    if isinstance(prior, Prior):
        return prior
    priors = load_schema().priors
    if prior not in priors:
        raise UnknownNameError("prior", prior, priors)
    return priors[prior]


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

    chosen = find_prior(prior)
    documents = data.documents.set_index("id")
    reliability = data.evidence["document"].map(documents["reliability"]).map(dict(chosen.reliability)).astype(float)
    credibility = data.evidence["credibility"].map(dict(chosen.credibility)).astype(float)
    origin = data.evidence["document"].map(documents["origin_group"])
    return pd.DataFrame(
        {
            "id": data.evidence["id"],
            "relation": data.evidence["relation"],
            "stance": data.evidence["stance"],
            "origin_group": origin.where(origin.ne(""), "document " + data.evidence["document"]),
            "probability": reliability * credibility + (1 - reliability) * chosen.base,
        }
    )


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
    import numpy as np
    import pandas as pd

    chosen = find_prior(prior)
    rows = evidence_probabilities(data, prior=chosen)
    best = rows.groupby(["relation", "stance", "origin_group"], sort=True)["probability"].max()
    miss = np.log1p(-best).groupby(level=["relation", "stance"], sort=True).sum()
    combined = (1 - np.exp(miss)).unstack("stance")
    ids = pd.Index(data.relations["id"], name="relation")
    combined = combined.reindex(index=ids, columns=["supports", "disputes"])
    supported = combined["supports"].fillna(chosen.no_evidence)
    likely: pd.Series[float] = supported * (1 - combined["disputes"].fillna(0.0))
    return likely.rename("probability")


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

    chosen = find_prior(prior)
    is_address = data.entities["type"].eq("address")
    precision = data.entities.loc[is_address, "coordinate_precision"].replace("", "unknown").replace("exact", "street")
    factor = pd.Series(precision.map(dict(chosen.address)).to_numpy(float), index=data.entities.loc[is_address, "id"])
    ends = [data.relations[end].map(factor).fillna(1.0).astype(float) for end in ("source", "target")]
    joined = ends[0].where(ends[0] < ends[1], ends[1])
    return pd.Series(joined.to_numpy(), index=pd.Index(data.relations["id"], name="relation"), name="factor")


def leading_origin(data: Dataset, *, prior: str | Prior = "default") -> pd.Series[str]:
    """Origin group of the best supporting row of each relation: what the relation leans on most.

    Returns
    -------
    pandas.Series
        Index: relation id, in id order. A relation without supporting evidence leans on itself.
    """
    import pandas as pd

    rows = evidence_probabilities(data, prior=prior)
    rows = rows[rows["stance"] == "supports"].sort_values(
        ["relation", "probability", "origin_group"], ascending=[True, False, True], kind="stable"
    )
    leading = rows.drop_duplicates("relation").set_index("relation")["origin_group"]
    ids = pd.Index(data.relations["id"], name="relation")
    return leading.reindex(ids).fillna(pd.Series("relation " + ids.to_series(), index=ids)).rename("origin_group")
