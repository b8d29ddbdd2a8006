"""What may leave the house: the public and the internal profile of the page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import Dataset, join_list, split_list, table_csv
from netscam.errors import UnknownNameError
from netscam.output.page.cleaning import WITHHELD, Cleaner
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

PUBLIC_STATUSES = ("convicted", "designated", "extradited", "indicted", "charged")
"""Standings that an authority or a court has made public about a person."""
CANNOT_BE_JUDGED = ("F", "6")
FREE_TEXTS = {
    "relations": ("description",),
    "evidence": ("locator", "note"),
    "documents": ("title", "publisher"),
    "events": ("summary",),
    "corrections": ("what_changed", "why"),
}
KEYS = (
    *((name, "id", name) for name in ("entities", "relations", "evidence", "documents", "events", "corrections")),
    *(("relations", end, "entities") for end in ("source", "target")),
    *(("evidence", "relation", "relations"), ("evidence", "document", "documents"), ("events", "place", "entities")),
    *((name, "document", "documents") for name in ("events", "corrections")),
    ("documents", "origin_group", "groups"),
)
"""Columns that hold keys: table, column, and what the keys are of."""


@dataclass(frozen=True)
class Profile:
    """Who the page is for.

    Parameters
    ----------
    name
        What the page calls it.
    watermark
        Words across the picture and its exports; empty for none.
    pseudonyms
        Whether persons without a public legal status (``PUBLIC_STATUSES``) lose their name, aliases, identifiers,
        coordinates and description.
    worst_reliability, worst_credibility
        Worst grade of supporting evidence that is kept, on the admiralty scales; grades that cannot be judged (F, 6)
        are then left out too. Disputing evidence is always kept: the other side is heard. None keeps everything.
    """

    name: str
    watermark: str = ""
    pseudonyms: bool = False
    worst_reliability: str | None = None
    worst_credibility: str | None = None


PROFILES: Mapping[str, Profile] = {
    "public": Profile("public", pseudonyms=True, worst_reliability="C", worst_credibility="3"),
    "internal": Profile("internal", watermark="INTERNAL: not for publication"),
}
OPEN = Profile("")


def find_profile(profile: str | Profile | None) -> Profile:
    """A profile by name or as it is given; None asks for nothing to be held back."""
    if profile is None:
        return OPEN
    if isinstance(profile, Profile):
        return profile
    if profile not in PROFILES:
        raise UnknownNameError("profile", profile, PROFILES)
    return PROFILES[profile]


def apply_profile(data: Dataset, profile: Profile) -> tuple[Dataset, dict[str, str]]:
    """The dataset as the profile lets it be seen.

    Returns
    -------
    Dataset, dict
        The smaller dataset, and the new id by the old one of every entity that got a pseudonym or whose id tells of
        somebody who has one.

    Notes
    -----
    Names of persons without a public legal status, also of those who fall out with their weak evidence, are taken out
    of every other text, with or without accents: a name or id in full is replaced, and a free text that still holds a
    telling part of such a name, or an identifier, is withheld as a whole. Links whose address holds such a part are
    dropped, keys that do are numbered, and corrections do not name rows that the page does not show. This lowers the
    risk of naming somebody; it cannot exclude that a reader who knows the case works out who is meant.
    """
    seen = data
    if profile.worst_reliability is not None and profile.worst_credibility is not None:
        seen = _graded(data, profile.worst_reliability, profile.worst_credibility)
    return _pseudonymised(data, seen) if profile.pseudonyms else (seen, {})


def _graded(data: Dataset, reliability: str, credibility: str) -> Dataset:
    evidence, relations = data.evidence, data.relations
    source = evidence["document"].map(data.documents.set_index("id")["reliability"])
    good = source.le(reliability) & evidence["credibility"].le(credibility)
    good &= ~source.isin(CANNOT_BE_JUDGED) & ~evidence["credibility"].isin(CANNOT_BE_JUDGED)
    good |= evidence["stance"].eq("disputes")
    evidence = evidence[good]
    relations = relations[relations["id"].isin(evidence.loc[evidence["stance"] == "supports", "relation"])]
    evidence = evidence[evidence["relation"].isin(relations["id"])]
    named = data.events["document"].map(data.documents.set_index("id")["reliability"])
    events = data.events[named.le(reliability) & ~named.isin(CANNOT_BE_JUDGED)]
    mentioned = {*relations["source"], *relations["target"], *events["place"]}
    mentioned.update(item for cell in events["entities"] for item in split_list(cell))
    entities = data.entities[data.entities["id"].isin(mentioned)]
    cited = {*evidence["document"], *events["document"], *data.corrections["document"]}
    documents = data.documents[data.documents["id"].isin(cited)]
    return _with(data, entities=entities, relations=relations, evidence=evidence, documents=documents, events=events)


def _with(data: Dataset, **tables: pd.DataFrame) -> Dataset:
    numbered: dict[str, Any] = {name: frame.reset_index(drop=True) for name, frame in tables.items()}
    return replace(data, **numbered)


def _pseudonymised(full: Dataset, data: Dataset) -> tuple[Dataset, dict[str, str]]:
    """Those that the full record names are taken out of every text, whether or not the page still shows them."""
    private = _private(full.entities)
    shown = private[private["id"].isin(data.entities["id"])]
    salt = _salt(shown)
    ids = _new_ids(shown["id"], salt)
    clean = Cleaner(private, full.entities["name"].drop(private.index), ids)
    entities = data.entities.copy()
    hide = entities["id"].isin(ids)
    entities.loc[hide, ["aliases", "identifiers", "description"]] = ""
    entities.loc[hide, ["latitude", "longitude"]] = float("nan")
    entities.loc[hide, "coordinate_precision"] = ""
    entities.loc[~hide, "description"] = entities.loc[~hide, "description"].map(clean.text)
    entities.loc[~hide, "name"] = entities.loc[~hide, "name"].map(clean.names)
    for column in ("aliases", "identifiers"):
        entities.loc[~hide, column] = entities.loc[~hide, column].map(clean.items)
    kinds = load_schema().entity_types
    entities.loc[hide, "name"] = [_pseudonym(ids[name], kinds[kind].label) for name, kind in _pairs(entities[hide])]
    ids |= _new_ids(filter(clean.told, entities.loc[~hide, "id"]), salt, "withheld-entity")
    package, name = clean.nested(data.package), clean.text(data.name)
    return _cleaned_tables(replace(data, package=package, name=name), entities, ids, (clean, salt)), ids


def _private(entities: pd.DataFrame) -> pd.DataFrame:
    kinds = load_schema().entity_types
    person = entities["type"].map(lambda name: name in kinds and kinds[name].natural_person)
    return entities[person.astype(bool) & ~entities["status"].isin(PUBLIC_STATUSES)]


def _pairs(frame: pd.DataFrame) -> Iterable[tuple[str, str]]:
    return zip(frame["id"], frame["type"], strict=True)


def _pseudonym(new_id: str, label: str) -> str:
    return f"{label} {new_id.removeprefix('withheld-')} (name withheld)"


def _salt(private: pd.DataFrame) -> str:
    """Digest of all that is withheld: only who has every word of it could deal the numbers again."""
    return hashlib.sha256(table_csv(private).encode()).hexdigest()


def _new_ids(ids: Iterable[str], salt: str, kind: str = "withheld") -> dict[str, str]:
    """Numbers in an order that says nothing about the alphabet of the names; the same for the same record."""
    order = sorted(ids, key=lambda name: hashlib.sha256(f"{salt}:{name}".encode()).hexdigest())
    return {name: f"{kind}-{number:03d}" for number, name in enumerate(order, start=1)}


def _cleaned_tables(data: Dataset, entities: pd.DataFrame, ids: dict[str, str], key: tuple[Cleaner, str]) -> Dataset:
    clean, salt = key
    tables = {name: frame.copy() for name, frame in data.tables().items()} | {"entities": entities}
    new = {"entities": ids}
    for name in ("relations", "evidence", "documents", "events", "corrections"):
        new[name] = _new_ids(filter(clean.told, tables[name]["id"]), salt, f"withheld-{name}")
    shown = {name: set(data.tables()[name]["id"]) for name in new}
    tables["corrections"]["row"] = [
        new[table].get(row, row) if row in shown.get(table, ()) else WITHHELD
        for table, row in zip(tables["corrections"]["table"], tables["corrections"]["row"], strict=True)
    ]
    groups = sorted(set(filter(clean.told, tables["documents"]["origin_group"])))
    new["groups"] = _new_ids(groups, salt, "withheld-group")
    for table, column, kind in KEYS:
        tables[table][column] = tables[table][column].replace(new[kind])
    events = tables["events"]
    events["entities"] = [join_list(ids.get(item, item) for item in split_list(cell)) for cell in events["entities"]]
    for table, columns in FREE_TEXTS.items():
        for column in columns:
            tables[table][column] = tables[table][column].map(clean.text)
    for column in ("url", "archived_url"):
        tables["documents"][column] = tables["documents"][column].map(clean.link)
    tables["entities"] = entities.sort_values("id", kind="stable")
    return _with(data, **tables)
