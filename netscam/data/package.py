"""Read and write ``datapackage.json``, the Frictionless Data Package descriptor of a dataset."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, cast

from netscam.data.rules.base import RULES, of_stage
from netscam.data.rules.package import Place, is_name, package_json, package_missing
from netscam.errors import Problem
from netscam.schema import load_schema

FILE = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


class _RefusedError(ValueError):
    """Text that Python's JSON reader takes but JSON does not allow."""


def read_package(folder: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Read the descriptor of a dataset.

    Parameters
    ----------
    folder
        Folder of the dataset.

    Returns
    -------
    package, problems
        The descriptor as written, ``{}`` when it is missing or of no use, and what is wrong with it. The column of a
        problem is the place in the descriptor, such as ``resources[2].path``. Only what netscam relies on is checked;
        a Frictionless tool checks the rest. A missing descriptor is a warning.
    """
    try:
        content = _bytes(folder / FILE)
    except FileNotFoundError:
        return {}, _problems("package-missing", package_missing("there is no such file"))
    except OSError as error:
        return {}, _problems("package-json", package_json(f"the file cannot be read: {error.strerror}"))
    try:
        package = _parse(content)
    except json.JSONDecodeError as error:
        return {}, _problems("package-json", package_json(f"{error.msg} (character {error.colno})"), error.lineno)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{content[error.start]:02x} is not UTF-8"
        return {}, _problems("package-json", package_json(message), line)
    except (_RefusedError, RecursionError) as error:
        message = str(error) if isinstance(error, _RefusedError) else "the text is nested too deeply"
        return {}, _problems("package-json", package_json(message))
    problems = []
    for entry in of_stage("package"):
        problems += _problems(entry.name, cast("Iterable[Place]", entry.function(package, folder)))
    return package, sorted(problems)


def _bytes(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise OSError(0, "it is not a regular file")
    return path.read_bytes()


def package_text(name: str, package: Mapping[str, Any], tables: Iterable[str]) -> str:
    """Write a descriptor for the tables of a dataset.

    Parameters
    ----------
    name
        Name of the dataset.
    package
        What to carry over: title, licences, sources, contributors, version and whatever else is there. Its resources
        are replaced.
    tables
        Names of the tables that the dataset has.

    Returns
    -------
    str
        JSON text, the same for the same input, with one resource per table and the schema written out in each.
    """
    slug = (
        name if is_name(name) else "".join(c if is_name(c) else "-" for c in name.casefold()).strip("-._") or "dataset"
    )
    head = {"$schema": PROFILE, "name": slug}
    rest = {key: value for key, value in package.items() if key not in (*head, "resources")}
    found = [resource(table) for table in tables]
    return json.dumps({**head, **rest, "resources": found}, ensure_ascii=False, indent=2) + "\n"


def resource(table: str) -> dict[str, Any]:
    """Describe the CSV of one table as a Frictionless resource."""
    return {
        "name": table,
        "path": f"{table}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": load_schema().table_schema(table),
    }


def _parse(content: bytes) -> dict[str, Any]:
    try:
        package = json.loads(content.decode("utf-8"), parse_constant=_refuse)
    except (json.JSONDecodeError, UnicodeDecodeError, _RefusedError):
        raise
    except ValueError as error:
        raise _RefusedError("a number is too long") from error
    if not isinstance(package, dict):
        raise _RefusedError("the descriptor is not an object in braces")
    try:
        json.dumps(package, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise _RefusedError("half of a surrogate pair stands alone") from error
    return package


def _refuse(constant: str) -> None:
    raise _RefusedError(f"{constant} is not JSON")


def _problems(rule: str, places: Iterable[Any], line: int = 1) -> list[Problem]:
    level = cast("Literal['error', 'warning']", RULES[rule].details["level"])
    return [Problem(FILE, line, place, rule, message, level) for place, message in places]
