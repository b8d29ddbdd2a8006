"""A part that is cut out is the part that igraph and select would have cut, and the usual commands read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from netscam import project, read_dataset, select, to_igraph
from netscam.analysis.keynodes.edgelist import read_edgelist
from netscam.data.dataset import write_dataset
from netscam.data.select import keep_entities
from netscam.engines import cut as cutting
from netscam.engines.cut import cut
from netscam.engines.filters import Filters
from netscam.engines.part import Part
from netscam.engines.tables import EngineError
from netscam.errors import OutputError, UnknownNameError
from tests.engines.shapes import power_law, simple

GRAPH = to_igraph(read_dataset("mekong"))


def names_of(part: Part) -> set[str]:
    """What igraph finds."""
    names = GRAPH.vs["name"]
    if part.component:
        parts = GRAPH.connected_components()
        found = max(parts, key=len) if part.component == "largest" else next(
            p for p in parts if names.index(part.component) in p
        )  # fmt: skip
    elif part.around:
        seeds = [names.index(name) for name in part.around]
        found = {v for near in GRAPH.neighborhood(seeds, order=part.hops) for v in near}
    else:
        found = [v for v, level in enumerate(GRAPH.coreness()) if level >= part.core]
    return {names[v] for v in found}


def tie_values(graph: Any) -> dict[tuple[int, int], float]:
    return {edge.tuple: edge["probability"] for edge in graph.es}


@pytest.mark.parametrize(
    "part",
    [
        Part(component="largest"),
        Part(component="addr_019"),
        Part(around=("per_she_zhijiang", "org_kna"), hops=1),
        Part(around=("per_she_zhijiang",), hops=3),
        Part(core=3),
    ],
    ids=str,
)
def test_a_part_of_a_dataset_is_a_dataset(part: Part, tmp_path: Path) -> None:
    made = cut("mekong", tmp_path / "part", part)
    data, whole = read_dataset(tmp_path / "part", strict=False), read_dataset("mekong")
    kept = names_of(part)
    assert set(data.entities["id"]) == kept
    same = keep_entities(whole, whole.entities["id"].isin(kept))
    for table in ("entities", "relations", "evidence"):
        assert getattr(data, table).equals(getattr(same, table)), table
    assert {*data.evidence["document"], *data.events["document"]} <= set(data.documents["id"])
    assert len(data.documents) < len(whole.documents)
    graph = made.to_igraph()
    assert (made.nodes, made.ties) == (graph.vcount(), graph.ecount())
    inside = GRAPH.induced_subgraph([v for v, name in enumerate(GRAPH.vs["name"]) if name in kept])
    assert graph.vs["name"] == inside.vs["name"]
    assert tie_values(graph) == tie_values(inside)
    assert data.package["netscam"]["selection"]["cut"] == part.told()
    assert data.caveat == whole.caveat


def test_filters_go_with_the_part(tmp_path: Path) -> None:
    cut("mekong", tmp_path / "part", Part(component="largest"), filters=Filters(known_by="2025-10-14"))
    data = read_dataset(tmp_path / "part")
    then = select(read_dataset("mekong"), known_by="2025-10-14")
    graph = to_igraph(then)
    largest = max(graph.connected_components(), key=len)
    assert set(data.entities["id"]) == {graph.vs["name"][v] for v in largest}
    assert data.as_of == "2025-10-14"
    assert (data.entities["status"] == "").all()


@pytest.mark.parametrize("through", [("company",), ("company", "address"), ("place",), ()])
def test_a_projection_of_the_part_is_that_of_the_whole(through: tuple[str, ...], tmp_path: Path) -> None:
    onto = ("operator", "person")
    cut("mekong", tmp_path / "part", Part(onto=onto, through=through))
    here, there = (project(read_dataset(place), onto, through) for place in (tmp_path / "part", "mekong"))

    def ties(graph: Any) -> dict[tuple[str, str], tuple[float, str]]:
        names = graph.vs["name"]
        return {(names[e.source], names[e.target]): (round(e["probability"], 12), e["via"]) for e in graph.es}

    assert ties(here) == ties(there)
    assert len(read_dataset(tmp_path / "part").entities) < len(read_dataset("mekong").entities)


def test_a_part_of_a_list_of_ties_keeps_its_columns(tmp_path: Path) -> None:
    ends = power_law(300, 500)
    table = {"source": ends[:, 0], "target": ends[:, 1], "amount": np.arange(len(ends)) / 4}
    pq.write_table(pa.table(table), tmp_path / "ties.parquet")
    made = cut(tmp_path / "ties.parquet", tmp_path / "part", Part(core=2))
    graph = simple(ends)
    core = [name for name, level in zip(graph.vs["name"], graph.coreness(), strict=True) if level >= 2]
    rows = pq.read_table(tmp_path / "part" / "ties.parquet").to_pandas()
    inside = np.isin(ends, core).all(axis=1)
    assert list(rows.columns) == ["source", "target", "amount"]
    assert sorted(rows["amount"]) == sorted(np.flatnonzero(inside) / 4)
    assert sorted(map(int, made.to_igraph().vs["name"])) == core
    listed = read_edgelist(tmp_path / "part" / "ties.csv")
    assert len(listed.names) == len(core)


def test_the_same_bytes_on_a_second_run(tmp_path: Path) -> None:
    for name in ("a", "b"):
        cut("mekong", tmp_path / name, Part(core=2))
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_a_part_that_does_not_fit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "free_memory", lambda: 1000)
    with pytest.raises(EngineError, match=r"the part has 37 nodes and 78 ties.*nothing was written"):
        cut("mekong", tmp_path / "part", Part(core=3))
    assert not (tmp_path / "part").exists()


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part(), "exactly one of"),
        (Part(core=2, component="largest"), "exactly one of"),
        (Part(through=("company",)), "exactly one of"),
        (Part(onto=("person",), through=("person",)), "both kept and projected"),
        (Part(core=40), "nothing of the network is left"),
    ],
)
def test_what_cannot_be_cut_is_refused(part: Part, words: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=words):
        cut("mekong", tmp_path / "part", part)
    assert not (tmp_path / "part").exists()


def test_unknown_names_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="no node called 'per_nobody'"):
        cut("mekong", tmp_path / "part", Part(around=("per_nobody",)))
    with pytest.raises(UnknownNameError, match=r"no node called 'PER_SHE_ZHIJIANG'.*case-sensitive"):
        cut("mekong", tmp_path / "part", Part(component="PER_SHE_ZHIJIANG"))
    with pytest.raises(UnknownNameError, match="did you mean 'person'"):
        cut("mekong", tmp_path / "part", Part(onto=("persn",)))
    (tmp_path / "ties.csv").write_text("source,target\na,b\n", encoding="utf-8")
    with pytest.raises(EngineError, match="no entity types"):
        cut(tmp_path / "ties.csv", tmp_path / "part", Part(onto=("person",)))


def test_another_dataset_is_not_lost(tmp_path: Path) -> None:
    write_dataset(read_dataset("example"), tmp_path)
    with pytest.raises(OutputError, match="holds another dataset"):
        cut("mekong", tmp_path, Part(core=3))
    cut("mekong", tmp_path, Part(core=3), force=True)
    assert (tmp_path / "costs.csv").exists()
    cut(tmp_path, tmp_path, Part(core=3))
    assert set(read_dataset(tmp_path).entities["id"]) == names_of(Part(core=3))
