"""Commands that compute: centrality, communities, path."""

from __future__ import annotations

from typing import Any

import click

from netscam.cli.group import cli
from netscam.cli.params import Registered, Vocabulary, dataset_argument, format_option, graph_options, seed_option
from netscam.cli.show import about, load_network, show, show_json, step
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
@click.option("--top", type=click.IntRange(1), help="Print only the first rows.")
@graph_options
@format_option
def centrality(dataset: str, measures: tuple[str, ...], form: str, top: int | None, **options: Any) -> None:
    """Rank entities by centrality. A position in the recorded network, never guilt.

    Table and JSON also show the rank that is left without weak ties, that is ties that are more likely wrong than
    right, such as a village that two entries share.
    """
    from netscam.analysis.centrality import MEASURES
    from netscam.analysis.centrality import centrality as rank

    of_measure: dict[str, Any] = {"weighted": options.pop("weighted")}
    of_measure |= {name: options.pop(name) or None for name in ("types", "through")}
    turned = [name for name in measures if MEASURES[name].details["directed"]]
    if turned and len(turned) < len(measures):
        raise click.UsageError(f"{', '.join(turned)} see directions and the others do not; ask for them apart")
    data, graph = load_network(dataset, directed=bool(turned), **options)
    ranking = rank(graph, list(measures), **of_measure)
    frame = ranking.to_frame()
    if form != "csv":
        firm = rank(without_weak_edges(graph), measures[0], **of_measure).ranks()[measures[0]]
        frame["rank"] = frame["id"].map(ranking.ranks()[measures[0]])
        frame["rank_without_weak_ties"] = frame["id"].map(firm)
    show(frame.head(top) if top else frame, form, **about(data), measures=list(measures))


@cli.command()
@dataset_argument
@click.option(
    "--method", type=Registered("netscam.analysis.communities", "METHODS"), default="leiden", show_default=True
)
@click.option(
    "--resolution", default=1.0, show_default=True, help="Resolution; for leiden-cpm the density of a community."
)
@click.option("--runs", default=100, show_default=True, help="Runs with different seeds.")
@click.option("--weighted", is_flag=True, help="Use the strength of ties.")
@click.option("--composition", is_flag=True, help="Print how many entities of each type every community holds.")
@seed_option
@graph_options
@format_option
def communities(dataset: str, form: str, composition: bool, **options: Any) -> None:
    """Find communities over many seeds. Members that change sides are flagged."""
    from netscam.analysis.communities import find_communities

    of_method = {name: options.pop(name) for name in ("method", "resolution", "runs", "weighted", "seed")}
    data, graph = load_network(dataset, **options)
    tell = step()
    tell("communities")
    partition = find_communities(graph, **of_method)
    tell("")
    frame = partition.composition().reset_index() if composition else partition.to_frame()
    found = {
        name: getattr(partition, name) for name in ("method", "parameters", "seed", "modularity", "quality", "notes")
    }
    show(frame, form, **about(data), **found)
    for note in partition.notes:
        click.echo(note, err=True)


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
