"""Naming entities with their standing: whoever is named carries a status in words and the documents for it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import split_list
from netscam.output.report.model import Cite, Line, Span, Who

if TYPE_CHECKING:
    import pandas as pd

    from netscam.data.dataset import Dataset

STANDINGS = {
    "convicted": "convicted",
    "designated": "designated",
    "extradited": "extradited, not proved",
    "indicted": "indicted, not proved",
    "charged": "charged, not proved",
    "alleged": "named in allegations",
    "reported": "named in reports",
    "recorded": "named in a register",
    "denied": "denies what is said",
    "dismissed": "charges dismissed",
    "delisted": "delisted",
    "acquitted": "acquitted",
}
"""An entity's status in a few words; a test compares the keys with the schema."""
NO_STANDING = {"address": "an address", "place": "a place", "authority": "an authority"}
"""Kinds of entities that no claim of conduct is about; a text may name them as it names a town."""
SHORTEST = 4
"""Names of fewer letters are not looked for in running text: they may be words."""


class Namer:
    """Turns ids, and names inside a text, into mentions with standing and source.

    Parameters
    ----------
    data
        The dataset.

    Notes
    -----
    The documents of a standing are those of the supporting evidence of the entity's relations that carries the same
    status, the most reliable first, an authority's own measure before others; where no evidence carries it, the best
    document that supports any relation of the entity; then those of an event that names it.
    """

    def __init__(self, data: Dataset) -> None:
        self.data = data

    def who(self, entity: str) -> Who:
        """Mention of one entity; raises KeyError for an id that is not in the dataset."""
        row = self._rows[entity]
        known = STANDINGS.get(str(row["status"]))
        standing = known or NO_STANDING.get(str(row["type"]), "no status in the record")
        return Who(entity, str(row["name"]), standing, self._documents.get(entity, ()))

    def all(self, entities: Iterable[str]) -> Line:
        """Mentions joined as words: ``a, b and c``."""
        found = [self.who(entity) for entity in entities]
        spans: list[Span] = []
        for number, mention in enumerate(found):
            if number:
                spans.append(" and " if number == len(found) - 1 else "; ")
            spans.append(mention)
        return tuple(spans) or ("none",)

    def annotate(self, text: str, *documents: str) -> Line:
        """A text in which every name of an entity becomes a mention; the documents are cited at its end."""
        spans: list[Span] = []
        at = 0
        for match in self._pattern.finditer(text):
            if match.start() > at:
                spans.append(text[at : match.start()])
            spans.append(replace(self.who(self._ids[match.group()]), name=match.group()))
            at = match.end()
        if at < len(text):
            spans.append(text[at:])
        return (*spans, " ", Cite(documents)) if documents else tuple(spans)

    @cached_property
    def _rows(self) -> dict[str, dict[Hashable, Any]]:
        return {str(row["id"]): row for row in self.data.entities.to_dict("records")}

    @cached_property
    def _ids(self) -> dict[str, str]:
        """Id by name and by alias of several words; of entities that share a name, one with a status."""
        import pandas as pd

        table = self.data.entities[~self.data.entities["type"].isin(list(NO_STANDING))]
        table = table.assign(none=table["status"].eq("")).sort_values(["none", "id"])
        aliases = table.assign(name=table["aliases"].map(split_list)).explode("name").dropna(subset="name")
        aliases = aliases[aliases["name"].str.contains(" ") & ~aliases["name"].duplicated(keep=False)]
        named = pd.concat([table, aliases], ignore_index=True).drop_duplicates("name")
        named = named[named["name"].str.len() >= SHORTEST]
        return dict(zip(named["name"], named["id"], strict=True))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted(self._ids, key=lambda name: (-len(name), name))
        choices = "|".join(map(re.escape, names))
        return re.compile(rf"(?<!\w)(?:{choices})(?!\w)" if choices else r"(?!)")

    @cached_property
    def _documents(self) -> dict[str, tuple[str, ...]]:
        """The document of each entity's standing."""
        ranked = self._claims().sort_values(
            ["entity", "other_status", "other_kind", "reliability", "credibility", "published", "document"]
        )
        best = ranked.drop_duplicates("entity")
        found: dict[str, tuple[str, ...]] = {
            str(entity): (str(document),) for entity, document in zip(best["entity"], best["document"], strict=True)
        }
        for event in self.data.events.sort_values(["date", "id"]).to_dict("records"):
            for entity in (*str(event["entities"]).split(";"), str(event["place"])):
                if entity.strip() and event["document"]:
                    found.setdefault(entity.strip(), (str(event["document"]),))
        return found

    def _claims(self) -> pd.DataFrame:
        """Supporting evidence by entity at either end, with how well it speaks to the entity's own status."""
        import pandas as pd

        data = self.data
        status = dict(zip(data.entities["id"], data.entities["status"], strict=True))
        rows = data.evidence[data.evidence["stance"].eq("supports")].merge(
            data.relations[["id", "source", "target", "relation"]].rename(columns={"id": "claim", "relation": "kind"}),
            left_on="relation",
            right_on="claim",
        )
        graded = data.documents[["id", "reliability", "published"]].rename(columns={"id": "document"})
        rows = rows.merge(graded, on="document")
        ends = [rows.assign(entity=rows[end]) for end in ("source", "target")]
        both = pd.concat(ends, ignore_index=True)
        return both.assign(
            other_status=both["status"].ne(both["entity"].map(status)),
            other_kind=both["kind"].ne("measure_by"),
        )
