"""The same network in memory: what fits goes to igraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.data.dataset import read_dataset
from netscam.data.select import select
from netscam.engines.filters import Filters
from netscam.engines.source import Source
from netscam.engines.tables import EngineError
from netscam.errors import DataError, Problem
from netscam.graph.build import to_igraph
from netscam.schema import load_schema

if TYPE_CHECKING:
    import igraph


def to_memory(source: Source, filters: Filters | None = None) -> igraph.Graph:
    """The network as an ``igraph.Graph`` with ``name``: simple, undirected, vertices in id order.

    Parameters
    ----------
    source
        The files; those of a dataset are validated.
    filters
        What part of it.

    Raises
    ------
    DataError
        The files are broken, or a list of ties lacks a column or an id.
    """
    chosen = filters or Filters()
    chosen.check()
    if source.kind == "ties":
        return _of_ties(source, chosen)
    cut: dict[str, Any] = {name: getattr(chosen, name) for name in ("at", "known_by", "min_probability", "prior")}
    data = select(read_dataset(source.place), relations=chosen.relations or None, **cut)
    return to_igraph(data, types=[*load_schema().analysis_types, *chosen.include], prior=chosen.prior)


def _of_ties(source: Source, filters: Filters) -> igraph.Graph:
    import igraph as ig
    import numpy as np
    import pandas as pd

    if asked := filters.beyond_ties():
        raise EngineError(f"a bare list of ties knows no {', '.join(asked)}; that needs the tables of a dataset")
    table = _read(source)
    wanted = ["source", "target", *(["probability"] if filters.min_probability is not None else [])]
    problems = [
        Problem(source.place, 1, column, "missing-column", f"there is no such column (columns: {', '.join(table)})")
        for column in wanted
        if column not in table
    ]
    if not problems:
        problems = [
            Problem(source.place, 1, end, "empty-id", f"{int(lost):,} rows have no id here")
            for end in ("source", "target")
            if (lost := (table[end].isna() | table[end].eq("")).sum())
        ]
    if problems:
        raise DataError(problems)
    if filters.min_probability is not None:
        table = table[table["probability"].astype(float) >= filters.min_probability]
    codes, names = pd.factorize(pd.concat([table["source"], table["target"]], ignore_index=True), sort=True)
    ends = np.sort(codes.reshape(2, -1).T, axis=1)
    ends = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)
    graph = ig.Graph(n=len(names), edges=ends)
    graph.vs["name"] = [str(name) for name in names]
    return graph


def _read(source: Source) -> Any:
    import pyarrow as pa
    from pyarrow import csv, parquet

    path = source.files["ties"]
    try:
        if source.form("ties") == "parquet":
            return _parts(parquet, path).to_pandas()
        text = csv.ConvertOptions(
            column_types={"source": pa.string(), "target": pa.string()}, strings_can_be_null=False
        )
        return csv.read_csv(path, convert_options=text).to_pandas()
    except (pa.ArrowInvalid, OSError) as error:
        raise EngineError(f"{path}: {str(error).splitlines()[0]}") from error


def _parts(parquet: Any, path: str) -> Any:
    """One table of a file, or of every part that a pattern names."""
    from glob import glob

    import pyarrow as pa

    if not any(sign in path for sign in "*?["):
        return parquet.read_table(path)
    return pa.concat_tables([parquet.read_table(part) for part in sorted(glob(path))])  # noqa: PTH207
