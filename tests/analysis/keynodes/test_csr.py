import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netscam.analysis.keynodes.csr import csr_from_edges, csr_from_igraph, natural_key
from netscam.analysis.keynodes.edgelist import read_edgelist
from netscam.errors import DataError, GraphError


def test_loops_and_parallel_edges_are_dropped_and_counted():
    csr = csr_from_edges(4, [(0, 1), (1, 0), (2, 2), (1, 2)])
    assert (csr.m, csr.loops, csr.parallels) == (2, 1, 1)
    assert csr.neighbours(1).tolist() == [0, 2]
    assert csr.degrees.tolist() == [1, 2, 1, 0]
    assert csr.edges().tolist() == [[0, 1], [1, 2]]
    assert csr.indptr.dtype == np.int64
    assert csr.indices.dtype == np.int32


def test_no_edges():
    csr = csr_from_edges(3, [])
    assert csr.m == 0
    assert csr.indptr.tolist() == [0, 0, 0, 0]


def test_out_of_range_and_repeated_ids_are_refused():
    with pytest.raises(GraphError, match="outside"):
        csr_from_edges(2, [(0, 2)])
    with pytest.raises(GraphError, match="different"):
        csr_from_edges(2, [], ["a", "a"])


def test_natural_order_of_ids():
    assert sorted(["P10", "P2", "a", "10", "9", ""], key=natural_key) == ["", "9", "10", "P2", "P10", "a"]


def test_vertex_order_of_igraph_does_not_matter():
    graph = nx.gnm_random_graph(20, 40, seed=1)
    edges = list(graph.edges)
    first = igraph.Graph(n=20, edges=edges)
    first.vs["name"] = [f"P{v}" for v in range(20)]
    order = np.random.default_rng(0).permutation(20)
    second = first.permute_vertices(order.tolist())
    one, two = csr_from_igraph(first), csr_from_igraph(second)
    assert one.names == two.names == tuple(f"P{v}" for v in range(20))
    assert np.array_equal(one.indices, two.indices)
    assert np.array_equal(one.indptr, two.indptr)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40))
def test_same_graph_as_networkx(edges):
    csr = csr_from_edges(10, edges)
    graph = nx.Graph(e for e in edges if e[0] != e[1])
    assert {tuple(e) for e in csr.edges().tolist()} == {tuple(sorted(e)) for e in graph.edges}
    assert csr.m + csr.loops + csr.parallels == len(edges)


@pytest.mark.parametrize(
    "text",
    [
        "# a comment\n1\t2\n2\t10\n",
        "source,target,weight\n1,2,0.5\n2,10,1\n",
        "1;2\r\n2;10\r\n\r\n",
        "1 2\n  2   10 3\n",
        '\ufeff"1","2"\n2,10',
        "1 2\n2 10\n10 2\n1 1\n",
    ],
)
def test_any_separator(tmp_path, text):
    file = tmp_path / "net.edges"
    file.write_bytes(text.encode())
    csr = read_edgelist(file)
    assert csr.names == ("1", "2", "10")
    assert csr.edges().tolist() == [[0, 1], [1, 2]]


def test_names_with_blanks_in_a_tabbed_file(tmp_path):
    file = tmp_path / "net.edges"
    file.write_text("Mr. A\tMr. B\n")
    assert read_edgelist(file).names == ("Mr. A", "Mr. B")


def test_every_broken_line_is_located(tmp_path):
    file = tmp_path / "net.edges"
    file.write_text("a,b\nc\n,d\na,b,c,d\n")
    with pytest.raises(DataError) as caught:
        read_edgelist(file)
    assert [(p.line, p.rule) for p in caught.value.problems] == [
        (2, "column-count"),
        (3, "empty-id"),
        (4, "column-count"),
    ]


@pytest.mark.parametrize(
    ("content", "rule"), [(b"", "no-edges"), (b"# only\n", "no-edges"), (b"\xff\xfe", "unreadable")]
)
def test_empty_and_unreadable_files(tmp_path, content, rule):
    file = tmp_path / "net.edges"
    file.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_edgelist(file)
    assert caught.value.problems[0].rule == rule
    with pytest.raises(DataError):
        read_edgelist(tmp_path / "absent")
