"""What the figures show: the plotted numbers, the labels, the signs, and figures of odd or hostile data."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.markers import MarkerStyle
from matplotlib.text import Annotation, Text

from netscam.analysis.study import MEASURES, Study, run_study
from netscam.data.dataset import Dataset, build_dataset, read_dataset
from netscam.errors import GraphError
from netscam.graph.build import to_igraph
from netscam.graph.weak import WEAK_BELOW, without_weak_edges
from netscam.output.figures import FIGURES, Drawn, Scene
from netscam.output.figures.centrality import shared_by
from netscam.output.figures.labels import Label, _crosses, place_labels
from netscam.output.figures.render import render
from netscam.output.figures.sheet import short, spoken
from netscam.output.figures.symbols import LINES, tie_table
from netscam.output.layout import layout
from netscam.output.style import DASHES, TYPE_STYLES, style_context
from netscam.schema import TABLES, load_schema

SCHEMA = load_schema()


def scene_of(data: Dataset) -> Scene:
    graph = to_igraph(data)
    return Scene(data, run_study(graph), layout(graph))


def draw(name: str, scene: Scene) -> Drawn:
    with style_context():
        return FIGURES[name].function(scene)


@pytest.fixture(scope="module")
def mekong() -> Scene:
    return scene_of(read_dataset("mekong"))


@pytest.fixture(scope="module")
def drawn(mekong) -> dict[str, Drawn]:
    return {name: draw(name, mekong) for name in FIGURES.names()}


def boxes(figure: Figure) -> dict[str, np.ndarray]:
    """Window extents of the words of every placed label, in pixels of a fine raster."""
    figure.set_dpi(300)
    renderer = FigureCanvasAgg(figure).get_renderer()
    found = {}
    for number, axes in enumerate(figure.axes):
        for text in axes.texts:
            if isinstance(text, Annotation) and str(text.get_gid()).startswith("label-"):
                text.update_positions(renderer)
                found[f"{number} {text.get_gid()}"] = np.array(Text.get_window_extent(text, renderer).extents)
    figure.set_dpi(100)
    return found


def pairs_left(study: Study, removed: tuple[str, ...], *, firm: bool) -> int:
    graph = without_weak_edges(study.graph) if firm else study.graph
    plain = nx.Graph()
    plain.add_nodes_from(graph.vs["name"])
    plain.add_edges_from((graph.vs[s]["name"], graph.vs[t]["name"]) for s, t in graph.get_edgelist())
    plain.remove_nodes_from(removed)
    return sum(len(part) * (len(part) - 1) // 2 for part in nx.connected_components(plain))


def test_every_type_has_a_colour_and_a_shape_of_its_own() -> None:
    assert set(TYPE_STYLES) == set(SCHEMA.entity_types)
    markers = [style.marker for style in TYPE_STYLES.values()]
    assert len(set(markers)) == len(markers)
    for style in TYPE_STYLES.values():
        assert to_rgb(style.colour)
        assert MarkerStyle(style.marker).is_filled()


def test_every_line_that_a_standing_asks_for_is_known() -> None:
    assert {status.line for status in SCHEMA.statuses.values()} <= set(DASHES) == set(LINES)


@pytest.mark.parametrize("name", FIGURES.names())
def test_words_are_there_and_careful(drawn, name) -> None:
    told = drawn[name]
    assert len(told.caption) > 200
    assert len(told.alt) > 100
    assert "record" in told.caption
    for word in ("guilty", "criminals", "scammer", "perpetrator"):
        assert word not in f"{told.title} {told.caption} {told.alt}".lower().replace("says nothing about guilt", "")
    assert len(told.numbers)


@pytest.mark.parametrize("name", FIGURES.names())
def test_labels_do_not_lie_on_each_other_and_stay_on_the_sheet(drawn, name) -> None:
    figure = drawn[name].figure
    found = boxes(figure)
    wide, high = figure.get_size_inches() * 300
    for (one, a), (other, b) in itertools.combinations(found.items(), 2):
        assert (a[2:] <= b[:2] + 1).any() or (b[2:] <= a[:2] + 1).any(), f"{one} lies on {other}"
    for key, (left, low, right, up) in found.items():
        assert left >= 0, key
        assert low >= 0, key
        assert right <= wide, key
        assert up <= high, key
    assert found or name not in ("network", "map")


@pytest.mark.parametrize("name", FIGURES.names())
def test_figures_are_as_wide_as_a_page_and_readable(drawn, name) -> None:
    figure = drawn[name].figure
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(180)
    assert figure.get_size_inches()[1] * 25.4 < 245
    assert min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text().strip()) >= 5


def test_the_network_shows_every_node_and_tie(mekong, drawn) -> None:
    nodes, ties, graph = drawn["network"].numbers, drawn["network"].more["ties"], mekong.study.graph
    assert nodes["id"].tolist() == graph.vs["name"]
    assert nodes["degree"].tolist() == graph.degree()
    assert len(ties) == graph.ecount()
    assert ties["weak"].tolist() == [p < WEAK_BELOW for p in graph.es["probability"]]
    assert nodes["weak_ties"].sum() == 2 * ties["weak"].sum()
    assert set(nodes.loc[nodes["key_node"], "id"]) == set(mekong.study.keys.nodes)


def test_key_nodes_are_labelled_on_the_network(mekong, drawn) -> None:
    labelled = {key.split(" ", 1)[1] for key in boxes(drawn["network"].figure)}
    assert {f"label-{node}" for node in mekong.study.keys.nodes} <= labelled


def test_ties_are_drawn_by_their_strongest_standing(mekong) -> None:
    ties = tie_table(mekong.data, mekong.study.graph, WEAK_BELOW).set_index(["source", "target"])
    rank = {name: status.rank for name, status in SCHEMA.statuses.items()}
    relations = mekong.data.relations.set_index("id")
    rows = mekong.data.evidence[mekong.data.evidence["stance"] == "supports"]
    best: dict[tuple[str, str], int] = {}
    for relation, status in rows[["relation", "status"]].itertuples(index=False):
        ends = tuple(sorted(relations.loc[relation, ["source", "target"]]))
        best[ends] = min(best.get(ends, 99), rank[status])
    for ends, row in ties.iterrows():
        assert rank[row["status"]] == best[tuple(sorted(ends))]
        assert row["line"] == SCHEMA.statuses[row["status"]].line


def test_the_legend_of_the_network_is_complete(mekong, drawn) -> None:
    words = " ".join(text.get_text() for text in drawn["network"].figure.findobj(Text))
    for name, count in drawn["network"].numbers["type"].value_counts().items():
        assert f"{SCHEMA.entity_types[name].label} ({count})" in words
    ties = drawn["network"].more["ties"]
    for line in ties.loc[~ties["weak"], "line"].unique():
        assert LINES[line] in words
    assert f"weak: probability below 0.5 ({ties['weak'].sum()})" in words


def test_ranks_are_those_of_the_scores(mekong, drawn) -> None:
    table, study = drawn["centrality"].numbers.set_index("id"), mekong.study
    scores = study.scores.set_index("id")
    assert scores["degree"].astype(int).to_dict() == dict(
        zip(study.graph.vs["name"], study.graph.degree(), strict=True)
    )
    for measure in MEASURES:
        for node, rank in table[measure].items():
            mine, rest = scores.loc[node, measure], scores[measure]
            better = rest < mine if measure == "constraint" else rest > mine
            assert rank == better.sum() + 1
            assert table.loc[node, f"{measure}_shared_by"] == (rest == mine).sum()
    assert table["mean_reciprocal_rank"].is_monotonic_decreasing
    assert shared_by(pd.Series([1.0, 1.0, 3.0, np.nan])).tolist() == [2, 2, 1, 0]


def test_communities_add_up(mekong, drawn) -> None:
    told, partition = drawn["communities"], mekong.study.partition
    assert told.numbers["members"].sum() == mekong.study.graph.vcount()
    between = told.more["ties"]
    assert between["ties"].sum() == mekong.study.graph.ecount()
    assert between["weak_ties"].sum() == sum(p < WEAK_BELOW for p in mekong.study.graph.es["probability"])
    assert between["ties"].tolist() == partition.ties_between()["ties"].tolist()
    assert (between["weak_ties"] <= between["ties"]).all()
    assert f"modularity {partition.modularity:.3f}" in told.caption


def test_the_key_node_curve_is_what_removal_leaves(mekong, drawn) -> None:
    study, curve = mekong.study, mekong.study.curve
    for row in curve.to_dict("records"):
        firm = row["basis"] == "firm"
        assert row["exact"] == pairs_left(study, row["nodes"], firm=firm)
        assert row["greedy"] == pairs_left(study, row["greedy_nodes"], firm=firm)
        assert row["bound"] <= row["exact"] <= row["greedy"]
        assert row["proven"] == (row["bound"] > row["exact"] - 1)
    assert drawn["pareto"].numbers["exact"].tolist() == curve["exact"].tolist()
    assert f"{study.keys.value:,.0f}" in drawn["pareto"].caption


def test_what_rests_on_weak_ties_is_said(mekong, drawn) -> None:
    table = drawn["pareto"].more["members"].set_index("id")
    graph = mekong.study.graph
    for node in mekong.study.keys.nodes:
        edges = graph.es[graph.incident(node)]
        assert table.loc[node, "weak_ties"] == sum(p < WEAK_BELOW for p in edges["probability"])
        if table.loc[node, "weak_ties"]:
            told = f"{table.loc[node, 'name']} ({table.loc[node, 'weak_ties']} of {table.loc[node, 'ties']})"
            assert told in drawn["pareto"].caption
            assert told in drawn["network"].caption
    assert table["in_set_without_weak_ties"].sum() == mekong.study.k


def test_a_study_needs_a_tie() -> None:
    with pytest.raises(GraphError, match="at least two nodes and one tie"):
        run_study(to_igraph(make({"a": "company", "b": "company"}, [])))


def make(
    types: dict[str, str], ties: list[tuple[str, str]], names: dict[str, str] | None = None, *, proved: bool = True
) -> Dataset:
    """A dataset of linked_to ties, one document behind all of them, or none."""
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in TABLES}
    rows["entities"] = [{"id": key, "type": kind, "name": (names or {}).get(key, key)} for key, kind in types.items()]
    if proved:
        rows["documents"] = [{"id": "d1", "title": "T", "kind": "press", "published": "2025-01-01", "reliability": "B"}]
    for number, (source, target) in enumerate(ties):
        relation = {"id": f"r{number}", "source": source, "target": target, "relation": "linked_to"}
        rows["relations"].append(relation)
        seen = {"relation": relation["id"], "document": "d1", "stance": "supports", "status": "alleged"}
        if proved:
            rows["evidence"].append({"id": f"e{number}", "credibility": "2", **seen})
    frames = {
        name: pd.DataFrame(rows[name], columns=SCHEMA.columns(name), dtype=object).fillna("").astype(str)
        for name in TABLES
    }
    return build_dataset("odd", frames, {"title": "Odd"})


HOSTILE = {
    "a": "<script>alert(1)</script>",
    "b": "$x^2$ and $\\alpha$",
    "c": '=HYPERLINK("http://x")',
    "d": "ភ្នំពេញ 太子集团",
    "e": "![x](javascript:alert) `code` *bold* _it_ [link]",
    "f": "Very long name " * 12,
    "g": "@handle",
}


@pytest.fixture(scope="module")
def hostile() -> Scene:
    types = dict.fromkeys(HOSTILE, "company") | {"a": "compound"}
    return scene_of(make(types, [("a", key) for key in "bcdefg"], HOSTILE))


@pytest.mark.parametrize("name", FIGURES.names())
def test_hostile_names_are_only_words(hostile, name) -> None:
    files = render(name, draw(name, hostile), hostile.data)
    words = files[f"{name}.md"].decode()
    assert "<script>" not in words
    assert "](javascript" not in words
    for file, content in files.items():
        if file.endswith(".csv"):
            assert not [line for line in content.decode().splitlines() if line.startswith(("=", "@"))]
            assert ",=HYPERLINK" not in content.decode()
            assert ",@handle" not in content.decode()
    assert b"<script>" not in files[f"{name}.svg"]


ODD = {
    "pair": make({"a": "company", "b": "operator"}, [("a", "b")]),
    "one of each type": make(
        {name: name for name in SCHEMA.entity_types}, list(itertools.pairwise(SCHEMA.analysis_types))
    ),
    "star": make({f"n{i:02d}": "company" for i in range(40)}, [("n00", f"n{i:02d}") for i in range(1, 40)]),
    "scattered": make({f"n{i:02d}": "operator" for i in range(30)}, [("n00", "n01"), ("n02", "n03")]),
    "without documents": make(
        {"a": "compound", "b": "operator", "c": "company"}, [("a", "b"), ("b", "c")], proved=False
    ),
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_datasets_are_drawn(kind) -> None:
    scene = scene_of(ODD[kind])
    for name in FIGURES.names():
        FigureCanvasAgg(draw(name, scene).figure).draw()


def test_labels_find_clear_places_and_are_dropped_rather_than_overlapped() -> None:
    generator = np.random.default_rng(3)
    points, radii = generator.random((60, 2)), np.full(60, 2.0)
    figure = Figure(figsize=(4, 3))
    axes = figure.add_axes((0, 0, 1, 1))
    labels = [Label(f"n{i}", f"node number {i}", *map(float, points[i]), 2.0) for i in range(60)]
    homeless = place_labels(axes, labels, points, radii)
    found = boxes(figure)
    assert len(found) + len(homeless) == 60
    assert len(found) > 20
    for a, b in itertools.combinations(found.values(), 2):
        assert (a[2:] <= b[:2] + 1).any() or (b[2:] <= a[:2] + 1).any()


def test_a_line_to_a_label_runs_through_no_other_label() -> None:
    wall = np.array([[10.0, 0.0, 20.0, 90.0], [0.0, 200.0, 90.0, 210.0]])
    assert _crosses(np.array([0.0, 50.0]), np.array([30.0, 50.0]), wall)
    assert not _crosses(np.array([0.0, 95.0]), np.array([30.0, 95.0]), wall)
    assert not _crosses(np.array([0.0, 50.0]), np.array([30.0, 50.0]), np.zeros((0, 4)))


def test_short_names_and_lists() -> None:
    assert short("Prince Holding Group", 30) == "Prince Holding Group"
    assert short("Grand Legend International Asset Management", 30) == "Grand Legend International…"
    assert len(short("x" * 99, 12)) == 12
    assert short("a\n b\tc") == "a b c"
    assert short("金 Group") == "? Group"
    assert spoken([]) == "none"
    assert spoken(["a", "b", "c"]) == "a, b and c"
    assert spoken(["a, b", "c", "d"]) == "a, b; c; and d"


def test_the_network_caption_counts_components_as_the_summary_does(mekong, drawn) -> None:
    sizes = mekong.study.graph.components().sizes()
    parts, alone = sum(size > 1 for size in sizes), sizes.count(1)
    told = f"in {parts} components of two or more and {alone} entities without a tie"
    assert told in drawn["network"].caption


def test_where_nothing_is_connected_no_set_is_called_the_best(drawn) -> None:
    from netscam.analysis.keynodes import key_nodes
    from netscam.output.figures.pareto_words import told_set

    empty = without_weak_edges(to_igraph(read_dataset("mekong"))).subgraph([0])
    assert "no other set" not in told_set(key_nodes(empty, k=1), 1, 0.0)
    assert "no pair is connected" in told_set(key_nodes(empty, k=1), 1, 0.0)
    assert "--min-probability 0.5" in drawn["pareto"].caption
