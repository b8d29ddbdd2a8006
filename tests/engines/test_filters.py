"""What DuckDB loads of a dataset is what select and to_igraph give in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from netscam import read_dataset, select, to_igraph
from netscam.data.dataset import Dataset, write_dataset
from netscam.engines.filters import Filters
from netscam.engines.load import load
from netscam.engines.source import find_source
from netscam.engines.tables import EngineError, Tables
from netscam.errors import DataError, DateError, UnknownNameError
from netscam.output.exporters.workbook import parquet
from netscam.schema import load_schema

CHOICES = [
    Filters(),
    Filters(include=("place", "authority", "wallet")),
    Filters(relations=("owns", "directs")),
    Filters(min_probability=0.5),
    Filters(min_probability=0.85, prior="strict"),
    Filters(at="2024"),
    Filters(at="2025-02"),
    Filters(at="2023-06-15"),
    Filters(known_by="2025-10-14"),
    Filters(known_by="2024-02", at="2023", min_probability=0.3),
    Filters(known_by="2023", include=("place",), prior="lenient"),
]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The shipped dataset as CSV and as Parquet."""
    made = tmp_path_factory.mktemp("parquet")
    for name, content in parquet(read_dataset("mekong")).items():
        (made / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return {"csv": Path("mekong"), "parquet": made}


def in_memory(data: Dataset, filters: Filters) -> tuple[list[str], list[tuple[str, str]]]:
    part = select(
        data,
        relations=filters.relations or None,
        at=filters.at,
        known_by=filters.known_by,
        min_probability=filters.min_probability,
        prior=filters.prior,
    )
    graph = to_igraph(part, types=[*load_schema().analysis_types, *filters.include], prior=filters.prior)
    names = graph.vs["name"]
    return names, sorted((names[a], names[b]) for a, b in graph.get_edgelist())


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("filters", CHOICES, ids=str)
def test_filters_choose_what_select_chooses(
    form: str, filters: Filters, folders: dict[str, Path], duck: Tables
) -> None:
    loaded = load(find_source(folders[form]), duck, filters)
    nodes, ties = in_memory(read_dataset("mekong"), filters)
    assert [row[0] for row in duck.rows("select id from nodes order by n")] == nodes
    sql = "select a.id, b.id from ties as t join nodes as a on t.u = a.n join nodes as b on t.v = b.n order by 1, 2"
    assert duck.rows(sql) == ties
    assert (loaded.nodes, loaded.ties) == (len(nodes), len(ties))


def test_names_and_dates_are_checked_as_everywhere(duck: Tables) -> None:
    source = find_source("mekong")
    with pytest.raises(UnknownNameError, match="did you mean 'owns'"):
        load(source, duck, Filters(relations=("ownss",)))
    with pytest.raises(UnknownNameError, match="entity type"):
        load(source, duck, Filters(include=("victim",)))
    with pytest.raises(DateError):
        load(source, duck, Filters(at="2024-13"))
    with pytest.raises(UnknownNameError, match="prior"):
        load(source, duck, Filters(prior="hopeful"))


def broken(tmp_path: Path, table: str, old: str, new: str) -> Path:
    folder = write_dataset(read_dataset("example"), tmp_path / "broken")
    text = (folder / f"{table}.csv").read_text(encoding="utf-8")
    assert old in text
    (folder / f"{table}.csv").write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_what_would_change_the_answer_in_silence_is_refused(tmp_path: Path, duck: Tables) -> None:
    first, second = read_dataset("example").entities["id"].iloc[:2]
    folder = broken(tmp_path, "entities", f"\n{first},", f"\n{second},")
    with pytest.raises(DataError) as caught:
        load(find_source(folder), duck)
    assert [problem.rule for problem in caught.value.problems][:1] == ["duplicate-id"]
    assert {problem.rule for problem in caught.value.problems} == {"duplicate-id", "unknown-id"}
    folder = broken(tmp_path, "relations", "source", "sauce")
    with pytest.raises(DataError, match=r"^relations.csv:1: source: the table has no such column \[missing-column\]$"):
        load(find_source(folder), duck)
    (folder / "evidence.csv").unlink()
    with pytest.raises(DataError, match=r"^evidence.csv:1: \(file\): there is no such file"):
        find_source(folder)


def test_ties_without_ends_are_refused(tmp_path: Path, duck: Tables) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target\na,b\n,c\nd,\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(find_source(path), duck)
    assert [problem.column for problem in caught.value.problems] == ["source", "target"]
    path.write_text("from,to\na,b\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"no such column \(columns: from, to\)"):
        load(find_source(path), duck)


def test_bare_ties_know_their_probability_only(tmp_path: Path, duck: Tables) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target,probability\na,b,0.9\nb,c,0.2\n", encoding="utf-8")
    assert load(find_source(path), duck, Filters(min_probability=0.5)).ties == 1
    with pytest.raises(EngineError, match="knows no relations, at"):
        load(find_source(path), duck, Filters(relations=("owns",), at="2024"))
