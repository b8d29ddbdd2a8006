"""What to cut out: a component, the surroundings of chosen nodes, a core, or what a projection needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netscam.engines.hops import find_seeds, hops
from netscam.engines.tables import EngineError, count, listed
from netscam.errors import UnknownNameError
from netscam.schema import load_schema

if TYPE_CHECKING:
    from netscam.engines.load import Loaded
    from netscam.engines.routes import Way

WAYS = ("component", "around", "core", "onto")


@dataclass(frozen=True)
class Part:
    """What to cut out; exactly one of the four.

    ``component``
        The component that holds this id, or the ``largest`` (of several the one with the smallest id).
    ``around``, ``hops``
        Everyone within so many ties of any of these ids.
    ``core``
        The k-core: the largest part in which everyone has k ties or more within it.
    ``onto``, ``through``
        Entities of the types ``onto`` that are tied directly or share an entity of the types ``through``, and these:
        ``project(part, onto, through)`` then has the same ties as that of the whole. Only for a dataset.
    """

    component: str = ""
    around: tuple[str, ...] = ()
    hops: int = 1
    core: int = 0
    onto: tuple[str, ...] = ()
    through: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """What was asked for, as the part's package notes it."""
        used = next(name for name in WAYS if getattr(self, name))
        beside = {"around": ("hops",), "onto": ("through",)}.get(used, ())
        named = {name: getattr(self, name) for name in (used, *beside)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in named.items()}


def check_part(part: Part) -> None:
    """Refuse what cannot be cut.

    Raises
    ------
    EngineError
        Not exactly one way of cutting, or a number that makes no sense.
    UnknownNameError
        No such entity type.
    """
    asked = [name for name in WAYS if getattr(part, name)]
    if len(asked) != 1 or (part.through and not part.onto):
        raise EngineError("say exactly one of --component, --around, --core and --type (with --through)")
    if part.hops < 0 or part.core < 0:
        raise EngineError("hops and core are not negative")
    known = load_schema().entity_types
    for name in (*part.onto, *part.through):
        if name not in known:
            raise UnknownNameError("entity type", name, known)
    if both := sorted(set(part.onto) & set(part.through)):
        raise EngineError(f"{', '.join(both)} cannot be both kept and projected through")


def keep_part(way: Way, part: Part) -> None:
    """Find the part's nodes: table ``kept(n)``.

    Raises
    ------
    EngineError
        Nothing is left.
    UnknownNameError
        An id is not in the network.
    """
    if part.component:
        _component(way, part.component)
    elif part.around:
        taken = hops(way.loaded, part.around, part.hops)
        way.notes.append(f"{taken} steps around {', '.join(part.around)}")
    elif part.core:
        way.core(part.core)
    else:
        _projection(way.loaded, part)
    if not count(way.loaded.tables, "kept"):
        raise EngineError("nothing of the network is left in this part, and nothing was written")


def _component(way: Way, component: str) -> None:
    tables = way.loaded.tables
    if component != "largest":
        find_seeds(way.loaded, [component])
    way.components()
    if component == "largest":
        sizes = "select label, count(*) as size from label group by label"
        rows = tables.rows(f"select label from ({sizes}) as t order by size desc, label limit 1")
        tables.keep("kept", f"select n from label where label = {rows[0][0] if rows else 0}")
        return
    tables.keep(
        "kept",
        """select n from label semi join (select o.label as found from label as o semi join seeds on o.n = seeds.n) as w
           on label.label = w.found union select n from seeds""",
    )


def _projection(loaded: Loaded, part: Part) -> None:
    tables = loaded.tables
    tables.keep(
        "kinds",
        f"""select v.n, case when e.type in {listed(part.onto)} then 1 else 2 end as side
            from nodes as v join entities as e on v.id = e.id where e.type in {listed([*part.onto, *part.through])}""",
    )
    tables.keep(
        "sided",
        """select s.u, s.v, b.side from sym as s join kinds as a on s.u = a.n join kinds as b on s.v = b.n
           where a.side = 1""",
    )
    tables.keep("middle", "select v as n from sided where side = 2 group by v having count(*) > 1")
    tables.keep(
        "kept",
        """select n from middle union select u as n from sided where side = 1
           union select s.u as n from sided as s semi join middle as m on s.v = m.n""",
    )
