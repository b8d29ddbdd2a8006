"""Which engine is chosen, what is refused, and what a user reads when something is missing."""

from __future__ import annotations

import sys
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from netscam.engines import choose, graphframes, java
from netscam.engines.choose import choose_engine, free_memory
from netscam.engines.duck import DuckTables
from netscam.engines.measure import Engine, measure_large
from netscam.engines.routes import find_way
from netscam.engines.source import Source, find_source
from netscam.engines.spark import SparkTables, check_reach, on_this_machine
from netscam.engines.tables import EngineError, Tables, quoted
from netscam.errors import DataError, UnknownNameError
from tests.engines.shapes import load_ties, power_law, write_ties

LARGE = Source("ties.parquet", "ties", {"ties": "ties.parquet"})


@pytest.fixture
def ties(tmp_path: Path) -> Path:
    return write_ties(tmp_path / "ties.parquet", power_law(100, 1000))


def test_auto_goes_by_bytes_against_free_memory(ties: Path) -> None:
    source = find_source(ties)
    assert source.rows() == 1000
    assert choose_engine(source, free=10**9).engine == "igraph"
    choice = choose_engine(source, free=10**5)
    assert choice.engine == "duckdb"
    assert choice.why == "about 300 kB needed in memory, 100 kB free"
    assert free_memory() > 10**6


def test_auto_never_starts_spark_but_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Source, "rows", lambda self: 5_000_000_000)
    choice = choose_engine(LARGE, free=10**9)
    assert choice.engine == "duckdb"
    assert "--engine spark --master" in choice.why
    with pytest.raises(EngineError, match="auto never starts Spark"):
        choose_engine(LARGE, master="local[2]")
    with pytest.raises(UnknownNameError, match="did you mean 'spark'"):
        choose_engine(LARGE, "sparc")


def test_rows_of_csv_are_estimated(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target\n" + "a1,b22\n" * 1000, encoding="utf-8")
    assert find_source(path).rows() == pytest.approx(1000, rel=0.01)


def test_parts_and_patterns_are_one_network(tmp_path: Path, duck: Tables) -> None:
    ends = power_law(50, 200)
    for number in range(2):
        write_ties(tmp_path / f"part{number}.parquet", ends[number::2])
    for place in (tmp_path, tmp_path / "part*.parquet"):
        found = measure_large(place, "degree", on=Engine("duckdb"))
        same = measure_large(place, "degree", on=Engine("igraph"))
        assert found.frame["degree"].tolist() == same.frame["degree"].tolist()
        assert find_source(place).rows() == 200
    with pytest.raises(DataError, match="no file matches"):
        find_source(tmp_path / "no*.parquet")
    (tmp_path / "x.txt").write_text("")
    with pytest.raises(DataError, match=r"neither \.parquet nor \.csv"):
        find_source(tmp_path / "x.txt")


def test_a_place_elsewhere_needs_spark() -> None:
    source = find_source("hdfs://cluster/case")
    assert source.files["evidence"] == "hdfs://cluster/case/evidence.parquet"
    assert find_source("s3a://bucket/ties.parquet").kind == "ties"
    with pytest.raises(EngineError, match="say --engine spark"):
        choose_engine(source)


def test_no_duckdb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(EngineError, match=r"pip install 'netscam\[big\]'"):
        DuckTables()
    monkeypatch.setattr(choose, "find_spec", lambda name: None)
    monkeypatch.setattr(Source, "rows", lambda self: 10**9)
    with pytest.raises(EngineError, match=r"outgrows memory.*netscam\[big\]"):
        choose_engine(LARGE, free=10**9)


def test_no_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(EngineError, match=r"pip install 'netscam\[spark]'.*Java 17"):
        SparkTables("local[1]")


def test_no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(EngineError, match=r"no bin/java in it\. Spark needs Java 17 or newer: .*openjdk-17"):
        java.check_java()
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match="there is no Java here"):
        java.check_java()
    old = tmp_path / "java"
    for told, major in (('openjdk version "11.0.2" 2019', 11), ('java version "1.8.0_292"', 8), ("what?", 0)):
        old.write_text(f"#!/bin/sh\necho '{told}' >&2\n", encoding="utf-8")
        old.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
        assert java.java_version(str(old)) == major
        with pytest.raises(EngineError, match=r"is Java .*Spark needs Java 17"):
            java.check_java()


def test_a_cluster_needs_a_shared_place() -> None:
    assert on_this_machine("local[4]")
    assert on_this_machine("spark://127.0.0.1:7077")
    assert not on_this_machine("yarn")
    for master in ("spark://head:7077", "sc://10.0.0.3:15002", "yarn"):
        with pytest.raises(EngineError, match="--work must name"):
            SparkTables(master)


@pytest.mark.parametrize("master", ["sc://127.0.0.1:9", "spark://127.0.0.1:9", "spark://127.0.0.1:x", "sc://"])
def test_nobody_at_the_door_is_told_at_once(master: str) -> None:
    with pytest.raises(EngineError, match=f"^Spark does not answer at {master}: "):
        check_reach(master)
    check_reach("local[2]")
    check_reach("yarn")


@pytest.mark.parametrize("name", ["betweenness", "leiden", "key-nodes", "closeness"])
def test_what_has_no_counterpart_is_refused_with_the_way_round(name: str, ties: Path) -> None:
    for engine in ("duckdb", "spark", "auto"):
        with pytest.raises(EngineError, match=rf"{name} has no counterpart.*netscam cut .*ties.parquet --core 2"):
            measure_large(ties, name, on=Engine(engine))
    with pytest.raises(UnknownNameError, match="did you mean 'pagerank'"):
        measure_large(ties, "pagernk")
    with pytest.raises(EngineError, match="alone"):
        measure_large(ties, ["degree", "components"])


def test_measures_agree_between_engines(ties: Path, tmp_path: Path) -> None:
    import pandas as pd

    out = tmp_path / "all.parquet"
    found = measure_large(ties, ["pagerank", "degree", "coreness"], on=Engine("duckdb"), tolerance=1e-9, output=out)
    same = measure_large(ties, ["pagerank", "degree", "coreness"], on=Engine("igraph"), top=None)
    assert len(found.frame) == 20
    every = pd.read_parquet(out).set_index("id").loc[same.frame["id"]]
    assert np.allclose(every["pagerank"], same.frame["pagerank"], atol=1e-9)
    for name in ("degree", "coreness"):
        assert every[name].tolist() == same.frame[name].tolist()
    assert (found.nodes, found.ties, found.isolates) == (same.nodes, same.ties, same.isolates)
    parts = [measure_large(ties, "components", on=Engine(engine)) for engine in ("duckdb", "igraph")]
    assert parts[0].frame.to_dict("list") == parts[1].frame.to_dict("list")
    assert parts[0].groups == parts[1].groups


def test_a_collapsed_label_propagation_is_refused(tmp_path: Path) -> None:
    everyone = np.array([[a, b] for a in range(20) for b in range(a)])
    with pytest.raises(EngineError, match="label propagation collapsed: one label holds 100%"):
        measure_large(write_ties(tmp_path / "t.parquet", everyone), "label-propagation", on=Engine("duckdb"))


def test_routes_of_spark_are_not_those_of_duckdb(duck: Tables, tmp_path: Path) -> None:
    loaded = load_ties(duck, tmp_path, power_law(20, 30))
    assert find_way(loaded).route == "sql"
    with pytest.raises(EngineError, match="graphx is a part of Spark"):
        find_way(loaded, "graphx")
    with pytest.raises(UnknownNameError, match="route"):
        find_way(loaded, "gx")


@pytest.mark.parametrize(
    ("here", "there", "good", "words"),
    [
        ("0.12.3", "io.graphframes:graphframes-spark4_2.13:0.12.3", True, "GraphFrames 0.12.3"),
        ("0.13.0", "/jars/graphframes-spark4_2.13-0.12.4.jar", True, "GraphFrames 0.12.4"),
        ("0.12.2", "io.graphframes:graphframes-spark4_2.13:0.12.3", False, "the Python package is 0.12.2"),
        ("0.12.3", "io.graphframes:graphframes-spark4_2.13:0.12.2", False, "the cluster's is 0.12.2"),
        ("0.12.3", "io.delta:delta:3.0.0", False, "does not say which"),
    ],
)
def test_only_a_graphframes_that_counts_right_is_used(
    here: str, there: str, good: bool, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Session:
        conf = MappingProxyType({"spark.jars.packages": there})

    class Connected:
        session = Session()

    monkeypatch.setattr(graphframes, "version", lambda name: here)
    found, why = graphframes.find_graphframes(Connected())
    assert found is good
    assert words in why


def test_texts_in_statements_are_quoted() -> None:
    assert quoted("it's") == "'it''s'"
    for text in ("back\\slash", "line\nbreak"):
        with pytest.raises(EngineError, match="cannot stand in a statement"):
            quoted(text)
