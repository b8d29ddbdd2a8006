"""Chapter: how good the evidence is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.output.report.model import Chapter, Grid, Line, Paragraph
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

    from netscam.output.report.facts import Facts


def evidence(facts: Facts) -> Chapter:
    """Grades, kinds, independence and standing of what the record rests on."""
    return Chapter(
        "evidence",
        "How good the evidence is",
        (Paragraph(_independence(facts)), Paragraph(_disputes(facts)), _grades(facts), _standings(facts)),
    )


def _supports(facts: Facts) -> pd.DataFrame:
    """Supporting evidence with grade and origin group of its document."""
    rows = facts.data.evidence[facts.data.evidence["stance"].eq("supports")]
    known = facts.data.documents.set_index("id")[["reliability", "origin_group", "kind", "published"]]
    return rows.join(known, on="document")


def lone_share(facts: Facts) -> tuple[int, int]:
    """Relations that rest on a single origin, and all relations with support."""
    origins = _supports(facts).groupby("relation")["origin_group"].nunique()
    return int(origins.eq(1).sum()), len(origins)


def _independence(facts: Facts) -> Line:
    lone, all_ = lone_share(facts)
    cited = facts.data.documents["id"].isin(facts.data.evidence["document"])
    undated = int((facts.data.documents["published"].eq("") & cited).sum())
    return (
        (
            f"{all_:,} relations rest on {len(_supports(facts)):,} pieces of supporting evidence from "
            f"{int(cited.sum())} documents. {lone:,} of them ({lone / max(all_, 1):.0%}) rest on one origin only: if "
            f"that origin is wrong, nothing else in the record holds them. {undated} of the documents carry no date "
            "of publication, so that results as known on an earlier date leave them out."
        ),
    )


def _disputes(facts: Facts) -> Line:
    disputes = facts.data.evidence[facts.data.evidence["stance"].eq("disputes")]
    return (
        (
            f"{len(disputes)} pieces of evidence dispute a relation: the other side is kept in the record, shown "
            f"beside the claim, and lowers its probability. They bear on {disputes['relation'].nunique()} relations."
        ),
    )


def _grades(facts: Facts) -> Grid:
    meanings = load_schema().vocabularies["reliabilities"]
    cited = facts.data.documents[facts.data.documents["id"].isin(facts.data.evidence["document"])]
    claims = _supports(facts).groupby("reliability")["id"].count()
    rows = tuple(
        (
            (grade,),
            (meaning,),
            (f"{int(cited['reliability'].eq(grade).sum())}",),
            (f"{int(claims.get(grade, 0))}",),
        )
        for grade, meaning in meanings.items()
    )
    numbers = ("Documents", "Pieces of evidence")
    return Grid("Documents by reliability", ("Grade", "Meaning", *numbers), rows, numbers)


def _standings(facts: Facts) -> Grid:
    counts = _supports(facts)["status"].value_counts()
    rows = tuple(
        ((name,), (status.meaning,), (f"{int(counts.get(name, 0))}",))
        for name, status in load_schema().statuses.items()
        if counts.get(name, 0)
    )
    return Grid(
        "Supporting evidence by standing", ("Standing", "Meaning", "Pieces of evidence"), rows, ("Pieces of evidence",)
    )
