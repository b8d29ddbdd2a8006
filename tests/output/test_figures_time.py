"""The figures about time: what is plotted, and that nothing lies on anything else."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import Ellipse

from netscam.data.dataset import Dataset, empty_table, read_dataset
from netscam.data.select import first_day, last_day
from netscam.output.figures import FIGURES, Drawn
from netscam.output.figures.swarm import Mark, place_marks
from netscam.output.figures.timeline import LANES, SAME, radius
from netscam.output.style import style_context

NAMES = ("timeline", "knowledge-ranks")


def draw(name: str, data: Dataset) -> Drawn:
    with style_context():
        return FIGURES[name].function(SimpleNamespace(data=data, study=SimpleNamespace(seed=0)))


@pytest.fixture(scope="module")
def mekong() -> Dataset:
    return read_dataset("mekong")


@pytest.fixture(scope="module")
def drawn(mekong) -> dict[str, Drawn]:
    return {name: draw(name, mekong) for name in NAMES}


def test_the_timeline_plots_every_event_of_its_kinds_once(drawn, mekong) -> None:
    numbers = drawn["timeline"].numbers
    kinds = {*LANES, *SAME}
    assert set(numbers["id"]) == set(mekong.events.loc[mekong.events["type"].isin(kinds), "id"])
    discs = [p for axes in drawn["timeline"].figure.axes for p in axes.patches if isinstance(p, Ellipse)]
    assert len(discs) == len(numbers) + 6  # and those of the legend
    assert (numbers["earliest"] == numbers["date"].map(first_day)).all()
    assert (numbers["latest"] == numbers["date"].map(last_day)).all()


def test_no_mark_leaves_its_panel_or_touches_another(drawn) -> None:
    for axes in drawn["timeline"].figure.axes:
        left, right = axes.get_xlim()
        low, high = sorted(axes.get_ylim())
        discs = [p for p in axes.patches if isinstance(p, Ellipse)]
        for disc in discs:
            x, y = disc.center
            assert left <= x - disc.width / 2
            assert x + disc.width / 2 <= right
            assert low <= y - disc.height / 2
            assert y + disc.height / 2 <= high
        for one, other in combinations(discs, 2):
            gap = np.hypot(one.center[0] - other.center[0], one.center[1] - other.center[1])
            assert gap > (one.width + other.width) / 2


def test_size_grows_with_people() -> None:
    assert radius(None) <= radius(1) < radius(10) < radius(1000)
    assert radius(100) - radius(10) == pytest.approx(radius(1000) - radius(100))


marks = st.builds(
    lambda left, width, size, text: Mark("k", "g", left, left + width, width > 0, size, True, False, text),
    st.floats(0, 40),
    st.floats(0, 10),
    st.floats(1, 5),
    st.sampled_from(["", "1,000"]),
)


@settings(max_examples=60)
@given(st.lists(marks, max_size=12))
def test_swarms_keep_apart(rows: list[Mark]) -> None:
    placed = place_marks(rows)
    assert [replace(mark, y=0.0) for mark in placed] == rows
    for one, other in combinations(placed, 2):
        beside = one.reach[1] <= other.reach[0] or other.reach[1] <= one.reach[0]
        assert beside or abs(one.y - other.y) >= (one.tall + other.tall) / 2
    assert not placed or placed[0].y == 0


def test_knowledge_ranks_plot_the_backtests(drawn, mekong) -> None:
    places, scores = drawn["knowledge-ranks"].numbers, drawn["knowledge-ranks"].more["scores"]
    assert places["share"].between(0, 1).all()
    assert (places["acted"] > places["cutoff"]).all()
    assert (scores["cutoff"] <= mekong.as_of).all()
    assert set(places["measure"]) == set(scores["measure"]) == {"degree", "betweenness", "pagerank"}
    upper = drawn["knowledge-ranks"].figure.axes[0]
    diamonds = [line for line in upper.lines if line.get_marker() == "D"]
    assert len(diamonds) == places["id"].nunique()


def test_captions_say_what_the_numbers_cannot(drawn) -> None:
    assert "must not be added" in drawn["timeline"].caption
    assert "no conviction" in drawn["timeline"].caption
    assert "2026-01" in drawn["timeline"].caption
    assert "hindsight" in drawn["knowledge-ranks"].caption
    assert "positives are few" in drawn["knowledge-ranks"].caption
    for figure in drawn.values():
        assert figure.alt
        assert figure.title


@pytest.mark.parametrize("name", NAMES)
def test_records_without_events_or_dates_can_be_drawn(name: str) -> None:
    data = read_dataset("example")
    bare = replace(data, events=empty_table("events"), documents=data.documents.assign(published=""))
    found = draw(name, bare)
    assert found.numbers.empty
    assert found.caption
