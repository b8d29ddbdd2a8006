"""Chapter: the key nodes, with intervals and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.output.figures.sheet import proof_words
from netscam.output.report.model import Block, Chapter, Grid, Line, Paragraph

if TYPE_CHECKING:
    from netscam.output.report.facts import Facts


def key_nodes(facts: Facts) -> Chapter:
    """The set whose removal leaves the fewest connected pairs, what proves it, and what it rests on."""
    blocks: list[Block] = [Paragraph(_question(facts)), _members(facts), Paragraph(_certificate(facts))]
    blocks += [
        Paragraph(_firm(facts)),
        Paragraph(_doubt(facts)),
        _sets(facts),
        _curve(facts),
        Paragraph(_places()),
        _ranking(facts),
    ]
    return Chapter("key-nodes", "Which few nodes hold the recorded network together", tuple(blocks))


def _question(facts: Facts) -> Line:
    return (
        (
            f"Take out {facts.study.k} entities so that as few pairs of the others as possible can still reach each "
            "other: that is the question which this chapter answers (the critical node problem; Borgatti's KPP-Neg). "
            "The set belongs together: it is better than the first places of any ranking. A key node is a position "
            "in the recorded network, not a finding about conduct."
        ),
    )


def _members(facts: Facts) -> Grid:
    """One row for each member of the set."""
    found = {str(row["id"]): row for row in facts.doubt.to_frame().to_dict("records")}
    ties = {str(row["id"]): row for row in facts.study.ties.to_dict("records")}
    rows: list[tuple[Line, ...]] = []
    for node in facts.study.keys.nodes:
        place = found[node]
        rows.append(
            (
                (facts.namer.who(node),),
                (f"{place['rank']:.0f}",),
                (f"{place['low']:.0f} to {place['high']:.0f}",),
                (f"{place['p_top']:.2f}",),
                (f"{ties[node]['weak_ties']} of {ties[node]['ties']}",),
            )
        )
    numbers = ("Betweenness rank", "90 % interval", "P(top 10)", "Weak ties")
    return Grid(f"The best set of {facts.study.k}", ("Key node", *numbers), tuple(rows), numbers)


def _certificate(facts: Facts) -> Line:
    keys, size = facts.study.keys, facts.size
    share = keys.value / size.connected_pairs if size.connected_pairs else 0.0
    others = len(keys.alternatives)
    told = "1 other set is as good" if others == 1 else f"{others} other sets are as good"
    alone = "no other set is as good" if keys.alternatives_complete and not others else told
    return (
        (
            f"Before removal {size.connected_pairs:,} pairs of entities can reach each other; without the set it is "
            f"{keys.value:,.0f} ({share:.1%}). This is {proof_words(keys)}; "
            f"{alone if keys.proven_optimal else ''}{'.' if keys.proven_optimal else 'a better set may exist.'} The "
            "value was counted again on the network by a checker that shares no code with the search."
        ),
    )


def _firm(facts: Facts) -> Line:
    study = facts.study
    kept = [node for node in study.keys.nodes if node in study.firm_keys.nodes]
    words = "is" if len(kept) == 1 else "are"
    return (
        (
            "Some ties are weak: more likely wrong than right, such as a village that two addresses share. On firm "
            f"ties alone the best set leaves {study.firm_keys.value:,.0f} pairs ({proof_words(study.firm_keys)}): "
        ),
        *facts.namer.all(study.firm_keys.nodes),
        f". {len(kept)} of {len(study.keys.nodes)} {words} in both sets.",
    )


def _doubt(facts: Facts) -> Line:
    members = facts.robust.members.set_index("id")["p_best"]
    draws = facts.robust.parameters["draws"]
    told: list[Line] = []
    for node in facts.study.keys.nodes:
        share = float(members.get(node, 0.0))
        told.append((facts.namer.who(node), f" in {share:.0%}"))
    spans = [span for number, line in enumerate(told) for span in ((("; ",) if number else ()) + line)]
    return (
        (
            f"In {draws} networks drawn from the grades of the evidence, each member belongs to the best set of its "
            "size that was found: "
        ),
        *spans,
        (
            ". The table compares the recommended set with the set that is best on average over such draws, and with "
            "the one that is best in the tenth of them that is hardest to break."
        ),
    )


def _sets(facts: Facts) -> Grid:
    words = {
        "recommended": "best for the record as it stands",
        "expected": "best on average over draws",
        "tail": "best in the worst tenth of draws",
    }
    rows = tuple(
        (
            (words[str(row["set"])],),
            facts.namer.all(str(row["nodes"]).split(";")),
            (f"{row['recorded']:,.0f}",),
            (f"{row['mean']:,.0f}",),
            (f"{row['low']:,.0f} to {row['high']:,.0f}",),
        )
        for row in facts.robust.sets.to_dict("records")
    )
    numbers = ("Pairs left, record", "Mean over draws", "90 % of draws")
    return Grid("Sets under doubt", ("Set", "Members", *numbers), rows, numbers)


def _curve(facts: Facts) -> Grid:
    curve = facts.study.curve[facts.study.curve["basis"].eq("recorded")]
    rows = tuple(
        (
            (f"{row['k']}",),
            (f"{row['exact']:,.0f}",),
            (f"{row['bound']:,.0f}" if row["bound"] == row["bound"] else "none",),
            ("proved" if row["proven"] else "open",),
            (f"{row['greedy']:,.0f}",),
        )
        for row in curve.to_dict("records")
    )
    numbers = ("Size of the set", "Connected pairs left", "No set leaves fewer than", "Greedy choice")
    header = (*numbers[:3], "Certificate", numbers[3])
    return Grid("What each size of set can do", header, rows, numbers)


def _places() -> Line:
    return (
        (
            "The rank below counts every recorded tie in full; the interval holds the ranks in networks drawn from the "
            "grades of the evidence. A rank outside its own interval rests on doubtful ties, the "
            "entity's own or those of others."
        ),
    )


def _ranking(facts: Facts) -> Grid:
    """The first ten by betweenness."""
    first = facts.doubt.to_frame().head(10)
    rows = tuple(
        (
            (f"{row['rank']:.0f}",),
            (facts.namer.who(str(row["id"])),),
            (f"{row['low']:.0f} to {row['high']:.0f}",),
            (f"{row['p_top']:.2f}",),
        )
        for row in first.to_dict("records")
    )
    numbers = ("Rank", "90 % interval", "P(top 10)")
    return Grid("The first ten by betweenness", ("Rank", "Entity", *numbers[1:]), rows, numbers)
