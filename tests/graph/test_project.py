"""Projection: by hand, by brute force, and at its edges."""

import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netscam.errors import GraphError, UnknownNameError
from netscam.graph.project import project

KINDS = {"P": "operator", "C": "company", "A": "address", "O": "organization"}


def typed(edges, extra=()):
    graph = nx.Graph()
    for u, v, p, s in edges:
        graph.add_edge(u, v, probability=p, strength=s, distance=1 / s)
    graph.add_nodes_from(extra)
    for node in graph:
        graph.nodes[node]["type"] = KINDS[node[0]]
    return graph


def rows(graph):
    names = graph.vs["name"]
    return {tuple(names[v] for v in edge.tuple): edge.attributes() for edge in graph.es}


def test_direct_ties_and_shared_companies_combine():
    graph = typed(
        [("P1", "C1", 0.8, 1.0), ("P2", "C1", 0.5, 1.0), ("P1", "C2", 0.5, 0.5), ("P2", "C2", 0.5, 2.0),
         ("P1", "P2", 0.2, 4.0), ("P2", "A1", 0.9, 1.0), ("P3", "A1", 0.5, 1.0), ("C1", "O1", 1.0, 1.0)],
        extra=["P4"],
    )  # fmt: skip
    projected = project(graph, ["operator"], ["company", "address"])
    assert projected.vs["name"] == ["P1", "P2", "P3", "P4"]
    assert set(projected.vs["type"]) == {"operator"}
    found = rows(projected)
    assert set(found) == {("P1", "P2"), ("P2", "P3")}
    both = found["P1", "P2"]
    assert both["probability"] == pytest.approx(1 - (1 - 0.2) * (1 - 0.8 * 0.5) * (1 - 0.5 * 0.5))
    assert both["strength"] == pytest.approx(4 + 1 / 2 + 1 / 2.5)
    assert both["distance"] == pytest.approx(1 / both["strength"])
    assert both["via"] == "C1;C2"
    assert both["direct"]
    shared = found["P2", "P3"]
    assert (shared["probability"], shared["distance"], shared["via"]) == (pytest.approx(0.45), 2.0, "A1")
    assert not shared["direct"]


def test_without_intermediaries_only_direct_ties_are_left():
    graph = typed([("P1", "P2", 0.5, 2.0), ("P1", "C1", 1.0, 1.0), ("P3", "C1", 1.0, 1.0)])
    found = rows(project(graph, ["operator"], []))
    assert set(found) == {("P1", "P2")}
    assert found["P1", "P2"]["probability"] == 0.5
    assert found["P1", "P2"]["via"] == ""


def test_two_steps_reach_through_a_parent_company():
    graph = typed([("P1", "C1", 0.5, 1.0), ("C1", "C2", 0.5, 1.0), ("P2", "C2", 0.5, 1.0)])
    assert project(graph, ["operator"], ["company"]).ecount() == 0
    found = rows(project(graph, ["operator"], ["company"], max_steps=2))
    assert found["P1", "P2"]["probability"] == pytest.approx(0.125)
    assert found["P1", "P2"]["distance"] == pytest.approx(3)
    assert found["P1", "P2"]["via"] == "C1;C2"


def brute(graph, onto, through, max_steps):
    kept = sorted(node for node in graph if graph.nodes[node]["type"] in onto)
    between = [node for node in graph if graph.nodes[node]["type"] in through]
    found = {}
    for u, v in itertools.combinations(kept, 2):
        miss, strength, via = 1.0, 0.0, set()
        for steps in range(max_steps + 1):
            for middle in itertools.permutations(between, steps):
                path = [u, *middle, v]
                if all(graph.has_edge(a, b) for a, b in itertools.pairwise(path)):
                    parts = [graph.edges[a, b] for a, b in itertools.pairwise(path)]
                    miss *= 1 - np.prod([part["probability"] for part in parts])
                    strength += 1 / sum(part["distance"] for part in parts)
                    via.update(middle)
        if strength:
            found[u, v] = (1 - miss, strength, ";".join(sorted(via)))
    return found


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([1, 2]))
def test_equals_brute_force_in_any_order(seed, max_steps):
    generator = np.random.default_rng(seed)
    names = [f"{kind}{number}" for kind in "PCAO" for number in range(3)]
    pairs = [pair for pair in itertools.combinations(names, 2) if generator.random() < 0.35]
    generator.shuffle(pairs)
    edges = [(u, v, float(generator.uniform(0.1, 1)), float(generator.uniform(0.2, 3))) for u, v in pairs]
    graph = typed(edges, extra=names)
    projected = project(graph, ["operator", "organization"], ["company", "address"], max_steps=max_steps)
    expected = brute(graph, ("operator", "organization"), ("company", "address"), max_steps)
    found = {pair: (row["probability"], row["strength"], row["via"]) for pair, row in rows(projected).items()}
    assert {tuple(sorted(pair)) for pair in found} == set(expected)
    for (u, v), (probability, strength, via) in found.items():
        want = expected[min(u, v), max(u, v)]
        assert (probability, strength) == pytest.approx(want[:2], rel=1e-12)
        assert via == want[2]


def test_a_hub_that_would_fill_the_memory_is_refused_by_name(monkeypatch):
    monkeypatch.setattr("netscam.graph.project.MOST_PATHS", 1000)
    graph = typed([(f"P{number}", "A1", 1.0, 1.0) for number in range(40)])
    with pytest.raises(GraphError, match=r"1,600 paths, 1,600 of them through 'A1'"):
        project(graph, ["operator"], ["address"])


def test_an_empty_graph_gives_an_empty_graph():
    assert project(nx.Graph(), ["operator"], ["company"]).vcount() == 0


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"onto": ["operator"], "through": ["operator", "company"]}, GraphError, "operator cannot be both"),
        ({"onto": ["operator"], "through": ["company"], "max_steps": 3}, GraphError, "1 or 2, not 3"),
        ({"onto": ["operater"], "through": ["company"]}, UnknownNameError, "did you mean 'operator'"),
    ],
)
def test_what_cannot_be_projected_is_said(options, error, words):
    with pytest.raises(error, match=words):
        project(typed([("P1", "C1", 1.0, 1.0)]), **options)


def test_types_are_needed(zoo):
    with pytest.raises(GraphError, match="no entity types"):
        project(zoo("path"), ["operator"], ["company"])
