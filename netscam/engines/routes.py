"""The way to a result: what the engine has itself comes first, the one SQL text otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from netscam.engines import graphframes
from netscam.engines.components import components
from netscam.engines.core import core, coreness
from netscam.engines.graphx import GraphX
from netscam.engines.labels import Labels, propagate
from netscam.engines.pagerank import Ranks, pagerank
from netscam.engines.spark import SparkTables
from netscam.engines.tables import EngineError
from netscam.errors import UnknownNameError

if TYPE_CHECKING:
    from netscam.engines.load import Loaded

ROUTES = ("auto", "graphframes", "graphx", "sql")


@dataclass
class Way:
    """How results are made on a loaded network, and what there is to say about it.

    ``route`` is ``sql``, ``graphx`` or ``graphframes``; ``notes`` grow with every step.
    """

    loaded: Loaded
    route: str
    notes: list[str] = field(default_factory=list)

    @property
    def _spark(self) -> Any:
        return self.loaded.tables

    def components(self) -> None:
        """Table ``label(n, label)``."""
        if self.route == "graphframes":
            graphframes.components_of(self.loaded, self._spark)
            self._say("components", "GraphFrames, randomized contraction")
        elif self.route == "graphx":
            rounds, finished = GraphX(self._spark).components(self.loaded)
            more = f", then root hooking (chains are longer than that), {rounds} rounds in all" if finished else ""
            self._say("components", f"GraphX, at most 12 supersteps{more}")
        else:
            self._say("components", f"root hooking in SQL, {components(self.loaded)} rounds")

    def pagerank(self, tolerance: float) -> Ranks:
        """Table ``rank(n, value)``."""
        if self.route == "graphframes":
            ranks = graphframes.pagerank_of(self.loaded, self._spark, tolerance)
        elif self.route == "graphx" and self.loaded.tied:
            ranks = GraphX(self._spark).pagerank(self.loaded, tolerance)
        else:
            ranks = pagerank(self.loaded, tolerance=tolerance)
        self._say("pagerank", f"{self.route}, {ranks.rounds} rounds, within {ranks.bound:.1e} of the limit in sum")
        return ranks

    def labels(self, seed: int) -> Labels:
        """Table ``label(n, label)``."""
        if self.route == "graphframes":
            found = graphframes.labels_of(self.loaded, self._spark)
        elif self.route == "graphx":
            found = GraphX(self._spark).labels(self.loaded)
        else:
            found = propagate(self.loaded, seed=seed)
        self._say(
            "label propagation",
            f"{self.route}, {found.rounds} rounds, {found.communities:,} communities, modularity "
            f"{found.modularity:.3f}, the largest holds {found.largest:.0%}",
        )
        if found.collapsed:
            raise EngineError(
                f"label propagation collapsed: one label holds {found.largest:.0%} of the tied nodes, which says "
                "nothing about communities. Cut out a part (netscam cut) and use netscam communities on it"
            )
        return found

    def core(self, k: int) -> None:
        """Table ``kept(n)``."""
        if self.route == "graphframes":
            self.coreness()
            self.loaded.tables.keep("kept", f"select n from coreness where core >= {k}")
        else:
            self._say("core", f"{core(self.loaded, k)} rounds of peeling in SQL, what fits into memory in igraph")

    def coreness(self) -> None:
        """Table ``coreness(n, core)``."""
        if self.route == "graphframes":
            graphframes.coreness_of(self._spark)
            self._say("coreness", "GraphFrames")
        else:
            rounds = coreness(self.loaded)
            self._say("coreness", f"{rounds} rounds of peeling in SQL, what fits into memory in igraph")

    def _say(self, what: str, how: str) -> None:
        self.notes.append(f"{what}: {how}")


def find_way(loaded: Loaded, route: str = "auto") -> Way:
    """Choose the way: GraphFrames where the cluster has it, GraphX in classic sessions of Spark, SQL otherwise.

    Parameters
    ----------
    loaded
        The network.
    route
        ``auto``, or one to insist on.

    Raises
    ------
    EngineError
        The way asked for does not exist here.
    """
    if route not in ROUTES:
        raise UnknownNameError("route", route, ROUTES)
    tables = loaded.tables
    if not isinstance(tables, SparkTables):
        if route not in ("auto", "sql"):
            raise EngineError(f"{route} is a part of Spark; with {tables.name} the route is sql")
        return Way(loaded, "sql")
    if route == "sql":
        return Way(loaded, "sql")
    there, why = (False, "") if route == "graphx" else graphframes.find_graphframes(tables)
    if there:
        return Way(loaded, "graphframes", [why])
    if route == "graphframes":
        raise EngineError(why)
    if not tables.remote:
        return Way(loaded, "graphx", [why] if why else [])
    if route == "graphx":
        raise EngineError("GraphX is not within reach of Spark Connect; use --master spark://... or the route sql")
    return Way(loaded, "sql", [why, "GraphX is not within reach of Spark Connect: SQL"])
