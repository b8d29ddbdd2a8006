"""The picture by mouse: click, shift-click, drag, double-click, and communities folded into one symbol."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from netscam.output.page import content, write_page

pytestmark = pytest.mark.browser


class Picture:
    """Where entities are on the screen, from the saved view and the positions in the file."""

    def __init__(self, opened: Any) -> None:
        self.page = opened.page
        self.page.wait_for_timeout(400)
        self.view = self.saved()
        nodes = json.loads(self.page.text_content("#data-nodes"))
        record = json.loads(self.page.text_content("#data-record"))
        self.spots = {
            name: (node["x"], node["y"]) for name, node in zip(record["tables"]["entities"]["id"], nodes, strict=True)
        }
        self.box = self.page.locator("#graph").bounding_box()

    def saved(self) -> dict[str, Any]:
        tab = self.page.locator("[role=tab][aria-selected=true]").get_attribute("id")
        self.page.click("#tab-keep")
        with self.page.expect_download() as download:
            self.page.click("#save-view")
        self.page.click(f"#{tab}")
        parsed: dict[str, Any] = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
        return parsed

    def at(self, x: float, y: float) -> tuple[float, float]:
        left, top, scale = self.view["camera"]
        return (
            self.box["x"] + self.box["width"] / 2 + (x - left) * scale,
            self.box["y"] + self.box["height"] / 2 + (y - top) * scale,
        )

    def of(self, name: str) -> tuple[float, float]:
        return self.at(*self.spots[name])

    def between(self, a: str, b: str) -> tuple[float, float]:
        (x, y), (u, v) = self.spots[a], self.spots[b]
        return self.at((x + u) / 2, (y + v) / 2)


@pytest.fixture
def spread(case: Any, results: dict[str, Any]) -> dict[str, Any]:
    """Coordinates wide enough that lines do not pass over other symbols."""
    import pandas as pd

    ids = case.entities["id"]
    turn = [(0, 4), (9, 9), (0, 0), (6, 4), (-5, 5), (6, 1), (-4, -2), (3, 6), (3, 1), (-7, 3), (8, 8), (9, 5)]
    return {
        **results,
        "layout": pd.DataFrame([(n, x, y) for n, (x, y) in zip(ids, turn, strict=True)], columns=["id", "x", "y"]),
    }


def test_click_on_an_entity_and_on_a_line(
    case: Any, spread: dict[str, Any], open_page: Callable[..., Any], tmp_path: Path
) -> None:
    opened = open_page(write_page(case, tmp_path / "spread.html", **spread))
    page = opened.page
    picture = Picture(opened)
    page.mouse.click(*picture.of("s1"))
    expect(page.locator("#pane-evidence h2")).to_have_text("River Park")
    page.mouse.click(*picture.between("p1", "c1"))
    expect(page.locator("#pane-evidence h2")).to_have_text("First Holding and Šárka Nováková")
    page.keyboard.down("Shift")
    page.mouse.click(*picture.of("s1"))
    page.mouse.click(*picture.of("p1"))
    page.keyboard.up("Shift")
    assert page.input_value("#ids") == "s1\np1"
    page.mouse.dblclick(*picture.of("p1"))
    page.wait_for_timeout(400)
    assert opened.shown() == "7 entities, 7 lines"
    page.mouse.click(picture.box["x"] + 5, picture.box["y"] + picture.box["height"] - 5)
    expect(page.locator("#pane-evidence h2")).to_have_text("Evidence")
    assert opened.complaints == []


def test_drag_moves_and_pinned_stays(
    case: Any, spread: dict[str, Any], open_page: Callable[..., Any], tmp_path: Path
) -> None:
    opened = open_page(write_page(case, tmp_path / "spread.html", **spread))
    page = opened.page
    picture = Picture(opened)

    def drag(name: str) -> None:
        x, y = picture.of(name)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 30, y + 10, steps=4)
        page.mouse.up()
        page.wait_for_timeout(100)

    drag("s1")
    moved = dict((name, (x, y)) for name, x, y in picture.saved()["moved"])
    scale = picture.view["camera"][2]
    assert moved["s1"][0] == pytest.approx(picture.spots["s1"][0] + 30 / scale, abs=2)
    page.mouse.click(*picture.of("c1"))
    page.locator("#pane-evidence").get_by_role("button", name="Pin: First Holding").click()
    page.wait_for_timeout(400)
    picture.view = picture.saved()
    drag("c1")
    again = dict((name, (x, y)) for name, x, y in picture.saved()["moved"])
    assert again.get("c1", picture.spots["c1"]) == pytest.approx(picture.spots["c1"], abs=1)


def test_communities_fold_and_unfold(opened: Any) -> None:
    page = opened.page
    page.click("#view-fold")
    assert opened.shown() == "0 entities and 2 folded communities, 1 line"
    expect(page.locator("#view-fold")).to_have_attribute("aria-pressed", "true")
    page.click("#tab-table")
    expect(page.locator("#pane-table tbody tr")).to_have_count(9)
    opened.search("Hill Park")
    assert opened.shown().startswith("1 entity and 2 folded communities")
    page.click("#view-fold")
    page.click("#view-all")
    assert opened.shown() == "9 entities, 9 lines"


def test_a_large_network_opens_folded(
    case: Any, results: dict[str, Any], open_page: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "FOLD_ABOVE", 5)
    opened = open_page(write_page(case, tmp_path / "large.html", **results))
    page = opened.page
    assert opened.shown() == "0 entities and 2 folded communities, 1 line"
    picture = Picture(opened)
    inside = [picture.spots[name] for name in ("c1", "c2", "o1", "p1", "p2", "s1")]
    middle = (sum(x for x, _ in inside) / 6, sum(y for _, y in inside) / 6)
    page.mouse.click(*picture.at(*middle))
    expect(page.locator("#pane-evidence h2")).to_contain_text("Community 0 (6)")
    page.get_by_role("button", name="Unfold").click()
    assert opened.shown() == "6 entities and 1 folded communities, 7 lines"
    page.click("#view-all")
    assert "folded into communities" in opened.live()
    assert opened.complaints == []


def test_communities_are_found_for_a_large_network(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("netscam.analysis.communities")
    monkeypatch.setattr(content, "FOLD_ABOVE", 5)
    made = content.page_content(case)
    assert {number for number in made.record["communities"] if number is not None}
