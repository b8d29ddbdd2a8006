"""From options to a graph, and from results to the screen: data to stdout, words to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd

    from netscam.data.dataset import Dataset


def show(frame: pd.DataFrame, form: str, **context: Any) -> None:
    """Print a table of results as text, CSV or JSON."""
    from netscam.output.printing import frame_records, frame_text
    from netscam.output.tables import export_csv

    if form == "json":
        show_json({**context, "rows": frame_records(frame)})
    else:
        click.echo(export_csv(frame) if form == "csv" else frame_text(frame), nl=form != "csv")


def show_json(value: Any) -> None:
    """Print JSON: two spaces, names as they are, NaN as null."""
    from netscam.output.printing import json_text

    click.echo(json_text(value))


def load_network(dataset: str, *, directed: bool = False, **options: Any) -> tuple[Dataset, Any]:
    """Read a dataset, cut it as the shared options say, and build its analysis graph."""
    from netscam import to_igraph
    from netscam.data.select import note_selection
    from netscam.schema import load_schema

    include, prior = options.pop("include", ()), options.get("prior", "default")
    data = load_part(dataset, **options)
    data = note_selection(data, **({"include": list(include)} if include else {}))
    data = note_selection(data, **({"prior": prior} if prior != "default" else {}))
    types = [*load_schema().analysis_types, *include] if include else None
    return data, to_igraph(data, types=types, prior=prior, directed=directed)


def load_part(dataset: str, **options: Any) -> Dataset:
    """Read a dataset and cut it as the shared options say."""
    from netscam import read_dataset, select

    return select(read_dataset(dataset), **{**options, "relations": options.get("relations") or None})


def about(data: Dataset) -> dict[str, Any]:
    """Origin of a result, as every JSON output carries it."""
    return {
        "dataset": data.name,
        "version": data.version,
        "hash": data.hash(),
        "as_of": data.as_of,
        "caveat": data.caveat,
        "selection": data.package.get("netscam", {}).get("selection", {}),
    }


def step() -> Callable[[str], None]:
    """Progress of long work: one line on stderr that rewrites itself, and nothing when stderr is not a terminal.

    An empty word clears the line.
    """
    if not sys.stderr.isatty():
        return lambda word: None
    return lambda word: click.echo("\r\033[K" + (f"{word} ..." if word else ""), err=True, nl=False)
