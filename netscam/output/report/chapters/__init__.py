"""The chapters of the report, each one function from facts to a chapter, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from netscam.output.report.chapters.evidence import evidence
from netscam.output.report.chapters.exodus import exodus
from netscam.output.report.chapters.keys import key_nodes
from netscam.output.report.chapters.methods import corrections, limits, methods
from netscam.output.report.chapters.removal import removal
from netscam.output.report.chapters.summary import summary

if TYPE_CHECKING:
    from netscam.output.report.facts import Facts
    from netscam.output.report.model import Chapter

CHAPTERS: tuple[Callable[[Facts], Chapter], ...] = (
    summary,
    key_nodes,
    removal,
    exodus,
    evidence,
    methods,
    limits,
    corrections,
)
PICTURED: Mapping[str, tuple[str, ...]] = {
    "key-nodes": ("network", "rank-intervals", "pareto"),
    "removal": ("dismantling", "recovery"),
    "exodus": ("timeline", "map"),
    "evidence": ("evidence", "knowledge-ranks"),
}
"""Figures at the end of each chapter, by the chapter's name."""

__all__ = ["CHAPTERS", "PICTURED"]
