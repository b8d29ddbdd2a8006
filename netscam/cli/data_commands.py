"""Commands about datasets: datasets, validate, schema, summary, generate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from netscam.cli.engine_commands import engine_options, run_on_engine
from netscam.cli.group import cli
from netscam.cli.params import dataset_argument, format_option, graph_options, seed_option
from netscam.cli.show import about, load_network, show, show_json

LARGEST = 20
"""Components that ``summary`` lists where an engine counts them."""


@cli.command("datasets")
@format_option
def datasets_command(form: str) -> None:
    """List the datasets that ship with netscam."""
    import pandas as pd

    from netscam.data.dataset import list_datasets, read_dataset

    found = [read_dataset(folder) for folder in list_datasets()]
    rows = [
        {"name": d.name, "title": d.title, "version": d.version, "as_of": d.as_of, "synthetic": d.synthetic}
        for d in found
    ]
    show(pd.DataFrame(rows, columns=["name", "title", "version", "as_of", "synthetic"]), form)


@cli.command()
@click.argument("dataset", nargs=-1, required=True)
@click.option(
    "--strict", is_flag=True, help="Before publication: warnings are errors, and more is checked (see below)."
)
def validate(dataset: tuple[str, ...], strict: bool) -> None:
    """Check datasets, all problems at once. Exit 1 when there is an error.

    --strict adds what has to be settled before a dataset is published: licence, version, date and caveat; no person
    whom no document speaks of; no private particulars; no words of a verdict without one.
    """
    from netscam.data.dataset import check_dataset
    from netscam.data.publication import publication_problems
    from netscam.errors import DataError

    failed = False
    for name in dataset:
        try:
            data, problems = check_dataset(name)
        except DataError as error:
            data, problems = None, list(error.problems)
        if strict and data is not None:
            problems = [*problems, *publication_problems(data)]
        for problem in problems:
            click.echo(f"{problem}" if problem.level == "error" else f"{problem} (warning)", err=True)
        failed = failed or data is None or (strict and bool(problems))
        if data is not None:
            told = "valid, but not ready to be published" if strict and problems else "valid"
            click.echo(f"{name}: {len(data.entities)} entities, {len(data.relations)} relations, "
                       f"{len(data.evidence)} evidence rows: {told}", err=True)  # fmt: skip
    if failed:
        raise click.exceptions.Exit(1)


@cli.command()
@click.option("--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", help="Form.")
@click.option("--table", help="Print the Frictionless Table Schema of one table.")
def schema(form: str, table: str | None) -> None:
    """Print the codebook: tables, types, statuses, rules."""
    from netscam.output.codebook import codebook, codebook_json, table_schema

    if table is not None:
        show_json(table_schema(table))
    elif form == "json":
        show_json(codebook_json())
    else:
        click.echo(codebook())


@cli.command()
@dataset_argument
@engine_options
@graph_options
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help="How to print the result."
)
def summary(dataset: str, form: str, **options: Any) -> None:
    """Count what a dataset and its analysis graph hold.

    --engine duckdb or spark count nodes, ties and components, and list the largest components.
    """
    if run_on_engine(dataset, ["components"], options, form, LARGEST):
        return
    from netscam.analysis.summary import summary as count

    data, graph = load_network(dataset, **options)
    bare = ~data.relations["id"].isin(data.evidence.loc[data.evidence["stance"] == "supports", "relation"])
    counts = {name: len(frame) for name, frame in data.tables().items()}
    result = {**counts, "relations_without_evidence": int(bare.sum()), "graph": count(graph).to_dict(),
              "entity_types": data.entities["type"].value_counts().sort_index().to_dict(),
              "relation_types": data.relations["relation"].value_counts().sort_index().to_dict()}  # fmt: skip
    if form == "json":
        show_json({**result, **about(data)})
        return
    from netscam.output.printing import nested_text

    click.echo(nested_text({"dataset": data.title, "version": data.version, "as of": data.as_of, **result}))
    click.echo(data.caveat, err=True)


@cli.command("generate")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write."
)
@click.option("--relations", type=click.IntRange(1), default=120, show_default=True, help="About how many relations.")
@click.option("--cells", type=click.IntRange(2), default=6, show_default=True, help="Number of cells.")
@click.option("--planted", type=click.IntRange(1), default=3, show_default=True, help="Number of planted key nodes.")
@click.option(
    "--errors", default=0.0, show_default=True, help="Share of further relations; without --graded they are false."
)
@click.option("--graded", is_flag=True, help="Draw what is true from the grades of erroneous, dependent documents.")
@click.option(
    "--prior",
    metavar="NAME|FILE",
    help="With --graded: how grades are read: default, strict, lenient, or a JSON file.",
)
@seed_option
def generate_command(output: Path, graded: bool, prior: str | None, **sizes: Any) -> None:
    """Make a synthetic case with planted key nodes.

    The truth goes beside the tables: truth.csv (the planted structure) and false_relations.txt. With --graded documents
    copy each other, deny, and err; a relation is true as often as its grades say, and documents of one origin err
    together. Intervals of ranks can then be tested against the truth.
    """
    from netscam.data.generate import generate, write_generated
    from netscam.data.generate_calibrated import generate_calibrated
    from netscam.data.prior_file import read_prior

    if prior is not None and not graded:
        raise click.UsageError("--prior needs --graded")
    name = output.name.lower() or "synthetic"
    if graded:
        made = generate_calibrated(**sizes, prior=read_prior(prior or "default"), name=name)
        false = f"{len(made.false_relations)} of them false, "
    else:
        made, false = generate(**sizes, name=name), ""
    click.echo(f"wrote {write_generated(made, output)}: {len(made.data.relations)} relations, "
               f"{false}key nodes {', '.join(made.key_nodes)}", err=True)  # fmt: skip
