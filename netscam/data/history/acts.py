"""When an authority first acted on each entity, as far as the record dates it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from netscam.data.dataset import Dataset, split_list
from netscam.data.select import first_day, last_day
from netscam.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

Dating = Literal["stated", "inferred"]
NEVER = "9999-12-31"
"""Upper bound of a date that nothing bounds."""


@dataclass(frozen=True)
class Act:
    """An act of an authority: its event type, the relation from the entity to the authority, and the standing it gives.

    Parameters
    ----------
    event
        Event type, such as ``designation``.
    relation
        Relation type whose source the act is about.
    standings
        Statuses that a claim or an entity has once the act is done.
    """

    event: str
    relation: str
    standings: tuple[str, ...]


ACTS = {
    act.event: act
    for act in (
        Act("designation", "sanctioned_by", ("designated",)),
        Act("indictment", "charged_by", ("indicted", "charged")),
        Act("arrest", "arrested_by", ()),
        Act("extradition", "extradited_to", ("extradited",)),
        Act("conviction", "convicted_by", ("convicted",)),
    )
}
"""Acts that a backtest can be asked about, by event type."""


def find_act(event: str) -> Act:
    """An act by the name of its event type.

    Raises
    ------
    UnknownNameError
        Not one of ``ACTS``.
    """
    if event not in ACTS:
        raise UnknownNameError("event to test against", event, ACTS)
    return ACTS[event]


def first_acts(data: Dataset, event: str, *, dating: Dating = "stated") -> pd.DataFrame:
    """When each entity was first acted on: the earliest and the latest day that the record allows.

    An act on an entity is an event of the type that lists it (being an event's place is not enough), or a relation of
    the act's type that begins at it. A date of reduced precision stands for its span. A relation without a start
    happened some time before its first dated document was published.

    Parameters
    ----------
    data
        The whole record, written with hindsight.
    event
        One of ``ACTS``.
    dating
        ``stated``: as above; an entity whose status says that it was acted on, but for which no such row exists, gets
        no bounds. ``inferred``: what has no date takes the publication date of the first document that gives a
        claim about the entity the standing of the act. That is a guess: a list names others beside the listed.

    Returns
    -------
    pandas.DataFrame
        Columns ``id, earliest, latest, row, document``, in id order: ``earliest`` is ``""`` and ``latest``
        ``9999-12-31`` where nothing bounds the date; ``row`` and ``document`` are those of the act that gives
        ``latest``.

    Raises
    ------
    UnknownNameError
        Not one of ``ACTS``.
    """
    import pandas as pd

    act = find_act(event)
    rows = [*_from_events(data, act), *_from_relations(data, act, guess=dating == "inferred")]
    rows += _from_statuses(data, act, {row[0] for row in rows}, guess=dating == "inferred")
    table = pd.DataFrame(rows, columns=["id", "earliest", "latest", "row", "document"])
    table = table.sort_values(["id", "latest", "row"], kind="stable", ignore_index=True)
    first = table.drop_duplicates("id").set_index("id")
    first["earliest"] = table.groupby("id")["earliest"].min().reindex(first.index)
    return first.reset_index()


_Row = tuple[str, str, str, str, str]


def _from_events(data: Dataset, act: Act) -> list[_Row]:
    events = data.events[data.events["type"].eq(act.event)]
    columns = (events[name] for name in ("id", "date", "entities", "document"))
    return [
        (entity, first_day(date), last_day(date), row, document)
        for row, date, entities, document in zip(*columns, strict=True)
        for entity in split_list(entities)
    ]


def _from_relations(data: Dataset, act: Act, *, guess: bool) -> list[_Row]:
    relations = data.relations[data.relations["relation"].eq(act.relation)]
    seen = _documents_of(data, data.evidence[data.evidence["relation"].isin(relations["id"])])
    found: list[_Row] = []
    for row, entity, start in zip(relations["id"], relations["source"], relations["start"], strict=True):
        known, document = seen.get(row, (NEVER, ""))
        if start:
            found.append((entity, first_day(start), last_day(start), row, document))
        else:
            found.append((entity, known if guess and known != NEVER else "", known, row, document))
    return found


def _from_statuses(data: Dataset, act: Act, dated: set[str], *, guess: bool) -> list[_Row]:
    """Entities whose status tells of the act although no row does."""
    told = data.entities[data.entities["status"].isin(act.standings) & ~data.entities["id"].isin(dated)]
    ends = data.relations.set_index("id")[["source", "target"]]
    claims = data.evidence[data.evidence["status"].isin(act.standings)]
    seen: dict[str, tuple[str, str]] = {}
    for end in ("source", "target"):
        of_end = claims.assign(relation=claims["relation"].map(ends[end]))
        for entity, found in _documents_of(data, of_end).items():
            seen[entity] = min(found, seen.get(entity, (NEVER, "")))
    rows: list[_Row] = []
    for entity in told["id"]:
        known, document = seen.get(entity, (NEVER, ""))
        bounds = (known, known) if guess and known != NEVER else ("", NEVER)
        rows.append((entity, *bounds, "", document))
    return rows


def _documents_of(data: Dataset, evidence: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Last day of the publication date, and id, of the first dated document that supports each ``relation``."""
    published = data.documents.set_index("id")["published"]
    rows = evidence[evidence["stance"].eq("supports")]
    dates = rows["document"].map(published).map(lambda date: last_day(date) if date else NEVER)
    found: dict[str, tuple[str, str]] = {}
    for key, date, document in sorted(zip(rows["relation"], dates, rows["document"], strict=True)):
        if date != NEVER:
            found.setdefault(key, (date, document))
    return found


def first_mentions(data: Dataset) -> pd.Series[str]:
    """Publication day of the first dated document that mentions each entity, in a relation or an event.

    Returns
    -------
    pandas.Series
        Index: entity id, in id order; full days, the last one of a date of reduced precision; ``""`` where no dated
        document mentions the entity.
    """
    import pandas as pd

    published = data.documents.set_index("id")["published"]
    known = {row: last_day(date) for row, date in published.items() if date}
    ends = data.relations.set_index("id")[["source", "target"]]
    supports = data.evidence[data.evidence["stance"].eq("supports")]
    pairs = [
        (entity, known.get(document, NEVER))
        for end in ("source", "target")
        for entity, document in zip(supports["relation"].map(ends[end]), supports["document"], strict=True)
    ]
    for entities, place, document in zip(*(data.events[c] for c in ("entities", "place", "document")), strict=True):
        pairs += [(entity, known.get(document, NEVER)) for entity in [*split_list(entities), place] if entity]
    first: dict[str, str] = {}
    for entity, day in pairs:
        first[entity] = min(day, first.get(entity, NEVER))
    ids = pd.Index(data.entities["id"], name="id")
    return pd.Series([first.get(i, NEVER) for i in ids], index=ids, name="mentioned", dtype=object).replace(NEVER, "")
