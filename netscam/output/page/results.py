"""Rankings, communities and certified sets as the page reads them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

NOT_MEASURES = ("id", "name", "type", "rank", "label")


class Framed(Protocol):
    """A result that can be had as a table, such as ``Ranking`` and ``Partition``."""

    def to_frame(self) -> pd.DataFrame:
        """Rows keyed by the column ``id``."""
        ...


class Certified(Protocol):
    """A set of key nodes with its value and bound, such as ``KeyNodes``."""

    def to_dict(self) -> dict[str, Any]:
        """Fields by name: ``nodes``, ``value``, ``bound``, ``gap``, ``proven_optimal``, ``objective``, ``method``."""
        ...


if TYPE_CHECKING:
    Rankings: TypeAlias = Framed | pd.DataFrame | Sequence[Framed | pd.DataFrame]


def measures_json(ranking: Rankings | None, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Each measure with its value per entity (None where it has none), its rank and, where given, the interval.

    Ranks are counted among the entities that have a value: 1 + the number of those in a more important position (a
    lower value for measures of which the registry says so), so ties share a rank.
    """
    import pandas as pd

    if ranking is None:
        return []
    results = list(ranking) if isinstance(ranking, Sequence) else [ranking]
    frames = [result if isinstance(result, pd.DataFrame) else result.to_frame() for result in results]
    known = _registered()
    found: dict[str, dict[str, Any]] = {}
    for frame in frames:
        if "measure" not in frame.columns:
            found |= {measure["name"]: measure for measure in _values(frame, ids, known)}
    for result, frame in zip(results, frames, strict=True):
        if "measure" in frame.columns:
            _add_intervals(found, frame, ids, getattr(result, "parameters", {}))
    return list(found.values())


def _values(frame: pd.DataFrame, ids: Sequence[str], known: dict[str, tuple[bool, str]]) -> list[dict[str, Any]]:
    frame = frame.set_index("id")
    names = [str(name) for name in frame.columns if str(name) not in NOT_MEASURES and frame[name].dtype.kind in "ifu"]
    shown = frame.reindex(list(ids))
    measures = []
    for name in names:
        low, summary = known.get(name, (False, ""))
        ranks = frame[name].rank(method="min", ascending=low).reindex(list(ids))
        measures.append(
            {
                "name": name,
                "label": name.replace("_", " "),
                "meaning": summary,
                "low_is_central": low,
                "of": int(frame[name].notna().sum()),
                "value": [_number(value) for value in shown[name]],
                "rank": [_number(value, digits=0) for value in ranks],
            }
        )
    return measures


def _add_intervals(
    found: dict[str, dict[str, Any]], frame: pd.DataFrame, ids: Sequence[str], parameters: Mapping[str, Any]
) -> None:
    """Put the ends of the intervals of ranks and P(top k) to measures that have values."""
    for name, rows in frame.groupby("measure", sort=False):
        if str(name) not in found:
            continue
        shown = rows.set_index("id").reindex(list(ids))
        measure = found[str(name)]
        for column in ("low", "high", "median", "p_top"):
            measure[column] = [_number(value) for value in shown[column]]
        measure["level"] = float(parameters.get("level", 0.9))
        measure["draws"] = int(parameters.get("draws", 0))
        measure["top"] = int(parameters.get("top", 10))


def _registered() -> dict[str, tuple[bool, str]]:
    """For each registered measure: whether a low value is the important one, and what it is in a line."""
    from netscam.analysis.centrality import MEASURES

    return {entry.name: (entry.details.get("central") == "low", entry.summary) for entry in MEASURES}


def _number(value: Any, *, digits: int = 6) -> float | int | None:
    number = float(value)
    if not math.isfinite(number):
        return None
    if number.is_integer():
        return int(number)
    return float(f"{number:.{digits}g}") if digits else round(number)


def communities_json(partition: Framed | None, ids: Sequence[str]) -> list[int | None]:
    """Community number per entity; None for an entity that the partition does not know."""
    if partition is None:
        return [None] * len(ids)
    frame = partition.to_frame().set_index("id")
    column = frame["community"].reindex(list(ids))
    return [None if math.isnan(value) else int(value) for value in column.astype(float)]


def sets_json(key_nodes: Certified | Sequence[Certified] | None, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Sets of key nodes by size, nodes as positions in ``ids``; a node that the page does not show makes a set partial.

    A number that is not finite is left out.
    """
    if key_nodes is None:
        return []
    place = {name: number for number, name in enumerate(ids)}
    results = list(key_nodes) if isinstance(key_nodes, Sequence) else [key_nodes]
    rows = []
    for result in results:
        fields = result.to_dict()
        nodes = [str(node) for node in fields["nodes"]]
        row: dict[str, Any] = {
            "nodes": [place[node] for node in nodes if node in place],
            "size": len(nodes),
            "missing": sum(node not in place for node in nodes),
            "objective": str(fields.get("objective", "fragmentation")),
            "method": str(fields.get("method", "")),
            "proven": bool(fields.get("proven_optimal", False)),
        }
        for key in ("value", "bound", "gap"):
            if fields.get(key) is not None and math.isfinite(float(fields[key])):
                row[key] = _number(fields[key], digits=9)
        rows.append(row)
    return sorted(rows, key=lambda row: (row["objective"], row["size"], row["nodes"]))
