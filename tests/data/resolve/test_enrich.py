from __future__ import annotations

from collections.abc import Callable

import pytest

from netscam.data.dataset import Dataset, table_csv
from netscam.data.resolve.decisions import Decision
from netscam.data.resolve.enrich import enrich
from netscam.errors import DataError

Make = Callable[..., Dataset]
STREET = {"countries": "KH", "coordinate_precision": "street"}


@pytest.fixture
def curated(dataset: Make) -> Dataset:
    return dataset(
        "curated",
        entities=[
            {"id": "k1", "type": "company", "name": "Blue Gate Ltd", "identifiers": "ofac:1"},
            {"id": "k2", "type": "company", "name": "Red Gate Ltd"},
            {"id": "a1", "type": "address", "name": "1 Sample St., Phnom Penh", **STREET},
            {"id": "a2", "type": "authority", "name": "US Treasury", "aliases": "OFAC", "countries": "US"},
            {"id": "w1", "type": "wallet", "name": "addr", "identifiers": "btc:abc"},
        ],
        relations=[
            {"id": "r1", "source": "k1", "target": "a1", "relation": "registered_at"},
            {"id": "r2", "source": "k2", "target": "a1", "relation": "registered_at"},
        ],
        costs=[{"id": "a1", "cost": "10", "why": "cannot be listed"}, {"id": "k1", "cost": "1", "why": "a company"}],
    )  # fmt: skip


@pytest.fixture
def listed(dataset: Make) -> Dataset:
    entities = [
        {"id": "ofac-1", "type": "company", "name": "BLUE GATE", "identifiers": "ofac:1;reg:77"},
        {"id": "ofac-2", "type": "company", "name": "RED GATE", "identifiers": "ofac:2", "status": "designated"},
        {"id": "ofac-3", "type": "company", "name": "STRANGER", "identifiers": "ofac:3", "status": "designated"},
        {"id": "x1", "type": "address", "name": "1 Sample St, Phnom Penh", **STREET},
        {"id": "x2", "type": "address", "name": "2 New Road, Poipet", **STREET},
        {"id": "x3", "type": "wallet", "name": "abc", "identifiers": "btc:abc"},
        {"id": "x4", "type": "authority", "name": "Office (OFAC), Treasury", "countries": "US"},
    ]  # fmt: skip
    ends = [("ofac-1", "x1", "registered_at"), ("ofac-1", "x2", "registered_at"), ("ofac-2", "x2", "registered_at"),
            ("ofac-3", "x2", "registered_at"), ("ofac-1", "x3", "holds_account"), ("ofac-1", "x4", "sanctioned_by"),
            ("ofac-1", "ofac-3", "linked_to"), ("ofac-1", "ofac-2", "linked_to")]  # fmt: skip
    relations = [{"id": f"q{n}", "source": a, "target": b, "relation": kind} for n, (a, b, kind) in enumerate(ends)]
    return dataset("list", entities=entities, relations=relations)


RED = Decision("k2", "ofac-2", "same", "Ann", "2026-01-02", "one register number", 2)


def test_curated_rows_stay_byte_for_byte(curated: Dataset, listed: Dataset) -> None:
    made = enrich(curated, listed, [RED]).data
    for name, before in curated.tables().items():
        after = made.tables()[name]
        kept = after[after["id"].isin(before["id"])].reset_index(drop=True)
        assert table_csv(kept) == table_csv(before)


def test_what_the_list_prints_is_added_with_its_document(curated: Dataset, listed: Dataset) -> None:
    found = enrich(curated, listed, [RED])
    assert dict(found.matched) == {"ofac-1": "k1", "ofac-2": "k2"}
    fresh = found.data.relations[~found.data.relations["id"].isin(curated.relations["id"])]
    new = found.data.entities[~found.data.entities["id"].isin(curated.entities["id"])]
    assert new["name"].tolist() == ["2 New Road, Poipet"]
    address = new["id"].iloc[0]
    assert sorted(zip(fresh["source"], fresh["relation"], fresh["target"], strict=True)) == [
        ("k1", "holds_account", "w1"), ("k1", "linked_to", "k2"), ("k1", "registered_at", address),
        ("k1", "sanctioned_by", "a2"), ("k2", "registered_at", address)]  # fmt: skip
    evidence = found.data.evidence[found.data.evidence["document"] == "list.d"]
    assert "r1" in set(evidence["relation"])
    assert evidence["note"].str.contains("reg:77").sum() == 1
    assert dict(found.shared_addresses) == {address: ("k1", "k2")}
    assert found.data.costs is not None
    assert found.data.costs.set_index("id").loc[address, "cost"] == 10


def test_without_the_decision_only_the_named_entry_is_matched(curated: Dataset, listed: Dataset) -> None:
    assert dict(enrich(curated, listed).matched) == {"ofac-1": "k1"}
    apart = Decision("k1", "ofac-1", "different", "Ann", "2026-01-02", "another firm", 2)
    assert dict(enrich(curated, listed, [apart]).matched) == {}


def test_a_second_time_adds_nothing(curated: Dataset, listed: Dataset) -> None:
    once = enrich(curated, listed, [RED]).data
    twice = enrich(once, listed, [RED])
    assert dict(twice.added) == {}
    assert twice.data.hash() == once.hash()


def test_identifiers_are_appended_only_when_asked(curated: Dataset, listed: Dataset) -> None:
    made = enrich(curated, listed, append_identifiers=True).data.entities.set_index("id")
    assert made.loc["k1", "identifiers"] == "ofac:1;reg:77"
    assert enrich(curated, listed).data.entities.set_index("id").loc["k1", "identifiers"] == "ofac:1"


def test_two_answers_need_a_decision(curated: Dataset, listed: Dataset) -> None:
    wrong = Decision("k2", "ofac-1", "same", "Ann", "2026-01-02", "mistake", 2)
    with pytest.raises(DataError, match="answers to several"):
        enrich(curated, listed, [wrong])
