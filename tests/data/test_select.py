"""Selecting by type, relation, date, knowledge and probability."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netscam.data.dataset import Dataset, build_dataset, read_dataset, split_list, write_dataset
from netscam.data.evidence import relation_probabilities
from netscam.data.read import read_table
from netscam.data.select import first_day, last_day, select
from netscam.data.validate import find_problems
from netscam.errors import UnknownNameError


@pytest.fixture(scope="module")
def mekong() -> Dataset:
    return read_dataset("mekong")


def assert_consistent(data: Dataset) -> None:
    """Every reference inside a selected dataset leads somewhere."""
    entities, relations, documents = set(data.entities["id"]), set(data.relations["id"]), set(data.documents["id"])
    assert set(data.relations["source"]) | set(data.relations["target"]) <= entities
    assert set(data.evidence["relation"]) <= relations
    assert set(data.evidence["document"]) <= documents
    assert set(data.events["document"]) <= documents
    assert set(data.events["place"]) - {""} <= entities
    assert {i for cell in data.events["entities"] for i in split_list(cell)} <= entities


def test_nothing_chosen_changes_nothing(mekong: Dataset) -> None:
    assert select(mekong).hash() == mekong.hash()


def test_types_keep_relations_with_both_ends(mekong: Dataset) -> None:
    chosen = select(mekong, types=["operator", "company"])
    assert set(chosen.entities["type"]) == {"operator", "company"}
    assert_consistent(chosen)
    assert 0 < len(chosen.relations) < len(mekong.relations)


def test_relations(mekong: Dataset) -> None:
    assert set(select(mekong, relations=["owns"]).relations["relation"]) == {"owns"}


@pytest.mark.parametrize("words", [{"types": ["shellfish"]}, {"relations": ["own"]}])
def test_unknown_names(mekong: Dataset, words: dict[str, list[str]]) -> None:
    with pytest.raises(UnknownNameError):
        select(mekong, **words)


def test_known_by_drops_later_documents_and_what_hangs_on_them(mekong: Dataset) -> None:
    chosen = select(mekong, known_by="2025-10-01")
    assert chosen.documents["published"].map(last_day).max() <= "2025-10-01"
    assert chosen.documents["published"].ne("").all()
    supported = set(chosen.evidence.loc[chosen.evidence["stance"] == "supports", "relation"])
    assert set(chosen.relations["id"]) == supported
    assert_consistent(chosen)


def test_knowledge_only_grows(mekong: Dataset) -> None:
    known = [
        set(select(mekong, known_by=day).relations["id"]) for day in ("2019", "2024-09", "2025-10-14", "2026-12-31")
    ]
    assert all(early <= late for early, late in pairwise(known))
    assert len(known[0]) < len(known[-1])


def test_a_month_is_known_at_its_end(mekong: Dataset) -> None:
    document = mekong.documents.loc[mekong.documents["published"].str.len() == 7].iloc[0]
    assert document["id"] not in set(select(mekong, known_by=document["published"] + "-14").documents["id"])
    assert document["id"] in set(select(mekong, known_by=document["published"]).documents["id"])


def test_min_probability(mekong: Dataset) -> None:
    chosen = select(mekong, min_probability=0.9)
    likely = relation_probabilities(mekong)
    assert set(chosen.relations["id"]) == set(likely.index[likely >= 0.9])


@pytest.mark.parametrize(
    ("start", "end", "at", "valid"),
    [
        ("", "", "2025", True),
        ("2024", "", "2023-12-31", False),
        ("2024", "", "2024-06", True),
        ("2024-06-15", "", "2024-06", True),
        ("2024-06-15", "", "2024-06-14", False),
        ("", "2024", "2024-12-31", True),
        ("", "2024", "2025", False),
        ("2023-05", "2024-02", "2024", True),
    ],
)
def test_valid_time_honours_reduced_precision(mekong: Dataset, start: str, end: str, at: str, valid: bool) -> None:
    relations = mekong.relations.head(1).assign(start=start, end=end)
    data = build_dataset("one", {**mekong.tables(), "relations": relations}, {})
    assert len(select(data, at=at).relations) == int(valid)


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_reduced_dates_span_their_days(day: object, length: int) -> None:
    date = str(day)[:length]
    assert first_day(date) <= str(day) <= last_day(date)
    assert len(first_day(date)) == len(last_day(date)) == 10


def test_a_selection_is_a_valid_dataset(mekong: Dataset, tmp_path) -> None:
    chosen = select(
        mekong, known_by="2025-09-10", types=["operator", "company", "organization", "compound", "official"]
    )
    write_dataset(chosen, tmp_path)
    tables = ("entities", "relations", "evidence", "documents", "events", "corrections", "costs")
    raw = {name: read_table(tmp_path / f"{name}.csv", name) for name in tables if (tmp_path / f"{name}.csv").exists()}
    assert [p for p in find_problems(raw) if p.level == "error"] == []
