"""Commands that compute: centrality, communities, path."""

from __future__ import annotations

from typing import Any

import click

from netscam.cli.engine_commands import engine_options, run_on_engine
from netscam.cli.group import cli
from netscam.cli.params import Registered, Vocabulary, dataset_argument, format_option, graph_options, seed_option
from netscam.cli.progress import progress
from netscam.cli.show import about, load_network, show, show_json
from netscam.errors import UnknownNameError
from netscam.graph.weak import without_weak_edges


@cli.command()
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
    "--type", "types", type=Vocabulary("entity_types"), multiple=True, help="Rank only entities of this type."
)
@click.option(
    "--through",
    type=Vocabulary("entity_types"),
    multiple=True,
    help="Rank on the projection of --type through entities of this type.",
)
@click.option("--weighted", is_flag=True, help="Use strength or distance, whichever the measure declares.")
@click.option(
    "--method",
    type=click.Choice(["auto", "exact", "sampled"]),
    default="auto",
    show_default=True,
    help="Shortest-path measures: exact, from a sample of sources with a bound, or exact up to 20,000 entities.",
)
@seed_option
@click.option("--top", type=click.IntRange(1), help="Print only the first rows.")
@engine_options
@graph_options
@format_option
def centrality(dataset: str, measures: tuple[str, ...], form: str, top: int | None, **options: Any) -> None:
    """Rank entities by centrality. A position in the recorded network, never guilt.

    Table and JSON also show the rank that is left without weak ties, that is ties that are more likely wrong than
    right, such as a village that two entries share.

    --engine duckdb or spark compute degree, pagerank and coreness of what outgrows memory, without those ranks.
    """
    cannot = {"--weighted": options["weighted"], "--type": options["types"], "--through": options["through"],
              "--method sampled": options["method"] == "sampled"}  # fmt: skip
    if run_on_engine(dataset, list(measures), options, form, top, cannot):
        return
    from netscam.analysis.centrality import MEASURES
    from netscam.analysis.centrality import centrality as rank

    of_measure: dict[str, Any] = {name: options.pop(name) for name in ("weighted", "method", "seed")}
    of_measure |= {name: options.pop(name) or None for name in ("types", "through")}
    turned = [name for name in measures if MEASURES[name].details["directed"]]
    if turned and len(turned) < len(measures):
        raise click.UsageError(f"{', '.join(turned)} see directions and the others do not; ask for them apart")
    data, graph = load_network(dataset, directed=bool(turned), **options)
    with progress("centrality"):
        ranking = rank(graph, list(measures), **of_measure)
        frame = ranking.to_frame()
        if form != "csv":
            places = ranking.ranks()[measures[0]]
            firm = without_weak_edges(graph)
            kept = (
                rank(firm, measures[0], **of_measure).ranks()[measures[0]] if firm.ecount() < graph.ecount() else places
            )
            frame["rank"] = frame["id"].map(places)
            frame["rank_without_weak_ties"] = frame["id"].map(kept)
    kernels = ranking.parameters["kernels"]
    show(frame.head(top) if top else frame, form, **about(data), measures=list(measures), kernels=kernels)
    for name, told in kernels.items():
        if told["method"] == "sampled":
            click.echo(_tell_sample(name, told), err=True)


def _tell_sample(name: str, told: Any) -> str:
    """Say what a sampled measure is worth."""
    return (
        f"{name}: estimated from {told['samples']:,} sampled sources ({told['kernel']}, seed {told['seed']}); no value "
        f"is off by more than {told['bound']:.3g} with probability {told['confidence']:.0%}; --method exact computes it"
    )


@cli.command()
@dataset_argument
@click.option(
    "--method", type=Registered("netscam.analysis.communities", "METHODS"), default="leiden", show_default=True
)
@click.option(
    "--resolution", default=1.0, show_default=True, help="Resolution; for leiden-cpm the density of a community."
)
@click.option(
    "--runs",
    type=click.IntRange(1),
    show_default="100 up to 20,000 ties, then 20, 5 and 2",
    help="Runs with different seeds.",
)
@click.option("--weighted", is_flag=True, help="Use the strength of ties.")
@click.option("--composition", is_flag=True, help="Print how many entities of each type every community holds.")
@seed_option
@engine_options
@graph_options
@format_option
def communities(dataset: str, form: str, composition: bool, **options: Any) -> None:
    """Find communities over many seeds. Members that change sides are flagged.

    A second method is set beside the first: modularity (leiden) merges small groups, infomap does not.

    --engine duckdb or spark run label-propagation only.
    """
    cannot = {"--weighted": options["weighted"], "--composition": composition, "--runs": options["runs"],
              "--resolution": options["resolution"] != 1.0}  # fmt: skip
    if run_on_engine(dataset, [options["method"]], options, form, cannot=cannot):
        return
    from netscam.analysis.communities import find_communities, second_opinion

    of_method = {name: options.pop(name) for name in ("method", "resolution", "runs", "weighted", "seed")}
    data, graph = load_network(dataset, **options)
    with progress("communities"):
        partition = find_communities(graph, **of_method)
        beside = second_opinion(graph, partition)
    frame = partition.composition().reset_index() if composition else partition.to_frame()
    found = {
        name: getattr(partition, name) for name in ("method", "parameters", "seed", "modularity", "quality", "notes")
    }
    show(frame, form, **about(data), **found, beside=beside)
    for note in partition.notes:
        click.echo(note, err=True)
    if beside:
        click.echo(_tell_beside(partition.method, beside), err=True)


def _tell_beside(method: str, beside: dict[str, Any]) -> str:
    """Say what the second method finds."""
    return (
        f"{method}: {beside['here']:,} communities of two or more; {beside['method']} on the same network: "
        f"{beside['communities']:,} (agreement {beside['agreement']:.2f}, adjusted Rand). Modularity cannot tell "
        f"groups of fewer than about {beside['resolution_limit']:,} ties."
    )


@cli.command("path")
@dataset_argument
@click.argument("source")
@click.argument("target")
@click.option(
    "--by",
    type=click.Choice(["steps", "probability"]),
    default="steps",
    show_default=True,
    help="Fewest steps or likeliest.",
)
@click.option("--limit", type=click.IntRange(1), default=5, show_default=True, help="Most paths to print.")
@graph_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def path_command(dataset: str, source: str, target: str, by: Any, limit: int, form: str, **options: Any) -> None:
    """Tell the shortest paths in words, with documents."""
    from netscam.analysis.paths import find_paths
    from netscam.output.words import tell_path

    prior = options["prior"]
    data, graph = load_network(dataset, **options)
    types = dict(zip(data.entities["id"], data.entities["type"], strict=True))
    for end in sorted({source, target} & set(types) - set(graph.vs["name"])):
        hint = f"it is left out of the analysis; --include {types[end]} adds its type"
        raise UnknownNameError("node", end, [], hint=hint)
    paths = find_paths(graph, source, target, by=by, limit=limit)
    if form == "json":
        show_json(
            {
                **about(data),
                "paths": [{**vars(p), "steps": p.steps, "words": tell_path(data, p, prior=prior)} for p in paths],
            }
        )
        return
    if not paths:
        click.echo(f"no path between {source} and {target} in this network", err=True)
    for number, path in enumerate(paths, start=1):
        click.echo(f"path {number}: {path.steps} steps, probability {path.probability:.3f}, "
                   f"weakest {' - '.join(path.weakest)} ({path.weakest_probability:.2f})")  # fmt: skip
        click.echo("\n".join(f"  {line}" for line in tell_path(data, path, prior=prior)))
