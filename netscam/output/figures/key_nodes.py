"""Figure: the key-node set, what removing it would do, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from netscam.analysis.study import MEASURES
from netscam.output.figures.sheet import FIGURES, Drawn, Scene, new_sheet, proof_words, short, spoken
from netscam.output.figures.symbols import draw_nodes, present_types, type_handle, type_label
from netscam.output.style import FAINT, INK, SOFT, WEAK, WEAK_DASH

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from netscam.analysis.keynodes import KeyNodes

CURVES: Mapping[tuple[str, str], tuple[str, dict[str, Any]]] = {
    ("recorded", "exact"): ("all ties, exact", {"color": "#0072B2", "marker": "o", "linestyle": "solid"}),
    ("recorded", "greedy"): ("all ties, greedy", {"color": "#56B4E9", "marker": "x", "linestyle": (0, (3.2, 1.6))}),
    ("firm", "exact"): ("firm ties, exact", {"color": WEAK, "marker": "s", "linestyle": WEAK_DASH}),
}
ROW = 5.0


@FIGURES.add("key-nodes")
def key_nodes(scene: Scene) -> Drawn:
    """The key-node set: connected pairs left for k = 0 to 10, and the set of five with what it rests on."""
    table = _table(scene)
    height = max(74.0, 42.0 + ROW * len(table))
    figure, bottom, top = new_sheet(scene.data, height, "Key nodes: what removing them would leave")
    low, high = bottom + 9 / height, top - 6 / height
    curve = figure.add_axes((0.075, low, 0.315, high - low))
    _curve(curve, scene.study.curve, scene.study.k)
    _dots(figure.add_axes((0.70, low + 3.0 / height, 0.245, high - low - 3.0 / height)), table, scene)
    figure.text(0.006, top, "Connected pairs left", va="top", fontsize=7.5, fontweight="bold")
    figure.text(0.41, top, f"The sets of {scene.study.k}, and their ranks", va="top", fontsize=7.5, fontweight="bold")
    figure.legend(
        handles=[type_handle(name, type_label(name)) for name in present_types(table["type"])],
        loc="lower left",
        bbox_to_anchor=(0.41, bottom),
        ncols=5,
        borderpad=0.0,
        columnspacing=1.2,
        handletextpad=0.4,
        borderaxespad=0.0,
    )
    return Drawn(
        figure,
        "Key nodes: what removing them would leave",
        _caption(scene, table),
        _alt(scene, table),
        _numbers(scene),
        {"set": table},
    )


def _table(scene: Scene) -> pd.DataFrame:
    """Members of either set, those of the recorded network first."""
    import pandas as pd

    study = scene.study
    recorded, firm = list(study.keys.nodes), list(study.firm_keys.nodes)
    ids = [*recorded, *(node for node in firm if node not in recorded)]
    table = pd.DataFrame({"id": ids}).merge(study.ranks, on="id", validate="1:1").merge(study.ties, on="id")
    table.insert(3, "in_set", table["id"].isin(recorded))
    table.insert(4, "in_set_without_weak_ties", table["id"].isin(firm))
    return table


def _numbers(scene: Scene) -> pd.DataFrame:
    curve = scene.study.curve.copy()
    for name in ("nodes", "greedy_nodes"):
        curve[name] = curve[name].map(";".join)
    return curve


def _curve(axes: Axes, curve: pd.DataFrame, k: int) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    for (basis, column), (label, style) in CURVES.items():
        points = curve[curve["basis"] == basis]
        here = points.loc[points["k"].eq(k), column].iloc[0]
        told = f"{label} ({here:,.0f} at k = {k})"
        axes.plot(points["k"], points[column], label=told, markersize=3.2, linewidth=1.1, zorder=3, **style)
        open_ones = points[~points["proven"].astype(bool) & points["bound"].notna()]
        if column == "exact" and len(open_ones):
            axes.vlines(
                open_ones["k"],
                open_ones["bound"].astype(float),
                open_ones[column].astype(float),
                color=SOFT,
                linewidth=2.5,
            )
    axes.axvline(k, ymax=0.72, color=FAINT, linewidth=3.0, zorder=0)
    axes.set_ylim(0, None)
    axes.set_xlabel("nodes removed, k")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.grid(axis="y", color="#E8E8E8", linewidth=0.5)
    axes.legend(loc="upper right", borderaxespad=0.0)


def _dots(axes: Axes, table: pd.DataFrame, scene: Scene) -> None:
    """Names to the left, one dot for each measure's rank on a logarithmic scale."""
    import numpy as np

    for row, item in enumerate(table.to_dict("records")):
        ranks = np.array([item[name] for name in MEASURES], dtype=float)
        ranks = ranks[~np.isnan(ranks)]
        axes.plot([ranks.min(), ranks.max()], [row, row], color=FAINT, linewidth=1.0, zorder=1)
        axes.scatter(ranks, np.full(len(ranks), row), s=9, color=SOFT, linewidth=0, zorder=2)
        axes.scatter([item["betweenness"]], [row], s=30, marker="o", facecolor="none", edgecolor=INK, zorder=3)
        axes.scatter([item["degree"]], [row], s=22, marker="|", color=INK, linewidth=1.4, zorder=3)
    axes.set_xscale("log")
    axes.set_xlim(0.8, max(float(scene.study.graph.vcount()), 10.0))
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("rank (dots: all measures; ○ betweenness; | degree)", fontsize=6.2)
    axes.xaxis.set_major_formatter("{x:.0f}")
    axes.grid(axis="x", color="#E8E8E8", linewidth=0.5)
    _names(axes, table)


def _names(axes: Axes, table: pd.DataFrame) -> None:
    import numpy as np

    spot = axes.get_position()
    left = axes.figure.add_axes((0.41, spot.y0, 0.29, spot.height))
    right = axes.figure.add_axes((0.945, spot.y0, 0.05, spot.height))
    for side in (left, right):
        side.set_axis_off()
        side.set_xlim(0, 1)
        side.set_ylim(*axes.get_ylim())
    points = np.column_stack([np.full(len(table), 0.03), np.arange(len(table))])
    draw_nodes(left, points, np.full(len(table), 2.8), table["type"].tolist())
    for row, item in enumerate(table.to_dict("records")):
        weight = "bold" if item["in_set"] else "normal"
        left.text(0.075, row, short(item["name"], 32), va="center", fontsize=6.4, fontweight=weight)
        mark = {(True, True): "both", (True, False): "all ties", (False, True): "firm ties"}
        told = mark[bool(item["in_set"]), bool(item["in_set_without_weak_ties"])]
        left.text(0.985, row, told, va="center", ha="right", fontsize=5.6, color=SOFT)
        colour = WEAK if item["weak_ties"] else SOFT
        right.text(
            0.95, row, f"{item['weak_ties']}/{item['ties']}", va="center", ha="right", fontsize=6.2, color=colour
        )
    left.text(0.075, -0.72, "bold: set on all ties", va="bottom", fontsize=5.8, color=SOFT)
    left.text(0.985, -0.72, "in set", va="bottom", ha="right", fontsize=5.8, color=SOFT)
    right.text(0.95, -0.72, "weak ties", va="bottom", ha="right", fontsize=5.8, color=WEAK)


def _caption(scene: Scene, table: pd.DataFrame) -> str:
    study = scene.study
    names = dict(zip(study.scores["id"], study.scores["name"], strict=True))
    start = study.curve[study.curve["k"].eq(0)].set_index("basis")["exact"]
    kept = [node for node in study.keys.nodes if node in study.firm_keys.nodes]
    weak = table[table["in_set"] & table["weak_ties"].gt(0)]
    leaning = [f"{row['name']} ({row['weak_ties']} of {row['ties']})" for row in weak.to_dict("records")]
    both = f": {spoken([names[node] for node in kept])}" if kept else ""
    return (
        "Pairs of entities that can still reach each other after k entities are taken out: "
        f"{start['recorded']:,.0f} at the start; {_told(study.keys, study.k, start['recorded'])} The set: "
        f"{spoken([names[node] for node in study.keys.nodes])}. Of their ties, these are weak (probability below 0.5, "
        f"such as a shared village): {spoken(leaning)}. On firm ties alone (what --min-probability 0.5 leaves: the "
        "probability of a tie is that of the relation times the factor of its address) there are "
        f"{start['firm']:,.0f} pairs at the start, and {_told(study.firm_keys, study.k, start['firm'])} {len(kept)} of "
        f"{len(study.keys.nodes)} are in both "
        f"sets{both}. {_proof(study.curve)} A key node is a position in the recorded network, not a finding about "
        "conduct, and an address or a village cannot be taken out as such."
    )


def _told(keys: KeyNodes, k: int, start: float) -> str:
    if start == 0:
        return "no pair is connected, so that no set is better than another."
    others = len(keys.alternatives)
    same = f"; as good: {others} other {'set' if others == 1 else 'sets'}" if others else ""
    alone = "; no other set is as good" if keys.alternatives_complete and not others else ""
    return f"the best {k} leave {keys.value:,.0f} ({proof_words(keys)}{same}{alone})."


def _proof(curve: pd.DataFrame) -> str:
    exact = curve[curve["k"].gt(0)]
    worse = exact[exact["basis"].eq("recorded") & exact["greedy"].gt(exact["exact"])]["k"].tolist()
    proven = int(exact["proven"].sum())
    rest = "" if proven == len(exact) else "; grey bars reach down to the bound of others"
    greedy = f"is worse at k = {spoken([str(k) for k in worse])}" if worse else "is as good at every k shown"
    told = f"{proven} of {len(exact)} values of the exact curves are proven optimal{rest}"
    return f"{told}; greedy choice on all ties {greedy}."


def _alt(scene: Scene, table: pd.DataFrame) -> str:
    curve = scene.study.curve
    recorded = curve[curve["basis"].eq("recorded")].set_index("k")["exact"]
    steps = [f"{int(value):,} at k = {k}" for k, value in recorded.items() if k in (0, 1, 3, 5, 10)]
    members = [
        f"{row['name']} (betweenness rank {int(row['betweenness'])}, degree rank {int(row['degree'])}, "
        f"{row['weak_ties']} of {row['ties']} ties weak)"
        for row in table[table["in_set"]].to_dict("records")
    ]
    return (
        f"Left: line chart of connected pairs left against the number of nodes removed: {'; '.join(steps)}; a "
        f"greedy curve and a curve on firm ties alone beside it. Right: one row for each key node with its ranks: "
        f"{'; '.join(members)}."
    )
