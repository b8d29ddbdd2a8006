"""The dataset object: a folder of CSVs, read, checked and frozen."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netscam.data.coding import positions
from netscam.data.typed import typed_table, typed_tables
from netscam.errors import WHOLE_FILE, DataError, Problem, visible
from netscam.files import finish_files, write_files
from netscam.locks import locked
from netscam.schema import OPTIONAL_TABLES, TABLES, load_schema

if TYPE_CHECKING:
    import pandas as pd

    from netscam.data.coding import Ints

PACKAGE_FILE = "datapackage.json"


@dataclass(frozen=True)
class Dataset:
    """Validated tables of one case, each sorted by id.

    Text columns hold ``str`` with ``""`` for a missing value (``NA`` is Namibia); ``latitude``, ``longitude``,
    ``share`` and ``cost`` are ``float64`` with NaN; ``people`` is ``Int64``. Made by ``read_dataset``, ``generate`` and
    the importers only; ``select`` makes a smaller one. Do not change the frames in place.
    """

    name: str
    entities: pd.DataFrame
    relations: pd.DataFrame
    evidence: pd.DataFrame
    documents: pd.DataFrame
    events: pd.DataFrame
    corrections: pd.DataFrame
    costs: pd.DataFrame | None = None
    package: Mapping[str, Any] = field(default_factory=dict)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by name, in the order of the schema; ``costs`` only where there is one."""
        frames = {name: getattr(self, name) for name in (*TABLES, *OPTIONAL_TABLES)}
        return {name: frame for name, frame in frames.items() if frame is not None}

    @property
    def version(self) -> str:
        """Version that the data package states."""
        return visible(str(self.package.get("version", "0")))

    @property
    def title(self) -> str:
        """Title that the data package states, else the name."""
        return visible(str(self.package.get("title", self.name)))

    @property
    def synthetic(self) -> bool:
        """Whether the dataset is invented."""
        return bool(self._said("synthetic"))

    @property
    def as_of(self) -> str:
        """Date of the record: what the data package states, else the newest publication date."""
        newest = self.documents["published"].max() if len(self.documents) else ""
        return visible(str(self._said("as_of") or newest or "unknown"))

    @property
    def caveat(self) -> str:
        """The line that every artefact carries."""
        return visible(str(self._said("caveat") or default_caveat(self.as_of, synthetic=self.synthetic)))

    def _said(self, key: str) -> Any:
        """What the package says under ``netscam``."""
        return self.package.get("netscam", {}).get(key)

    def hash(self) -> str:
        """SHA-256 of the tables in canonical form; independent of row order and line ends in the files."""
        return self._hash

    @cached_property
    def _hash(self) -> str:
        digest = hashlib.sha256()
        for name, frame in self.tables().items():
            digest.update(f"{name}\n".encode())
            digest.update(table_csv(frame).encode())
        return digest.hexdigest()

    def rows(self, table: str, column: str) -> Ints:
        """Row in the table pointed at, -1 for none, of each id in a column such as ``source``; looked up once."""
        if (table, column) not in self._rows:
            keys = {key["fields"]: key["reference"]["resource"] for key in load_schema().tables[table]["foreignKeys"]}
            self._rows[table, column] = positions(getattr(self, keys[column])["id"], getattr(self, table)[column])
        return self._rows[table, column]

    @cached_property
    def _rows(self) -> dict[tuple[str, str], Ints]:
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """What copies are made of: the tables, not what was looked up in them, since frames of a copy may change."""
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}

    def knowing(self, rows: Mapping[tuple[str, str], Ints]) -> Dataset:
        """The same dataset, for which ``rows`` need not look these up."""
        self._rows.update(rows)
        return self


def default_caveat(as_of: str, *, synthetic: bool = False) -> str:
    """Caveat line for a dataset that does not state its own."""
    if synthetic:
        return "Synthetic data: every name, document and relation here is invented."
    return (
        f"This network records statements made in the cited documents as of {as_of}. Inclusion of a person, company or "
        "place does not imply wrongdoing, and a high rank describes position in the recorded network, not "
        "responsibility. Records may be incomplete or wrong; corrections: open an issue in the project's repository."
    )


def datasets_folder() -> Path:
    """Folder of the datasets that ship with netscam: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "datasets"
    return inside if inside.is_dir() else package.parent / "datasets"


def list_datasets() -> list[Path]:
    """Folders of the datasets that ship with netscam, by name."""
    root = datasets_folder()
    return sorted(path.parent for path in root.glob(f"*/{PACKAGE_FILE}")) if root.is_dir() else []


def find_dataset(name_or_folder: str | Path) -> Path:
    """Folder of a dataset given by path or by the name of one that ships with netscam.

    Raises
    ------
    DataError
        There is neither such a folder nor such a name.
    """
    if (folder := Path(name_or_folder)).is_dir():
        return folder
    shipped = {path.name: path for path in list_datasets()}
    if str(name_or_folder) in shipped:
        return shipped[str(name_or_folder)]
    message = f"no such folder, and no shipped dataset of this name (shipped: {', '.join(shipped) or 'none'})"
    raise DataError([Problem(str(name_or_folder), 1, WHOLE_FILE, "missing-dataset", message)])


def check_dataset(name_or_folder: str | Path) -> tuple[Dataset | None, list[Problem]]:
    """Read a dataset and return it with everything that is odd or wrong about it.

    Returns
    -------
    dataset, problems
        The dataset is None when any problem is an error; warnings leave it usable.
    """
    folder = find_dataset(name_or_folder)
    finish_files(folder)
    with locked(folder, shared=True):
        return _check(folder)


def _check(folder: Path) -> tuple[Dataset | None, list[Problem]]:
    from netscam.data.forms import table_files
    from netscam.data.package import read_package
    from netscam.data.read import read_tables
    from netscam.data.rules.tables import Tables
    from netscam.data.validate import problems_of

    names = [*TABLES, *(name for name in OPTIONAL_TABLES if table_files(folder, name))]
    package, problems = read_package(folder)
    tables = Tables(read_tables(folder, dict.fromkeys(names)))
    problems = sorted([*problems, *problems_of(tables)])
    if any(problem.level == "error" for problem in problems):
        return None, problems
    typed, rows = typed_tables(tables)
    name = str(package.get("name") or folder.resolve().name)
    return Dataset(name=name, package=dict(package), **typed).knowing(rows), problems


def read_dataset(name_or_folder: str | Path, *, strict: bool = False) -> Dataset:
    """Read and validate a dataset.

    Parameters
    ----------
    name_or_folder
        Folder with the CSVs, or the name of a dataset that ships with netscam, such as ``mekong``.
    strict
        Treat warnings as errors.

    Returns
    -------
    Dataset
        Tables sorted by id.

    Raises
    ------
    DataError
        Something is wrong; ``problems`` names every place.

    Examples
    --------
    >>> len(read_dataset("example").entities)
    60
    """
    data, problems = check_dataset(name_or_folder)
    if data is None or (strict and problems):
        raise DataError(problems)
    return data


def build_dataset(name: str, frames: Mapping[str, pd.DataFrame], package: Mapping[str, Any]) -> Dataset:
    """Freeze valid tables of text columns: columns in the schema's order, numbers as numbers, rows sorted by id."""
    typed = {table: typed_table(table, frame) for table, frame in frames.items()}
    return Dataset(name=name, package=dict(package), **typed)


def empty_table(table: str) -> pd.DataFrame:
    """A table without rows, typed as the schema says."""
    import pandas as pd

    return typed_table(table, pd.DataFrame({name: pd.Series([], dtype="str") for name in load_schema().columns(table)}))


def table_csv(frame: pd.DataFrame) -> str:
    """Canonical CSV text of a table: LF line ends, minimal quotes, shortest form of every number."""
    text = frame.astype(object).where(frame.notna(), "")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows(zip(*(map(_cell, text[name].tolist()) for name in frame.columns), strict=True))
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    return str(value)


def write_dataset(
    data: Dataset,
    folder: str | Path,
    *,
    beside: Mapping[str, str | bytes] | None = None,
    remove: Iterable[str] = (),
) -> Path:
    """Write a dataset as CSVs with its ``datapackage.json``; every file whole or none replaced.

    Parameters
    ----------
    data
        The dataset.
    folder
        Where to write.
    beside
        Other files of the folder by name, written in the same move.
    remove
        Names of files of an earlier run that go in the same move.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    OutputError
        Something cannot be written.
    """
    from netscam.data.forms import table_files
    from netscam.data.package import package_text

    target = Path(folder)
    contents: dict[Path, str | bytes] = {
        target / f"{name}.csv": table_csv(frame) for name, frame in data.tables().items()
    }
    contents[target / PACKAGE_FILE] = package_text(data.name, data.package, data.tables().keys())
    contents |= {target / name: content for name, content in (beside or {}).items()}
    packed = [path for table in data.tables() for path in table_files(target, table) if path.suffix != ".csv"]
    write_files(contents, remove=[*packed, *(target / name for name in remove)])
    return target


def split_list(cell: str) -> list[str]:
    """Items of a ``;``-separated cell."""
    return [item.strip() for item in cell.split(";") if item.strip()]


def join_list(items: Iterable[str]) -> str:
    """A ``;``-separated cell."""
    return ";".join(items)
