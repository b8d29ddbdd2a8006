"""GraphX, which comes with Spark: PageRank, components and label propagation in classic sessions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from netscam.engines.components import components
from netscam.engines.labels import Labels, judged, name_by_lowest
from netscam.engines.pagerank import DAMPING, Ranks, tied_mass
from netscam.engines.tables import double, one

if TYPE_CHECKING:
    from netscam.engines.load import Loaded
    from netscam.engines.spark import SparkTables

SUPERSTEPS = 12
"""Supersteps that GraphX's components may take: as many as the longest chain is long would never end."""
SWEEPS = 10
"""Supersteps of label propagation; all nodes change at once, so that more would only swing."""


class GraphX:
    """The way from a table of ties to GraphX and back, through the gateway of a classic session."""

    def __init__(self, tables: SparkTables) -> None:
        self._tables = tables
        self._session = tables.session
        jvm = self._session.sparkContext._jvm
        self._spark = jvm.org.apache.spark
        self._encoders = self._spark.sql.Encoders
        self._any = getattr(jvm.scala.reflect, "ClassTag$").__getattr__("MODULE$").Any()
        self._none = getattr(jvm.scala, "None$").__getattr__("MODULE$")

    def graph(self, sql: str) -> Any:
        """A graph of a statement with two columns of whole numbers."""
        frame = self._session.sql(sql)._jdf
        pair = self._encoders.tuple(self._encoders.LONG(), self._encoders.LONG())
        level = self._spark.api.java.StorageLevels.MEMORY_AND_DISK
        edges = getattr(frame, "as")(pair).rdd()
        return self._spark.graphx.Graph.fromEdgeTuples(edges, 1, self._none, level, level, self._any)

    def keep(self, name: str, graph: Any, value: str, *, whole: bool) -> None:
        """Keep a graph's vertices as a table ``name(n, value)``."""
        from pyspark.sql import DataFrame

        kind = self._encoders.LONG() if whole else self._encoders.DOUBLE()
        pairs = self._encoders.tuple(self._encoders.LONG(), kind)
        rows = self._session._jsparkSession.createDataset(graph.vertices(), pairs)
        self._tables.keep_frame(name, DataFrame(rows.toDF(), self._session).toDF("n", value))

    def components(self, loaded: Loaded) -> tuple[int, bool]:
        """Label the components: table ``label``; returns rounds, and whether root hooking had to finish the work."""
        library = self._spark.graphx.lib.ConnectedComponents
        graph = self.graph("select u, v from ties")
        self.keep("started", library.run(graph, SUPERSTEPS, self._any, self._any), "label", whole=True)
        apart = """select count(*) from ties as t join started as a on t.u = a.n join started as b on t.v = b.n
                   where a.label <> b.label"""
        if not one(self._tables, apart):
            self._tables.keep("label", "select n, label from started")
            return SUPERSTEPS, False
        return components(loaded, start="started"), True

    def pagerank(self, loaded: Loaded, tolerance: float) -> Ranks:
        """PageRank: table ``rank``; the number of rounds that brings any start below the tolerance."""
        rounds = max(1, math.ceil(math.log(tolerance / 2) / math.log(DAMPING)))
        ran = self._spark.graphx.lib.PageRank.run(
            self.graph("select u, v from sym"), rounds, 1 - DAMPING, self._any, self._any
        )
        self.keep("rank_made", ran, "value", whole=False)
        total = float(one(self._tables, "select sum(value) from rank_made"))
        scale = tied_mass(loaded) / total
        self._tables.keep("rank", f"select n, value * {double(scale)} as value from rank_made")
        return Ranks(rounds, 2 * DAMPING**rounds)

    def labels(self, loaded: Loaded) -> Labels:
        """Label propagation: table ``label``."""
        library = self._spark.graphx.lib.LabelPropagation
        self.keep("made", library.run(self.graph("select u, v from ties"), SWEEPS, self._any), "label", whole=True)
        name_by_lowest(self._tables, "made", "n", "label")
        return judged(loaded, SWEEPS)
