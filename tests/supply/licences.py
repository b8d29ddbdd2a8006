"""Licences of all that netscam needs, from what is installed."""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?")
SHORT = (
    ("GNU General Public License v2", "GPL-2.0-or-later"), ("GPL-2.0", "GPL-2.0-or-later"), ("LGPL", "LGPL"),
    ("Mozilla", "MPL-2.0"), ("MPL-2.0", "MPL-2.0"), ("Apache", "Apache-2.0"), ("BSD-3", "BSD-3-Clause"),
    ("BSD-2", "BSD-2-Clause"), ("BSD", "BSD"), ("Python Software Foundation", "PSF-2.0"), ("PSF", "PSF-2.0"),
    ("MIT-CMU", "MIT-CMU"), ("HPND", "HPND"), ("MIT", "MIT"), ("ISC", "ISC"),
    ("Unlicense", "Unlicense"), ("Zlib", "Zlib"),
)  # fmt: skip
STATED = {"igraph": "GPL-2.0-or-later", "python-igraph": "GPL-2.0-or-later"}
INTRODUCTION = """# Licences of what netscam needs

Made by `python tests/supply/licences.py`; a test fails when a dependency is missing here. What the development tools
need is not listed: it is not handed on.

netscam itself is MIT. **python-igraph and the igraph library inside it are GPL-2.0-or-later.** netscam imports igraph,
so:

- You may use netscam, alone or in an organisation, for anything: the GPL does not limit running.
- You may hand on netscam's own source under MIT.
- Whoever hands on netscam *together with* igraph (a container image, an installer, a frozen program, a laptop given to
  another body) has to hand on the whole under the GPL, with the licence text, and with the source of all of it or a
  written offer for it. Because pyarrow and others are under Apache-2.0, which fits version 3 only, take GPL version 3:
  igraph's "or later" allows it, and MIT, BSD, PSF, ISC and Zlib fit too.
- Results (figures, tables, pages, reports, exported graphs) are not derived from igraph and are under the licence of
  the data alone.

| library | licence | needed by |
|---|---|---|
"""


def closure(names: Iterable[str], by: str, found: dict[str, set[str]]) -> None:
    """Add libraries, and what they need without extras, to ``found`` with what wants them."""
    for name in names:
        key = re.sub(r"[-_.]+", "-", name).lower()
        if by in found.get(key, set()):
            continue
        found.setdefault(key, set()).add(by)
        try:
            needs = importlib.metadata.requires(key) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        closure([_name(line) for line in needs if "extra ==" not in line and _here(line)], by, found)


def _name(line: str) -> str:
    found = NAME.match(line)
    return found[1] if found else line


def _here(line: str) -> bool:
    """Whether a requirement with a marker is for this system, as far as that is simple to say."""
    marker = line.partition(";")[2]
    return not re.search(r"win32|Windows|emscripten|darwin|python_version *<=? *['\"]3\.(?:[0-9]|10|11)['\"]", marker)


def licence(name: str) -> str:
    """Short name of the licence of an installed library; ``unknown`` where it does not say."""
    if name in STATED:
        return STATED[name]
    about = importlib.metadata.metadata(name)
    expression = about.get("License-Expression")
    if expression:
        return " ".join(str(expression).split())
    classified = [line for key, line in about.items() if key == "Classifier" and line.startswith("License ::")]
    for text in (*classified, str(about.get("License") or "")[:200]):
        for sign, short in SHORT:
            if sign in text:
                return short
    return "unknown"


def needed() -> dict[str, set[str]]:
    """Every library that netscam and its extras need, with ``netscam`` or the names of the extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, set[str]] = {}
    closure(map(_name, project["dependencies"]), "netscam", found)
    core = set(found)
    for extra, lines in project["optional-dependencies"].items():
        if extra not in ("dev", "notebook"):
            closure(map(_name, lines), f"extra {extra}", found)
    return {name: {"netscam"} if name in core else by for name, by in found.items()}


def document() -> str:
    """Text of docs/licences.md."""
    rows = []
    for name, by in sorted(needed().items()):
        try:
            told = licence(name)
        except importlib.metadata.PackageNotFoundError:
            told = "not installed here"
        rows.append(f"| {name} | {told} | {', '.join(sorted(by))} |\n")
    return INTRODUCTION + "".join(rows)


if __name__ == "__main__":
    sys.stdout.write(document())
