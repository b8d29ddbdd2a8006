"""The report as one HTML file that needs nothing else and prints on A4."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from netscam.output.report.model import (
    Brief,
    Bullets,
    Grid,
    Line,
    Paragraph,
    Picture,
    Span,
    Strong,
    Who,
    numbered,
    plain,
)

if TYPE_CHECKING:
    from markupsafe import Markup


def report_html(brief: Brief) -> bytes:
    """One self-contained page: no script, no request; a policy in the head forbids both."""
    from jinja2 import Environment, StrictUndefined

    folder = files("netscam.output.report") / "template"
    style = (folder / "report.css").read_text(encoding="utf-8")
    host = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    numbers = brief.numbers()
    host.filters["line"] = lambda line: line_html(line, numbers)
    host.filters["plain"] = lambda line: plain(line, numbers)
    host.filters["data_uri"] = lambda content: f"data:image/svg+xml;base64,{base64.b64encode(content).decode()}"
    host.tests |= {
        "paragraph": lambda block: isinstance(block, Paragraph),
        "bullets": lambda block: isinstance(block, Bullets),
        "grid": lambda block: isinstance(block, Grid),
        "picture": lambda block: isinstance(block, Picture),
    }
    template = host.from_string((folder / "report.html").read_text(encoding="utf-8"))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return template.render(brief=brief, style=style, digest=digest).encode()


def line_html(line: Line, numbers: dict[str, int]) -> Markup:
    """A line as HTML; everything from the data is escaped."""
    from markupsafe import Markup

    return Markup("").join(_span(span, numbers) for span in line)


def _span(span: Span, numbers: dict[str, int]) -> Markup:
    from markupsafe import Markup, escape

    if isinstance(span, str):
        return escape(span)
    if isinstance(span, Strong):
        return Markup("<strong>{}</strong>").format(span.text)
    if isinstance(span, Who):
        marks = _marks(span.documents, numbers)
        return Markup("<b>{}</b> <i>({}{})</i>").format(span.name, span.standing, marks and Markup(" ") + marks)
    return _marks(span.documents, numbers)


def _marks(documents: tuple[str, ...], numbers: dict[str, int]) -> Markup:
    from markupsafe import Markup

    if not numbered(documents, numbers):
        return Markup("")
    found = sorted({numbers[document] for document in documents})
    links = Markup(", ").join(Markup('<a href="#ref-{0}">{0}</a>').format(number) for number in found)
    return Markup('<span class="ref">[{}]</span>').format(links)
