"""What an importer is given, and the list of importers that it adds itself to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netscam.data.importers.report import Report
from netscam.registry import Registry

if TYPE_CHECKING:
    from netscam.data.importers.spool import Spool

Progress = Callable[[int], None]
"""Is told how many more bytes were read."""


@dataclass(frozen=True)
class Job:
    """What an importer gets: files to read, where to put what it finds, and what the caller said.

    Parameters
    ----------
    files
        Files, in the order given.
    spool
        Takes entities, claims and documents.
    report
        Counts what is read and dropped.
    published
        Date of publication that the caller stated, else ``""``.
    mapping
        Mapping file of the format ``table``.
    progress
        Called with the number of bytes read since the last call.
    """

    files: Sequence[Path]
    spool: Spool
    report: Report
    published: str = ""
    mapping: Path | None = None
    progress: Progress = field(default=lambda _: None)


IMPORTERS: Registry[Callable[[Job], dict[str, Any]]] = Registry("import format")
"""Importers by name; each fills the spool of its job and returns what the data package should say."""
