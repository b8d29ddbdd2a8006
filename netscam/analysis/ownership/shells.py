"""Signs that companies may be shells: shared premises, shared officers, dates and numbers close together."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

PREMISES = ("exact", "street")
OFFICES = ("directs", "owns", "controls", "founded")


@dataclass(frozen=True)
class ShellSignal:
    """One sign: what kind, which companies share it, through what, why it counts and what speaks against it.

    ``relations`` are the rows that it rests on; empty where it rests on identifiers.
    """

    kind: str
    companies: tuple[str, ...]
    through: str
    reason: str
    relations: tuple[str, ...] = ()


CAUTION: Mapping[str, str] = {
    "shared-address": "Serviced offices, law firms and registered agents put many unrelated companies at one address.",
    "shared-officer": "Honest groups and professional directors share officers too.",
    "registration-dates": "Groups set up affiliates together for plain reasons, and agents file in batches.",
    "registration-numbers": "Numbers are handed out in order, so neighbours may be strangers who filed on one day.",
}


def shell_signals(
    entities: pd.DataFrame, relations: pd.DataFrame, *, smallest: int = 3, days: int = 7, gap: int = 5
) -> list[ShellSignal]:
    """List the shared addresses, officers, registration dates and registration numbers of companies.

    These are typical traits of shell companies (FATF and Egmont Group 2018, Concealment of Beneficial Ownership); each
    is a reason to look, none is a finding.

    Parameters
    ----------
    entities
        Columns ``id, type, coordinate_precision, identifiers``.
    relations
        Columns ``id, source, target, relation, start``.
    smallest
        Least number of companies that share an address or an officer, or register together.
    days
        Registrations at most so many days apart, each from the next, count as together. The day of a registration is
        the earliest full date at which a company is recorded as registered, founded, owned or directed.
    gap
        Registration numbers of one scheme at most so far apart, each from the next, count as neighbours.

    Returns
    -------
    list of ShellSignal
        By kind, then the largest first. An address counts only at street level: a town says nothing. Dates count only
        among companies that also share an address or an officer; numbers may stand alone, from two companies up.
    """
    companies = set(entities.loc[entities["type"] == "company", "id"])
    precision = dict(zip(entities["id"], entities["coordinate_precision"], strict=True))
    premises = {key for key, value in precision.items() if value in PREMISES}
    at = relations[relations["relation"].eq("registered_at") & relations["target"].isin(premises)]
    addresses = list(_shared(at, "target", "source", companies, smallest, "shared-address"))
    posts = relations[relations["relation"].isin(OFFICES)]
    officers = list(_shared(posts, "source", "target", companies, smallest, "shared-officer"))
    dates = list(_together(_first_days(relations, companies), [*addresses, *officers], smallest, days))
    numbers = list(_neighbours(entities[entities["type"] == "company"], gap))
    return [
        signal
        for group in (addresses, officers, dates, numbers)
        for signal in sorted(group, key=lambda s: (-len(s.companies), s.through, s.companies))
    ]


def _shared(
    rows: pd.DataFrame, hub: str, member: str, companies: set[str], smallest: int, kind: str
) -> Iterator[ShellSignal]:
    rows = rows[rows[member].isin(companies)]
    for through, group in rows.groupby(hub, sort=True):
        members = tuple(sorted(set(group[member])))
        if len(members) < smallest:
            continue
        what = "are recorded at this address" if kind == "shared-address" else "share this officer, owner or founder"
        yield ShellSignal(kind, members, str(through), f"{len(members)} companies {what}", tuple(sorted(group["id"])))


def _first_days(relations: pd.DataFrame, companies: set[str]) -> dict[str, datetime.date]:
    """Earliest full date at which each company is recorded."""
    found: dict[str, datetime.date] = {}
    kinds = {"registered_at": "source"} | dict.fromkeys(OFFICES, "target")
    rows = zip(relations["relation"], relations["source"], relations["target"], relations["start"], strict=True)
    for kind, source, target, start in rows:
        company = source if kinds.get(kind) == "source" else target
        if kind in kinds and company in companies and len(start) == 10:
            day = datetime.date.fromisoformat(start)
            found[company] = min(day, found.get(company, day))
    return found


def _together(
    days_of: Mapping[str, datetime.date], groups: Iterable[ShellSignal], smallest: int, days: int
) -> Iterator[ShellSignal]:
    seen: set[tuple[str, ...]] = set()
    for group in groups:
        dated = sorted((days_of[company], company) for company in group.companies if company in days_of)
        for run in _runs([(day.toordinal(), company) for day, company in dated], days):
            members = tuple(sorted(company for _, company in run))
            if len(members) < smallest or members in seen:
                continue
            seen.add(members)
            first, last = (datetime.date.fromordinal(run[end][0]) for end in (0, -1))
            reason = f"{len(members)} companies that share {group.through} first appear between {first} and {last}"
            yield ShellSignal("registration-dates", members, group.through, reason, group.relations)


def _neighbours(companies: pd.DataFrame, gap: int) -> Iterator[ShellSignal]:
    numbers: dict[tuple[str, str, str], list[tuple[int, str]]] = {}
    for company, cell in zip(companies["id"], companies["identifiers"], strict=True):
        for item in filter(None, cell.split(";")):
            scheme, _, value = item.partition(":")
            found = re.fullmatch(r"(\D*?)(\d{4,15})(\D?)", value.strip())
            if found and not _listing(scheme):
                numbers.setdefault((scheme, found[1], ""), []).append((int(found[2]), company))
    for (scheme, prefix, _), rows in sorted(numbers.items()):
        for run in _runs(sorted(set(rows)), gap):
            members = tuple(sorted({company for _, company in run}))
            if len(members) > 1:
                span = f"{prefix}{run[0][0]} to {prefix}{run[-1][0]}"
                reason = f"{len(members)} companies have registration numbers {span} in {scheme}"
                yield ShellSignal("registration-numbers", members, scheme, reason)


def _listing(scheme: str) -> bool:
    """Whether a scheme numbers entries of a list or of a data set, where neighbours mean nothing."""
    return scheme in {"ofac", "un", "uk", "eu", "opensanctions", "icij", "bods", "lei"} or scheme.startswith("id-")


def _runs(rows: list[tuple[int, str]], gap: int) -> Iterator[list[tuple[int, str]]]:
    """Cut a sorted list where two neighbours are more than ``gap`` apart."""
    run: list[tuple[int, str]] = []
    for row in rows:
        if run and row[0] - run[-1][0] > gap:
            yield run
            run = []
        run.append(row)
    if run:
        yield run
