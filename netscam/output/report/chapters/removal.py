"""Chapter: what removal would do, and what would follow."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from netscam.analysis.recovery import ANY, strategy_label
from netscam.output.report.model import Block, Chapter, Grid, Line, Paragraph

if TYPE_CHECKING:
    from netscam.analysis.recovery import Comparison
    from netscam.output.report.facts import Facts

NUMBERS = ("At once", "After reaction", "90 % of runs", "Recovered")
SURE = 0.9
"""Share of the runs from which on one strategy is said to leave less than another."""


def removal(facts: Facts) -> Chapter:
    """Strategies of removal before and after the network has reacted, over models of reaction and drawn records."""
    title = "What removal would do, and what would follow"
    found = facts.aftermath
    if found is None:
        none = "This record has too few nodes with roles, or too few nodes at all, to compare strategies of removal."
        return Chapter("removal", title, (Paragraph((none,)),))
    blocks: list[Block] = [Paragraph(_question(found)), _table(found), Paragraph(_answer(found)), Paragraph(_caution())]
    return Chapter("removal", title, tuple(blocks))


def _question(found: Comparison) -> Line:
    first = next(iter(found.results.values()))
    steps, runs = first.parameters["steps"], first.parameters["runs"]
    return (
        (
            f"Who is taken out is replaced. Here {steps} nodes are taken out one by one by {len(found.strategies)} "
            f"strategies, and after each removal the network reacts by one of {len(found.models) - 1} models: a "
            "replacement found at random, among those with many ties, nearby, by like role, or by a site that opens "
            f"again elsewhere. Each pair runs {runs} times, every time on a network drawn from the grades of the "
            "evidence. The measure is global efficiency: how few steps lie between those who are left, on average."
        ),
    )


def _rows(found: Comparison, metric: str) -> dict[tuple[str, str], dict[Hashable, Any]]:
    """Rows of one metric by strategy and model."""
    rows = found.to_frame().to_dict("records")
    return {(str(row["strategy"]), str(row["model"])): row for row in rows if row["metric"] == metric}


def _table(found: Comparison) -> Grid:
    """Change of efficiency without and with reaction, over all models of reaction."""
    table = _rows(found, "efficiency")
    rows: list[tuple[Line, ...]] = []
    for strategy in found.strategies:
        plain, any_ = table[strategy, "none"], table[strategy, ANY]
        rows.append(
            (
                (strategy_label(strategy),),
                (percent(plain["change"]),),
                (percent(any_["change"]),),
                (f"{percent(any_['low'])} to {percent(any_['high'])}",),
                (f"{any_['recovered']:.0%}",),
            )
        )
    caption = "Change of global efficiency by removal, at once (nobody reacts) and over all models of reaction"
    return Grid(caption, ("Taken out", *NUMBERS), tuple(rows), NUMBERS)


def _answer(found: Comparison) -> Line:
    first, second = found.strategies[:2]
    gaps = {str(row["model"]): row for row in found.versus(first, second).to_dict("records")}
    names = strategy_label(first), strategy_label(second)
    return (
        (
            f"Does it change more to take out {names[0]} than {names[1]}? At once: {_told(gaps['none'], names)}. "
            f"After a reaction, over all models: {_told(gaps[ANY], names)}."
        ),
    )


def _told(row: dict[Hashable, Any], names: tuple[str, str]) -> str:
    """Which of two leaves less efficiency, and in how many of the runs."""
    share = float(row["first_lower"])
    gap = f"difference {percent(row['difference'])} of the start, 90 % of the runs {percent(row['low'])} to "
    gap += percent(row["high"])
    if share >= SURE:
        return f"taking out {names[0]} leaves less, in {share:.0%} of the runs ({gap})"
    if share <= 1 - SURE:
        return f"taking out {names[1]} leaves less, in {1 - share:.0%} of the runs ({gap})"
    return f"the models and the evidence do not settle it ({names[0]} leave less in {share:.0%} of the runs; {gap})"


def _caution() -> Line:
    return (
        (
            "A model of reaction is a what-if with stated rules. It moves ties in the record and foresees nothing "
            "about anybody in it. Efficiency can rise after a removal, when those left are closer to each other than "
            "before."
        ),
    )


def percent(share: float) -> str:
    """A share as percent with its sign."""
    return f"{100 * share:+.0f} %"
