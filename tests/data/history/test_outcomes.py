"""When an authority first acted, and what that makes of each entity at a cutoff."""

from __future__ import annotations

import pytest

from netscam.data.dataset import read_dataset
from netscam.data.history.acts import ACTS, find_act, first_acts, first_mentions
from netscam.data.history.outcomes import observed_until, outcomes
from netscam.errors import UnknownNameError
from netscam.schema import load_schema


def test_acts_are_of_the_schema() -> None:
    schema = load_schema()
    for act in ACTS.values():
        assert act.event in schema.vocabularies["event_types"]
        assert schema.relation_types[act.relation].act
        assert set(act.standings) <= set(schema.statuses)
    with pytest.raises(UnknownNameError):
        find_act("raid")


def test_first_acts(case) -> None:
    found = first_acts(case, "designation").set_index("id")
    assert found.loc["boss", ["earliest", "latest"]].tolist() == ["2025-01-15", "2025-01-15"]
    # no start and an undated document: nothing bounds it; a status without a row: neither
    assert found.loc["aide", ["earliest", "latest"]].tolist() == ["", "9999-12-31"]
    assert found.loc["late", ["earliest", "latest"]].tolist() == ["", "9999-12-31"]
    assert "site" not in found.index  # the place of an event is not what it is about
    guessed = first_acts(case, "designation", dating="inferred").set_index("id")
    assert guessed.loc["late", ["earliest", "latest", "document"]].tolist() == ["2025-02-01", "2025-02-01", "d3"]
    assert guessed.loc["aide", "latest"] == "9999-12-31"


def test_a_relation_without_start_happened_before_its_document(make_case) -> None:
    data = make_case(documents={"d1": "2024-03-05", "d2": "2024-06", "d3": "2025-02-01", "d4": "2024-08-01"})
    found = first_acts(data, "designation").set_index("id")
    assert found.loc["aide", ["earliest", "latest"]].tolist() == ["", "2024-08-01"]


def test_states(case) -> None:
    ask = {"event": "designation", "horizon": "24m"}
    before = outcomes(case, cutoff="2024-12-31", **ask).set_index("id")["state"]
    assert before.to_dict() == {
        **dict.fromkeys(("firm", "shop", "site", "park"), "none"),
        "boss": "later",
        "aide": "undecided",
        "late": "undecided",
    }
    assert outcomes(case, cutoff="2025-01-15", **ask).set_index("id").loc["boss", "state"] == "already"
    short = outcomes(case, cutoff="2024-03-05", event="designation", horizon="1m").set_index("id")
    assert short.loc["boss", "state"] == "beyond"


def test_a_date_of_reduced_precision_around_the_cutoff_is_undecided(make_case) -> None:
    events = [("v2", "2025-01", "designation", "firm", "", None, "d3")]
    data = make_case(events=events)
    state = {
        cutoff: outcomes(data, event="designation", cutoff=cutoff, horizon="2y").set_index("id").loc["firm", "state"]
        for cutoff in ("2024-12-31", "2025-01-10", "2025-01", "2025-01-31")
    }
    assert state == {"2024-12-31": "later", "2025-01-10": "undecided", "2025-01": "already", "2025-01-31": "already"}


def test_observed_until(case) -> None:
    assert observed_until(case, cutoff="2025-01-01", horizon="24m") == ("2025-02-01", False)
    assert observed_until(case, cutoff="2024-12-01", horizon="1m") == ("2025-01-01", True)


def test_first_mentions(case) -> None:
    found = first_mentions(case)
    assert found["boss"] == "2024-03-05"
    assert found["aide"] == "2024-06-30"
    assert found["late"] == "2025-02-01"
    assert list(found.index) == sorted(found.index)


def test_every_designated_entity_of_mekong_is_told_apart() -> None:
    data = read_dataset("mekong")
    for cutoff in ("2024-06-30", "2025-10-01"):
        table = outcomes(data, event="designation", cutoff=cutoff, horizon="24m").set_index("id")
        designated = data.entities.loc[data.entities["status"].eq("designated"), "id"]
        assert not table.reindex(designated)["state"].eq("none").any()
        assert table.index.is_unique
