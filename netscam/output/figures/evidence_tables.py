"""Counts behind the figure of the evidence: grades, kinds of documents, and independent origins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

    from netscam.data.dataset import Dataset

RELIABILITY = ("A", "B", "C", "D", "E", "F", "")
CREDIBILITY = ("1", "2", "3", "4", "5", "6", "")


def count_grades(data: Dataset) -> pd.DataFrame:
    """Evidence rows by reliability of the document and credibility of the claim.

    Returns
    -------
    pandas.DataFrame
        Columns ``reliability, credibility, rows, disputes``: one row for each pair of grades, ``""`` for none;
        ``disputes`` are those of ``rows`` that dispute their relation.
    """
    import pandas as pd

    grades = data.documents.set_index("id")["reliability"]
    rows = data.evidence.assign(reliability=data.evidence["document"].map(grades).fillna(""))
    rows["disputes"] = rows["stance"].eq("disputes")
    found = rows.groupby(["reliability", "credibility"])["disputes"].agg(["size", "sum"])
    every = pd.MultiIndex.from_product([RELIABILITY, CREDIBILITY], names=["reliability", "credibility"])
    table = found.reindex(every).fillna(0).astype(int).reset_index()
    return table.rename(columns={"size": "rows", "sum": "disputes"})


def count_kinds(data: Dataset) -> pd.DataFrame:
    """Documents and their evidence rows by kind and reliability; kinds with most documents first.

    Returns
    -------
    pandas.DataFrame
        Columns ``kind, reliability, documents, rows``.
    """
    rows = data.evidence["document"].value_counts()
    documents = data.documents.assign(rows=data.documents["id"].map(rows).fillna(0).astype(int))
    table = documents.groupby(["kind", "reliability"], as_index=False).agg(
        documents=("id", "size"), rows=("rows", "sum")
    )
    total = table.groupby("kind")["documents"].transform("sum")
    return (
        table.assign(total=total)
        .sort_values(["total", "kind", "reliability"], ascending=[False, True, True], ignore_index=True)
        .drop(columns="total")
    )


def supporting_origins(data: Dataset) -> pd.DataFrame:
    """Origins that support each relation: columns ``relation, origin``, each pair once.

    A document without an origin group is an origin of its own.
    """
    rows = data.evidence[data.evidence["stance"] == "supports"]
    group = rows["document"].map(data.documents.set_index("id")["origin_group"]).fillna("")
    origin = group.where(group.ne(""), "document " + rows["document"])
    return rows[["relation"]].assign(origin=origin).drop_duplicates(ignore_index=True)


def count_origins(data: Dataset) -> pd.DataFrame:
    """Relations by standing and by the number of independent origins that support them.

    Returns
    -------
    pandas.DataFrame
        Columns ``status, origins, relations``: ``status`` is ``all``, then each strongest standing that occurs, from
        the strongest on (``""`` without support); ``origins`` is ``none, one, two, three`` or ``more``.
    """
    import numpy as np
    import pandas as pd

    from netscam.output.words import relation_statuses

    words = ["none", "one", "two", "three", "more"]
    counts = supporting_origins(data)["relation"].value_counts()
    number = data.relations["id"].map(counts).fillna(0).astype(int).clip(upper=4)
    status = pd.Series(relation_statuses(data).to_numpy(), index=number.index)
    both = pd.DataFrame({"status": status, "number": number})
    whole = both.assign(status="all")
    table = pd.concat([whole, both]).groupby(["status", "number"]).size().rename("relations").reset_index()
    order = ["all", *load_schema().statuses, ""]
    table["place"] = [order.index(name) for name in table["status"]]
    table = table.sort_values(["place", "number"], ignore_index=True)
    table["origins"] = np.array(words, dtype=object)[table["number"].to_numpy(dtype=int)]
    return table[["status", "origins", "relations"]]


def rank_origins(data: Dataset) -> pd.DataFrame:
    """Origins by how many relations rest on them alone.

    Returns
    -------
    pandas.DataFrame
        Columns ``origin, publisher, published, documents, relations, share``: publisher and date are those of the
        origin's first document by date; ``share`` is of all relations. Origins without such a relation are left out.
    """
    pairs = supporting_origins(data)
    alone = pairs[~pairs["relation"].duplicated(keep=False)]
    counts = alone["origin"].value_counts().rename("relations").rename_axis("origin").reset_index()
    documents = data.documents.assign(
        origin=data.documents["origin_group"].where(
            data.documents["origin_group"].ne(""), "document " + data.documents["id"]
        ),
        undated=data.documents["published"].eq(""),
    ).sort_values(["origin", "undated", "published", "id"])
    first = documents.drop_duplicates("origin")[["origin", "publisher", "published"]]
    size = documents.groupby("origin").size().rename("documents").reset_index()
    table = counts.merge(first, on="origin", validate="1:1").merge(size, on="origin", validate="1:1")
    table["share"] = table["relations"] / max(len(data.relations), 1)
    table = table.sort_values(["relations", "origin"], ascending=[False, True], ignore_index=True)
    return table[["origin", "publisher", "published", "documents", "relations", "share"]]
