"""The format ``opensanctions``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from netscam.data.importers.job import IMPORTERS, Job
from netscam.data.importers.opensanctions.ftm import Sources, read_ftm
from netscam.data.importers.opensanctions.simple import read_simple
from netscam.data.importers.packages import describe, publication_date
from netscam.data.importers.stream import expand


@IMPORTERS.add("opensanctions", files="entities.ftm.json, targets.nested.json or targets.simple.csv")
def opensanctions(job: Job) -> dict[str, Any]:
    """FollowTheMoney entities of any schema, line by line, and targets.simple.csv of OpenSanctions.

    A folder stands for its ``entities.ftm.json``. Links become relations, sanctions become ``sanctioned_by`` with the
    authority that they name, addresses and wallets become entities. Ownership and posts have the standing
    ``recorded`` where the data set is a register, else ``reported`` like family and associates; files that netscam
    itself exported keep the standing that they state.
    """
    files = expand([_whole(path) for path in job.files], "*.json", "*.csv")
    sources = Sources(job, files[0].stem)
    for path in files:
        if path.name.lower().removesuffix(".gz").endswith(".csv"):
            read_simple(job, path, sources)
        else:
            read_ftm(job, path, sources)
    for document in job.spool.documents.values():
        document.published = document.published or publication_date(job, files)
    newest = max((document.published for document in job.spool.documents.values()), default="")
    return describe(job, "FollowTheMoney entities", "opensanctions", newest, _licence(files[0].parent))


def _whole(path: Path) -> Path:
    inside = path / "entities.ftm.json"
    return inside if path.is_dir() and inside.is_file() else path


def _licence(folder: Path) -> dict[str, str] | None:
    """Licence of data that OpenSanctions published, where the export folder shows that it did."""
    try:
        index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if "opensanctions" not in str(index.get("index_url", "") if isinstance(index, dict) else ""):
        return None
    path = "https://creativecommons.org/licenses/by-nc/4.0/"
    return {"name": "CC-BY-NC-4.0", "title": "Creative Commons Attribution-NonCommercial 4.0", "path": path}
