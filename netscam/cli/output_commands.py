"""Commands that write files: page, figures, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from netscam.cli.group import cli
from netscam.cli.params import Registered, dataset_argument, graph_options, seed_option
from netscam.cli.show import load_network, step


@cli.command()
@dataset_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="HTML file to write.")
@seed_option
@graph_options
def page(dataset: str, output: Path, seed: int, **options: Any) -> None:
    """Write one offline interactive HTML page: search, filter, follow a path, read the evidence."""
    from netscam.output.page import write_page

    data, _ = load_network(dataset, **options)
    click.echo(f"wrote {write_page(data, output, seed=seed)}", err=True)


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
@seed_option
def figures(dataset: str, output: Path | None, only: tuple[str, ...], list_only: bool, check: bool, seed: int) -> None:
    """Regenerate every figure with its caption, numbers and manifest."""
    from netscam import read_dataset
    from netscam.output.figures import FIGURES, write_figures

    if list_only:
        click.echo("\n".join(f"{entry.name:<14} {entry.summary}" for entry in FIGURES))
        return
    data = read_dataset(dataset)
    folder = output or Path("figures") / data.name
    report = write_figures(data, folder, only=only or None, check=check, seed=seed, progress=step())
    for name in report.changed:
        click.echo(f"{'would change' if check else 'wrote'} {folder / name}", err=True)
    for name in report.stray:
        click.echo(f"no longer made {folder / name}", err=True)
    click.echo(f"{len(report.figures)} figures, {len(report.same)} files as they should be", err=True)
    if not report.ok:
        raise click.exceptions.Exit(1)


@cli.command("export")
@dataset_argument
@click.option("--to", type=Registered("netscam.output.exporters", "EXPORTERS"), required=True, help="Format.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File to write.")
@graph_options
def export_command(dataset: str, to: str, output: Path, **options: Any) -> None:
    """Write a dataset for another tool."""
    from netscam.output.exporters import export

    data, _ = load_network(dataset, **options)
    click.echo(f"wrote {export(data, to, output)}", err=True)
