"""Commands for networks beyond memory or beyond one machine: big, cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from netscam.cli.group import cli
from netscam.cli.params import Vocabulary, format_option, graph_options, options, seed_option
from netscam.cli.show import show, step

if TYPE_CHECKING:
    from netscam.engines.filters import Filters
    from netscam.engines.measure import Engine, LargeResult

ENGINE_OPTIONS = ("engine", "master", "memory", "work", "route")

engine_options = options(
    click.option(
        "--engine",
        type=click.Choice(["auto", "igraph", "duckdb", "spark"]),
        default="auto",
        show_default=True,
        help="Where to compute. auto: igraph where the estimate fits into free memory, else duckdb; never spark.",
    ),
    click.option("--master", default="", metavar="URL", help="Spark: local[2], spark://host:7077, sc://host:15002."),
    click.option("--memory", default="", metavar="SIZE", help="Most memory, such as 4GB, for duckdb or each of Spark."),
    click.option(
        "--work", default="", metavar="FOLDER", help="Where tables lie between steps; for a cluster a shared place."
    ),
    click.option(
        "--route",
        type=click.Choice(["auto", "graphframes", "graphx", "sql"]),
        default="auto",
        show_default=True,
        help="Spark: insist on one way.",
    ),
)


def take_engine(given: dict[str, Any]) -> Engine:
    """Take the options of ``engine_options`` out of a command's options."""
    from netscam.engines.measure import Engine

    tell = step()
    asked = {name: given.pop(name) for name in ENGINE_OPTIONS}
    return Engine(**asked, progress=lambda table: tell(f"computing {table}"))


def take_filters(given: dict[str, Any]) -> Filters:
    """Take the options of ``graph_options`` out of a command's options."""
    from netscam.engines.filters import Filters

    taken = {field.name: given.pop(field.name) for field in fields(Filters)}
    return Filters(**{**taken, "include": tuple(taken["include"]), "relations": tuple(taken["relations"])})


def run_on_engine(
    place: str,
    measures: Sequence[str],
    given: dict[str, Any],
    form: str,
    top: int | None = None,
    cannot: Mapping[str, Any] | None = None,
) -> bool:
    """Compute on DuckDB or Spark what another command was asked for, where its options or the size want that.

    Parameters
    ----------
    place
        The command's dataset.
    measures
        What it was asked for, by name; what has no counterpart there is refused with the way round.
    given
        Its options: those of ``engine_options`` are taken out, those of ``graph_options`` are left; ``seed`` is the
        seed, where there is one.
    form, top
        How to print, and how many rows.
    cannot
        Options by name that mean something in memory only; one that was given is refused.

    Returns
    -------
    bool
        False where igraph is meant: the command goes on as if there were no engines.
    """
    from netscam.engines.choose import choose_engine
    from netscam.engines.source import find_source
    from netscam.engines.tables import EngineError
    from netscam.errors import DataError

    try:
        choice = choose_engine(find_source(place), given["engine"], master=given["master"])
    except DataError:
        if given["engine"] != "auto":
            raise
        choice = None  # the usual reading says better what is wrong
    if choice is None or choice.engine == "igraph":
        for name in ENGINE_OPTIONS:
            del given[name]
        return False
    from netscam.engines.measure import measure_large, refuse

    on = take_engine(given)
    refuse(measures, place=place)
    if asked := [name for name, value in (cannot or {}).items() if value]:
        raise EngineError(
            f"{', '.join(asked)}: not to be had on {choice.engine}; cut out a part (netscam cut) for that"
        )
    with _cleared():
        filters, seed = take_filters(dict(given)), given.get("seed", 0)
        found = measure_large(place, measures, on=on, filters=filters, top=top, seed=seed)
    _show(found, place, form)
    return True


@contextmanager
def _cleared() -> Iterator[None]:
    """Whatever happens, the line of progress goes."""
    try:
        yield
    finally:
        step()("")


def _show(found: LargeResult, place: str, form: str) -> None:
    counts = {name: getattr(found, name) for name in ("nodes", "ties", "isolates", "groups")}
    told = {"source": place, "measures": list(found.measures), "engine": found.engine, "notes": list(found.notes)}
    show(found.frame, form, **told, **found.origin, **counts)
    groups = "" if found.groups is None else f", {found.groups:,} groups with a tie"
    click.echo(f"{found.nodes:,} nodes ({found.isolates:,} without a tie), {found.ties:,} ties{groups}", err=True)
    click.echo("\n".join([f"engine: {found.engine}", *found.notes]), err=True)
    if "caveat" in found.origin:
        click.echo(found.origin["caveat"], err=True)


@cli.command("big")
@click.argument("place", metavar="DATASET|TIES")
@click.option(
    "-m",
    "--measure",
    "measures",
    metavar="[degree|pagerank|coreness|components|label-propagation]",
    multiple=True,
    default=["degree"],
    show_default=True,
    help="Measure; degree, pagerank and coreness may be given together.",
)
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="Print the first rows.")
@click.option(
    "--tolerance",
    type=click.FloatRange(1e-12, 0.1),
    default=1e-6,
    show_default=True,
    help="pagerank: stop when a round changes less in sum.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Parquet to write with every row.")
@engine_options
@seed_option
@graph_options
@format_option
def big_command(place: str, measures: tuple[str, ...], form: str, **given: Any) -> None:
    """Measure a network that may be larger than memory, or larger than this machine.

    TIES is a Parquet or CSV file with the columns source and target, or a folder or pattern of such parts; DATASET may
    also hold its tables as Parquet. What has no counterpart there is refused: cut out a part (netscam cut) and analyse
    it with the usual commands.
    """
    from netscam.engines.measure import measure_large

    on, filters = take_engine(given), take_filters(given)
    with _cleared():
        found = measure_large(place, measures, on=on, filters=filters, **given)
    _show(found, place, form)
    if given["output"] is not None:
        click.echo(f"wrote {given['output']}", err=True)


@cli.command("cut")
@click.argument("place", metavar="DATASET|TIES")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write."
)
@click.option("--component", default="", metavar="ID", help="The component that holds this id; or largest.")
@click.option("--around", multiple=True, metavar="ID", help="Everyone near this id; may be given more than once.")
@click.option("--hops", type=click.IntRange(0), default=2, show_default=True, help="With --around: how many ties away.")
@click.option("--core", type=click.IntRange(1), metavar="K", help="The part in which everyone has K ties within it.")
@click.option(
    "--type", "onto", type=Vocabulary("entity_types"), multiple=True, help="What a projection on this type needs."
)
@click.option(
    "--through", type=Vocabulary("entity_types"), multiple=True, help="With --type: types that stand between."
)
@click.option("--force", is_flag=True, help="Replace another dataset in the folder.")
@engine_options
@graph_options
def cut_command(place: str, output: Path, **given: Any) -> None:
    """Cut out a part of a network of any size, for the full analysis here.

    The part of a dataset is a dataset, evidence and all; that of a list of ties is ties.csv and ties.parquet, for
    key-nodes --edgelist and dismantle --edgelist.
    """
    from netscam.engines.cut import cut
    from netscam.engines.part import Part

    on, filters = take_engine(given), take_filters(given)
    force = given.pop("force")
    part = Part(**{**given, "core": given["core"] or 0})
    with _cleared():
        made = cut(place, output, part, on=on, filters=filters, force=force)
    click.echo("\n".join([f"engine: {made.engine}", *made.notes]), err=True)
    click.echo(f"wrote {made.folder}: {made.nodes:,} of {made.of_nodes:,} nodes, "
               f"{made.ties:,} of {made.of_ties:,} ties", err=True)  # fmt: skip
