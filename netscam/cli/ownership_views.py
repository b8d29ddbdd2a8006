"""What ``netscam ownership`` prints: one table for each view, with names and with chains in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from netscam.data.dataset import split_list
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

    from netscam.analysis.ownership.cascade import Step
    from netscam.analysis.ownership.holdings import Holdings
    from netscam.data.dataset import Dataset

STEP = " >> "
OPEN = "hangs_on_missing_shares"
Shown = tuple["pd.DataFrame", list[str]]


def fifty_percent(data: Dataset, *, listed: Sequence[str], owners: Sequence[str], threshold: float | None) -> Shown:
    """Unlisted entities under the 50 Percent Rule, with the chain as proof."""
    from netscam.analysis.ownership.cascade import fifty_percent_rule

    holdings, notes = _holdings(data)
    seeds = list(owners or listed)
    steps = fifty_percent_rule(holdings, seeds, threshold=threshold or 50.0)
    certain = sum(step.certain for step in steps)
    notes.append(
        f"{len(seeds)} listed entities; {certain} others reach the threshold by printed shares, {len(steps) - certain} "
        "more may, depending on shares that no document prints"
    )
    return _steps(data, steps, {}), notes


def stakes(data: Dataset, *, listed: Sequence[str], owners: Sequence[str], threshold: float | None) -> Shown:
    """Direct and indirect stakes as intervals."""
    from netscam.analysis.ownership.stakes import indirect_stakes

    holdings, notes = _holdings(data)
    frame = indirect_stakes(holdings, owners or listed or None)
    return _named(data, frame[frame["most"] >= (threshold or 0.0)]), notes


def owners_at_the_top(data: Dataset, *, listed: Sequence[str], owners: Sequence[str], threshold: float | None) -> Shown:
    """Ultimate owners above a threshold."""
    from netscam.analysis.ownership.stakes import owned_in_circles, ultimate_owners

    holdings, notes = _holdings(data)
    kinds = load_schema().entity_types
    people = data.entities.loc[data.entities["type"].map(lambda t: kinds[t].natural_person), "id"]
    frame = ultimate_owners(holdings, threshold=threshold or 25.0, people=people)
    chosen = set(owners or listed)
    circles = owned_in_circles(holdings)
    if circles:
        notes.append(f"owned in circles only, so nobody stands at the top: {', '.join(circles)}")
    return _named(data, frame[frame["owner"].isin(chosen)] if chosen else frame), notes


def control(data: Dataset, *, listed: Sequence[str], owners: Sequence[str], threshold: float | None) -> Shown:
    """What each owner controls, by majorities or because a document says so, with the chain in words."""
    import pandas as pd

    from netscam.analysis.ownership.cascade import controlled

    holdings, notes = _holdings(data)
    rows = data.relations[data.relations["relation"] == "controls"]
    stated = list(zip(rows["source"], rows["target"], rows["id"], strict=True))
    parts = []
    for owner in sorted(owners or listed or {*holdings.by_owner, *rows["source"]}):
        steps = controlled(holdings, owner, stated=stated, threshold=threshold or 50.0)
        parts.append(_steps(data, steps, {"owner": owner}))
    return pd.concat(parts, ignore_index=True) if parts else _steps(data, [], {"owner": ""}), notes


def shells(data: Dataset, *, listed: Sequence[str], owners: Sequence[str], threshold: float | None) -> Shown:
    """Shared addresses, officers, registration dates and numbers."""
    import pandas as pd

    from netscam.analysis.ownership.shells import CAUTION, shell_signals

    names = _names(data)
    chosen = set(owners or listed)
    rows = [
        {
            "kind": signal.kind,
            "companies": len(signal.companies),
            "through": names.get(signal.through, signal.through),
            "reason": signal.reason,
            "members": "; ".join(names[key] for key in signal.companies),
            "caution": CAUTION[signal.kind],
        }
        for signal in shell_signals(data.entities, data.relations)
        if not chosen or chosen & {signal.through, *signal.companies}
    ]
    columns = ["kind", "companies", "through", "reason", "members", "caution"]
    return pd.DataFrame(rows, columns=columns), ["Each row is a reason to look; none is a finding."]


def listed_entities(data: Dataset, authority: str = "", scheme: str = "") -> list[str]:
    """Entities that the record says are listed.

    By default all that any authority sanctioned or that are designated; with ``authority`` those it sanctioned, with
    ``scheme`` those with an identifier in it, such as ``ofac``; with both, either.
    """
    relations = data.relations[data.relations["relation"] == "sanctioned_by"]
    found: set[str] = set()
    if authority:
        found |= set(relations.loc[relations["target"] == authority, "source"])
    if scheme:
        marks = data.entities["identifiers"].map(lambda cell: any(i.startswith(f"{scheme}:") for i in split_list(cell)))
        found |= set(data.entities.loc[marks.astype(bool), "id"])
    if not authority and not scheme:
        found = {*relations["source"], *data.entities.loc[data.entities["status"] == "designated", "id"]}
    return sorted(found)


VIEW_FUNCTIONS: MappingProxyType[str, Callable[..., Shown]] = MappingProxyType(
    {
        "fifty-percent": fifty_percent,
        "stakes": stakes,
        "owners": owners_at_the_top,
        "control": control,
        "shells": shells,
    }
)


def current(data: Dataset, at: str | None) -> tuple[Dataset, list[str]]:
    """Part of a record that ownership is computed on, and notes on what was left out.

    Relations without supporting evidence are left out (a denial is no claim), then those not valid on ``at``, by
    default the date of the record where it states one.
    """
    from netscam.data.select import check_date, select
    from netscam.errors import DateError

    supported = data.evidence.loc[data.evidence["stance"] == "supports", "relation"]
    kept = data.relations[data.relations["id"].isin(supported)].reset_index(drop=True)
    notes = []
    if lost := len(data.relations) - len(kept):
        notes.append(f"{lost} relations left out: no document supports them, whatever else is said of them")
    evidence = data.evidence[data.evidence["relation"].isin(kept["id"])].reset_index(drop=True)
    chosen = replace(data, relations=kept, evidence=evidence)
    date = at or data.as_of
    if at is None:
        try:
            check_date(date)
        except DateError:
            return chosen, notes
    valid = select(chosen, at=date)
    if lost := len(kept) - len(valid.relations):
        own = "" if at else ", the date of the record (another: --at)"
        notes.append(f"{lost} relations left out: ended or not begun on {date}{own}")
    return valid, notes


def _holdings(data: Dataset) -> tuple[Holdings, list[str]]:
    from netscam.analysis.ownership.holdings import read_holdings

    holdings = read_holdings(data.relations[data.relations["relation"] == "owns"])
    notes = [
        f"{entity}: printed shares add up to {total:.4g} percent; each is read as an upper limit"
        for entity, total in holdings.contradictions.items()
    ]
    missing = sum(math.isnan(stake.stated) and not stake.printed for stake in holdings.stakes)
    if missing:
        notes.append(f"{missing} of {len(holdings.stakes)} stakes have no printed share")
    return holdings, notes


def _names(data: Dataset) -> dict[str, str]:
    return dict(zip(data.entities["id"], data.entities["name"], strict=True))


def _named(data: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    names = _names(data)
    named = frame.reset_index(drop=True)
    named.insert(1, "owner_name", named["owner"].map(names))
    named.insert(3, "entity_name", named["entity"].map(names))
    return named


def _steps(data: Dataset, steps: Sequence[Step], first: dict[str, str]) -> pd.DataFrame:
    """One row per step, with its proof told in words that keep the legal standing of each relation."""
    import pandas as pd

    from netscam.analysis.ownership.cascade import proof
    from netscam.analysis.ownership.words import tell_chain
    from netscam.output.words import relation_statuses

    names = _names(data)
    statuses = relation_statuses(data)
    schema = load_schema()
    kinds = dict(zip(data.relations["id"], data.relations["relation"], strict=True))

    def says(relation: str) -> str:
        kind, status = schema.relation_types[kinds[relation]], statuses[relation]
        return schema.statuses[status].say(kind) if status else f"is entered here to {kind.infinitive}"

    rows = [
        {
            **first,
            "entity": step.entity,
            "name": names[step.entity],
            OPEN: not step.certain,
            "least": step.least,
            "most": step.most,
            "round": step.round,
            "proof": STEP.join(tell_chain(proof(steps, step.entity), name=names.__getitem__, says=says)),
        }
        for step in steps
    ]
    return pd.DataFrame(rows, columns=[*first, "entity", "name", OPEN, "least", "most", "round", "proof"])
