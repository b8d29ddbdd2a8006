"""Shares that are printed as a span: from any way of writing to limits of a stake, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from netscam.analysis.ownership.holdings import read_holdings
from netscam.data.importers.bods.interests import share_words
from netscam.data.importers.shares import limits_in, span_text, span_words

Run = Callable[..., Any]
MAPPING = """[[tables]]
layout = "links"
relation = "owns"
type = "company"
[tables.columns]
source = "owner"
target = "owned"
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("25-50", "share 25 to 50 %"),
        ("25% \u2013 50%", "share 25 to 50 %"),
        ("between 25 and 50 %", "share 25 to 50 %"),
        ("25 to 49,9", "share 25 to 49.9 %"),
        ("> 75%", "share at least over 75 %"),
        ("more than 75", "share at least over 75 %"),
        ("75+", "share at least 75 %"),
        ("75 % or more", "share at least 75 %"),
        ("<10", "share at most under 10 %"),
        ("up to 10 %", "share at most 10 %"),
        ("50 to 25", ""),
        ("25 to 250", ""),
        ("2019-2020", ""),
        ("60", ""),
        ("", ""),
    ],
)
def test_spans_are_read(text: str, words: str) -> None:
    assert span_words(text) == words


@pytest.mark.parametrize("text", ["25-50", ">75", "75+", "<10", "up to 10"])
def test_limits_agree_with_those_of_a_stake(text: str) -> None:
    import pandas as pd

    words = f"Stake as printed, {span_words(text)}."
    row = {"id": "r", "source": "p", "target": "k", "share": float("nan"), "description": words}
    (stake,) = read_holdings(pd.DataFrame([row])).stakes
    limits = limits_in(words)
    low = limits.get("minimum", limits.get("exclusiveMinimum", 0.0))
    high = limits.get("maximum", limits.get("exclusiveMaximum", 100.0))
    assert stake.printed
    assert (stake.least, stake.most) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ({"minimum": 25, "maximum": 50, "exclusiveMinimum": True, "exclusiveMaximum": False}, "share over 25 to 50 %"),
        ({"exclusiveMinimum": 25, "maximum": 50}, "share over 25 to 50 %"),
        ({"minimum": 75, "exclusiveMinimum": True}, "share at least over 75 %"),
        ({"minimum": 50, "maximum": 50}, "share 50 to 50 %"),
    ],
)
def test_limits_that_are_left_out_by_either_version_of_bods(share: dict[str, Any], words: str) -> None:
    assert share_words({"share": share}) == words


def test_two_columns_make_a_span() -> None:
    assert [span_text(*pair) for pair in (("25", "50"), ("25", "25"), ("25", ""), ("", "50"), ("", ""))] == [
        "25 to 50", "25", "at least 25", "at most 50", "",
    ]  # fmt: skip


def test_a_table_with_limits_gives_intervals(run: Run) -> None:
    rows = "owner,owned,low,high\nA,B,25,50\nC,B,10,10\nD,B,,x\n"
    mapping = f'{MAPPING}share_min = "low"\nshare_max = "high"\n'
    ran = run("table", {"x.csv": rows, "mapping.toml": mapping})
    stakes = {s.owner: (s.least, s.most) for s in read_holdings(ran.data.relations).stakes}
    assert stakes["A"] == (25, 50)
    assert stakes["C"] == (10, 10)
    assert ran.report.drops["share that is no number from 0 to 100"] == 1


def test_a_span_in_the_column_of_shares(run: Run) -> None:
    rows = "owner,owned,share\nA,B,50-75 %\n"
    ran = run("table", {"x.csv": rows, "mapping.toml": f'{MAPPING}share = "share"\n'})
    (stake,) = read_holdings(ran.data.relations).stakes
    assert (stake.least, stake.most) == (50, 75)
    assert not ran.report.drops


def test_a_span_that_has_ended_stays_in_the_notes(run: Run) -> None:
    rows = "owner,owned,share,until\nA,B,25-50,2019\nA,B,60,\n"
    mapping = f'{MAPPING}share = "share"\nend = "until"\n'
    ran = run("table", {"x.csv": rows, "mapping.toml": mapping})
    (stake,) = read_holdings(ran.data.relations).stakes
    assert (stake.least, stake.most) == (60, 60)
    assert "share 25 to 50 % to 2019" in " ".join(ran.data.evidence["note"])
