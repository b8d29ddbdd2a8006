from __future__ import annotations

from collections.abc import Callable

import pytest

from netscam import read_dataset
from netscam.data.dataset import Dataset
from netscam.data.resolve.decisions import Decision
from netscam.data.resolve.merge import merge
from netscam.errors import DataError

Make = Callable[..., Dataset]


def said(first: str, second: str, word: str = "same") -> Decision:
    first, second = sorted((first, second))
    return Decision(first, second, word, "Ann", "2026-01-02", "one register entry", 2)


@pytest.fixture
def pair(dataset: Make) -> tuple[Dataset, Dataset]:
    one = dataset(
        "one",
        entities=[
            {"id": "k1", "type": "company", "name": "Blue Gate Ltd", "identifiers": "reg:1", "countries": "KH"},
            {"id": "p1", "type": "operator", "name": "Ann Example"},
        ],
        relations=[{"id": "r1", "source": "p1", "target": "k1", "relation": "owns"}],
    )
    two = dataset(
        "two",
        entities=[
            {"id": "z9", "type": "company", "name": "BLUE GATE LIMITED", "identifiers": "reg:1;lei:X",
             "countries": "HK"},
            {"id": "z8", "type": "person", "name": "EXAMPLE, Ann", "countries": "TH"},
            {"id": "z7", "type": "company", "name": "Other"},
        ],
        relations=[
            {"id": "r1", "source": "z8", "target": "z9", "relation": "owns", "share": "60"},
            {"id": "r2", "source": "z9", "target": "z7", "relation": "owns"},
        ],
        documents=[{"id": "d", "title": "Other", "publisher": "Q", "kind": "dataset", "reliability": "A"}],
    )  # fmt: skip
    return one, two


def test_without_a_word_nothing_is_joined(pair: tuple[Dataset, Dataset]) -> None:
    merged = merge(pair)
    assert len(merged.data.entities) == 5
    assert merged.data.relations["id"].tolist() == ["r1", "r2", "two-r1"]
    assert set(merged.data.documents["id"]) == {"d", "two-d"}
    assert dict(merged.ids) == {}


def test_decisions_join_and_evidence_stays_with_its_document(pair: tuple[Dataset, Dataset]) -> None:
    merged = merge(pair, [said("k1", "z9"), said("p1", "z8"), said("k1", "z7", "unsure")])
    assert dict(merged.ids) == {"z8": "p1", "z9": "k1"}
    company = merged.data.entities.set_index("id").loc["k1"]
    assert company["name"] == "Blue Gate Ltd"
    assert company["aliases"] == "BLUE GATE LIMITED"
    assert company["identifiers"] == "reg:1;lei:X"
    assert company["countries"] == "KH;HK"
    relation = merged.data.relations.set_index("id").loc["r1"]
    assert (relation["source"], relation["target"], relation["share"]) == ("p1", "k1", 60.0)
    assert sorted(merged.data.evidence.loc[merged.data.evidence["relation"] == "r1", "document"]) == ["d", "two-d"]
    assert any(p.rule == "differs" and "person" in p.message for p in merged.problems)


def test_deleting_a_row_undoes_it(pair: tuple[Dataset, Dataset]) -> None:
    assert merge(pair, [said("k1", "z9")]).data.hash() != merge(pair).data.hash()
    assert merge(pair, []).data.hash() == merge(pair).data.hash()


def test_an_identifier_joins_only_where_its_scheme_is_named(pair: tuple[Dataset, Dataset]) -> None:
    assert dict(merge(pair, same_identifier=["reg"]).ids) == {"z9": "k1"}
    assert dict(merge(pair, same_identifier=["lei"]).ids) == {}
    with pytest.raises(DataError, match="k1 = z9"):
        merge(pair, [said("k1", "z9", "different")], same_identifier=["reg"])


def test_a_person_and_a_company_are_never_one(pair: tuple[Dataset, Dataset]) -> None:
    with pytest.raises(DataError, match="only one is a person"):
        merge(pair, [said("p1", "z9")])


def test_a_relation_that_closes_on_itself_is_named(pair: tuple[Dataset, Dataset]) -> None:
    merged = merge(pair, [said("z7", "z9")])
    assert [p.rule for p in merged.problems if p.rule == "self-relation"] == ["self-relation"]
    assert "r2" not in set(merged.data.relations["id"])
    assert set(merged.data.evidence["relation"]) <= set(merged.data.relations["id"])


def test_unknown_ids_in_decisions_are_told(pair: tuple[Dataset, Dataset]) -> None:
    assert any("nobody" in p.message for p in merge(pair, [said("k1", "nobody")]).problems)


def test_a_dataset_joined_with_itself_is_itself() -> None:
    data = read_dataset("mekong")
    merged = merge([data, data])
    assert merged.data.hash() == data.hash()
    assert merged.problems == ()
    assert merge([data]).data.hash() == data.hash()


def test_one_id_with_two_names_is_told(dataset: Make) -> None:
    one = dataset("one", entities=[{"id": "k", "type": "company", "name": "Blue Ltd"}])
    two = dataset("two", entities=[{"id": "k", "type": "company", "name": "Red Hotel"}])
    assert [problem.rule for problem in merge([one, two]).problems] == ["same-id"]


def test_cells_of_two_records_are_never_one_claim(dataset: Make) -> None:
    people = [{"id": "k", "type": "company", "name": "K"}, {"id": "p", "type": "person", "name": "P"}]
    tie = {"source": "p", "target": "k", "relation": "owns"}
    first = dataset("one", entities=people, relations=[{"id": "r", **tie, "start": "2010"}])
    second = dataset(
        "two",
        entities=people,
        relations=[{"id": "s", **tie, "start": "2018", "end": "2020", "share": "60", "description": "B shares."}],
        documents=[{"id": "x", "title": "X", "publisher": "Q", "kind": "dataset", "reliability": "A"}],
    )
    merged = merge([first, second])
    row = merged.data.relations.iloc[0]
    assert (row["start"], row["end"]) == ("2010", "")
    assert row["share"] != row["share"]
    notes = dict(zip(merged.data.evidence["document"], merged.data.evidence["note"], strict=True))
    assert notes["d"] == ""
    assert notes["x"] == "Relation as two has it: start 2018, end 2020, share 60"
    assert [p.rule for p in merged.problems] == ["differs"]
    back = merge([second, first]).data.relations.iloc[0]
    assert (back["start"], back["end"], back["share"], back["description"]) == ("2018", "2020", 60, "B shares.")


def test_an_empty_record_takes_start_end_and_share_whole(dataset: Make) -> None:
    people = [{"id": "k", "type": "company", "name": "K"}, {"id": "p", "type": "person", "name": "P"}]
    tie = {"source": "p", "target": "k", "relation": "owns"}
    first = dataset("one", entities=people, relations=[{"id": "r", **tie}])
    second = dataset("two", entities=people, relations=[{"id": "s", **tie, "start": "2018", "share": "60"}])
    row = merge([first, second]).data.relations.iloc[0]
    assert (row["start"], row["end"], row["share"]) == ("2018", "", 60)


def test_official_bodies_of_one_short_form_are_one_unless_decided(dataset: Make) -> None:
    long = "Office of Foreign Assets Control (OFAC), U.S. Department of the Treasury"
    own = {"id": "org_ofac", "type": "authority", "name": "Treasury OFAC", "aliases": "OFAC", "countries": "US"}
    first = dataset("one", entities=[own])
    second = dataset("two", entities=[{"id": "authority-1", "type": "authority", "name": long, "countries": "US"}])
    merged = merge([first, second])
    assert dict(merged.ids) == {"authority-1": "org_ofac"}
    assert [p.rule for p in merged.problems] == ["same-authority"]
    assert len(merge([first, second], [said("org_ofac", "authority-1", "different")]).data.entities) == 2
    other = dataset("two", entities=[{"id": "x", "type": "authority", "name": "Bureau (OFAC)", "countries": "TH"}])
    assert len(merge([first, other]).data.entities) == 2


def test_a_stake_that_began_after_an_ended_one_is_the_one_that_stays(dataset: Make) -> None:
    people = [{"id": "k", "type": "company", "name": "K"}, {"id": "p", "type": "person", "name": "P"}]
    tie = {"source": "p", "target": "k", "relation": "owns"}
    first = dataset(
        "one", entities=people, relations=[{"id": "r", **tie, "start": "2019", "end": "2020", "share": "30"}]
    )
    second = dataset("two", entities=people, relations=[{"id": "s", **tie, "start": "2021", "share": "60"}])
    merged = merge([first, second])
    row = merged.data.relations.iloc[0]
    assert (row["start"], row["end"], row["share"]) == ("2021", "", 60)
    assert "Relation as an earlier record has it: start 2019, end 2020, share 30" in set(merged.data.evidence["note"])
    assert [p.rule for p in merged.problems] == ["differs"]
    # Without a start of its own, a record that knows no end does not overrule one that does.
    open_end = dataset("two", entities=people, relations=[{"id": "s", **tie, "start": "2019", "share": "60"}])
    assert merge([first, open_end]).data.relations.iloc[0]["end"] == "2020"


def test_a_decision_about_nobody_is_told_with_its_line(pair: tuple[Dataset, Dataset]) -> None:
    problem = next(p for p in merge(list(pair), [said("k1", "nobody")]).problems if p.rule == "unknown-id")
    assert (problem.file, problem.line, problem.column) == ("decisions.csv", 2, "second")
