"""A prior of one's own: how grades are read as probabilities, from a JSON file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from netscam.errors import WHOLE_FILE, DataError, Problem
from netscam.schema import Prior, load_schema

TABLES = ("reliability", "credibility", "address")
NUMBERS = ("base", "no_evidence")


def read_prior(name_or_file: str | Path) -> Prior:
    """A prior by name, or from a JSON file.

    Parameters
    ----------
    name_or_file
        ``strict``, ``default``, ``lenient``, or a file with one object: ``reliability`` (A to F), ``credibility``
        (1 to 6) and ``address`` (every coordinate precision that the priors that ship list), each a number between 0
        and 1 by grade; ``base`` and ``no_evidence``, numbers; ``rationale``, text. What is left out is taken from
        ``default``. The name of the prior is that of the file without its ending.

    Returns
    -------
    Prior
        Ready for ``prior=`` of any function.

    Raises
    ------
    DataError
        There is no such prior or file, or something in it is wrong; ``problems`` names every place.
    """
    shipped = load_schema().priors
    if str(name_or_file) in shipped:
        return shipped[str(name_or_file)]
    path = Path(name_or_file)
    if not path.is_file():
        message = f"no such file, and no prior of this name (known: {', '.join(shipped)})"
        raise DataError([Problem(str(name_or_file), 1, WHOLE_FILE, "missing-prior", message)])
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise DataError([Problem(path.name, line, WHOLE_FILE, "not-json", f"not UTF-8 JSON: {error}")]) from None
    except OSError as error:
        raise DataError(
            [Problem(path.name, 1, WHOLE_FILE, "unreadable", f"cannot be read: {error.strerror}")]
        ) from None
    except (RecursionError, ValueError):
        message = "not JSON that can be read: nested too deeply, or a number too long"
        raise DataError([Problem(path.name, 1, WHOLE_FILE, "not-json", message)]) from None
    if problems := list(_problems(path.name, content)):
        raise DataError(problems)
    base = shipped["default"]
    merged: dict[str, Any] = {field.name: getattr(base, field.name) for field in fields(base)}
    merged |= {key: content[key] for key in ("rationale", *NUMBERS) if key in content}
    merged |= {key: {**merged[key], **content[key]} for key in TABLES if key in content}
    return Prior(**{**merged, "name": path.stem})


def _problems(file: str, content: Any) -> Iterator[Problem]:
    if not isinstance(content, Mapping):
        yield Problem(file, 1, WHOLE_FILE, "not-an-object", "a prior is one JSON object")
        return
    default = load_schema().priors["default"]
    for key, value in content.items():
        if key in TABLES:
            yield from _table_problems(file, key, value, getattr(default, key))
        elif key in NUMBERS:
            yield from _number_problems(file, key, value)
        elif key != "rationale":
            known = ", ".join((*TABLES, *NUMBERS, "rationale"))
            yield Problem(file, 1, key, "unknown-key", f"a prior has no {key!r} (known: {known})")


def _table_problems(file: str, key: str, value: Any, known: Mapping[str, float]) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield Problem(file, 1, key, "not-an-object", "give one number by grade")
        return
    for grade, number in value.items():
        if grade not in known:
            yield Problem(file, 1, f"{key}.{grade}", "unknown-grade", f"known: {', '.join(known)}")
        else:
            yield from _number_problems(file, f"{key}.{grade}", number)


def _number_problems(file: str, key: str, value: Any) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        yield Problem(file, 1, key, "not-a-probability", f"{value!r} is not a number between 0 and 1")
