"""Grades into probabilities, against values worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netscam.data.dataset import Dataset, read_dataset
from netscam.data.evidence import (
    evidence_probabilities,
    find_prior,
    leading_origin,
    relation_probabilities,
    tie_factor,
)
from netscam.errors import UnknownNameError
from netscam.schema import load_schema

EXAMPLE = read_dataset("example")
DEFAULT = load_schema().priors["default"]


def record(rows: list[tuple[str, str, str, str]], *, precision: str = "street") -> Dataset:
    """One relation (com - add); a row is (reliability, credibility, origin group, stance)."""
    base = EXAMPLE
    entities = base.entities[base.entities["type"].isin(["company", "address"])].drop_duplicates("type").copy()
    entities.loc[entities["type"] == "address", "coordinate_precision"] = precision
    company = entities.loc[entities["type"] == "company", "id"].iloc[0]
    address = entities.loc[entities["type"] == "address", "id"].iloc[0]
    relations = base.relations.head(1).assign(id="r1", source=company, target=address, relation="registered_at")
    documents = pd.concat([base.documents.head(1)] * len(rows), ignore_index=True)
    documents = documents.assign(
        id=[f"d{i}" for i in range(len(rows))],
        reliability=[row[0] for row in rows],
        origin_group=[row[2] for row in rows],
    )
    evidence = pd.concat([base.evidence.head(1)] * len(rows), ignore_index=True)
    evidence = evidence.assign(
        id=[f"e{i}" for i in range(len(rows))],
        relation="r1",
        document=documents["id"],
        credibility=[row[1] for row in rows],
        stance=[row[3] for row in rows],
    )
    return replace(
        base, entities=entities.reset_index(drop=True), relations=relations, documents=documents, evidence=evidence
    )


def p(reliability: str, credibility: str) -> float:
    r, c = DEFAULT.reliability[reliability], DEFAULT.credibility[credibility]
    return r * c + (1 - r) * DEFAULT.base


def test_one_row_is_the_formula() -> None:
    data = record([("B", "2", "g", "supports")])
    assert relation_probabilities(data)["r1"] == pytest.approx(0.88 * 0.90 + 0.12 * 0.10)


def test_independent_origins_combine_as_noisy_or() -> None:
    data = record([("B", "2", "g1", "supports"), ("C", "3", "g2", "supports")])
    assert relation_probabilities(data)["r1"] == pytest.approx(1 - (1 - p("B", "2")) * (1 - p("C", "3")))


def test_repeats_of_one_origin_count_once_as_the_best() -> None:
    once = record([("B", "2", "g", "supports")])
    many = record([("B", "2", "g", "supports")] + [("C", "3", "g", "supports")] * 9)
    assert relation_probabilities(many)["r1"] == pytest.approx(relation_probabilities(once)["r1"])


def test_documents_without_origin_group_are_originals() -> None:
    data = record([("B", "2", "", "supports"), ("B", "2", "", "supports")])
    assert relation_probabilities(data)["r1"] == pytest.approx(1 - (1 - p("B", "2")) ** 2)


def test_a_denial_multiplies() -> None:
    data = record([("A", "1", "g1", "supports"), ("B", "6", "g2", "disputes")])
    assert relation_probabilities(data)["r1"] == pytest.approx(p("A", "1") * (1 - p("B", "6")))


def test_no_evidence_is_the_prior() -> None:
    data = record([("B", "6", "g", "disputes")])
    assert relation_probabilities(data)["r1"] == pytest.approx(DEFAULT.no_evidence * (1 - p("B", "6")))
    assert leading_origin(data)["r1"] == "relation r1"


@pytest.mark.parametrize("precision", ["street", "village", "area", "city", "country"])
def test_address_precision_decides_what_a_shared_address_is_worth(precision: str) -> None:
    data = record([("A", "1", "g", "supports")], precision=precision)
    assert tie_factor(data)["r1"] == DEFAULT.address[precision]


def test_priors_are_ordered_where_nobody_disputes() -> None:
    data = read_dataset("example")
    data = replace(data, evidence=data.evidence[data.evidence["stance"] == "supports"])
    strict, default, lenient = (relation_probabilities(data, prior=name) for name in ("strict", "default", "lenient"))
    assert ((strict <= default) & (default <= lenient)).all()


def test_unknown_prior_is_a_named_error() -> None:
    with pytest.raises(UnknownNameError, match="strict"):
        find_prior("strickt")


GRADES = st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("123456"), st.sampled_from(["g1", "g2", "g3"]))


@given(st.lists(GRADES, min_size=1, max_size=6), GRADES)
def test_more_support_never_lowers_and_order_never_matters(
    rows: list[tuple[str, str, str]], extra: tuple[str, str, str]
) -> None:
    support = [(*row, "supports") for row in rows]
    before = relation_probabilities(record(support))["r1"]
    assert 0 <= before <= 1
    assert relation_probabilities(record([*support, (*extra, "supports")]))["r1"] >= before - 1e-12
    assert math.isclose(relation_probabilities(record(support[::-1]))["r1"], before, rel_tol=1e-12)
    assert relation_probabilities(record([*support, (*extra, "disputes")]))["r1"] <= before + 1e-12


def test_every_row_of_evidence_has_a_probability() -> None:
    rows = evidence_probabilities(read_dataset("mekong"))
    assert rows["probability"].between(0, 1).all()
    assert rows["origin_group"].ne("").all()
