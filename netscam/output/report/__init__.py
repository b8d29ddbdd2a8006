"""The report: a brief in plain words, as HTML, Word or Markdown, with numbered sources."""

from __future__ import annotations

from netscam.output.report.write import write_report

__all__ = ["write_report"]
