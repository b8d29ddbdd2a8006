"""What the documents say about every tie, as arrays that a draw can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netscam.data.evidence import evidence_probabilities, find_prior, relation_probabilities, tie_factor
from netscam.schema import Prior

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netscam.data.dataset import Dataset

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Claims:
    """The best row of every origin on every relation, in order of relation, stance and origin.

    Parameters
    ----------
    relation
        Number of the relation that the claim is about, shape (c,).
    denies
        Whether the claim disputes the relation.
    origin
        Number of the origin (origin group and stance) that stands behind it.
    statement
        Number of what that origin says about that pair of entities: its claims on one pair are one statement.
    reliable, credible
        Probability that the origin is reliable, and that the claim is true if it is.
    base
        Probability that a claim of an unreliable origin is true by chance.
    pair
        Number of the pair of entities that each relation joins, shape (relations,).
    factor
        Probability that each relation, if true, is a tie at all (below 1 at addresses).
    probability
        Probability that each relation holds and is a tie.
    """

    relation: Ints
    denies: NDArray[np.bool_]
    origin: Ints
    statement: Ints
    reliable: Floats
    credible: Floats
    base: float
    pair: Ints
    factor: Floats
    probability: Floats

    @property
    def sizes(self) -> tuple[int, int, int]:
        """How many origins, statements and pairs there are: the numbers that one draw needs."""
        return _count(self.origin), _count(self.statement), _count(self.pair)


def _count(codes: Ints) -> int:
    return int(codes.max()) + 1 if codes.size else 0


def compile_claims(data: Dataset, rows: Ints, pair: Ints, *, prior: str | Prior = "default") -> Claims:
    """Turn the evidence on some relations into arrays.

    Parameters
    ----------
    data
        The dataset.
    rows
        Rows of ``data.relations`` that are wanted, ascending.
    pair
        Number of the pair of entities that each of them joins.
    prior
        Prior that turns grades into probabilities.

    Returns
    -------
    Claims
        A relation without supporting evidence gets one claim of its own with the prior's ``no_evidence``.
    """
    chosen = find_prior(prior)
    table = _best_rows(data, chosen)
    number = pd.Series(np.arange(len(rows)), index=data.relations["id"].to_numpy()[rows])
    table = table[table["relation"].isin(number.index)]
    table = table.assign(number=number.reindex(table["relation"]).to_numpy(np.int64))
    table = pd.concat([table, _without_support(table, number, chosen)], ignore_index=True)
    table = table.sort_values(["number", "denies", "origin_group"], kind="stable", ignore_index=True)
    table["pair"] = pair[table["number"].to_numpy(np.int64)]
    factor = np.asarray(tie_factor(data, prior=chosen), dtype=np.float64)[rows]
    return Claims(
        relation=table["number"].to_numpy(np.int64),
        denies=table["denies"].to_numpy(bool),
        origin=_codes(table, ["origin_group", "denies"]),
        statement=_codes(table, ["origin_group", "denies", "pair"]),
        reliable=table["reliable"].to_numpy(np.float64),
        credible=table["credible"].to_numpy(np.float64),
        base=chosen.base,
        pair=pair,
        factor=factor,
        probability=relation_probabilities(data, prior=chosen).to_numpy()[rows] * factor,
    )


def _codes(table: pd.DataFrame, keys: list[str]) -> Ints:
    """Number the distinct values of some columns, in their order."""
    return np.asarray(table.groupby(keys, sort=True).ngroup(), dtype=np.int64)


def _best_rows(data: Dataset, prior: Prior) -> pd.DataFrame:
    """The likeliest row of each origin group on each relation and stance, with its two grades as numbers."""
    rows = evidence_probabilities(data, prior=prior)
    grade = data.documents.set_index("id")["reliability"]
    rows = rows.assign(
        denies=rows["stance"].eq("disputes"),
        reliable=data.evidence["document"].map(grade).map(dict(prior.reliability)).astype(float),
        credible=data.evidence["credibility"].map(dict(prior.credibility)).astype(float),
    )
    keys = ["relation", "denies", "origin_group"]
    best = rows.sort_values(
        [*keys, "probability", "reliable"], ascending=[True, True, True, False, False], kind="stable"
    )
    return best.drop_duplicates(keys)[[*keys, "reliable", "credible"]]


def _without_support(table: pd.DataFrame, number: pd.Series[int], prior: Prior) -> pd.DataFrame:
    bare = number[~number.index.isin(table.loc[~table["denies"], "relation"])]
    return pd.DataFrame(
        {
            "relation": bare.index,
            "denies": False,
            "origin_group": "relation " + bare.index.to_series().to_numpy(object),
            "reliable": 1.0,
            "credible": prior.no_evidence,
            "number": bare.to_numpy(),
        }
    )


def count_origins(data: Dataset) -> pd.Series[int]:
    """How many origin groups name each entity in a supporting row, whatever the relation.

    Returns
    -------
    pandas.Series
        Index: entity id, in id order.
    """
    rows = evidence_probabilities(data)
    rows = rows[rows["stance"].eq("supports")]
    ends = data.relations.set_index("id")[["source", "target"]]
    named = pd.concat([rows.assign(entity=rows["relation"].map(ends[end])) for end in ("source", "target")])
    counts = named.groupby("entity", sort=True)["origin_group"].nunique()
    ids = pd.Index(data.entities["id"])
    return counts.reindex(ids, fill_value=0).astype(int).rename("origins")
