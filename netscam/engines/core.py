"""The k-core: peeled in the engine, and finished here as soon as what is left fits into memory."""

from __future__ import annotations

from netscam.engines.choose import free_memory
from netscam.engines.load import Loaded
from netscam.engines.tables import EngineError, count

PEELS = 6
"""Rounds of peeling before what is left may be finished here."""
BYTES_PER_TIE = 200
"""Memory of one tie while it is read and peeled in igraph."""


def core(loaded: Loaded, k: int, *, room: int | None = None) -> int:
    """The largest part in which everyone has k ties or more within it: table ``kept(n)``.

    Parameters
    ----------
    loaded
        The network.
    k
        Least number of ties, at least 1.
    room
        Bytes that finishing here may take; by default a quarter of the free memory.

    Returns
    -------
    int
        Rounds of peeling in the engine.

    Notes
    -----
    Peeling removes the two ends of a chain per round, so that a chain of 200,000 takes 100,000 rounds. After a few
    rounds the rest therefore goes to igraph, which peels in one pass; only a rest that does not fit is peeled on.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5(3), 269-287.
    """
    if k < 1:
        raise EngineError(f"k is at least 1, not {k}")
    tables = loaded.tables
    tables.alias("core_ties", "select u, v from ties")
    name, left, rounds = "ties", loaded.ties, 0
    while True:
        both = f"(select u as n from {name} union all select v as n from {name})"
        tables.keep("strong", f"select n from {both} as t group by n having count(*) >= {k}")
        tables.keep(
            "core_kept",
            f"""select t.u, t.v from {name} as t
                semi join strong as a on t.u = a.n semi join strong as b on t.v = b.n""",
        )
        name, before, left, rounds = "core_kept", left, count(tables, "core_kept"), rounds + 1
        if left == before:
            tables.keep("kept", "select n from strong")
            return rounds
        if rounds >= PEELS and left * BYTES_PER_TIE <= (free_memory() // 4 if room is None else room):
            _finish_here(loaded, k)
            return rounds


def _finish_here(loaded: Loaded, k: int) -> None:
    import igraph as ig
    import numpy as np

    ends = loaded.tables.frame("select u, v from core_kept").to_numpy(np.int64)
    names, flat = np.unique(ends, return_inverse=True)
    graph = ig.Graph(n=len(names), edges=flat.reshape(-1, 2))
    inside = names[np.asarray(graph.coreness(), dtype=np.int64) >= k]
    loaded.tables.put("kept", {"n": inside.tolist()})
