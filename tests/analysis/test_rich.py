"""Results in a notebook: they show themselves, and no name is markup."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest

from netscam.analysis.centrality import centrality
from netscam.analysis.communities import find_communities
from netscam.analysis.dismantle import dismantle
from netscam.analysis.keynodes import key_nodes
from netscam.analysis.rich import rich_table
from netscam.analysis.uncertainty import missing_ties, robust_key_nodes, uncertainty, verify_next
from netscam.data.dataset import read_dataset


def graph() -> nx.Graph:
    made = nx.karate_club_graph()
    return nx.Graph((f"n{a:02d}", f"n{b:02d}") for a, b in made.edges)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: key_nodes(graph(), k=2), "proved optimal"),
        (lambda: dismantle(graph(), method="degree"), "removals"),
        (lambda: uncertainty(graph(), "degree", draws=5), "5 draws"),
        (lambda: missing_ties(graph(), "degree", rates=(0.1,), runs=3), "3 runs"),
        (lambda: robust_key_nodes(read_dataset("example"), k=2, draws=5), "Three sets of 2"),
        (lambda: verify_next(read_dataset("example"), k=2, draws=5), "What to verify next"),
        (lambda: centrality(graph(), ["degree", "pagerank"]), "34 entities by degree, pagerank"),
        (lambda: find_communities(graph(), runs=3), "communities of 34 entities"),
    ],
)
def test_results_show_themselves(make, words) -> None:
    told = make()._repr_html_()
    assert words in told
    assert told.count("<table") == 1


def test_names_are_text_and_long_tables_are_cut() -> None:
    told = rich_table("<b>bold</b>", pd.DataFrame({"name": ["<script>x</script>"] * 30}))
    assert "<script>" not in told
    assert "<b>" not in told
    assert told.count("&lt;script&gt;") == 20
    assert "10 more rows" in told
    assert "more" not in rich_table("x", pd.DataFrame({"a": [1]}))
