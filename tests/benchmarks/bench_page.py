"""Time until the investigator's page can be used, beside a plain pyvis page of the same graph.

Run as ``python tests/benchmarks/bench_page.py [--quick] [--cap SECONDS]``; needs a Chromium (or CHROMIUM=/path). The
graphs are Barabasi-Albert with two ties per new node, every tie with one document. One run each, in seconds from
opening the file until the browser has drawn it and answers; a plain page is given up after the cap (120).
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import igraph as ig
import numpy as np
import pandas as pd

from netscam.data.dataset import Dataset, build_dataset
from netscam.graph.build import to_igraph
from netscam.output.page import write_page
from netscam.schema import load_schema

SIZES = (1_000, 5_000, 20_000)
QUICK = (1_000,)
CAP = 120.0
PLAIN_MOST = 5_000
"""A plain page of more is not tried: it does not come back, and takes minutes to be given up."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PLAIN_READY = """() => typeof network !== 'undefined' && network && network.body.nodeIndices.length > 0
    && (!document.getElementById('loadingBar') || document.getElementById('loadingBar').style.display === 'none')"""
CLICKED = """selector => new Promise(done => {
    const start = performance.now();
    document.querySelector(selector).click();
    requestAnimationFrame(() => setTimeout(() => done((performance.now() - start) / 1000), 0));
})"""
NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))"


def graph_of(size: int) -> ig.Graph:
    """Barabasi-Albert, two ties per new node, the same on every run."""
    rng = np.random.Generator(np.random.PCG64(size))
    ends: list[int] = [0, 1]
    edges = [(0, 1)]
    for node in range(2, size):
        chosen = {ends[place] for place in rng.integers(0, len(ends), 4)}
        for other in sorted(chosen)[:2]:
            edges.append((node, other))
            ends += [node, other]
    return ig.Graph(n=size, edges=edges)


def dataset_of(graph: ig.Graph) -> Dataset:
    """Companies that own each other, with one document per tie out of a hundred."""
    kinds = ("company", "operator", "compound", "organization")
    tables: dict[str, list[dict[str, Any]]] = {
        "entities": [
            {"id": f"n{v}", "type": kinds[v % 4], "name": f"Entity number {v}", "countries": "KH"}
            for v in range(graph.vcount())
        ],
        "relations": [
            {"id": f"r{n}", "source": f"n{a}", "target": f"n{b}", "relation": "linked_to", "start": f"20{10 + n % 15}"}
            for n, (a, b) in enumerate(graph.get_edgelist())
        ],
        "evidence": [
            {
                "id": f"e{n}",
                "relation": f"r{n}",
                "document": f"d{n % 100}",
                "stance": "supports",
                "status": ("alleged", "designated", "reported")[n % 3],
                "credibility": 1 + n % 4,
            }
            for n in range(graph.ecount())
        ],
        "documents": [
            {
                "id": f"d{n}",
                "title": f"Document {n}",
                "publisher": "Publisher",
                "kind": "press",
                "url": f"https://example.org/{n}",
                "published": f"20{10 + n % 15}-05",
                "reliability": "ABCD"[n % 4],
            }
            for n in range(100)
        ],
    }
    schema = load_schema()
    frames = {}
    for name in ("entities", "relations", "evidence", "documents", "events", "corrections"):
        columns = schema.columns(name)
        rows = [{column: str(row.get(column, "")) for column in columns} for row in tables.get(name, [])]
        frames[name] = pd.DataFrame(rows, columns=columns, dtype=str)
    return build_dataset("benchmark", frames, {"title": "Benchmark", "netscam": {"synthetic": True}})


@dataclass(frozen=True)
class Communities:
    """Leiden communities as the page takes them."""

    frame: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """Columns ``id, community``."""
        return self.frame


def communities_of(graph: ig.Graph) -> Communities:
    found = graph.community_leiden(objective_function="modularity", n_iterations=2)
    order = sorted(range(len(found)), key=lambda c: -found.size(c))
    number = {c: place for place, c in enumerate(order)}
    return Communities(pd.DataFrame({"id": graph.vs["name"], "community": [number[c] for c in found.membership]}))


def layout_of(graph: ig.Graph) -> pd.DataFrame:
    drawn = graph.layout_drl() if graph.vcount() > 2_000 else graph.layout_fruchterman_reingold(niter=100)
    points = np.array(drawn.coords)
    points *= np.sqrt(graph.vcount()) / np.ptp(points)
    return pd.DataFrame({"id": graph.vs["name"], "x": points[:, 0], "y": points[:, 1]})


def plain_page(graph: ig.Graph, path: Path) -> None:
    """What pyvis writes by itself: in_line, its own physics."""
    from pyvis.network import Network

    plain = Network(cdn_resources="in_line", directed=True)
    plain.nodes = [{"id": v, "label": f"Entity number {v}", "shape": "dot"} for v in range(graph.vcount())]
    plain.edges = [{"from": a, "to": b} for a, b in graph.get_edgelist()]
    path.write_text(plain.generate_html(), encoding="utf-8")


def opened(browser: Any, path: Path, ready: str, cap: float) -> tuple[Any, float | None]:
    context = browser.new_context(viewport={"width": 1400, "height": 850}, offline=True)
    page = context.new_page()
    page.set_default_timeout(cap * 1000)
    start = time.perf_counter()
    try:
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_function(ready, polling=50)
        page.evaluate(NEXT_FRAME)
    except Exception as error:
        if type(error).__name__ != "TimeoutError":
            raise
        return context, None
    return page, time.perf_counter() - start


def timed(page: Any, selector: str) -> float:
    """Seconds from a click inside the page until the next frame is drawn; the driver's own waiting is left out."""
    took: float = page.evaluate(CLICKED, selector)
    return took


def told(seconds: float | None, cap: float) -> str:
    return f"not within {cap:.0f}" if seconds is None else f"{seconds:.2f}"


def measure(browser: Any, size: int, folder: Path, cap: float) -> str:
    tied = graph_of(size)
    data = dataset_of(tied)
    graph = to_igraph(data)
    layout, partition = layout_of(graph), communities_of(graph)
    start = time.perf_counter()
    ours = write_page(data, folder / f"ours{size}.html", layout=layout, partition=partition)
    written = time.perf_counter() - start
    page, ready = opened(browser, ours, "() => document.documentElement.dataset.ready", cap)
    everything = timed(page, "#view-all")
    shown = page.text_content("#shown-count")
    toggled = timed(page, "#type-operator")
    page.context.close()
    plain_told = "not run"
    if size <= PLAIN_MOST:
        plain = folder / f"plain{size}.html"
        plain_page(tied, plain)
        other, plain_ready = opened(browser, plain, PLAIN_READY, cap)
        (other if plain_ready is None else other.context).close()
        plain_told = told(plain_ready, cap)
    cells = [
        f"{size:,} / {len(data.relations):,}",
        f"{ours.stat().st_size / 1e6:.2f}",
        f"{written:.1f}",
        told(ready, cap),
        f"{everything:.2f} ({shown})",
        f"{toggled:.2f}",
        plain_told,
    ]
    return "| " + " | ".join(cells) + " |"


def main(words: list[str]) -> int:
    from playwright.sync_api import sync_playwright

    cap = float(words[words.index("--cap") + 1]) if "--cap" in words else CAP
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, BROWSERS)]
    chromium = next((path for path in found if path), None)
    if chromium is None:
        print("skipped: no Chromium found; set CHROMIUM=/path/to/chromium")
        return 0
    print(
        "| entities / relations | MB | written, s | ready, s | everything shown, s | filter, s | plain pyvis ready, s |"
    )
    print("|--|--|--|--|--|--|--|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for size in QUICK if "--quick" in words else SIZES:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            print(measure(browser, size, Path(folder), cap), flush=True)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
