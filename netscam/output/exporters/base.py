"""What every exporter is made of: the registry, the one call, and the evidence graph with what a reader needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netscam.data.evidence import relation_probabilities
from netscam.errors import OutputError
from netscam.files import write_file, write_files
from netscam.graph.evidence_graph import to_networkx
from netscam.output.words import relation_statuses
from netscam.registry import Registry

if TYPE_CHECKING:
    import networkx

    from netscam.data.dataset import Dataset

Content = str | bytes | Mapping[str, str | bytes]
"""One file, or several by name for a format that is a folder."""

EXPORTERS: Registry[Callable[[Dataset], Content]] = Registry("export format")
"""Exporters by name; ``details`` has ``suffix``, which is ``/`` for a folder."""

# What XML 1.0 cannot hold at all; other formats drop it too, since no text needs it.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(data: Dataset, to: str, path: str | Path) -> Path:
    """Write a dataset in the format of another tool.

    Parameters
    ----------
    data
        The dataset; every entity and relation goes out, with probability, legal status, documents and share of
        disputing evidence as plain attributes, and the caveat where the format has a place for it. Formats for one
        purpose (``bods``, ``geojson``) hold the part that they can say.
    to
        Name of the format: see ``EXPORTERS``.
    path
        File to write, whole or not at all; a folder for formats of several files (``neo4j``, ``parquet``).

    Returns
    -------
    Path
        The file or folder.

    Raises
    ------
    UnknownNameError
        No such format.
    OutputError
        It cannot be written; what stood there before is untouched.
    """
    content = EXPORTERS[to].function(data)
    target = Path(path)
    if isinstance(content, (str, bytes)):
        write_file(target, content)
        return target
    if target.is_file():
        raise OutputError(f"cannot write {target}: {to} is a folder of files, and this is a file")
    write_files({target / name: text for name, text in content.items()})
    return target


def export_graph(data: Dataset) -> networkx.MultiDiGraph[str]:
    """Evidence graph with what a reader of another tool needs on each edge, as text and numbers only."""
    graph = to_networkx(data)
    probability, status = relation_probabilities(data), relation_statuses(data)
    documents = data.evidence.groupby(["relation", "stance"])["document"].agg(lambda ids: ";".join(sorted(set(ids))))
    for _, _, key, row in graph.edges(keys=True, data=True):
        row["probability"] = round(float(probability[key]), 6)
        row["status"] = status[key]
        row["documents"] = documents.get((key, "supports"), "")
        row["disputed_by"] = documents.get((key, "disputes"), "")
    for node, row in graph.nodes(data=True):
        row["label"] = row.get("name", node)
    graph.graph.update(title=data.title, version=data.version, hash=data.hash(), as_of=data.as_of, caveat=data.caveat)
    return graph


def clean(text: str) -> str:
    """Text without what XML cannot hold (control characters, halves of surrogate pairs)."""
    return NOT_XML.sub("\ufffd", text)


def rows(frame: Any) -> list[dict[str, Any]]:
    """Rows of a table as dictionaries without missing numbers."""
    import pandas as pd

    return [{str(k): v for k, v in row.items() if not pd.isna(v)} for row in frame.to_dict("records")]


def full_date(date: str, *, last: bool = False) -> str:
    """First or last day of a date of reduced precision; empty for no date."""
    import calendar

    if not date:
        return ""
    year, month, day = [*date.split("-"), "", ""][:3]
    month = month or ("12" if last else "01")
    if not day:
        day = str(calendar.monthrange(int(year), int(month))[1]).zfill(2) if last else "01"
    return f"{year}-{month}-{day}"
