"""What a date does to the picture, and what the page says about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from netscam.output.page import write_page
from netscam.output.page.han import folding
from netscam.output.page.profiles import PROFILES


def slide(opened: Any, name: str, place: int) -> None:
    opened.page.evaluate(
        "([id, value]) => { const e = document.getElementById(id); e.value = value;"
        " e.dispatchEvent(new Event('input', { bubbles: true })); }",
        [name, str(place)],
    )


def test_a_date_is_told_above_the_picture(opened: Any) -> None:
    assert opened.page.is_hidden("#dated")
    slide(opened, "known-by", 0)
    told = opened.page.text_content("#dated")
    assert "number of neighbours (documents published by " in told
    assert "of the whole record" in told
    slide(opened, "at", 0)
    assert "relations valid on " in opened.page.text_content("#dated")
    opened.page.click("#reset-filters")
    assert opened.page.is_hidden("#dated")


def test_the_picture_keeps_its_height_with_and_without_the_note(opened: Any) -> None:
    before = opened.page.locator("#graph").bounding_box()
    slide(opened, "known-by", 0)
    after = opened.page.locator("#graph").bounding_box()
    note = opened.page.locator("#dated").bounding_box()
    assert before["height"] - after["height"] <= note["height"] + 1
    assert after["height"] > 200


def test_the_record_of_a_date_is_brought_into_view(opened: Any) -> None:
    opened.search("p1")
    for _ in range(12):
        opened.page.click("#zoom-in")
    slide(opened, "known-by", 0)
    opened.page.wait_for_timeout(400)
    assert opened.page.is_visible("#dated")
    assert opened.complaints == []


def test_simplified_and_traditional_characters_find_each_other(opened: Any) -> None:
    for text in ("陳志", "陈志"):
        opened.page.fill("#search", text)
        assert opened.page.text_content("#search-count") == "1 match"


def test_only_the_characters_that_names_call_for_are_in_the_page() -> None:
    assert folding(["Chen Zhi"]) == ""
    assert "陳陈" in folding(["陳志"])
    assert "陳陈" in folding(["陈志"])
    assert len(folding(["陈志"])) < 20


def test_the_legend_folds_away_when_the_window_becomes_narrow(opened: Any) -> None:
    fold = opened.page.locator("#filter-fold")
    expect(fold).to_have_attribute("open", "")
    opened.page.set_viewport_size({"width": 390, "height": 800})
    expect(fold).not_to_have_attribute("open", "")
    opened.page.set_viewport_size({"width": 1400, "height": 850})
    expect(fold).to_have_attribute("open", "")


def test_one_entity_is_on_show(case: Any, open_page: Callable[..., Any], tmp_path: Path) -> None:
    from dataclasses import replace

    alone = replace(
        case,
        entities=case.entities.iloc[:1].reset_index(drop=True),
        relations=case.relations.iloc[:0],
        evidence=case.evidence.iloc[:0],
        events=case.events.iloc[:0],
    )
    kinds = alone.entities.assign(type="company")
    opened = open_page(write_page(replace(alone, entities=kinds), tmp_path / "one.html"))
    assert opened.shown().startswith("1 entity")
    assert opened.live() == "1 entity is on show; the record has no relation between entities."


def test_the_public_edition_says_what_a_pseudonym_is_worth(
    case: Any, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    assert "public" in PROFILES
    opened = open_page(write_page(case, tmp_path / "public.html", profile="public"))
    opened.page.click("#tab-about")
    assert "Whoever holds the full record can tell" in opened.page.text_content("#pane-about")
