"""Rules about ``datapackage.json``, which says what a dataset is and lets Frictionless tools check it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from netscam.data.forms import table_names
from netscam.data.rules.base import label, rule, show
from netscam.schema import OPTIONAL_TABLES, TABLES, load_schema

DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
SEPARATORS = re.compile(r"[/\\]")
Place = tuple[str, str]


def resources(package: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Place and content of every resource that is an object."""
    found = package.get("resources")
    for number, resource in enumerate(found if isinstance(found, list) else []):
        if isinstance(resource, dict):
            yield f"resources[{number}]", resource


def paths(package: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Place and value of every path that a resource names."""
    for place, resource in resources(package):
        path = resource.get("path")
        for each in path if isinstance(path, list) else [] if path is None else [path]:
            yield f"{place}.path", each


@rule("package-name", "package")
def package_name(package: dict[str, Any], _: Path) -> Iterator[Place]:
    """The package and its resources have names of lower-case letters, digits, ``.``, ``_`` and ``-``, none twice."""
    if "name" in package and not is_name(package["name"]):
        yield "name", f"{show(str(package['name']))} is not a name; use a-z, 0-9, '.', '_' and '-'"
    seen: set[str] = set()
    for place, resource in resources(package):
        name = resource.get("name")
        if not is_name(name):
            yield f"{place}.name", "the resource has no proper name; use a-z, 0-9, '.', '_' and '-'"
        elif name in seen:
            yield f"{place}.name", f"two resources are called {show(str(name))}"
        seen.add(str(name))


@rule("package-netscam", "package")
def package_netscam(package: dict[str, Any], _: Path) -> Iterator[Place]:
    """What netscam prints of the package is one line of text: title, version, and under ``netscam`` date and caveat."""
    told = package.get("netscam", {})
    if not isinstance(told, dict):
        yield "netscam", "is not an object in braces"
        told = {}
    texts = {"title": package.get("title"), "version": package.get("version")}
    texts |= {f"netscam.{key}": told.get(key) for key in ("as_of", "caveat")}
    for place, value in texts.items():
        if value is not None and not (isinstance(value, str) and value.isprintable()):
            yield place, f"{show(str(value))} is not one line of text"
    date = told.get("as_of")
    if isinstance(date, str) and not DATE.fullmatch(date):
        yield "netscam.as_of", f"{show(date)} is not a date like 2025, 2025-10 or 2025-10-14"
    if not isinstance(told.get("synthetic", False), bool):
        yield "netscam.synthetic", "is neither true nor false"


@rule("package-resources", "package")
def package_resources(package: dict[str, Any], _: Path) -> Iterator[Place]:
    """The package lists its files: ``resources`` is a list of objects with a path, one for every table."""
    found = package.get("resources")
    if not isinstance(found, list) or not found:
        yield "resources", "the package lists no resources"
        return
    for number, resource in enumerate(found):
        if not isinstance(resource, dict):
            yield f"resources[{number}]", "a resource is an object in braces"
        elif not resource.get("path"):
            yield f"resources[{number}].path", "the resource has no path"
    listed = {path for _, path in paths(package) if isinstance(path, str)}
    for table in TABLES:
        if listed.isdisjoint(table_names(table)):
            yield "resources", f"no resource has the path '{table}.csv'"


@rule("package-path", "package")
def package_path(package: dict[str, Any], folder: Path) -> Iterator[Place]:
    """Paths of resources are files inside the folder: no ``..``, nothing absolute, no web addresses."""
    tables = {name for table in TABLES + OPTIONAL_TABLES for name in table_names(table)}
    for place, path in paths(package):
        if not isinstance(path, str):
            yield place, "a path is a text"
        elif not path:
            continue
        elif not is_inside(path):
            yield place, f"{show(path)} leads out of the dataset's folder"
        elif path not in tables and not (folder / path).is_file():
            yield place, f"there is no file {show(path)}"


@rule("package-schema", "package", level="warning")
def package_schema(package: dict[str, Any], _: Path) -> Iterator[Place]:
    """Where the package states the fields of a table, they are netscam's, in name, order and type."""
    known = {name: table for table in TABLES + OPTIONAL_TABLES for name in table_names(table)}
    for place, resource in resources(package):
        table = known.get(resource["path"]) if isinstance(resource.get("path"), str) else None
        stated = resource.get("schema")
        if table is None or stated is None:
            continue
        fields = stated.get("fields") if isinstance(stated, dict) else None
        ours = [(field["name"], field["type"]) for field in load_schema().tables[table]["fields"]]
        if not isinstance(fields, list):
            yield f"{place}.schema", "the schema has no list of fields"
            continue
        theirs = [(f.get("name"), f.get("type")) if isinstance(f, dict) else None for f in fields]
        if theirs != ours:
            odd = next((name for (name, kind), got in zip(ours, theirs, strict=False) if got != (name, kind)), "")
            about = f"first at {label(odd)}" if odd else f"{len(theirs)} fields where there should be {len(ours)}"
            yield f"{place}.schema", f"the fields of {table} are not those of netscam ({about})"


@rule("package-missing", "file", level="warning")
def package_missing(reason: str) -> Iterator[Place]:
    """A dataset has a ``datapackage.json`` that says what it is, whose, as of when and under which licence."""
    yield "(file)", reason


@rule("package-json", "file")
def package_json(reason: str) -> Iterator[Place]:
    """``datapackage.json`` is one JSON object in UTF-8."""
    yield "(file)", reason


def is_name(name: object) -> bool:
    """Whether a value can be the name of a package or resource."""
    return isinstance(name, str) and NAME.fullmatch(name) is not None


def is_inside(path: str) -> bool:
    """Whether a path stays inside the folder on every system: relative, without ``..``, drive, scheme or NUL."""
    parts = SEPARATORS.split(path)
    return path.isprintable() and ":" not in path and "\\" not in path and not {"", ".", ".."} & set(parts)
