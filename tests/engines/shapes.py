"""Networks of every shape that is a trap for distributed algorithms, as files and in igraph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import igraph as ig
import numpy as np
import pyarrow as pa
from pyarrow import parquet as pq

from netscam.engines.load import Loaded, load
from netscam.engines.source import find_source
from netscam.engines.tables import Tables

Ends = np.ndarray


def chain(size: int, *, shuffled: bool = True) -> Ends:
    order = np.random.default_rng(1).permutation(size) if shuffled else np.arange(size)
    return np.stack([order[:-1], order[1:]], axis=1)


def star(leaves: int, *, centre_last: bool) -> Ends:
    outer = np.arange(leaves) + (0 if centre_last else 1)
    return np.stack([np.full(leaves, leaves if centre_last else 0), outer], axis=1)


def hubs_over_leaves(hubs: int, leaves: int) -> Ends:
    """Every leaf is smaller than every hub, so that nearly every node is a local minimum at first."""
    rng = np.random.default_rng(2)
    return np.stack([np.arange(leaves), leaves + rng.integers(0, hubs, leaves)], axis=1)


def power_law(size: int, ties: int, seed: int = 3) -> Ends:
    rng = np.random.default_rng(seed)
    weight = np.arange(1, size + 1) ** -0.75
    return rng.permutation(size)[rng.choice(size, (ties, 2), p=weight / weight.sum())]


def forest(size: int) -> Ends:
    rng = np.random.default_rng(4)
    names = rng.permutation(size)
    parent = np.array([rng.integers(max(0, i - 20), i) for i in range(1, size)])
    keep = rng.random(size - 1) > 0.05
    return np.stack([names[1:], names[parent]], axis=1)[keep]


def planted(groups: int, size: int, inside: int, outside: int) -> Ends:
    rng = np.random.default_rng(5)
    home = rng.integers(0, groups, inside * groups * size)
    within = home[:, None] * size + rng.integers(0, size, (len(home), 2))
    return np.concatenate([within, rng.integers(0, groups * size, (outside * groups, 2))])


SHAPES: dict[str, Callable[[], Ends]] = {
    "chain": lambda: chain(3000),
    "chain-in-order": lambda: chain(3000, shuffled=False),
    "star-centre-first": lambda: star(500, centre_last=False),
    "star-centre-last": lambda: star(500, centre_last=True),
    "hubs-over-leaves": lambda: hubs_over_leaves(40, 900),
    "forest": lambda: forest(1500),
    "power-law": lambda: power_law(2000, 3000),
    "parallel-and-loops": lambda: np.array([[1, 2], [2, 1], [1, 2], [3, 3], [7, 9], [9, 9], [12, 12]]),
}


def simple(ends: Ends) -> ig.Graph:
    """The same network in igraph, vertices in the order of the numbers that occur."""
    names, flat = np.unique(ends, return_inverse=True)
    pairs = np.sort(flat.reshape(-1, 2), axis=1)
    graph = ig.Graph(n=len(names), edges=np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0))
    graph.vs["name"] = names.tolist()
    return graph


def write_ties(path: Path, ends: Ends, *, text: bool = False) -> Path:
    columns = [pa.array(ends[:, i].astype(str) if text else ends[:, i].astype(np.int64)) for i in (0, 1)]
    pq.write_table(pa.table(dict(zip(("source", "target"), columns, strict=True))), path)
    return path


def load_ties(tables: Tables, folder: Path, ends: Ends, *, text: bool = False) -> Loaded:
    return load(find_source(write_ties(folder / "ties.parquet", ends, text=text)), tables)


def by_number(tables: Tables, sql: str) -> dict[int, Any]:
    return {int(row[0]): row[1] for row in tables.rows(sql)}


def component_labels(graph: ig.Graph) -> dict[int, int]:
    """Smallest number of the component of every node with a tie."""
    names = graph.vs["name"]
    parts = [part for part in graph.connected_components() if len(part) > 1]
    return {names[v]: min(names[w] for w in part) for part in parts for v in part}
