"""Objects of a JSON file one by one: JSON lines, a JSON array of any length, or objects one after another."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from netscam.data.importers.job import Progress
from netscam.data.importers.stream import broken, read_chunks
from netscam.errors import WHOLE_FILE

LARGEST = 1 << 26
EDGE = 16
DEEPEST = 100
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
LONE = re.compile("[\ud800-\udfff]")
BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
SIGN = re.compile(r"[^ \t\r\n]")


def read_objects(path: Path, progress: Progress) -> Iterator[tuple[int, dict[str, Any]]]:
    """Objects of a file with the lines on which they begin; memory holds one piece of the file at a time.

    Raises
    ------
    DataError
        The file is not JSON in UTF-8, holds something other than objects, or ends in the middle.
    """
    reader = _Reader(path, progress)
    in_array = reader.next_sign() == "["
    if in_array:
        reader.skip(1)
    first = True
    while (sign := reader.next_sign()) and sign != "]":
        if sign == "," and in_array and not first:
            reader.skip(1)
            sign = reader.next_sign()
        elif in_array and not first:
            reader.refuse(f"expected ',' or ']' and not {sign!r}")
        if sign != "{":
            reader.refuse(f"expected an object in braces and not {sign!r}")
        yield reader.line, reader.take()
        first = False
    if in_array and sign != "]":
        reader.refuse("the file ends before the array does")
    if sign == "]":
        if not in_array:
            reader.refuse("expected an object in braces and not ']'")
        reader.skip(1)
        if extra := reader.next_sign():
            reader.refuse(f"{extra!r} after the end of the array")


def _sound(value: Any) -> Any:
    """Put U+FFFD for lone halves of surrogate pairs, which are no characters and cannot be written."""
    if isinstance(value, str):
        return LONE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_sound(item) for item in value]
    if isinstance(value, dict):
        return {_sound(key): _sound(item) for key, item in value.items()}
    return value


def _nesting(text: str, start: int, stop: int) -> int:
    """Depth of the object that stands there, or a bound on it where the bound is small enough."""
    bound = text.count("{", start, stop) + text.count("[", start, stop)
    if bound <= DEEPEST:
        return bound
    depth = deepest = 0
    for found in BRACKET.finditer(text, start, stop):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(found[0], 0)
        deepest = max(deepest, depth)
    return deepest


class _Reader:
    def __init__(self, path: Path, progress: Progress) -> None:
        self.path = path
        self.line = 1
        self._chunks = read_chunks(path, progress)
        self._decode = codecs.getincrementaldecoder("utf-8")()
        self._json = json.JSONDecoder()
        self._text = ""
        self._place = 0
        self._column = 1
        self._ended = False
        self._started = False

    def refuse(self, message: str, at: int = 0) -> NoReturn:
        """Refuse the file at a place after the current one."""
        before = self._text[self._place : self._place + at]
        line = self.line + before.count("\n")
        column = at - before.rfind("\n") if "\n" in before else self._column + at
        broken(self.path, line, f"character {column}", "json", message)

    def next_sign(self) -> str:
        """First character that is no blank, or nothing at the end."""
        while True:
            found = SIGN.search(self._text, self._place)
            self.skip((found.start() if found else len(self._text)) - self._place)
            if found:
                return found[0]
            if not self._more():
                return ""

    def skip(self, count: int) -> None:
        """Go on by some characters, counting lines."""
        passed = self._text[self._place : self._place + count]
        lines = passed.count("\n")
        self.line += lines
        self._column = count - passed.rfind("\n") if lines else self._column + count
        self._place += count
        if self._place > len(self._text) // 2:
            self._text = self._text[self._place :]
            self._place = 0

    def take(self) -> dict[str, Any]:
        """Read the object that begins here."""
        while True:
            try:
                found, stop = self._json.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                at = error.pos - self._place
                cut = error.pos >= len(self._text) - EDGE or error.msg.startswith("Unterminated string")
                if cut and len(self._text) - self._place < LARGEST and self._more():
                    continue
                self.refuse(f"not JSON: {error.msg}", at)
            except (RecursionError, ValueError) as error:
                self.refuse(f"not JSON that can be read: {str(error)[:80]}")
            if _nesting(self._text, self._place, stop) > DEEPEST:
                self.refuse(f"not JSON that can be read: nested more than {DEEPEST} deep")
            escaped = SURROGATE.search(self._text, self._place, stop) is not None
            self.skip(stop - self._place)
            value: dict[str, Any] = found
            return _sound(value) if escaped else value

    def _more(self) -> bool:
        """Read on; false at the end of the file."""
        if self._ended:
            return False
        piece = next(self._chunks, b"")
        self._ended = not piece
        try:
            text = self._decode.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            known = self._text[self._place :] + piece[: error.start].decode("utf-8", "replace")
            line = self.line + known.count("\n")
            broken(self.path, line, WHOLE_FILE, "encoding", f"byte 0x{error.object[error.start]:02x} is not UTF-8")
        if not self._started and text:
            self._started = True
            text = text.removeprefix("\ufeff")
        self._text = self._text[self._place :] + text
        self._place = 0
        return bool(text) or self._more()
