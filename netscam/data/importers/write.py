"""Tables to files without holding them in memory, all moved into place at once."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from netscam.data.importers.assemble import Tables
from netscam.files import staging, text_file
from netscam.schema import TABLES, load_schema


def write_tables(tables: Tables, folder: Path, beside: Mapping[str, str], remove: Iterable[str]) -> None:
    """Write tables as ``netscam.data.dataset.write_dataset`` does, byte for byte, row by row, and files beside them.

    Raises
    ------
    OutputError
        Something cannot be written; then no file is replaced.
    """
    with staging([folder / name for name in remove]) as stage:
        for table in TABLES:
            with stage(folder / f"{table}.csv") as file:
                text = text_file(file)
                writer = csv.writer(text, lineterminator="\n")
                writer.writerow(load_schema().columns(table))
                writer.writerows(tables.rows(table))
                text.detach()
        for name, content in beside.items():
            with stage(folder / name) as file:
                file.write(content.encode("utf-8"))
