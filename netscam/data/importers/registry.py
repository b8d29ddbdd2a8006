"""Every format that netscam reads, by name, and the one call that reads them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netscam.data.importers import bods, icij, ofac, opensanctions, table
from netscam.data.importers.job import IMPORTERS, Job, Progress
from netscam.data.importers.report import Report
from netscam.errors import WHOLE_FILE, DataError, Problem

if TYPE_CHECKING:
    from netscam.data.dataset import Dataset
    from netscam.data.importers.assemble import Tables

__all__ = ["IMPORTERS", "Imported", "bods", "icij", "import_files", "ofac", "opensanctions", "table"]


@dataclass
class Imported:
    """What came of an import: tables on disk until they are asked for, and the report.

    Use it as a context manager, or call ``close``; the tables live in a temporary folder until then.
    """

    name: str
    package: Mapping[str, Any]
    tables: Tables
    report: Report
    _folder: tempfile.TemporaryDirectory[str] = field(repr=False)

    def dataset(self) -> Dataset:
        """All tables in memory, as ``read_dataset`` would give them after ``write``."""
        from netscam.data.dataset import build_dataset

        return build_dataset(self.name, self.tables.frames(), self.package)

    def write(self, folder: str | Path, *, beside: Mapping[str, str] | None = None, remove: Sequence[str] = ()) -> Path:
        """Write the dataset as ``write_dataset`` does, byte for byte, in memory that does not grow with the tables.

        Parameters
        ----------
        folder
            Where to write.
        beside
            Other files of the folder by name, written in the same move.
        remove
            Names of files of an earlier run that go in the same move.

        Raises
        ------
        OutputError
            Something cannot be written; then no file is replaced.
        """
        from netscam.data.dataset import PACKAGE_FILE
        from netscam.data.importers.write import write_tables
        from netscam.data.package import package_text
        from netscam.schema import TABLES

        target = Path(folder)
        more = {PACKAGE_FILE: package_text(self.name, self.package, TABLES), **(beside or {})}
        write_tables(self.tables, target, more, remove)
        return target

    def close(self) -> None:
        """Remove the temporary folder."""
        self.tables.close()
        self._folder.cleanup()

    def __enter__(self) -> Imported:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def import_files(
    form: str,
    files: Sequence[str | Path],
    *,
    name: str = "",
    published: str = "",
    mapping: str | Path | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Read official lists, leaks and registers as they are published.

    Files are streamed into a temporary database on disk, where repeated records are merged and ends of relations are
    looked up; memory does not grow with the files.

    Parameters
    ----------
    form
        Name of the format: see ``IMPORTERS``.
    files
        Files, or folders whose files of that format are taken.
    name
        Name of the dataset; by default the format with the name of the first file.
    published
        Date of publication of the files (2025, 2025-10 or 2025-10-14), where they do not state it.
    mapping
        Mapping file of the format ``table``.
    progress
        Called with the number of bytes read since the last call.

    Returns
    -------
    Imported
        Tables that keep every rule of netscam, and a report of what was read, changed and dropped. Every relation has
        evidence with a document, a date and a grade; every entity has its original id among its identifiers.

    Raises
    ------
    UnknownNameError
        No such format.
    DataError
        A file is broken or not of this format; ``problems`` names every place.
    """
    from netscam.data.importers.assemble import assemble
    from netscam.data.importers.spool import Spool
    from netscam.data.importers.text import make_id

    entry = IMPORTERS[form]
    paths = [Path(file) for file in files]
    missing = [path for path in paths if not path.exists()]
    if missing or not paths:
        raise DataError(Problem(str(path), 1, WHOLE_FILE, "missing-file", "there is no such file") for path in missing)
    report = Report()
    folder = tempfile.TemporaryDirectory(prefix="netscam-import-")
    spool = None
    try:
        spool = Spool(Path(folder.name) / "spool.sqlite", report)
        chosen = Path(mapping) if mapping else None
        job = Job(paths, spool, report, published, chosen, progress or (lambda _: None))
        package = entry.function(job)
        if not report.read:
            report.note("no record was found in the files, so the dataset is empty")
        title = make_id(name or f"{form}-{paths[0].stem}").lower()
        return Imported(title, package, assemble(spool, report), report, folder)
    except BaseException:
        if spool is not None:
            spool.close()
        folder.cleanup()
        raise
