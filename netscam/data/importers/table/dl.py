"""UCINET DL files as rows: a matrix stays a matrix, a list of edges becomes one row an edge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from netscam.data.importers.job import Progress
from netscam.data.importers.stream import broken, read_lines
from netscam.errors import WHOLE_FILE

SETTING = re.compile(r"\b(n|nr|nc|nm|format)\s*=\s*([A-Za-z0-9]+)", re.IGNORECASE)
SECTION = re.compile(r"\b((?:row |column )?labels(?: embedded)?|data)\s*:", re.IGNORECASE)
TOKEN = re.compile(r'"([^"]*)"|([^\s,]+)')
MOST = 1_000_000
Row = tuple[int, list[str]]
SIDES = ("row", "column")


@dataclass
class _Head:
    path: Path
    settings: dict[str, str] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=lambda: {"row": [], "column": []})
    embedded: bool = False

    def refuse(self, line: int, message: str) -> NoReturn:
        broken(self.path, line, WHOLE_FILE, "dl", message)

    def count(self, name: str, line: int) -> int:
        """A number that the head states; ``n`` stands for rows and columns."""
        value = self.settings.get(name) or self.settings.get("n", "")
        if not value.isdecimal() or len(value) > 12 or not int(value):
            self.refuse(line, f"the head has to say {name}= or n=")
        return int(value)

    def named(self, side: str, count: int, line: int) -> list[str]:
        """Labels of rows or columns; their numbers where there are none."""
        if count > MOST:
            self.refuse(line, f"{count} {side}s are more than can be read, at most {MOST:,}")
        names = self.labels[side] or [str(number) for number in range(1, count + 1)]
        if len(names) != count:
            self.refuse(line, f"{len(names)} labels where there are {count} {side}s")
        return names


def tokens(text: str) -> list[str]:
    """Words of a line; those in quotes keep their blanks."""
    return [found[1] if found[1] is not None else found[2] for found in TOKEN.finditer(text)]


def read_dl(path: Path, progress: Progress) -> Iterator[Row]:
    """Rows of a DL file with one matrix: formats fullmatrix, edgelist1, nodelist1, edgelist2 and nodelist2.

    The two-mode lists give ends of their own to rows and columns (``row-1``, ``column-1``), with the labels as names.

    Raises
    ------
    DataError
        The file is not DL, has a format or several matrices that are not read, or its numbers do not fit its head.
    """
    lines = enumerate(read_lines(path, progress), start=1)
    head = _Head(path)
    line = _read_head(head, lines)
    form = head.settings.get("format", "fullmatrix").lower()
    if head.settings.get("nm", "1") != "1":
        head.refuse(line, "several matrices in one file are not read")
    if form in ("edgelist1", "el1", "nodelist1", "nl1"):
        yield from _edges(head, lines, line, whole=form.startswith("n"))
    elif form in ("edgelist2", "el2", "nodelist2", "nl2"):
        yield from _two_mode(head, lines, line, whole=form.startswith("n"))
    elif form in ("fullmatrix", "fm"):
        yield from _matrix(head, lines, line)
    else:
        head.refuse(line, f"format {form} is not read; export as fullmatrix, edgelist1, edgelist2 or nodelist1")


def _read_head(head: _Head, lines: Iterator[tuple[int, str]]) -> int:
    section = "head"
    number = 1
    for number, text in lines:
        if number == 1 and not text.lower().lstrip().startswith("dl"):
            head.refuse(1, "a DL file begins with the word dl")
        first, *others = SECTION.split(text)
        _take(head, section, first)
        for name, rest in zip(others[::2], others[1::2], strict=True):
            section = name.lower()
            head.embedded |= section.endswith("embedded")
            if section == "data":
                if rest.strip():
                    head.refuse(number, "data have to begin on a line of their own")
                return number
            _take(head, section, rest)
    return head.refuse(number, "the file ends before its data")


def _take(head: _Head, section: str, text: str) -> None:
    if section == "head":
        head.settings |= {name.lower(): value for name, value in SETTING.findall(text)}
        return
    for side in ("row", "column") if section.startswith("labels") else (section.split(maxsplit=1)[0],):
        head.labels[side] += tokens(text)


def _matrix(head: _Head, lines: Iterator[tuple[int, str]], line: int) -> Iterator[Row]:
    rows, columns = head.count("nr", line), head.count("nc", line)
    found = ((number, words) for number, text in lines if (words := tokens(text)))
    names = next(found, (line, []))[1] if head.embedded else head.named("column", columns, line)
    labels = [] if head.embedded else head.named("row", rows, line)
    yield line, ["", *names]
    waiting: list[str] = []
    done = 0
    width = columns + head.embedded
    for number, words in found:
        waiting += words
        while len(waiting) >= width:
            row, waiting = waiting[:width], waiting[width:]
            yield number, row if head.embedded else [labels[done] if done < rows else "", *row]
            done += 1
        line = number
    if done != rows or waiting:
        head.refuse(line, f"the data hold {done} rows of {columns} where the head says {rows}")


def _edges(head: _Head, lines: Iterator[tuple[int, str]], line: int, *, whole: bool) -> Iterator[Row]:
    count = head.count("n", line)
    names = [] if head.embedded else head.named("row", count, line)
    yield line, ["source", "target", "value"]
    for number, text in lines:
        words = tokens(text)
        if not words:
            continue
        ends = words if whole else words[:2]
        if len(ends) < 2 and not whole:
            head.refuse(number, "an edge has two ends")
        if not head.embedded:
            if not all(end.isdecimal() and 0 < int(end) <= count for end in ends):
                head.refuse(number, f"an end is not a number from 1 to {count}")
            ends = [names[int(end) - 1] for end in ends]
        value = "1" if whole or len(words) < 3 else words[2]
        yield from ((number, [ends[0], target, value]) for target in ends[1:])


def _two_mode(head: _Head, lines: Iterator[tuple[int, str]], line: int, *, whole: bool) -> Iterator[Row]:
    sizes = (head.count("nr", line), head.count("nc", line))
    names = [[] if head.embedded else head.named(side, size, line) for side, size in zip(SIDES, sizes, strict=True)]
    yield line, ["source", "target", "value", "source_name", "target_name"]
    for number, text in lines:
        words = tokens(text)
        if not words:
            continue
        if len(words) < 2 and not whole:
            head.refuse(number, "an edge has two ends")
        value = "1" if whole or len(words) < 3 else words[2]
        row = _label(head, number, words[0], 0, names[0] if not head.embedded else None)
        for word in words[1:] if whole else words[1:2]:
            column = _label(head, number, word, 1, names[1] if not head.embedded else None)
            yield number, [f"row-{row}", f"column-{column}", value, row, column]


def _label(head: _Head, line: int, word: str, side: int, names: list[str] | None) -> str:
    if names is None:
        return word
    if not word.isdecimal() or not 0 < int(word) <= len(names):
        head.refuse(line, f"a {SIDES[side]} is not a number from 1 to {len(names)}")
    return names[int(word) - 1]
