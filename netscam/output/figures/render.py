"""A drawn figure as the bytes of its files."""

from __future__ import annotations

import html
import io
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from netscam.errors import visible
from netscam.output.style import RC, style_context
from netscam.output.tables import export_csv

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from netscam.data.dataset import Dataset
    from netscam.output.figures.sheet import Drawn

FORMATS = ("svg", "png", "pdf")
DIGITS = 10
"""Significant digits of plotted numbers in the CSVs."""
LAYOUT_TABLES = ("GDEF", "GPOS", "GSUB", "MATH")
"""Tables of a font by which text is laid out; a PDF holds text that has been."""


def render(name: str, drawn: Drawn, data: Dataset) -> dict[str, bytes]:
    """Files of one figure by name: SVG, PNG (300 dpi), PDF, the numbers as CSV, and caption and alt text as Markdown.

    The bytes carry no date, no random id and no path, and are the same in every run on one machine.
    """
    with style_context():
        contents = {f"{name}.{form}": _picture(drawn, data, form) for form in FORMATS}
    contents[f"{name}.csv"] = export_csv(drawn.numbers, digits=DIGITS).encode()
    for suffix, table in drawn.more.items():
        contents[f"{name}-{suffix}.csv"] = export_csv(table, digits=DIGITS).encode()
    contents[f"{name}.md"] = _words(name, drawn, data).encode()
    return contents


def _picture(drawn: Drawn, data: Dataset, form: str) -> bytes:
    from matplotlib.text import Text

    figure: Figure = drawn.figure
    for text in figure.findobj(Text):
        text.set_text(visible(text.get_text(), keep="\n"))
    out = io.BytesIO()
    with _lean_fonts():
        figure.savefig(out, format=form, dpi=RC["savefig.dpi"], metadata=_metadata(drawn, data, form))
    return out.getvalue()


@contextmanager
def _lean_fonts() -> Iterator[None]:
    """Embed fonts without their layout tables: cutting those down takes most of the time of a PDF, and serves nobody.

    Matplotlib has no setting for it; the default of fontTools is what it adds to.
    """
    options: Any = import_module("fontTools.subset").Options
    default = options._drop_tables_default
    options._drop_tables_default = [*default, *LAYOUT_TABLES]
    try:
        yield
    finally:
        options._drop_tables_default = default


def _metadata(drawn: Drawn, data: Dataset, form: str) -> dict[str, Any]:
    """Title, alt text and caveat in the file itself; every date and program name off."""
    title, alt = visible(drawn.title), visible(drawn.alt)
    source = f"{data.title} {data.version}, sha256 {data.hash()}, as of {data.as_of}"
    if form == "svg":
        rights = {"Rights": data.caveat, "Source": source}
        return {"Date": None, "Creator": None, "Title": title, "Description": alt, **rights}
    if form == "png":
        return {"Software": None, "Title": title, "Description": alt, "Disclaimer": data.caveat, "Source": source}
    dates = {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None}
    return {**dates, "Title": title, "Subject": f"{alt} {data.caveat}", "Keywords": source}


def _markdown(text: str) -> str:
    """Text in which names can start neither HTML nor a link, a picture, code or emphasis."""
    safe = html.escape(" ".join(text.split()), quote=False).replace("[", "(").replace("]", ")")
    return "".join(f"\\{sign}" if sign in "\\`*_" else sign for sign in safe)


def _words(name: str, drawn: Drawn, data: Dataset) -> str:
    tables = [f"{name}.csv", *(f"{name}-{suffix}.csv" for suffix in drawn.more)]
    files = ", ".join(f"[{table}]({table})" for table in tables)
    title, caption, alt = (_markdown(text) for text in (drawn.title, drawn.caption, drawn.alt))
    version = f"version {_markdown(data.version)}"
    paragraphs = [
        f"# {title}",
        f"![{alt}]({name}.svg)",
        caption,
        f"**Alternative text.** {alt}",
        f"**Numbers.** {files}",
        f"**Data.** {_markdown(data.title)}, {version}, as of {data.as_of}, sha256 `{data.hash()}`.",
        f"**Caveat.** {_markdown(data.caveat)}",
    ]
    wrapped = [
        text
        if text.startswith(("#", "!["))
        else textwrap.fill(text, 110, break_long_words=False, break_on_hyphens=False)
        for text in paragraphs
    ]
    return "\n\n".join(wrapped) + "\n"
