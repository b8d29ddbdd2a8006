from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netscam.analysis.keynodes.csr import csr_from_edges
from netscam.analysis.keynodes.objectives import component_sizes, connected_pairs, largest_component, reach_count
from netscam.errors import GraphError


@st.composite
def graph_and_set(draw):
    n = draw(st.integers(1, 12))
    pairs = list(combinations(range(n), 2))
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=25)) if pairs else []
    return n, edges, draw(st.sets(st.integers(0, n - 1)))


@settings(deadline=None)
@given(graph_and_set(), st.integers(0, 4))
def test_against_networkx(case, distance):
    n, edges, removed = case
    csr = csr_from_edges(n, edges)
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(n))
    reached = {v for s in removed for v in nx.single_source_shortest_path_length(graph, s, cutoff=distance)}
    assert reach_count(csr, removed, distance) == len(reached)
    weights = np.arange(1.0, n + 1)
    graph.remove_nodes_from(removed)
    parts = sorted((len(c) for c in nx.connected_components(graph)), reverse=True)
    assert component_sizes(csr, removed).tolist() == parts
    assert largest_component(csr, removed) == max(parts, default=0)
    pairs = [(u, v) for c in nx.connected_components(graph) for u, v in combinations(c, 2)]
    assert connected_pairs(csr, removed) == len(pairs)
    assert connected_pairs(csr, removed, weights) == pytest.approx(sum(weights[u] * weights[v] for u, v in pairs))


def test_a_vertex_outside_is_refused():
    with pytest.raises(GraphError, match="outside"):
        connected_pairs(csr_from_edges(2, []), [2])
