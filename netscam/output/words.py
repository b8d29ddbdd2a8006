"""Relations told in words, with their legal status and the documents behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.data.evidence import relation_probabilities
from netscam.schema import load_schema

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


def tell_relation(data: Dataset, relation: str) -> str:
    """Say one relation in words: who, status and verb, whom, probability, documents, denials.

    Returns
    -------
    str
        For example ``A is alleged to own B (probability 0.62; S029 Press agency 2025-01-17)``.

    Raises
    ------
    KeyError
        No relation has this id.
    """
    row = data.relations.set_index("id").loc[relation]
    names = data.entities.set_index("id")["name"]
    kind = load_schema().relation_types[row["relation"]]
    status = relation_statuses(data)[relation]
    verb = load_schema().statuses[status].say(kind) if status else kind.verb
    likely = relation_probabilities(data)[relation]
    told = f"{names[row['source']]} {verb} {names[row['target']]} (probability {likely:.2f}; "
    return told + "; ".join(_sources(data, relation)) + ")"


def _sources(data: Dataset, relation: str) -> list[str]:
    documents = data.documents.set_index("id")
    rows = data.evidence[data.evidence["relation"] == relation]
    told = []
    for row in rows.sort_values(["stance", "document"], ascending=[False, True]).itertuples():
        document = documents.loc[row.document]
        prefix = "disputed by " if row.stance == "disputes" else ""
        told.append(f"{prefix}{row.document} {document['publisher']} {document['published']}".rstrip())
    return told or ["no document"]


def tell_path(data: Dataset, path: Path) -> list[str]:
    """Say a path in words, one line for each relation between neighbours on it.

    Returns
    -------
    list of str
        Lines in the order of the path; parallel relations follow each other in id order.
    """
    lines = []
    for first, second in zip(path.nodes, path.nodes[1:], strict=False):
        relations = data.relations
        there = relations["source"].eq(first) & relations["target"].eq(second)
        back = relations["source"].eq(second) & relations["target"].eq(first)
        lines += [tell_relation(data, relation) for relation in relations.loc[there | back, "id"]]
    return lines
