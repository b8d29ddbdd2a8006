"""The compact graph that every key-node and dismantling kernel works on, and the ways to make one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from netscam.errors import GraphError

_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, eq=False)
class CSR:
    """A simple undirected graph as compressed sparse rows.

    Parameters
    ----------
    n
        Number of vertices, isolated ones included.
    indptr
        Shape (n + 1,); the neighbours of ``v`` are ``indices[indptr[v]:indptr[v + 1]]``, ascending.
    indices
        Shape (2 m,); every edge is there from both ends.
    names
        The id of every vertex, in natural order (``P2`` before ``P10``), or None when vertices have no ids.
    loops, parallels
        How many self loops and repeated edges were dropped to make the graph simple.
    """

    n: int
    indptr: npt.NDArray[np.int64]
    indices: npt.NDArray[np.int32]
    names: tuple[str, ...] | None = None
    loops: int = 0
    parallels: int = 0

    @property
    def m(self) -> int:
        """Number of edges."""
        return int(self.indices.shape[0] // 2)

    @property
    def degrees(self) -> npt.NDArray[np.int64]:
        """Degree of every vertex, shape (n,)."""
        return np.diff(self.indptr)

    def neighbours(self, vertex: int) -> npt.NDArray[np.int32]:
        """Neighbours of one vertex, ascending."""
        return self.indices[self.indptr[vertex] : self.indptr[vertex + 1]]

    def label(self, vertex: int) -> str:
        """Id of a vertex; its number as text when the graph has no ids."""
        return str(vertex) if self.names is None else self.names[vertex]

    def edges(self) -> npt.NDArray[np.int64]:
        """Every edge once, shape (m, 2), smaller end first, in lexicographic order."""
        source = np.repeat(np.arange(self.n, dtype=np.int64), self.degrees)
        keep = source < self.indices
        return np.column_stack([source[keep], self.indices[keep].astype(np.int64)])


def natural_key(name: str) -> tuple[tuple[tuple[int, str], ...], str]:
    """Sort key that puts ``P2`` before ``P10``; names that are equal so far fall back to plain text order.

    Numbers are compared as digits, since Python makes no integer of more than some thousand of them.
    """
    parts = _DIGITS.split(name)
    key = ((len(bare := part.lstrip("0")), bare) if i % 2 else (0, part) for i, part in enumerate(parts))
    return tuple(key), name


def csr_from_edges(n: int, edges: Any, names: Sequence[str] | None = None) -> CSR:
    """Make a CSR from vertex numbers.

    Parameters
    ----------
    n
        Number of vertices.
    edges
        Array-like of shape (m, 2) of numbers below ``n``; loops and repeats are dropped and counted.
    names
        Ids of the vertices 0 to n - 1. Vertices are renumbered into the natural order of their ids.

    Raises
    ------
    GraphError
        When a number is out of range, or ids are missing or repeated.
    """
    pairs = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    if pairs.size and (pairs.min() < 0 or pairs.max() >= n):
        raise GraphError(f"an edge names a vertex outside 0 to {n - 1}")
    ordered: tuple[str, ...] | None = None
    if names is not None:
        if len(names) != n or len(set(names)) != n:
            raise GraphError("vertex ids must be present and different for every vertex")
        order = sorted(range(n), key=lambda v: natural_key(names[v]))
        position = np.empty(n, dtype=np.int64)
        position[order] = np.arange(n)
        pairs = position[pairs]
        ordered = tuple(names[v] for v in order)
    simple = pairs[pairs[:, 0] != pairs[:, 1]]
    keys = np.unique(simple.min(axis=1) * n + simple.max(axis=1)) if simple.size else np.empty(0, dtype=np.int64)
    low, high = np.divmod(keys, max(n, 1))
    source = np.concatenate([low, high])
    target = np.concatenate([high, low])
    index = np.lexsort((target, source))
    indptr = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(source, minlength=n), out=indptr[1:])
    return CSR(
        n=n,
        indptr=indptr,
        indices=target[index].astype(np.int32),
        names=ordered,
        loops=int(pairs.shape[0] - simple.shape[0]),
        parallels=int(simple.shape[0] - keys.shape[0]),
    )


def csr_from_igraph(graph: Any) -> CSR:
    """Make a CSR from an ``igraph.Graph``; directions are forgotten.

    Vertices carry the ids of the vertex attribute ``name`` when there is one, and are then renumbered into the
    natural order of the ids, so that the order of the vertices in ``graph`` changes no answer.
    """
    names = [str(name) for name in graph.vs["name"]] if "name" in graph.vs.attributes() else None
    return csr_from_edges(graph.vcount(), np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2), names)


def csr_from_names(pairs: Iterable[tuple[str, str]], isolates: Iterable[str] = ()) -> CSR:
    """Make a CSR from pairs of ids, with further ids that have no edge."""
    listed = list(pairs)
    names = sorted({name for pair in listed for name in pair} | set(isolates), key=natural_key)
    number = {name: i for i, name in enumerate(names)}
    return csr_from_edges(len(names), [(number[a], number[b]) for a, b in listed], names)
