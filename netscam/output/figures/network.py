"""Figure: the network map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.graph.weak import WEAK_BELOW
from netscam.output.figures.labels import Label, place_labels
from netscam.output.figures.sheet import FIGURES, Drawn, Scene, fill_axes, new_sheet, proof_words, short, spoken
from netscam.output.figures.symbols import (
    draw_nodes,
    line_style,
    present_types,
    tie_handles,
    tie_table,
    type_handle,
    type_label,
)
from netscam.output.style import INK, MM, PAGE_WIDTH, SOFT, TINTS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    Points = npt.NDArray[np.float64]

SIZES = ((5, 4.4), (20, 3.3), (50, 2.5))
"""Radius in points up to each rank."""
SMALLEST = 1.75
LABELLED = 16
TINTED_FROM = 5
"""Communities with fewer members get no tint."""


def radius_of(rank: float) -> float:
    """Radius in points of a node of a rank by betweenness; NaN for one that lies between no others."""
    return next((radius for limit, radius in SIZES if rank <= limit), SMALLEST)


@FIGURES.add("network")
def network(scene: Scene) -> Drawn:
    """The network map: who is tied to whom, by type, standing and community, with the key nodes named."""
    import numpy as np

    nodes = _nodes(scene)
    ties = tie_table(scene.data, scene.study.graph, WEAK_BELOW)
    points = nodes[["x", "y"]].to_numpy(dtype=float)
    wide, high = np.ptp(points, axis=0) + 3.0
    map_height = float(np.clip(PAGE_WIDTH / MM * high / wide, 60, 170))
    legend = 20.0
    sheet_height = map_height + legend + 16
    figure, bottom, top = new_sheet(scene.data, sheet_height, "The recorded network")
    floor = bottom + legend / sheet_height
    axes = figure.add_axes((0.0, floor, 1.0, top - floor))
    axes.set_axis_off()
    (left, low), (right, up) = points.min(axis=0) - 1.5, points.max(axis=0) + 1.5
    fill_axes(axes, (left, right, low, up))
    index = {name: number for number, name in enumerate(nodes["id"])}
    ends = np.array([[index[s], index[t]] for s, t in zip(ties["source"], ties["target"], strict=True)], dtype=int)
    _tint(axes, nodes, points, ends)
    _lines(axes, ties, points, ends)
    radii = nodes["radius"].to_numpy(dtype=float)
    draw_nodes(axes, points, radii, nodes["type"].tolist())
    key = nodes["key_node"].to_numpy(bool)
    axes.scatter(
        points[key, 0],
        points[key, 1],
        s=(2 * radii[key] + 6) ** 2,
        facecolor="none",
        edgecolor=INK,
        linewidth=1.1,
        zorder=5,
    )
    homeless = place_labels(axes, _labels(nodes), points, radii)
    _legend(figure, (bottom, floor), nodes, ties)
    return Drawn(
        figure,
        "The recorded network",
        _caption(scene, nodes, ties, homeless),
        _alt(nodes, ties),
        nodes.drop(columns="radius"),
        {"ties": ties},
    )


def _nodes(scene: Scene) -> pd.DataFrame:
    study = scene.study
    nodes = study.ranks[["id", "name", "type"]].merge(scene.places, on="id", validate="1:1")
    nodes["degree"] = study.scores["degree"].astype(int).to_numpy()
    nodes["betweenness_rank"] = study.ranks["betweenness"].astype(int).to_numpy()
    # Only a node that lies between others has a rank worth a larger symbol.
    between = study.scores["betweenness"].to_numpy() > 0
    nodes["radius"] = [radius_of(rank) for rank in nodes["betweenness_rank"].where(between)]
    nodes["community"] = nodes["id"].map(study.partition.membership).astype(int)
    nodes["key_node"] = nodes["id"].isin(study.keys.nodes)
    return nodes.merge(study.ties, on="id", validate="1:1")


def _tinted(nodes: pd.DataFrame) -> list[int]:
    """Numbers of the communities that get a tint, largest first."""
    sizes = nodes["community"].value_counts()
    large = sorted(sizes[sizes >= TINTED_FROM].items(), key=lambda item: (-int(item[1]), item[0]))
    return [int(str(number)) for number, _ in large[: len(TINTS)]]


def _tint(axes: Axes, nodes: pd.DataFrame, points: Points, ends: Any) -> None:
    """Lay a hull under each community: discs and broad bands under its nodes and inner ties, as one outlined area."""
    from matplotlib.collections import LineCollection

    community = nodes["community"].to_numpy()
    inside = ends[community[ends[:, 0]] == community[ends[:, 1]]]
    for depth, (tint, number) in enumerate(zip(TINTS, _tinted(nodes), strict=False)):
        mine, bands = points[community == number], inside[community[inside[:, 0]] == number]
        for part, (colour, more) in enumerate(((_darker(tint), 1.4), (tint, 0.0))):
            level = 0.1 * depth + 0.05 * part
            axes.scatter(mine[:, 0], mine[:, 1], s=(15.0 + more) ** 2, color=colour, linewidth=0, zorder=level)
            lines = LineCollection(
                list(points[bands]), colors=colour, linewidths=9.0 + more, capstyle="round", zorder=level
            )
            axes.add_collection(lines, autolim=False)


def _darker(colour: str) -> tuple[float, float, float]:
    """The outline of a tint."""
    from matplotlib.colors import to_rgb

    red, green, blue = to_rgb(colour)
    return 0.72 * red, 0.72 * green, 0.72 * blue


def _lines(axes: Axes, ties: pd.DataFrame, points: Points, ends: Any) -> None:
    from matplotlib.collections import LineCollection

    for weak, line in [(False, "dotted"), (False, "dashed"), (False, "solid"), (True, "")]:
        chosen = ties["weak"].eq(weak) & (ties["line"].eq(line) | weak)
        style = line_style(line or "solid", weak)
        axes.add_collection(
            LineCollection(
                list(points[ends[chosen.to_numpy()]]),
                colors=style["color"],
                linewidths=style["linewidth"],
                linestyles=[style["linestyle"]],
                zorder=2 + weak,
            ),
            autolim=False,
        )


def _labels(nodes: pd.DataFrame) -> list[Label]:
    ordered = nodes.sort_values(["key_node", "betweenness_rank", "id"], ascending=[False, True, True])
    labels = []
    for row in ordered.head(max(LABELLED, int(nodes["key_node"].sum()))).to_dict("records"):
        key = bool(row["key_node"])
        radius = row["radius"] + (3.0 if key else 0.0)
        text = short(row["name"], 34 if key else 28)
        size, weight = (6.8, "bold") if key else (5.8, "normal")
        labels.append(Label(row["id"], text, row["x"], row["y"], radius, size=size, weight=weight))
    for number in _tinted(nodes):
        mine = nodes[nodes["community"] == number]
        hub = mine.sort_values(["degree", "id"], ascending=[False, True]).iloc[0]
        labels.append(
            Label(f"community-{number}", f"C{number}", hub["x"], hub["y"], 9.0, size=7.5, colour=SOFT, style="italic")
        )
    return labels


def _legend(figure: Figure, room: tuple[float, float], nodes: pd.DataFrame, ties: pd.DataFrame) -> None:
    from matplotlib.legend import Legend

    axes = figure.add_axes((0.0, room[0], 1.0, room[1] - room[0]))
    axes.set_axis_off()
    counts = nodes["type"].value_counts()
    kinds = [type_handle(name, f"{type_label(name)} ({counts[name]})") for name in present_types(nodes["type"])]
    blocks: list[tuple[float, str, list[Line2D], int]] = [
        (0.005, "Type (number)", kinds, 2),
        (0.37, "Tie: strongest standing (number)", tie_handles(ties), 1),
        (0.69, "Betweenness rank", size_handles(), 1),
        (0.83, "Marks", _mark_handles(nodes), 1),
    ]
    for left, title, handles, columns in blocks:
        legend = Legend(
            axes,
            handles,
            [str(handle.get_label()) for handle in handles],
            title=title,
            ncols=columns,
            loc="upper left",
            bbox_to_anchor=(left, 1.0),
            alignment="left",
            borderaxespad=0.0,
            borderpad=0.0,
            labelspacing=0.35,
            columnspacing=1.2,
            handletextpad=0.5,
            fontsize=6.2,
            title_fontproperties={"size": 6.5, "weight": "bold"},
        )
        axes.add_artist(legend)


def size_handles(larger: float = 1.0) -> list[Line2D]:
    """Legend entries for the sizes by rank, all of them so many times larger."""
    from matplotlib.lines import Line2D

    labels, last = [], 1
    for rank, radius in SIZES:
        labels.append((f"{last} to {rank}", radius))
        last = rank + 1
    labels.append(("lower, or 0", SMALLEST))
    return [
        Line2D(
            [],
            [],
            linestyle="none",
            marker="o",
            markersize=2 * larger * r,
            color="white",
            markeredgecolor=INK,
            label=text,
        )
        for text, r in labels
    ]


def _mark_handles(nodes: pd.DataFrame) -> list[Line2D]:
    from matplotlib.lines import Line2D

    ring: dict[str, Any] = {"markerfacecolor": "none", "markeredgecolor": INK, "markeredgewidth": 1.1}
    handles = [
        Line2D(
            [], [], linestyle="none", marker="o", markersize=9, label=f"key node ({nodes['key_node'].sum()})", **ring
        )
    ]
    if _tinted(nodes):
        handles.append(Line2D([], [], linewidth=6, solid_capstyle="round", color=TINTS[0], label="community (C1 …)"))
    return handles


def _caption(scene: Scene, nodes: pd.DataFrame, ties: pd.DataFrame, homeless: list[str]) -> str:
    graph = scene.study.graph
    sizes = graph.components().sizes()
    parts, alone = sum(size > 1 for size in sizes), sum(size == 1 for size in sizes)
    of_parts = f"{parts} {'component' if parts == 1 else 'components'} of two or more"
    without = f" and {alone} {'entity' if alone == 1 else 'entities'} without a tie (below)" if alone else ""
    room = f" {len(homeless)} labels found no room." if homeless else ""
    return (
        f"Analysis graph of {scene.data.title}: {graph.vcount()} entities and {graph.ecount()} ties, in {of_parts}"
        f"{without}; the largest component holds {max(sizes)} entities. Shape and colour "
        "give the type, size the rank by betweenness (unweighted), pale areas the largest "
        "communities (C1, C2 and so on; smaller ones have none). Solid, dashed and dotted lines give the strongest "
        f"standing that any document states for the tie. {_caption_weak(scene, ties)} {_caption_keys(scene, nodes)}"
        f"{room} Position in the recorded network says nothing about guilt; distance on the sheet is a drawing aid, no "
        "measure."
    )


def _caption_weak(scene: Scene, ties: pd.DataFrame) -> str:
    entities = scene.data.entities
    rough = entities["type"].eq("address") & ~entities["coordinate_precision"].isin(["exact", "street"])
    spots = set(entities.loc[rough, "id"])
    weak = ties[ties["weak"]]
    at_spots = int((weak["source"].isin(spots) | weak["target"].isin(spots)).sum())
    return (
        f"Drawn apart as weak are {len(weak)} ties with a probability below 0.5, {at_spots} of them at addresses known "
        f"to the village or area only. Some document disputes {int(ties['disputed'].sum())} ties."
    )


def _caption_keys(scene: Scene, nodes: pd.DataFrame) -> str:
    keys = scene.study.keys
    names = dict(zip(nodes["id"], nodes["name"], strict=True))
    weakly = nodes[nodes["key_node"] & nodes["weak_ties"].gt(0)]
    leaning = [f"{row['name']} ({row['weak_ties']} of {row['ties']})" for row in weakly.to_dict("records")]
    told = f" Some of their ties are weak: {spoken(leaning)}." if leaning else ""
    return (
        f"Ringed: the {len(keys.nodes)} key nodes, whose removal leaves the fewest connected pairs ({keys.value:,.0f}; "
        f"{proof_words(keys)}): {spoken([names[node] for node in keys.nodes])}.{told}"
    )


def _alt(nodes: pd.DataFrame, ties: pd.DataFrame) -> str:
    ordered = nodes.sort_values(["degree", "id"], ascending=[False, True])
    hubs = [f"{row.name} ({row.degree} ties)" for row in ordered[["name", "degree"]].head(3).itertuples(index=False)]
    keys = spoken(nodes.loc[nodes["key_node"], "name"].tolist())
    return (
        f"Node-link diagram of {len(nodes)} entities and {len(ties)} ties: one large connected part, with small "
        f"separate parts below it. The most connected nodes are {spoken(hubs)}. Ringed and named key nodes: {keys}. "
        "Node positions, types, communities and ties are in the CSV files beside the figure."
    )
