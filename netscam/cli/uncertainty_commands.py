"""Commands about how sure an answer is: uncertainty, robust-key-nodes, verify-next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from netscam.cli.group import cli
from netscam.cli.params import (
    Registered,
    Vocabulary,
    cut_options,
    dataset_argument,
    format_option,
    options,
    seed_option,
)
from netscam.cli.show import about, load_part, show, show_json

if TYPE_CHECKING:
    from netscam.data.dataset import Dataset
    from netscam.graph.sample import EdgeSampler
    from netscam.schema import Prior

draw_options = options(
    click.option(
        "--prior",
        default="default",
        show_default=True,
        metavar="NAME|FILE",
        help="How grades are read as probabilities: default, strict, lenient, or a JSON file.",
    ),
    cut_options,
    click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes; same result."),
)


def shares(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[float, ...] | None:
    """Read comma-separated shares: 0.05,0.1,0.2."""
    if value is None:
        return None
    try:
        rates = tuple(float(part) for part in value.split(",") if part.strip())
    except ValueError:
        rates = ()
    if not rates or not all(0 < rate <= 1 for rate in rates):
        raise click.BadParameter(f"{value!r} is not a list of shares such as 0.05,0.1,0.2", ctx, param)
    return rates


def cut(dataset: str, given: dict[str, Any]) -> tuple[Dataset, Prior]:
    """Read a dataset and cut it as the options say; they are taken out of ``given``."""
    from netscam.data.prior_file import read_prior

    prior = read_prior(given.pop("prior"))
    chosen = {name: given.pop(name) for name in ("relations", "at", "known_by", "min_probability")}
    return load_part(dataset, prior=prior, **chosen), prior


def compiled(dataset: str, given: dict[str, Any]) -> tuple[Dataset, EdgeSampler]:
    """A dataset ready for drawing."""
    from netscam.graph.sample import edge_sampler

    data, prior = cut(dataset, given)
    return data, edge_sampler(data, prior=prior)


@cli.command("uncertainty")
@dataset_argument
@click.option(
    "-m",
    "--measure",
    "measures",
    type=Registered("netscam.analysis.centrality", "MEASURES"),
    multiple=True,
    default=["betweenness"],
    show_default=True,
    help="Measure; may be given more than once.",
)
@click.option(
    "--draws", type=click.IntRange(1), default=1000, show_default=True, help="Graphs drawn from the evidence."
)
@click.option("--top", type=click.IntRange(1), default=10, show_default=True, help="k of P(top k).")
@click.option("--rows", type=click.IntRange(1), help="Print only the first rows of each measure.")
@click.option("--include", type=Vocabulary("entity_types"), multiple=True, help="Also entities of this type.")
@click.option(
    "--missing",
    callback=shares,
    metavar="SHARES",
    help="Also add missing ties: shares of the recorded ties, 0.05,0.1,0.2.",
)
@click.option("--runs", type=click.IntRange(1), default=200, show_default=True, help="Runs for each share.")
@seed_option
@draw_options
@format_option
def uncertainty_command(dataset: str, form: str, rows: int | None, **given: Any) -> None:
    """Give every rank its interval. Where an entity stands when doubtful documents are wrong.

    Relations are drawn from the grades of their documents; documents of one origin are right or wrong together. rank is
    the place in the record, median, low and high are the median and the 90 % interval of the draws, p_top is P(top k),
    rank_PRIOR the median under each prior. --missing is a second study: at which share of additional ties the first
    five places change. With --format csv it replaces the first table.
    """
    from netscam.analysis.uncertainty import find_boundary, missing_ties, uncertainty
    from netscam.schema import load_schema

    data, prior = cut(dataset, given)
    rates, runs, include = given.pop("missing"), given.pop("runs"), given.pop("include")
    types = [*load_schema().analysis_types, *include] if include else None
    if rates is None or form != "csv":
        result = uncertainty(data, prior=prior, types=types, **given)
    missing = None
    if rates is not None:
        same = {name: given[name] for name in ("measures", "seed", "workers")}
        missing = missing_ties(data, rates=rates, runs=runs, **same)
    if form == "json":
        first = result.to_dict()
        first["rows"] = _first(result.to_frame(), rows).to_dict("records")
        flags = find_boundary(data).to_dict("records") if missing else None
        more = {"missing_ties": missing and missing.to_dict(), "boundary": flags}
        show_json({**about(data), **first, **(more if missing else {})})
        return
    if rates is None or form != "csv":
        show(_first(result.to_frame(), rows), form)
    if missing is not None:
        show(missing.to_frame(), form)
        flagged = find_boundary(data)["boundary"]
        click.echo(f"{int(flagged.sum())} of {len(flagged)} entities are leaves that one origin named", err=True)


def _first(frame: Any, rows: int | None) -> Any:
    return frame if rows is None else frame.groupby("measure", sort=False).head(rows)


@cli.command("robust-key-nodes")
@dataset_argument
@click.option("-k", type=click.IntRange(1), default=5, show_default=True, help="How many nodes to take.")
@click.option("--draws", type=click.IntRange(1), default=300, show_default=True, help="Graphs to choose on.")
@click.option(
    "--tail-level", type=click.FloatRange(0, 1, min_open=True, max_open=True), default=0.9, show_default=True,
    help="The tail set is best in the worst 1 - LEVEL of the draws.",
)  # fmt: skip
@click.option("--allow", multiple=True, help="Only this node may be taken; may be given more than once.")
@click.option("--forbid", multiple=True, help="This node may not be taken.")
@click.option("--members", is_flag=True, help="Print how often each node is in the best set of a draw.")
@seed_option
@draw_options
@format_option
def robust_command(dataset: str, form: str, members: bool, **given: Any) -> None:
    """Compare key-node sets that hold under doubt.

    recommended is best for the record, expected has the least mean of connected pairs over draws, tail the least mean
    over the worst draws. price is what a set gives up if the whole record is right.
    """
    from netscam.analysis.uncertainty import robust_key_nodes

    data, sampler = compiled(dataset, given)
    given |= {name: list(given[name]) or None for name in ("allow", "forbid")}
    result = robust_key_nodes(sampler, **given)
    if form == "json":
        show_json({**about(data), **result.to_dict()})
        return
    show(result.members if members else result.to_frame(), form)


@cli.command("verify-next")
@dataset_argument
@click.option("-k", type=click.IntRange(1), default=5, show_default=True, help="How many nodes the set has.")
@click.option("--draws", type=click.IntRange(1), default=200, show_default=True, help="Graphs drawn from the evidence.")
@click.option(
    "--by", type=click.Choice(["change", "gain"]), default="change", show_default=True,
    help="Order: nodes of the set expected to change, or connected pairs expected to be saved.",
)  # fmt: skip
@click.option("--rows", type=click.IntRange(1), default=20, show_default=True, help="Print only the first rows.")
@seed_option
@draw_options
@format_option
def verify_command(dataset: str, form: str, rows: int, **given: Any) -> None:
    """List the relations to verify next. Those whose answer would change the key-node set most."""
    from netscam.analysis.uncertainty import verify_next

    data, sampler = compiled(dataset, given)
    result = verify_next(sampler, **given)
    frame = result.to_frame().head(rows)
    if form == "json":
        show_json({**about(data), **result.to_dict(), "rows": frame.to_dict("records")})
        return
    show(frame, form)
    click.echo(f"set before anything is verified: {', '.join(result.nodes)}", err=True)
