"""Cutting out what matters: from a network of any size to a part that fits into memory, evidence and all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from netscam.data.resolve.target import check_target
from netscam.engines.choose import SHARE, choose_engine, free_memory, open_tables
from netscam.engines.cut_tables import CUT_MARK, write_part
from netscam.engines.filters import Filters
from netscam.engines.load import Loaded, load
from netscam.engines.measure import Engine
from netscam.engines.memory import to_memory
from netscam.engines.part import Part, check_part, keep_part
from netscam.engines.routes import find_way
from netscam.engines.source import BYTES_PER_RELATION, BYTES_PER_TIE, find_source
from netscam.engines.tables import EngineError, count, one

if TYPE_CHECKING:
    import igraph


@dataclass(frozen=True)
class Cut:
    """A part that was cut out and written.

    ``folder`` holds a dataset where the input was one, else ``ties.parquet`` and ``ties.csv`` (for ``--edgelist``).
    ``nodes`` and ``ties`` count the part in the analysis graph, ``of_nodes`` and ``of_ties`` the whole.
    """

    folder: Path
    nodes: int
    ties: int
    of_nodes: int
    of_ties: int
    engine: str
    notes: tuple[str, ...]

    def to_igraph(self) -> igraph.Graph:
        """The part as an analysis graph."""
        ties = self.folder / "ties.parquet"
        return to_memory(find_source(ties if ties.exists() else self.folder))


def cut(
    place: str | Path,
    output: str | Path,
    part: Part,
    *,
    on: Engine | None = None,
    filters: Filters | None = None,
    force: bool = False,
) -> Cut:
    """Cut a part out of a network of any size and write it where the usual commands read it.

    Parameters
    ----------
    place
        A dataset (name, folder of CSV or Parquet) or a list of ties; see ``find_source``.
    output
        Folder to write. The part of a dataset is a dataset: its entities, all relations between them, their evidence,
        events, costs and the documents cited; what ``filters`` leave out is gone, as ``select`` does it. The part of a
        list of ties is a list with the same columns.
    part
        What to cut out.
    on
        The engine. ``auto`` and ``igraph`` take DuckDB: it cuts small networks as well.
    filters
        What part of a dataset counts.
    force
        Replace whatever dataset is in the folder; by default only one that was cut before.

    Returns
    -------
    Cut
        ``to_igraph()`` reads it back.

    Raises
    ------
    EngineError
        The part would not fit into memory either (nothing is written), or the engine is missing.
    UnknownNameError
        An id that is not in the network.
    DataError
        The files are broken.
    OutputError
        The folder holds another dataset, or cannot be written.

    Notes
    -----
    A part is not the whole. Measures within a component are those of the whole; k hops, cores and projections lose the
    paths that run outside, so betweenness, cut sets and key nodes hold for the part.
    """
    check_part(part)
    check_target(Path(output), CUT_MARK, force=force)
    where, chosen, source = on or Engine(), filters or Filters(), find_source(place)
    if part.onto and source.kind == "ties":
        raise EngineError("a bare list of ties has no entity types to project on")
    chosen = replace(chosen, include=tuple(dict.fromkeys([*chosen.include, *part.onto, *part.through])))
    engine = "duckdb" if where.engine in ("auto", "igraph") else where.engine
    choice = choose_engine(source, engine, master=where.master)
    tables = open_tables(choice.engine, master=where.master, memory=where.memory, work=where.work)
    tables.progress = where.progress
    try:
        whole = load(source, tables, chosen)
        way = find_way(whole, where.route)
        keep_part(way, part)
        nodes, ties = _size(whole)
        folder = write_part(whole, part, chosen, Path(output))
        return Cut(folder, nodes, ties, whole.nodes, whole.ties, choice.engine, tuple(filter(None, way.notes)))
    finally:
        tables.close()


def _size(loaded: Loaded) -> tuple[int, int]:
    """Nodes and ties of the part; refuses one that would not fit into memory."""
    tables = loaded.tables
    nodes = count(tables, "kept")
    inside = "select count(*) from ties as t semi join kept as a on t.u = a.n semi join kept as b on t.v = b.n"
    ties = int(one(tables, inside))
    need = ties * (BYTES_PER_RELATION if loaded.source.kind == "dataset" else BYTES_PER_TIE)
    if need > SHARE * free_memory():
        raise EngineError(
            f"the part has {nodes:,} nodes and {ties:,} ties, about {need / 1e9:.1f} GB in memory, and that is not "
            "free: cut a smaller part; nothing was written"
        )
    return nodes, ties
