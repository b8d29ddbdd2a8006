"""Precision, average precision and ROC AUC with equals, against every order of them."""

from __future__ import annotations

from itertools import pairwise, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netscam.analysis.temporal.judge import Judge, average_precision, judged, precision_at, resamples, roc_auc
from netscam.analysis.temporal.verdict import judge_rankings, places
from netscam.errors import GraphError

NUMBERS = ("precision_at_1", "precision_at_3", "average_precision", "roc_auc")


def plain(hits: list[bool]) -> tuple[float, float, float, float]:
    """The textbook numbers of one strict order."""
    first = [np.mean(hits[:k]) for k in (1, 3)]
    precisions = [np.mean(hits[: n + 1]) for n, hit in enumerate(hits) if hit]
    pairs = [(i, j) for i, one in enumerate(hits) for j, two in enumerate(hits) if one and not two]
    auc = np.mean([i < j for i, j in pairs]) if pairs else np.nan
    return (*first, np.mean(precisions) if precisions else np.nan, auc)


def every_order(scores: list[float], hits: list[bool]) -> np.ndarray:
    """Mean of the textbook numbers over all orders in which equals can stand."""
    orders = [
        order for order in permutations(range(len(scores))) if all(scores[a] >= scores[b] for a, b in pairwise(order))
    ]
    return np.mean([plain([hits[i] for i in order]) for order in orders], axis=0)


def numbers_of(scores: list[float], hits: list[bool]) -> list[float]:
    weights = np.ones((1, len(hits)), dtype=np.int64)
    found = judged(np.array(scores, dtype=float), np.array(hits), weights, (1, 3))
    return [float(found[name][0]) for name in NUMBERS]


@settings(max_examples=80)
@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=6))
def test_equals_count_as_the_mean_over_all_their_orders(rows: list[tuple[int, bool]]) -> None:
    scores, hits = [float(score) for score, _ in rows], [hit for _, hit in rows]
    np.testing.assert_allclose(numbers_of(scores, hits), every_order(scores, hits), equal_nan=True)


def test_known_values() -> None:
    # Manning, Raghavan & Schuetze (2008), section 8.4: hits at 1, 3, 6 and nowhere else
    hits = [True, False, True, False, False, True]
    assert numbers_of([6, 5, 4, 3, 2, 1], hits) == pytest.approx([1, 2 / 3, (1 + 2 / 3 + 3 / 6) / 3, 5 / 9])
    assert numbers_of([1, 1, 1, 1, 1, 1], hits)[3] == 0.5
    assert numbers_of([np.nan, 5, np.nan, 4, 3, np.nan], hits)[3] == 0.0


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=2, max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_candidates_cannot_help(rows: list[tuple[int, bool]], random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, other = (numbers_of([float(s) for s, _ in r], [h for _, h in r]) for r in (rows, shuffled))
    np.testing.assert_allclose(one, other, equal_nan=True)


def test_weights_are_copies() -> None:
    scores, hits = np.array([3.0, 2.0, 2.0, 1.0]), np.array([False, True, False, True])
    weights = np.array([[2, 0, 3, 1]])
    copied = np.repeat(np.arange(4), weights[0])
    found = judged(scores, hits, weights, (2, 5))
    again = judged(scores[copied], hits[copied], np.ones((1, 6), dtype=np.int64), (2, 5))
    for name, values in found.items():
        np.testing.assert_allclose(values, again[name])


def test_resamples_keep_hits_and_misses() -> None:
    hits = np.array([True, False, True, False, False])
    weights = resamples(hits, 50, 3)
    assert weights[0].tolist() == [1] * 5
    assert (weights[:, hits].sum(axis=1) == 2).all()
    assert (weights[:, ~hits].sum(axis=1) == 3).all()
    assert (resamples(hits, 50, 3) == weights).all()
    assert not (resamples(hits, 50, 4) == weights).all()


def test_a_ranking_needs_candidates() -> None:
    with pytest.raises(GraphError):
        Judge(np.zeros(0), np.zeros(0, dtype=bool))
    with pytest.raises(GraphError):
        Judge(np.zeros(2), np.zeros(3, dtype=bool))


def _planted(signal: float, seed: int = 0) -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(seed)
    later = pd.Series(rng.random(200) < 0.2, index=[f"n{i:03d}" for i in range(200)])
    scores = pd.DataFrame({"degree": rng.random(200), "good": rng.random(200) + signal * later}, index=later.index)
    return scores, later


def test_a_planted_signal_is_found_and_noise_is_not() -> None:
    table = judge_rankings(*_planted(1.0), draws=400).set_index("ranking")
    assert list(table.index) == ["good", "degree", "random"]
    assert table.loc["good", "roc_auc"] == 1.0
    assert table.loc["good", "lift_over_degree_low"] > 1
    assert table.loc["degree", "roc_auc_low"] < 0.5 < table.loc["degree", "roc_auc_high"]
    assert table.loc["random", ["roc_auc", "roc_auc_low", "roc_auc_high"]].tolist() == [0.5] * 3
    assert table.loc["random", "precision_at_10"] == pytest.approx(_planted(1.0)[1].mean())
    assert table.loc["degree", "lift_over_degree"] == 1
    assert table.loc["random", "lift_over_random"] == 1


def test_intervals_cover_the_truth() -> None:
    """A signal of known strength: P(x + s > y) for uniform x, y and s = 0.3 is 1 - 0.7^2 / 2."""
    truth = 1 - 0.7**2 / 2
    covered = 0
    for seed in range(40):
        row = judge_rankings(*_planted(0.3, seed), draws=100, seed=seed).set_index("ranking").loc["good"]
        covered += row["roc_auc_low"] <= truth <= row["roc_auc_high"]
    assert covered >= 30  # 90 % of 40 is 36; fewer than 30 would be three standard deviations off


def test_without_a_hit_nothing_is_claimed() -> None:
    scores, later = _planted(0.0)
    table = judge_rankings(scores, later & False, draws=20)
    assert table[["roc_auc", "average_precision", "lift_over_random"]].isna().all(axis=None)
    assert (table["precision_at_5"] == 0).all()


def test_bad_questions() -> None:
    scores, later = _planted(0.0)
    with pytest.raises(GraphError):
        judge_rankings(scores, later.iloc[::-1])
    for options in ({"draws": 0}, {"level": 1.0}, {"ks": (0,)}):
        with pytest.raises(GraphError):
            judge_rankings(scores, later, **options)


def test_places_share_the_mean() -> None:
    scores = pd.DataFrame({"m": [1.0, np.nan, 3.0, 1.0]}, index=list("abcd"))
    assert places(scores)["m"].tolist() == [2.5, 4.0, 1.0, 2.5]


def test_single_numbers_agree() -> None:
    hits, every = np.array([[1, 0]]), np.array([[1, 2]])
    assert precision_at(hits, every, 2)[0] == 0.5
    assert average_precision(hits, every)[0] == 1.0
    assert roc_auc(hits, every)[0] == 1.0
