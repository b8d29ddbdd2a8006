"""Commands about removal: key-nodes, dismantle."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from netscam.cli.group import cli
from netscam.cli.params import Registered, format_option, graph_options, options, seed_option
from netscam.cli.show import about, load_network, show, show_json, step
from netscam.graph.weak import weak_vertices

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
network_options = options(
    click.argument("dataset", required=False),
    click.option(
        "--edgelist",
        type=EXISTING,
        help="Two or three columns in any common separator, # for comments; instead of DATASET.",
    ),
    click.option(
        "--costs",
        help="Cost of acting on a node: a CSV with id,cost; 'dataset' for its costs.csv; 'degree' for degrees.",
    ),
)


def network(dataset: str | None, edgelist: Path | None, **options: Any) -> tuple[Any, dict[str, Any], Any]:
    """The graph that a command works on, what to say of its origin, and the dataset's own costs."""
    if (dataset is None) == (edgelist is None):
        raise click.UsageError("give either DATASET or --edgelist FILE")
    if dataset is not None:
        data, graph = load_network(dataset, **options)
        return graph, about(data), data.costs
    from netscam.analysis.keynodes.edgelist import read_edgelist

    return read_edgelist(Path(str(edgelist))), {"edgelist": str(edgelist)}, None


def read_costs(costs: str | None, shipped: Any) -> Mapping[str, float] | str | None:
    """Costs as the functions want them: by id, the word ``degree``, or none."""
    if costs is None or costs == "degree":
        return costs
    if costs == "dataset":
        if shipped is None:
            raise click.UsageError("no costs.csv here; --known-by leaves it out, since it is written with hindsight")
        return dict(zip(shipped["id"], shipped["cost"], strict=True))
    from netscam.data.costs import read_costs_file

    return read_costs_file(Path(costs))


@cli.command("key-nodes")
@network_options
@click.option("-k", type=click.IntRange(1), help="How many nodes to take.")
@click.option("--budget", type=click.FloatRange(0, min_open=True), help="What the set may cost, instead of -k.")
@click.option(
    "--objective",
    type=click.Choice(["fragmentation", "reach", "dismantle"]),
    default="fragmentation",
    show_default=True,
    help="Fewest connected pairs left; most nodes reached; cheapest set that leaves only small components.",
)
@click.option(
    "--method",
    type=Registered("netscam.analysis.keynodes", "METHODS", first=("auto",)),
    default="auto",
    show_default=True,
    help="How to search.",
)
@click.option("--allow", multiple=True, help="Only this node may be taken; may be given more than once.")
@click.option("--forbid", multiple=True, help="This node may not be taken.")
@click.option("--must", multiple=True, help="This node must be taken.")
@click.option("--target-size", type=click.IntRange(1), help="dismantle: largest component that may be left.")
@click.option("--distance", type=click.IntRange(1), default=1, show_default=True, help="reach: steps.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    help="Seconds after which the best set and its bound are printed; ctrl-C does the same.",
)
@click.option(
    "--iterations",
    type=click.IntRange(0),
    default=1000,
    show_default=True,
    help="Length of the search heuristic, without a cap above 1000; --time-limit is a cap on top.",
)
@click.option(
    "--missing",
    type=click.FloatRange(0, 1, max_open=True),
    help="With -k: the largest component is to stay small if the record misses this share of all ties.",
)
@seed_option
@graph_options
@format_option
def key_nodes_command(form: str, **given: Any) -> None:
    """Choose the set of nodes to act on, with proof.

    Connected pairs are the sum over components of s(s-1)/2 after removal. The set is best for the network as recorded:
    a position, never a finding of guilt. With --missing a set is chosen for networks that hold more ties than the
    record; nothing is then proved.
    """
    from netscam.analysis.keynodes import key_nodes

    missing = given.pop("missing")
    if missing is not None:
        missing_set(form, missing, **given)
        return
    search = ("k", "budget", "objective", "method", "target_size", "distance", "time_limit", "iterations", "seed")
    chosen: dict[str, Any] = {name: given.pop(name) for name in search}
    sets: dict[str, Any] = {name: list(given.pop(name)) or None for name in ("allow", "forbid", "must")}
    costs = given.pop("costs")
    graph, origin, shipped = network(**given)
    tell = step()
    tell("searching key nodes")
    result = key_nodes(graph, **chosen, **sets, costs=read_costs(costs, shipped))
    tell("")
    weak = show_set(result, graph, origin, form)
    if form == "json":
        return
    proved = "proved optimal" if result.proven_optimal else f"gap {result.gap:.2%}"
    click.echo(f"{chosen['objective']}: value {result.value:g}, bound {result.bound:g}, {proved}", err=True)
    if weak:
        click.echo("weak: every tie of the node is more likely wrong than right, such as a shared village", err=True)


def show_set(result: Any, graph: Any, origin: dict[str, Any], form: str) -> set[str]:
    """Print a set with the names of its nodes; those of them that have weak ties only are given back."""
    names, all_weak = describe(graph)
    weak = all_weak & set(result.nodes)
    if form == "json":
        told = {"names": [names.get(node, node) for node in result.nodes], "weak": sorted(weak)}
        show_json({**result.to_dict(), **told, **origin})
        return weak
    frame = result.to_frame()
    frame.insert(frame.columns.get_loc("node") + 1, "name", [names.get(node, node) for node in frame["node"]])
    frame["weak"] = frame["node"].isin(weak)
    show(frame, form)
    return weak


def missing_set(form: str, missing: float, **given: Any) -> None:
    """Print the set that is chosen for a record that misses ties."""
    from netscam.analysis.keynodes import robust_set

    k, seed = given.pop("k"), given.pop("seed")
    sets: dict[str, Any] = {name: list(given.pop(name)) or None for name in ("allow", "forbid", "must")}
    ignored = {"budget": None, "objective": "fragmentation", "method": "auto", "target_size": None, "costs": None}
    refused = [name for name, usual in ignored.items() if given.pop(name) != usual]
    if k is None or refused:
        raise click.UsageError("--missing goes with -k, --allow, --forbid and --must only")
    for name in ("distance", "time_limit", "iterations"):
        given.pop(name)
    graph, origin, _ = network(**given)
    tell = step()
    tell("drawing missing ties")
    result = robust_set(graph, k, missing=missing, seed=seed, **sets)
    tell("")
    show_set(result, graph, origin, form)
    if form == "json":
        return
    click.echo(
        f"largest component: {result.recorded} on the record, {result.value:.1f} on average with missing ties; "
        f"plain adaptive betweenness {result.plain_recorded} and {result.plain_value:.1f}",
        err=True,
    )


def describe(graph: Any) -> tuple[dict[str, str], set[str]]:
    """Names of the nodes, and which of them have weak ties only; an edge list knows neither."""
    import igraph as ig

    if not isinstance(graph, ig.Graph):
        return {}, set()
    return dict(zip(graph.vs["name"], graph.vs["label"], strict=True)), set(weak_vertices(graph))


@cli.command("dismantle")
@network_options
@click.option(
    "--method",
    type=Registered("netscam.analysis.dismantle", "METHODS", first=("auto",)),
    default="auto",
    show_default=True,
    help="How the order of removal is found.",
)
@click.option(
    "--stop",
    type=click.FloatRange(0, min_open=True),
    default=0.01,
    show_default=True,
    help="Where to stop: a share of the nodes below 1, or a component size of 1 and more.",
)
@click.option("--polish-iterations", type=click.IntRange(0), help="Steps of annealing; a seed repeats the answer.")
@click.option(
    "--polish-seconds", type=click.FloatRange(0), help="Cap on the time of annealing; ctrl-C keeps the best so far."
)
@seed_option
@graph_options
@format_option
def dismantle_command(form: str, **given: Any) -> None:
    """Order removals that take the network apart.

    AUC in nodes is the sum of (largest component)/n after each removal, up to and including the first at which it is
    below 10 % of n; size is the number of removals until it is at most 1 % of n, size_10 until at most 10 %.
    """
    from netscam.analysis.dismantle import dismantle

    search = ("method", "stop", "polish_iterations", "polish_seconds", "seed")
    chosen: dict[str, Any] = {name: given.pop(name) for name in search}
    costs = given.pop("costs")
    graph, origin, shipped = network(**given)
    tell = step()
    tell("searching an order")
    result = dismantle(graph, **chosen, costs=read_costs(costs, shipped))
    tell("")
    if form == "json":
        show_json({**result.to_dict(), **origin})
    else:
        show(result.to_frame(), form)
