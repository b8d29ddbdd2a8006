"""The network month by month, by either of the record's two clocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import Dataset
from netscam.data.history.periods import Clock, Period, Step, periods, record_span
from netscam.data.select import select

if TYPE_CHECKING:
    import igraph
    import pandas as pd

    from netscam.analysis.temporal.matching import Tracked

RUNS = 20
"""Community runs per step: fewer than for one network, because steps check each other."""
RULES = {
    "valid": (
        "Each step shows the relations that were valid on its last day. A relation without a start counts from ever, "
        "one without an end until ever, and a date of reduced precision means its whole span; undated_ties counts the "
        "ties that rest on relations without a start alone, which are there at every step and say nothing about time."
    ),
    "known": (
        "Each step shows what documents published by its last day say; undated documents are never known. undated_ties "
        "counts the ties that rest on relations without a stated start alone. A rise is a publication, not a founding."
    ),
}


@dataclass(frozen=True, eq=False)
class Timeline:
    """A network at successive steps of one clock.

    Parameters
    ----------
    clock, step, rule
        Which clock, how long a step, and how dates were read, in words.
    steps
        One row per step: ``period, date`` (its last day), ``nodes``, ``tied`` (nodes with a tie), ``ties,
        undated_ties, components`` (with a tie), ``largest_component, connected_pairs, communities`` (of two or more),
        ``births, deaths, returns, merges, splits``: changes since the step before.
    nodes
        One row per step and tied node: ``period, id, name, type, community`` (number kept over time; 0 for none), then
        each measure and its ``_rank`` (1 is the most central, equals share the best place).
    changes
        Columns ``period, event, community, size, others``: see ``track_communities``.
    parameters
        What was asked for.
    """

    clock: str
    step: str
    rule: str
    steps: pd.DataFrame
    nodes: pd.DataFrame
    changes: pd.DataFrame
    parameters: Mapping[str, Any]

    def _repr_html_(self) -> str:
        from netscam.analysis.rich import rich_table

        return rich_table(f"{len(self.steps):,} steps by {self.step}, {self.clock} clock. {self.rule}", self.to_frame())

    def to_frame(self) -> pd.DataFrame:
        """One row per step."""
        return self.steps

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data for JSON; ``rows`` are the steps."""
        return {
            "clock": self.clock,
            "step": self.step,
            "rule": self.rule,
            "parameters": dict(self.parameters),
            "rows": self.steps.to_dict("records"),
            "nodes": self.nodes.to_dict("records"),
            "changes": self.changes.to_dict("records"),
        }


def timeline(
    data: Dataset,
    measures: Sequence[str] = (),
    *,
    clock: Clock = "valid",
    first: str | None = None,
    last: str | None = None,
    step: Step = "month",
    types: Iterable[str] | None = None,
    prior: Any = "default",
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> Timeline:
    """Follow the network over time: size, components, communities that keep their number, measures.

    Parameters
    ----------
    data
        The dataset; cut it with ``select`` first to hold the other clock still.
    measures
        Centralities to compute at each step.
    clock
        ``valid``: when relations held. ``known``: when documents about them were published.
    first, last
        Dates of any precision. By default the first stated start (``valid``) or publication (``known``), and the date
        of the record.
    step
        ``month``, ``quarter`` or ``year``; each step is the network on its last day.
    types, prior
        As for ``to_igraph``.
    seed
        For the communities.
    progress
        Called with the label of each period.

    Returns
    -------
    Timeline
        The same on every run and for every order of rows.

    Raises
    ------
    DateError
        Something that is not a date, an end before the start, or a record without dates.
    GraphError
        Another clock or step.
    UnknownNameError
        An unknown measure, type or prior.

    Notes
    -----
    Neither clock shows the underworld's own pace. The known clock follows what was published and when authorities
    acted; the valid clock knows only the few dates that documents state. What ended unseen never leaves.
    """
    begin, end = record_span(data, clock)
    wanted = periods(first or begin, last or end, step)
    tell = progress or _silent
    memory = _Memory(tuple(measures), seed, {"types": None if types is None else tuple(types), "prior": prior})
    for period in wanted:
        tell(period.label)
        memory.add(select(data, at=period.end) if clock == "valid" else select(data, known_by=period.end))
    return _assembled(clock, step, wanted, memory)


def _silent(_: str) -> None:
    """Tell nobody."""


class _Memory:
    """Results of the steps so far; a record that has not changed since the step before is not computed again."""

    def __init__(self, measures: tuple[str, ...], seed: int, how: Mapping[str, Any]) -> None:
        self.measures, self.seed, self.how = measures, seed, how
        self.rows: list[dict[str, int]] = []
        self.tables: list[pd.DataFrame] = []
        self._key: list[list[str]] | None = None

    def add(self, part: Dataset) -> None:
        """Take in the record of the next step."""
        from netscam.graph.build import to_igraph

        key = [frame["id"].tolist() for frame in (part.entities, part.relations, part.evidence)]
        if key != self._key:
            graph = to_igraph(part, **self.how)
            row, table = _counts(part, graph), _table(graph, self.measures, self.seed)
        else:
            row, table = self.rows[-1], self.tables[-1]
        self._key = key
        self.rows.append(row)
        self.tables.append(table)


def _counts(part: Dataset, graph: igraph.Graph) -> dict[str, int]:
    from netscam.analysis.summary import summary

    found = summary(graph)
    return {
        "nodes": found.nodes,
        "tied": found.nodes - found.isolates,
        "ties": found.edges,
        "undated_ties": _undated(part, graph),
        "components": found.components,
        "largest_component": found.largest_component if found.edges else 0,
        "connected_pairs": found.connected_pairs,
    }


def _undated(part: Dataset, graph: igraph.Graph) -> int:
    """How many ties of the graph have no relation with a start."""
    import pandas as pd

    index = pd.Index(graph.vs["name"] if graph.vcount() else [], dtype=object)
    begun = part.relations[part.relations["start"].ne("")]
    ends = zip(*(index.get_indexer(begun[end].astype(object)) for end in ("source", "target")), strict=True)
    dated = {(min(u, v), max(u, v)) for u, v in ends}
    return sum(tie not in dated for tie in graph.get_edgelist())


def _table(graph: igraph.Graph, measures: tuple[str, ...], seed: int) -> pd.DataFrame:
    """Community label, values and ranks of the tied nodes of one step."""
    import pandas as pd

    from netscam.analysis.centrality import centrality
    from netscam.analysis.communities import find_communities

    tied = [degree > 0 for degree in graph.degree()]
    table = pd.DataFrame({name: graph.vs[key] if graph.vcount() else [] for name, key in LABELS.items()}, dtype=object)
    table["community"] = find_communities(graph, runs=RUNS, seed=seed).membership.to_numpy() if any(tied) else 0
    if measures and graph.vcount():
        ranking = centrality(graph, measures)
        ranks = ranking.ranks()
        for name in ranking.measures:
            table[name] = ranking.values[name].to_numpy()
            table[f"{name}_rank"] = ranks[name].to_numpy()
    else:
        table = table.assign(**{c: pd.Series(dtype=float) for m in measures for c in (m, f"{m}_rank")})
    return table[pd.Series(tied, dtype=bool)].reset_index(drop=True)


LABELS = {"id": "name", "name": "label", "type": "type"}
"""Columns of the table, and the vertex attributes that they come from."""
COUNTED = {"births": "birth", "deaths": "death", "returns": "return", "merges": "merge", "splits": "split"}


def _assembled(clock: Clock, step: Step, wanted: Sequence[Period], memory: _Memory) -> Timeline:
    import pandas as pd

    from netscam.analysis.temporal.matching import track_communities

    partitions = [dict(zip(table["id"], table["community"], strict=True)) for table in memory.tables]
    tracked = track_communities(partitions)
    labels = [period.label for period in wanted]
    changes = tracked.events.copy()
    changes.insert(0, "period", [labels[number] for number in changes["step"]])
    tables = [
        table.assign(community=[numbers.get(member, 0) for member in table["id"]]).assign(period=label)
        for table, numbers, label in zip(memory.tables, tracked.numbers, labels, strict=True)
    ]
    nodes = pd.concat(tables, ignore_index=True)
    return Timeline(
        clock=clock,
        step=step,
        rule=RULES[clock],
        steps=_steps(wanted, memory, tracked),
        nodes=nodes[["period", *(name for name in nodes if name != "period")]],
        changes=changes.drop(columns="step"),
        parameters={"measures": memory.measures, "first": labels[0], "last": labels[-1], "seed": memory.seed},
    )


def _steps(wanted: Sequence[Period], memory: _Memory, tracked: Tracked) -> pd.DataFrame:
    import pandas as pd

    table = pd.DataFrame(memory.rows)
    table.insert(0, "period", [period.label for period in wanted])
    table.insert(1, "date", [period.end for period in wanted])
    table["communities"] = [len(set(numbers.values())) for numbers in tracked.numbers]
    happened = tracked.events.groupby(["event", "step"]).size()
    for column, event in COUNTED.items():
        table[column] = [int(happened.get((event, number), 0)) for number in range(len(wanted))]
    return table
