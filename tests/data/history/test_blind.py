"""The record without hindsight, and planted leaks that must not pass."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from netscam.data.dataset import Dataset, read_dataset
from netscam.data.history.blind import HINDSIGHT, blind_record, candidates, check_blind
from netscam.errors import DataError

CUTOFF = "2024-12-31"


def test_only_what_was_known(case) -> None:
    record = blind_record(case, CUTOFF)
    assert record.documents["id"].tolist() == ["d1", "d2"]
    assert record.relations["id"].tolist() == ["r1", "r2", "r3", "r6"]
    assert record.relations["end"].tolist() == ["", "", "", ""]
    assert record.entities["id"].tolist() == ["aide", "boss", "firm", "park", "shop", "site"]
    for table, columns in HINDSIGHT.items():
        assert not getattr(record, table)[list(columns)].any(axis=None)
    assert set(record.evidence["credibility"]) == {"2"}
    check_blind(record, case, CUTOFF)


def test_grades_given_with_hindsight_go(make_case) -> None:
    evidence = [("r1", "d1", "supports", "reported", "1"), ("r6", "d1", "supports", "reported", "5")]
    record = blind_record(make_case(evidence=evidence), CUTOFF)
    assert set(record.evidence["credibility"]) == {"2"}


def test_relations_and_events_of_the_future_go(make_case) -> None:
    relations = [("r1", "boss", "firm", "owns", "2026", ""), ("r6", "shop", "park", "owns", "", "")]
    events = [("v9", "2025-06", "closure", "park", "", None, "d1")]
    data = make_case(relations=relations, events=events, evidence=[("r1", "d1", "supports", "reported"),
                                                                   ("r6", "d1", "supports", "reported")])  # fmt: skip
    record = blind_record(data, CUTOFF)
    assert record.relations["id"].tolist() == ["r6"]
    assert not len(record.events)
    assert record.entities["id"].tolist() == ["park", "shop"]


def _with(record: Dataset, table: str, **columns: str) -> Dataset:
    frame = getattr(record, table).copy()
    for name, value in columns.items():
        frame.loc[0, name] = value
    return replace(record, **{table: frame})


def _document(record: Dataset, case: Dataset) -> Dataset:
    """A later document with its evidence and relation."""
    later = case.relations[case.relations["id"].isin([*record.relations["id"], "r5"])].assign(description="", end="")
    evidence = case.evidence[case.evidence["relation"].isin(later["id"])].assign(status="")
    return replace(record, relations=later.reset_index(drop=True), evidence=evidence.reset_index(drop=True))


LEAKS = {
    "a later document": lambda record, case: replace(record, documents=case.documents),
    "a later document dated back": lambda record, case: replace(
        record, documents=case.documents.assign(published="2024-01-01")
    ),
    "a later relation": _document,
    "an entity nobody had mentioned": lambda record, case: replace(
        record, entities=case.entities.assign(name="", status="")
    ),
    "an id that says it": lambda record, case: _with(record, "entities", id="a_designated"),
    "a status": lambda record, case: _with(record, "entities", status="designated"),
    "a list number": lambda record, case: _with(record, "entities", identifiers="ofac:1"),
    "a name": lambda record, case: _with(record, "entities", name="Listed One"),
    "a description": lambda record, case: _with(record, "entities", description="Listed in 2025."),
    "a note": lambda record, case: _with(record, "evidence", note="later confirmed"),
    "the status of evidence": lambda record, case: _with(record, "evidence", status="designated"),
    "a grade": lambda record, case: _with(record, "evidence", credibility="1"),
    "a summary": lambda record, case: _with(record, "events", summary="Before the listing."),
    "an end that lay ahead": lambda record, case: _with(record, "relations", end="2025-03"),
    "a start that lay ahead": lambda record, case: _with(record, "relations", start="2025-03"),
    "another end of a relation": lambda record, case: _with(record, "relations", target="park"),
    "costs": lambda record, case: replace(record, costs=pd.DataFrame({"id": ["boss"], "cost": [0.5], "why": [""]})),
    "a relation without support": lambda record, case: replace(
        record, evidence=record.evidence[record.evidence["relation"].ne("r1")].reset_index(drop=True)
    ),
}


@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_refused(case, name: str) -> None:
    leaking = LEAKS[name](blind_record(case, CUTOFF), case)
    with pytest.raises(DataError) as found:
        check_blind(leaking, case, CUTOFF)
    assert {problem.rule for problem in found.value.problems} == {"leak"}


def test_mekong_is_blinded_at_every_cutoff() -> None:
    data = read_dataset("mekong")
    for cutoff in ("2018", "2024-06", "2025-10-13", "2026-07-30"):
        check_blind(blind_record(data, cutoff), data, cutoff)


def test_candidates(case) -> None:
    record = blind_record(case, CUTOFF)
    assert candidates(record, ("operator", "company", "wallet")) == ["aide", "boss", "firm", "shop"]
