"""Which listed party a name after ``Linked To`` means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from netscam.data.importers.spool import Claim, Spool

SPACE = re.compile(r"[\s,.'\"]+")


def fold_name(name: str) -> str:
    """Fold a listed name for looking it up: case, blanks and punctuation do not matter."""
    return SPACE.sub(" ", name.casefold()).strip()


@dataclass
class Links:
    """Names of the list and the links that wait for them; a list has some ten thousands of each."""

    primary: dict[str, list[str]] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    waiting: list[tuple[str, str, str]] = field(default_factory=list)

    def name(self, entity: str, name: str, *, alias: bool = False) -> None:
        """Note a name of an entity."""
        names = self.aliases if alias else self.primary
        found = names.setdefault(fold_name(name), [])
        if entity not in found:
            found.append(entity)

    def find(self, name: str) -> list[str]:
        """Entities of a name: by their primary name, else by an alias."""
        key = fold_name(name)
        return self.primary.get(key) or self.aliases.get(key) or []

    def resolve(self, spool: Spool, document: str) -> None:
        """Turn what waits into claims; unknown and ambiguous names are dropped with a warning, never guessed."""
        for entity, name, place in self.waiting:
            found = self.find(name)
            if len(found) == 1:
                spool.report.note("Linked To resolved")
                number = entity.removeprefix("ofac-")
                spool.claim(
                    Claim(
                        entity,
                        found[0],
                        "linked_to",
                        document,
                        "designated",
                        description="The list prints 'Linked To' and no more.",
                        locator=f"entry {number}",
                        place=place,
                    )
                )
            elif found:
                reason = "Linked To with a name that several parties bear"
                spool.report.dropped(reason, place, f"{name} ({', '.join(found)})")
            else:
                spool.report.dropped("Linked To with a name that is not on the list", place, name)
