"""Command that measures: what each step of an analysis takes on this machine."""

from __future__ import annotations

import importlib

import click

from netscam.cli.group import cli
from netscam.cli.params import dataset_argument, format_option
from netscam.cli.show import show, step


@cli.command("profile")
@dataset_argument
@format_option
def profile_command(dataset: str, form: str) -> None:
    """Show what each step takes: seconds and memory now, and with ten times as many relations.

    Steps: read the files, check them, sort the tables, build the graph, then measures. Exact betweenness and harmonic
    are replaced by samples above 20,000 entities, as in netscam centrality.
    """
    from netscam.analysis.large.profile import Profile, graph_steps
    from netscam.data.dataset import find_dataset
    from netscam.data.profile import read_in_steps
    from netscam.graph.build import graph_of
    from netscam.graph.ties import tie_arrays

    _load_libraries()
    tell, profile = step(), Profile()
    data = read_in_steps(find_dataset(dataset), lambda name: (tell(name), profile.step(name))[1])
    tell("graph")
    with profile.step("graph"):
        graph = graph_of(tie_arrays(data))
    relations = len(data.relations)
    for name, compute in graph_steps(graph):
        tell(name)
        with profile.step(name):
            found = compute()
        told = getattr(found, "told", None)
        profile.rows[-1]["how"] = told["method"] if told else "exact"
    tell("")
    frame = profile.to_frame(vertices=graph.vcount())
    whole = {"relations": relations, "vertices": graph.vcount(), "edges": graph.ecount()}
    bare = frame["peak_mb"].iloc[0] - frame["added_mb"].iloc[0]
    whole["bytes_per_relation"] = round(2**20 * (frame["peak_mb"].max() - bare) / max(1, relations))
    show(frame, form, dataset=data.name, **whole)
    click.echo(
        f"{relations:,} relations, {graph.vcount():,} vertices, {graph.ecount():,} edges; "
        f"{whole['bytes_per_relation']:,} bytes per relation on top of the libraries. x10: ten times the relations, "
        "from exponents fitted on a drawn network.",
        err=True,
    )


def _load_libraries() -> None:
    """Load what the steps need, so that no step pays for it."""
    for name in ("igraph", "pandas", "pyarrow.csv", "scipy.sparse.csgraph", "netscam.analysis.communities"):
        importlib.import_module(name)
