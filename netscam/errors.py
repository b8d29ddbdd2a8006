"""What can go wrong, and how it is said to a user."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

WHOLE_FILE = "(file)"
MOST_LISTED = 40
LONGEST_PART = 600
LONGEST_LINE = 2000
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")
"""Characters that a terminal obeys, that turn the direction of writing, or that UTF-8 or XML cannot hold."""


def visible(text: str, *, keep: str = "") -> str:
    r"""Write what a terminal would obey as an escape, ``\x1b``, so that a message or a table shows it.

    Examples
    --------
    >>> visible("a\x1b[2J")
    'a\\x1b[2J'
    """
    return HIDDEN.sub(lambda found: found[0] if found[0] in keep else ascii(found[0])[1:-1], text)


@dataclass(frozen=True, order=True)
class Problem:
    """One broken rule at one place of one file.

    Parameters
    ----------
    file
        Name of the file, as the user would type it inside the dataset folder.
    line
        Line in the file, counted from 1; the header is line 1.
    column
        Name of the column, or ``(file)`` when the whole file is meant.
    rule
        Short name of the rule, for example ``unknown-id``.
    message
        One sentence for a person.
    level
        ``error`` makes the dataset invalid; ``warning`` only does under ``strict``.
    """

    file: str
    line: int
    column: str
    rule: str
    message: str
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        file, column, message = (visible(cut(part)) for part in (self.file, self.column, self.message))
        return f"{file}:{self.line}: {column}: {message} [{self.rule}]"


def cut(text: str, length: int = LONGEST_PART) -> str:
    """Text of at most so many characters, with three dots where it was longer."""
    return text if len(text) <= length else text[: length - 3] + "..."


class NetscamError(Exception):
    """Base of every error that netscam raises on purpose; the command line prints it and exits with 1."""


class DataError(NetscamError, ValueError):
    """Input that breaks the rules; ``problems`` holds every one of them, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class GraphError(NetscamError, ValueError):
    """A measure or method was asked for something that this graph cannot give."""


class DateError(NetscamError, ValueError):
    """A date that is not one; an empty one is not either."""


class OutputError(NetscamError, OSError):
    """A file could not be written; what was there before is untouched."""


class UnknownNameError(NetscamError, LookupError):
    """A name that nothing is registered under; the message suggests near ones."""

    def __init__(self, kind: str, name: str, known: Iterable[str], *, hint: str = "") -> None:
        names = list(known)
        close = difflib.get_close_matches(name, names, n=3)
        listed = f"; known: {', '.join(names)}" if 0 < len(names) <= MOST_LISTED else ""
        nearest = f"; did you mean {', '.join(repr(n) for n in close)}?" if close else listed
        super().__init__(f"no {kind} called {name!r}" + (f"; {hint}" if hint else nearest))
