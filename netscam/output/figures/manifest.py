"""The manifest of a figure folder: what went in, what came out, and with which versions."""

from __future__ import annotations

import hashlib
import io
import json
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netscam.analysis.versions import library_versions
from netscam.output.layout import METHOD, layout
from netscam.output.tables import export_csv

if TYPE_CHECKING:
    import igraph
    import pandas as pd

    from netscam.data.dataset import Dataset

NAME = "MANIFEST.json"
LAYOUT = "layout.csv"
LIBRARIES = ("igraph", "numpy", "scipy", "pandas", "matplotlib", "highspy")


def sha256(content: bytes) -> str:
    """SHA-256 as hexadecimal text."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """Manifest of a folder; empty when there is none, or none that can be read."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def graph_hash(graph: igraph.Graph) -> str:
    """SHA-256 of the vertices and ties that a layout depends on."""
    names = graph.vs["name"] if graph.vcount() else []
    ends = sorted(tuple(sorted((names[s], names[t]))) for s, t in graph.get_edgelist())
    return sha256(json.dumps([METHOD, sorted(names), ends]).encode())


def stored_layout(folder: Path, graph: igraph.Graph, seed: int) -> pd.DataFrame:
    """The layout stored in a figure folder if it is of this graph and seed and untouched, else a new one.

    A stored layout outlives an upgrade of igraph, whose seeds alone do not.
    """
    import pandas as pd

    basis = read_manifest(folder).get("layout", {})
    wanted = {"graph_sha256": graph_hash(graph), "seed": seed}
    path = folder / LAYOUT
    if isinstance(basis, dict) and {key: basis.get(key) for key in wanted} == wanted and path.is_file():
        content = path.read_bytes()
        if sha256(content) == basis.get("sha256"):
            text = io.StringIO(content.decode("utf-8"))
            return pd.read_csv(text, dtype={"id": str}, keep_default_na=False)
    return layout(graph, seed)


def layout_csv(places: pd.DataFrame) -> bytes:
    """Text of ``layout.csv``: ids as they are, since it is read again."""
    return export_csv(places).encode()


def manifest(
    data: Dataset, graph: igraph.Graph, *, seed: int, places: bytes, figures: Mapping[str, Mapping[str, bytes]]
) -> dict[str, Any]:
    """Everything that is needed to make the folder again and to see that nothing was touched.

    Parameters
    ----------
    data, graph, seed
        What the figures were made from.
    places
        Content of ``layout.csv``.
    figures
        Contents of the files of each figure.
    """
    from netscam.data.dataset import table_csv

    return {
        "dataset": {
            "name": data.name,
            "title": data.title,
            "version": data.version,
            "as_of": data.as_of,
            "synthetic": data.synthetic,
            "sha256": data.hash(),
            "tables": {name: sha256(table_csv(frame).encode()) for name, frame in data.tables().items()},
            "caveat": data.caveat,
        },
        "command": f"netscam figures {data.name}" + (f" --seed {seed}" if seed else ""),
        "seed": seed,
        "versions": {"python": ".".join(platform.python_version_tuple()[:2]), **library_versions(*LIBRARIES)},
        "layout": {"graph_sha256": graph_hash(graph), "seed": seed, "file": LAYOUT, "sha256": sha256(places)},
        "figures": {
            name: {file: sha256(content) for file, content in sorted(files.items())} for name, files in figures.items()
        },
    }


def merge(new: dict[str, Any], old: Mapping[str, Any], order: list[str]) -> dict[str, Any]:
    """Keep what an older manifest says about figures not drawn this time, if all that they rest on is equal."""
    basis = ("dataset", "seed", "versions", "layout")
    if any(old.get(key) != new[key] for key in basis) or not isinstance(old.get("figures"), dict):
        return new
    figures = {**old["figures"], **new["figures"]}
    return {**new, "figures": {name: figures[name] for name in order if name in figures}}


def manifest_text(content: Mapping[str, Any]) -> bytes:
    """JSON text of a manifest."""
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()
