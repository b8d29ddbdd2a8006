"""A browser, a small case with everything in it, and pages opened offline with every request on record."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from netscam.data.dataset import Dataset, build_dataset
from netscam.output.page import write_page
from netscam.schema import load_schema

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), MAC]
    return next((path for path in found if path and Path(path).exists()), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium found: make browser installs one, or set CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page in the browser with what it asked for and complained about."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def live(self) -> str:
        return str(self.page.text_content("#live"))

    def shown(self) -> str:
        return str(self.page.text_content("#shown-count"))

    def search(self, text: str) -> None:
        self.page.fill("#search", text)
        self.page.press("#search", "Enter")


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def opening(path: Path, *, fragment: str = "", **options: Any) -> Opened:
        settings: dict[str, Any] = {"viewport": {"width": 1400, "height": 850}, "offline": True, **options}
        context = chromium.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        opened = Opened(page)
        page.on("request", lambda request: opened.requests.append(request.url))
        page.on("console", lambda message: opened.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: opened.complaints.append(f"error: {error}"))
        page.goto(path.as_uri() + fragment)
        page.wait_for_selector("html[data-ready]")
        return opened

    yield opening
    for context in contexts:
        context.close()


def make_dataset(tables: dict[str, list[dict[str, Any]]], package: dict[str, Any] | None = None) -> Dataset:
    schema = load_schema()
    frames = {}
    for name in ("entities", "relations", "evidence", "documents", "events", "corrections"):
        columns = schema.columns(name)
        rows = [{column: str(row.get(column, "")) for column in columns} for row in tables.get(name, [])]
        frames[name] = pd.DataFrame(rows, columns=columns, dtype=str)
    return build_dataset("case", frames, package or {"title": "A small case", "version": "1.2.3"})


CASE: dict[str, list[dict[str, Any]]] = {
    "entities": [
        {
            "id": "p1",
            "type": "operator",
            "name": "Šárka Nováková",
            "aliases": "陳志;ចេន ហ្ស៊ី;Dusit ดุสิต",
            "countries": "KH;CN",
            "status": "designated",
            "identifiers": "ofac:55464",
            "description": "Runs the case.",
        },
        {"id": "p2", "type": "person", "name": "Quiet Person", "aliases": "QP", "countries": "TH", "status": "alleged"},
        {"id": "c1", "type": "company", "name": "First Holding", "countries": "KH"},
        {"id": "c2", "type": "company", "name": "Second Holding", "countries": "TH"},
        {"id": "c3", "type": "company", "name": "Third Holding of Quiet Person", "countries": "TH"},
        {"id": "s1", "type": "compound", "name": "River Park", "countries": "MM", "latitude": 16.5, "longitude": 98.6},
        {"id": "s2", "type": "compound", "name": "Hill Park", "countries": "MM"},
        {"id": "a1", "type": "address", "name": "Village 6", "countries": "KH", "coordinate_precision": "village"},
        {"id": "a2", "type": "address", "name": "Some City", "countries": "KH", "coordinate_precision": "city"},
        {"id": "x1", "type": "authority", "name": "Office of Lists", "countries": "US"},
        {"id": "o1", "type": "official", "name": "An Official", "countries": "KH"},
        {"id": "z1", "type": "company", "name": "Alone Ltd", "countries": "LA"},
    ],
    "relations": [
        {"id": "r1", "source": "p1", "target": "c1", "relation": "owns", "start": "2019", "share": 51},
        {"id": "r2", "source": "p1", "target": "c1", "relation": "directs", "start": "2020-05"},
        {"id": "r3", "source": "c1", "target": "s1", "relation": "operates", "start": "2021", "end": "2023-06"},
        {"id": "r4", "source": "c2", "target": "s1", "relation": "operates"},
        {"id": "r5", "source": "p2", "target": "c2", "relation": "owns", "description": "By Quiet Person, it is said."},
        {"id": "r6", "source": "c1", "target": "a1", "relation": "registered_at"},
        {"id": "r7", "source": "c3", "target": "a1", "relation": "registered_at"},
        {"id": "r8", "source": "c3", "target": "s2", "relation": "operates"},
        {"id": "r9", "source": "c3", "target": "a2", "relation": "registered_at"},
        {"id": "r10", "source": "p1", "target": "x1", "relation": "sanctioned_by", "start": "2024-01-10"},
        {"id": "r11", "source": "o1", "target": "s1", "relation": "protects"},
        {"id": "r12", "source": "p1", "target": "p2", "relation": "associate_of"},
    ],
    "evidence": [
        {
            "id": "e01",
            "relation": "r1",
            "document": "d1",
            "stance": "supports",
            "status": "convicted",
            "credibility": 1,
        },
        {"id": "e02", "relation": "r1", "document": "d2", "stance": "supports", "status": "reported", "credibility": 2},
        {
            "id": "e03",
            "relation": "r2",
            "document": "d1",
            "stance": "supports",
            "status": "designated",
            "credibility": 1,
        },
        {"id": "e04", "relation": "r3", "document": "d2", "stance": "supports", "status": "reported", "credibility": 3},
        {"id": "e05", "relation": "r4", "document": "d3", "stance": "supports", "status": "alleged", "credibility": 3},
        {"id": "e06", "relation": "r5", "document": "d3", "stance": "supports", "status": "alleged", "credibility": 4},
        {"id": "e07", "relation": "r6", "document": "d1", "stance": "supports", "status": "recorded", "credibility": 1},
        {"id": "e08", "relation": "r7", "document": "d1", "stance": "supports", "status": "recorded", "credibility": 1},
        {"id": "e09", "relation": "r8", "document": "d2", "stance": "supports", "status": "charged", "credibility": 2},
        {"id": "e10", "relation": "r9", "document": "d1", "stance": "supports", "status": "recorded", "credibility": 1},
        {
            "id": "e11",
            "relation": "r10",
            "document": "d1",
            "stance": "supports",
            "status": "designated",
            "credibility": 1,
        },
        {"id": "e12", "relation": "r11", "document": "d3", "stance": "supports", "status": "alleged", "credibility": 2},
        {"id": "e13", "relation": "r11", "document": "d4", "stance": "disputes", "status": "denied", "credibility": 6},
        {"id": "e14", "relation": "r12", "document": "d4", "stance": "supports", "status": "charged", "credibility": 2},
        {
            "id": "e15",
            "relation": "r12",
            "document": "d5",
            "stance": "supports",
            "status": "acquitted",
            "credibility": 1,
        },
    ],
    "documents": [
        {
            "id": "d1",
            "title": "List of names",
            "publisher": "Office of Lists",
            "kind": "government",
            "url": "https://example.org/list",
            "published": "2024-01-10",
            "reliability": "A",
        },
        {
            "id": "d2",
            "title": "Report on parks",
            "publisher": "Press One",
            "kind": "press",
            "url": "https://example.org/report",
            "published": "2022-03",
            "reliability": "B",
            "origin_group": "wire",
        },
        {
            "id": "d3",
            "title": "Blog about Quiet Person",
            "publisher": "Blog",
            "kind": "press",
            "url": "https://example.org/quiet-person",
            "published": "2023",
            "reliability": "D",
        },
        {
            "id": "d4",
            "title": "Statement",
            "publisher": "Ministry",
            "kind": "government",
            "published": "2023-05-01",
            "reliability": "B",
        },
        {
            "id": "d5",
            "title": "Judgment",
            "publisher": "Court",
            "kind": "court",
            "published": "2025-02-01",
            "reliability": "A",
        },
    ],
    "events": [
        {
            "id": "v1",
            "date": "2024-01-10",
            "date_precision": "day",
            "type": "designation",
            "entities": "p1",
            "summary": "Listed.",
            "document": "d1",
        },
        {
            "id": "v2",
            "date": "2022-03",
            "date_precision": "month",
            "type": "raid",
            "entities": "c1",
            "place": "s1",
            "people": 120,
            "summary": "Police enter.",
            "document": "d2",
        },
    ],
    "corrections": [
        {
            "id": "k1",
            "date": "2025-01-01",
            "table": "relations",
            "row": "r99",
            "what_changed": "removed",
            "why": "not supported",
        }
    ],
}


@dataclass(frozen=True)
class FakeKeyNodes:
    """What the page needs of a KeyNodes."""

    nodes: tuple[str, ...]
    value: float
    proven: bool = True

    def to_dict(self) -> dict[str, Any]:
        return {
            "nodes": list(self.nodes),
            "value": self.value,
            "bound": self.value,
            "gap": 0.0,
            "proven_optimal": self.proven,
            "objective": "fragmentation",
            "method": "exact",
        }


@dataclass(frozen=True)
class FakeTable:
    """What the page needs of a Partition."""

    frame: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        return self.frame


@pytest.fixture(scope="session")
def case() -> Dataset:
    return make_dataset(CASE)


@pytest.fixture(scope="session")
def results(case: Dataset) -> dict[str, Any]:
    ids = case.entities.loc[~case.entities["type"].eq("authority"), "id"].tolist()
    communities = [1 if name in ("c3", "s2", "a1", "a2") else 2 if name == "z1" else 0 for name in ids]
    ranking = pd.DataFrame(
        {"id": ids, "degree": [{"c1": 3, "s1": 3, "p1": 2, "p2": 2, "c3": 2}.get(name, 1) for name in ids]}
    )
    drawn = pd.DataFrame(
        {"measure": "degree", "id": ids, "rank": 1, "median": 2, "low": 1, "high": 4, "p_top": 0.25},
    )
    return {
        "ranking": [ranking, FakeTable(drawn)],
        "partition": FakeTable(pd.DataFrame({"id": ids, "community": communities})),
        "key_nodes": [FakeKeyNodes(("c1",), 14.0), FakeKeyNodes(("c1", "s1"), 7.0)],
    }


@pytest.fixture(scope="session")
def case_page(case: Dataset, results: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(case, tmp_path_factory.mktemp("page") / "case.html", **results)


@pytest.fixture
def opened(open_page: Callable[..., Opened], case_page: Path) -> Iterator[Opened]:
    page = open_page(case_page)
    yield page
    assert page.requests == [case_page.as_uri()], "the page must ask for nothing"
    assert page.complaints == []
