"""Figure: what a number of removals, or a budget, can do at best, with the proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from netscam.output.figures.pareto_words import pareto_alt, pareto_caption
from netscam.output.figures.sheet import FIGURES, Drawn, Scene, new_sheet, say_empty, short
from netscam.output.figures.symbols import draw_nodes, present_types, type_handle, type_label
from netscam.output.style import FAINT, INK, PAPER, SOFT, WEAK, WEAK_DASH

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

TITLE = "Budget against disruption: the best that any set can do"
CURVES: Mapping[tuple[str, str], tuple[str, dict[str, Any]]] = {
    ("recorded", "exact"): ("all ties, best set", {"color": "#0072B2", "marker": "o", "linestyle": "solid"}),
    ("recorded", "greedy"): ("all ties, greedy", {"color": "#56B4E9", "marker": "x", "linestyle": (0, (3.2, 1.6))}),
    ("firm", "exact"): ("firm ties, best set", {"color": WEAK, "marker": "s", "linestyle": WEAK_DASH}),
}
MARKS: Mapping[str, dict[str, Any]] = {
    "in_best_sets": {"marker": "s", "s": 42, "color": "#0072B2", "linewidth": 0, "zorder": 2},
    "in_best_sets_without_weak_ties": {
        "marker": "s",
        "s": 14,
        "facecolor": PAPER,
        "edgecolor": WEAK,
        "linewidth": 1.0,
        "zorder": 3,
    },
}
"""Look of a cell by column of the table of members."""
BASES = {"in_best_sets": "recorded", "in_best_sets_without_weak_ties": "firm"}
BUDGETS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Budgets of the frontier, in the unit of the dataset's costs."""
LARGEST = 3_000
"""Nodes up to which the frontier by budget is sought."""
PATIENCE = 600.0
"""Seconds for the frontier: long, so that how busy a machine is changes no result."""
ROW = 4.2
CHARTS = 58.0
"""Millimetres that the charts take."""
MOST_ROWS = 24


@FIGURES.add("pareto")
def pareto(scene: Scene) -> Drawn:
    """Budget against disruption: connected pairs left by the best set of each size and cost, certified."""
    curve, budgets = scene.study.curve, find_frontier(scene)
    table = _members(scene)
    height = CHARTS + ROW * len(table) + 44.5
    figure, bottom, top = new_sheet(scene.data, height, TITLE)
    floor = top - CHARTS / height
    left = figure.add_axes((0.075, floor, 0.42, (CHARTS - 6) / height))
    right = figure.add_axes((0.575, floor, 0.415, (CHARTS - 6) / height))
    _curve(left, curve, scene.study.k)
    _frontier(right, budgets, scene)
    low = bottom + 6 / height
    _matrix(figure.add_axes((0.40, low, 0.50, ROW * len(table) / height)), table, curve)
    for x, y, words in (
        (0.006, top, "Connected pairs left, by number of nodes"),
        (0.52, top, "Connected pairs left, by cost"),
        (0.006, floor - 12.5 / height, "Who is in the best set of each size"),
    ):
        figure.text(x, y, words, va="top", fontsize=7.5, fontweight="bold")
    words = f"bold: the set of {scene.study.k}; filled: in the best set on all ties; framed: on firm ties alone"
    figure.text(0.40, floor - 12.7 / height, words, va="top", fontsize=6.2, color=SOFT)
    figure.legend(
        handles=[type_handle(name, type_label(name)) for name in present_types(table["type"])],
        loc="lower left",
        bbox_to_anchor=(0.006, bottom),
        ncols=8,
        borderpad=0.0,
        columnspacing=1.2,
        handletextpad=0.4,
        borderaxespad=0.0,
    )
    numbers = curve.assign(**{name: curve[name].map(";".join) for name in ("nodes", "greedy_nodes")})
    more = {"budgets": budgets, "members": table}
    caption = pareto_caption(scene.study, table, budgets)
    return Drawn(figure, TITLE, caption, pareto_alt(scene.study, table, budgets), numbers, more)


def find_frontier(scene: Scene) -> pd.DataFrame:
    """Best value and bound for each of ``BUDGETS`` under the dataset's own costs.

    Returns
    -------
    pandas.DataFrame
        As ``netscam.pareto`` gives it: ``budget, value, bound, gap, proven_optimal, nodes``. Empty without costs, and
        for networks of more than ``LARGEST`` nodes.
    """
    import pandas as pd

    from netscam.analysis.keynodes import pareto as solve

    costs, graph = scene.data.costs, scene.study.graph
    if costs is None or graph.vcount() > LARGEST:
        return pd.DataFrame(columns=["budget", "value", "bound", "gap", "proven_optimal", "nodes"])
    inside = costs[costs["id"].isin(graph.vs["name"])]
    known = {str(node): float(cost) for node, cost in zip(inside["id"], inside["cost"], strict=True)}
    return solve(graph, budgets=BUDGETS, costs=known, time_limit=PATIENCE, seed=scene.study.seed)


def _members(scene: Scene) -> pd.DataFrame:
    """Nodes of any best set, those of many sets first: in which sets they are, and on what ties they rest."""
    import pandas as pd

    study = scene.study
    sets: dict[str, dict[str, list[int]]] = {name: {"recorded": [], "firm": []} for name in study.keys.nodes}
    for k, basis, nodes in study.curve[["k", "basis", "nodes"]].itertuples(index=False, name=None):
        for node in nodes:
            sets.setdefault(node, {"recorded": [], "firm": []})[basis].append(int(k))
    keys = set(study.keys.nodes)
    order = sorted(sets, key=lambda node: (-len(sets[node]["recorded"]), -len(sets[node]["firm"]), node))
    shown = sorted(order, key=lambda node: node not in keys)[:MOST_ROWS]
    told = {name: [";".join(map(str, sets[node][basis])) for node in shown] for name, basis in BASES.items()}
    table = pd.DataFrame({"id": shown}).merge(study.ranks[["id", "name", "type"]], on="id", validate="1:1")
    table = table.merge(study.ties, on="id", validate="1:1")
    doubt = scene.doubt.to_frame()
    p_top = doubt[doubt["measure"].eq("betweenness")].set_index("id")["p_top"]
    return table.assign(
        p_top=table["id"].map(p_top).to_numpy(),
        **told,
        in_set=table["id"].isin(study.keys.nodes),
        in_set_without_weak_ties=table["id"].isin(study.firm_keys.nodes),
    )


def _curve(axes: Axes, curve: pd.DataFrame, k: int) -> None:
    from matplotlib.ticker import MaxNLocator

    for (basis, column), (label, style) in CURVES.items():
        points = curve[curve["basis"] == basis]
        here = points.loc[points["k"].eq(k), column].iloc[0]
        told = f"{label} ({here:,.0f} at k = {k})"
        axes.plot(points["k"], points[column], label=told, markersize=3.2, linewidth=1.1, zorder=3, **style)
    exact = curve[curve["k"].gt(0)].assign(value=lambda frame: frame["exact"])
    _certificates(axes, exact["k"], exact["value"], exact["bound"], exact["proven"])
    axes.axvline(k, ymax=0.62, color=FAINT, linewidth=3.0, zorder=0)
    axes.set_xlabel("nodes removed, k", labelpad=1)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    _finish(axes)


def _certificates(axes: Axes, steps: Any, values: Any, bounds: Any, proven: Any) -> None:
    """A ring where the value is proved, a bar down to the bound where it is not."""
    import numpy as np

    sure = np.asarray(proven, dtype=bool)
    x, y = np.asarray(steps, dtype=float), np.asarray(values, dtype=float)
    look: dict[str, Any] = {"facecolor": "none", "edgecolor": INK, "linewidth": 0.8, "zorder": 5, "clip_on": False}
    if sure.any():
        axes.scatter(x[sure], y[sure], s=38, label=f"proved optimal ({sure.sum()} of {len(sure)})", **look)
    low = np.asarray(bounds, dtype=float)
    open_ones = ~sure & ~np.isnan(low)
    if open_ones.any():
        axes.vlines(x[open_ones], low[open_ones], y[open_ones], color=SOFT, linewidth=2.5, label="down to the bound")


def _finish(axes: Axes) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.set_ylim(0, None)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="y", color="#E8E8E8", linewidth=0.5)
    axes.legend(loc="upper right", borderaxespad=0.0)


def _frontier(axes: Axes, budgets: pd.DataFrame, scene: Scene) -> None:
    if budgets.empty:
        large = scene.study.graph.vcount() > LARGEST
        why = "too large a network for a proof" if large else "the dataset states no costs (costs.csv)"
        say_empty(axes, f"Nothing to draw: {why}.")
        return
    start = float(scene.study.curve["exact"].iloc[0])
    axes.step(
        [0.0, *budgets["budget"]],
        [start, *budgets["value"]],
        where="post",
        color="#0072B2",
        linewidth=1.1,
        zorder=3,
        label="all ties, best set for the budget",
    )
    axes.scatter(budgets["budget"], budgets["value"], s=10, color="#0072B2", zorder=4)
    _certificates(axes, budgets["budget"], budgets["value"], budgets["bound"], budgets["proven_optimal"])
    axes.set_xlim(0, None)
    axes.set_xlabel("budget (an ordinary target costs 1)", labelpad=1)
    _finish(axes)


def _matrix(axes: Axes, table: pd.DataFrame, curve: pd.DataFrame) -> None:
    """A column for each size: filled where a node is in the best set, framed where it is without weak ties."""
    import numpy as np

    sizes = sorted(int(k) for k in curve["k"].unique() if k > 0)
    for row, item in enumerate(table.to_dict("records")):
        for name, look in MARKS.items():
            found = [int(k) for k in str(item[name]).split(";") if k]
            axes.scatter(found, np.full(len(found), row), **look)
    axes.set_xlim(min(sizes, default=1) - 0.5, max(sizes, default=1) + 0.5)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_xticks(sizes, [f"k = {k}" if k == sizes[0] else str(k) for k in sizes])
    axes.set_yticks([])
    axes.tick_params(axis="x", length=0, labeltop=True, labelbottom=False, pad=1)
    axes.spines[:].set_visible(False)
    axes.set_xticks(np.arange(len(sizes) + 1) + 0.5, minor=True)
    axes.set_yticks(np.arange(len(table) + 1) - 0.5, minor=True)
    axes.grid(which="minor", color="#E4E4E4", linewidth=0.4)
    axes.tick_params(which="minor", length=0)
    _names(axes, table)


def _names(axes: Axes, table: pd.DataFrame) -> None:
    import numpy as np

    spot = axes.get_position()
    left = axes.figure.add_axes((0.0, spot.y0, spot.x0, spot.height))
    right = axes.figure.add_axes((spot.x1, spot.y0, 1 - spot.x1, spot.height))
    for side in (left, right):
        side.set_axis_off()
        side.set_xlim(0, 1)
        side.set_ylim(*axes.get_ylim())
    points = np.column_stack([np.full(len(table), 0.03), np.arange(len(table))])
    draw_nodes(left, points, np.full(len(table), 2.5), table["type"].tolist())
    for row, item in enumerate(table.to_dict("records")):
        weight = "bold" if item["in_set"] else "normal"
        left.text(0.065, row, short(item["name"], 44), va="center", fontsize=6.2, fontweight=weight)
        colour = WEAK if item["weak_ties"] else SOFT
        told = f"{item['weak_ties']}/{item['ties']}"
        right.text(0.40, row, told, va="center", ha="right", fontsize=6.2, color=colour)
        right.text(0.94, row, f"{100 * item['p_top']:.0f} %", va="center", ha="right", fontsize=6.2)
    right.text(0.40, -0.7, "weak ties", va="bottom", ha="right", fontsize=5.4, color=WEAK)
    right.text(0.96, -0.7, "P(top 10)", va="bottom", ha="right", fontsize=5.4, color=SOFT)
