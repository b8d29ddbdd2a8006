"""Reading a dataset in steps that can be watched one by one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from netscam.data.dataset import Dataset, build_dataset
from netscam.data.forms import table_files
from netscam.data.package import read_package
from netscam.data.read import read_table
from netscam.data.validate import find_problems
from netscam.errors import DataError
from netscam.schema import OPTIONAL_TABLES, TABLES


def read_in_steps(folder: Path, step: Callable[[str], AbstractContextManager[None]]) -> Dataset:
    """Read a dataset as ``read_dataset`` does, each part within ``step(name)``.

    Parameters
    ----------
    folder
        Folder of the dataset.
    step
        Gives a context manager for ``read``, ``validate`` and ``tables``.

    Raises
    ------
    DataError
        Something is wrong; ``problems`` names every place.
    """
    names = [*TABLES, *(name for name in OPTIONAL_TABLES if table_files(folder, name))]
    with step("read"):
        package, problems = read_package(folder)
        raw = {name: read_table(folder / f"{name}.csv", name) for name in names}
    with step("validate"):
        problems = [*problems, *find_problems(raw)]
    if any(problem.level == "error" for problem in problems):
        raise DataError(problems)
    with step("tables"):
        frames = {name: table.frame for name, table in raw.items() if table.frame is not None}
        return build_dataset(str(package.get("name") or folder.resolve().name), frames, package)
