"""Where every node is drawn: coordinates that figures and page share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netscam.analysis.partition.seeding import igraph_random
from netscam.errors import GraphError

if TYPE_CHECKING:
    import igraph
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    Points = npt.NDArray[np.float64]

SPACING = 1.0
"""Median distance between nearest neighbours: the unit of the coordinates."""
NEAREST = 0.7
"""No two nodes are nearer than this, so that symbols do not lie on each other."""
GRID = 0.01
"""Coordinates are rounded to this grid, so that the last bits of a float do not matter."""
GAP = 1.6
"""Room between components."""
METHOD = "graphopt-packed-1"
"""Name of the method, changed whenever it would place nodes elsewhere."""
LARGE = 1_500
"""From this many nodes in a component on, a faster method draws it."""


def layout(graph: igraph.Graph, seed: int = 0) -> pd.DataFrame:
    """Coordinates of every node.

    Each component is laid out by itself (spring-electric layout of igraph, ``graphopt``, from Kamada-Kawai starting
    points; ``DrL`` for components of 1,500 nodes and more), turned so that its long side is horizontal, and scaled so
    that neighbours lie about one unit apart; then the components are packed without overlap, the largest first, and
    nodes without a tie stand in rows below.

    Parameters
    ----------
    graph
        Analysis graph with vertex attribute ``name``. Directions and edge numbers are not used.
    seed
        Seed of the method's random choices. The global generators of igraph and Python are left as they were.

    Returns
    -------
    pandas.DataFrame
        Columns ``id, x, y``, in id order; y grows upwards; unit: about the distance of neighbours; rounded to 0.01.
        No two nodes are nearer than 0.69.

    Raises
    ------
    GraphError
        Vertices have no names, or names occur twice.

    Notes
    -----
    Distance on the sheet is a drawing aid: it is no measure of how close two actors are.

    References
    ----------
    .. [1] Kamada and Kawai, An algorithm for drawing general undirected graphs, Inf. Process. Lett. 31 (1989).
    .. [2] Schmuhl, graphopt (2003); Martin et al., OpenOrd/DrL, Proc. SPIE 7868 (2011).
    """
    import numpy as np
    import pandas as pd

    if graph.vcount() and "name" not in graph.vs.attributes():
        raise GraphError("vertices need the attribute 'name'")
    names: list[str] = [str(name) for name in graph.vs["name"]] if graph.vcount() else []
    if len(set(names)) != len(names):
        raise GraphError("vertex names are not unique")
    order = sorted(range(len(names)), key=names.__getitem__)
    place = np.argsort(np.array(order, dtype=np.int64), kind="stable").tolist()
    ends = sorted({(min(place[s], place[t]), max(place[s], place[t])) for s, t in graph.get_edgelist() if s != t})
    points = _packed(len(names), ends, seed)
    snapped = np.round(points / GRID) * GRID
    ids = [names[v] for v in order]
    return pd.DataFrame({"id": ids, "x": np.round(snapped[:, 0], 2), "y": np.round(snapped[:, 1], 2)})


def _packed(size: int, ends: list[tuple[int, int]], seed: int) -> Points:
    import igraph as ig
    import numpy as np

    points = np.zeros((size, 2))
    whole = ig.Graph(n=size, edges=ends)
    parts = sorted((sorted(part) for part in whole.components()), key=lambda part: (-len(part), part[0]))
    boxes = []
    for part in parts:
        drawn = _component(whole.induced_subgraph(part), seed)
        points[part] = drawn - drawn.min(axis=0)
        boxes.append(points[part].max(axis=0))
    for part, corner in zip(parts, _shelves(np.array(boxes).reshape(-1, 2)), strict=True):
        points[part] += corner
    return points


def _component(graph: igraph.Graph, seed: int) -> Points:
    import numpy as np

    size = graph.vcount()
    if size == 1:
        return np.zeros((1, 2))
    with igraph_random(seed):
        if size < LARGE:
            start = graph.layout_kamada_kawai(maxiter=10 * size)
            drawn = graph.layout_graphopt(niter=2_000 if size < 500 else 500, seed=start)
        else:
            drawn = graph.layout_drl()
    points = _turned(np.array(drawn.coords, dtype=float))
    return _apart(points * (SPACING / max(_typical_gap(points), 1e-9)))


def _turned(points: Points) -> Points:
    """Turn the longest extent to the horizontal; heavier side left and below, so that the turn is unique."""
    import numpy as np

    centred = points - points.mean(axis=0)
    angles = np.linspace(0, np.pi, 180, endpoint=False)
    across = centred @ np.array([-np.sin(angles), np.cos(angles)])
    angle = angles[int(np.argmin(np.round(np.ptp(across, axis=0), 6)))]
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned: Points = centred @ turn
    skew = np.sum(turned**3, axis=0)
    return turned * np.where(skew < -1e-9, -1.0, 1.0)


def _typical_gap(points: Points) -> float:
    import numpy as np
    from scipy.spatial import cKDTree

    return float(np.median(cKDTree(points).query(points, k=2)[0][:, 1]))


def _apart(points: Points) -> Points:
    """Push nodes that are nearer than ``NEAREST`` apart, pair by pair, until none is."""
    import numpy as np
    from scipy.spatial import cKDTree

    points = points + _nudges(len(points))
    for _ in range(500):
        pairs = cKDTree(points).query_pairs(NEAREST, output_type="ndarray")
        if not len(pairs):
            break
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        away = points[pairs[:, 0]] - points[pairs[:, 1]]
        gap = np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
        push = away / gap * (NEAREST * 1.02 - gap) / 2
        np.add.at(points, pairs[:, 0], push)
        np.add.at(points, pairs[:, 1], -push)
    return points


def _nudges(size: int) -> Points:
    """Tiny offsets on a spiral, all different, so that nodes at one point have a direction to part in."""
    import numpy as np

    turn = np.arange(size) * np.pi * (3 - np.sqrt(5))
    return 1e-4 * np.column_stack([np.cos(turn), np.sin(turn)]) * np.sqrt(np.arange(size) + 1)[:, None]


def _shelves(boxes: Points) -> Points:
    """Lower left corner of every box: shelves below each other, as wide as the widest box asks for."""
    import numpy as np

    corners = np.zeros_like(boxes)
    if not len(boxes):
        return corners
    room = max(float(boxes[:, 0].max()), 1.1 * float(np.sqrt(np.prod(boxes + GAP, axis=1).sum())))
    left, top, height = 0.0, 0.0, 0.0
    for number, (wide, high) in enumerate(boxes):
        if left > 0 and left + wide > room:
            left, top, height = 0.0, top - height - GAP, 0.0
        corners[number] = left, top - high
        left, height = left + float(wide) + GAP, max(height, float(high))
    return corners - [0, min(0.0, float(corners[:, 1].min()))]
