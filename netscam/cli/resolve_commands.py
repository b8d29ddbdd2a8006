"""Commands that join and resolve, and that follow ownership: merge, duplicates, enrich, ownership."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from netscam.cli.group import cli
from netscam.cli.import_commands import dataset_folder, force_option
from netscam.cli.params import DATE, PRIOR, dataset_argument, format_option, options
from netscam.cli.show import about, show, show_json
from netscam.errors import DataError, Problem

if TYPE_CHECKING:
    from netscam.data.dataset import Dataset
    from netscam.data.resolve.decisions import Decision

MOST_PRINTED = 20
REPORT_FILE = "merge_report.json"
decisions_option = click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="CSV of decisions; may be given more than once. A decisions.csv in a DATASET folder is read too.",
)


@cli.command("merge")
@click.argument("datasets", nargs=-1, required=True, metavar="DATASET...")
@dataset_folder
@force_option
@decisions_option
@click.option(
    "--same-identifier", "schemes", multiple=True, help="Scheme, such as ofac, in which one value means one entity."
)
@click.option("--name", default="", help="Name of the new dataset; by default that of the folder.")
def merge_command(
    datasets: tuple[str, ...],
    output: Path,
    force: bool,
    decisions: tuple[Path, ...],
    schemes: tuple[str, ...],
    name: str,
) -> None:
    """Join datasets by id and by what people have decided; the first is the most trusted.

    Nothing is guessed: entities become one when they have one id, when a row of decisions.csv says same, or when they
    share an identifier in a scheme named with --same-identifier. Delete a row and merge again to undo it. The
    decisions, and a report with every warning, are written beside the result.
    """
    from netscam import read_dataset
    from netscam.data.dataset import write_dataset
    from netscam.data.resolve.decisions import DECISIONS_FILE, decisions_csv
    from netscam.data.resolve.merge import merge
    from netscam.data.resolve.target import check_target, stale_files

    check_target(output, "merged_from", force=force)
    decided = _decisions(datasets, decisions)
    made = merge([read_dataset(d) for d in datasets], decided, same_identifier=schemes,
                 name=name or output.resolve().name.lower())  # fmt: skip
    told = {"ids": dict(made.ids), "warnings": [str(p) for p in made.problems]}
    beside = {DECISIONS_FILE: decisions_csv(decided), REPORT_FILE: json.dumps(told, indent=2) + "\n"}
    write_dataset(made.data, output, beside=beside, remove=stale_files(made.data.tables()))
    _warn(made.problems)
    click.echo(f"wrote {output}: {len(made.data.entities)} entities, {len(made.data.relations)} relations; "
               f"{len(made.ids)} ids joined to others", err=True)  # fmt: skip


@cli.command("duplicates")
@click.argument("datasets", nargs=-1, required=True, metavar="DATASET...")
@decisions_option
@click.option("--least", type=click.FloatRange(0, 1), default=0.6, show_default=True, help="Least score of a pair.")
@click.option("--limit", type=click.IntRange(1), help="Most pairs to print.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
              help="CSV to write: fill in decision, who, when and why, and hand it back with --decisions.")  # fmt: skip
@format_option
def duplicates_command(
    datasets: tuple[str, ...],
    decisions: tuple[Path, ...],
    least: float,
    limit: int | None,
    output: Path | None,
    form: str,
) -> None:
    """Propose pairs of entities that may be one, with a score and its reasons; a person decides.

    Pairs that have a decision are left out. Needs the extra netscam[names].
    """
    from netscam import read_dataset
    from netscam.data.resolve.pairs import find_duplicates
    from netscam.files import write_file
    from netscam.output.tables import export_csv

    decided = _decisions(datasets, decisions)
    read = [read_dataset(name) for name in datasets]
    pairs = find_duplicates(read, least=least, decided=[d.pair for d in decided])
    shown = pairs.head(limit) if limit else pairs
    click.echo(f"{len(pairs)} pairs at {least} or more, {len(decided)} decided already", err=True)
    if output is not None:
        write_file(output, export_csv(shown))
        click.echo(f"wrote {output}", err=True)
        return
    columns = ["score", "first", "first_name", "second", "second_name", "reasons"]
    show(shown[columns] if form == "table" else shown, form, datasets=[about(data) for data in read])


@cli.command("enrich")
@dataset_argument
@click.option("--with", "sources", multiple=True, required=True,
              help="SCHEME:DATASET: an imported list, and the scheme of identifiers that names its entries, "
                   "for example ofac:DIR.")  # fmt: skip
@dataset_folder
@force_option
@decisions_option
@click.option(
    "--append-identifiers", is_flag=True, help="Also write listed identifiers behind those of the curated rows."
)
def enrich_command(
    dataset: str,
    sources: tuple[str, ...],
    output: Path,
    force: bool,
    decisions: tuple[Path, ...],
    append_identifiers: bool,
) -> None:
    """Add listed identifiers, addresses, wallets and links as new evidence; curated rows stay as they are."""
    from netscam import read_dataset
    from netscam.data.dataset import write_dataset
    from netscam.data.resolve.enrich import enrich
    from netscam.data.resolve.target import check_target, stale_files

    check_target(output, "enriched_with", force=force)
    data = read_dataset(dataset)
    pairs = [_scheme_and_folder(source) for source in sources]
    decided = _decisions([dataset, *(folder for _, folder in pairs)], decisions)
    for scheme, folder in pairs:
        made = enrich(data, read_dataset(folder), decided, schemes=[scheme], append_identifiers=append_identifiers)
        data = made.data
        _warn(made.problems)
        added = ", ".join(f"{count} {table}" for table, count in made.added.items()) or "nothing"
        click.echo(f"{folder}: {len(made.matched)} entities found on the list; added {added}", err=True)
        names = dict(zip(data.entities["id"], data.entities["name"], strict=True))
        for address, sharing in made.shared_addresses.items():
            click.echo(f"  {names[address]}: {', '.join(names[key] for key in sharing)}", err=True)
    target = write_dataset(data, output, remove=stale_files(data.tables()))
    click.echo(f"wrote {target}", err=True)


VIEWS = ("fifty-percent", "stakes", "owners", "control", "shells")


@cli.command("ownership")
@dataset_argument
@click.option("--view", type=click.Choice(VIEWS), default="fifty-percent", show_default=True, help="What to compute.")
@click.option("--listed", multiple=True, help="Id of a listed entity; by default all that the record says are listed.")
@click.option(
    "--authority", default="", help="Count as listed only what this authority sanctioned, for example org_ofac."
)
@click.option(
    "--scheme", default="", help="Also count as listed what has an identifier in this scheme, for example ofac."
)
@click.option("--owner", "owners", multiple=True, help="Only this owner; may be given more than once.")
@click.option("--threshold", type=click.FloatRange(0, 100, min_open=True), default=None,
              help="Percent that counts; 50 for the 50 Percent Rule, 25 for owners.")  # fmt: skip
@options(
    click.option("--at", type=DATE, help="Only relations valid on this date; by default that of the record."),
    click.option("--known-by", type=DATE, help="Only what documents published by this date say."),
    click.option("--min-probability", type=click.FloatRange(0, 1), help="Least probability of a relation."),
    click.option("--prior", type=PRIOR, default="default", show_default=True, help="How grades become probabilities."),
)
@format_option
def ownership_command(dataset: str, view: str, form: str, **chosen: Any) -> None:
    """Follow ownership: the 50 Percent Rule, stakes through chains and circles, ultimate owners, control, shell signs.

    Missing shares give intervals, from what is certain to what is possible. Arithmetic on the recorded relations, not
    legal advice.
    """
    from netscam import read_dataset, select
    from netscam.cli.ownership_views import STEP, VIEW_FUNCTIONS, current, listed_entities

    scheme = chosen.pop("scheme")
    cut = {name: chosen.pop(name) for name in ("known_by", "min_probability", "prior")}
    data, left_out = current(select(read_dataset(dataset), **cut), chosen.pop("at"))
    _known_ids(data, [*chosen["listed"], *chosen["owners"], *filter(None, [chosen["authority"]])])
    if not chosen["listed"]:
        chosen["listed"] = listed_entities(data, chosen["authority"], scheme) if view == "fifty-percent" else ()
    del chosen["authority"]
    frame, notes = VIEW_FUNCTIONS[view](data, **chosen)
    notes = [*left_out, *notes]
    for note in notes:
        click.echo(note, err=True)
    if form == "json":
        show_json({**about(data), "view": view, "notes": notes, "rows": frame})
    elif form == "table" and "proof" in frame:
        show(frame.drop(columns="proof"), form)
        for name, told in zip(frame["name"], frame["proof"], strict=True):
            click.echo("\n  ".join([f"\n{name}", *told.split(STEP)]))
    else:
        show(frame, form)
    click.echo(data.caveat, err=True)


def _scheme_and_folder(source: str) -> tuple[str, str]:
    """``ofac:DIR`` as scheme and folder; a folder alone, or with a drive letter, is read with the scheme ofac."""
    scheme, colon, folder = source.partition(":")
    return (scheme, folder) if colon and len(scheme) > 1 else ("ofac", source)


def _known_ids(data: Dataset, ids: Iterable[str]) -> None:
    known = set(data.entities["id"])
    problems = [
        Problem("entities.csv", 1, "id", "unknown-id", f"{key!r} is not an entity") for key in ids if key not in known
    ]
    if problems:
        raise DataError(problems)


def _decisions(datasets: Sequence[str], files: Sequence[Path]) -> list[Decision]:
    """Decisions of every file named and of every dataset folder that has some."""
    from netscam.data.dataset import find_dataset
    from netscam.data.resolve.decisions import DECISIONS_FILE, join_decisions, read_decisions

    beside = [find_dataset(name) / DECISIONS_FILE for name in datasets]
    paths = list(dict.fromkeys(path.resolve() for path in [*files, *(p for p in beside if p.is_file())]))
    return join_decisions([read_decisions(path) for path in paths])


def _warn(problems: Sequence[Problem]) -> None:
    for problem in problems[:MOST_PRINTED]:
        click.echo(f"{problem} (warning)", err=True)
    if len(problems) > MOST_PRINTED:
        click.echo(f"... and {len(problems) - MOST_PRINTED} warnings more", err=True)
