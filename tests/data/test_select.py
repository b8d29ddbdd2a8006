"""Selecting by type, relation, date, knowledge and probability."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netscam.data.dataset import Dataset, build_dataset, read_dataset, split_list, write_dataset
from netscam.data.evidence import relation_probabilities, tie_factor
from netscam.data.read import read_table
from netscam.data.select import first_day, last_day, select
from netscam.data.validate import find_problems
from netscam.errors import DateError, UnknownNameError


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
    likely = relation_probabilities(mekong) * tie_factor(mekong)
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


def test_knowledge_time_takes_hindsight_along(mekong: Dataset) -> None:
    """Statuses, descriptions, later ends and costs were written when it was known how things went on."""
    early = select(mekong, known_by="2024-02")
    assert early.costs is None
    assert set(early.entities["status"]) == set(early.entities["description"]) == {""}
    assert set(early.relations["description"]) == {""}
    assert early.relations["end"].map(first_day).max() <= "2024-02-29"
    assert early.as_of == "2024-02"
    assert "2026" not in early.caveat
    assert mekong.costs is not None


def test_a_month_ends_with_its_last_day(mekong: Dataset) -> None:
    assert (last_day("2026-02"), last_day("2024-02"), last_day("2025-04")) == ("2026-02-28", "2024-02-29", "2025-04-30")
    whole, day = (set(select(mekong, known_by=date).relations["id"]) for date in ("2026-02", "2026-02-28"))
    assert whole == day


@pytest.mark.parametrize("date", ["", "garbage", "14/10/2025", "2025-13", "2025-02-30", "2025-10-14T00", "2025-W41-1"])
def test_dates_that_are_none_are_refused(mekong: Dataset, date: str) -> None:
    for clock in ("at", "known_by"):
        with pytest.raises(DateError, match="is not a date"):
            select(mekong, **{clock: date})


def test_events_that_name_nobody_stay(mekong: Dataset) -> None:
    from netscam.schema import load_schema

    assert len(select(mekong, types=list(load_schema().entity_types)).events) == len(mekong.events)
    assert 0 < len(select(mekong, types="operator").events) < len(mekong.events)


def test_a_prior_is_checked_even_when_it_is_not_needed(mekong: Dataset) -> None:
    with pytest.raises(UnknownNameError, match="prior"):
        select(mekong, prior="x")


def test_a_selection_notes_what_was_chosen(mekong: Dataset) -> None:
    once = select(mekong, types=iter(["operator", "company"]), at="2025")
    assert once.package["netscam"]["selection"] == {"types": ["operator", "company"], "at": "2025"}
    assert select(once, relations="owns").package["netscam"]["selection"]["relations"] == ["owns"]
    assert "selection" not in mekong.package["netscam"]
