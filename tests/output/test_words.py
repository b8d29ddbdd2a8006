"""Alleged is never said as proved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from netscam.analysis.paths import find_paths
from netscam.data.dataset import read_dataset
from netscam.output.words import relation_statuses, tell_path, tell_relations
from netscam.schema import load_schema

SCHEMA = load_schema()


def test_the_strongest_supporting_status_counts() -> None:
    data = read_dataset("mekong")
    told = relation_statuses(data)
    rank = {name: status.rank for name, status in SCHEMA.statuses.items()}
    rows = data.evidence[data.evidence["stance"] == "supports"]
    best = rows.assign(rank=rows["status"].map(rank)).groupby("relation")["rank"].min()
    assert told.map(rank).to_dict() == best.to_dict()


@pytest.mark.parametrize("status", [s for s in SCHEMA.statuses.values() if not s.proved])
def test_no_unproved_status_is_worded_as_fact(status) -> None:
    for kind in SCHEMA.relation_types.values():
        said = status.say(kind)
        if kind.act and status.official:
            assert said == kind.verb
            continue
        assert said.endswith(kind.infinitive)
        assert said != kind.verb
        assert any(word in said for word in ("said", "alleged", "reported", "recorded", "denied"))


def test_a_relation_names_its_documents_and_denials() -> None:
    data = read_dataset("example")
    disputed = data.evidence.loc[data.evidence["stance"] == "disputes", "relation"].iloc[0]
    told = tell_relations(data, [disputed])[disputed]
    rows = data.evidence[data.evidence["relation"] == disputed]
    assert all(document in told for document in rows["document"])
    assert "disputed by" in told
    assert "probability" in told


def test_a_relation_without_evidence_is_said_so() -> None:
    data = read_dataset("example")
    bare = replace(data, evidence=data.evidence.iloc[:0])
    first = data.relations["id"].iloc[0]
    assert "no document" in tell_relations(bare, [first])[first]


def test_path_is_told_step_by_step() -> None:
    data = read_dataset("mekong")
    path = find_paths(data, "per_chen_zhi", "per_she_zhijiang")[0]
    lines = tell_path(data, path)
    names = data.entities.set_index("id")["name"]
    assert len(lines) >= path.steps
    for node in path.nodes:
        assert any(names[node] in line for line in lines)


def test_no_relation_of_mekong_is_told_flat_unless_it_is_an_act_of_an_authority() -> None:
    data = read_dataset("mekong")
    told = tell_relations(data, data.relations["id"])
    kinds = data.relations.set_index("id")["relation"]
    for relation, sentence in told.items():
        kind = SCHEMA.relation_types[kinds[relation]]
        modals = tuple(f" {status.modal} " for status in SCHEMA.statuses.values())
        assert kind.act or any(modal in sentence for modal in modals), sentence


def test_what_ended_is_said_to_have_ended() -> None:
    data = read_dataset("mekong")
    ended = data.relations[data.relations["end"].ne("")]
    for relation, sentence in tell_relations(data, ended["id"]).items():
        assert f"until {ended.set_index('id').loc[relation, 'end']}" in sentence


def test_the_prior_is_the_one_that_was_asked_for() -> None:
    data = read_dataset("mekong")
    relation = data.relations["id"].iloc[0]
    assert tell_relations(data, [relation]) != tell_relations(data, [relation], prior="strict")


def test_a_village_says_what_it_is_worth_as_a_tie() -> None:
    data = read_dataset("mekong")
    at_village = data.relations.loc[data.relations["target"] == "addr_006", "id"].iloc[0]
    assert "as a tie" in tell_relations(data, [at_village])[at_village]
