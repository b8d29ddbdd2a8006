"""Everyone within some steps of chosen nodes."""

from __future__ import annotations

from collections.abc import Sequence

from netscam.engines.load import Loaded
from netscam.engines.tables import count, listed
from netscam.errors import UnknownNameError


def find_seeds(loaded: Loaded, ids: Sequence[str]) -> None:
    """Look ids up: table ``seeds(n)``.

    Raises
    ------
    UnknownNameError
        One of them is not in the network as filtered.
    """
    tables = loaded.tables
    tables.keep("seeds", f"select id, n from nodes where id in {listed(list(ids))}")
    found = {str(row[0]) for row in tables.rows("select id from seeds")}
    for name in ids:
        if name not in found:
            hint = "it is not in this network as it was filtered; ids are case-sensitive"
            raise UnknownNameError("node", name, [], hint=hint)


def hops(loaded: Loaded, ids: Sequence[str], steps: int) -> int:
    """Everyone within ``steps`` ties of any of the ids: table ``kept(n, step)``, step the distance to the nearest.

    Returns
    -------
    int
        Steps after which nothing new was found, or ``steps``.

    Raises
    ------
    UnknownNameError
        An id is not in the network as filtered.
    """
    tables = loaded.tables
    find_seeds(loaded, ids)
    tables.keep("kept", "select n, 0 as step from seeds")
    for step in range(1, steps + 1):
        tables.keep(
            "reached",
            f"""select distinct s.v as n, {step} as step from sym as s
                semi join (select n from kept where step = {step - 1}) as f on s.u = f.n
                anti join kept as k on s.v = k.n""",
        )
        if not count(tables, "reached"):
            return step - 1
        tables.keep("kept", "select n, step from kept union all select n, step from reached")
    return steps
