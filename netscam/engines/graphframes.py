"""GraphFrames, where the user's cluster has it: found, checked for its version, and used before anything else."""

from __future__ import annotations

import contextlib
import math
import re
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from netscam.engines.labels import Labels, judged, name_by_lowest
from netscam.engines.pagerank import DAMPING, Ranks, tied_mass
from netscam.engines.tables import double, one

if TYPE_CHECKING:
    from netscam.engines.load import Loaded
    from netscam.engines.spark import SparkTables

OLDEST = (0, 12, 3)
"""Older versions can return wrong components."""
SWEEPS = 10
Version = tuple[int, ...]


def find_graphframes(tables: SparkTables) -> tuple[bool, str]:
    """Whether GraphFrames can be used in this session, and a sentence on why or why not.

    Both halves must be 0.12.3 or newer: the Python package here, and the archive that the cluster has loaded, whose
    version is read from its file name or its coordinates. One that does not say its version is not used.
    """
    try:
        here = _parsed(version("graphframes-py"))
    except PackageNotFoundError:
        return False, "GraphFrames: the Python package graphframes-py is not installed"
    there = _of_cluster(tables)
    if there is None:
        return False, "GraphFrames: the cluster has none loaded, or does not say which (spark.jars.packages)"
    oldest = ".".join(map(str, OLDEST))
    for where, found in (("the Python package", here), ("the cluster's", there)):
        if found < OLDEST:
            return False, f"GraphFrames: {where} is {'.'.join(map(str, found))}; only {oldest} or newer is used"
    return True, f"GraphFrames {'.'.join(map(str, there))}"


def _parsed(text: str) -> Version:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def _of_cluster(tables: SparkTables) -> Version | None:
    """Version of the archive that the session has loaded."""
    told = [tables.session.conf.get(key, "") or "" for key in ("spark.jars.packages", "spark.jars")]
    with contextlib.suppress(AttributeError, TypeError):
        told.append(str(tables.session.sparkContext._jsc.sc().listJars().mkString(",")))
    for text in told:
        # io.graphframes:graphframes-spark4_2.13:0.12.3 and .../graphframes-spark4_2.13-0.12.3.jar
        if found := re.search(r"graphframes-spark\d+_[\d.]+[:-](\d+\.\d+\.\d+)", text):
            return _parsed(found.group(1))
    return None


def graph_frame(tables: SparkTables, ties: str) -> Any:
    """A GraphFrame of the tied nodes and a table of ties."""
    graph_frame_of = import_module("graphframes").GraphFrame
    vertices = tables.session.sql("select n as id from degrees")
    return graph_frame_of(vertices, tables.session.sql(f"select u as src, v as dst from {ties}"))


def components_of(loaded: Loaded, tables: SparkTables) -> int:
    """Label the components: table ``label``, each named by the smallest number in it."""
    found = graph_frame(tables, "ties").connectedComponents(
        algorithm="randomized_contraction", use_local_checkpoints=True
    )
    tables.keep_frame("made", found.select("id", "component"))
    name_by_lowest(tables, "made", "id", "component")
    return 0


def pagerank_of(loaded: Loaded, tables: SparkTables, tolerance: float) -> Ranks:
    """PageRank: table ``rank``."""
    rounds = max(1, math.ceil(math.log(tolerance / 2) / math.log(DAMPING)))
    ran = graph_frame(tables, "sym").pageRank(resetProbability=1 - DAMPING, maxIter=rounds)
    tables.keep_frame("made", ran.vertices.select("id", "pagerank"))
    scale = tied_mass(loaded) / float(one(tables, "select sum(pagerank) from made"))
    tables.keep("rank", f"select id as n, pagerank * {double(scale)} as value from made")
    return Ranks(rounds, 2 * DAMPING**rounds)


def labels_of(loaded: Loaded, tables: SparkTables) -> Labels:
    """Label propagation: table ``label``."""
    found = graph_frame(tables, "ties").labelPropagation(maxIter=SWEEPS, use_local_checkpoints=True)
    tables.keep_frame("made", found.select("id", "label"))
    name_by_lowest(tables, "made", "id", "label")
    return judged(loaded, SWEEPS)


def coreness_of(tables: SparkTables) -> None:
    """Core numbers: table ``coreness(n, core)``."""
    tables.keep_frame("made", graph_frame(tables, "ties").k_core(use_local_checkpoints=True))
    tables.keep("coreness", "select id as n, kcore as core from made")
