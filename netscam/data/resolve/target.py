"""Folders that commands write datasets to: another dataset in one is never lost by mistake."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from netscam.data.dataset import PACKAGE_FILE
from netscam.data.package import read_package
from netscam.errors import OutputError
from netscam.schema import OPTIONAL_TABLES, TABLES


def check_target(folder: Path, mark: str, value: str = "") -> None:
    """Refuse a folder that holds a dataset which another command or a person wrote.

    Parameters
    ----------
    folder
        Where a dataset is to be written.
    mark
        Field of ``netscam`` in ``datapackage.json`` that datasets of the command have, such as ``imported_from``.
    value
        What it has to say, where any will not do.

    Raises
    ------
    OutputError
        The folder has tables of a dataset without that mark.
    """
    files = [PACKAGE_FILE, *(f"{name}.csv" for name in (*TABLES, *OPTIONAL_TABLES))]
    if not any((folder / name).exists() for name in files):
        return
    own = read_package(folder)[0].get("netscam")
    own = own if isinstance(own, dict) else {}
    found = own.get(mark)
    if not found or (value and found != value) or (mark != "enriched_with" and own.get("enriched_with")):
        raise OutputError(f"{folder} holds another dataset; name a new folder, or remove that one first")


def remove_stale(folder: Path, written: Iterable[str]) -> None:
    """Remove optional tables of an earlier run that the dataset just written has not.

    Raises
    ------
    OutputError
        A table cannot be removed.
    """
    for name in set(OPTIONAL_TABLES) - set(written):
        try:
            (folder / f"{name}.csv").unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"cannot remove {folder / name}.csv: {error.strerror or error}") from error
