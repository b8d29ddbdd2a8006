"""Writing files whole or not at all, also several at once, and also when the machine stops in the middle."""

from __future__ import annotations

import io
import json
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from netscam.errors import OutputError
from netscam.locks import HAS_LOCKS, free, hold, locked

JOURNAL = ".netscam-unfinished.json"
"""Names in a folder that are still to be moved into place; while it is there, the next run finishes the moves."""
TEMPORARY = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")


def write_file(path: Path, content: str | bytes) -> None:
    """Write one file under a temporary name in the same folder and rename it into place.

    A crash leaves the old file whole. Text is written as UTF-8 with the line ends that it has.

    Raises
    ------
    OutputError
        The file cannot be written; what stood there before is untouched.
    """
    write_files({path: content})


def write_files(contents: Mapping[Path, str | bytes], *, remove: Iterable[Path] = ()) -> None:
    """Write several files, all or none: see ``staging``.

    Parameters
    ----------
    contents
        Text (written as UTF-8) or bytes by path.
    remove
        Files of an earlier run that go when the new ones come.

    Raises
    ------
    OutputError
        One of them cannot be written; then none is replaced and none removed.
    """
    with staging(remove) as stage:
        for path, content in contents.items():
            with stage(path) as file:
                file.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def staging(remove: Iterable[Path] = ()) -> Iterator[Callable[[Path], Any]]:
    """Files under temporary names that all take their places at the end, or none.

    Gives a function that opens a file for writing bytes, to be used in a ``with``. When the block ends, the moves are
    first written down in the folder and then made, so that a run that is killed between two of them is finished by the
    next that reads or writes there. Two runs at once on one folder move one after the other: what is left is of one.

    Raises
    ------
    OutputError
        Something cannot be written; what stood there before is untouched.
    """
    staged: dict[Path, Path] = {}
    made: list[Path] = []
    with ExitStack() as held:
        try:
            yield lambda path: _open(path, staged, made, held)
            with _naming(Path()):
                _commit(staged, list(remove))
        finally:
            for temporary in staged.values():
                temporary.unlink(missing_ok=True)
            for folder in reversed(made):
                # A folder that got its files is not empty, and stays.
                with suppress(OSError):
                    folder.rmdir()


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Say of which file an error of the system is."""
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        name = path if path.name else error.filename
        raise OutputError(f"cannot write {name}: {error.strerror or error}") from error


@contextmanager
def _open(path: Path, staged: dict[Path, Path], made: list[Path], held: ExitStack) -> Iterator[BinaryIO]:
    with _naming(path):
        if path.is_dir():
            raise OutputError(f"cannot write {path}: it is a folder")
        missing = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        made += reversed(missing)
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
        # Held until the end: a temporary file that nobody holds is of a run that was killed.
        with locked(path.parent):
            file = held.enter_context(temporary.open("wb"))
            hold(file)
        staged[path] = temporary
        yield file
        file.flush()
        os.fsync(file.fileno())
        if not HAS_LOCKS:
            file.close()


def _commit(staged: Mapping[Path, Path], remove: list[Path]) -> None:
    """Move every file of a folder into place, folder by folder."""
    for folder in sorted({path.parent for path in [*staged, *remove]}):
        moves = {temporary.name: path.name for path, temporary in staged.items() if path.parent == folder}
        gone = [path.name for path in remove if path.parent == folder and path not in staged and path.exists()]
        with locked(folder):
            _finish(folder)
            if len(moves) + len(gone) > 1:
                _write_journal(folder, moves, gone)
            _move(folder, moves, gone)
            _sweep(folder)


def _write_journal(folder: Path, moves: Mapping[str, str], gone: list[str]) -> None:
    text = json.dumps({"move": moves, "remove": gone})
    temporary = folder / f".{JOURNAL}.{secrets.token_hex(4)}.tmp"
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / JOURNAL)
    finally:
        temporary.unlink(missing_ok=True)


def _move(folder: Path, moves: Mapping[str, str], gone: Iterable[str]) -> None:
    for temporary, name in moves.items():
        if (folder / temporary).exists():
            (folder / temporary).replace(folder / name)
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    (folder / JOURNAL).unlink(missing_ok=True)


def finish_files(folder: Path) -> None:
    """Finish what a killed run had begun to move into place in a folder, and remove what it left; most often nothing.

    Raises
    ------
    OutputError
        It cannot be finished, for example in a folder that may not be written.
    """
    if folder.is_dir() and any(_left(path.name) for path in folder.iterdir()):
        with _naming(folder / JOURNAL), locked(folder):
            _finish(folder)
            # In a folder that may only be read they stay, and harm nobody.
            with suppress(OSError):
                _sweep(folder)


def _left(name: str) -> bool:
    return name == JOURNAL or TEMPORARY.fullmatch(name) is not None


def _finish(folder: Path) -> None:
    journal = folder / JOURNAL
    if not os.path.lexists(journal):
        return
    if not journal.is_file():
        raise OutputError(f"{journal} is not a regular file; look at it, then remove it")
    try:
        found = json.loads(journal.read_text(encoding="utf-8"))
        moves, gone = dict(found["move"]), list(found["remove"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise OutputError(f"{journal} is damaged; look at the folder, then remove it") from None
    names = [*moves, *moves.values(), *gone]
    if not all(isinstance(name, str) and _is_plain(name) for name in names):
        raise OutputError(f"{journal} names files outside the folder; look at it, then remove it")
    if not all(TEMPORARY.fullmatch(name) for name in moves):
        raise OutputError(f"{journal} names files that are not temporary; look at it, then remove it")
    _move(folder, moves, gone)


def _is_plain(name: str) -> bool:
    """Whether a name can be that of a file, and of one in the folder itself."""
    try:
        return name not in ("", "..") and Path(name).name == name and b"\0" not in os.fsencode(name)
    except UnicodeEncodeError:
        return False


def _sweep(folder: Path) -> None:
    """Remove temporary files that killed runs left."""
    for path in folder.iterdir():
        if TEMPORARY.fullmatch(path.name) and free(path):
            path.unlink(missing_ok=True)


def text_file(file: BinaryIO) -> io.TextIOWrapper:
    """A staged file for writing UTF-8 text, line ends as given; detach it before the file is closed."""
    return io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
