"""Expand, collapse, hide, pin, paths, common neighbours, removal: what changes the picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def act(page: Any, name: str) -> None:
    page.locator("#pane-evidence [aria-label=Explore]").get_by_role("button", name=name).first.click()


def test_expand_and_collapse(opened: Any) -> None:
    assert opened.shown() == "6 entities, 5 lines"
    opened.search("Village 6")
    act(opened.page, "Expand (+1)")
    assert opened.shown() == "7 entities, 6 lines"
    assert "1 neighbour added" in opened.live()
    opened.search("Third Holding")
    act(opened.page, "Expand")
    assert opened.shown() == "8 entities, 7 lines"
    act(opened.page, "Collapse")
    assert opened.shown() == "7 entities, 6 lines"


def test_ego_to_a_depth(opened: Any) -> None:
    opened.search("River Park")
    for depth, shown in ((1, "4 entities, 3 lines"), (2, "7 entities, 7 lines"), (3, "8 entities, 8 lines")):
        act(opened.page, f"Only {depth} step")
        assert opened.shown() == shown


def test_hide_and_bring_back(opened: Any) -> None:
    opened.search("First Holding")
    act(opened.page, "Hide")
    assert opened.shown() == "5 entities, 2 lines"
    opened.page.click("#view-start")
    assert opened.shown() == "6 entities, 5 lines"


def test_pinned_stays_in_view(opened: Any) -> None:
    page = opened.page
    opened.search("An Official")
    act(page, "Pin")
    page.uncheck("#type-official")
    assert opened.shown() == "6 entities, 4 lines"
    opened.search("An Official")
    act(page, "Unpin")
    assert opened.shown() == "5 entities, 4 lines"


def test_search_shows_what_the_filters_hide(opened: Any) -> None:
    opened.search("Alone Ltd")
    assert opened.shown() == "7 entities, 5 lines"
    expect(opened.page.locator("#pane-evidence")).to_contain_text("none in the record")


def choose_ends(page: Any, start: str, end: str) -> None:
    page.click("#tab-paths")
    for field, text in (("path-from", start), ("path-to", end)):
        page.fill(f"#{field}", text)
        page.press(f"#{field}", "Enter")


def test_a_shortest_path_is_told_in_words_with_documents(opened: Any) -> None:
    page = opened.page
    choose_ends(page, "An Official", "Hill Park")
    page.click("#path-one")
    told = page.locator("#path-told")
    expect(told).to_contain_text("1 shortest path of 5 steps")
    steps = told.locator(".path > ol > li")
    expect(steps).to_have_count(5)
    expect(steps.nth(0)).to_contain_text("disputed by Ministry 2023-05-01")
    expect(steps.nth(2)).to_contain_text("weak tie")
    assert "An Official is alleged" in opened.live()
    assert opened.shown() == "8 entities, 7 lines"


def test_all_shortest_paths(opened: Any) -> None:
    page = opened.page
    choose_ends(page, "Quiet Person", "First Holding")
    page.click("#path-all")
    expect(page.locator("#path-told")).to_contain_text("1 shortest path.")
    choose_ends(page, "Quiet Person", "River Park")
    page.click("#path-all")
    expect(page.locator("#path-told")).to_contain_text("1 shortest path.")
    choose_ends(page, "Šárka", "River Park")
    page.click("#path-all")
    choose_ends(page, "Second Holding", "First Holding")
    page.click("#path-all")
    expect(page.locator("#path-told .path")).to_have_count(1)
    choose_ends(page, "Second Holding", "Šárka")
    page.click("#path-all")
    expect(page.locator("#path-told .path")).to_have_count(1)
    choose_ends(page, "Quiet Person", "Alone Ltd")
    page.click("#path-one")
    expect(page.locator("#path-told")).to_have_text(
        "From Quiet Person to Alone Ltd: no path through what passes the filters."
    )


def test_paths_agree_with_networkx(open_page: Callable[..., Any], tmp_path: Path) -> None:
    """Number of shortest paths between every two of a few entities of a generated case."""
    import networkx as nx

    from netscam import generate
    from netscam.graph.build import to_igraph
    from netscam.output.page import write_page

    data = generate(relations=150, seed=3).data
    graph = to_igraph(data)
    plain = nx.Graph([(graph.vs[a]["name"], graph.vs[b]["name"]) for a, b in graph.get_edgelist()])
    page = open_page(write_page(data, tmp_path / "generated.html")).page
    page.click("#tab-paths")
    ids = sorted(max(nx.connected_components(plain), key=len))
    for start, end in zip(ids[:6], ids[-6:], strict=True):
        for field, text in (("path-from", start), ("path-to", end)):
            page.fill(f"#{field}", text)
            page.press(f"#{field}", "Enter")
        page.click("#path-all")
        ways = list(nx.all_shortest_paths(plain, start, end))
        expect(page.locator("#path-told > p")).to_contain_text(
            f"{len(ways)} shortest path" + ("s" if len(ways) > 1 else "")
        )
        first = page.locator("#path-told .path > summary").first
        expect(first).to_contain_text(f"{len(ways[0]) - 1} step")


def test_common_neighbours(opened: Any) -> None:
    page = opened.page
    for name in ("First Holding", "Quiet Person"):
        opened.search(name)
        act(page, "Select")
    page.click("#tab-paths")
    expect(page.locator("#selection .go")).to_have_text(["First Holding", "Quiet Person"])
    page.click("#common")
    expect(page.locator("#common-told")).to_contain_text("1 neighbour in common.")
    expect(page.locator("#common-told .go")).to_have_text("Šárka Nováková")
    page.click("#tab-keep")
    assert page.input_value("#ids") == "c1\np2"


def numbers(page: Any) -> list[list[str]]:
    rows = page.locator("#removal-table tbody tr")
    return [rows.nth(n).locator("td").all_text_contents() for n in range(rows.count())]


def test_what_if_removed_with_the_certified_set_beside(opened: Any) -> None:
    page = opened.page
    opened.search("Village 6")
    act(page, "Remove (what if)")
    assert "1 entity removed: largest piece 9 to 6, 3 pieces, connected pairs 36 to 16" in opened.live()
    page.click("#tab-removal")
    # the nine in one piece and one alone; without the village 6 + 2 + 1; without First Holding 5 + 3 + 1 (certified)
    assert numbers(page) == [["9", "6", "5"], ["2", "3", "3"], ["36", "16", "13"], ["100", "44.4", "36.1"]]
    pane = page.locator("#pane-removal")
    expect(pane).to_contain_text("all its ties are weak")
    expect(pane).to_contain_text("proved best for the network as recorded")
    page.click("#tick-certified")
    assert [row[1] for row in numbers(page)] == [row[2] for row in numbers(page)]
    page.get_by_role("button", name="Put all back").click()
    assert numbers(page)[0] == ["9", "9"]


def test_removal_agrees_with_the_library(open_page: Callable[..., Any], tmp_path: Path) -> None:
    """The page's pieces of the shipped dataset are those of the analysis graph."""
    from netscam.data.dataset import read_dataset
    from netscam.graph.build import to_igraph
    from netscam.output.page import write_page

    data = read_dataset("mekong")
    graph = to_igraph(data)
    removed = ["per_chen_zhi", "org_kna", "off_kok_an"]
    grid = [[number, number // 25] for number in range(graph.vcount())]
    import pandas as pd

    layout = pd.DataFrame(grid, columns=["x", "y"]).assign(id=graph.vs["name"])
    opened = open_page(write_page(data, tmp_path / "mekong.html", layout=layout))
    for name in removed:
        opened.search(name)
        act(opened.page, "Remove (what if)")
    opened.page.click("#tab-removal")

    def expected(cut: list[str]) -> list[int]:
        rest = graph.copy()
        rest.delete_vertices(cut)
        sizes = rest.components().sizes()
        return [max(sizes), len(sizes), sum(size * (size - 1) // 2 for size in sizes)]

    shown = [[int(value.replace(",", "")) for value in row] for row in numbers(opened.page)[:3]]
    assert [row[0] for row in shown] == expected([])
    assert [row[1] for row in shown] == expected(removed)
    assert opened.complaints == []


def test_table_sorts_and_leads_to_the_evidence(opened: Any) -> None:
    page = opened.page
    page.click("#view-all")
    page.click("#tab-table")
    rows = page.locator("#pane-table tbody tr")
    expect(rows).to_have_count(9)
    page.locator("#pane-table th button", has_text="Name").click()
    names = page.locator("#pane-table tbody .go").all_text_contents()
    assert names == sorted(names, key=str.lower)
    page.locator("#pane-table th button", has_text="Name").click()
    assert page.locator("#pane-table tbody .go").all_text_contents() == names[::-1]
    expect(page.locator("#pane-table th[aria-sort=descending]")).to_have_count(1)
    page.get_by_role("button", name="Relations").click()
    expect(rows).to_have_count(10)
    page.locator("#pane-table tbody .go").first.click()
    expect(page.locator("#pane-evidence h2")).to_contain_text(" and ")
