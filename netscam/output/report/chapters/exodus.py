"""Chapter: the month in which most people left, before and after."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import split_list
from netscam.output.report.model import Block, Bullets, Chapter, Cite, Grid, Line, Paragraph, Span, Who

if TYPE_CHECKING:
    from netscam.output.history.exodus import Exodus
    from netscam.output.report.facts import Facts

QUANTITIES = {
    "nodes": "nodes",
    "ties": "ties",
    "betweenness": "betweenness of the nodes that stay, as it was before",
    "connected_pairs": "connected pairs",
    "largest_component": "largest component, nodes",
}


def exodus(facts: Facts) -> Chapter:
    """What the record says vanished, who was left, and the network before and after."""
    found = facts.exodus
    if found is None:
        title = "Sites that emptied or closed"
        return Chapter("exodus", title, (Paragraph(("The record tells of no site that emptied or closed.",)),))
    blocks: list[Block] = [Paragraph(_scope(found)), _sites(facts, found), _elsewhere(facts, found)]
    blocks += [Paragraph(_weight(found)), _network(found), Paragraph(_left(found)), _actors(facts, found)]
    blocks.append(Bullets(tuple((note,) for note in found.notes)))
    return Chapter("exodus", f"Sites that emptied or closed from {found.first} to {found.last}", tuple(blocks))


def _scope(found: Exodus) -> Line:
    counted = len(found.gone)
    return (
        (
            f"In this window the record names {counted} {'compound' if counted == 1 else 'compounds'} that people "
            f"left in numbers or that closed, and tells of {len(found.unnamed)} further events of these kinds without "
            "naming a compound. What follows is what each document says; counts of people differ by date and "
            "definition and must not be added."
        ),
    )


def _sites(facts: Facts, found: Exodus) -> Grid:
    inside = found.events[found.events["when"].eq("window") & found.events["id"].isin(list(found.gone))]
    rows = tuple(
        (
            (str(row["date"]),),
            (facts.namer.who(str(row["id"])),),
            (str(row["state"]),),
            _said(facts, row, str(row["id"])),
        )
        for row in inside.to_dict("records")
    )
    return Grid("Compounds that emptied or closed", ("Date", "Compound", "State", "What the document says"), rows)


def _elsewhere(facts: Facts, found: Exodus) -> Grid:
    rows = tuple(
        ((str(row["date"]),), (str(row["type"]).replace("_", " "),), _said(facts, row), (_people(row["people"]),))
        for row in found.unnamed.to_dict("records")
    )
    header = ("Date", "Kind", "What the document says", "People")
    return Grid("Events that name no compound", header, rows, ("People",))


def _said(facts: Facts, row: dict[Hashable, Any], told: str = "") -> Line:
    """The summary with its document; whoever the event lists and it calls by another name stands behind it."""
    documents = (str(row["document"]),) if row["document"] else ()
    line = facts.namer.annotate(str(row["summary"]), *documents)
    listed = facts.data.events.set_index("id")["entities"].map(split_list)[row["event"]]
    named = {span.id for span in line if isinstance(span, Who)} | {told}
    others = [entity for entity in listed if entity not in named]
    return (*line, " About ", *facts.namer.all(others), ".") if others else line


def _people(count: Any) -> str:
    import pandas as pd

    return "" if pd.isna(count) else f"{int(count):,}"


def _weight(found: Exodus) -> Line:
    rows = {str(row["quantity"]): row for row in found.carried.to_dict("records")}
    pairs, between = rows["connected_pairs"], rows["betweenness"]
    return (
        (
            f"Without these compounds the recorded network loses {pairs['share']:.1%} of its connected pairs and "
            f"{between['share']:.1%} of its betweenness; as many compounds taken at random would lose "
            f"{pairs['random']:.1%} of the pairs on average (90 % of the draws: {pairs['random_low']:.1%} to "
            f"{pairs['random_high']:.1%}). That says how little is written about a site, not how little it mattered."
        ),
    )


def _network(found: Exodus) -> Grid:
    rows = tuple(
        (
            (QUANTITIES.get(str(row["quantity"]), str(row["quantity"])),),
            (f"{row['before']:,.0f}",),
            (f"{row['after']:,.0f}",),
            (f"{row['share']:.1%}",),
        )
        for row in found.carried.to_dict("records")
    )
    numbers = ("Before", "After", "Lost")
    return Grid("The recorded network with and without them", ("Quantity", *numbers), rows, numbers)


def _left(found: Exodus) -> Line:
    return (
        (
            f"Ties of {len(found.actors)} actors end at these compounds; {len(found.connecting())} of the actors are "
            f"also tied, directly or over one other actor, to sites of which the record tells no closure "
            f"({len(found.active)} sites). That nobody wrote of a closure does not make a site active."
        ),
    )


def _actors(facts: Facts, found: Exodus) -> Grid:
    rows: list[tuple[Line, ...]] = [
        (
            (facts.namer.who(str(row["id"])),),
            _listed(facts, str(row["gone"])),
            _listed(facts, ";".join(filter(None, (str(row["active"]), str(row["through"]))))),
            ("weak" if row["weak"] else "",),
        )
        for row in found.connecting().to_dict("records")
    ]
    header = ("Actor", "Tied to (gone)", "Tied to (no closure told)", "Ties")
    return Grid("Who ties what is gone to what is left", header, tuple(rows))


def _listed(facts: Facts, ids: str) -> Line:
    found: list[Span] = []
    for number, entity in enumerate(filter(None, ids.split(";"))):
        found += ["; "] if number else []
        found.append(facts.namer.who(entity))
    return tuple(found) or (Cite(()),)
