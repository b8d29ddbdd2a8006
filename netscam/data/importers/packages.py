"""What the data package of an imported dataset says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from netscam.data.importers.dates import date_in_name, iso_date
from netscam.data.importers.job import Job
from netscam.data.importers.text import plain


def describe(job: Job, title: str, form: str, as_of: str, licence: dict[str, str] | None = None) -> dict[str, Any]:
    """Fields of ``datapackage.json``: nothing in them depends on the clock or the machine."""
    names = plain(", ".join(path.name for path in job.files))
    as_of = iso_date(as_of)
    package: dict[str, Any] = {
        "title": f"{title} ({names})",
        "description": (
            f"Read by netscam import {form}. Records of a list or register as published: inclusion does not imply "
            "wrongdoing, and a listing or allegation is not a verdict."
        ),
        "version": as_of or "0",
        "sources": [{"title": document.title} for document in job.spool.documents.values()][:200],
        "netscam": {"imported_from": form},
    }
    if as_of:
        package["netscam"]["as_of"] = as_of
    if licence:
        package["licenses"] = [licence]
    return package


def publication_date(job: Job, files: Sequence[Path]) -> str:
    """Date of files that do not state it: what the caller says, else a date in a name, else the files' own date.

    The date on which the newest file was last written is at or after the publication, so that ``--known-by`` never
    takes a statement for known before it was; the report says when it had to serve.
    """
    named = sorted({date_in_name(path.name, path.resolve().parent.name) for path in files} - {""})
    if job.published or named:
        if not job.published and len(named) > 1:
            job.report.note(f"files of different dates ({', '.join(named)}); the newest is taken for all of them")
        return job.published or named[-1]
    newest = max(path.stat().st_mtime for path in files)
    date = datetime.fromtimestamp(newest, UTC).date().isoformat()
    job.report.note(f"no date of publication in the files; their own date {date} is taken (better: --published)")
    return date
