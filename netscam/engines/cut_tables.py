"""Writing a part: a dataset as a dataset, a list of ties as a list of ties."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from netscam.data.dataset import PACKAGE_FILE, Dataset, build_dataset, find_dataset, table_csv, write_dataset
from netscam.data.package import read_package
from netscam.data.resolve.target import stale_files
from netscam.data.select import keep_entities, note_selection, select
from netscam.engines.filters import Filters
from netscam.engines.part import Part
from netscam.files import write_files
from netscam.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

    from netscam.engines.load import Loaded
    from netscam.engines.tables import Tables

CUT_MARK = "cut_from"
"""Field of a part's package that names the dataset it was cut from."""


def write_part(loaded: Loaded, part: Part, filters: Filters, folder: Path) -> Path:
    """Write the nodes in ``kept`` and what hangs on them; returns the folder.

    Raises
    ------
    OutputError
        Something cannot be written; then nothing is.
    """
    if loaded.source.kind == "ties":
        return _write_ties(loaded, folder)
    data = _dataset(loaded, part, filters)
    return write_dataset(data, folder, remove=stale_files(data.tables()))


def _dataset(loaded: Loaded, part: Part, filters: Filters) -> Dataset:
    """The part as a dataset, cut again in memory as ``select`` does it: hindsight goes the same way."""
    _find_rows(loaded.tables, costs="costs" in loaded.source.files)
    names = [*("entities", "relations", "evidence", "documents", "events", "corrections")]
    names += ["costs"] if "costs" in loaded.source.files else []
    frames = {name: _texts(loaded.tables, name) for name in names}
    place = loaded.source.place
    package: dict[str, Any] = {}
    if "://" not in place and (find_dataset(place) / PACKAGE_FILE).exists():
        package = dict(read_package(find_dataset(place))[0])
    name = str(package.get("name") or Path(place.rstrip("/")).name)
    package["netscam"] = {**package.get("netscam", {}), CUT_MARK: name}
    data = build_dataset(name, frames, {**package, "name": name})
    data = note_selection(keep_entities(data, data.entities["id"].ne("")), cut=part.told())
    asked: dict[str, Any] = {key: getattr(filters, key) for key in ("at", "known_by", "min_probability")}
    return select(data, **asked, relations=filters.relations or None, prior=filters.prior)


def _find_rows(tables: Tables, *, costs: bool) -> None:
    """Tables ``entities_kept(id)``, ``relations_kept(id)`` and so on: what hangs on the nodes in ``kept``."""
    q = tables.dialect.quote
    items = tables.dialect.each_item.format(cell="coalesce(entities, '')")
    tables.keep("entities_kept", "select v.id from nodes as v semi join kept as k on v.n = k.n")
    tables.keep(
        "relations_kept",
        """select r.id from relations as r semi join entities_kept as a on r.source = a.id
           semi join entities_kept as b on r.target = b.id""",
    )
    tables.keep("evidence_kept", "select e.id from evidence as e semi join relations_kept as k on e.relation = k.id")
    tables.keep(
        "events_kept",
        f"""select i.id from (select id, {items} as item from events) as i
            semi join entities_kept as k on trim(i.item) = k.id
            union select e.id from events as e semi join entities_kept as k on e.place = k.id""",
    )
    tables.keep(
        "corrections_kept",
        f"""select c.id from corrections as c
            semi join (select id from entities_kept union select id from relations_kept
                       union select id from evidence_kept union select id from events_kept) as k
            on c.{q}row{q} = k.id""",
    )
    tables.keep(
        "documents_kept",
        """select document as id from evidence as e semi join evidence_kept as k on e.id = k.id
           union select document as id from events as e semi join events_kept as k on e.id = k.id
           union select document as id from corrections as c semi join corrections_kept as k on c.id = k.id""",
    )
    if costs:
        tables.keep("costs_kept", "select id from entities_kept")


def _texts(tables: Tables, name: str) -> pd.DataFrame:
    """Rows of a table that are kept, as text with ``""`` for what is missing."""
    q = tables.dialect.quote
    columns = load_schema().columns(name)
    cells = ", ".join(f"coalesce(t.{q}{column}{q}, '') as {q}{column}{q}" for column in columns)
    return tables.frame(f"select {cells} from {name} as t semi join {name}_kept as k on t.id = k.id").astype("str")


def _write_ties(loaded: Loaded, folder: Path) -> Path:
    """Every row between kept nodes with all its columns: ``ties.parquet``, and ``ties.csv`` for other readers."""
    import pyarrow as pa
    from pyarrow import parquet as pq

    tables = loaded.tables
    tables.keep("kept_names", "select v.id from nodes as v semi join kept as k on v.n = k.n")
    ends = [
        f"semi join kept_names as {a} on cast(t.{end} as string) = {a}.id"
        for a, end in (("a", "source"), ("b", "target"))
    ]
    frame = tables.frame(f"select t.* from ties_counted as t {' '.join(ends)}")
    frame = frame[["source", "target", *(c for c in frame.columns if c not in ("source", "target"))]]
    frame = frame.sort_values(list(frame.columns), kind="stable", ignore_index=True)
    out = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), out, compression="zstd")
    write_files({folder / "ties.parquet": out.getvalue().to_pybytes(), folder / "ties.csv": table_csv(frame)})
    return folder
