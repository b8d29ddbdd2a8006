"""The report as Markdown with its pictures in a folder beside it."""

from __future__ import annotations

import html
import textwrap

from netscam.output.report.model import Brief, Bullets, Cite, Grid, Line, Paragraph, Picture, Span, Strong, numbered

WIDTH = 110


def report_markdown(brief: Brief, pictures: str) -> bytes:
    """Markdown text; the pictures are looked for in the folder named ``pictures``."""
    numbers = brief.numbers()
    parts = [f"# {_safe(brief.title)}", _safe(brief.subtitle), "> " + _safe(brief.caveat)]
    for place, chapter in enumerate(brief.chapters, start=1):
        parts.append(f"## {place}. {_safe(chapter.title)}")
        for block in chapter.blocks:
            if isinstance(block, Paragraph):
                parts.append(_filled(_line(block.spans, numbers)))
            elif isinstance(block, Bullets):
                parts.append("\n".join(_filled(f"- {_line(item, numbers)}", "  ") for item in block.items))
            elif isinstance(block, Grid):
                parts += [f"**{_safe(block.caption)}**", _table(block, numbers)]
            else:
                parts += _picture(block, pictures, numbers)
    parts.append(f"## {len(brief.chapters) + 1}. Sources")
    parts.append(
        "\n".join(
            f"{reference.number}. {_safe(reference.text)}{f' <{reference.link}>' if reference.link else ''}"
            for reference in brief.references
        )
    )
    return ("\n\n".join(parts) + "\n").encode()


def _safe(text: str) -> str:
    """Text in which data can start neither HTML nor a link, code or emphasis, nor break a table."""
    plain = html.escape(" ".join(text.split()), quote=False).replace("[", "(").replace("]", ")").replace("|", "&#124;")
    return "".join(f"\\{sign}" if sign in "\\`*_" else sign for sign in plain)


def _line(line: Line, numbers: dict[str, int]) -> str:
    return "".join(_span(span, numbers) for span in line)


def _span(span: Span, numbers: dict[str, int]) -> str:
    if isinstance(span, str):
        return _framed(span, "")
    if isinstance(span, Strong):
        return _framed(span.text, "**")
    if isinstance(span, Cite):
        return _mark(span.documents, numbers)
    mark = _mark(span.documents, numbers)
    return f"{_safe(span.name)} ({span.standing}{' ' + mark if mark else ''})"


def _framed(text: str, sign: str) -> str:
    """Safe text between two signs, the blanks at its ends outside of them: a join such as ``and`` needs its own."""
    core = text.strip()
    if not core:
        return text
    start = text.index(core[0])
    return f"{text[:start]}{sign}{_safe(core)}{sign}{text[start + len(core) :]}"


def _mark(documents: tuple[str, ...], numbers: dict[str, int]) -> str:
    return numbered(documents, numbers).replace("[", "\\[").replace("]", "\\]")


def _filled(text: str, indent: str = "") -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _table(block: Grid, numbers: dict[str, int]) -> str:
    rules = ["---:" if name in block.numbers else "---" for name in block.header]
    rows = [[_safe(name) for name in block.header], rules]
    rows += [[_line(cell, numbers) for cell in row] for row in block.rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _picture(block: Picture, pictures: str, numbers: dict[str, int]) -> list[str]:
    caption = f"**{_safe(block.title)}.** {_line(block.caption, numbers)}"
    return [f"![{_line(block.alt, numbers)}]({pictures}/{block.name}.png)", _filled(caption)]
