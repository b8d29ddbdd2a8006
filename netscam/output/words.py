"""Relations told in words, with their legal status and the documents behind them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from netscam.data.evidence import relation_probabilities, tie_factor
from netscam.schema import Prior, load_schema

if TYPE_CHECKING:
    import pandas as pd

    from netscam.analysis.paths import Path
    from netscam.data.dataset import Dataset


def relation_statuses(data: Dataset) -> pd.Series[str]:
    """Strongest legal status among the supporting evidence of each relation.

    Returns
    -------
    pandas.Series
        Index: relation id, in id order; ``""`` for a relation without supporting evidence.
    """
    import pandas as pd

    ranks = {name: status.rank for name, status in load_schema().statuses.items()}
    rows = data.evidence[data.evidence["stance"] == "supports"]
    rows = rows.assign(rank=rows["status"].map(ranks)).sort_values(["relation", "rank"], kind="stable")
    strongest = rows.drop_duplicates("relation").set_index("relation")["status"]
    return strongest.reindex(pd.Index(data.relations["id"], name="relation")).fillna("").rename("status")


def tell_relations(data: Dataset, relations: Iterable[str], *, prior: str | Prior = "default") -> dict[str, str]:
    """Say relations in words: who, status and verb, whom, when, probability, documents, denials.

    Returns
    -------
    dict
        Sentence by relation id, for example ``A is alleged to own B (probability 0.62; S029 Press agency
        2025-01-17)``.

    Raises
    ------
    KeyError
        No relation has one of the ids.
    """
    schema = load_schema()
    rows = {str(row["id"]): row for row in data.relations.to_dict("records")}
    names = dict(zip(data.entities["id"], data.entities["name"], strict=True))
    statuses, likely = relation_statuses(data), relation_probabilities(data, prior=prior)
    factor = tie_factor(data, prior=prior)
    told = {}
    for relation in relations:
        row = rows[relation]
        kind = schema.relation_types[str(row["relation"])]
        status = statuses[relation]
        verb = schema.statuses[status].say(kind) if status else f"is entered here to {kind.infinitive}"
        standing = [schema.statuses[status].phrase] if status and verb == kind.verb else []
        chance = [f"probability {likely[relation]:.2f}"]
        chance += [f"{likely[relation] * factor[relation]:.2f} as a tie"] if factor[relation] < 1 else []
        notes = "; ".join([*standing, *_span(row), *chance, _sources(data, relation)])
        told[relation] = f"{names[row['source']]} {verb} {names[row['target']]} ({notes})"
    return told


def _span(row: dict[Hashable, Any]) -> list[str]:
    words = [f"{word} {row[column]}" for word, column in (("from", "start"), ("until", "end")) if row[column]]
    return [" ".join(words)] if words else []


def _sources(data: Dataset, relation: str) -> str:
    rows = data.evidence[data.evidence["relation"] == relation].sort_values(["stance", "document"])
    rows = rows.merge(data.documents.rename(columns={"id": "document"}), on="document", validate="many_to_one")
    supports = rows["stance"].eq("supports")
    told = rows["document"] + " " + rows["publisher"] + (" " + rows["published"]).where(rows["published"].ne(""), "")
    return "; ".join([*told[supports], *("disputed by " + told[~supports])]) or "no document"


def tell_path(data: Dataset, path: Path, *, prior: str | Prior = "default") -> list[str]:
    """Say a path in words, one line for each relation between neighbours on it.

    Returns
    -------
    list of str
        Lines in the order of the path; parallel relations follow each other in id order.
    """
    found: list[str] = []
    relations = data.relations
    for first, second in pairwise(path.nodes):
        there = relations["source"].eq(first) & relations["target"].eq(second)
        back = relations["source"].eq(second) & relations["target"].eq(first)
        found += relations.loc[there | back, "id"].tolist()
    return list(tell_relations(data, found, prior=prior).values())
