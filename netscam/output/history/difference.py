"""What a record learned between two dates, from which documents, and what that did to the ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import Dataset
from netscam.data.evidence import relation_probabilities
from netscam.data.history.acts import ACTS, first_acts
from netscam.data.select import check_date, last_day, select
from netscam.errors import DateError
from netscam.output.words import relation_statuses

if TYPE_CHECKING:
    import pandas as pd

CHANGES = ("table", "id", "change", "column", "before", "after", "documents")


@dataclass(frozen=True, eq=False)
class Difference:
    """Two states of one record.

    Parameters
    ----------
    first, second
        The two knowledge dates.
    changes
        Columns ``table, id, change, column, before, after, documents``, one row per change, by table and id.
        ``change`` is ``new`` or ``changed``. Columns of a relation that can change are ``evidence`` (how many rows
        support and dispute it), ``status`` (strongest standing), ``probability`` and ``end``; of an entity ``acts``,
        what authorities had done by then. ``documents`` are those published in between that brought it.
    documents
        Columns ``id, publisher, published, title, new, changed``: documents published in between, and how many rows
        each brought.
    ranks
        Columns ``id, name, type``, then for each measure ``_before``, ``_after`` (places; NaN for who was not there)
        and ``_change`` (places won), by the place after under the first measure.
    key_nodes
        ``before`` and ``after``: the best set and connected pairs left; ``joined``, ``left``.
    size
        ``before`` and ``after``: nodes, ties, components, largest component, connected pairs.
    """

    first: str
    second: str
    changes: pd.DataFrame
    documents: pd.DataFrame
    ranks: pd.DataFrame
    key_nodes: Mapping[str, Any]
    size: Mapping[str, Mapping[str, Any]]

    def _repr_html_(self) -> str:
        from netscam.analysis.rich import rich_table

        return rich_table(
            f"What the record learned between {self.first} and {self.second}: {len(self.documents):,} documents",
            self.to_frame(),
        )

    def to_frame(self) -> pd.DataFrame:
        """One row per change."""
        return self.changes

    def to_dict(self) -> dict[str, Any]:
        """Every field as plain data for JSON."""
        tables = {name: getattr(self, name).to_dict("records") for name in ("changes", "documents", "ranks")}
        rest = {"first": self.first, "second": self.second, "key_nodes": self.key_nodes, "size": self.size}
        return {**rest, **tables}


def difference(
    data: Dataset,
    first: str,
    second: str,
    *,
    measures: Sequence[str] = ("betweenness",),
    k: int = 5,
    prior: Any = "default",
    seed: int = 0,
) -> Difference:
    """Compare the record as known on two dates.

    Parameters
    ----------
    data
        The dataset; cut it with ``select`` first to compare parts.
    first, second
        Dates of any precision, each to its last day; the second is not before the first.
    measures
        Centralities whose places are compared.
    k
        Size of the key-node sets; 0 for none.
    prior
        Prior that turns grades into probabilities.
    seed
        For the key-node search.

    Returns
    -------
    Difference
        Without changes where both dates are the same.

    Raises
    ------
    DateError
        Not a date, or the second before the first.
    UnknownNameError
        An unknown measure or prior.

    Notes
    -----
    What is new was published in between; it may have been so for years. Undated documents are in neither state.
    """
    if last_day(check_date(second)) < last_day(check_date(first)):
        raise DateError(f"{second} is before {first}; give the earlier date first")
    parts = (select(data, known_by=first), select(data, known_by=second))
    fresh = parts[1].documents[~parts[1].documents["id"].isin(parts[0].documents["id"])]
    changes = _changes(*parts, set(fresh["id"]), prior)
    ranks, key_nodes, size = _effect(parts, measures, k, prior, seed)
    return Difference(first, second, changes, _documents(fresh, changes), ranks, key_nodes, size)


def _changes(before: Dataset, after: Dataset, fresh: set[str], prior: Any) -> pd.DataFrame:
    import pandas as pd

    rows = [*_entities(before, after, fresh), *_relations(before, after, fresh, prior), *_events(before, after)]
    table = pd.DataFrame(rows, columns=list(CHANGES), dtype=object)
    order = table["table"].map({"entities": 0, "relations": 1, "events": 2}).rename("order")
    place = pd.concat([order, table[["id", "column"]]], axis=1).sort_values(["order", "id", "column"], kind="stable")
    return table.loc[place.index].reset_index(drop=True)


_Row = tuple[str, str, str, str, Any, Any, str]


def _entities(before: Dataset, after: Dataset, fresh: set[str]) -> list[_Row]:
    told = _mentions(after, fresh)
    old, done, now = set(before.entities["id"]), _acts(before), _acts(after)
    rows: list[_Row] = []
    for entity, name in zip(after.entities["id"], after.entities["name"], strict=True):
        if entity not in old:
            rows.append(("entities", entity, "new", "", "", name, ";".join(sorted(told.get(entity, ())))))
        if now.get(entity, {}).keys() != done.get(entity, {}).keys():
            documents = {document for document in now[entity].values() if document in fresh}
            was, acts = (";".join(sorted(found.get(entity, ()))) for found in (done, now))
            rows.append(("entities", entity, "changed", "acts", was, acts, ";".join(sorted(documents))))
    return rows


def _acts(part: Dataset) -> dict[str, dict[str, str]]:
    """Acts of authorities on each entity that a record tells of, each with its document."""
    support = part.evidence[part.evidence["stance"].eq("supports")].sort_values(["relation", "document"])
    first = support.drop_duplicates("relation").set_index("relation")["document"]
    found: dict[str, dict[str, str]] = {}
    for act in ACTS:
        table = first_acts(part, act)
        for entity, row, document in zip(table["id"], table["row"], table["document"], strict=True):
            found.setdefault(entity, {})[act] = document or str(first.get(row, ""))
    return found


def _mentions(part: Dataset, fresh: set[str]) -> dict[str, set[str]]:
    """New documents that mention each entity."""
    told: dict[str, set[str]] = {}
    ends = part.relations.set_index("id")
    support = part.evidence[part.evidence["document"].isin(fresh) & part.evidence["stance"].eq("supports")]
    for end in ("source", "target"):
        for entity, document in zip(support["relation"].map(ends[end]), support["document"], strict=True):
            told.setdefault(entity, set()).add(document)
    events = part.events[part.events["document"].isin(fresh)]
    for entities, place, document in zip(events["entities"], events["place"], events["document"], strict=True):
        for entity in [*entities.split(";"), place]:
            told.setdefault(entity.strip(), set()).add(document)
    return told


def _relations(before: Dataset, after: Dataset, fresh: set[str], prior: Any) -> list[_Row]:
    was, now = _facts(before, prior), _facts(after, prior)
    cited = after.evidence[after.evidence["document"].isin(fresh)].groupby("relation")["document"]
    documents = {str(key): ";".join(sorted(set(found))) for key, found in cited}
    rows: list[_Row] = []
    for key, facts in now.items():
        why = documents.get(key, "")
        if key not in was:
            rows.append(("relations", key, "new", "", "", facts["words"], why))
            continue
        changed = [
            column for column in ("evidence", "status", "probability", "end") if facts[column] != was[key][column]
        ]
        rows += [("relations", key, "changed", column, was[key][column], facts[column], why) for column in changed]
    return rows


def _facts(part: Dataset, prior: Any) -> dict[str, dict[str, Any]]:
    """What a record says of each relation."""
    counts = part.evidence.groupby(["relation", "stance"]).size()
    status, likely = relation_statuses(part), relation_probabilities(part, prior=prior)
    found = {}
    for row in part.relations.to_dict("records"):
        key = str(row["id"])
        supports, disputes = (int(counts.get((key, stance), 0)) for stance in ("supports", "disputes"))
        found[key] = {
            "words": f"{row['source']} {row['relation']} {row['target']}",
            "evidence": f"{supports} for, {disputes} against",
            "status": status[key],
            "probability": round(float(likely[key]), 9),
            "end": row["end"],
        }
    return found


def _events(before: Dataset, after: Dataset) -> list[_Row]:
    fresh = after.events[~after.events["id"].isin(before.events["id"])]
    columns = (fresh[name] for name in ("id", "date", "type", "document"))
    return [
        ("events", row, "new", "", "", f"{date} {kind}", document)
        for row, date, kind, document in zip(*columns, strict=True)
    ]


def _documents(fresh: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """New documents and how many rows each brought or changed."""
    table = fresh[["id", "publisher", "published", "title"]].sort_values(["published", "id"], kind="stable")
    for column in ("new", "changed"):
        cells = changes.loc[changes["change"].eq(column), "documents"].str.split(";")
        counts = dict(cells.explode().value_counts()) if len(cells) else dict[str, int]()
        table = table.assign(**{column: [int(counts.get(document, 0)) for document in table["id"]]})
    return table.reset_index(drop=True)


def _effect(
    parts: tuple[Dataset, Dataset], measures: Sequence[str], k: int, prior: Any, seed: int
) -> tuple[pd.DataFrame, dict[str, Any], dict[str, dict[str, Any]]]:
    from netscam.analysis.summary import summary
    from netscam.graph.build import to_igraph

    graphs = dict(zip(("before", "after"), (to_igraph(part, prior=prior) for part in parts), strict=True))
    size = {name: summary(graph).to_dict() for name, graph in graphs.items()}
    return _ranks(graphs, measures), _keys(graphs, k, seed), size


def _ranks(graphs: Mapping[str, Any], measures: Sequence[str]) -> pd.DataFrame:
    from netscam.analysis.centrality import centrality

    found = {name: centrality(graph, list(measures)) for name, graph in graphs.items()}
    table = found["after"].labels.copy()
    for measure in measures:
        for name, ranking in found.items():
            table[f"{measure}_{name}"] = ranking.ranks()[measure].reindex(table.index)
        table[f"{measure}_change"] = table[f"{measure}_before"] - table[f"{measure}_after"]
    return table.reset_index().sort_values([f"{measures[0]}_after", "id"], kind="stable", ignore_index=True)


def _keys(graphs: Mapping[str, Any], k: int, seed: int) -> dict[str, Any]:
    """The best set before and after, where there is a network to break."""
    from netscam.analysis.dismantle.finished import finished
    from netscam.analysis.keynodes import key_nodes

    found: dict[str, Any] = {}
    for name, graph in graphs.items():
        size = min(k, graph.vcount() - 1)
        if size < 1 or not graph.ecount():
            found[name] = {"nodes": [], "value": 0, "bound": 0, "proven_optimal": False}
            continue
        best = finished(key_nodes)(graph, k=size, alternatives=0, seed=seed)
        found[name] = {
            "nodes": list(best.nodes),
            "value": best.value,
            "bound": best.bound,
            "proven_optimal": best.proven_optimal,
        }
    before, after = (set(found[name]["nodes"]) for name in ("before", "after"))
    return {**found, "joined": sorted(after - before), "left": sorted(before - after)}
