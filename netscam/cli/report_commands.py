"""The command that writes the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from netscam.cli.group import cli
from netscam.cli.params import cut_options, dataset_argument, seed_option
from netscam.cli.show import load_part, step


@cli.command("report")
@dataset_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="File to write: .html, .docx or .md."
)
@click.option(
    "--references",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Also write the cited sources: .json (CSL-JSON) or .bib (BibTeX); may be given more than once.",
)
@click.option("--figures/--no-figures", default=True, show_default=True, help="Draw the figures.")
@seed_option
@cut_options
def report_command(
    dataset: str, output: Path, references: tuple[Path, ...], figures: bool, seed: int, **options: Any
) -> None:
    """Write a brief that can be sent: findings with intervals, certificates, numbered sources and limits."""
    from netscam.output.report import write_report

    data = load_part(dataset, **options)
    written = write_report(data, output, references=references, figures=figures, seed=seed, progress=step())
    step()("")
    for path in written:
        click.echo(f"wrote {path}", err=True)
