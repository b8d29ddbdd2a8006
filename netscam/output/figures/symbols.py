"""Symbols and lines that several figures share: nodes by type, ties by standing, and their legends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from netscam.output.style import DASHES, INK, PAPER, SOFT, WEAK, WEAK_DASH, type_style
from netscam.schema import load_schema

if TYPE_CHECKING:
    import igraph
    import numpy as np
    import numpy.typing as npt
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from netscam.data.dataset import Dataset

    Points = npt.NDArray[np.float64]

LINES = {
    "solid": "convicted, designated or in a register",
    "dashed": "extradited, charged or reported",
    "dotted": "alleged, denied or later dropped",
}
"""What the line patterns of statuses.json stand for, in words."""


def type_label(name: str) -> str:
    """Label of an entity type for a legend."""
    kinds = load_schema().entity_types
    return kinds[name].label if name in kinds else name or "other"


def present_types(types: Iterable[str]) -> list[str]:
    """Types that occur, in the order of the schema, unknown ones last."""
    found = set(types)
    known = [name for name in load_schema().entity_types if name in found]
    return known + sorted(found - set(known))


def draw_nodes(axes: Axes, points: Points, radii: Points, types: Sequence[str], *, hollow: bool = False) -> None:
    """Draw symbols by type, small ones above large ones.

    Parameters
    ----------
    axes
        Axes to draw on.
    points
        Data coordinates, shape (n, 2).
    radii
        Radii in points, shape (n,).
    types
        Entity type of each.
    hollow
        White inside, with the type's colour as the rim.
    """
    import numpy as np

    kinds = np.array(types, dtype=object)
    for name in present_types(types):
        style = type_style(name)
        mine = np.flatnonzero(kinds == name)
        axes.scatter(
            points[mine, 0],
            points[mine, 1],
            s=(2 * radii[mine] * style.scale) ** 2,
            marker=style.marker,
            facecolor=PAPER if hollow else style.colour,
            edgecolor=style.colour if hollow else INK,
            linewidth=0.9 if hollow else 0.35,
            zorder=4,
        )


def type_handle(name: str, label: str, size: float = 5.0) -> Line2D:
    """Legend entry of an entity type."""
    from matplotlib.lines import Line2D

    style = type_style(name)
    return Line2D(
        [],
        [],
        linestyle="none",
        marker=style.marker,
        markersize=size * style.scale,
        markerfacecolor=style.colour,
        markeredgecolor=INK,
        markeredgewidth=0.35,
        label=label,
    )


def tie_table(data: Dataset, graph: igraph.Graph, weak: float) -> pd.DataFrame:
    """How each tie of the analysis graph is drawn.

    Returns
    -------
    pandas.DataFrame
        Columns ``source, target, status, line, probability, weak, disputed`` in the order of the graph's edges.
        ``status`` is the strongest standing among the relations of the pair, ``weak`` says that the tie's probability
        is below the argument, ``disputed`` that some evidence disputes one of the relations.
    """
    import pandas as pd

    from netscam.output.words import relation_statuses

    statuses = load_schema().statuses
    ends = [(graph.vs[s]["name"], graph.vs[t]["name"]) for s, t in graph.get_edgelist()]
    pairs = pd.Series([_pair(s, t) for s, t in zip(data.relations["source"], data.relations["target"], strict=True)])
    rank = pd.Series(relation_statuses(data).to_numpy()).map({name: s.rank for name, s in statuses.items()})
    strongest = rank.groupby(pairs.to_numpy()).min()
    doubted = set(data.evidence.loc[data.evidence["stance"] == "disputes", "relation"])
    disputed = set(pairs[data.relations["id"].isin(doubted).to_numpy()])
    names = {s.rank: name for name, s in statuses.items()}
    keys = [_pair(s, t) for s, t in ends]
    found = strongest.reindex(keys).map(names).fillna("").tolist()
    probability = [float(p) for p in graph.es["probability"]] if ends else []
    return pd.DataFrame(
        {
            "source": [s for s, _ in ends],
            "target": [t for _, t in ends],
            "status": found,
            "line": [statuses[name].line if name else "dotted" for name in found],
            "probability": probability,
            "weak": [p < weak for p in probability],
            "disputed": [key in disputed for key in keys],
        }
    )


def _pair(one: str, other: str) -> str:
    return f"{min(one, other)}\t{max(one, other)}"


def line_style(line: str, weak: bool) -> dict[str, Any]:
    """Colour, width and pattern of a tie; weak ties have a colour and a pattern of their own."""
    if weak:
        return {"color": WEAK, "linewidth": 0.9, "linestyle": WEAK_DASH}
    return {"color": SOFT, "linewidth": 0.55, "linestyle": DASHES[line]}


def tie_handles(ties: pd.DataFrame) -> list[Line2D]:
    """Legend entries for the kinds of tie that occur."""
    from matplotlib.lines import Line2D

    firm = ties[~ties["weak"]]
    handles = [
        Line2D([], [], **line_style(line, weak=False), label=f"{words} ({(firm['line'] == line).sum()})")
        for line, words in LINES.items()
        if (firm["line"] == line).any()
    ]
    if ties["weak"].any():
        label = f"weak: probability below 0.5 ({int(ties['weak'].sum())})"
        handles.append(Line2D([], [], **line_style("solid", weak=True), label=label))
    return handles
