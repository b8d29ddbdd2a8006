"""`dismantle`: results, costs, stops, names, errors, and independence of the order of vertices."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import fields

import networkx as nx
import pytest

from netscam.analysis.dismantle import METHODS, Dismantling, dismantle, method_names
from netscam.errors import GraphError, UnknownNameError

FEW = {"polish_iterations": 3000}


def karate() -> nx.Graph:
    return nx.relabel_nodes(nx.Graph(nx.karate_club_graph().edges), lambda v: f"P{v}")


def test_result_carries_what_made_it() -> None:
    result = dismantle(karate(), **FEW)
    assert result.method == "netscam"
    assert len(result.curve) == len(result.order) + 1
    assert result.curve[0] == 34
    assert result.curve[-1] <= 1
    assert result.size == len(result.order)
    assert result.size_10 <= result.size
    assert result.cost == len(result.order)
    assert result.auc == pytest.approx(sum(result.curve[1 : result.size_10 + 1]) / 34, abs=0.1)
    assert {"netscam", "numba", "numpy"} <= set(result.versions)
    assert list(json.loads(json.dumps(result.to_dict()))) == [field.name for field in fields(Dismantling)]
    frame = result.to_frame()
    assert list(frame.columns) == ["step", "id", "largest", "share"]
    assert frame["share"].tolist() == [x / 34 for x in result.curve[1:]]


def test_auto_is_no_worse_than_any_method() -> None:
    best = dismantle(karate(), **FEW).auc
    for name in METHODS.names():
        assert best <= dismantle(karate(), method=name).auc + 1e-12


def test_stop_is_a_share_or_a_size() -> None:
    assert dismantle(karate(), method="degree", stop=5).curve[-1] <= 5
    assert dismantle(karate(), method="degree", stop=0.5).curve[-1] <= 17
    assert dismantle(karate(), stop=0.5, **FEW).curve[-1] <= 17
    with pytest.raises(GraphError, match="stop must be positive"):
        dismantle(karate(), stop=0)


def test_costs_steer_the_order() -> None:
    star = nx.Graph([("hub", f"leaf{i}") for i in range(4)])
    assert dismantle(star, stop=1, **FEW).order == ("hub",)
    dear = dismantle(star, stop=1, costs={"hub": 100}, **FEW)
    assert set(dear.order) == {"leaf0", "leaf1", "leaf2", "leaf3"}
    assert dear.cost == 4
    assert dismantle(star, stop=1, costs="degree", **FEW).cost == 4
    with pytest.raises(GraphError, match="not in the graph"):
        dismantle(star, costs={"nobody": 1})
    with pytest.raises(GraphError, match="positive"):
        dismantle(star, costs={"hub": 0})
    with pytest.raises(GraphError, match="'degree' or a table"):
        dismantle(star, costs="income")


def test_names_suggest() -> None:
    assert "corehd+reinsertion" in method_names()
    with pytest.raises(UnknownNameError, match="corehd"):
        dismantle(karate(), method="corhd")


@pytest.mark.parametrize("name", ["auto", "gnd", "betweenness-sampled", "collective-influence+reinsertion"])
def test_the_order_of_vertices_changes_nothing(name: str) -> None:
    graph = karate()
    edges = [tuple(reversed(edge)) for edge in graph.edges]
    random.Random(3).shuffle(edges)
    given = FEW if name == "auto" else {}
    first, second = dismantle(graph, method=name, **given), dismantle(nx.Graph(edges), method=name, **given)
    assert first.order == second.order
    assert first.curve == second.curve


@pytest.mark.parametrize("kind", ["empty", "single", "pair", "edgeless", "star", "complete", "two-components"])
def test_the_odd_graphs(kind: str, zoo) -> None:
    result = dismantle(zoo(kind), **FEW)
    assert result.curve[-1] <= 1


def test_a_read_only_install_works_without_a_cache(tmp_path) -> None:
    """numba refuses to cache where it finds no folder to write to; netscam then compiles for the process only."""
    program = (
        "from numba.core.caching import CacheImpl\n"
        "CacheImpl._locator_classes = []\n"
        "import numpy as np\n"
        "from netscam.analysis.dismantle.kernels.chance import below\n"
        "print(below(np.zeros(1, np.uint64), 10))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env={**os.environ}
    )
    assert done.stdout.strip().isdigit(), done.stderr
