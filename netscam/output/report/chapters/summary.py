"""Chapter: one page in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.analysis.recovery import ANY, strategy_label
from netscam.output.figures.sheet import proof_words
from netscam.output.report.chapters.evidence import lone_share
from netscam.output.report.chapters.removal import percent
from netscam.output.report.model import Chapter, Line, Paragraph, Strong

if TYPE_CHECKING:
    from netscam.output.report.facts import Facts

METRIC = "efficiency"


def summary(facts: Facts) -> Chapter:
    """What was found, how sure it is, and what it does not mean."""
    lines = (_record(facts), _holders(facts), _sure(facts), _follows(facts), _exodus(facts), _meaning())
    return Chapter("summary", "In one page", tuple(Paragraph(line) for line in lines if line))


def _record(facts: Facts) -> Line:
    data, size = facts.data, facts.size
    return (
        Strong("What this is. "),
        (
            f"{len(data.documents):,} public documents name {len(data.entities):,} companies, people, sites, "
            f"addresses and accounts and say {len(data.relations):,} things about how they are related. As a network "
            f"that is {size.nodes:,} nodes and {size.edges:,} ties; {size.largest_component:,} nodes hang together in "
            "one piece."
        ),
    )


def _holders(facts: Facts) -> Line:
    keys, size = facts.study.keys, facts.size
    drop = 1 - keys.value / size.connected_pairs if size.connected_pairs else 0.0
    return (
        Strong("Who holds it together. "),
        *facts.namer.all(keys.nodes),
        (
            f". Without these {facts.study.k}, {drop:.0%} of the {size.connected_pairs:,} connected pairs are cut: "
            f"{keys.value:,.0f} are left ({proof_words(keys)})."
        ),
    )


def _sure(facts: Facts) -> Line:
    first = facts.doubt.to_frame().iloc[0]
    lone, all_ = lone_share(facts)
    kept = [node for node in facts.study.keys.nodes if node in facts.study.firm_keys.nodes]
    return (
        Strong("How sure this is. "),
        "If every recorded tie holds, ",
        facts.namer.who(str(first["id"])),
        (
            f" has the first place by betweenness (how many shortest paths lead over it); in 90 % of the networks that "
            f"the grades of the evidence allow, its rank lies between {first['low']:.0f} and {first['high']:.0f}. "
            f"{len(kept)} of the {facts.study.k} key nodes stay when ties that are more likely "
            f"wrong than right are left out. {lone / max(all_, 1):.0%} of the relations rest on one origin only."
        ),
    )


def _follows(facts: Facts) -> Line:
    found = facts.aftermath
    if found is None:
        return ()
    rows = {
        (row["strategy"], row["model"]): row for row in found.to_frame().to_dict("records") if row["metric"] == METRIC
    }
    told = [
        f"{strategy_label(name)}: {percent(rows[name, 'none']['change'])} at once, "
        f"{percent(rows[name, ANY]['low'])} to {percent(rows[name, ANY]['high'])} after a reaction"
        for name in found.strategies
    ]
    steps = next(iter(found.results.values())).parameters["steps"]
    return (
        Strong("What removal would do, and what would follow. "),
        (
            f"Global efficiency (how near the entities are to each other) after {steps} removals, over models of "
            "reaction and networks that the evidence allows: "
            f"{'; '.join(told)}. Who is taken out is replaced: what a removal does at once is not what is left of it."
        ),
    )


def _exodus(facts: Facts) -> Line:
    found = facts.exodus
    if found is None:
        return ()
    pairs = {str(row["quantity"]): row for row in found.carried.to_dict("records")}["connected_pairs"]
    return (
        Strong(f"Sites that emptied or closed, {found.first} to {found.last}. "),
        f"The record names {len(found.gone)}: ",
        *facts.namer.all(found.gone),
        (
            f". They carried {pairs['share']:.1%} of the connected pairs; {len(found.connecting())} actors tie them "
            "to sites of which no closure is told."
        ),
    )


def _meaning() -> Line:
    return (
        Strong("What it does not mean. "),
        (
            "A key node is a position in what documents say. It is not guilt, and acting on one is a decision that "
            "needs the law, the evidence itself and those who know the place."
        ),
    )
