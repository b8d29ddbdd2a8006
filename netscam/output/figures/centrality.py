"""Figure: the centralities compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.analysis.study import MEASURES
from netscam.output.figures.sheet import FIGURES, Drawn, Scene, new_sheet, short, spoken
from netscam.output.figures.symbols import draw_nodes, present_types, type_handle, type_label
from netscam.output.style import INK, PAPER, SOFT, WEAK

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

SHOWN = 20
ROW = 4.6
"""Height of a row in millimetres."""
BANDS = ((1, "#08306B"), (3, "#2171B5"), (10, "#6BAED6"), (20, "#C6DBEF"), (50, "#EAF2FA"))
"""Fill up to each rank, dark to light, so that it also reads in grey."""
LABELS = {
    "degree": "Degree",
    "betweenness": "Between-\nness",
    "harmonic": "Harmonic",
    "pagerank": "PageRank",
    "eigenvector": "Eigen-\nvector",
    "coreness": "Coreness",
    "constraint": "Constraint\n(low first)",
    "collective_influence": "Collective\ninfluence",
}


@FIGURES.add("centrality")
def centrality(scene: Scene) -> Drawn:
    """The centralities compared: the rank of the leading nodes under each measure."""
    table = _table(scene)
    height = 28 + ROW * len(table) + 9
    figure, bottom, top = new_sheet(scene.data, height, "Ranks under eight measures of position")
    axes = figure.add_axes((0.33, bottom + 8 / height, 0.66, top - bottom - (8 + 9) / height))
    _cells(axes, table)
    _rows(axes, table)
    figure.legend(
        handles=[type_handle(name, type_label(name)) for name in present_types(table["type"])],
        loc="lower left",
        bbox_to_anchor=(0.005, bottom),
        ncols=7,
        borderpad=0.0,
        columnspacing=1.4,
        handletextpad=0.4,
        borderaxespad=0.0,
    )
    return Drawn(
        figure,
        "Ranks under eight measures of position",
        _caption(scene, table),
        _alt(table),
        table,
        {"scores": scene.study.scores, "ranks": scene.study.ranks},
    )


def _table(scene: Scene) -> pd.DataFrame:
    """The leading nodes by mean reciprocal rank, so that a first place under any measure counts.

    Equals count with the mean of the places that they share: a first place shared by forty is worth little.
    """
    import pandas as pd

    study = scene.study
    table = study.ranks.merge(study.ties, on="id", validate="1:1")
    table["key_node"] = table["id"].isin(study.keys.nodes)
    for name in MEASURES:
        table[f"{name}_shared_by"] = shared_by(table[name])
    worth = pd.DataFrame({name: 1.0 / (table[name] + (table[f"{name}_shared_by"] - 1) / 2) for name in MEASURES})
    table["mean_reciprocal_rank"] = worth.fillna(0.0).mean(axis=1).round(12)
    table = table.sort_values(["mean_reciprocal_rank", "id"], ascending=[False, True])
    return table.head(SHOWN).reset_index(drop=True)


def shared_by(ranks: pd.Series[float]) -> pd.Series[int]:
    """How many entities share each rank; 0 where it is undefined."""
    return ranks.map(ranks.value_counts()).fillna(0).astype(int)


def _cells(axes: Axes, table: pd.DataFrame) -> None:
    from matplotlib.patches import Rectangle

    for row, item in enumerate(table.to_dict("records")):
        for column, name in enumerate(MEASURES):
            rank, shared = float(item[name]), int(item[f"{name}_shared_by"])
            last = rank + shared - 1
            fill = next((colour for limit, colour in BANDS if last <= limit), PAPER)
            axes.add_patch(Rectangle((column - 0.48, row - 0.46), 0.96, 0.92, facecolor=fill, linewidth=0))
            dark = last <= BANDS[1][0]
            axes.text(
                column,
                row,
                f"{int(rank)}{'=' if shared > 1 else ''}" if shared else "–",
                ha="center",
                va="center",
                fontsize=6.5,
                color=PAPER if dark else INK,
                fontweight="bold" if dark else "normal",
            )
    axes.set_xlim(-0.5, len(MEASURES) - 0.5)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_xticks(range(len(MEASURES)), [LABELS[name] for name in MEASURES], fontsize=6.5)
    axes.set_yticks([])
    axes.tick_params(axis="x", top=False, bottom=False, labeltop=True, labelbottom=False, pad=1)
    axes.spines[:].set_visible(False)


def _rows(axes: Axes, table: pd.DataFrame) -> None:
    """Symbol, name, key-node mark and share of weak ties to the left of the matrix."""
    import numpy as np

    left = axes.figure.add_axes((0.0, axes.get_position().y0, 0.33, axes.get_position().height))
    left.set_axis_off()
    left.set_xlim(0, 1)
    left.set_ylim(*axes.get_ylim())
    rows = np.arange(len(table))
    points = np.column_stack([np.full(len(table), 0.035), rows])
    draw_nodes(left, points, np.full(len(table), 2.6), table["type"].tolist())
    for row, item in enumerate(table.to_dict("records")):
        key = bool(item["key_node"])
        left.text(
            0.075, row, short(item["name"], 34), va="center", fontsize=6.4, fontweight="bold" if key else "normal"
        )
        if item["weak_ties"]:
            told = f"{item['weak_ties']}/{item['ties']}"
            left.text(0.985, row, told, va="center", ha="right", fontsize=6.2, color=WEAK, fontweight="bold")
    left.text(0.075, -0.75, "bold: in the key-node set", va="bottom", fontsize=5.8, color=SOFT)
    left.text(0.985, -0.75, "weak ties", va="bottom", ha="right", fontsize=5.8, color=WEAK)


def _caption(scene: Scene, table: pd.DataFrame) -> str:
    firsts = {
        name: table.loc[table[name].eq(1) & table[f"{name}_shared_by"].eq(1), "name"].tolist() for name in MEASURES
    }
    leaders: dict[str, list[str]] = {}
    for measure, names in firsts.items():
        for name in names:
            leaders.setdefault(name, []).append(measure.replace("_", " "))
    told = [f"{name} ({spoken(measures)})" for name, measures in leaders.items()]
    weak = table[table["weak_ties"].gt(0)]
    return (
        f"Ranks of the {len(table)} leading entities among {scene.study.graph.vcount()} under {len(MEASURES)} measures "
        "on the unweighted analysis graph, ordered by mean reciprocal rank; 1 is the most central. Equals share the "
        "better rank (=) and are shaded, darker for better, by the last place that they share; for constraint the "
        f"lowest value comes first. First alone: {spoken(told)}. The number before the matrix counts weak ties "
        f"(probability below 0.5): {len(weak)} of the {len(table)} have some. Ranks describe position in the recorded "
        "network, which is fuller for listed groups than for others."
    )


def _alt(table: pd.DataFrame) -> str:
    told = []
    for row in table.head(5).to_dict("records"):
        ranks = [int(row[name]) for name in MEASURES if row[f"{name}_shared_by"]]
        told.append(f"{row['name']}: {min(ranks)} to {max(ranks)}")
    return (
        f"Table of {len(table)} rows (entities) and {len(MEASURES)} columns (measures); each cell holds a rank and is "
        f"darker the better it is. Best and worst rank of the first five rows: {'; '.join(told)}."
    )
