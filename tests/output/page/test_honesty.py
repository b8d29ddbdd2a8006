"""The page says what it leaves out, what is hindsight, and which question an answer belongs to."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import netscam
from netscam.output.page import write_page
from netscam.output.page.content import cut_text, page_content
from netscam.output.page.host import render

pytestmark = pytest.mark.browser

SPY = """() => {
  const draw = CanvasRenderingContext2D.prototype;
  window.texts = [];
  window.dashes = [];
  const [write, dash] = [draw.fillText, draw.setLineDash];
  draw.fillText = function (text, x, y) {
    const t = this.getTransform();
    const wide = this.measureText(text).width * t.a;
    window.texts.push([text, x * t.a + t.e - wide / 2, x * t.a + t.e + wide / 2, this.canvas.width]);
    write.call(this, text, x, y);
  };
  draw.setLineDash = function (list) {
    window.dashes.push(list.length);
    dash.call(this, list);
  };
}"""


def act(page: Any, name: str) -> None:
    page.locator("#pane-evidence [aria-label=Explore]").get_by_role("button", name=name).first.click()


def saved(page: Any, button: str) -> Path:
    page.click("#tab-keep")
    with page.expect_download() as download:
        page.click(button)
    return Path(download.value.path())


def imprint(page: Any) -> str:
    page.evaluate(SPY)
    saved(page, "#save-png")
    return " ".join(text for text, *_ in page.evaluate("window.texts"))


def known_by_the_first_document(page: Any) -> None:
    page.press("#known-by", "Home")
    assert page.get_attribute("#known-by", "aria-valuetext") == "2022-03-31"


def test_a_cut_is_told_in_words() -> None:
    assert cut_text({}) == ""
    told = cut_text({"relations": ("owns", "directs"), "min_probability": 0.5, "other_choice": 3})
    assert told == "only relations of probability 0.5 or more; other choice 3; only relations of type directs, owns"


def test_a_cut_page_says_so_everywhere(case: Any, open_page: Callable[..., Any], tmp_path: Path) -> None:
    part = replace(case, package={**case.package, "netscam": {"selection": {"at": "2022"}}})
    page = open_page(write_page(part, tmp_path / "part.html")).page
    told = "only relations valid on 2022"
    for place in ("header", "footer"):
        expect(page.locator(place)).to_contain_text(told)
    page.click("#tab-about")
    expect(page.locator("#pane-about")).to_contain_text(told)
    rows = list(csv.DictReader(saved(page, "#save-relations").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0]["part_of_record"] == told
    assert rows[0]["edition"] == "complete"
    assert told in imprint(page)


def test_the_picture_names_its_filters_and_what_is_hidden(opened: Any) -> None:
    page = opened.page
    page.uncheck("#type-official")
    page.uncheck("#relation-owns")
    page.uncheck("#status-charged")
    opened.search("Second Holding")
    act(page, "Hide")
    told = imprint(page)
    for part in ("types left out: official", "relations left out: owns", "left out: charged", "1 hidden by hand"):
        assert part in told


def test_a_path_is_of_the_ends_in_the_fields(opened: Any) -> None:
    page = opened.page
    page.click("#tab-paths")
    for end, text in (("path-from", "An Official"), ("path-to", "Hill Park")):
        page.fill(f"#{end}", text)
        page.press(f"#{end}", "Enter")
    page.click("#path-one")
    told = page.locator("#path-told")
    expect(told).to_contain_text("From An Official to Hill Park: 1 shortest path of 5 steps")
    expect(told).to_contain_text("All steps hold with probability")
    expect(told).to_contain_text("Weakest: step ")
    page.fill("#path-from", "nobody")
    expect(told).to_be_empty()
    page.click("#path-one")
    expect(told).to_have_text("Choose two different entities first.")
    page.fill("#path-from", "river park")
    page.click("#path-one")
    expect(told).to_contain_text("From River Park to Hill Park")
    page.uncheck("#type-address")
    expect(told).to_be_empty()


def test_hindsight_is_kept_out_of_an_earlier_day(opened: Any) -> None:
    page = opened.page
    known_by_the_first_document(page)
    pane = page.locator("#pane-evidence")
    expect(pane).to_contain_text("with hindsight")
    expect(pane.locator("li", has_text="First Holding")).not_to_contain_text("not in any document")
    opened.search("Šárka")
    expect(pane).to_contain_text("As known on 2022-03-31")
    for hidden in ("Runs the case.", "Standing", "Position in the recorded network"):
        expect(pane).not_to_contain_text(hidden)
    opened.search("Quiet Person")
    expect(pane).to_contain_text("none in documents published by then")
    expect(pane).not_to_contain_text("none in the record")


def test_a_public_edition_says_what_its_certificates_are_of(
    case: Any, results: dict[str, Any], open_page: Callable[..., Any], tmp_path: Path
) -> None:
    page = open_page(write_page(case, tmp_path / "public.html", profile="public", **results)).page
    note = "Computed on the full record; this edition leaves evidence out."
    expect(page.locator("#pane-evidence")).to_contain_text(note)
    page.click("#tab-removal")
    page.locator("#pane-removal button").first.click()
    expect(page.locator("#pane-removal")).to_contain_text(note)
    expect(page.locator("footer")).to_contain_text("(in this edition)")


def test_a_line_shows_the_standing_of_its_likeliest_relation(
    case: Any, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    """An improbable conviction does not make a solid line of a likely allegation."""
    evidence = case.evidence[case.evidence["id"] != "e02"].set_index("id")
    evidence.loc["e01", ["document", "credibility"]] = ["d3", "5"]
    evidence.loc["e03", "status"] = "alleged"
    opened = open_page(write_page(replace(case, evidence=evidence.reset_index()), tmp_path / "line.html"))
    page = opened.page
    opened.search("Šárka")
    act(page, "Only 1 step")
    page.uncheck("#relation-associate_of")
    assert opened.shown() == "3 entities, 1 line"
    page.evaluate(SPY)
    page.click("#zoom-in")
    page.wait_for_timeout(300)
    assert any(page.evaluate("window.dashes"))


def test_reset_stops_the_player(opened: Any) -> None:
    page = opened.page
    page.click("#play-at")
    expect(page.locator("#play-at")).to_have_text("Pause")
    page.click("#reset-filters")
    expect(page.locator("#play-at")).to_have_text("Play")
    page.wait_for_timeout(1600)
    expect(page.locator("#at-is")).to_have_text("any time")


def test_putting_the_view_into_the_address_restores_nothing(opened: Any) -> None:
    opened.page.click("#tab-keep")
    opened.page.click("#copy-link")
    opened.page.wait_for_timeout(100)
    assert "is in the address now" in opened.live()


def test_back_from_a_relation(opened: Any) -> None:
    page = opened.page
    opened.search("First Holding")
    page.focus("#graph")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("r")
    expect(page.locator("#pane-evidence h2")).to_contain_text(" and ")
    page.focus("#graph")
    page.keyboard.press("Backspace")
    expect(page.locator("#pane-evidence h2")).to_have_text("First Holding")


def test_a_choice_on_a_phone_shows_its_evidence(open_page: Callable[..., Any], case_page: Path) -> None:
    opened = open_page(case_page, viewport={"width": 390, "height": 800})
    opened.search("Quiet Person")
    expect(opened.page.locator("#pane-evidence h2")).to_be_in_viewport()


def test_what_has_no_tie_is_not_counted_as_removed(opened: Any) -> None:
    page = opened.page
    for name in ("Alone Ltd", "Some City", "First Holding"):
        opened.search(name)
        act(page, "Remove (what if)")
    assert "1 entity removed" in opened.live()
    page.click("#tab-removal")
    pane = page.locator("#pane-removal")
    expect(pane).to_contain_text("Your set (1)")
    expect(pane).to_contain_text("so not counted: Alone Ltd, Some City.")


def test_an_entity_from_outside_comes_with_its_neighbours(opened: Any) -> None:
    opened.search("Third Holding")
    assert opened.shown() == "8 entities, 7 lines"


def test_names_are_not_cut_by_the_frame(opened: Any) -> None:
    page = opened.page
    page.click("#view-all")
    page.wait_for_timeout(400)
    page.evaluate(SPY)
    for _ in range(3):
        page.click("#zoom-in")
    page.wait_for_timeout(100)
    written = [row for row in page.evaluate("window.texts") if len(row[0]) > 3 and "disputed" not in row[0]]
    assert written
    cut = [row for row in written if row[1] < -1 or row[2] > row[3] + 1]
    assert cut == []


def test_print_opens_all_statements(opened: Any) -> None:
    page = opened.page
    opened.search("An Official")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#pane-evidence details:not([open])")).to_have_count(0)
    expect(page.locator("#pane-evidence")).to_contain_text("Ministry")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#pane-evidence details[open]")).to_have_count(0)


def test_the_table_opens_by_rank(opened: Any) -> None:
    page = opened.page
    page.click("#tab-table")
    expect(page.locator("#pane-table th[aria-sort=descending]")).to_contain_text("degree")
    assert page.locator("#pane-table tbody .go").first.text_content() in ("First Holding", "River Park")


def test_a_page_without_key_nodes_does_not_speak_of_them() -> None:
    data = netscam.read_dataset("example")
    plain = render(page_content(data))
    proved = render(page_content(data, key_nodes=netscam.key_nodes(netscam.to_igraph(data), k=2)))
    assert "Most tied and their neighbours are on show" in plain
    assert "Key nodes and their neighbours are on show" in proved
