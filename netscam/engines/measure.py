"""Measures of a network of any size: on igraph where it fits, on DuckDB or Spark where it does not."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from netscam.engines.choose import choose_engine, open_tables
from netscam.engines.filters import Filters
from netscam.engines.load import Loaded, load
from netscam.engines.memory import to_memory
from netscam.engines.pagerank import DAMPING, isolate_rank
from netscam.engines.routes import Way, find_way
from netscam.engines.source import find_source
from netscam.engines.tables import EngineError, Progress, Tables, double, silent
from netscam.errors import UnknownNameError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

NODE_MEASURES = ("degree", "pagerank", "coreness")
GROUP_MEASURES = ("components", "label-propagation")
LARGE_MEASURES = (*NODE_MEASURES, *GROUP_MEASURES)
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Engine:
    """Where and how to compute: as the command line's options of the same names.

    ``engine``: auto, igraph, duckdb or spark; ``master``: Spark's; ``memory``: most that DuckDB, or a process of Spark,
    may take; ``work``: folder for tables between steps; ``route``: auto, graphframes, graphx or sql;
    ``progress`` is called with the name of each table before it is computed.
    """

    engine: str = "auto"
    master: str = ""
    memory: str = ""
    work: str = ""
    route: str = "auto"
    progress: Progress = field(default=silent, compare=False)


@dataclass(frozen=True, eq=False)
class LargeResult:
    """A result on an engine.

    ``frame`` has the first rows: ``id`` and the measures by node, or ``group`` (its smallest id) and ``size``.
    ``nodes``, ``ties`` and ``isolates`` count the network, ``groups`` the groups with a tie. ``engine`` and ``notes``
    say what was used and how it went; ``origin`` has the name, version, date and caveat of a dataset.
    """

    measures: tuple[str, ...]
    frame: pd.DataFrame
    nodes: int
    ties: int
    isolates: int
    groups: int | None
    engine: str
    notes: tuple[str, ...] = field(default=())
    origin: Mapping[str, str] = field(default_factory=dict)

    def to_frame(self) -> pd.DataFrame:
        """The first rows of the result."""
        return self.frame


def refuse(measures: Sequence[str], *, place: object = "DATASET") -> None:
    """Refuse what has no counterpart on DuckDB and Spark, with the way round it.

    Raises
    ------
    EngineError
        One of the measures is not to be had there.
    """
    for name in measures:
        if name not in LARGE_MEASURES and difflib.get_close_matches(name, LARGE_MEASURES, cutoff=0.85):
            raise UnknownNameError("measure", name, LARGE_MEASURES)
        if name not in LARGE_MEASURES:
            raise EngineError(
                f"{name} has no counterpart on duckdb and spark (they have {', '.join(LARGE_MEASURES)}). Reduce there, "
                f"analyse here: netscam cut {place} --core 2 -o part (or --around ID --hops 2, or --component ID), "
                f"then the usual command on part"
            )


def measure_large(
    place: str | Path,
    measures: str | Sequence[str],
    *,
    on: Engine | None = None,
    filters: Filters | None = None,
    top: int | None = 20,
    tolerance: float = TOLERANCE,
    seed: int = 0,
    output: str | Path | None = None,
) -> LargeResult:
    """Compute measures of a network that may be larger than memory.

    Parameters
    ----------
    place
        A dataset (name, folder of CSV or Parquet) or a list of ties; see ``find_source``.
    measures
        ``degree``, ``pagerank`` and ``coreness``, together or alone; or one of ``components`` and
        ``label-propagation``.
    on
        The engine; by default chosen by estimated bytes against free memory, and never Spark.
    filters
        What part of a dataset.
    top
        Rows in the result; None for all.
    tolerance
        PageRank stops when a round changes less in sum; see ``pagerank``.
    seed
        Seed of label propagation.
    output
        Parquet to write with every row: ``id`` and the values.

    Returns
    -------
    LargeResult
        Degree, coreness, components and label propagation in SQL are the same numbers on DuckDB and Spark; PageRank
        too. igraph agrees on degree, coreness and components exactly and on PageRank within the bound stated in the
        notes.

    Raises
    ------
    EngineError
        A library, Java or the cluster is missing, or the measure has no counterpart there.
    DataError
        The files are broken.

    Notes
    -----
    On a network that fits into memory Spark on one machine is tens of times slower than igraph: it buys room, not
    speed. A position in the recorded network is never guilt, at any size.
    """
    wanted = (measures,) if isinstance(measures, str) else tuple(measures)
    if not wanted or (len(wanted) > 1 and set(wanted) & set(GROUP_MEASURES)):
        raise EngineError(f"give {' and '.join(NODE_MEASURES)}, or one of {' and '.join(GROUP_MEASURES)} alone")
    refuse(wanted, place=place)
    where = on or Engine()
    source = find_source(place)
    choice = choose_engine(source, where.engine, master=where.master)
    origin = source.origin()
    if choice.engine == "igraph":
        if output is not None:
            raise EngineError("--output is for duckdb and spark; igraph's results fit on the screen: --format csv")
        return replace(_in_memory(to_memory(source, filters), wanted, top, choice.why), origin=origin)
    tables = open_tables(choice.engine, master=where.master, memory=where.memory, work=where.work)
    tables.progress = where.progress
    try:
        way = find_way(load(source, tables, filters), where.route)
        rows = _rows(way, wanted, tolerance, seed)
        if output is not None:
            tables.write(f"select * from ({rows}) as t", str(output))
        frame, groups = _first_rows(tables, rows, wanted, top)
        notes = (choice.why, *way.notes)
        return replace(_result(way.loaded, wanted, frame, groups, choice.engine, notes), origin=origin)
    finally:
        tables.close()


def _result(
    loaded: Loaded,
    measures: tuple[str, ...],
    frame: pd.DataFrame,
    groups: int | None,
    engine: str,
    notes: tuple[str, ...],
) -> LargeResult:
    return LargeResult(
        measures,
        frame,
        loaded.nodes,
        loaded.ties,
        loaded.nodes - loaded.tied,
        groups,
        engine,
        tuple(filter(None, notes)),
    )


def _rows(way: Way, measures: tuple[str, ...], tolerance: float, seed: int) -> str:
    """Statement that gives every node: ``id``, the measures, and ``n`` for the order."""
    if measures[0] in GROUP_MEASURES:
        way.components() if measures[0] == "components" else way.labels(seed)
        return """select d.id, coalesce(g.id, d.id) as `group`, d.n from nodes as d left join label as l on d.n = l.n
                  left join nodes as g on l.label = g.n""".replace("`", way.loaded.tables.dialect.quote)
    columns, joins = ["d.id"], ""
    if "pagerank" in measures:
        way.pagerank(tolerance)
        joins += " left join rank as r on d.n = r.n"
    if "coreness" in measures:
        way.coreness()
        joins += " left join coreness as c on d.n = c.n"
    if "degree" in measures:
        joins += " left join degrees as e on d.n = e.n"
    alone = double(isolate_rank(way.loaded)) if way.loaded.nodes else "0"
    value = {
        "degree": "coalesce(e.degree, 0) as degree",
        "pagerank": f"coalesce(r.value, {alone}) as pagerank",
        "coreness": "coalesce(c.core, 0) as coreness",
    }
    columns += [value[name] for name in measures]
    return f"select {', '.join(columns)}, d.n from nodes as d{joins}"


def _first_rows(
    tables: Tables, rows: str, measures: tuple[str, ...], top: int | None
) -> tuple[pd.DataFrame, int | None]:
    limit = "" if top is None else f" limit {top}"
    if measures[0] in NODE_MEASURES:
        sql = f"select * from ({rows}) as t order by {measures[0]} desc, n{limit}"
        return tables.frame(sql).drop(columns="n"), None
    q = tables.dialect.quote
    sizes = "select label, count(*) as size from label group by label"
    frame = tables.frame(
        f"""select d.id as {q}group{q}, s.size from ({sizes}) as s join nodes as d on s.label = d.n
            order by s.size desc, d.n{limit}"""
    )
    return frame, int(tables.rows("select count(distinct label) from label")[0][0])


def _in_memory(graph: Any, measures: tuple[str, ...], top: int | None, why: str) -> LargeResult:
    import numpy as np
    import pandas as pd

    names = graph.vs["name"]
    isolates = int(np.count_nonzero(np.asarray(graph.degree()) == 0))
    groups = None
    if measures[0] == "label-propagation":
        raise EngineError("in memory label propagation is netscam communities --method label-propagation")
    if measures[0] == "components":
        parts = [part for part in graph.connected_components() if len(part) > 1]
        groups = len(parts)
        frame = pd.DataFrame({"group": [names[part[0]] for part in parts], "size": [len(part) for part in parts]})
        frame = frame.sort_values("size", ascending=False, kind="stable", ignore_index=True)
    else:
        made: dict[str, Callable[[], Any]] = {
            "degree": graph.degree,
            "pagerank": lambda: graph.pagerank(damping=DAMPING),
            "coreness": graph.coreness,
        }
        frame = pd.DataFrame({"id": names, **{name: made[name]() for name in measures}})
        frame = frame.sort_values(measures[0], ascending=False, kind="stable", ignore_index=True)
    frame = frame if top is None else frame.head(top)
    return LargeResult(measures, frame, graph.vcount(), graph.ecount(), isolates, groups, "igraph", (why,))
