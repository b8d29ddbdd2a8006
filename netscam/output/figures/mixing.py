"""Figure: ties by type, observed against what chance would give."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from netscam.graph.weak import WEAK_BELOW
from netscam.output.figures.sheet import FIGURES, Drawn, Scene, new_sheet, spoken
from netscam.output.figures.symbols import draw_nodes, present_types, type_label
from netscam.output.style import INK, PAPER, SOFT

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

CELL = 9.5
"""Height of a row in millimetres."""
TITLE = "Ties by type: recorded against chance"
STEPS = ((4.0, "#B2182B"), (2.0, "#E58267"), (1.25, "#FBDCC8"))
"""Fill of cells with more ties than chance gives, from so many times on; cells with fewer are the mirror in blue."""
FEWER = ((4.0, "#2166AC"), (2.0, "#67A9CF"), (1.25, "#D1E5F0"))
AS_CHANCE = "#F7F7F7"


@FIGURES.add("mixing")
def mixing_matrix(scene: Scene) -> Drawn:
    """Ties by type: the mixing matrix, observed against expected, with the assortativity of types."""
    from netscam.analysis.mixing import assortativity

    table = _table(scene)
    kinds = present_types(scene.study.scores["type"])
    height = CELL * len(kinds) + 36
    figure, bottom, top = new_sheet(scene.data, height, TITLE)
    low = bottom + 1.5 / height
    axes = figure.add_axes((0.20, low, min(0.59, 0.085 * len(kinds)), CELL * len(kinds) / height))
    _cells(axes, table, kinds)
    _sides(axes, scene, kinds)
    _legend(axes, top)
    value = assortativity(scene.study.graph)
    words = "Assortativity of types: " + (f"{value:.2f}" if value == value else "not defined")  # noqa: PLR0124
    figure.text(0.99, top + 0.5 / height, words, ha="right", va="top", fontsize=6.5, fontweight="bold")
    return Drawn(figure, TITLE, _caption(scene, table), _alt(scene, table), table)


def _table(scene: Scene) -> pd.DataFrame:
    """Columns ``one, other, ties, expected, ratio, weak_ties``, one row for each pair of types that occur."""
    import numpy as np
    import pandas as pd

    from netscam.analysis.mixing import expected_mixing
    from netscam.analysis.summary import mixing

    graph = scene.study.graph
    observed, expected = mixing(graph), expected_mixing(graph)
    weak = graph.subgraph_edges([edge.index for edge in graph.es if edge["probability"] < WEAK_BELOW], False)
    frail = mixing(weak)
    kinds = present_types(observed.index)
    rows = [
        (one, other, observed.loc[one, other], expected.loc[one, other], frail.loc[one, other])
        for place, one in enumerate(kinds)
        for other in kinds[place:]
    ]
    table = pd.DataFrame(rows, columns=["one", "other", "ties", "expected", "weak_ties"])
    ratio = table["ties"] / table["expected"].where(table["expected"].gt(0))
    return table.assign(ratio=np.round(ratio, 12))[["one", "other", "ties", "expected", "ratio", "weak_ties"]]


def _fill(ties: int, expected: float) -> str:
    """Colour by how many times more or fewer ties than chance; white where chance would give less than half a tie."""
    if expected < 0.5 and ties == 0:
        return PAPER
    ratio = ties / expected if expected else float("inf")
    for limit, colour in STEPS:
        if ratio >= limit:
            return colour
    for limit, colour in FEWER:
        if ratio <= 1 / limit:
            return colour
    return AS_CHANCE


def _cells(axes: Axes, table: pd.DataFrame, kinds: list[str]) -> None:
    from matplotlib.patches import Rectangle

    place = {name: number for number, name in enumerate(kinds)}
    for item in table.to_dict("records"):
        row, column = place[item["other"]], place[item["one"]]
        fill = _fill(int(item["ties"]), float(item["expected"]))
        axes.add_patch(Rectangle((column - 0.48, row - 0.47), 0.96, 0.94, facecolor=fill, linewidth=0))
        ink = PAPER if fill in (STEPS[0][1], FEWER[0][1]) else INK
        axes.text(
            column, row - 0.14, f"{item['ties']}", ha="center", va="center", fontsize=7.5, color=ink, weight="bold"
        )
        sign = _sign(int(item["ties"]), float(item["expected"]))
        told = f"{sign} {item['expected']:.1f}"
        axes.text(column, row + 0.26, told, ha="center", va="center", fontsize=5.4, color=ink)
    axes.set_xlim(-0.5, len(kinds) - 0.5)
    axes.set_ylim(len(kinds) - 0.5, -0.5)
    axes.set_axis_off()


def _sign(ties: int, expected: float) -> str:
    """Whether there are more (▲) or fewer (▼) ties than chance gives, or about as many: so that greys read too."""
    if ties >= 1.25 * expected and ties > 0:
        return "▲"
    return "▼" if ties <= expected / 1.25 and expected >= 0.5 else "≈"


def _sides(axes: Axes, scene: Scene, kinds: list[str]) -> None:
    """Types with their numbers to the left and above, and the share of tie ends at each type to the right."""
    import numpy as np

    graph = scene.study.graph
    spot, figure = axes.get_position(), axes.figure
    left = figure.add_axes((0.0, spot.y0, spot.x0, spot.height))
    right = figure.add_axes((0.825, spot.y0, 0.17, spot.height))
    types = np.array(graph.vs["type"], dtype=object)
    degrees = np.array(graph.degree(), dtype=float)
    ends = [degrees[types == name].sum() / max(degrees.sum(), 1) for name in kinds]
    left.set_axis_off()
    left.set_xlim(0, 1)
    left.set_ylim(*axes.get_ylim())
    rows = np.arange(len(kinds))
    draw_nodes(left, np.column_stack([np.full(len(kinds), 0.05), rows]), np.full(len(kinds), 3.0), kinds)
    for row, name in enumerate(kinds):
        left.text(0.11, row, f"{type_label(name)} ({(types == name).sum()})", va="center", fontsize=6.6)
        # A column begins at its diagonal: its name stands right above, where the triangle is empty.
        axes.text(row, row - 0.55, type_label(name), fontsize=5.6, rotation=18, ha="left", va="bottom", color=SOFT)
    right.barh(rows, ends, height=0.55, color="#9A9A9A")
    for row, share in enumerate(ends):
        right.text(share + 0.01, row, f"{100 * share:.0f} %", va="center", fontsize=6.2)
    right.set_xlim(0, max([*ends, 0.01]) * 1.35)
    right.set_ylim(*axes.get_ylim())
    right.set_axis_off()
    right.text(0, -0.75, "tie ends", fontsize=6.2, color=SOFT, va="bottom")


def _legend(axes: Axes, top: float) -> None:
    from matplotlib.patches import Patch

    words = [("4 times and more", STEPS[0][1]), ("2 to 4 times", STEPS[1][1]), ("1.25 to 2 times", STEPS[2][1])]
    words += [("about as chance", AS_CHANCE), ("down to half", FEWER[2][1]), ("to a quarter", FEWER[1][1])]
    words += [("a quarter and less", FEWER[0][1])]
    handles = [Patch(facecolor=colour, edgecolor="#CCCCCC", linewidth=0.4, label=label) for label, colour in words]
    legend = axes.figure.legend(
        handles=handles,
        title="Recorded ties (bold) against chance (small; ▲ more, ▼ fewer)",
        loc="upper left",
        bbox_to_anchor=(0.006, top + 0.005),
        ncols=7,
        fontsize=6.0,
        alignment="left",
        borderpad=0.0,
        borderaxespad=0.0,
        columnspacing=1.0,
        handletextpad=0.4,
        handlelength=1.4,
        title_fontproperties={"size": 6.5, "weight": "bold"},
    )
    legend.set_zorder(9)


def _caption(scene: Scene, table: pd.DataFrame) -> str:
    from netscam.analysis.mixing import assortativity

    graph = scene.study.graph
    value = assortativity(graph)
    coefficient = "is not defined here" if value != value else f"is {value:.2f}"  # noqa: PLR0124
    told = table[table["expected"].ge(1)]
    more = told.sort_values(["ratio", "one", "other"], ascending=[False, True, True]).head(3)
    fewer = told.sort_values(["ratio", "one", "other"]).head(3)
    weak = table[table["weak_ties"].gt(0)].sort_values(["weak_ties", "one", "other"], ascending=[False, True, True])
    frail = [f"{_pair(row)} ({row['weak_ties']})" for row in weak.head(3).to_dict("records")]
    excess, wanting = ([_ratio(row) for row in part.to_dict("records")] for part in (more, fewer))
    return (
        f"Ties of the recorded network by the types that they join ({graph.ecount()} ties), and in small print how "
        "many random wiring with the same degrees would give: K_a K_b / 2m between two types, K_a² / 4m within one. "
        f"Most in excess, where chance gives at least one: {spoken(excess)}. "
        f"Most wanting: {spoken(wanting)}. The assortativity of types (Newman "
        f"2003; 1: ties stay within a type, 0: types play no part, below 0: ties join unlike types) {coefficient}. "
        f"Weak ties (probability below 0.5) lie most between {spoken(frail)}. The schema allows some pairs only, and "
        "lists print companies with addresses: much of the pattern is how the record is kept, not how people meet."
    )


def _pair(row: Mapping[Hashable, Any]) -> str:
    return f"{type_label(str(row['one'])).lower()} and {type_label(str(row['other'])).lower()}"


def _ratio(row: Mapping[Hashable, Any]) -> str:
    return f"{_pair(row)} ({row['ties']} against {float(str(row['expected'])):.1f})"


def _alt(scene: Scene, table: pd.DataFrame) -> str:
    most = table.sort_values(["ties", "one", "other"], ascending=[False, True, True]).head(5)
    return (
        f"Triangular matrix of {len(table)} cells, one for each pair of types in the recorded network; red cells hold "
        "more ties than chance gives, blue ones fewer. Most ties: "
        f"{spoken([_ratio(row) for row in most.to_dict('records')])}. Bars to the right show the share of tie ends at "
        f"each of {scene.study.scores['type'].nunique()} types."
    )
