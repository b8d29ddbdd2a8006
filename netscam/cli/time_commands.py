"""Commands about time: timeline, diff, backtest, exodus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from netscam.cli.group import cli
from netscam.cli.params import (
    DATE,
    PRIOR,
    Registered,
    Vocabulary,
    cut_options,
    dataset_argument,
    format_option,
    options,
    seed_option,
)
from netscam.cli.show import about, load_part, show, show_json, step
from netscam.errors import DateError

C = TypeVar("C", bound=Callable[..., Any])
prior_option = click.option(
    "--prior", type=PRIOR, default="default", show_default=True, help="How grades are read as probabilities."
)
still_options = options(
    click.option(
        "--relation", "relations", type=Vocabulary("relation_types"), multiple=True, help="Only relations of this type."
    ),
    click.option("--at", type=DATE, help="Only relations valid on this date."),
    click.option("--min-probability", type=click.FloatRange(0, 1), help="Least probability of a tie."),
    prior_option,
)


def measure_option(*default: str) -> Callable[[C], C]:
    """Option for one or several centralities."""
    return click.option(
        "-m",
        "--measure",
        "measures",
        type=Registered("netscam.analysis.centrality", "MEASURES"),
        multiple=True,
        default=list(default),
        show_default=bool(default),
        help="Measure; may be given more than once.",
    )


def span(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Refuse what is not a span such as 24m."""
    from netscam.data.history.periods import span_end

    try:
        span_end("2000", value)
    except DateError as error:
        raise click.BadParameter(str(error), ctx, param) from None
    return value


def places(ctx: click.Context, param: click.Parameter, value: str) -> tuple[int, ...]:
    """Read comma-separated places: 5,10,20."""
    try:
        ks = tuple(dict.fromkeys(int(part) for part in value.split(",")))
    except ValueError:
        ks = ()
    if not ks or min(ks) < 1:
        raise click.BadParameter(f"{value!r} is not a list of places such as 5,10,20", ctx, param)
    return ks


def tell(notes: tuple[str, ...]) -> None:
    """Say what a reader must know, on stderr."""
    for note in notes:
        click.echo(note, err=True)


@cli.command("timeline")
@dataset_argument
@measure_option()
@click.option(
    "--clock", type=click.Choice(["valid", "known"]), default="valid", show_default=True,
    help="When relations held, or when documents about them were published.",
)  # fmt: skip
@click.option("--from", "first", type=DATE, help="First period; the first date of the clock by default.")
@click.option("--to", "last", type=DATE, help="Last period; the date of the record by default.")
@click.option("--step", "size", type=click.Choice(["month", "quarter", "year"]), default="month", show_default=True)
@click.option(
    "--show", "part", type=click.Choice(["steps", "nodes", "changes"]), default="steps", show_default=True,
    help="One row per period, per node and period, or per birth, death, return, merge or split of a community.",
)  # fmt: skip
@seed_option
@cut_options
@prior_option
@format_option
def timeline_command(dataset: str, form: str, part: str, size: Any, prior: str, **given: Any) -> None:
    """Follow the network by month. Size, components, measures, and communities that keep their number.

    Each period is the network on its last day. By the valid clock a relation without a start counts from ever, one
    without an end until ever: undated_ties counts the ties that say nothing about time. By the known clock undated
    documents are never known.
    """
    from netscam.output.history.timeline import timeline

    of_time = {name: given.pop(name) for name in ("measures", "clock", "first", "last", "seed")}
    data = load_part(dataset, prior=prior, **given)
    progress = step()
    result = timeline(data, step=size, prior=prior, progress=progress, **of_time)
    progress("")
    if form == "json":
        show_json({**about(data), **result.to_dict()})
        return
    show(getattr(result, part), form)
    tell((result.rule,))


@cli.command("diff")
@dataset_argument
@click.option("--known-by", "dates", type=DATE, nargs=2, required=True, metavar="FROM TO", help="The two dates.")
@measure_option("betweenness")
@click.option("-k", type=click.IntRange(0), default=5, show_default=True, help="Size of the key-node sets; 0 for none.")
@click.option(
    "--show", "part", type=click.Choice(["changes", "documents", "ranks"]), default="changes", show_default=True,
    help="What changed, which documents did it, or what it did to the ranks.",
)  # fmt: skip
@seed_option
@still_options
@format_option
def diff_command(dataset: str, dates: tuple[str, str], form: str, part: str, **given: Any) -> None:
    """Compare the record on two dates. What it learned, from which documents, and what that did to the ranks."""
    from netscam.output.history.difference import difference

    of_diff = {name: given.pop(name) for name in ("measures", "k", "seed")}
    data = load_part(dataset, **given)
    result = difference(data, *dates, prior=given["prior"], **of_diff)
    if form == "json":
        show_json({**about(data), **result.to_dict()})
        return
    show(getattr(result, part), form)
    before, after = (result.key_nodes[name] for name in ("before", "after"))
    tell((
        f"{len(result.changes)} changes by {len(result.documents)} documents",
        f"key nodes before: {', '.join(before['nodes']) or 'none'}; after: {', '.join(after['nodes']) or 'none'}",
    ))  # fmt: skip


@cli.command("backtest")
@dataset_argument
@click.option("--cutoff", type=DATE, required=True, help="Last day of what may be known.")
@click.option(
    "--event", type=click.Choice(["designation", "indictment", "arrest", "extradition", "conviction"]),
    default="designation", show_default=True, help="What came later.",
)  # fmt: skip
@click.option("--horizon", callback=span, default="24m", show_default=True, help="How long it counts: 24m, 2y, 90d.")
@measure_option()
@click.option(
    "--dating", type=click.Choice(["stated", "inferred"]), default="stated", show_default=True,
    help="Only acts that the record dates, or undated ones too, by the first document that shows them.",
)  # fmt: skip
@click.option("--places", "ks", callback=places, default="5,10,20", show_default=True, help="K of precision@K.")
@click.option("-k", type=click.IntRange(0), default=5, show_default=True, help="Size of the key-node set; 0 for none.")
@click.option("--draws", type=click.IntRange(1), default=2000, show_default=True, help="Bootstrap resamples.")
@click.option(
    "--show", "part", type=click.Choice(["rankings", "entities"]), default="rankings", show_default=True,
    help="One row per ranking, or per entity that was acted on, with its places.",
)  # fmt: skip
@seed_option
@format_option
def backtest_command(dataset: str, form: str, part: str, measures: tuple[str, ...], **given: Any) -> None:
    """Judge rankings by what came later. Whether they would have named those designated after the cutoff.

    Every measure and the key-node set is computed on what was public on the cutoff, without anything written with
    hindsight; equals count with the mean of their places. Numbers are for those that were known and not yet acted on.

    JSON keys: event, cutoff, horizon, dating; observed_until and whole_horizon (whether the record reaches that far);
    known (entities by what became of them); unknown_later (ids that no document had mentioned); candidates, positives,
    prevalence; rankings (precision_at_K, average_precision, roc_auc, lift_over_random, lift_over_degree,
    auc_minus_degree, each with _low and _high); entities (known_since, lead_days, place in each ranking); sets,
    sets_proven; other_reading (the same under the other dating); parameters; notes.
    """
    from netscam.output.history.backtest import Judging, backtest

    how = Judging(**{name: given.pop(name) for name in ("ks", "k", "draws", "seed")})
    data = load_part(dataset)
    progress = step()
    progress("rankings")
    result = backtest(data, measures=measures or None, judging=how, **given)
    progress("")
    if form == "json":
        show_json({**about(data), **result.to_dict()})
        return
    frame = getattr(result, part)
    bounds = [name for name in frame if name.endswith(("_low", "_high")) and not name.startswith("roc_auc")]
    show(frame.drop(columns=bounds) if form == "table" else frame, form)
    tell(result.notes)


@cli.command("exodus")
@dataset_argument
@click.option("--from", "first", type=DATE, default="2026-01-01", show_default=True, help="First day of the window.")
@click.option("--to", "last", type=DATE, default="2026-01-31", show_default=True, help="Last day of the window.")
@click.option(
    "--state", "states", type=click.Choice(["closed", "emptied", "raided"]), multiple=True,
    default=["closed", "emptied"], show_default=True, help="What makes a compound count as gone.",
)  # fmt: skip
@click.option(
    "--show", "part", type=click.Choice(["carried", "events", "actors", "connecting", "unnamed"]), default="carried",
    show_default=True, help="What the gone compounds carried, what is said of them, who is tied to them.",
)  # fmt: skip
@seed_option
@cut_options
@prior_option
@format_option
def exodus_command(dataset: str, form: str, part: str, **given: Any) -> None:
    """Compare before and after an exodus. What the compounds that closed or emptied in a window carried, and who stays.

    share is what was lost of each quantity; random is the mean share, with a 90 % interval, when as many compounds are
    taken at random. --show connecting lists the actors that tie a compound that is gone to one that is not said to be,
    directly (active) or over one other actor (through).
    """
    from netscam.output.history.exodus import exodus

    of_exodus = {name: given.pop(name) for name in ("first", "last", "states", "seed")}
    data = load_part(dataset, **given)
    result = exodus(data, prior=given["prior"], **of_exodus)
    if form == "json":
        show_json({**about(data), **result.to_dict()})
        return
    show(result.connecting() if part == "connecting" else getattr(result, part), form)
    tell((f"gone: {', '.join(result.gone) or 'none'}", *result.notes))
