"""Saving and restoring the view, exports, keyboard, accessibility, small screens, print."""

from __future__ import annotations

import csv
import json
import re
import struct
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

BROWSER = Path(__file__).resolve().parents[2] / "browser"


def saved(page: Any, button: str) -> Path:
    page.click("#tab-keep")
    with page.expect_download() as download:
        page.click(button)
    return Path(download.value.path())


def set_a_view(opened: Any) -> None:
    page = opened.page
    page.uncheck("#status-reported")
    page.check("#type-authority")
    page.fill("#min-probability", "0.1")
    opened.search("Office of Lists")
    page.locator("#pane-evidence").get_by_role("button", name="Pin: Office of Lists").click()
    opened.search("Quiet Person")
    page.locator("#pane-evidence").get_by_role("button", name="Select: Quiet Person").click()
    page.locator("#pane-evidence").get_by_role("button", name="Remove (what if): Quiet Person").click()
    page.fill("#note", "ask about \u202e this </script>")
    page.focus("#graph")
    page.keyboard.press("m")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("m")


def check_the_view(opened: Any, shown: str) -> None:
    page = opened.page
    page.click("#tab-evidence")
    assert opened.shown() == shown
    assert not page.is_checked("#status-reported")
    assert page.is_checked("#type-authority")
    assert page.input_value("#min-probability") == "0.1"
    expect(page.locator("#pane-evidence h2")).to_have_text("Quiet Person")
    assert page.input_value("#note").startswith("ask about")
    assert page.input_value("#ids") == "p2"
    expect(page.locator("#pane-evidence").get_by_role("button", name="Put back: Quiet Person")).to_have_count(1)


def view_of(page: Any) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(saved(page, "#save-view").read_text(encoding="utf-8"))
    return parsed


def test_a_view_survives_a_copy_of_the_page(opened: Any, open_page: Callable[..., Any], tmp_path: Path) -> None:
    set_a_view(opened)
    shown, before = opened.shown(), view_of(opened.page)
    copy = tmp_path / "copy.html"
    copy.write_bytes(saved(opened.page, "#save-page").read_bytes())
    again = open_page(copy)
    check_the_view(again, shown)
    after = view_of(again.page)
    assert again.complaints == []
    assert again.requests == [copy.as_uri()]
    assert {**after, "camera": 0} == {**before, "camera": 0}


def test_a_view_survives_in_the_address(opened: Any, open_page: Callable[..., Any], case_page: Path) -> None:
    set_a_view(opened)
    opened.page.click("#tab-keep")
    opened.page.click("#copy-link")
    fragment = opened.page.evaluate("location.hash")
    assert fragment.startswith("#view=")
    again = open_page(case_page, fragment=fragment)
    check_the_view(again, opened.shown())
    assert "View restored" in again.live()
    # a change of the address asks for nothing either
    opened.requests[:] = [url for url in opened.requests if "#view=" not in url]


def test_a_view_survives_in_a_file(opened: Any, open_page: Callable[..., Any], case_page: Path) -> None:
    set_a_view(opened)
    file = saved(opened.page, "#save-view")
    again = open_page(case_page)
    again.page.click("#tab-keep")
    again.page.set_input_files("#open-view", file)
    expect(again.page.locator("#pane-evidence h2")).to_have_text("Quiet Person")
    check_the_view(again, opened.shown())


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[",
        '{"format":"netscam-view-1","scope":[1,null,"nobody"],"moved":"x","notes":[[1]],"country":"<b>","at":7}',
    ],
)
def test_a_broken_view_breaks_nothing(opened: Any, tmp_path: Path, text: str) -> None:
    file = tmp_path / "view.json"
    file.write_text(text, encoding="utf-8")
    opened.page.click("#tab-keep")
    opened.page.set_input_files("#open-view", file)
    expect(opened.page.locator("#live")).to_contain_text(re.compile("view", re.IGNORECASE))
    opened.search("River Park")
    expect(opened.page.locator("#pane-evidence h2")).to_have_text("River Park")


def test_csv_of_what_is_visible(open_page: Callable[..., Any], case: Any, tmp_path: Path) -> None:
    from dataclasses import replace

    from netscam.output.page import write_page

    entities = case.entities.copy()
    entities.loc[entities["id"] == "c1", "name"] = '=HYPERLINK("x")'
    entities.loc[entities["id"] == "s1", "name"] = "@River, Park"
    opened = open_page(write_page(replace(case, entities=entities), tmp_path / "guard.html"))
    opened.page.click("#view-all")
    for button, count in (("#save-relations", 10), ("#save-entities", 9)):
        content = saved(opened.page, button).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
        assert len(rows) == count
        cells = [cell for row in rows for cell in row.values()]
        assert not [cell for cell in cells if re.match(r"[=+@\t\r]", cell)]
        assert any(cell.startswith("'=HYPERLINK") for cell in cells)
        assert "'@River, Park" in cells
        assert rows[0]["data_sha256"] == replace(case, entities=entities).hash()
        assert rows[0]["caveat"] == case.caveat


def test_png_is_fine_and_carries_its_imprint(opened: Any) -> None:
    page = opened.page
    sizes = "(c => [c.clientWidth, c.clientHeight, c.width])(document.querySelector('#graph canvas'))"
    width, height, pixels = page.evaluate(sizes)
    content = saved(page, "#save-png").read_bytes()
    assert content.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", content[16:24])
    assert wide == pytest.approx(2.5 * width, abs=3)
    assert high >= 2.5 * (height + 60)
    assert page.evaluate(sizes) == [width, height, pixels]


def test_everything_by_keyboard(opened: Any) -> None:
    """A tour without the mouse: search, read, step, follow, go back, expand, remove, move, tabs, help."""
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to search"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.focus("#search")
    page.keyboard.type("first hold")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#pane-evidence h2")).to_have_text("First Holding")
    page.focus("#graph")
    page.keyboard.press("ArrowRight")
    assert re.match(r"1 of 3: .*probability", opened.live())
    first = opened.live()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert opened.live() == first
    name = first.split(": ", 1)[1].split(",")[0]
    page.keyboard.press("Enter")
    expect(page.locator("#pane-evidence h2")).to_have_text(name)
    page.keyboard.press("Backspace")
    expect(page.locator("#pane-evidence h2")).to_have_text("First Holding")
    page.keyboard.press("x")
    assert "removed: largest piece" in opened.live()
    page.keyboard.press("x")
    page.keyboard.press("g")
    assert opened.shown() == "4 entities, 3 lines"
    page.keyboard.press("s")
    page.keyboard.press("p")
    page.keyboard.press("h")
    assert "hidden" in opened.live()
    page.keyboard.press("?")
    expect(page.locator("#help-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help-dialog")).to_be_hidden()
    page.focus("#tab-evidence")
    for tab in ("paths", "removal", "table", "keep", "about", "evidence"):
        page.keyboard.press("ArrowRight")
        expect(page.locator(f"#pane-{tab}")).to_be_visible()
        assert page.evaluate("document.activeElement.id") == f"tab-{tab}"


def test_focus_is_visible(opened: Any) -> None:
    page = opened.page
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert outline == "solid"
        assert width >= 2


def axe_source() -> str:
    """axe-core from npm where it was installed, else the copy that axe-playwright-python carries."""
    file = BROWSER / "node_modules" / "axe-core" / "axe.min.js"
    if file.exists():
        return file.read_text(encoding="utf-8")
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Any) -> list[str]:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })", tags)
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing(open_page: Callable[..., Any], case_page: Path, scheme: str, width: int) -> None:
    source = axe_source()
    opened = open_page(case_page, color_scheme=scheme, viewport={"width": width, "height": 850}, bypass_csp=True)
    page = opened.page
    page.evaluate(source)
    found = violations(page)
    opened.search("An Official")
    page.locator("#pane-evidence summary").first.click()
    found += violations(page)
    page.get_by_role("button", name="Select: An Official").click()
    page.get_by_role("button", name="Remove (what if): An Official").click()
    for tab in ("paths", "removal", "table", "keep", "about"):
        page.click(f"#tab-{tab}")
        found += violations(page)
    page.fill("#search", "hold")
    found += violations(page)
    page.keyboard.press("Escape")
    page.click("#help")
    found += violations(page)
    assert found == []


@pytest.mark.parametrize("viewport", [{"width": 390, "height": 800}, {"width": 640, "height": 400}])
def test_narrow_screens_scroll_one_way(
    open_page: Callable[..., Any], case_page: Path, viewport: dict[str, int]
) -> None:
    """A phone, and a laptop at 200 % zoom: nothing is cut off or needs sideways scrolling."""
    opened = open_page(case_page, viewport=viewport)
    page = opened.page
    opened.search("An Official")
    page.locator("#pane-evidence summary").first.click()
    for tab in ("evidence", "paths", "removal", "table", "keep", "about"):
        page.click(f"#tab-{tab}")
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    box = page.locator("#graph").bounding_box()
    assert box["width"] >= viewport["width"] * 0.9
    assert box["height"] >= 200


def test_reduced_motion_and_theme(open_page: Callable[..., Any], case_page: Path) -> None:
    opened = open_page(case_page, reduced_motion="reduce", color_scheme="dark")
    page = opened.page
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    expect(page.locator("#theme")).to_have_text("Theme: light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert opened.complaints == []


def test_print_shows_the_picture_and_the_panel(opened: Any) -> None:
    page = opened.page
    opened.search("An Official")
    page.emulate_media(media="print")
    for shown in ("#graph", "#pane-evidence", "#caveat"):
        assert page.is_visible(shown)
    for hidden in ("#filters", ".tools", ".tabs", "#search"):
        assert not page.is_visible(hidden)
