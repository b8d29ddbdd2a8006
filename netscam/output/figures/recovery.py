"""Figure: what happens next. Efficiency while nodes are removed and the network reacts, by strategy and model."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from netscam.analysis.recovery import ANY, model_label, strategy_label
from netscam.output.figures.sheet import FIGURES, Drawn, Scene, new_sheet, spoken
from netscam.output.style import FAINT, INK, SOFT

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from netscam.analysis.recovery import Comparison

TITLE = "What happens next: removal, then reaction"
STEPS, RUNS = 10, 50
WORKERS = 4
"""Most threads; their number changes nothing but the time."""
ASKED = ("leaders", "low-level", "recruiters", "compounds")
OTHERWISE = ("degree", "random")
LINES: Mapping[str, dict[str, Any]] = {
    "leaders": {"color": "#0072B2", "marker": "o", "linestyle": "solid"},
    "low-level": {"color": "#D55E00", "marker": "s", "linestyle": (0, (3.2, 1.6))},
    "recruiters": {"color": "#222222", "marker": "x", "linestyle": (0, (1.0, 1.4))},
    "compounds": {"color": "#009E73", "marker": "^", "linestyle": (0, (5.0, 1.4, 1.0, 1.4))},
    "degree": {"color": "#0072B2", "marker": "o", "linestyle": "solid"},
    "random": {"color": "#D55E00", "marker": "s", "linestyle": (0, (3.2, 1.6))},
}
METRICS: Mapping[str, str] = {"efficiency": "global efficiency", "connected_pairs": "connected pairs"}
MODEL_WORDS: Mapping[str, str] = {
    "none": "nobody reacts",
    "random": "any candidate",
    "preferential": "well-tied candidates",
    "distance": "candidates nearby",
    "role": "one heir of like role",
    "displacement": "closed sites move",
}


@FIGURES.add("recovery")
def recovery(scene: Scene) -> Drawn:
    """What happens next: efficiency after removing people with and without command, by model of reaction."""
    found = _compare(scene)
    if found is None:
        return _nothing(scene)
    figure, bottom, top = new_sheet(scene.data, 150.0, TITLE)
    curves = _curves(found)
    _panels(figure, found, curves, (bottom + 57 / 150, top - 12.5 / 150))
    gaps = _gaps(found)
    _answer(figure, gaps, found.strategies[:2], (bottom + 7 / 150, bottom + 36 / 150))
    heading = f"Global efficiency after the reaction, % of the start ({RUNS} runs and draws; band: 5–95 %)"
    figure.text(0.006, top, heading, va="top", fontsize=7.5, fontweight="bold")
    _legend(figure, found, top - 3.8 / 150)
    table = found.to_frame()
    return Drawn(figure, TITLE, _caption(found, gaps), _alt(found, gaps), curves, {"table": table, "difference": gaps})


def _nothing(scene: Scene) -> Drawn:
    """A sheet that says why there is no figure."""
    import pandas as pd

    figure, _, top = new_sheet(scene.data, 30.0, TITLE)
    words = "Nobody in this network can be taken out: it holds addresses, places, authorities or wallets only."
    figure.text(0.006, top, words, va="top", fontsize=7.0)
    return Drawn(
        figure, TITLE, words, words, pd.DataFrame(columns=["model", "strategy", "step", "mean", "low", "high"])
    )


def _compare(scene: Scene) -> Comparison | None:
    from netscam.analysis.recovery import comparable, compare, situation

    case = situation(scene.data)
    strategies, steps = comparable(case, ASKED, STEPS)
    if len(strategies) < 2:
        strategies, steps = comparable(case, OTHERWISE, STEPS)
    if not strategies:
        return None
    seed, workers = scene.study.seed, min(WORKERS, os.cpu_count() or 1)
    return compare(case, strategies, steps=steps, runs=RUNS, draws=RUNS, seed=seed, workers=workers)


def _curves(found: Comparison) -> pd.DataFrame:
    import pandas as pd

    parts = [
        result.relative().assign(strategy=strategy, model=model) for (strategy, model), result in found.results.items()
    ]
    return pd.concat(parts, ignore_index=True)[["model", "strategy", "step", "mean", "low", "high"]]


def _gaps(found: Comparison) -> pd.DataFrame:
    """Difference of the first two strategies under every model, for efficiency and for connected pairs."""
    import pandas as pd

    first, second = found.strategies[:2]
    parts = [found.versus(first, second, metric).assign(metric=metric) for metric in METRICS]
    table = pd.concat(parts, ignore_index=True)
    return table[["metric", "model", "difference", "low", "median", "high", "first_lower"]]


def _panels(figure: Figure, found: Comparison, curves: pd.DataFrame, rows: tuple[float, float]) -> None:
    from matplotlib.ticker import MaxNLocator

    models = found.models
    low, high = rows
    gap = 0.075
    tall = (high - low - gap) / 2
    ceiling = 100 * float(curves["high"].max(skipna=True)) if curves["high"].notna().any() else 100.0
    for number, model in enumerate(models):
        row, column = divmod(number, 3)
        axes = figure.add_axes((0.055 + column * 0.322, high - tall - row * (tall + gap), 0.278, tall))
        part = curves[curves["model"] == model]
        for strategy in found.strategies:
            line = part[part["strategy"] == strategy]
            style = LINES[strategy]
            axes.fill_between(
                line["step"], 100 * line["low"], 100 * line["high"], color=style["color"], alpha=0.16, lw=0
            )
            axes.plot(line["step"], 100 * line["mean"], markersize=2.8, linewidth=1.1, zorder=3, **style)
        axes.axhline(100, color=FAINT, linewidth=1.0, zorder=1)
        axes.set_ylim(0, max(110.0, ceiling * 1.04))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_title(f"{model_label(model)}: {MODEL_WORDS[model]}", fontsize=7, pad=3)
        axes.grid(axis="y", color="#E8E8E8", linewidth=0.5)
        if row == (len(models) - 1) // 3 or number + 3 >= len(models):
            axes.set_xlabel("nodes removed")


def _legend(figure: Figure, found: Comparison, top: float) -> None:
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], markersize=3.4, linewidth=1.1, label=name, **LINES[name]) for name in found.strategies]
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0.0, top), ncols=4, borderpad=0.0, borderaxespad=0.4,
        columnspacing=1.4,
    )  # fmt: skip


def _answer(figure: Figure, gaps: pd.DataFrame, pair: tuple[str, ...], rows: tuple[float, float]) -> None:
    """Dots and whiskers: how much less the first strategy leaves than the second, by model."""
    low, high = rows
    heading = f"{pair[0]} minus {pair[1]}, points of the start (whisker 5–95 %; right: runs in which "
    heading += f"{pair[0]} leave less)"
    figure.text(0.006, high + 8.5 / 150, heading, va="top", fontsize=7.5, fontweight="bold")
    for number, (metric, words) in enumerate(METRICS.items()):
        axes = figure.add_axes((0.125 + number * 0.455, low, 0.345, high - low))
        _whiskers(axes, gaps[gaps["metric"] == metric], labelled=number == 0)
        axes.set_title(words, fontsize=7, pad=3)


def _whiskers(axes: Axes, gaps: pd.DataFrame, *, labelled: bool) -> None:
    for row, item in enumerate(gaps.to_dict("records")):
        pooled = item["model"] == ANY
        axes.plot([100 * item["low"], 100 * item["high"]], [row, row], color=INK if pooled else SOFT, linewidth=1.3)
        axes.scatter([100 * item["median"]], [row], s=22, marker="D" if pooled else "o", color=INK, zorder=3)
        axes.annotate(
            f"{item['first_lower']:.0%}", (1.02, row), xycoords=("axes fraction", "data"), va="center", fontsize=6.2
        )
    axes.axvline(0, color=FAINT, linewidth=1.2, zorder=0)
    axes.set_ylim(len(gaps) - 0.4, -0.6)
    axes.set_yticks(range(len(gaps)), [model_label(name) for name in gaps["model"]] if labelled else [""] * len(gaps))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color="#E8E8E8", linewidth=0.5)


def _caption(found: Comparison, gaps: pd.DataFrame) -> str:
    first, second = found.strategies[:2]
    steps = int(next(iter(found.results.values())).parameters["steps"])
    names = spoken([f"{name} ({strategy_label(name)})" for name in found.strategies])
    return (
        f"{steps} nodes are taken out one by one and the rest reacts after each: those who lost a tie look for a "
        "replacement among recorded nodes of the same type, none at all, at random, among the well tied, nearby, or "
        "one heir by roles in common; with displacement a closed site opens again elsewhere with its people. "
        f"Strategies: {names}; orders are fixed on the record, and every run starts from another network drawn from "
        f"the evidence. Above: global efficiency after the reaction. Below: {first} minus {second} in the same run. "
        f"{_answer_words(gaps, first, second)} The last row pools all models that react, so that its whisker also "
        "holds the doubt which of them is right. Efficiency can rise because nodes with few ties no longer count and "
        "because heirs join what was apart, as Duijn, Kashirin and Sloot (2014) found for another network. The models "
        "move ties in the record; they are no forecast, and a position is no finding about conduct."
    )


def _answer_words(gaps: pd.DataFrame, first: str, second: str) -> str:
    rows = gaps[gaps["metric"] == "efficiency"].set_index("model")
    sure = {name: row for name, row in rows.iterrows() if name != ANY}
    less = [model_label(str(name)) for name, row in sure.items() if row["high"] < 0]
    more = [model_label(str(name)) for name, row in sure.items() if row["low"] > 0]
    told = f"For efficiency the whole 90 % interval is below 0 (removing {first} leaves less) under: {spoken(less)}; "
    told += f"above 0 (removing {second} leaves less) under: {spoken(more)}."
    if ANY in rows.index:
        share = float(str(rows.loc[ANY, "first_lower"]))
        told += f" Over all reactions removing {first} leaves less in {share:.0%} of the runs."
    return told


def _alt(found: Comparison, gaps: pd.DataFrame) -> str:
    ends = []
    for model in found.models:
        changes = {name: found.results[name, model].summary()["efficiency"]["change"] for name in found.strategies}
        shares = [f"{name} {100 * (1 + change):.0f} %" for name, change in changes.items()]
        ends.append(f"{model_label(model)}: {', '.join(shares)}")
    rows = gaps[gaps["metric"] == "efficiency"]
    told = [
        f"{model_label(row['model'])} {100 * row['median']:+.0f} ({100 * row['low']:+.0f} to {100 * row['high']:+.0f})"
        for row in rows.to_dict("records")
    ]
    first, second = found.strategies[:2]
    return (
        "Small line charts, one for each model of reaction, of global efficiency in percent of the start against nodes "
        f"removed. At the end: {'; '.join(ends)}. Below, dots with whiskers for {first} minus {second} in points: "
        f"{'; '.join(told)}."
    )
