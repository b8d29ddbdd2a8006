"""Figure: dismantling curves of the strategies against what is proved to be the best possible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from netscam.output.figures.sheet import FIGURES, Drawn, Scene, new_sheet, spoken
from netscam.output.style import INK, SOFT, WEAK

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from netscam.analysis.dismantle import Dismantling

HEIGHT = 92.0
TITLE = "Taking the network apart: orders of removal against the proved best"
STRATEGIES: Mapping[str, tuple[str, dict[str, Any]]] = {
    "auto": ("netscam (least area, polished)", {"color": INK, "linestyle": "solid", "linewidth": 1.8}),
    "betweenness": ("adaptive betweenness", {"color": "#0072B2", "linestyle": (0, (5, 1.5))}),
    "collective-influence": ("collective influence", {"color": "#009E73", "linestyle": (0, (4, 1.2, 1, 1.2))}),
    "gnd": ("spectral (GND)", {"color": "#CC79A7", "linestyle": (0, (1, 1))}),
    "corehd": ("CoreHD", {"color": "#E69F00", "linestyle": (0, (3, 1, 1, 1, 1, 1))}),
    "voterank": ("VoteRank", {"color": "#56B4E9", "linestyle": (0, (2.5, 1.2))}),
    "degree": ("adaptive degree", {"color": WEAK, "linestyle": (0, (6, 2))}),
}
"""The orders shown, by method name: words for the legend and look."""
LARGEST = 3_000
"""Nodes up to which the smallest sets are sought: a proof needs minutes on a larger network."""
PATIENCE = 600.0
"""Seconds for all smallest sets; a few are needed, and a minute where nothing is compiled yet."""


@FIGURES.add("dismantling")
def dismantling(scene: Scene) -> Drawn:
    """Dismantling curves: what each order of removal leaves, against the smallest sets that are proved."""
    orders = find_orders(scene)
    best = find_smallest(scene)
    table, scores = _curves(orders, scene.study.graph.vcount()), _scores(orders)
    figure, bottom, top = new_sheet(scene.data, HEIGHT, TITLE)
    low, high = bottom + 8.5 / HEIGHT, top - 6 / HEIGHT
    _plot(figure.add_axes((0.075, low, 0.47, high - low)), table, best)
    _bars(figure.add_axes((0.77, low, 0.17, high - low)), scores)
    figure.text(0.006, top, "Largest component left", va="top", fontsize=7.5, fontweight="bold")
    figure.text(0.585, top, "Removals that each order needs", va="top", fontsize=7.5, fontweight="bold")
    return Drawn(
        figure, TITLE, _caption(scene, scores, best), _alt(scores, best), table, {"scores": scores, "proved": best}
    )


def find_orders(scene: Scene) -> dict[str, Dismantling]:
    """An order of removals by each strategy, in the order of ``STRATEGIES``."""
    from netscam.analysis.dismantle import dismantle
    from netscam.analysis.dismantle.finished import finished

    return {name: finished(dismantle)(scene.study.graph, method=name, seed=scene.study.seed) for name in STRATEGIES}


def find_smallest(scene: Scene) -> pd.DataFrame:
    """The smallest sets that leave no component above a size, for sizes that halve down to 1 % of the nodes.

    Returns
    -------
    pandas.DataFrame
        Columns ``largest`` (component size allowed), ``removals`` (of the best set found), ``bound`` (no smaller set
        exists), ``proven``; largest sizes first. Empty for networks of more than ``LARGEST`` nodes.
    """
    import pandas as pd

    from netscam.analysis.dismantle.finished import finished
    from netscam.analysis.keynodes import key_nodes

    graph = scene.study.graph
    rows: list[dict[str, Any]] = []
    size = max(graph.components().sizes())
    floor = max(1, int(0.01 * graph.vcount()))
    while size > floor and graph.vcount() <= LARGEST:
        size = max(floor, size // 2)
        found = finished(key_nodes)(
            graph,
            objective="dismantle",
            target_size=size,
            alternatives=0,
            time_limit=PATIENCE,
            seed=scene.study.seed,
        )
        rows.append(
            {"largest": size, "removals": found.value, "bound": found.bound, "proven": bool(found.proven_optimal)}
        )
    return pd.DataFrame(rows, columns=["largest", "removals", "bound", "proven"])


def _curves(orders: Mapping[str, Dismantling], nodes: int) -> pd.DataFrame:
    """Columns ``strategy, removals, id, largest, share``; zero removals first, without an id."""
    import pandas as pd

    parts = []
    for name, order in orders.items():
        largest = list(order.curve)
        ids = ["", *order.order][: len(largest)]
        part = pd.DataFrame({"removals": range(len(largest)), "id": ids, "largest": largest})
        part.insert(0, "strategy", name)
        parts.append(part)
    table = pd.concat(parts, ignore_index=True)
    return table.assign(share=table["largest"] / nodes)


def _scores(orders: Mapping[str, Dismantling]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {"strategy": name, "auc": order.auc, "removals_10": order.size_10, "removals_1": order.size}
        for name, order in orders.items()
    ]
    return pd.DataFrame(rows).astype({"removals_10": "Int64", "removals_1": "Int64"})


def _plot(axes: Axes, table: pd.DataFrame, best: pd.DataFrame) -> None:
    from matplotlib.ticker import MaxNLocator, NullFormatter

    shade = _forbidden(axes, best)
    lines = []
    for depth, (name, (label, style)) in enumerate(STRATEGIES.items()):
        mine = table[table["strategy"] == name]
        look = {"linewidth": 1.1, **style}
        lines += axes.step(
            mine["removals"], mine["largest"], where="post", label=label, zorder=3 + 0.1 * (depth > 0), **look
        )
    proven = best[best["proven"]]
    star = axes.scatter(proven["removals"], proven["largest"], s=16, marker="*", color="#D55E00", zorder=5)
    axes.set_xlim(0, max(float(table["removals"].max()), 1.0) * 1.01)
    axes.set_yscale("log")
    axes.set_ylim(0.9, max(float(table["largest"].max()) * 1.3, 3.0))
    axes.set_xlabel("nodes removed")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter("{x:.0f}")
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.grid(axis="y", color="#E8E8E8", linewidth=0.5)
    handles = [*lines, *([star] if len(proven) else []), *([shade] if shade else [])]
    words = [label for label, _ in STRATEGIES.values()]
    words += ["smallest set, proved"] * bool(len(proven)) + ["proved out of reach"] * bool(shade)
    axes.legend(handles, words, loc="upper right", handlelength=3.2)


def _forbidden(axes: Axes, best: pd.DataFrame) -> Artist | None:
    """Shade what no order can reach: fewer removals than the bound leave a component above the size."""
    import numpy as np

    known = best[best["bound"].notna()]
    if known.empty:
        return None
    edges = np.concatenate([[0.0], known["bound"].astype(float)])
    for left, right, floor in zip(edges[:-1], edges[1:], known["largest"], strict=True):
        shade = axes.fill_between([left, right], [0.5, 0.5], [floor, floor], color="#ECECEC", linewidth=0, zorder=0)
    return shade


def _bars(axes: Axes, scores: pd.DataFrame) -> None:
    """Removals until 10 % and 1 % for each strategy, as two dots on one line."""
    import numpy as np

    rows = np.arange(len(scores))
    ten, one = (scores[name].astype(float) for name in ("removals_10", "removals_1"))
    axes.hlines(rows, ten, one, color="#D5D5D5", linewidth=1.5, zorder=1)
    axes.scatter(ten, rows, s=20, marker="o", facecolor="white", edgecolor=INK, linewidth=0.9, zorder=3)
    axes.scatter(one, rows, s=20, marker="o", color=INK, zorder=3)
    axes.set_yticks(rows, [STRATEGIES[name][0].replace(" (least area, polished)", "") for name in scores["strategy"]])
    axes.set_ylim(len(scores) - 0.4, -0.9)
    axes.set_xlim(0, max(float(one.max(skipna=True) or 1.0), 1.0) * 1.1 if one.notna().any() else 1.0)
    axes.tick_params(axis="y", length=0, labelsize=6.4)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("nodes removed (○ 10 %, ● 1 %)", fontsize=6.2)
    axes.grid(axis="x", color="#E8E8E8", linewidth=0.5)
    for row, value in enumerate(scores["auc"]):
        told = "–" if value != value else f"{value:.2f}"  # noqa: PLR0124  (NaN is the one value that differs from itself)
        axes.text(1.30, row, told, transform=axes.get_yaxis_transform(), ha="right", va="center", fontsize=6.4)
    axes.text(1.30, -0.72, "area", transform=axes.get_yaxis_transform(), ha="right", fontsize=5.8, color=SOFT)


def _caption(scene: Scene, scores: pd.DataFrame, best: pd.DataFrame) -> str:
    graph = scene.study.graph
    return (
        f"Size of the largest connected component of the recorded network ({graph.vcount()} entities) after each "
        f"removal, for {len(scores)} orders of removal; logarithmic upwards. {_proved(best)} {_leading(scores)} The "
        "area is the sum, over removals, of the share of all entities that the largest component still holds, up to "
        "the first removal at which it is below 10 %; smaller is better. Every order treats the network as fixed: "
        "nobody is replaced (for that see the figure 'recovery') and no unrecorded tie exists. An order of removal "
        "follows positions in the recorded network; it is no list of targets."
    )


def _proved(best: pd.DataFrame) -> str:
    if best.empty:
        return "No smallest set was sought here: the network is too large, or falls apart no further."
    proven = best[best["proven"]]
    points = [f"{row['removals']:.0f} for {row['largest']}" for row in proven.to_dict("records")]
    return (
        f"Stars: the fewest removals after which no component is above a size, proved by integer programming "
        f"({len(proven)} of {len(best)} proved: {spoken(points)} entities); what lies in the grey area no "
        "order can reach."
    )


def _leading(scores: pd.DataFrame) -> str:
    known = scores.dropna(subset=["auc"]).sort_values(["auc", "strategy"])
    if known.empty:
        return ""
    low, high = known.iloc[0], known.iloc[-1]
    return (
        f"Areas run from {low['auc']:.2f} ({STRATEGIES[low['strategy']][0]}) to {high['auc']:.2f} "
        f"({STRATEGIES[high['strategy']][0]})."
    )


def _alt(scores: pd.DataFrame, best: pd.DataFrame) -> str:
    told = [
        f"{STRATEGIES[row['strategy']][0]}: {row['removals_10']} to 10 %, {row['removals_1']} to 1 %"
        for row in scores.to_dict("records")
    ]
    points = [
        f"{row['removals']:.0f} removals for {row['largest']}"
        for row in best[best["proven"]].head(5).to_dict("records")
    ]
    return (
        "Left: falling step curves of the largest component against the number of removals, with stars at the proved "
        f"smallest sets ({spoken(points)}). Right: removals that each order needs. {'; '.join(told)}."
    )
