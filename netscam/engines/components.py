"""Connected components by root hooking: few rounds on stars, on hubs and on chains of any length."""

from __future__ import annotations

from netscam.engines.load import Loaded
from netscam.engines.tables import Tables, count, one

CHAIN = 8


def components(loaded: Loaded, *, start: str = "") -> int:
    """Name every tied node by the smallest number in its component: table ``label(n, label)``.

    Each round hooks every root on the smallest root that it is tied to, jumps up the trees until each node points at
    its root, and keeps only the ties between different roots.

    Parameters
    ----------
    loaded
        The network.
    start
        Table ``(n, label)`` of labels that an engine's own algorithm left unfinished.

    Returns
    -------
    int
        Rounds taken.

    Notes
    -----
    A root that hooks on nothing and that nothing hooks on has only neighbours that hook on smaller roots, so it hooks
    in the round after. Two rounds therefore at least halve the number of roots that still have a tie: at most
    2 log2(n) rounds, whatever the shape and whatever the order of the ids, and jumping doubles its stride. The work
    shrinks with the roots. Passing the smallest label from neighbour to neighbour takes as many rounds as the longest
    chain instead, and chains of shell companies and of transfers are long.

    References
    ----------
    Shiloach, Y., & Vishkin, U. (1982). An O(log n) parallel connectivity algorithm. Journal of Algorithms 3, 57-67.
    Zhang, Y., Azad, A., & Hu, Z. (2020). FastSV: a distributed-memory connected component algorithm with fast
    convergence. SIAM PP20, 46-57.
    """
    tables = loaded.tables
    hooks: list[str] = []
    current, left = "ties", loaded.ties
    if start:
        tables.keep("hook_0", f"select n as id, label as c from {start}")
        hooks.append("hook_0")
        left = _contract(tables, current, "hook_0")
        current = "root_ties"
    while left:
        hook = f"hook_{len(hooks)}"
        tables.keep(
            hook,
            f"""select id, min(c) as c from
                (select u as id, u as c from {current} union all select v as id, u as c from {current}) as t
                group by id""",
        )
        _jump(tables, hook)
        hooks.append(hook)
        left = _contract(tables, current, hook)
        current = "root_ties"
    _compose(tables, hooks)
    return len(hooks)


def _jump(tables: Tables, hook: str) -> None:
    """Let every node point at its root: each statement quadruples the stride."""
    while True:
        tables.keep(
            hook,
            f"""with twice as (select a.id, b.c from {hook} as a join {hook} as b on a.c = b.id)
                select a.id, b.c, case when a.c <> b.c then 1 else 0 end as moved
                from twice as a join twice as b on a.c = b.id""",
        )
        if not one(tables, f"select max(moved) from {hook}"):
            return


def _contract(tables: Tables, ties: str, hook: str) -> int:
    """Replace ties by ties between the roots of their ends, each once; returns how many are left."""
    tables.keep(
        "root_ties",
        f"""select distinct least(a.c, b.c) as u, greatest(a.c, b.c) as v
            from {ties} as t join {hook} as a on t.u = a.id join {hook} as b on t.v = b.id where a.c <> b.c""",
    )
    return count(tables, "root_ties")


def _compose(tables: Tables, hooks: list[str]) -> None:
    """Follow the hooks of all rounds from the first to the last: table ``label``."""
    if not hooks:
        tables.keep("label", "select n, n as label from degrees")
        return
    tables.keep("label", f"select id as n, c as label from {hooks[0]}")
    for first in range(1, len(hooks), CHAIN):
        reached, joins = "l.label", ""
        for hook in hooks[first : first + CHAIN]:
            joins += f" left join {hook} on {reached} = {hook}.id"
            reached = f"coalesce({hook}.c, {reached})"
        tables.keep("label", f"select l.n, {reached} as label from label as l{joins}")
    tables.drop(*hooks)


def component_sizes(tables: Tables) -> str:
    """Statement that gives every component with a tie and its size: ``label, size``."""
    return "select label, count(*) as size from label group by label"
