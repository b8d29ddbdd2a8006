"""The command about what happens after removal: recovery."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from netscam.cli.group import cli
from netscam.cli.params import Registered, cut_options, format_option, seed_option
from netscam.cli.show import about, load_part, show, show_json, step

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
CAUTION = "who steps in is where a model's draw lands: a position in the recorded network, no finding about anybody"


class StrategyName(Registered):
    """A registered strategy, or a file of ids."""

    def __init__(self) -> None:
        super().__init__("netscam.analysis.recovery", "STRATEGIES")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Take the path of a file that is there for a list; anything else must be a name."""
        return value if value not in self.names() and Path(value).is_file() else super().convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Names, and a file."""
        return "[" + "|".join([*self.names(), "FILE"]) + "]"


def numbers(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    """Read NAME=VALUE, and NAME=VALUE,VALUE."""
    found: dict[str, tuple[float, ...]] = {}
    for part in value:
        name, _, rest = part.partition("=")
        try:
            found[name.strip()] = tuple(float(number) for number in rest.split(","))
        except ValueError:
            raise click.BadParameter(f"{part!r} is not NAME=VALUE with numbers", ctx, param) from None
    return found


@cli.command("recovery")
@click.argument("dataset", required=False)
@click.option("--edgelist", type=EXISTING, help="Two or three columns, # for comments; instead of DATASET.")
@click.option("--attributes", type=EXISTING, help="With --edgelist: a CSV with id, and type or roles (;) or both.")
@click.option(
    "--strategy",
    "strategies",
    type=StrategyName(),
    multiple=True,
    default=["leaders"],
    show_default=True,
    help="Who is removed; a file lists ids in order. More than one: a comparison.",
)
@click.option(
    "--model",
    "models",
    type=Registered("netscam.analysis.recovery", "MODELS"),
    multiple=True,
    default=["role"],
    show_default=True,
    help="How the network reacts. More than one: a comparison.",
)
@click.option("--steps", type=click.IntRange(1), default=10, show_default=True, help="Removals.")
@click.option("--runs", type=click.IntRange(1), default=200, show_default=True, help="Runs of the ensemble.")
@click.option(
    "--draws", type=click.IntRange(0), default=0, show_default=True, help="Networks drawn from the evidence; 0: as is."
)
@click.option("--set", "settings", callback=numbers, multiple=True, metavar="NAME=VALUE", help="Set a parameter.")
@click.option(
    "--vary", callback=numbers, multiple=True, metavar="NAME=V1,V2", help="Vary a parameter: one row for each value."
)
@click.option("--who", is_flag=True, help="Print who steps in instead of the curve.")
@click.option("--list-settings", is_flag=True, help="Print every parameter with its range and meaning, and stop.")
@click.option("--prior", default="default", show_default=True, metavar="NAME|FILE", help="How grades are read.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Threads; same result.")
@seed_option
@cut_options
@format_option
def recovery_command(
    form: str, who: bool, list_settings: bool, vary: dict[str, tuple[float, ...]], **given: Any
) -> None:
    """Remove nodes and let the network react.

    After each removal those who lost a tie look for a replacement: none, a random one, one with many ties, one nearby,
    one of the same role; with displacement, closed sites open again elsewhere. Bands hold 90 % of the runs. A model of
    reaction moves ties in the record; it is no forecast.
    """
    if list_settings:
        _list_settings(form)
        return
    strategies, models = list(given.pop("strategies")), list(given.pop("models"))
    fixed = _fixed(given.pop("settings"))
    question = {name: given.pop(name) for name in ("steps", "runs", "draws", "seed", "workers")}
    if vary and (len(strategies) > 1 or len(models) > 1):
        raise click.UsageError("--vary takes one --strategy and one --model")
    if who and (vary or len(strategies) > 1 or len(models) > 1):
        raise click.UsageError("--who takes one --strategy and one --model, and no --vary")
    case, origin = _case(**given)
    tell = step()
    tell("simulating")
    question["settings"] = fixed
    if vary:
        _show_sweep(case, origin, form, strategies[0], models[0], vary, question)
    elif len(strategies) > 1 or len(models) > 1:
        _show_comparison(case, origin, form, strategies, models, question)
    else:
        _show_one(case, origin, form, strategies[0], models[0], question, who)


def _list_settings(form: str) -> None:
    import pandas as pd

    from netscam.analysis.recovery import SETTINGS

    rows = [{"setting": name, **{k: getattr(s, k) for k in ("default", "low", "high", "meaning")}}
            for name, s in SETTINGS.items()]  # fmt: skip
    if form == "table":
        width = max(map(len, SETTINGS))
        for row in rows:
            click.echo(
                f"{row['setting']:<{width}}  {row['default']:g} ({row['low']:g} to {row['high']:g}): {row['meaning']}"
            )
        return
    show(pd.DataFrame(rows), form)


def _fixed(settings: dict[str, tuple[float, ...]]) -> dict[str, float]:
    if several := [name for name, values in settings.items() if len(values) > 1]:
        raise click.UsageError(f"--set takes one value; --vary takes several: {', '.join(several)}")
    return {name: values[0] for name, values in settings.items()}


def _case(
    dataset: str | None, edgelist: Path | None, attributes: Path | None, prior: str, **cut: Any
) -> tuple[Any, dict[str, Any]]:
    """The network made ready, and what to say of its origin."""
    from netscam.analysis.recovery import read_attributes, situation

    if (dataset is None) == (edgelist is None):
        raise click.UsageError("give either DATASET or --edgelist FILE")
    if dataset is not None:
        from netscam.data.prior_file import read_prior

        if attributes is not None:
            raise click.UsageError("--attributes goes with --edgelist; a dataset has its own types and roles")
        chosen = read_prior(prior)
        data = load_part(dataset, prior=chosen, **cut)
        return situation(data, prior=chosen), about(data)
    from netscam.analysis.keynodes import read_edgelist

    known = read_attributes(attributes) if attributes is not None else None
    return situation(read_edgelist(Path(str(edgelist))), attributes=known), {"edgelist": str(edgelist)}


def _strategy(name: str) -> str | list[str]:
    """Ids of a file, or the name."""
    from netscam.analysis.recovery import STRATEGIES, read_targets

    return name if name in STRATEGIES.names() else read_targets(name)


def _show_sweep(
    case: Any,
    origin: dict[str, Any],
    form: str,
    strategy: str,
    model: str,
    vary: dict[str, Any],
    question: dict[str, Any],
) -> None:
    from netscam.analysis.recovery import sweep

    frame = sweep(case, _strategy(strategy), model=model, vary=vary, **question)
    step()("")
    show(frame, form, **origin, strategy=strategy, model=model)


def _show_comparison(
    case: Any, origin: dict[str, Any], form: str, strategies: list[str], models: list[str], question: dict[str, Any]
) -> None:
    from netscam.analysis.recovery import STRATEGIES, compare

    if files := [name for name in strategies if name not in STRATEGIES.names()]:
        raise click.UsageError(f"a comparison takes named strategies, not a file: {', '.join(files)}")
    result = compare(case, strategies, models, **question)
    step()("")
    if form == "json":
        show_json({**origin, **result.to_dict()})
    else:
        frame = result.to_frame()
        show(frame if form == "csv" else frame[frame["metric"] == "efficiency"].drop(columns="metric"), form)
    for note in result.notes:
        click.echo(note, err=True)


def _show_one(
    case: Any, origin: dict[str, Any], form: str, strategy: str, model: str, question: dict[str, Any], who: bool
) -> None:
    from netscam.analysis.recovery import recovery

    result = recovery(case, _strategy(strategy), model=model, **question)
    step()("")
    if form == "json":
        show_json({**origin, **result.to_dict()})
    elif who:
        show(result.stepped_in, form)
        click.echo(CAUTION, err=True)
    else:
        frame = result.to_frame()
        band = ["efficiency_low", "efficiency_high"]
        columns = [
            "step",
            "moment",
            "efficiency",
            *band,
            "connected_pairs",
            "largest_component",
            "density",
            "recovered",
        ]
        show(frame if form == "csv" else frame[columns], form)
    click.echo(result.reading(), err=True)
    for note in result.notes:
        click.echo(note, err=True)
