"""Priors by name and from a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from netscam.data.dataset import read_dataset
from netscam.data.evidence import relation_probabilities
from netscam.data.prior_file import read_prior
from netscam.errors import DataError
from netscam.schema import load_schema


def written(folder: Path, text: str) -> Path:
    file = folder / "mine.json"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["default", "strict", "lenient"])
def test_a_name_is_the_prior_that_ships(name: str) -> None:
    assert read_prior(name) is load_schema().priors[name]


def test_a_file_changes_what_it_says_and_nothing_else(tmp_path: Path) -> None:
    prior = read_prior(written(tmp_path, json.dumps({"base": 0.3, "reliability": {"A": 1}, "rationale": "mine"})))
    default = load_schema().priors["default"]
    assert (prior.name, prior.base, prior.rationale) == ("mine", 0.3, "mine")
    assert prior.reliability["A"] == 1
    assert prior.reliability["B"] == default.reliability["B"]
    assert dict(prior.address) == dict(default.address)
    data = read_dataset("example")
    assert not relation_probabilities(data, prior=prior).equals(relation_probabilities(data))


def test_an_empty_object_is_the_default(tmp_path: Path) -> None:
    data = read_dataset("example")
    prior = read_prior(written(tmp_path, "{}"))
    assert relation_probabilities(data, prior=prior).equals(relation_probabilities(data))


@pytest.mark.parametrize(
    ("text", "line", "rules"),
    [
        ('{"base": 2}', 1, ["not-a-probability"]),
        ('{"base": true}', 1, ["not-a-probability"]),
        ('{"base": NaN}', 1, ["not-a-probability"]),
        ('{"no_evidence": "0.1", "colour": 1}', 1, ["unknown-key", "not-a-probability"]),
        ('{"credibility": {"7": 0.1, "1": -1}}', 1, ["not-a-probability", "unknown-grade"]),
        ('{"address": 0.5}', 1, ["not-an-object"]),
        ("[]", 1, ["not-an-object"]),
        ('{"base": 0.1,\n "x"}', 2, ["not-json"]),
    ],
)
def test_every_mistake_is_named_at_once(tmp_path: Path, text: str, line: int, rules: list[str]) -> None:
    with pytest.raises(DataError) as caught:
        read_prior(written(tmp_path, text))
    assert sorted(problem.rule for problem in caught.value.problems) == sorted(rules)
    assert caught.value.problems[0].line == line
    assert caught.value.problems[0].file == "mine.json"


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="missing-prior"):
        read_prior("hopeful")
    file = tmp_path / "mine.json"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="not-json"):
        read_prior(file)
