"""Figure: the communities, who is in them and what ties them together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.graph.weak import WEAK_BELOW
from netscam.output.figures.sheet import FIGURES, Drawn, Scene, new_sheet, short, spoken
from netscam.output.figures.symbols import draw_nodes, present_types, type_handle, type_label
from netscam.output.style import INK, PAPER, WEAK

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

SHOWN = 10
LONGEST = 93.0
"""Millimetres that the longest bar may take."""
MOST_DEEP = 5
"""Symbols stacked above each other, before one symbol has to stand for several members."""
PITCH = 2.35
"""Millimetres from symbol to symbol."""
HEADING = 3.6
"""Millimetres above each bar."""


@FIGURES.add("communities")
def communities(scene: Scene) -> Drawn:
    """The largest communities: members by type, and the ties inside and between them."""
    members, between = _members(scene), _between(scene)
    shown = _shown(members)
    unit, deep = _stack(members, shown)
    height = (deep * PITCH + HEADING) * max(len(shown), 2) + 29
    figure, bottom, top = new_sheet(scene.data, height, "The largest communities and the ties between them")
    low, high = bottom + 9 / height, top - 6 / height
    bars = figure.add_axes((0.0, low, 0.60, high - low))
    matrix = figure.add_axes((0.655, low, 0.335, high - low))
    _bars(bars, members, shown, (unit, deep))
    _matrix(matrix, between, shown)
    figure.text(0.006, top, _heading(unit), va="top", fontsize=7.5, fontweight="bold")
    figure.text(0.655, top, "Ties inside (diagonal) and between", va="top", fontsize=7.5, fontweight="bold")
    figure.legend(
        handles=[type_handle(name, type_label(name), 4.4) for name in present_types(members["type"])],
        loc="lower left",
        bbox_to_anchor=(0.005, bottom),
        ncols=9,
        fontsize=6.2,
        borderpad=0.0,
        columnspacing=0.9,
        handletextpad=0.2,
        borderaxespad=0.0,
    )
    return Drawn(
        figure,
        "The largest communities and the ties between them",
        _caption(scene, members, between, shown),
        _alt(members, between, shown),
        members.groupby(["community", "type"], as_index=False).agg(members=("id", "size")),
        {"members": members, "ties": between},
    )


def _members(scene: Scene) -> pd.DataFrame:
    members = scene.study.scores[["id", "name", "type"]].copy()
    members["community"] = members["id"].map(scene.study.partition.membership).astype(int)
    members["unstable"] = members["id"].map(scene.study.partition.unstable).astype(bool)
    members["ties"] = scene.study.ties["ties"].to_numpy()
    return members.sort_values(["community", "id"], ignore_index=True)


def _between(scene: Scene) -> pd.DataFrame:
    """Ties by pair of communities: columns ``one, other, ties, weak_ties``; inner ties where both are equal."""
    import numpy as np
    import pandas as pd

    graph = scene.study.graph
    community = scene.study.partition.membership.reindex(graph.vs["name"]).to_numpy(dtype=int)
    ends = np.sort(community[np.array(graph.get_edgelist(), dtype=int)], axis=1)
    ties = pd.DataFrame(
        {"one": ends[:, 0], "other": ends[:, 1], "weak": np.array(graph.es["probability"]) < WEAK_BELOW}
    )
    grouped = ties.groupby(["one", "other"], as_index=False).agg(ties=("weak", "size"), weak_ties=("weak", "sum"))
    return grouped.sort_values(["one", "other"], ignore_index=True)


def _shown(members: pd.DataFrame) -> list[int]:
    sizes = members["community"].value_counts()
    ordered = sorted((-int(size), int(str(number))) for number, size in sizes.items() if size > 1)
    return [number for _, number in ordered[:SHOWN]]


def _hubs(members: pd.DataFrame) -> dict[int, list[str]]:
    """Names of the two best-connected members of every community."""
    ordered = members.sort_values(["community", "ties", "id"], ascending=[True, False, True])
    return {int(str(number)): group["name"].head(2).tolist() for number, group in ordered.groupby("community")}


def _stack(members: pd.DataFrame, shown: list[int]) -> tuple[int, int]:
    """How many members a symbol stands for, and how many symbols stand above each other, so that all bars fit."""
    import math

    largest = max((int((members["community"] == number).sum()) for number in shown), default=1)
    room = int(LONGEST / PITCH)
    unit = next(
        step for step in (1, 2, 5, 10, 20, 50, 100, 1_000, 10_000, largest) if largest <= step * room * MOST_DEEP
    )
    return unit, max(2, math.ceil(largest / unit / room))


def _heading(unit: int) -> str:
    each = "one symbol each" if unit == 1 else f"one symbol for up to {unit} of a type"
    return f"Members by type, {each}"


def _bars(axes: Axes, members: pd.DataFrame, shown: list[int], stack: tuple[int, int]) -> None:
    import numpy as np

    unit, deep = stack
    hubs = _hubs(members)

    axes.set_axis_off()
    span = axes.get_position()
    sheet: Any = axes.figure  # the figure itself, never the SubFigure of the annotation, which has no size in inches
    wide, high = sheet.get_size_inches() * 25.4
    axes.set_xlim(0, span.width * wide)
    axes.set_ylim(span.height * high, 0)
    step = span.height * high / max(len(shown), 1)
    for row, number in enumerate(shown):
        mine = members[members["community"] == number]
        kinds = _symbols(mine["type"], unit)
        column, line = np.divmod(np.arange(len(kinds)), deep)
        base = row * step + HEADING - 0.2
        points = np.column_stack([8.5 + column * PITCH, base + (line + 0.5) * PITCH])
        draw_nodes(axes, points, np.full(len(kinds), 2.25), kinds)
        heading = " · ".join(short(name, 38) for name in hubs[number])
        axes.text(1.0, base + deep * PITCH / 2, f"C{number}", fontsize=7.5, fontweight="bold", va="center")
        axes.text(7.3, base - 0.3, f"{len(mine)}  {heading}", fontsize=5.9, va="bottom", color=INK)


def _symbols(types: pd.Series[str], unit: int) -> list[str]:
    """One type name for each symbol of a bar."""
    counts = types.value_counts()
    return [name for name in present_types(types) for _ in range(-(-int(counts[name]) // unit))]


def _matrix(axes: Axes, between: pd.DataFrame, shown: list[int]) -> None:
    import numpy as np
    from matplotlib.patches import Rectangle

    place = {number: row for row, number in enumerate(shown)}
    most = max(int(between["ties"].max()), 1)
    for one, other, ties, weak in between.itertuples(index=False, name=None):
        if one not in place or other not in place:
            continue
        for row, column in {(place[one], place[other]), (place[other], place[one])}:
            depth = float(np.sqrt(ties / most))
            grey = 1 - 0.85 * depth
            axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=(grey, grey, grey), linewidth=0))
            ink = PAPER if grey < 0.5 else INK
            axes.text(column, row, f"{ties}", ha="center", va="center", fontsize=6.5, color=ink)
            if weak and row != column:
                whole = weak == ties
                axes.add_patch(
                    Rectangle(
                        (column - 0.44, row - 0.44),
                        0.88,
                        0.88,
                        fill=False,
                        edgecolor=WEAK,
                        linewidth=1.0,
                        linestyle="solid" if not whole else (0, (2.4, 1.2)),
                    )
                )
                axes.text(column + 0.4, row + 0.4, f"{weak}", ha="right", va="bottom", fontsize=5, color=WEAK)
    ticks = [f"C{number}" for number in shown]
    axes.set_xlim(-0.5, len(shown) - 0.5)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.set_xticks(range(len(shown)), ticks)
    axes.set_yticks(range(len(shown)), ticks)
    axes.tick_params(top=False, bottom=False, left=False, labeltop=False, labelbottom=True, pad=1)
    axes.set_xticks(np.arange(len(shown) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(shown) + 1) - 0.5, minor=True)
    axes.grid(which="minor", color="#E4E4E4", linewidth=0.4)
    axes.tick_params(which="minor", length=0)
    axes.spines[:].set_visible(False)


def _caption(scene: Scene, members: pd.DataFrame, between: pd.DataFrame, shown: list[int]) -> str:
    sizes = members["community"].value_counts()
    count = int((sizes > 1).sum())
    inside = int(between.loc[between["one"] == between["other"], "ties"].sum())
    across = between[between["one"] != between["other"]]
    hanging = across[across["weak_ties"].eq(across["ties"])]
    pairs = [f"C{row.one} with C{row.other}" for row in hanging.itertuples() if {row.one, row.other} <= set(shown)]
    told = f" Held together by weak ties alone: {spoken(pairs)}." if pairs else ""
    return (
        f"Communities of the unweighted analysis graph: {count} of two or more members, of which the {len(shown)} "
        f"largest are shown, each with its best-connected members named. {_found(scene, members)} {inside} ties run "
        f"inside communities and {int(across['ties'].sum())} between them. Framed cells hold weak ties (probability "
        "below 0.5; small number), and the frame is dashed where all ties of the cell are weak: "
        f"{len(hanging)} of {len(across)} pairs.{told} A community is a part of the recorded network with many ties "
        "inside, often because one document names them all; it is not an organisation, and membership says nothing "
        "about conduct."
    )


def _found(scene: Scene, members: pd.DataFrame) -> str:
    """How they were found and how sure that is."""
    partition, chance = scene.study.partition, scene.study.significance
    runs, threshold = partition.parameters["runs"], partition.parameters["threshold"]
    notes = "".join(f" {note}" for note in partition.notes)
    return (
        f"Method: {partition.method}, the most agreeing of {runs} runs from seed {partition.seed}; modularity "
        f"{partition.modularity:.3f}, against {chance.null_mean:.3f} ± {chance.null_sd:.3f} in {chance.draws} random "
        f"networks of the same degrees (p = {chance.p:.3f}). Members that other runs often put elsewhere (stability "
        f"below {threshold:g}): {int(members['unstable'].sum())}.{notes}"
    )


def _alt(members: pd.DataFrame, between: pd.DataFrame, shown: list[int]) -> str:
    sizes = members["community"].value_counts()
    kinds = members.groupby("community")["type"].agg(lambda types: str(types.value_counts().index[0]))
    told = [
        f"C{number} has {sizes[number]} members, most of type {type_label(str(kinds[number])).lower()}"
        for number in shown[:5]
    ]
    across = between[between["one"].ne(between["other"]) & between["one"].isin(shown) & between["other"].isin(shown)]
    strongest = across.sort_values(["ties", "one", "other"], ascending=[False, True, True]).head(3)
    pairs = [f"C{row.one} with C{row.other} ({row.ties})" for row in strongest.itertuples()]
    return (
        f"Left: bars of symbols, one for each member, by type, for {len(shown)} communities; {'; '.join(told)}. Right: "
        f"square matrix of the ties among these communities; most ties run inside them. Most ties between two: "
        f"{spoken(pairs)}."
    )
