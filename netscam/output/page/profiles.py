"""What may leave the house: the public and the internal profile of the page."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import Dataset, join_list, split_list, table_csv
from netscam.errors import UnknownNameError
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

PUBLIC_STATUSES = ("convicted", "designated", "extradited", "indicted", "charged")
"""Standings that an authority or a court has made public about a person."""
CANNOT_BE_JUDGED = ("F", "6")
WITHHELD = "[withheld]"
SHORTEST_TELLING_WORD = 3


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
        The smaller dataset, and the new id of every entity that got a pseudonym by its old one.

    Notes
    -----
    Names of persons who got a pseudonym are also taken out of every other text: a name in full is replaced, and a
    free text that still holds a telling part of such a name is withheld as a whole. Links whose address holds such a
    part are dropped. This lowers the risk of naming somebody; it cannot exclude that a reader who knows the case works
    out who is meant.
    """
    if profile.worst_reliability is not None and profile.worst_credibility is not None:
        data = _graded(data, profile.worst_reliability, profile.worst_credibility)
    if not profile.pseudonyms:
        return data, {}
    return _pseudonymised(data)


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


def _pseudonymised(data: Dataset) -> tuple[Dataset, dict[str, str]]:
    kinds = load_schema().entity_types
    entities = data.entities
    person = entities["type"].map(lambda name: name in kinds and kinds[name].natural_person)
    private = entities[person & ~entities["status"].isin(PUBLIC_STATUSES)]
    ids = _new_ids(private["id"], _salt(private))
    clean = _Cleaner(private, entities["name"].drop(private.index), ids)
    entities = entities.copy()
    hide = entities["id"].isin(ids)
    entities.loc[hide, ["aliases", "identifiers", "description"]] = ""
    entities.loc[hide, ["latitude", "longitude"]] = float("nan")
    entities.loc[hide, "coordinate_precision"] = ""
    entities.loc[hide, "name"] = [_pseudonym(ids[name], kinds[kind].label) for name, kind in _pairs(entities[hide])]
    entities.loc[~hide, "description"] = entities.loc[~hide, "description"].map(clean.text)
    for column in ("name", "aliases", "identifiers"):
        entities.loc[~hide, column] = entities.loc[~hide, column].map(clean.names)
    entities["id"] = entities["id"].replace(ids)
    return _cleaned_tables(data, entities, ids, clean), ids


def _pairs(frame: pd.DataFrame) -> Iterable[tuple[str, str]]:
    return zip(frame["id"], frame["type"], strict=True)


def _pseudonym(new_id: str, label: str) -> str:
    return f"{label} {new_id.removeprefix('withheld-')} (name withheld)"


def _salt(private: pd.DataFrame) -> str:
    """Digest of all that is withheld: only who has every word of it could deal the numbers again."""
    return hashlib.sha256(table_csv(private).encode()).hexdigest()


def _new_ids(ids: Iterable[str], salt: str) -> dict[str, str]:
    """Numbers in an order that says nothing about the alphabet of the names; the same for the same record."""
    order = sorted(ids, key=lambda name: hashlib.sha256(f"{salt}:{name}".encode()).hexdigest())
    return {name: f"withheld-{number:03d}" for number, name in enumerate(order, start=1)}


def _cleaned_tables(data: Dataset, entities: pd.DataFrame, ids: dict[str, str], clean: _Cleaner) -> Dataset:
    relations = data.relations.assign(
        source=data.relations["source"].replace(ids),
        target=data.relations["target"].replace(ids),
        description=data.relations["description"].map(clean.text),
    )
    evidence = data.evidence.assign(
        locator=data.evidence["locator"].map(clean.text), note=data.evidence["note"].map(clean.text)
    )
    documents = data.documents.assign(
        title=data.documents["title"].map(clean.text),
        url=data.documents["url"].map(clean.link),
        archived_url=data.documents["archived_url"].map(clean.link),
    )
    events = data.events.assign(
        entities=[join_list(ids.get(item, item) for item in split_list(cell)) for cell in data.events["entities"]],
        place=data.events["place"].replace(ids),
        summary=data.events["summary"].map(clean.text),
    )
    corrections = data.corrections.assign(
        row=data.corrections["row"].replace(ids),
        what_changed=data.corrections["what_changed"].map(clean.text),
        why=data.corrections["why"].map(clean.text),
    )
    return _with(
        data,
        entities=entities.sort_values("id", kind="stable"),
        relations=relations,
        evidence=evidence,
        documents=documents,
        events=events,
        corrections=corrections,
    )


class _Cleaner:
    """Takes the names of some persons out of texts; a word that other entities' names share tells nothing."""

    def __init__(self, private: pd.DataFrame, others: Iterable[str], ids: Mapping[str, str]) -> None:
        names = [
            (name, f"({ids[str(row.id)]})")
            for row in private.itertuples()
            for name in [str(row.name), *split_list(str(row.aliases))]
        ]
        self._full = [(_whole(name), new) for name, new in sorted(names, key=lambda pair: (-len(pair[0]), pair))]
        known = {word for name in others for word in _words(self.names(name))}
        self._telling = {word for name, _ in names for word in _words(name)} - known

    def names(self, text: str) -> str:
        """Replace names in full."""
        for pattern, new in self._full:
            text = pattern.sub(new, text)
        return text

    def text(self, text: str) -> str:
        """Replace names in full, and withhold a text that still tells a part of one."""
        text = self.names(text)
        return WITHHELD if self._telling & set(_words(text)) else text

    def link(self, url: str) -> str:
        """Drop an address that tells a part of a name."""
        return "" if self._telling & set(_words(url)) else url


def _whole(name: str) -> re.Pattern[str]:
    """A name as whole words, in scripts that set words apart; Chinese, Khmer or Thai names wherever they stand."""
    before = r"(?<![^\W_])" if _spaced(name[:1]) else ""
    after = r"(?![^\W_])" if _spaced(name[-1:]) else ""
    return re.compile(before + re.escape(name) + after, re.IGNORECASE)


def _spaced(letter: str) -> bool:
    return unicodedata.name(letter or " ", "").startswith(("LATIN", "CYRILLIC", "GREEK", "DIGIT"))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", text.casefold()) if len(word) >= SHORTEST_TELLING_WORD]
