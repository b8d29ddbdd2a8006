"""The figure of what happens next: its numbers are those of the analysis, its words say what the numbers say."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from netscam.analysis.recovery import ANY, compare
from netscam.data.dataset import read_dataset
from netscam.output.figures import FIGURES
from netscam.output.figures import recovery as module
from netscam.output.figures.sheet import Drawn
from netscam.output.style import style_context


def draw(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    monkeypatch.setattr(module, "RUNS", 6)
    monkeypatch.setattr(module, "STEPS", 3)
    scene = SimpleNamespace(data=read_dataset("example"), study=SimpleNamespace(seed=0))
    with style_context():
        return FIGURES["recovery"].function(scene)


def test_numbers_words_and_room(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = draw(monkeypatch)
    curves, table, gaps = drawn.numbers, drawn.more["table"], drawn.more["difference"]
    strategies = list(dict.fromkeys(curves["strategy"]))
    found = compare(read_dataset("example"), strategies, steps=int(curves["step"].max()), runs=6, draws=6)
    for (strategy, model), result in found.results.items():
        mine = curves[(curves["strategy"] == strategy) & (curves["model"] == model)]
        assert np.allclose(mine["mean"], result.relative()["mean"], equal_nan=True)
    assert table.equals(found.to_frame())
    assert set(gaps["model"]) == {*found.models, ANY}
    assert "no forecast" in drawn.caption
    assert "no finding about conduct" in drawn.caption
    assert all(strategy in drawn.alt for strategy in strategies)
    assert "nan" not in drawn.caption + drawn.alt
    axes = drawn.figure.axes
    assert len(axes) == len(found.models) + 2
    lines = [line for axis in axes[: len(found.models)] for line in axis.lines if len(line.get_xdata()) > 2]
    assert len(lines) == len(found.results)
    with style_context():
        drawn.figure.draw_without_rendering()
        boxes = [axis.get_tightbbox() for axis in axes]
    for i, one in enumerate(boxes):
        assert not any(one.overlaps(other) for other in boxes[i + 1 :])


def test_a_network_in_which_nobody_can_be_removed_says_so() -> None:
    data = read_dataset("example")
    entities = data.entities.assign(type="address", coordinate_precision="street")
    scene = SimpleNamespace(data=replace(data, entities=entities), study=SimpleNamespace(seed=0))
    with style_context():
        drawn = FIGURES["recovery"].function(scene)
    assert "Nobody in this network" in drawn.caption
    assert not len(drawn.numbers)
