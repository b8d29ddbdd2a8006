"""Chapters: methods, limits, corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.output.report.model import Bullets, Chapter, Grid, Line, Paragraph

if TYPE_CHECKING:
    from netscam.output.report.facts import Facts


def methods(facts: Facts) -> Chapter:
    """How the numbers came about, and how to get them again."""
    draws = facts.doubt.parameters["draws"]
    items: tuple[Line, ...] = (
        ("Network: entities that some relation ties, without authorities, places and wallets; one tie for each pair.",),
        (
            (
                "Probability of a relation: the grade of the source and of the claim (admiralty scales) read as "
                "chances by the default prior; documents of one origin count once; disputing evidence counts against."
            ),
        ),
        (
            (
                f"Intervals: {draws} networks drawn from these probabilities; documents of one origin are right or "
                "wrong together. The interval holds at least 90 % of the draws."
            ),
        ),
        (
            (
                "Key nodes: branch and cut with proved bounds (Arulselvan and others 2009; Borgatti 2006; Di Summa, "
                "Grosso and Locatelli 2012). Proved means proved for the network as recorded."
            ),
        ),
        (f"Communities: {facts.study.partition.method} on the same network, seed {facts.study.seed}.",),
        (
            (
                "Status: the strongest standing that supporting evidence gives. Designated is an administrative act, "
                "not a verdict; charged and indicted are not proved; named in allegations or reports is what a "
                "document says."
            ),
        ),
    )
    again = (
        (
            f"Every number comes from netscam, version {facts.doubt.versions['netscam']}, on {facts.data.title}, "
            f"version {facts.data.version}, sha256 {facts.data.hash()}. The same command gives the same bytes."
        ),
    )
    return Chapter("methods", "How the numbers were made", (Bullets(items), Paragraph(again)))


def limits(facts: Facts) -> Chapter:
    """What the report cannot say."""
    lone = "what one origin says alone may be wrong as a whole"
    items: tuple[Line, ...] = (
        ("The record holds what documents say. Whoever no document names is not in it, however important.",),
        ("A high rank is a place in this record. It is not guilt, responsibility, wealth or power.",),
        (f"Grades are judgements, and {lone}; the intervals speak about this doubt and no other.",),
        ("Places follow attention: an entity that many journalists and authorities wrote about has more ties here.",),
        (
            (
                "Removal in a model is not arrest: depending on the kind of node it stands for freezing, delisting, "
                "blocking a channel, or closing a site, and it may not be possible or lawful at all."
            ),
        ),
        ("People held and forced to work in compounds are victims; they are never nodes of this network.",),
        (f"The record ends on {facts.data.as_of}. What happened after is not in it.",),
    )
    return Chapter("limits", "What this report cannot say", (Bullets(items),))


def corrections(facts: Facts) -> Chapter:
    """What has been corrected, and how to ask for it."""
    table = facts.data.corrections
    how = ("Whoever finds a mistake, or is named and objects, can ask for a correction: " + _contact(facts),)
    if table.empty:
        return Chapter(
            "corrections", "Corrections", (Paragraph(("No correction has been made so far.",)), Paragraph(how))
        )
    rows = tuple(
        (
            (str(row["date"]),),
            (f"{row['table']} {row['row']}",),
            facts.namer.annotate(str(row["what_changed"])),
            facts.namer.annotate(str(row["why"]), *([str(row["document"])] if row["document"] else [])),
        )
        for row in table.sort_values(["date", "id"]).to_dict("records")
    )
    grid = Grid("Corrections made", ("Date", "Row", "What changed", "Why"), rows)
    return Chapter("corrections", "Corrections", (Paragraph(how), grid))


def _contact(facts: Facts) -> str:
    said = facts.data.package.get("netscam", {}).get("corrections", "")
    return str(said) or "open an issue in the project's repository."
