"""Tables to files without holding them in memory: each under a temporary name, then all renamed in a row."""

from __future__ import annotations

import csv
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from netscam.data.dataset import PACKAGE_FILE
from netscam.data.importers.assemble import Tables
from netscam.data.package import package_text
from netscam.errors import OutputError
from netscam.schema import TABLES, load_schema


def write_tables(name: str, package: Mapping[str, Any], tables: Tables, folder: Path) -> Path:
    """Write a dataset as ``netscam.data.dataset.write_dataset`` does, byte for byte, row by row.

    Raises
    ------
    OutputError
        Something cannot be written; then no file is replaced.
    """
    staged: list[tuple[Path, Path]] = []
    path = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for table in TABLES:
            path = folder / f"{table}.csv"
            staged.append((_beside(path), path))
            _write_table(tables, table, staged[-1][0])
        path = folder / PACKAGE_FILE
        staged.append((_beside(path), path))
        staged[-1][0].write_text(package_text(name, package, TABLES), encoding="utf-8", newline="\n")
        for temporary, path in staged:
            temporary.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)
    return folder


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")


def _write_table(tables: Tables, table: str, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(load_schema().columns(table))
        writer.writerows(tables.rows(table))
        file.flush()
        os.fsync(file.fileno())
