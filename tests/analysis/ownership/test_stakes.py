"""Stakes against brute force, the inverse, published figures, and every way to deal out what is missing."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netscam.analysis.ownership.holdings import Holdings, read_holdings
from netscam.analysis.ownership.stakes import indirect_stakes, owned_in_circles, ultimate_owners
from netscam.analysis.ownership.words import tell_holding
from netscam.errors import GraphError

Held = Callable[[list[tuple[str, str, float | None]]], Holdings]


def frame_of(shares: dict[tuple[str, str], float]) -> pd.DataFrame:
    rows = [(f"{a}-{b}", a, b, s) for (a, b), s in shares.items()]
    return pd.DataFrame(rows, columns=["id", "source", "target", "share"]).astype({"share": float})


def stake(holdings: Holdings, owner: str, entity: str) -> tuple[float, float]:
    rows = indirect_stakes(holdings, [owner])
    row = rows[rows["entity"] == entity]
    return (0.0, 0.0) if row.empty else (row["least"].iloc[0], row["most"].iloc[0])


def all_paths(shares: dict[tuple[str, str], float], owner: str, entity: str) -> float:
    """Sum over every chain of the product of its shares, by walking them all."""
    total = shares.get((owner, entity), 0.0) / 100
    for (a, b), share in shares.items():
        if a == owner and b != entity:
            total += share / 100 * all_paths(shares, b, entity)
    return total


@st.composite
def networks(draw: st.DrawFn, acyclic: bool) -> dict[tuple[str, str], float]:
    """Owners of up to six entities; the shares of one entity add up to at most 100."""
    size = draw(st.integers(2, 6))
    names = "abcdef"[:size]
    shares: dict[tuple[str, str], float] = {}
    for j, entity in enumerate(names):
        left = 100
        for i, owner in enumerate(names):
            if (i < j if acyclic else i != j) and draw(st.booleans()):
                share = draw(st.integers(0, left))
                left -= share
                shares[owner, entity] = float(share)
    return shares


@given(networks(acyclic=True))
@settings(max_examples=150, deadline=None)
def test_acyclic_equals_the_walk_over_all_chains(shares: dict[tuple[str, str], float]) -> None:
    for row in indirect_stakes(read_holdings(frame_of(shares))).itertuples():
        expected = 100 * all_paths(shares, row.owner, row.entity)
        assert row.least == pytest.approx(expected, abs=1e-8)
        assert row.most == pytest.approx(expected, abs=1e-8)


@given(networks(acyclic=False))
@settings(max_examples=150, deadline=None)
def test_circles_equal_the_corrected_inverse(shares: dict[tuple[str, str], float]) -> None:
    names = sorted({end for pair in shares for end in pair})
    w = np.zeros((len(names), len(names)))
    for (a, b), share in shares.items():
        w[names.index(a), names.index(b)] = share / 100
    if not names or max(abs(np.linalg.eigvals(w))) > 1 - 1e-6:
        return
    m = np.linalg.inv(np.eye(len(names)) - w)
    for row in indirect_stakes(read_holdings(frame_of(shares))).itertuples():
        i, j = names.index(row.owner), names.index(row.entity)
        assert row.least == pytest.approx(100 * m[i, j] / m[i, i], abs=1e-6)
        assert 0 <= row.least <= row.most <= 100


@given(networks(acyclic=False), st.data())
@settings(max_examples=150, deadline=None)
def test_every_distribution_of_missing_shares_lies_within(
    shares: dict[tuple[str, str], float], data: st.DataObject
) -> None:
    hidden = {pair: s for pair, s in shares.items() if data.draw(st.booleans())}
    partly = read_holdings(frame_of({pair: math.nan if pair in hidden else s for pair, s in shares.items()}))
    bounds = {(r.owner, r.entity): (r.least, r.most) for r in indirect_stakes(partly).itertuples()}
    for row in indirect_stakes(read_holdings(frame_of(shares))).itertuples():
        low, high = bounds.get((row.owner, row.entity), (0.0, 0.0))
        assert low - 1e-7 <= row.least <= high + 1e-7


def test_the_most_is_reached_in_a_small_case(held: Held) -> None:
    """x owns all of a and an unknown part of b; a and y own unknown parts of b too; z surely has 30."""
    holdings = held([("x", "a", 100), ("x", "b", None), ("a", "b", None), ("y", "b", None), ("z", "b", 30)])
    assert stake(holdings, "x", "b") == (0.0, 70.0)
    assert stake(holdings, "z", "b") == (30.0, 30.0)


def test_the_most_prefers_the_holder_with_the_larger_stake(held: Held) -> None:
    holdings = held([("x", "a", 80), ("x", "b", 20), ("a", "c", None), ("b", "c", None)])
    assert stake(holdings, "x", "c") == (0.0, 80.0)


def test_stakes_of_those_at_the_top_add_up(held: Held) -> None:
    """Where all shares are recorded, the owners at the top hold everything."""
    holdings = held([("x", "a", 60), ("y", "a", 40), ("a", "b", 70), ("y", "b", 10), ("c", "b", 20), ("b", "c", 30),
                     ("x", "c", 70)])  # fmt: skip
    stakes = indirect_stakes(holdings, ["x", "y"])
    assert stakes.groupby("entity")["least"].sum().tolist() == pytest.approx([100.0] * 3)


def test_cross_shareholding_by_hand(held: Held) -> None:
    """a and b own 50 of each other, x the rest of a: x gets 50 / (1 - 0.25) of a, and half of that of b."""
    holdings = held([("a", "b", 50), ("b", "a", 50), ("x", "a", 50)])
    assert stake(holdings, "x", "a")[0] == pytest.approx(200 / 3)
    assert stake(holdings, "x", "b")[0] == pytest.approx(100 / 3)
    assert stake(holdings, "a", "b")[0] == pytest.approx(50)


def test_complete_circles_have_an_answer(held: Held) -> None:
    holdings = held([("a", "b", 100), ("b", "a", 100), ("a", "c", 50)])
    assert stake(holdings, "a", "b") == (100.0, 100.0)
    assert stake(holdings, "b", "c") == (50.0, 50.0)
    assert owned_in_circles(holdings) == ["a", "b", "c"]
    assert owned_in_circles(held([("x", "a", 1), ("a", "b", 99), ("b", "a", 99)])) == []


def test_a_circle_of_unknown_shares_settles(held: Held) -> None:
    holdings = held([("a", "b", None), ("b", "a", None), ("x", "a", None)])
    assert stake(holdings, "x", "b") == (0.0, 100.0)


def test_a_long_chain_uses_the_sparse_solver(held: Held) -> None:
    chain = [(f"n{k:03}", f"n{k + 1:03}", 99.0) for k in range(400)]
    assert stake(held(chain), "n000", "n400")[0] == pytest.approx(100 * 0.99**400)


def test_rows_that_disagree_make_an_interval_and_overfull_entities_are_named(held: Held) -> None:
    one = held([("x", "a", 30), ("x", "a", 37.5), ("x", "a", None)])
    assert stake(one, "x", "a") == (30.0, 37.5)
    over = held([("x", "a", 90), ("y", "a", 90)])
    assert dict(over.contradictions) == {"a": 180.0}
    assert stake(over, "x", "a") == (10.0, 90.0)
    assert held([("a", "a", 10), ("x", "a", 50)]).self_held == ("a",)
    with pytest.raises(GraphError, match="not between 0 and 100"):
        held([("x", "a", 101)])


def test_ultimate_owners(held: Held) -> None:
    holdings = held([("p", "a", 60), ("q", "a", 20), ("a", "b", 50), ("q", "b", None)])
    top = ultimate_owners(holdings, threshold=25, people=["q"])
    assert [tuple(row) for row in top[["entity", "owner", "certain"]].to_numpy()] == [
        ("a", "p", True), ("b", "p", True), ("b", "q", False)]  # fmt: skip
    assert top.loc[2, "most"] == pytest.approx(60.0)


def test_row_order_does_not_matter() -> None:
    shares = {("x", "a"): 33.3, ("y", "a"): 12.1, ("a", "b"): 44.4, ("b", "a"): 20.0, ("y", "b"): 7.7}
    rows = frame_of(shares)
    first, second = (indirect_stakes(read_holdings(f)) for f in (rows, rows.iloc[::-1].reset_index(drop=True)))
    assert first.equals(second)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Shareholding, direct, share 25 to under 50 %.", 25, 50 - 1e-6),
        ("Shareholding, share over 50 to 75 %.", 50 + 1e-6, 75),
        ("Shareholding, share at least 75 %.", 75, 100),
        ("Shareholding, share at most under 25 %.", 0, 25 - 1e-6),
        ("Shareholding, share 10 %. Shareholding, share 20 to 30 %.", 10, 30),
        ("A text that speaks of a share 10 to 20 %.", 0, 100),
    ],
)
def test_spans_of_a_register_are_limits(text: str, least: float, most: float) -> None:
    rows = [{"id": "r", "source": "a", "target": "b", "share": math.nan, "description": text}]
    stake = read_holdings(pd.DataFrame(rows)).stakes[0]
    assert (stake.least, stake.most) == pytest.approx((least, most), abs=1e-9)
    told = tell_holding(stake, name=str, says=lambda _: "is recorded to own")
    assert ("no document prints" in told) == (most == 100 and least == 0)
