"""A report as plain pieces: chapters of paragraphs, lists, tables and pictures, which every format writes alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Who:
    """An entity by name with its standing in the record and the documents that the standing rests on.

    Parameters
    ----------
    id, name
        The entity.
    standing
        Its status in words, for example ``designated, an administrative act``.
    documents
        Ids of documents.
    """

    id: str
    name: str
    standing: str
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Cite:
    """Reference to documents, by their ids."""

    documents: tuple[str, ...]


@dataclass(frozen=True)
class Strong:
    """Words that stand out."""

    text: str


Span: TypeAlias = str | Who | Cite | Strong
Line: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    spans: Line


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Line, ...]


@dataclass(frozen=True)
class Grid:
    """A table: ``numbers`` names the columns that stand right."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A figure of ``netscam figures`` as SVG for the screen and PNG for a word processor."""

    name: str
    title: str
    caption: Line
    alt: Line
    svg: bytes
    png: bytes


Block: TypeAlias = Paragraph | Bullets | Grid | Picture


@dataclass(frozen=True)
class Chapter:
    """A heading and what stands below it; ``name`` is its anchor."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Reference:
    """One numbered source: the document's id and its citation in words, and its link if it has one."""

    number: int
    document: str
    text: str
    link: str


@dataclass(frozen=True)
class Brief:
    """A whole report.

    Parameters
    ----------
    title, subtitle
        The head.
    caveat
        The line that every page of it carries.
    chapters
        In reading order; sources are a chapter of their own, made from ``references``.
    references
        Every document that the text cites, numbered in the order of first mention.
    """

    title: str
    subtitle: str
    caveat: str
    chapters: tuple[Chapter, ...]
    references: tuple[Reference, ...]

    def numbers(self) -> dict[str, int]:
        """Number of each cited document."""
        return {reference.document: reference.number for reference in self.references}

    def pictures(self) -> list[Picture]:
        """Every figure in it, in order."""
        return [block for chapter in self.chapters for block in chapter.blocks if isinstance(block, Picture)]


def lines_of(block: Block) -> Iterator[Line]:
    """Every line of text in a block."""
    if isinstance(block, Paragraph):
        yield block.spans
    elif isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, Grid):
        for row in block.rows:
            yield from row
    else:
        yield block.caption
        yield block.alt


def cited(chapters: Sequence[Chapter]) -> list[str]:
    """Ids of the documents that the chapters cite, each once, in the order of first mention."""
    found: dict[str, None] = {}
    for chapter in chapters:
        for block in chapter.blocks:
            for line in lines_of(block):
                for span in line:
                    if isinstance(span, (Who, Cite)):
                        found.update(dict.fromkeys(span.documents))
    return list(found)


def numbered(documents: Sequence[str], numbers: dict[str, int]) -> str:
    """Reference mark: ``[3]``, ``[3, 7]``; nothing without documents."""
    marks = sorted({numbers[document] for document in documents})
    return f"[{', '.join(map(str, marks))}]" if marks else ""


def plain(line: Line, numbers: dict[str, int]) -> str:
    """A line as plain text, reference marks in brackets."""
    return "".join(_plain(span, numbers) for span in line)


def _plain(span: Span, numbers: dict[str, int]) -> str:
    if isinstance(span, str):
        return span
    if isinstance(span, Strong):
        return span.text
    if isinstance(span, Cite):
        return numbered(span.documents, numbers)
    return f"{span.name} ({' '.join(filter(None, (span.standing, numbered(span.documents, numbers))))})"
