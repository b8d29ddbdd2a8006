"""What people have decided about pairs: kept in a file, applied as written, undone by deleting a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from netscam.data.select import check_date
from netscam.errors import WHOLE_FILE, DataError, DateError, Problem

COLUMNS = ("first", "second", "decision", "who", "when", "why")
WORDS = ("same", "different", "unsure")
DECISIONS_FILE = "decisions.csv"


@dataclass(frozen=True, order=True)
class Decision:
    """What one person decided about two entities; ``first`` is the id that sorts first."""

    first: str
    second: str
    decision: str
    who: str
    when: str
    why: str
    line: int = 0

    @property
    def pair(self) -> tuple[str, str]:
        """The two ids in order."""
        return (self.first, self.second)


def read_decisions(path: str | Path) -> list[Decision]:
    """Read decisions from a CSV with the columns ``first, second, decision, who, when, why``.

    Further columns, such as the score and the reasons that ``netscam duplicates`` writes, are left alone; a row whose
    decision is empty is not decided yet and is passed over.

    Returns
    -------
    list of Decision
        In order of the pair; ``same``, ``different`` and ``unsure`` as they stand.

    Raises
    ------
    DataError
        Every row that cannot be applied: an unknown word, nobody's name, no date, no reason, a pair that is decided
        twice in different ways, or an entity paired with itself.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise DataError([Problem(path.name, 1, WHOLE_FILE, "missing-file", f"there is no file {path}")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError([Problem(path.name, 1, WHOLE_FILE, "unreadable", f"cannot be read: {error}")]) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        names = reader.fieldnames or ()
    except csv.Error as error:
        raise DataError([Problem(path.name, 1, "(header)", "csv", f"is not valid CSV: {error}")]) from error
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        message = f"needs the columns {', '.join(COLUMNS)}; missing: {', '.join(missing)}"
        raise DataError([Problem(path.name, 1, "(header)", "missing-column", message)])
    decisions: list[Decision] = []
    problems: list[Problem] = []
    try:
        for row in reader:
            cells = {name: (row[name] or "").strip() for name in COLUMNS}
            if cells["decision"]:
                wrong = list(_wrong(path.name, reader.line_num, cells))
                problems += wrong
                if not wrong:
                    decisions.append(_decision(cells, reader.line_num))
    except csv.Error as error:
        problems.append(Problem(path.name, reader.line_num, WHOLE_FILE, "csv", f"is not valid CSV: {error}"))
    problems += _twice(path.name, decisions)
    if problems:
        raise DataError(problems)
    return sorted({decision.pair: decision for decision in decisions}.values())


def _wrong(file: str, line: int, cells: Mapping[str, str]) -> Iterable[Problem]:
    if cells["decision"] not in WORDS:
        yield Problem(file, line, "decision", "unknown-word", f"{cells['decision']!r} is none of {', '.join(WORDS)}")
    for column in ("first", "second", "who", "when", "why"):
        if not cells[column]:
            yield Problem(
                file, line, column, "missing-value", "a decision needs who took it, when and why, and both ids"
            )
    if cells["when"] and not _is_date(cells["when"]):
        yield Problem(file, line, "when", "date", f"{cells['when']!r} is no date such as 2025-10-14")
    if cells["first"] and cells["first"] == cells["second"]:
        yield Problem(file, line, "second", "same-id", "an entity is not paired with itself")


def _is_date(text: str) -> bool:
    try:
        check_date(text[:10])
    except DateError:
        return False
    return len(text) <= 10 or text[10] in "T "


def _decision(cells: Mapping[str, str], line: int) -> Decision:
    first, second = sorted((cells["first"], cells["second"]))
    return Decision(first, second, cells["decision"], cells["who"], cells["when"], cells["why"], line)


def _twice(file: str, decisions: Iterable[Decision]) -> Iterable[Problem]:
    seen: dict[tuple[str, str], Decision] = {}
    for decision in decisions:
        earlier = seen.setdefault(decision.pair, decision)
        if earlier.decision != decision.decision:
            message = f"line {earlier.line} says {earlier.decision!r} about the same pair; delete one of the two"
            yield Problem(file, decision.line, "decision", "contradiction", message)


def join_decisions(files: Iterable[Iterable[Decision]]) -> list[Decision]:
    """Decisions of several files as one list.

    Raises
    ------
    DataError
        Two files decide one pair in different ways.
    """
    decisions = [decision for file in files for decision in file]
    problems = list(_twice(DECISIONS_FILE, decisions))
    if problems:
        raise DataError(problems)
    return sorted({decision.pair: decision for decision in decisions}.values())


def agreed_groups(decisions: Iterable[Decision], *, file: str = DECISIONS_FILE) -> list[list[str]]:
    """Ids that ``same`` decisions put together, directly or through others.

    Returns
    -------
    list of list of str
        Groups of two or more ids, each sorted, in order.

    Raises
    ------
    DataError
        Two ids are ``different`` by a decision and ``same`` through others; the message names the chain.
    """
    decisions = sorted(decisions)
    ties: dict[str, set[str]] = {}
    for decision in decisions:
        if decision.decision == "same":
            ties.setdefault(decision.first, set()).add(decision.second)
            ties.setdefault(decision.second, set()).add(decision.first)
    problems = []
    for decision in decisions:
        chain = _chain(ties, *decision.pair) if decision.decision == "different" else []
        if chain:
            message = f"says 'different', but other rows make them the same: {' = '.join(chain)}"
            problems.append(Problem(file, decision.line, "decision", "contradiction", message))
    if problems:
        raise DataError(problems)
    return _components(ties)


def _chain(ties: Mapping[str, set[str]], first: str, last: str) -> list[str]:
    """A shortest chain of ties between two ids; empty where there is none."""
    before = {first: ""}
    front = [first]
    while front and last not in before:
        nexts = [(at, there) for at in front for there in sorted(ties.get(at, ())) if there not in before]
        front = []
        for at, there in nexts:
            if there not in before:
                before[there] = at
                front.append(there)
    chain: list[str] = []
    at = last if last in before else ""
    while at:
        chain.append(at)
        at = before[at]
    return chain[::-1]


def _components(ties: Mapping[str, set[str]]) -> list[list[str]]:
    seen: set[str] = set()
    groups = []
    for start in sorted(ties):
        if start in seen:
            continue
        group = {start}
        front = [start]
        while front:
            fresh = ties[front.pop()] - group
            group |= fresh
            front += sorted(fresh)
        seen |= group
        groups.append(sorted(group))
    return groups


def decisions_csv(decisions: Iterable[Decision]) -> str:
    """Text of a decisions file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([d.first, d.second, d.decision, d.who, d.when, d.why] for d in sorted(decisions))
    return out.getvalue()
