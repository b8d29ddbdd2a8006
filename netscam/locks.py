"""Locks between processes, where the system has them; the kernel lets go of them when a process dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

if sys.platform != "win32":
    import fcntl

HAS_LOCKS = sys.platform != "win32"
"""Without locks, on Windows, two runs at once on one folder are not kept apart."""


@contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[None]:
    """Keep other runs out of a folder for as long as the block takes; several may share it for reading.

    A folder that cannot be opened, or is on a file system without locks, is not locked.
    """
    if sys.platform == "win32":
        yield
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        yield
        return
    try:
        _lock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def hold(file: IO[Any]) -> None:
    """Mark an open file as in use by this process."""
    if sys.platform != "win32":
        _lock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def free(path: Path) -> bool:
    """Whether no process holds a file; always false where there are no locks to tell by, and for what is no file."""
    if sys.platform == "win32" or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


if sys.platform != "win32":

    def _lock(handle: int, kind: int) -> None:
        """Lock an open file; where the file system has no locks, go on without."""
        try:
            fcntl.flock(handle, kind)
        except BlockingIOError:
            raise
        except OSError:
            return
