"""Rules about the header of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from netscam.data.rules.base import Finding, label, near, rule
from netscam.errors import WHOLE_FILE


@dataclass(frozen=True)
class Header:
    """Column names that a file has and that its table should have."""

    file: str
    names: list[str]
    expected: list[str]

    @cached_property
    def meant(self) -> dict[str, str]:
        """Column that each name surely means: itself, or the one that differs in case, spaces or hyphens only."""
        meant = {name: name for name in self.names if name in self.expected}
        for name in self.names:
            plain = "_".join(name.casefold().replace("-", " ").replace("_", " ").split())
            if name not in meant and plain in self.expected and plain not in meant.values():
                meant[name] = plain
        return meant


def _each(names: list[str], message: list[str]) -> Iterator[Finding]:
    if names:
        yield Finding(np.zeros(len(names), np.int64), lambda k: label(names[k]), lambda k: message[k])


@rule("duplicate-column", "header")
def duplicate_column(header: Header) -> Iterator[Finding]:
    """A column stands in the header once; of two, the first is read."""
    twice = {name: count for name, count in Counter(header.names).items() if count > 1 and name}
    yield from _each(list(twice), [f"the header has this column {count} times" for count in twice.values()])


@rule("unknown-column", "header")
def unknown_column(header: Header) -> Iterator[Finding]:
    """The header has no column that the schema does not know, spelled exactly; notes go into a column made for them."""
    unknown = [name for name in dict.fromkeys(header.names) if name not in header.expected]
    messages = [
        f"not a column of {header.file}{_hint(name, header)}" if name else "a column has no name" for name in unknown
    ]
    yield from _each(unknown, messages)


def _hint(name: str, header: Header) -> str:
    if name in header.meant:
        return f"; write it exactly {header.meant[name]!r}"
    hint = near(name, header.expected)
    return hint if hint.startswith("; did") else ""


@rule("missing-column", "header")
def missing_column(header: Header) -> Iterator[Finding]:
    """The header has every column of the schema, also those that are empty throughout."""
    missing = [name for name in header.expected if name not in header.meant.values()]
    yield from _each(missing, ["the header lacks this column"] * len(missing))


@rule("column-order", "header")
def column_order(header: Header) -> Iterator[Finding]:
    """Columns stand in the schema's order.

    The Table Schema standard matches fields by position unless told otherwise, so a Frictionless tool would take one
    column for another. The file is still read by the names, so the other rules look at the right cells.
    """
    present = [header.meant[name] for name in dict.fromkeys(header.names) if name in header.meant]
    order = [name for name in header.expected if name in present]
    if present != order:
        text = f"columns are not in the schema's order, which is {', '.join(order)}"
        yield Finding(np.zeros(1, np.int64), WHOLE_FILE, lambda _: text)
