"""Commands that write files: page, figures, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from netscam.cli.group import cli
from netscam.cli.params import Registered, cut_options, dataset_argument, seed_option
from netscam.cli.show import load_part, step

if TYPE_CHECKING:
    from netscam.data.dataset import Dataset

MOST_NODES = 2_000
MOST_KEY_NODES = 10
DRAWS = 200
"""Networks drawn for the intervals of ranks on the page: a few seconds for a record of some hundred entities."""

STUDY_STEPS = 5
"""Steps of the standard run and the layout, before the figures are drawn."""
BAR = 24
"""Characters of the progress bar."""


@cli.command()
@dataset_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="HTML file to write.")
@seed_option
@click.option(
    "--profile",
    type=click.Choice(["public", "internal"]),
    help="public: pseudonyms for persons without a public legal status, weak evidence left out; internal: watermarked.",
)
@cut_options
def page(dataset: str, output: Path, seed: int, profile: str | None, **options: Any) -> None:
    """Write one offline interactive HTML page: search, filter, follow a path, read the evidence."""
    from netscam.output.page import write_page

    data = load_part(dataset, **options)
    written = write_page(data, output, seed=seed, profile=profile, **page_results(data, seed))
    step()("")
    click.echo(f"wrote {written}", err=True)


def page_results(data: Dataset, seed: int) -> dict[str, Any]:
    """Rankings, communities and certified sets for the page; on a large network only what is quick."""
    from netscam.analysis.centrality import centrality
    from netscam.analysis.communities import find_communities
    from netscam.analysis.dismantle.finished import finished
    from netscam.analysis.keynodes import key_nodes
    from netscam.analysis.uncertainty import uncertainty
    from netscam.graph.build import to_igraph

    tell, graph = step(), to_igraph(data)
    small = graph.vcount() <= MOST_NODES
    tell("centralities")
    measures = ["betweenness", "degree", "pagerank", "harmonic"] if small else ["degree", "pagerank"]
    ranking: list[Any] = [centrality(graph, measures)]
    if small and graph.ecount():
        tell("intervals of ranks")
        ranking.append(uncertainty(data, measures, draws=DRAWS, seed=seed))
    tell("communities")
    partition = find_communities(graph, seed=seed, runs=100 if small else 1)
    sizes = range(1, min(MOST_KEY_NODES, graph.vcount() - 1) + 1) if small and graph.ecount() else ()
    found = []
    for k in sizes:
        tell(f"key nodes, k = {k}")
        found.append(finished(key_nodes)(graph, k=k, seed=seed))
    tell("page")
    return {"ranking": ranking, "partition": partition, "key_nodes": found or None}


@cli.command()
@click.argument("dataset", default="mekong")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder; by default figures/DATASET."
)
@click.option(
    "--only",
    type=Registered("netscam.output.figures", "FIGURES"),
    multiple=True,
    help="Only this figure; may be given more than once.",
)
@click.option("--list", "list_only", is_flag=True, help="List the figures and stop.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a file would change.")
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True, help="Processes; same result.")
@seed_option
def figures(dataset: str, output: Path | None, only: tuple[str, ...], list_only: bool, **how: Any) -> None:
    """Regenerate every figure with its caption, numbers and manifest."""
    from netscam import read_dataset
    from netscam.output.figures import FIGURES, write_figures

    if list_only:
        click.echo("\n".join(f"{entry.name:<16} {entry.summary}" for entry in FIGURES))
        return
    data = read_dataset(dataset)
    folder = output or Path("figures") / data.name
    tell = progress_bar(STUDY_STEPS + len(only or FIGURES.names()))
    report = write_figures(data, folder, only=only or None, progress=tell, **how)
    step()("")
    for line in report.lines():
        click.echo(line, err=True)
    if not report.ok:
        raise click.exceptions.Exit(1)


def progress_bar(steps: int) -> Callable[[str], None]:
    """A bar on stderr that fills by one step with each call, with the step's name behind it; none on a pipe."""
    tell, done = step(), iter(range(steps + 1))

    def show(word: str) -> None:
        filled = BAR * next(done, steps) // max(steps, 1)
        tell(f"[{'#' * filled}{'.' * (BAR - filled)}] {word}")

    return show


@cli.command("export")
@dataset_argument
@click.option("--to", type=Registered("netscam.output.exporters", "EXPORTERS"), required=True, help="Format.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File to write.")
@cut_options
def export_command(dataset: str, to: str, output: Path, **options: Any) -> None:
    """Write a dataset for another tool."""
    from netscam.output.exporters import export

    data = load_part(dataset, **options)
    click.echo(f"wrote {export(data, to, output)}", err=True)
