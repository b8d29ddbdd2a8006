"""What an entity can do, read from its type and from its part in recorded relations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

COMMAND = ("owns", "controls", "directs", "founded", "operates")
HOLDING = (*COMMAND, "finances")
PEOPLE = ("operator", "person", "official")


@dataclass(frozen=True)
class Role:
    """How a role is recognised in a record.

    Parameters
    ----------
    relations
        Its holder is the source of one of these relations.
    types
        Or is of one of these types.
    """

    relations: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "command": Role(COMMAND),
        "finance": Role(("finances", "launders_for", "holds_account"), ("marketplace",)),
        "recruit": Role(("recruits_for", "advertises_on"), ("recruitment_account",)),
        "protect": Role(("protects",)),
        "serve": Role(("provides_services_to", "leases_to")),
        "site": Role((), ("compound",)),
    }
)
"""Roles by name. They repeat what the record states, with whatever standing it states it; they are no findings."""

PASSIVE = frozenset({"address", "place", "authority", "wallet"})
"""Types that neither act nor can be acted on: they look for no replacement, step in for nobody, are never removed."""


HEIRS: Mapping[str, str] = MappingProxyType({"official": "operator", "person": "operator"})
"""Whose place is taken by another type. A document describes an operator as serving the network; a public office is no
vacancy in one, and a relative is no candidate, so that neither ever steps in."""
NEVER = PASSIVE | frozenset(HEIRS)


@dataclass(frozen=True)
class Traits:
    """What is known of a node beside its ties.

    Parameters
    ----------
    roles
        Role names, sorted.
    partners
        For each role how many different entities its relations lead to.
    place, countries
        Where a site lies: ids of its places and country codes.
    type
        Entity type; empty where the graph says it.
    """

    roles: tuple[str, ...] = ()
    partners: Mapping[str, int] = field(default_factory=dict)
    place: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    type: str = ""


def read_traits(entities: pd.DataFrame, relations: pd.DataFrame, evidence: pd.DataFrame) -> dict[str, Traits]:
    """Roles and whereabouts of every entity.

    Parameters
    ----------
    entities, relations, evidence
        Tables of a dataset. Relations that no document supports give no role.
    """
    kept = supported(relations, evidence)
    roles: dict[str, set[str]] = {str(name): set() for name in entities["id"]}
    partners: dict[str, dict[str, int]] = {}
    for name, role in ROLES.items():
        rows = kept[kept["relation"].isin(role.relations)]
        counts = rows.groupby("source", sort=True)["target"].nunique()
        holders = {*counts.index, *entities.loc[entities["type"].isin(role.types), "id"]}
        for holder in sorted(holders & roles.keys()):
            roles[holder].add(name)
            partners.setdefault(holder, {})[name] = int(counts.get(holder, 0))
    located = kept[kept["relation"] == "located_in"].groupby("source", sort=True)["target"].agg(frozenset)
    return {
        str(row.id): Traits(
            roles=tuple(sorted(roles[str(row.id)])),
            partners=MappingProxyType(partners.get(str(row.id), {})),
            place=located.get(row.id, frozenset()),
            countries=frozenset(code for code in str(row.countries).split(";") if code),
        )
        for row in entities[["id", "countries"]].itertuples(index=False)
    }


def supported(relations: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Relations that some document supports."""
    named = evidence.loc[evidence["stance"] == "supports", "relation"]
    kept: pd.DataFrame = relations[relations["id"].isin(named)]
    return kept


def holding_pairs(relations: pd.DataFrame, evidence: pd.DataFrame) -> set[tuple[str, str]]:
    """Ordered pairs of a holder and what it owns, controls, directs, founded, operates or finances."""
    kept = supported(relations, evidence)
    rows = kept[kept["relation"].isin(HOLDING)]
    return set(zip(rows["source"], rows["target"], strict=True))
