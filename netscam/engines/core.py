"""Cores and core numbers: peeled in the engine, and finished here as soon as what is left fits into memory."""

from __future__ import annotations

from netscam.engines.choose import free_memory
from netscam.engines.load import Loaded
from netscam.engines.tables import EngineError, count, one

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
        Bytes that finishing here may take; by default a quarter of the free memory, or of the engine's limit.

    Returns
    -------
    int
        Rounds of peeling in the engine.

    Notes
    -----
    A round takes out everyone with too few ties, and reads the arcs of these only: the others lose what they lose by
    it. Arcs are copied when half of them are gone, so all copies together are no larger than the network.

    Peeling removes the two ends of a chain per round, so that a chain of 200,000 takes 100,000 rounds. After a few
    rounds the rest therefore goes to igraph, which peels in one pass; only a rest that does not fit is peeled on.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5(3), 269-287.
    """
    if k < 1:
        raise EngineError(f"k is at least 1, not {k}")
    rounds = _peel(loaded, k, room, upward=False)
    loaded.tables.keep("kept", f"select n from rest where core >= {k}")
    return rounds


def coreness(loaded: Loaded, *, room: int | None = None) -> int:
    """The largest k for which a node is in the k-core: table ``coreness(n, core)`` of the tied nodes.

    Parameters, result and notes are those of ``core``, whose peeling goes on here from k to k.
    """
    rounds = _peel(loaded, 1, room, upward=True)
    loaded.tables.keep("coreness", "select n, core from peeled union all select n, core from rest")
    return rounds


def _peel(loaded: Loaded, k: int, room: int | None, *, upward: bool) -> int:
    """Peel until nobody has fewer than k ties, and upward with greater k: tables ``peeled`` and ``rest(n, core)``."""
    tables, rounds = loaded.tables, 0
    most = min(free_memory(), tables.memory or free_memory()) // 4 if room is None else room
    arcs, held = "sym", 2 * loaded.ties
    tables.keep("alive", "select n, degree from degrees")
    tables.keep("peeled", "select n, degree as core from degrees where degree < 0")
    while True:
        tables.keep("gone", f"select n from alive where degree < {k}")
        if not count(tables, "gone"):
            least = one(tables, "select min(degree) from alive")
            if least is None or not upward:
                tables.keep("rest", f"select n, {k} as core from alive")
                return rounds
            k = int(least) + 1
            continue
        tables.keep("alive", _without_gone(arcs, k))
        if upward:
            tables.keep("peeled", f"select n, core from peeled union all select n, {k - 1} as core from gone")
        left, rounds = int(one(tables, "select coalesce(sum(degree), 0) from alive")), rounds + 1
        if 2 * left <= held:
            inside = (
                f"select e.u, e.v from {arcs} as e semi join alive as a on e.u = a.n semi join alive as b on e.v = b.n"
            )
            tables.keep("core_arcs", f"{inside} order by e.u")
            arcs, held = "core_arcs", left
        if rounds >= PEELS and left * BYTES_PER_TIE <= 2 * most:
            _finish_here(loaded, arcs, k)
            return rounds


def _without_gone(arcs: str, k: int) -> str:
    return f"""with lost as
          (select e.v as n, count(*) as ties from {arcs} as e semi join gone on e.u = gone.n group by e.v)
        select a.n, a.degree - coalesce(lost.ties, 0) as degree
        from alive as a left join lost on a.n = lost.n where a.degree >= {k}"""


def _finish_here(loaded: Loaded, arcs: str, k: int) -> None:
    """Core numbers of those alive; who is left half way through a level has at least the one below, k - 1."""
    import igraph as ig
    import numpy as np

    tables = loaded.tables
    names = np.sort(tables.frame("select n from alive").to_numpy(np.int64).ravel())
    inside = f"""select e.u, e.v from {arcs} as e semi join alive as a on e.u = a.n semi join alive as b on e.v = b.n
                 where e.u < e.v"""
    ends = np.searchsorted(names, tables.frame(inside).to_numpy(np.int64))
    numbers = np.maximum(ig.Graph(n=len(names), edges=ends).coreness(), k - 1)
    tables.put("rest", {"n": names.tolist(), "core": numbers.tolist()})
