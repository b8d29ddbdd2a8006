"""Before and after a window of time in which sites were closed or left: the exodus of January 2026 and its like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import Dataset
from netscam.data.history.closures import GONE, STATES, ended_relations, site_events, unnamed_events, window
from netscam.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

PLACES = ("address", "compound")
"""Entity types that are no actors."""
UNDATED = (
    "Ties have few dates: the network before is the whole record, not the network on the eve, and a tie to a vanished "
    "site is taken to end with it."
)
REOPENED = (
    "People who leave a site are not its end: operators and owners may go on elsewhere, and a site may be taken up "
    "again."
)
LIMITS = (
    "A site without such an event is not known to be active: nobody may have written about it.",
    REOPENED,
    "Counts of people differ by date and definition and must not be added.",
    UNDATED,
)
"""Notes that hold for every window."""


@dataclass(frozen=True, eq=False)
class Exodus:
    """A network with and without the sites that vanished within a window.

    Parameters
    ----------
    first, last
        Days that bound the window.
    states
        States in which a site counts as gone.
    gone
        Ids of the sites that are gone, in id order; ``outside`` of them are not in the analysis graph.
    outside
        See ``gone``.
    active
        Ids of the sites for which the record has no such event up to the end of the window.
    events
        What the record says happened, before, in and after the window: see ``site_events``.
    unnamed
        Events in the window that name no site: see ``unnamed_events``.
    ended
        Relations whose stated end is in the window.
    carried
        What the vanished sites carried, as numbers before and after: see ``carried``.
    actors
        Those tied to vanished sites, with ``status`` (strongest standing in the whole record): see ``connectors``.
    ties
        How many ties of the vanished sites there are, by relation type: columns ``relation, ties``.
    notes
        What the record cannot show.
    """

    first: str
    last: str
    states: tuple[str, ...]
    gone: tuple[str, ...]
    outside: tuple[str, ...]
    active: tuple[str, ...]
    events: pd.DataFrame
    unnamed: pd.DataFrame
    ended: pd.DataFrame
    carried: pd.DataFrame
    actors: pd.DataFrame
    ties: pd.DataFrame
    notes: tuple[str, ...]

    def _repr_html_(self) -> str:
        from netscam.analysis.rich import rich_table

        return rich_table(
            " ".join((f"{len(self.gone)} compounds gone from {self.first} to {self.last}.", *self.notes)),
            self.to_frame(),
        )

    def to_frame(self) -> pd.DataFrame:
        """What the vanished sites carried."""
        return self.carried

    def connecting(self) -> pd.DataFrame:
        """Actors that tie a vanished site to one still there, directly or over one other actor."""
        joined = self.actors["active"].ne("") | self.actors["through"].ne("")
        return self.actors[joined].reset_index(drop=True)

    def to_dict(self) -> dict[str, Any]:
        """Every field as plain data for JSON; tables are lists of rows."""
        import pandas as pd

        values: Mapping[str, Any] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {k: v.to_dict("records") if isinstance(v, pd.DataFrame) else v for k, v in values.items()}


def exodus(
    data: Dataset,
    *,
    first: str = "2026-01-01",
    last: str = "2026-01-31",
    states: Iterable[str] = GONE,
    prior: Any = "default",
    draws: int = 200,
    seed: int = 0,
) -> Exodus:
    """Compare the network with and without the compounds that were closed or left within a window.

    Parameters
    ----------
    data
        The dataset; cut it with ``select(known_by=)`` first for what was known by a day.
    first, last
        The window; January 2026 by default.
    states
        Which events make a site gone: ``closed`` (closure, demolition, licence suspended or withdrawn), ``emptied``
        (people left in numbers), ``raided``.
    prior
        Prior that turns grades into probabilities.
    draws, seed
        Of the comparison with other compounds taken at random.

    Returns
    -------
    Exodus
        Facts with their documents, and what is left of the network.

    Raises
    ------
    DateError
        Not a date, or an end before the start.
    UnknownNameError
        Another state.

    Notes
    -----
    Betweenness and connected pairs describe the recorded network. That a closed compound carried little of it says how
    little is written about it, not how little it mattered.
    """
    from netscam.analysis.temporal.vanished import carried, connectors
    from netscam.graph.build import to_igraph

    wanted = tuple(dict.fromkeys([states] if isinstance(states, str) else states))
    for state in wanted:
        if state not in STATES:
            raise UnknownNameError("state of a site", state, STATES)
    begin, end = window(first, last)
    events = site_events(data, first, last)
    graph = to_igraph(data, prior=prior)
    present, sites = set(graph.vs["name"] if graph.vcount() else []), data.entities["type"].eq("compound")
    inside = events["when"].eq("window") & events["state"].isin(wanted)
    gone = sorted(set(events.loc[inside, "id"]))
    over = set(events.loc[events["when"].ne("after") & events["state"].isin(GONE), "id"]) | set(gone)
    active = sorted(set(data.entities.loc[sites, "id"]) - over)
    here = [site for site in gone if site in present]
    kinds = sorted({*graph.vs["type"]} - set(PLACES)) if graph.vcount() else []
    actors = connectors(graph, here, [site for site in active if site in present], actors=kinds)
    status = dict(zip(data.entities["id"], data.entities["status"], strict=True))
    actors.insert(3, "status", [status[actor] for actor in actors["id"]])
    pool = [site for site in data.entities.loc[sites, "id"] if site in present]
    return Exodus(
        first=begin,
        last=end,
        states=wanted,
        gone=tuple(gone),
        outside=tuple(site for site in gone if site not in present),
        active=tuple(active),
        events=events,
        unnamed=unnamed_events(data, first, last),
        ended=ended_relations(data, first, last),
        carried=carried(graph, here, among=pool, draws=draws, seed=seed),
        actors=actors,
        ties=_ties(data, set(gone)),
        notes=_notes(events[inside], len(unnamed_events(data, first, last)), len(active)),
    )


def _ties(data: Dataset, gone: set[str]) -> pd.DataFrame:
    """Relations that end at a vanished site, by type."""
    mine = data.relations["source"].isin(gone) | data.relations["target"].isin(gone)
    counts = data.relations.loc[mine, "relation"].value_counts().sort_index()
    return counts.rename_axis("relation").rename("ties").reset_index()


def _notes(events: pd.DataFrame, unnamed: int, active: int) -> tuple[str, ...]:
    weak = events["reliability"].isin(["D", "E", "F"]).sum()
    told = [
        f"{unnamed} events of these kinds in the window name no compound: the network cannot show what they emptied.",
        f"For {active} compounds the record tells of no closure and no exodus by then.",
    ]
    if weak:
        told.append(f"{weak} of the {len(events)} events counted rest on a document of reliability D or worse.")
    return (*told, *LIMITS)
