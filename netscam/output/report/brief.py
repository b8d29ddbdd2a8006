"""Putting the report together: chapters, their figures, and the numbered sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from netscam.output.report.chapters import CHAPTERS, PICTURED
from netscam.output.report.facts import Facts
from netscam.output.report.model import Brief, Chapter, cited
from netscam.output.report.pictures import draw
from netscam.output.report.references import number_references

if TYPE_CHECKING:
    from netscam.output.figures import Scene


def make_brief(facts: Facts, scene: Scene | None, *, progress: Callable[[str], None] | None = None) -> Brief:
    """Write every chapter, with figures where a scene is given.

    Parameters
    ----------
    facts
        The results.
    scene
        What figures are drawn from; None for a report in words and tables only.
    progress
        Called with a word or two before each figure.
    """
    data = facts.data
    chapters = []
    for write in CHAPTERS:
        chapter = write(facts)
        pictures = [] if scene is None else draw(scene, facts.namer, PICTURED.get(chapter.name, ()), progress)
        chapters.append(Chapter(chapter.name, chapter.title, (*chapter.blocks, *pictures)))
    documents = cited(chapters)
    subtitle = f"Version {data.version}, as of {data.as_of}; data sha256 {data.hash()[:12]}."
    return Brief(data.title, subtitle, data.caveat, tuple(chapters), number_references(data, documents))
