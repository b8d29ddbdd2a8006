"""The report as a Word document, with the same bytes on every run."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from netscam.errors import HIDDEN, OutputError
from netscam.output.report.model import (
    Brief,
    Bullets,
    Cite,
    Grid,
    Line,
    Paragraph,
    Picture,
    Strong,
    Who,
    numbered,
    plain,
)

if TYPE_CHECKING:
    from docx.document import Document

EPOCH = (2000, 1, 1, 0, 0, 0)
"""Date of every part inside the file: none of them has one of its own."""
PICTURE_WIDTH = 16.5
"""Centimetres."""


def report_docx(brief: Brief) -> bytes:
    """A .docx file; raises OutputError without python-docx."""
    try:
        import docx
    except ImportError as error:
        raise OutputError("writing DOCX needs the extra 'report': pip install 'netscam[report]'") from error
    document = docx.Document()
    numbers = brief.numbers()
    _set_up(document, brief)
    document.add_heading(_clean(brief.title), 0)
    document.add_paragraph(_clean(brief.subtitle))
    document.add_paragraph(_clean(brief.caveat), style="Intense Quote")
    for place, chapter in enumerate(brief.chapters, start=1):
        document.add_heading(f"{place}. {_clean(chapter.title)}", 1)
        for block in chapter.blocks:
            _add_block(document, block, numbers)
    document.add_heading(f"{len(brief.chapters) + 1}. Sources", 1)
    for reference in brief.references:
        link = f" {reference.link}" if reference.link else ""
        document.add_paragraph(_clean(f"[{reference.number}] {reference.text}{link}"))
    out = io.BytesIO()
    document.save(out)
    return _undated(out.getvalue())


def _set_up(document: Document, brief: Brief) -> None:
    """A4, margins, properties without a date of today, and the caveat at the foot of each page."""
    import datetime

    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    foot = section.footer.paragraphs[0]
    foot.text = _clean(brief.caveat)
    foot.runs[0].font.size = Pt(7)
    document.styles["Normal"].font.size = Pt(10)
    properties = document.core_properties
    properties.title, properties.author, properties.language = _clean(brief.title)[:255], "netscam", "en"
    properties.created = properties.modified = datetime.datetime(*EPOCH, tzinfo=datetime.UTC)
    properties.comments = ""
    properties.last_modified_by = "netscam"


def _add_block(document: Document, block: Any, numbers: dict[str, int]) -> None:
    if isinstance(block, Paragraph):
        _add_line(document.add_paragraph(), block.spans, numbers)
    elif isinstance(block, Bullets):
        for item in block.items:
            _add_line(document.add_paragraph(style="List Bullet"), item, numbers)
    elif isinstance(block, Grid):
        _add_grid(document, block, numbers)
    else:
        _add_picture(document, block, numbers)


def _add_line(paragraph: Any, line: Line, numbers: dict[str, int], size: float | None = None) -> None:
    from docx.shared import Pt

    for span in line:
        if isinstance(span, Who):
            runs = [(span.name, "bold"), (f" ({' '.join(filter(None, _standing(span, numbers)))})", "italic")]
        elif isinstance(span, Strong):
            runs = [(span.text, "bold")]
        else:
            runs = [(numbered(span.documents, numbers) if isinstance(span, Cite) else span, "")]
        for text, look in runs:
            run = paragraph.add_run(_clean(text))
            run.bold, run.italic = look == "bold" or None, look == "italic" or None
            run.font.size = Pt(size) if size else None


def _standing(span: Who, numbers: dict[str, int]) -> tuple[str, str]:
    return span.standing, numbered(span.documents, numbers)


def _add_grid(document: Document, block: Grid, numbers: dict[str, int]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    _add_line(document.add_paragraph(), (Strong(block.caption),), numbers)
    table = document.add_table(rows=1, cols=len(block.header), style="Light Grid Accent 1")
    header: tuple[Line, ...] = tuple((Strong(name),) for name in block.header)
    table.autofit = False
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstColumn"), "0")
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    widths = _widths(block, numbers)
    for place, row in enumerate((header, *block.rows)):
        cells = table.rows[0].cells if place == 0 else table.add_row().cells
        for name, cell, line, width in zip(block.header, cells, row, widths, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            _add_line(paragraph, line, numbers, size=8)
            if name in block.numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()


def _widths(block: Grid, numbers: dict[str, int]) -> list[float]:
    """Centimetres of each column: by the longest text in it, between a tenth and a half of the page."""
    rows = [[len(plain(cell, numbers)) for cell in row] for row in block.rows]
    longest = [max([len(name), *lengths]) for name, *lengths in zip(block.header, *rows, strict=True)]
    shares = [min(max(length, 9), 45) for length in longest]
    return [PICTURE_WIDTH * share / sum(shares) for share in shares]


def _add_picture(document: Document, block: Picture, numbers: dict[str, int]) -> None:
    from docx.shared import Cm

    document.add_picture(io.BytesIO(block.png), width=Cm(PICTURE_WIDTH))
    shape = document.paragraphs[-1].runs[-1]._r.xpath(".//wp:docPr")[0]
    shape.set("descr", _clean(plain(block.alt, numbers)))
    shape.set("name", block.name)
    _add_line(document.add_paragraph(), (Strong(f"{block.title}. "), *block.caption), numbers, size=8)


def _clean(text: str) -> str:
    """Text without the control characters and lone surrogates that XML cannot hold."""
    return HIDDEN.sub(" ", text)


def _undated(content: bytes) -> bytes:
    """The same archive with one fixed date on every part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            new.writestr(part, old.read(name))
    return out.getvalue()
