"""The same on Spark, for real: a standalone cluster and Spark Connect on loopback, and a worker that dies."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from netscam import read_dataset
from netscam.engines import graphframes
from netscam.engines.components import components
from netscam.engines.core import core, coreness
from netscam.engines.cut import cut
from netscam.engines.filters import Filters
from netscam.engines.graphx import GraphX
from netscam.engines.hops import hops
from netscam.engines.java import find_java, java_version
from netscam.engines.labels import propagate
from netscam.engines.load import load
from netscam.engines.measure import Engine
from netscam.engines.pagerank import pagerank
from netscam.engines.part import Part
from netscam.engines.routes import Way, find_way
from netscam.engines.source import find_source
from netscam.engines.tables import EngineError, Tables
from tests.engines.cluster import LIGHT, Cluster
from tests.engines.shapes import by_number, chain, component_labels, forest, load_ties, power_law, simple, star

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.filterwarnings("ignore::FutureWarning")]
SHAPES = [chain(300), star(100, centre_last=True) + 1000, forest(200) + 2000, power_law(300, 500) + 4000]
ENDS = np.concatenate(SHAPES)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed (extra spark)")
    java = find_java()
    if java is None or java_version(java) < 17:
        pytest.skip("there is no Java 17 or newer")
    made = Cluster(Path(pyspark.__file__).parent, tmp_path_factory.mktemp("spark"))
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def spark(cluster: Cluster) -> Iterator[Any]:
    from netscam.engines.spark import SparkTables

    cluster.wait_for_connect()  # it takes two of the four cores; whoever comes next takes all that are left
    with pytest.MonkeyPatch.context() as patch:
        for key, value in LIGHT.items():
            patch.setenv(key, value)
        tables = SparkTables(cluster.master, memory="512m")
    for key in ("spark.sql.shuffle.partitions", "spark.sql.codegen.wholeStage"):
        tables.session.conf.set(key, "2" if "shuffle" in key else "false")
    yield tables
    tables.close()


def both(sql: str, *tables: Tables) -> bool:
    first, second = (sorted(map(tuple, each.rows(sql))) for each in tables)
    return first == second


def test_a_dataset_is_loaded_as_duckdb_loads_it(spark: Any, duck: Tables) -> None:
    source = find_source("mekong")
    filters = Filters(known_by="2025-10-14", min_probability=0.3)
    here, there = (load(source, tables, filters) for tables in (duck, spark))
    assert (here.nodes, here.ties, here.tied) == (there.nodes, there.ties, there.tied)
    for sql in ("select id, n from nodes", "select u, v from ties", "select n from isolates"):
        assert both(sql, duck, spark)


def test_components_by_root_hooking(spark: Any, tmp_path: Path) -> None:
    assert components(load_ties(spark, tmp_path, ENDS)) <= 12
    assert by_number(spark, "select n, label from label") == component_labels(simple(ENDS))


def test_pagerank_and_labels_are_those_of_duckdb_to_the_last_bit(spark: Any, duck: Tables, tmp_path: Path) -> None:
    ends = power_law(300, 500)
    here, there = (load_ties(tables, tmp_path, ends, text=True) for tables in (duck, spark))
    assert pagerank(here, tolerance=1e-2) == pagerank(there, tolerance=1e-2)
    assert both("select n, value from rank", duck, spark)
    assert propagate(here, most_rounds=3) == propagate(there, most_rounds=3)
    assert both("select n, label from label", duck, spark)


def test_core_and_hops(spark: Any, duck: Tables, tmp_path: Path) -> None:
    here, there = (load_ties(tables, tmp_path, ENDS) for tables in (duck, spark))
    core(here, 3)
    core(there, 3)
    assert both("select n from kept", duck, spark)
    coreness(here)
    coreness(there)
    assert both("select n, core from coreness", duck, spark)
    hops(here, ["4000"], 2)
    hops(there, ["4000"], 2)
    assert both("select n, step from kept", duck, spark)


def test_graphx_is_the_way_in_a_classic_session(spark: Any, tmp_path: Path) -> None:
    loaded = load_ties(spark, tmp_path, ENDS)
    way = find_way(loaded)
    assert way.route == "graphx"
    way.components()
    assert "then root hooking" in way.notes[-1]  # the chain is longer than GraphX may take
    assert by_number(spark, "select n, label from label") == component_labels(simple(ENDS))
    ranks = GraphX(spark).pagerank(loaded, 1e-2)
    found = by_number(spark, "select n, value from rank")
    graph = simple(ENDS)
    made = np.array([found[name] for name in graph.vs["name"]])
    assert np.abs(made - graph.pagerank(damping=0.85)).sum() <= ranks.bound
    labels = GraphX(spark).labels(loaded)
    membership = by_number(spark, "select n, label from label")
    codes = np.unique([membership[name] for name in graph.vs["name"]], return_inverse=True)[1]
    assert math.isclose(labels.modularity, graph.modularity(codes.tolist()), abs_tol=1e-9)


def test_graphframes_comes_first_where_the_cluster_has_it(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The archive is on no index here: what its documentation promises stands in for it."""

    class GraphFrame:
        def __init__(self, vertices: Any, edges: Any) -> None:
            assert (vertices.columns, edges.columns) == (["id"], ["src", "dst"])
            self.vertices = vertices

        def connectedComponents(self, **_: Any) -> Any:
            return self.vertices.selectExpr("id", "cast(floor(id / 1000) as bigint) + 77 as component")

        def pageRank(self, *, resetProbability: float, maxIter: int) -> Any:
            assert math.isclose(resetProbability, 0.15)
            return SimpleNamespace(vertices=self.vertices.selectExpr("id", "cast(id + 1 as double) as pagerank"))

        def k_core(self, **_: Any) -> Any:
            return self.vertices.selectExpr("id", "id as kcore")

    monkeypatch.setattr(graphframes, "import_module", lambda _: SimpleNamespace(GraphFrame=GraphFrame))
    monkeypatch.setattr(graphframes, "find_graphframes", lambda _: (True, "GraphFrames 0.12.3"))
    ends = np.array([[0, 1], [1, 2], [1003, 1004]])
    way = find_way(load_ties(spark, tmp_path, ends))
    assert way.route == "graphframes"
    way.components()
    assert by_number(spark, "select n, label from label") == {0: 0, 1: 0, 2: 0, 1003: 1003, 1004: 1003}
    way.pagerank(1e-2)
    found = by_number(spark, "select n, value from rank")
    assert math.isclose(found[1004] / found[0], 1005)
    assert math.isclose(sum(found.values()), 1)
    way.core(3)
    assert sorted(row[0] for row in spark.rows("select n from kept")) == [1003, 1004]


def test_the_command_line_through_spark_connect(cluster: Cluster, tmp_path: Path) -> None:
    place = cluster.wait_for_connect()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "netscam.cli", "cut", "mekong", "--component", "addr_019",
         "-o", str(tmp_path / "part"), "--engine", "spark", "--master", place],
        capture_output=True, text=True, check=False, timeout=300, env={**os.environ, "JAVA_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr  # a client needs no Java: that of JAVA_HOME is none
    assert "GraphX is not within reach of Spark Connect: SQL" in done.stderr
    assert "11 of 446 nodes" in done.stderr
    cut("mekong", tmp_path / "same", Part(component="addr_019"), on=Engine("duckdb"))
    assert read_dataset(tmp_path / "part").hash() == read_dataset(tmp_path / "same").hash()


def test_a_broken_statement_is_one_line(spark: Any) -> None:
    with pytest.raises(EngineError, match="nowhere") as caught:
        spark.rows("select * from nowhere")
    assert "\n" not in str(caught.value)


def test_a_worker_dies_and_the_answer_is_right(spark: Any, cluster: Cluster, tmp_path: Path) -> None:
    loaded = load_ties(spark, tmp_path, ENDS)
    way = Way(loaded, "sql")
    keep, kept = spark.keep, []

    def keep_and_lose_a_worker(name: str, sql: str) -> None:
        kept.append(name)
        if len(kept) == 3:
            cluster.kill_worker()
        keep(name, sql)

    spark.keep = keep_and_lose_a_worker
    way.components()
    assert len(kept) > 3
    assert len(cluster.workers) == 1
    assert by_number(spark, "select n, label from label") == component_labels(simple(ENDS))
