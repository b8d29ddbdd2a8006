"""Everything that goes into the page, as plain values; nothing here knows HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netscam.output.page.han import folding
from netscam.output.page.look import types_json
from netscam.output.page.positions import positions
from netscam.output.page.profiles import apply_profile, find_profile
from netscam.output.page.records import records_json, words_json
from netscam.output.page.results import communities_json, measures_json, sets_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from netscam.data.dataset import Dataset
    from netscam.output.page.profiles import Profile
    from netscam.output.page.results import Certified, Framed, Rankings

FOLD_ABOVE = 6_000
"""A network with more entities opens folded into its communities, and so does what passes the filters."""
CONTACT = "open an issue in the project's repository"
CUTS = {
    "types": "only entities of type {}",
    "relations": "only relations of type {}",
    "at": "only relations valid on {}",
    "known_by": "only what documents published by {} say",
    "min_probability": "only relations of probability {} or more",
    "include": "also entities of type {}",
    "prior": "grades read by the prior {}",
}
"""How each choice in ``package["netscam"]["selection"]`` is told."""


@dataclass(frozen=True)
class PageContent:
    """Input of the template: what pyvis hosts (nodes, edges) and the record beside it."""

    title: str
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    record: dict[str, Any]


def page_content(
    data: Dataset,
    *,
    ranking: Rankings | None = None,
    partition: Framed | None = None,
    key_nodes: Certified | Sequence[Certified] | None = None,
    layout: pd.DataFrame | None = None,
    profile: str | Profile | None = None,
    seed: int = 0,
) -> PageContent:
    """Collect what the page shows; parameters as in ``write_page``."""
    chosen = find_profile(profile)
    full = data
    data, ids = apply_profile(full, chosen)
    old = {new: name for name, new in ids.items()}
    known_as = [old.get(name, name) for name in data.entities["id"]]
    if partition is None and len(known_as) > FOLD_ABOVE:
        partition = _communities(full, seed)
    spots = dict(zip(full.entities["id"], positions(full, layout, seed), strict=True))
    nodes = [
        {"id": number, "label": name, "group": kind, "x": spots[known][0], "y": spots[known][1]}
        for number, (name, kind, known) in enumerate(
            zip(data.entities["name"], data.entities["type"], known_as, strict=True)
        )
    ]
    place = {name: number for number, name in enumerate(data.entities["id"])}
    edges = [
        {"id": number, "from": place[source], "to": place[target]}
        for number, (source, target) in enumerate(zip(data.relations["source"], data.relations["target"], strict=True))
    ]
    record = {
        "about": _about(data, chosen),
        "types": types_json(set(data.entities["type"])),
        "words": words_json(set(data.relations["relation"])),
        "tables": records_json(data),
        "measures": measures_json(ranking, known_as),
        "communities": communities_json(partition, known_as),
        "sets": sets_json(key_nodes, known_as),
        "fold_above": FOLD_ABOVE,
        "han": folding([*data.entities["name"], *data.entities["aliases"]]),
    }
    return PageContent(data.title, nodes, edges, record)


def _communities(data: Dataset, seed: int) -> Framed:
    from netscam.analysis.communities import find_communities
    from netscam.graph.build import to_igraph

    found: Framed = find_communities(to_igraph(data), runs=1, seed=seed)
    return found


def cut_text(selection: Mapping[str, Any]) -> str:
    """What was chosen from the record before the page was made, in words; empty for the record as it is."""
    told = []
    for name, value in sorted(selection.items()):
        several = isinstance(value, (list, tuple, set, frozenset))
        text = ", ".join(sorted(map(str, value))) if several else str(value)
        told.append(CUTS.get(name, name.replace("_", " ") + " {}").format(text))
    return "; ".join(told)


def _about(data: Dataset, profile: Profile) -> Mapping[str, Any]:
    from netscam import __version__

    stated = data.package.get("netscam", {})
    return {
        "name": data.name,
        "title": data.title,
        "version": data.version,
        "hash": data.hash(),
        "as_of": data.as_of,
        "cut": cut_text(stated.get("selection", {})),
        "caveat": data.caveat,
        "contact": str(stated.get("corrections", CONTACT)).rstrip(". "),
        "synthetic": data.synthetic,
        "profile": profile.name,
        "watermark": profile.watermark,
        "withheld": profile.pseudonyms or profile.worst_reliability is not None,
        "grade": f"{profile.worst_reliability}{profile.worst_credibility}" if profile.worst_reliability else "",
        "licence": ", ".join(str(item.get("name", "")) for item in data.package.get("licenses", [])),
        "netscam": __version__,
    }
