from __future__ import annotations

from collections.abc import Callable

import pytest

from netscam.data.dataset import Dataset
from netscam.data.resolve.pairs import COLUMNS, find_duplicates

Make = Callable[..., Dataset]


@pytest.fixture
def two(dataset: Make) -> list[Dataset]:
    one = dataset("one", entities=[
        {"id": "a1", "type": "operator", "name": "Chen Zhi", "aliases": "陈志", "countries": "KH",
         "description": "Born in 1987."},
        {"id": "a2", "type": "company", "name": "Golden Lotus Co., Ltd.", "identifiers": "kh-company:1"},
        {"id": "a3", "type": "company", "name": "Quite Another Name", "identifiers": "vg-company:5"},
        {"id": "a4", "type": "place", "name": "Poipet"},
    ])  # fmt: skip
    other = dataset("two", entities=[
        {"id": "b1", "type": "person", "name": "CHEN, Zhi", "countries": "KH", "description": "DOB 16 Dec 1987."},
        {"id": "b2", "type": "company", "name": "GOLDEN LOTUS COMPANY LIMITED", "identifiers": "kh-company:2"},
        {"id": "b3", "type": "company", "name": "Renamed Since", "identifiers": "vg-company:5"},
        {"id": "b4", "type": "place", "name": "Poipet"},
        {"id": "b5", "type": "person", "name": "Chen Zhi", "countries": "SG", "description": "DOB 1950."},
    ])  # fmt: skip
    return [one, other]


def test_pairs_come_with_a_score_and_its_reasons(two: list[Dataset]) -> None:
    found = find_duplicates(two, least=0.0)
    assert list(found.columns) == list(COLUMNS)
    rows = {(r.first, r.second): r for r in found.itertuples()}
    assert "same year of birth 1987" in rows["a1", "b1"].reasons
    assert "different years of birth" in rows["a1", "b5"].reasons
    assert rows["a1", "b1"].score > 0.9
    assert rows["a1", "b5"].score < 0.6
    assert "same identifier vg-company:5" in rows["a3", "b3"].reasons
    assert rows["a3", "b3"].score > 0.9 > rows["a3", "b3"].name_score
    assert "different numbers in kh-company" in rows["a2", "b2"].reasons
    assert rows["a2", "b2"].score < rows["a2", "b2"].name_score
    assert not {"a4", "b4"} & {end for pair in rows for end in pair}


def test_decided_pairs_are_left_out_and_order_does_not_matter(two: list[Dataset]) -> None:
    assert ("a1", "b1") not in set(
        find_duplicates(two, decided=[("a1", "b1")])[["first", "second"]].itertuples(index=False, name=None)
    )
    forth, back = find_duplicates(two), find_duplicates(two[::-1])
    assert forth["score"].tolist() == back["score"].tolist()


def test_the_same_id_is_one_entity_already(two: list[Dataset]) -> None:
    assert find_duplicates([two[0], two[0]], least=0.0).query("first == second").empty


def test_numbers_of_lists_are_no_difference_and_births_are_read(dataset: Make) -> None:
    one = dataset("one", entities=[
        {"id": "a", "type": "person", "name": "Ann Example", "identifiers": "opensanctions:Q1;icij:7",
         "description": "birthDate: 1970-02-01; birthPlace: Testtown, Testland."}])  # fmt: skip
    two = dataset("two", entities=[
        {"id": "b", "type": "person", "name": "Ann Example", "identifiers": "opensanctions:NK-2;icij:8",
         "description": "birth date: 1970-02-01. Place of birth Testtown."}])  # fmt: skip
    reasons = find_duplicates([one, two], least=0.0)["reasons"].iloc[0]
    assert "different" not in reasons
    assert "same year of birth 1970" in reasons
    assert "same place of birth testtown" in reasons
