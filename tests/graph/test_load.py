from __future__ import annotations

import gzip
import shutil

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import csv

from netscam.data.dataset import check_dataset, find_dataset, read_dataset, write_dataset
from netscam.errors import DataError
from netscam.graph.build import graph_of, to_igraph
from netscam.graph.load import NEEDED, read_graph
from netscam.graph.ties import tie_arrays
from netscam.schema import TABLES


def same(a, b) -> None:
    assert a.get_edgelist() == b.get_edgelist()
    assert a.is_directed() == b.is_directed()
    for one, other in ((a.vs, b.vs), (a.es, b.es)):
        assert one.attributes() == other.attributes()
        for name in one.attributes():
            assert one[name] == other[name]


@pytest.fixture(params=["mekong", "example"])
def folder(request):
    return find_dataset(request.param)


@pytest.fixture
def tiny(tmp_path):
    return shutil.copytree(find_dataset("example"), tmp_path / "tiny")


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("prior", ["strict", "default"])
def test_the_short_way_gives_the_same_graph(folder, directed, prior):
    data = read_dataset(folder)
    same(read_graph(folder, directed=directed, prior=prior), to_igraph(data, directed=directed, prior=prior))
    types = ["person", "company", "address", "wallet", "authority"]
    same(read_graph(folder, types=types), to_igraph(data, types=types))


def test_the_order_of_rows_means_nothing(folder, tmp_path):
    rng = np.random.Generator(np.random.PCG64(5))
    mixed = shutil.copytree(folder, tmp_path / "mixed")
    for table in TABLES:
        frame = pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)
        frame.take(rng.permutation(len(frame))).to_csv(mixed / f"{table}.csv", index=False, lineterminator="\n")
    assert not read_dataset(mixed).relations["id"].equals(pd.read_csv(mixed / "relations.csv")["id"])
    assert read_dataset(mixed).hash() == read_dataset(folder).hash()
    same(read_graph(mixed), read_graph(folder))
    same(read_graph(mixed, directed=True), to_igraph(read_dataset(folder), directed=True))


def pack(source, target, form: str):
    """Copy a dataset with its tables in another form."""
    shutil.copytree(source, target)
    for table in TABLES:
        path = target / f"{table}.csv"
        content = path.read_bytes()
        if form == "gz":
            path.with_suffix(".csv.gz").write_bytes(gzip.compress(content))
        elif form == "zst":
            with pa.output_stream(str(path.with_suffix(".csv.zst")), compression="zstd") as out:
                out.write(content)
        else:
            names = content.split(b"\n", 1)[0].decode().split(",")
            options = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
            pq.write_table(csv.read_csv(path, convert_options=options), path.with_suffix(".parquet"))
        path.unlink()
    return target


@pytest.mark.parametrize("form", ["gz", "zst", "parquet"])
def test_packed_tables_and_parquet_are_read_alike(folder, tmp_path, form):
    packed = pack(folder, tmp_path / "packed", form)
    data, problems = check_dataset(packed)
    assert problems == check_dataset(folder)[1]
    assert data.hash() == read_dataset(folder).hash()
    same(read_graph(packed), read_graph(folder))


@pytest.mark.parametrize("form", ["gz", "zst", "parquet"])
def test_problems_have_the_same_places(tiny, tmp_path, form):
    text = (tiny / "relations.csv").read_text(encoding="utf-8").replace(",owns,", ",owes,")
    (tiny / "relations.csv").write_text(text, encoding="utf-8")
    before = check_dataset(tiny)[1]
    after = check_dataset(pack(tiny, tmp_path / "packed", form))[1]
    assert before
    assert [(p.file.split(".")[0], p.line, p.column, p.rule) for p in after] == [
        (p.file.split(".")[0], p.line, p.column, p.rule) for p in before
    ]


def test_numbers_in_parquet_are_read_as_they_would_be_written(tiny):
    columns = pq_columns(tiny / "relations.csv")
    columns["share"] = pa.array([51.0, *[None] * (len(columns["id"]) - 1)], pa.float64())
    columns["start"] = pa.array([2020] * len(columns["id"]), pa.int32())
    pq.write_table(pa.table(columns), tiny / "relations.parquet")
    (tiny / "relations.csv").unlink()
    data = read_dataset(tiny)
    assert data.relations["share"].dropna().tolist() == [51.0]
    assert set(data.relations["start"]) == {"2020"}


def pq_columns(path):
    names = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    return dict(pd.read_csv(path, dtype=str, keep_default_na=False)[names].items())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("relations.csv.gz", b"not gzip at all", "damaged, or not packed"),
        ("relations.csv.zst", b"not zstd", "damaged, or not packed"),
        ("relations.parquet", b"PAR1 no", "no sound Parquet"),
    ],
)
def test_damaged_files_are_one_line(tiny, name, content, said):
    (tiny / "relations.csv").unlink()
    (tiny / name).write_bytes(content)
    problems = [p for p in check_dataset(tiny)[1] if p.file == name]
    assert [(p.line, p.rule) for p in problems] == [(1, "missing-file")]
    assert said in problems[0].message


def test_a_bomb_is_refused(tiny, monkeypatch):
    monkeypatch.setattr("netscam.data.forms.SMALL", 1 << 10)
    content = (tiny / "relations.csv").read_bytes()
    (tiny / "relations.csv.gz").write_bytes(gzip.compress(content + b"\n" * 10_000_000))
    (tiny / "relations.csv").unlink()
    assert any("unpacks to more than" in p.message for p in check_dataset(tiny)[1])


def test_nested_parquet_is_refused(tiny):
    pq.write_table(pa.table({"id": pa.array([["a"]])}), tiny / "relations.parquet")
    (tiny / "relations.csv").unlink()
    assert any("'id' holds list" in p.message for p in check_dataset(tiny)[1])


def test_two_forms_of_a_table_are_refused(tiny):
    (tiny / "relations.csv.gz").write_bytes(gzip.compress((tiny / "relations.csv").read_bytes()))
    problems = check_dataset(tiny)[1]
    assert any("relations.csv and relations.csv.gz are both there; keep one" in p.message for p in problems)


def test_writing_a_dataset_replaces_its_packed_form(tiny, tmp_path):
    data = read_dataset(tiny)
    packed = pack(tiny, tmp_path / "packed", "gz")
    write_dataset(data, packed)
    assert not list(packed.glob("*.gz"))
    assert read_dataset(packed).hash() == data.hash()


def test_broken_input_is_refused_the_short_way_too(tiny):
    path = tiny / "relations.csv"
    path.write_text(path.read_text(encoding="utf-8") + "short,row\n", encoding="utf-8")
    with pytest.raises(DataError, match="ragged-row"):
        read_graph(tiny)


def test_ties_are_arrays_and_the_index_stands_beside_them():
    data = read_dataset("mekong")
    ties = tie_arrays(data)
    assert ties.ends.dtype == np.int64
    assert len(ties.ends) == len(ties.probability) == len(ties.strength) == len(ties.distance) == len(ties.relations)
    assert (np.diff(ties.ends[:, 0] * len(ties.vertices) + ties.ends[:, 1]) > 0).all()
    assert ties.vertices["id"].is_monotonic_increasing
    same(graph_of(ties), to_igraph(data))
    assert set(NEEDED) == {"entities", "relations", "evidence", "documents"}
