"""Figure: ranks with intervals, under the main measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.analysis.study import MEASURES
from netscam.output.figures.sheet import DOUBTED, FIGURES, Drawn, Scene, new_sheet, short, spoken
from netscam.output.figures.symbols import draw_nodes, present_types, type_handle, type_label
from netscam.output.style import FAINT, INK, PAPER, SOFT

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

SHOWN = 20
ROW = 4.1
"""Height of a row in millimetres."""
HEAD = 9.0
"""Millimetres of a panel above its rows."""
TITLE = "Ranks with intervals"
TOLD = {name: name.replace("_", " ").capitalize() for name in MEASURES} | {"pagerank": "PageRank"}


@FIGURES.add("rank-intervals")
def rank_intervals(scene: Scene) -> Drawn:
    """Ranks with intervals: the top 20 under each main measure, with the probability of the top 10."""
    table = _table(scene)
    rows = int(table["measure"].value_counts().max())
    tall = HEAD + ROW * rows
    height = 2 * tall + 33
    figure, bottom, top = new_sheet(scene.data, height, TITLE)
    size = scene.study.graph.vcount()
    for number, measure in enumerate(DOUBTED):
        line, column = divmod(number, 2)
        mine = table[table["measure"] == measure].reset_index(drop=True)
        low = top - ((line + 1) * tall + line * 6.5) / height
        _panel(figure, (0.5 * column, low, 0.5, ROW * len(mine) / height), mine, size)
        up = low + (ROW * rows + HEAD - 2.5) / height
        figure.text(0.5 * column + 0.006, up, TOLD[measure], va="top", fontsize=7.5, fontweight="bold")
    _legends(figure, bottom, height, table)
    return Drawn(figure, TITLE, _caption(scene, table), _alt(table), table, {"all": scene.doubt.to_frame()})


def _table(scene: Scene) -> pd.DataFrame:
    """The first under each measure; of equals the one that is more often in the top 10, then the lower id."""
    import pandas as pd

    table = scene.doubt.to_frame()
    parts = [
        table[table["measure"] == measure]
        .sort_values(["rank", "p_top", "id"], ascending=[True, False, True], kind="stable")
        .head(SHOWN)
        for measure in DOUBTED
    ]
    columns = ["measure", "id", "name", "type", "rank", "median", "low", "high", "p_top"]
    return pd.concat(parts, ignore_index=True)[columns]


def _panel(figure: Figure, box: tuple[float, float, float, float], mine: pd.DataFrame, size: int) -> None:
    """Names to the left, whisker and dot for each, and P(top 10) to the right."""
    import numpy as np

    left, low, wide, high = box
    axes = figure.add_axes((left + 0.475 * wide, low, 0.405 * wide, high))
    rows = np.arange(len(mine))
    axes.hlines(rows, mine["low"], mine["high"], color=SOFT, linewidth=1.3, zorder=2)
    axes.scatter(mine["low"], rows, marker="|", s=10, color=SOFT, linewidth=0.9, zorder=2)
    axes.scatter(mine["high"], rows, marker="|", s=10, color=SOFT, linewidth=0.9, zorder=2)
    axes.scatter(mine["median"], rows, s=13, color=INK, linewidth=0, zorder=4)
    axes.scatter(mine["rank"], rows, s=26, marker="D", facecolor="none", edgecolor="#0072B2", linewidth=0.9, zorder=3)
    axes.axvspan(0.5, 10.5, color="#F2F2F2", linewidth=0, zorder=0)
    axes.set_xscale("log")
    axes.set_xlim(0.8, max(1.3 * size, 12.0))
    axes.set_ylim(len(mine) - 0.5, -0.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_formatter("{x:.0f}")
    axes.grid(axis="x", color="#E2E2E2", linewidth=0.5)
    axes.tick_params(axis="x", which="both", labelsize=6, pad=1)
    _words(axes, (left, low, wide, high), mine)


def _words(axes: Axes, box: tuple[float, float, float, float], mine: pd.DataFrame) -> None:
    import numpy as np

    left, low, wide, high = box
    names = axes.figure.add_axes((left, low, 0.47 * wide, high))
    chance = axes.figure.add_axes((left + 0.885 * wide, low, 0.105 * wide, high))
    for side in (names, chance):
        side.set_axis_off()
        side.set_xlim(0, 1)
        side.set_ylim(*axes.get_ylim())
    points = np.column_stack([np.full(len(mine), 0.04), np.arange(len(mine))])
    draw_nodes(names, points, np.full(len(mine), 2.3), mine["type"].tolist())
    for row, item in enumerate(mine.to_dict("records")):
        names.text(0.085, row, short(item["name"], 31), va="center", fontsize=6.0)
        chance.text(0.97, row, _percent(item["p_top"]), va="center", ha="right", fontsize=6.0)
    names.text(1.0, len(mine) - 0.05, "rank", va="center", ha="right", fontsize=5.6, color=SOFT)
    chance.text(0.97, -0.75, "P(top 10)", va="bottom", ha="right", fontsize=5.6, color=SOFT)


def _percent(share: float) -> str:
    """Share as per cent: never 0 or 100 unless it is."""
    if 0 < share < 0.01:
        return "<1 %"
    return ">99 %" if 0.99 < share < 1 else f"{100 * share:.0f} %"


def _legends(figure: Figure, bottom: float, height: float, table: pd.DataFrame) -> None:
    from matplotlib.lines import Line2D

    style = {"borderpad": 0.0, "handletextpad": 0.6, "borderaxespad": 0.0, "fontsize": 6.2}
    kinds = [type_handle(name, type_label(name)) for name in present_types(table["type"])]
    spot = (0.006, bottom)
    figure.legend(handles=kinds, loc="lower left", bbox_to_anchor=spot, ncols=10, columnspacing=1.2, **style)
    marks: list[Line2D] = [
        Line2D([], [], linestyle="none", marker="o", markersize=3.6, color=INK, label="median of the draws"),
        Line2D([], [], color=SOFT, linewidth=1.3, label="interval of 90 % of the draws"),
        Line2D(
            [], [], linestyle="none", marker="D", markersize=4.6, markerfacecolor=PAPER, markeredgecolor="#0072B2",
            label="rank on the record as it is",
        ),
        Line2D([], [], color="#EDEDED", linewidth=6, label="top 10"),
    ]  # fmt: skip
    above = (0.006, bottom + 4.2 / height)
    figure.legend(handles=marks, loc="lower left", bbox_to_anchor=above, ncols=4, columnspacing=1.6, **style)
    line = Line2D([0.5, 0.5], [bottom + 11 / height, 0.95], transform=figure.transFigure, color=FAINT, linewidth=0.4)
    figure.add_artist(line)


def _caption(scene: Scene, table: pd.DataFrame) -> str:
    told = scene.doubt.parameters
    parts = []
    for measure in DOUBTED:
        mine = table[table["measure"] == measure]
        sure = mine.loc[mine["p_top"].ge(0.9), "name"].tolist()
        propped = mine.loc[mine["rank"].lt(mine["low"]), "name"].tolist()
        words = f"{TOLD[measure]}: in the top 10 of at least nine draws in ten: {spoken(sure)}"
        words += f"; ranked better on the record than the whole interval: {spoken(propped)}" if propped else ""
        parts.append(words)
    return (
        f"The {SHOWN} leading entities under each of {len(DOUBTED)} measures, with what is left of their rank when the "
        f"recorded evidence is doubted as it is graded. {told['draws']} networks were drawn from the evidence (prior "
        f"{told['prior']!r}, seed {told['seed']}): each draw decides which origins are reliable and which of their "
        "claims hold. Dot: median rank; whisker: 90 % of the draws; diamond: rank with every recorded tie; P(top 10): "
        f"share of the draws with rank 10 or better. Scale logarithmic; equals share the better rank. "
        f"{'. '.join(parts)}. The intervals cover the doubt that the grades express, not what the record misses; a "
        "rank is a position in the recorded network, never guilt."
    )


def _alt(table: pd.DataFrame) -> str:
    told = []
    for measure in DOUBTED:
        first = table[table["measure"] == measure].head(3)
        rows = [
            f"{row['name']} {row['median']:.0f} ({row['low']:.0f} to {row['high']:.0f})"
            for row in first.to_dict("records")
        ]
        told.append(f"{TOLD[measure]}: {'; '.join(rows)}")
    return (
        f"Four panels, one for each measure, each with up to {SHOWN} rows: a dot with a whisker on a logarithmic rank "
        "axis and the probability of the top 10 beside it. Median and interval of the first three rows. "
        f"{'. '.join(told)}."
    )
