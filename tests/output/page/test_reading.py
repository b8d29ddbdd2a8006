"""First view, search, filters, dates, evidence: what the reader sees without changing anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from netscam.schema import load_schema

pytestmark = pytest.mark.browser


def said(status: str, relation: str) -> str:
    schema = load_schema()
    return schema.statuses[status].say(schema.relation_types[relation])


def everything(page: Any) -> None:
    page.click("#view-all")


def test_first_view_starts_from_the_key_nodes(opened: Any) -> None:
    expect(opened.page.locator("h1")).to_have_text("A small case")
    expect(opened.page.locator("#pane-evidence")).to_contain_text("proved best for the network as recorded")
    expect(opened.page.locator("#pane-evidence .go")).to_have_text(["First Holding", "River Park"])
    # the two key nodes and their neighbours; not the far company, authority, city or isolate
    assert opened.shown() == "6 entities, 5 lines"
    assert opened.page.evaluate("document.querySelectorAll('#graph canvas').length") == 1


def test_caveat_version_hash_and_contact_are_stated(opened: Any, case: Any) -> None:
    text = opened.page.text_content("body")
    for needed in (case.caveat, "1.2.3", case.hash()[:12], "as of 2025-02-01", "issue in the project's repository"):
        assert needed in text
    opened.page.click("#tab-about")
    expect(opened.page.locator("#pane-about")).to_contain_text(case.hash())
    expect(opened.page.locator("#pane-about")).to_contain_text("not supported")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sarka novakova", "Šárka Nováková"),
        ("陳志", "Šárka Nováková"),
        ("ចេន ហ្ស៊ី", "Šárka Nováková"),
        ("ดุสิต", "Šárka Nováková"),
        ("55464", "Šárka Nováková"),
        ("s1", "River Park"),
        ("holding second", "Second Holding"),
        ("riverpark", "River Park"),
        ("office of", "Office of Lists"),
    ],
)
def test_search_finds_names_aliases_ids_and_identifiers(opened: Any, text: str, name: str) -> None:
    opened.search(text)
    expect(opened.page.locator("#pane-evidence h2")).to_have_text(name)


def test_search_counts_matches_and_goes_by_keyboard(opened: Any) -> None:
    page = opened.page
    page.fill("#search", "holding")
    expect(page.locator("#search-count")).to_have_text("3 matches")
    expect(page.locator("#search-list [role=option]")).to_have_count(3)
    page.press("#search", "ArrowDown")
    page.press("#search", "ArrowDown")
    chosen = page.get_attribute("#search", "aria-activedescendant")
    name = page.text_content(f"#{chosen} bdi >> nth=0")
    page.press("#search", "Enter")
    expect(page.locator("#pane-evidence h2")).to_have_text(name)
    page.fill("#search", "nobody of this name")
    expect(page.locator("#search-count")).to_have_text("0 matches")


def test_the_legend_is_the_filter(opened: Any) -> None:
    page = opened.page
    everything(page)
    assert opened.shown() == "9 entities, 9 lines"
    page.uncheck("#type-company")
    assert opened.shown() == "4 entities, 2 lines"
    page.check("#type-company")
    page.check("#type-authority")
    assert opened.shown() == "10 entities, 10 lines"
    page.check("#type-address-far")
    assert opened.shown() == "11 entities, 11 lines"
    page.uncheck("#relation-operates")
    assert opened.shown() == "10 entities, 8 lines"
    page.click("#reset-filters")
    page.check("#loners")
    assert opened.shown() == "10 entities, 9 lines"


def test_what_passes_but_is_not_on_show_is_said(opened: Any) -> None:
    page = opened.page
    for box in page.locator("#statuses input").all():
        box.uncheck()
    page.check("#status-designated")
    expect(page.locator("#filter-summary")).to_contain_text("1 more relation has an end that the filters hide")
    page.uncheck("#status-designated")
    page.check("#status-charged")
    assert "1 relation passes the filters outside this view: press Everything" in opened.shown()
    assert opened.live().startswith("Nothing is on show.")
    page.click("#view-all")
    assert "outside" not in opened.shown()


def test_status_probability_country_and_community(opened: Any) -> None:
    page = opened.page
    everything(page)
    page.uncheck("#status-alleged")
    expect(page.locator("#filter-summary")).to_contain_text("7 relations of 12")
    page.click("#reset-filters")
    page.fill("#min-probability", "0.5")
    expect(page.locator("#filter-summary")).to_contain_text("5 relations of 12")
    expect(page.locator("#min-probability-is")).to_have_text("0.50")
    page.click("#reset-filters")
    page.select_option("#country", "MM")
    expect(page.locator("#filter-summary")).to_contain_text("2 entities of 12")
    page.select_option("#country", "")
    page.select_option("#community", "1")
    expect(page.locator("#filter-summary")).to_contain_text("3 entities of 12 and 2 relations")


def slide(page: Any, name: str, day: str) -> None:
    """Move a slider to the first stop at or after a day, as a reader would by its keys."""
    page.press(f"#{name}", "Home")
    for _ in range(100):
        value = page.get_attribute(f"#{name}", "aria-valuetext")
        if not re.match(r"\d", value) or value >= day:
            return
        page.press(f"#{name}", "ArrowRight")


def test_as_of_shows_relations_valid_then(opened: Any) -> None:
    page = opened.page
    everything(page)
    slide(page, "at", "2019-01-01")
    expect(page.locator("#at-is")).to_have_text("2019-01-01")
    # not yet: directs (2020), operates (2021)
    expect(page.locator("#filter-summary")).to_contain_text("8 relations of 12")
    slide(page, "at", "2022-03-01")
    expect(page.locator("#filter-summary")).to_contain_text("10 relations of 12")
    expect(page.locator("#happening")).to_contain_text("Police enter.")
    expect(page.locator("#happening")).to_contain_text("carry no date")
    slide(page, "at", "2024-01-10")
    expect(page.locator("#filter-summary")).to_contain_text("9 relations of 12")
    page.press("#at", "End")
    expect(page.locator("#at-is")).to_have_text("any time")


def test_as_known_on_shows_what_was_published(opened: Any) -> None:
    page = opened.page
    everything(page)
    slide(page, "known-by", "2022-03-31")
    expect(page.locator("#known-by-is")).to_have_text("2022-03-31")
    expect(page.locator("#filter-summary")).to_contain_text("3 relations of 12")
    opened.search("First Holding")
    expect(page.locator("#pane-evidence")).not_to_contain_text("List of names")
    pane = page.locator("#pane-evidence")
    expect(pane.locator("details")).to_have_count(2)
    expect(pane).to_contain_text("2 relations rest on later documents and are left out")
    slide(page, "known-by", "2023-05-01")
    opened.search("Quiet Person")
    statement = page.locator("[data-relation=r12] summary")
    expect(statement).to_contain_text(said("charged", "associate_of"))
    page.press("#known-by", "End")
    opened.search("Quiet Person")
    expect(statement).to_contain_text(said("acquitted", "associate_of"))


def test_play_steps_through_the_events(opened: Any) -> None:
    page = opened.page
    page.click("#play-at")
    expect(page.locator("#play-at")).to_have_text("Pause")
    expect(page.locator("#at-is")).to_have_text("2022-03-01")
    assert "raid" in opened.live()
    expect(page.locator("#at-is")).to_have_text("2024-01-10", timeout=8000)
    expect(page.locator("#play-at")).to_have_text("Play", timeout=8000)


def test_the_panel_tells_status_probability_and_documents(opened: Any) -> None:
    page = opened.page
    opened.search("Šárka")
    pane = page.locator("#pane-evidence")
    expect(pane).to_contain_text("ofac:55464")
    expect(pane).to_contain_text("Rank in 90 % of draws")
    expect(pane).to_contain_text("1 to 4, median 2")
    expect(pane).to_contain_text("Listed.")
    owns = page.locator("[data-relation=r1]")
    expect(owns.locator("summary")).to_contain_text(f"Šárka Nováková {said('convicted', 'owns')}")
    expect(page.locator("[data-relation=r2] summary")).to_contain_text(said("designated", "directs"))
    owns.locator("summary").click()
    for text in ("List of names", "Office of Lists", "2024-01-10", "A1", "Completely reliable", "Press One", "51 %"):
        expect(owns).to_contain_text(text)
    link = owns.locator("a", has_text="Original").first
    assert link.get_attribute("href") == "https://example.org/list"
    assert "noopener" in link.get_attribute("rel")


def test_disputing_evidence_stands_beside_supporting(opened: Any) -> None:
    page = opened.page
    opened.search("An Official")
    row = page.locator("[data-relation=r11]")
    expect(row.locator("summary")).to_contain_text(said("alleged", "protects"))
    expect(row.locator("summary")).to_contain_text("disputed")
    row.locator("summary").click()
    sides = row.locator(".sides > div")
    boxes = [sides.nth(n).bounding_box() for n in range(2)]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] < boxes[1]["x"]
    expect(sides.nth(1)).to_contain_text("Ministry")


def test_weak_ties_are_said_to_be_weak(opened: Any) -> None:
    opened.search("Village 6")
    pane = opened.page.locator("#pane-evidence")
    expect(pane).to_contain_text("weak tie: the address is no nearer than a village")
    expect(pane).to_contain_text("all its ties here are weak")


def test_a_line_opens_its_relations_and_fans_out(opened: Any) -> None:
    page = opened.page
    everything(page)
    spot = page.evaluate(
        """() => { const box = document.querySelector('#graph').getBoundingClientRect(); return [box.x, box.y]; }"""
    )
    assert spot
    opened.search("First Holding")
    page.focus("#graph")
    for _ in range(8):
        page.keyboard.press("ArrowRight")
        if "Šárka" in opened.live():
            break
    page.keyboard.press("r")
    expect(page.locator("#pane-evidence")).to_contain_text("2 relations between them.")
    expect(page.locator("#pane-evidence details")).to_have_count(2)
    before = opened.shown()
    page.get_by_role("button", name="Draw each relation").click()
    expect(page.get_by_role("button", name="Draw as one line")).to_have_attribute("aria-pressed", "true")
    assert opened.shown() == before


def test_numbers_agree_with_the_library(open_page: Callable[..., Any], case_page: Path, case: Any) -> None:
    """Probabilities, now and as known on a date, are those of the library."""
    from netscam.data.evidence import relation_probabilities
    from netscam.data.select import select

    for day in ("", "2023-12-31"):
        page = open_page(case_page)
        page.page.click("#view-all")
        for name in ("authority", "address-far"):
            page.page.check(f"#type-{name}")
        if day:
            slide(page.page, "known-by", day)
        expected = relation_probabilities(select(case, known_by=day) if day else case)
        with page.page.expect_download() as download:
            page.page.click("#tab-keep")
            page.page.click("#save-relations")
        rows = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
        import csv

        told = {row["id"]: float(row["probability"]) for row in csv.DictReader(rows)}
        assert told == pytest.approx(expected.to_dict(), abs=1e-6)


def test_what_no_document_supports_is_not_stated(case: Any, open_page: Callable[..., Any], tmp_path: Path) -> None:
    """A relation without evidence is worded as an entry, never as a fact."""
    from dataclasses import replace

    from netscam.output.page import write_page

    bare = replace(case, evidence=case.evidence[case.evidence["relation"] != "r4"].reset_index(drop=True))
    opened = open_page(write_page(bare, tmp_path / "bare.html"))
    opened.search("Second Holding")
    told = opened.page.locator("[data-relation=r4] summary")
    expect(told).to_contain_text("is entered here, with no document that supports it, to operate River Park")
    expect(told).to_contain_text("probability 0.10")
