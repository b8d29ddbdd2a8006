"""What the data package of an imported dataset says of itself."""

from __future__ import annotations

from typing import Any

from netscam.data.importers.job import Job


def describe(job: Job, title: str, form: str, as_of: str, licence: dict[str, str] | None = None) -> dict[str, Any]:
    """Fields of ``datapackage.json``: nothing in them depends on the clock or the machine."""
    names = ", ".join(path.name for path in job.files)
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
