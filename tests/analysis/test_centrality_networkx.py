"""Every measure that networkx has, compared with networkx: the zoo, and random graphs of every kind."""

from fractions import Fraction

import networkx as nx
import numpy as np
import pytest

from netscam.analysis.centrality import MEASURES, centrality


def nx_katz(graph, weight):
    size = graph.number_of_nodes()
    if graph.number_of_edges() == 0:
        return dict.fromkeys(graph, size**-0.5)
    matrix = nx.to_numpy_array(graph, weight=weight)
    return nx.katz_centrality_numpy(graph, alpha=0.5 / np.linalg.eigvalsh(matrix)[-1], weight=weight)


ANY_DIRECTION = {
    "in_degree": lambda g, w: dict(g.in_degree()) if g.is_directed() else dict(g.degree()),
    "out_degree": lambda g, w: dict(g.out_degree()) if g.is_directed() else dict(g.degree()),
    "betweenness": lambda g, w: nx.betweenness_centrality(g, weight=w and "exact"),
    "closeness": lambda g, w: nx.closeness_centrality(g, distance=w and "distance"),
    "harmonic": lambda g, w: nx.harmonic_centrality(g, distance=w and "distance"),
    "pagerank": lambda g, w: nx.pagerank(g, weight=w and "strength", tol=1e-14, max_iter=10_000),
    "hub": lambda g, w: nx_hits(g, w)[0],
    "authority": lambda g, w: nx_hits(g, w)[1],
}
UNDIRECTED = {
    "degree": lambda g, w: dict(g.degree()),
    "strength": lambda g, w: dict(g.degree(weight="strength")),
    "eigenvector": lambda g, w: nx.eigenvector_centrality(g, weight=w and "strength", tol=1e-12, max_iter=100_000),
    "katz": lambda g, w: nx_katz(g, w and "strength"),
    "coreness": lambda g, w: nx.core_number(g),
    "constraint": lambda g, w: nx.constraint(g, weight=w and "strength"),
    # With nodes= networkx takes its plain path; its matrix path divides by the wrong neighbour's strongest tie (3.6.1).
    "effective_size": lambda g, w: nx.effective_size(g, nodes=list(g), weight=w and "strength"),
}
EQUAL = {**ANY_DIRECTION, **UNDIRECTED}


def set_distance(row):
    """The distance, and the exact one for networkx's betweenness, which takes rounding for a difference of length."""
    row["exact"] = 1 / Fraction(row["strength"])
    row["distance"] = 1 / row["strength"]


def nx_hits(graph, weighted):
    """networkx's hits ignores a weight of any name but "weight"."""
    plain = graph.copy()
    for *_, row in plain.edges(data=True):
        row["weight"] = row.get("strength", 1.0) if weighted else 1.0
    return nx.hits(plain, tol=1e-15, max_iter=10_000)


def leading_is_unique(graph, weighted):
    """Whether the leading singular value is simple; otherwise networkx's hub scores are any of many."""
    values = np.linalg.svd(nx.to_numpy_array(graph, weight="strength" if weighted else None), compute_uv=False)
    return len(values) > 1 and values[0] > 0 and values[0] - values[1] > 1e-6 * values[0]


def assert_equal(graph, names, *, weighted, directed=False):
    found = centrality(graph, names, weighted=weighted, directed=directed).values
    unique = leading_is_unique(graph, weighted)
    for name in names:
        if unique or name not in ("hub", "authority"):
            expected = {str(node): value for node, value in EQUAL[name](graph, weighted or None).items()}
            assert found[name].to_dict() == pytest.approx(expected, rel=1e-8, abs=1e-8, nan_ok=True), name


@pytest.mark.parametrize("weighted", [False, True])
def test_zoo_equals_networkx(weighted, zoo_graph):
    for *_, row in zoo_graph.edges(data=True):
        row["strength"] = row.pop("weight", row.get("strength", 1.0))
        set_distance(row)
    if zoo_graph:
        assert_equal(zoo_graph, list(EQUAL), weighted=weighted)


def random_graph(seed, *, directed):
    generator = np.random.default_rng(seed)
    size = int(generator.integers(5, 40))
    graph = nx.gnp_random_graph(size, float(generator.uniform(0.03, 0.25)), seed=seed, directed=directed)
    for *_, row in graph.edges(data=True):
        row["strength"] = float(2.0 ** generator.integers(-2, 3))
        set_distance(row)
    return graph


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("weighted", [False, True])
def test_random_graphs_equal_networkx(weighted, seed):
    assert_equal(random_graph(seed, directed=False), list(EQUAL), weighted=weighted)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("weighted", [False, True])
def test_random_directed_graphs_equal_networkx(weighted, seed):
    assert_equal(random_graph(100 + seed, directed=True), list(ANY_DIRECTION), weighted=weighted, directed=True)


@pytest.mark.parametrize("name", UNDIRECTED)
def test_directions_are_ignored_where_the_measure_says_so(name):
    graph = random_graph(7, directed=True)
    as_is = centrality(graph, name).values
    assert as_is.equals(centrality(graph, name, directed=False).values)
    both = centrality(graph, name, directed=True).values
    assert both[name].to_numpy() == pytest.approx(as_is[name].to_numpy(), abs=1e-12, nan_ok=True)


def test_only_four_measures_want_directions():
    assert [e.name for e in MEASURES if e.details["directed"]] == ["in_degree", "out_degree", "hub", "authority"]


@pytest.mark.parametrize("weighted", [False, True])
def test_a_larger_graph_uses_the_sparse_solver(weighted):
    graph = nx.barabasi_albert_graph(120, 2, seed=1)
    for number, (*_, row) in enumerate(graph.edges(data=True)):
        row["strength"] = float(2.0 ** (number % 3))
        set_distance(row)
    assert_equal(graph, ["eigenvector", "katz", "effective_size", "constraint"], weighted=weighted)


def test_weighted_paths_of_equal_length_are_ties_in_spite_of_rounding():
    """Thirds and sevenths: networkx agrees once it is given exact fractions."""
    graph = nx.gnp_random_graph(40, 0.12, seed=9)
    for number, (*_, row) in enumerate(graph.edges(data=True)):
        row["exact"] = Fraction(1 + number % 5, 21)
        row["distance"] = float(row["exact"])
        row["strength"] = 1 / row["distance"]
    expected = {str(node): value for node, value in nx.betweenness_centrality(graph, weight="exact").items()}
    found = centrality(graph, "betweenness", weighted=True).values["betweenness"].to_dict()
    assert found == pytest.approx(expected, abs=1e-9)
