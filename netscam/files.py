"""Writing files whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from netscam.errors import OutputError


def write_file(path: Path, content: str | bytes) -> None:
    """Write one file under a temporary name in the same folder and rename it into place.

    A crash leaves the old file whole. Text is written as UTF-8 with the line ends that it has.

    Raises
    ------
    OutputError
        The file cannot be written; what stood there before is untouched.
    """
    write_files({path: content})


def write_files(contents: Mapping[Path, str | bytes]) -> None:
    """Write several files: every one under a temporary name first, then all renames in a row.

    Raises
    ------
    OutputError
        One of them cannot be written; then none is replaced.
    """
    staged: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, content in contents.items():
            if path.is_dir():
                raise OutputError(f"cannot write {path}: it is a folder")
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
            staged.append((temporary, path))
            with temporary.open("wb") as file:
                file.write(content.encode("utf-8") if isinstance(content, str) else content)
                file.flush()
                os.fsync(file.fileno())
        for temporary, path in staged:
            temporary.replace(path)
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)
