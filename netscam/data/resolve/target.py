"""Folders that commands write datasets to: another dataset in one is never lost by mistake."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from netscam.data.dataset import PACKAGE_FILE
from netscam.data.package import read_package
from netscam.errors import OutputError
from netscam.schema import OPTIONAL_TABLES, TABLES


def check_target(folder: Path, mark: str, value: str = "", *, force: bool = False) -> None:
    """Refuse a folder that holds a dataset which another command or a person wrote.

    What the same command wrote there before is replaced, so that a command can be run again.

    Parameters
    ----------
    folder
        Where a dataset is to be written.
    mark
        Field of ``netscam`` in ``datapackage.json`` that datasets of the command have, such as ``imported_from``.
    value
        What it has to say, where any will not do.
    force
        Replace whatever dataset is there.

    Raises
    ------
    OutputError
        The folder has tables of a dataset without that mark.
    """
    files = [PACKAGE_FILE, *(f"{name}.csv" for name in (*TABLES, *OPTIONAL_TABLES))]
    if force or not any((folder / name).exists() for name in files):
        return
    own = read_package(folder)[0].get("netscam")
    own = own if isinstance(own, dict) else {}
    found = own.get(mark)
    if not found or (value and found != value) or (mark != "enriched_with" and own.get("enriched_with")):
        raise OutputError(f"{folder} holds another dataset; name a new folder, or replace it with --force")


def stale_files(written: Iterable[str]) -> list[str]:
    """Files of optional tables that an earlier run may have left and that a dataset with these tables has not."""
    return [f"{name}.csv" for name in sorted(set(OPTIONAL_TABLES) - set(written))]
