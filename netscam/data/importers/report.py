"""What an import read, kept, changed and dropped, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from netscam.errors import WHOLE_FILE, Problem, visible

MOST_WARNINGS = 1000


@dataclass
class Report:
    """Counts of one import; nothing is left out of them silently.

    Parameters
    ----------
    read
        Records read, by kind as the format names them.
    notes
        What a reader has to know, with how often it happened.
    changes
        Cells that were made safe, by what was done.
    drops
        Records or parts of records that did not come in, by reason.
    written
        Rows of the tables that came of it.
    warnings
        Places of what was dropped, at most 1,000 for each reason.
    """

    read: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    drops: Counter[str] = field(default_factory=Counter)
    written: dict[str, int] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)

    def saw(self, kind: str, count: int = 1) -> None:
        """Count a record that was read."""
        self.read[kind] += count

    def note(self, text: str, count: int = 1) -> None:
        """Count something that a reader has to know."""
        self.notes[text] += count

    def changed(self, what: str, count: int = 1) -> None:
        """Count a cell that was made safe."""
        self.changes[what] += count

    def dropped(self, reason: str, where: str = "", detail: str = "") -> None:
        """Count something that does not come in; ``where`` is ``file:line`` or an id, ``detail`` what it was."""
        self.drops[reason] += 1
        if where and self.drops[reason] <= MOST_WARNINGS:
            file, _, line = where.rpartition(":")
            named, number = (file, int(line)) if file and line.isdecimal() else (where, 1)
            message = f"{reason}: {detail}" if detail else reason
            self.warnings.append(Problem(named, number, WHOLE_FILE, "dropped", message, "warning"))

    def to_dict(self) -> dict[str, Any]:
        """Counts as plain dictionaries, for JSON; the same for the same files."""
        return {
            "read": dict(sorted(self.read.items())),
            "written": dict(self.written),
            "notes": dict(sorted(self.notes.items())),
            "changes": dict(sorted(self.changes.items())),
            "dropped": dict(sorted(self.drops.items())),
        }

    def lines(self) -> list[str]:
        """Report for a person, one count a line."""
        out = []
        for title, counts in self.to_dict().items():
            rows = [f"  {count:>12,}  {visible(name)}" for name, count in counts.items()]
            out += [f"{title}:", *rows] if rows else []
        return out
