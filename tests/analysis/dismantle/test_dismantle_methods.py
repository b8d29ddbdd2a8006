"""Every method against a case worked by hand, or against networkx where that has it."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from netscam.analysis.dismantle.kernels.between import betweenness_order
from netscam.analysis.dismantle.kernels.queue_orders import corehd_order, influence_of, influence_order
from netscam.analysis.dismantle.kernels.reinsertion import break_components, reinsertion_order
from netscam.analysis.dismantle.kernels.returning import returning_order
from netscam.analysis.dismantle.methods import METHODS, Task, complete
from netscam.analysis.keynodes.csr import CSR, csr_from_edges


def csr_of(graph: nx.Graph) -> CSR:
    return csr_from_edges(graph.number_of_nodes(), list(graph.edges))


def run(name: str, graph: nx.Graph, limit: int = 1, costs: list[float] | None = None) -> list[int]:
    weights = np.ones(graph.number_of_nodes()) if costs is None else np.array(costs)
    task = Task(csr_of(graph), weights, limit)
    return complete(task, METHODS[name].function(task)).tolist()


def bridged_triangles() -> nx.Graph:
    """0-1-2 and 4-5-6 joined through 3."""
    return nx.Graph([(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (4, 6)])


def test_degree_takes_the_hubs_and_breaks_ties_by_number() -> None:
    assert run("degree", bridged_triangles()) == [2, 4, 0, 5]


def test_degree_over_cost() -> None:
    assert run("degree", bridged_triangles(), costs=[1, 1, 10, 1, 1, 1, 1])[0] == 4


def test_betweenness_takes_the_bridge_first() -> None:
    assert run("betweenness", bridged_triangles(), limit=3) == [3]


@pytest.mark.parametrize("seed", range(8))
def test_betweenness_is_that_of_networkx_step_by_step(seed: int) -> None:
    graph = nx.gnm_random_graph(18, 30, seed=seed)
    left = graph.copy()
    for v in run("betweenness", graph, limit=2):
        largest = left.subgraph(max(sorted(nx.connected_components(left), key=min), key=len))
        score = nx.betweenness_centrality(largest, normalized=False)
        assert score[v] == pytest.approx(max(score.values()))
        left.remove_node(v)


def test_sampled_betweenness_with_enough_sources_is_exact() -> None:
    graph = nx.karate_club_graph()
    csr = csr_of(graph)
    found = [
        betweenness_order(
            csr.indptr, csr.indices, np.ones(csr.n), np.zeros(csr.n, bool), 3, sources, 0.0, 99, np.zeros(1, np.uint64)
        ).tolist()
        for sources in (0, 34)
    ]
    assert found[0] == found[1]
    assert run("betweenness-sampled", graph, limit=3) == found[0]


def test_corehd_leaves_trees_alone_until_no_cycle_is_left() -> None:
    # 4 has most ties, but hangs on the cycle as a tree; 0 and 2 have three ties inside the core.
    graph = nx.Graph([(0, 1), (1, 2), (2, 3), (0, 3), (0, 2), (1, 4), (4, 5), (4, 6), (4, 7), (4, 8)])
    csr = csr_of(graph)
    assert corehd_order(csr.indptr, csr.indices, np.ones(9)).tolist() == [0]
    assert run("corehd", graph, limit=3) == [0, 4]


def test_influence_of_a_cycle_and_a_path() -> None:
    for graph, node, value in ((nx.cycle_graph(7), 0, 2), (nx.path_graph(5), 2, 0), (nx.path_graph(7), 3, 2)):
        csr = csr_of(graph)
        n = csr.n
        scratch = np.full(n, -1), 0, np.empty(n + 1, np.int64)
        got = influence_of(csr.indptr, csr.indices, csr.degrees, np.zeros(n, bool), node, 2, *scratch)
        assert got == value


def test_influence_prefers_the_middle_of_two_hubs_when_that_weighs_more() -> None:
    # 0 has six ties, all to leaves: nothing two steps away. 7 joins two hubs of degree four: 1 * ... = (3 + 3).
    star = [(0, leaf) for leaf in range(1, 7)]
    pair = [(7, 8), (7, 9), (8, 10), (8, 11), (9, 12), (9, 13), (10, 14), (11, 15), (12, 16), (13, 17)]
    csr = csr_of(nx.Graph(star + pair))
    # By hand: 7 -> (2 - 1) * 4; 8 -> (3 - 1) * (1 + 0 + 0 + ... ) with 9 of degree 3 and two leaves' parents: 2 * 2.
    assert influence_order(csr.indptr, csr.indices, np.ones(csr.n), 2)[0] == 7


def test_gnd_cuts_between_two_cliques() -> None:
    graph = nx.barbell_graph(6, 1)
    assert run("gnd", graph, limit=7)[0] in (5, 6, 7)
    assert len(run("gnd", graph, limit=7)) == 1


def test_gnd_heeds_costs() -> None:
    graph = nx.barbell_graph(6, 1)
    costs = [1.0] * 13
    costs[6] = 50.0
    assert 6 not in run("gnd", graph, limit=7, costs=costs)


def test_voterank_elects_as_networkx_does() -> None:
    graph = nx.Graph(nx.karate_club_graph().edges)
    csr = csr_of(graph)
    task = Task(csr, np.ones(34), 1)
    assert METHODS["voterank"].function(task)[:6].tolist() == nx.voterank(graph)[:6]


def test_trees_are_cut_at_their_centres() -> None:
    csr = csr_of(nx.path_graph(7))
    none = np.zeros(7, bool)
    assert break_components(csr.indptr, csr.indices, none, np.ones(7), 3).tolist() == [3]
    assert break_components(csr.indptr, csr.indices, none, np.ones(7), 1).tolist() == [3, 1, 5]


def test_reinsertion_keeps_what_the_limit_needs_and_orders_by_harm() -> None:
    # A path 0 ... 6 with all of 1, 3, 5 out: only 3 is needed for pieces of three.
    csr = csr_of(nx.path_graph(7))
    order, needed = reinsertion_order(csr.indptr, csr.indices, np.array([1, 5, 3]), np.ones(7), 3)
    assert needed == 1
    assert order.tolist() == [3, 5, 1]


@pytest.mark.parametrize("seed", range(12))
def test_the_quick_reinsertion_agrees_with_the_plain_one(seed: int) -> None:
    graph = nx.gnm_random_graph(400, 500 + 60 * seed, seed=seed)
    csr = csr_of(graph)
    order = METHODS["degree"].function(Task(csr, np.ones(400), 1))
    slow, slow_needed = reinsertion_order(csr.indptr, csr.indices, order, np.ones(400), 20)
    quick, needed = returning_order(csr.indptr, csr.indices, order, 20)
    assert needed == slow_needed
    assert quick.tolist() == slow.tolist()


@pytest.mark.parametrize("name", METHODS.names())
def test_every_method_reaches_the_limit_and_repeats(name: str) -> None:
    for seed, limit in ((1, 1), (2, 4), (3, 9)):
        graph = nx.gnm_random_graph(40, 70, seed=seed)
        order = run(name, graph, limit)
        assert len(set(order)) == len(order)
        left = graph.copy()
        left.remove_nodes_from(order)
        assert max((len(c) for c in nx.connected_components(left)), default=0) <= limit
        assert run(name, graph, limit) == order


@pytest.mark.parametrize("name", METHODS.names())
@pytest.mark.parametrize("kind", ["empty", "single", "pair", "edgeless", "star", "complete", "two-components"])
def test_every_method_takes_the_odd_graphs(name: str, kind: str, zoo) -> None:
    graph = nx.convert_node_labels_to_integers(zoo(kind), ordering="sorted")
    order = run(name, graph)
    graph.remove_nodes_from(order)
    assert graph.number_of_edges() == 0


@pytest.mark.parametrize(
    ("graph", "cycles_need"),
    [
        (nx.path_graph(6), 0),
        (nx.cycle_graph(8), 1),
        (nx.Graph([(0, 1), (1, 2), (2, 0), (0, 3), (3, 4), (4, 0)]), 1),
        (nx.complete_graph(5), 3),
        (nx.petersen_graph(), 3),
        (nx.disjoint_union(nx.cycle_graph(4), nx.complete_graph(4)), 3),
    ],
)
def test_min_sum_takes_as_few_nodes_as_break_all_cycles(graph: nx.Graph, cycles_need: int) -> None:
    from netscam.analysis.dismantle.kernels.message import min_sum_order
    from netscam.analysis.dismantle.rules import random_stream

    csr = csr_from_edges(graph.number_of_nodes(), list(graph.edges))
    order = min_sum_order(csr.indptr, csr.indices, np.ones(csr.n), 0.005, random_stream(0))
    assert len(order) == cycles_need
    rest = graph.copy()
    rest.remove_nodes_from(order.tolist())
    assert nx.is_forest(rest) if rest else True


def test_min_sum_takes_the_cheap_node_of_a_cycle() -> None:
    from netscam.analysis.dismantle.kernels.message import min_sum_order
    from netscam.analysis.dismantle.rules import random_stream

    csr = csr_from_edges(5, list(nx.cycle_graph(5).edges))
    costs = np.array([2.0, 2.0, 2.0, 1.0, 2.0])
    assert min_sum_order(csr.indptr, csr.indices, costs, 0.005, random_stream(3)).tolist() == [3]


def test_one_message_by_hand() -> None:
    """The middle of a path 0 - 1 - 2, all messages 0: leaving it is free at every time, taking it costs its price."""
    from netscam.analysis.dismantle.kernels.message import DEPTH, back_arcs, update

    csr = csr_from_edges(3, [(0, 1), (1, 2)])
    arcs = len(csr.indices)
    taken = np.zeros(arcs, np.float32)
    later, earlier = np.zeros((arcs, DEPTH), np.float32), np.zeros((arcs, DEPTH), np.float32)
    back = back_arcs(csr.indptr, csr.indices)
    assert back.tolist() == [1, 0, 3, 2]
    bias = update(
        csr.indptr, csr.indices, back, np.ones(3, np.bool_), 1, 1.0, taken, later, earlier, np.empty((6, DEPTH))
    )
    assert bias == 1.0
    assert taken.tolist() == [0.0, 1.0, 1.0, 0.0]
    assert not later.any()
    assert not earlier.any()
