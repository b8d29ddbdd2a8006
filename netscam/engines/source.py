"""What an engine reads: the tables of a dataset, or a bare list of ties, as Parquet or CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from netscam.data.dataset import default_caveat, find_dataset
from netscam.data.forms import table_files
from netscam.data.package import read_package
from netscam.engines.tables import EngineError
from netscam.errors import WHOLE_FILE, DataError, Problem
from netscam.schema import OPTIONAL_TABLES, TABLES

FORMS = {".parquet": "parquet", ".csv": "csv", ".csv.gz": "csv", ".csv.zst": "csv"}
BYTES_PER_TIE = 300
"""Memory of one tie of a bare list in igraph at the peak of loading, names included (measured at ten million)."""
BYTES_PER_RELATION = 1_600
"""Memory of one relation of a dataset with all that hangs on it in pandas and igraph, at the peak (at 215,000)."""
SAMPLE = 1 << 20


@dataclass(frozen=True)
class Source:
    """Files of one network.

    ``kind`` is ``dataset`` (the tables of netscam) or ``ties`` (columns ``source`` and ``target``); ``files`` gives
    each table's path, or that of ``ties``.
    """

    place: str
    kind: Literal["dataset", "ties"]
    files: Mapping[str, str]

    def form(self, table: str) -> str:
        """How a table lies there: ``parquet`` or ``csv``."""
        return _form(self.files[table])

    def file(self, table: str) -> str:
        """Name of a table's file, for messages."""
        return self.files[table].rpartition("/")[2]

    def origin(self) -> dict[str, str]:
        """Name, version, date and caveat that a dataset's package states; nothing for bare ties or files elsewhere."""
        if self.kind == "ties" or "://" in self.place:
            return {}
        package = read_package(find_dataset(self.place))[0]
        told = package.get("netscam", {})
        as_of = str(told.get("as_of") or "unknown")
        caveat = str(told.get("caveat") or default_caveat(as_of, synthetic=bool(told.get("synthetic"))))
        name, version = (str(package.get(key) or "") for key in ("name", "version"))
        return {"dataset": name, "version": version, "as_of": as_of, "caveat": caveat}

    def rows(self) -> int | None:
        """About how many relations there are, from the files' sizes alone; None where the files are elsewhere."""
        return None if "://" in self.place else _rows(self.files["ties" if self.kind == "ties" else "relations"])

    def memory(self) -> int | None:
        """About how many bytes the analysis in memory would take; None where the files are elsewhere."""
        rows = self.rows()
        return None if rows is None else rows * (BYTES_PER_TIE if self.kind == "ties" else BYTES_PER_RELATION)


def find_source(place: str | Path) -> Source:
    """Find out what a path holds.

    Parameters
    ----------
    place
        The name of a shipped dataset; a folder with the tables of a dataset as CSV or Parquet; one Parquet or CSV file
        with the columns ``source`` and ``target``; a folder of Parquet parts or a pattern such as ``ties/*.parquet``;
        for Spark also an address such as ``hdfs://...`` or ``s3a://...`` of either (a dataset there is Parquet).

    Raises
    ------
    DataError
        There is no such thing.
    """
    text = str(place)
    if "://" in text:
        return _remote(text)
    path = Path(text)
    form = _form(path.name)
    if any(sign in text for sign in "*?["):
        if not form or not list(path.parent.glob(path.name)):
            raise _missing(text, "no file matches; a pattern ends in .parquet or .csv")
        return Source(text, "ties", {"ties": text})
    if path.is_file():
        if not form:
            raise _missing(text, "the file is neither .parquet nor .csv (.csv.gz, .csv.zst)")
        return Source(text, "ties", {"ties": text})
    folder = find_dataset(path)
    return _folder(text, folder)


def _folder(place: str, folder: Path) -> Source:
    if table_files(folder, "relations"):
        found = {name: table_files(folder, name) for name in (*TABLES, *OPTIONAL_TABLES)}
        problems = [
            Problem(f"{name}.csv", 1, WHOLE_FILE, "missing-file", "there is no such file, nor as Parquet or packed")
            for name in TABLES
            if not found[name]
        ]
        problems += [
            Problem(files[1].name, 1, WHOLE_FILE, "two-forms", f"the table is there as {files[0].name} too")
            for files in found.values()
            if len(files) > 1
        ]
        if problems:
            raise DataError(problems)
        return Source(place, "dataset", {name: str(files[0]) for name, files in found.items() if files})
    if list(folder.glob("*.parquet")):
        return Source(place, "ties", {"ties": str(folder / "*.parquet")})
    raise _missing(place, "neither the tables of a dataset (relations.csv or .parquet) nor parts of a list of ties")


def _remote(place: str) -> Source:
    if _form(place):
        return Source(place, "ties", {"ties": place})
    root = place.rstrip("/")
    return Source(place, "dataset", {name: f"{root}/{name}.parquet" for name in TABLES})


def _form(name: str) -> str:
    return next((form for end, form in FORMS.items() if name.lower().endswith(end)), "")


def _missing(place: str, message: str) -> DataError:
    return DataError([Problem(place, 1, WHOLE_FILE, "missing-dataset", message)])


def _rows(path: str) -> int:
    """Rows of Parquet from its footer; of CSV from the length of its first lines."""
    first = Path(path)
    files = sorted(first.parent.glob(first.name)) if any(sign in path for sign in "*?[") else [first]
    files = [part for file in files for part in (sorted(file.glob("*.parquet")) if file.is_dir() else [file])]
    if all(file.name.endswith(".parquet") for file in files):
        return sum(_footer_rows(file) for file in files)
    return sum(_csv_rows(file) for file in files)


def _footer_rows(file: Path) -> int:
    import pyarrow as pa
    from pyarrow import parquet as pq

    try:
        return int(pq.read_metadata(file).num_rows)
    except (pa.ArrowInvalid, OSError) as error:
        raise EngineError(f"{file} is no Parquet file: {str(error).splitlines()[0]}") from error


def _csv_rows(file: Path) -> int:
    size = file.stat().st_size
    with file.open("rb") as opened:
        start = opened.read(SAMPLE)
    if file.name.lower().endswith((".gz", ".zst")):
        return size // 10  # about ten bytes of a packed file are a row of two ids
    return round(size * max(start.count(b"\n"), 1) / max(len(start), 1))
