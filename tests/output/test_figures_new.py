"""What the figures of ranks, dismantling, budgets, evidence, mixing and states show: numbers against plain counts."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from netscam.analysis.mixing import assortativity
from netscam.analysis.study import run_study
from netscam.data.dataset import Dataset, build_dataset, read_dataset
from netscam.graph.build import to_igraph
from netscam.output.figures import FIGURES, Drawn, Scene
from netscam.output.figures.dismantling import STRATEGIES
from netscam.output.figures.evidence_tables import count_origins, rank_origins, supporting_origins
from netscam.output.figures.map_marks import FILLS, country_words
from netscam.output.figures.mixing import _fill, _sign
from netscam.output.figures.sheet import DOUBTED, DRAWS
from netscam.output.figures.states import OF_EVENTS, STATES, compound_states, ties_abroad
from netscam.output.layout import layout
from netscam.output.style import style_context
from netscam.schema import TABLES, load_schema

SCHEMA = load_schema()


@pytest.fixture(scope="module")
def example() -> Scene:
    data = read_dataset("example")
    graph = to_igraph(data)
    return Scene(data, run_study(graph), layout(graph))


@pytest.fixture(scope="module")
def drawn(example) -> dict[str, Drawn]:
    with style_context():
        names = ("rank-intervals", "dismantling", "pareto", "evidence", "mixing", "map")
        return {name: FIGURES[name].function(example) for name in names}


def plain(scene: Scene) -> nx.Graph:
    graph = scene.study.graph
    made = nx.Graph()
    made.add_nodes_from(graph.vs["name"])
    made.add_edges_from((graph.vs[s]["name"], graph.vs[t]["name"]) for s, t in graph.get_edgelist())
    return made


def test_figures_follow_the_order_of_the_issue() -> None:
    wanted = ["network", "rank-intervals", "centrality", "communities", "dismantling", "pareto", "map"]
    wanted += [name for name in ("timeline", "recovery") if name in FIGURES.names()]
    wanted += ["evidence", *(name for name in FIGURES.names() if name.startswith("knowledge")), "mixing"]
    assert FIGURES.names() == wanted


def test_intervals_are_quantiles_of_the_draws(example, drawn) -> None:
    table, places = drawn["rank-intervals"].numbers, example.doubt.places
    ids = example.study.graph.vs["name"]
    for measure in DOUBTED:
        assert places[measure].shape == (DRAWS, len(ids))
        for row in table[table["measure"] == measure].head(5).to_dict("records"):
            mine = places[measure][:, ids.index(row["id"])]
            assert row["p_top"] == pytest.approx((mine <= 10).mean())
            assert ((mine >= row["low"]) & (mine <= row["high"])).mean() >= 0.9
            assert row["median"] == np.quantile(mine, 0.5, method="inverted_cdf")


def test_the_first_twenty_of_each_measure_are_shown_by_recorded_rank(example, drawn) -> None:
    table, ranks = drawn["rank-intervals"].numbers, example.study.ranks.set_index("id")
    assert table["measure"].value_counts().to_dict() == dict.fromkeys(DOUBTED, 20)
    for measure in DOUBTED:
        mine = table[table["measure"] == measure].set_index("id")
        assert mine["rank"].is_monotonic_increasing
        assert mine["rank"].max() <= ranks[measure].sort_values().iloc[19]
        assert (mine["rank"] == ranks.loc[mine.index, measure]).all()


def test_the_draws_are_made_once(example, drawn) -> None:
    assert example.doubt is example.doubt
    assert drawn["rank-intervals"].more["all"].equals(example.doubt.to_frame())


def test_dismantling_curves_are_what_removal_leaves_and_never_beat_the_proof(example, drawn) -> None:
    table, best = drawn["dismantling"].numbers, drawn["dismantling"].more["proved"]
    for name in STRATEGIES:
        rest, mine = plain(example), table[table["strategy"] == name]
        for row in mine.to_dict("records"):
            if row["id"]:
                rest.remove_node(row["id"])
            assert row["largest"] == max(map(len, nx.connected_components(rest)), default=0)
        for row in best.to_dict("records"):
            needed = mine.loc[mine["largest"] <= row["largest"], "removals"].min()
            assert not needed < row["bound"]
    assert best["proven"].all()
    assert (best["removals"] == best["bound"]).all()


def test_the_frontier_by_size_is_nested_in_what_removal_leaves(example, drawn) -> None:
    numbers, members = drawn["pareto"].numbers, drawn["pareto"].more["members"].set_index("id")
    for row in numbers[numbers["basis"].eq("recorded") & numbers["k"].gt(0)].to_dict("records"):
        rest = plain(example)
        chosen = row["nodes"].split(";")
        rest.remove_nodes_from(chosen)
        assert row["exact"] == sum(len(part) * (len(part) - 1) // 2 for part in nx.connected_components(rest))
        for node in chosen:
            assert node not in members.index or str(row["k"]) in members.loc[node, "in_best_sets"].split(";")
    assert set(example.study.keys.nodes) <= set(members.index)


def test_without_costs_the_frontier_by_cost_says_so(drawn) -> None:
    assert drawn["pareto"].more["budgets"].empty
    words = [text.get_text() for axes in drawn["pareto"].figure.axes for text in axes.texts]
    assert any("states no costs" in word for word in words)
    assert "states no costs" in drawn["pareto"].caption


def test_the_frontier_by_cost_keeps_to_its_budget(example, monkeypatch) -> None:
    from netscam.output.figures import pareto

    budgets = (1.0, 2.5, 5.0)
    monkeypatch.setattr(pareto, "BUDGETS", budgets)
    costs = pd.DataFrame({"id": example.study.graph.vs["name"][::2], "cost": 2.5, "why": "made up"})
    scene = Scene(replace(example.data, costs=costs), example.study, example.places)
    found, price = pareto.find_frontier(scene), dict(zip(costs["id"], costs["cost"], strict=True))
    assert found["budget"].tolist() == list(budgets)
    for row in found.to_dict("records"):
        chosen = [node for node in row["nodes"].split(";") if node]
        assert sum(price.get(node, 1.0) for node in chosen) <= row["budget"]
        rest = plain(scene)
        rest.remove_nodes_from(chosen)
        assert row["value"] == sum(len(part) * (len(part) - 1) // 2 for part in nx.connected_components(rest))


def test_grades_kinds_and_origins_add_up(example, drawn) -> None:
    data, told = example.data, drawn["evidence"]
    assert told.numbers["rows"].sum() == len(data.evidence)
    assert told.numbers["disputes"].sum() == data.evidence["stance"].eq("disputes").sum()
    assert told.more["kinds"]["documents"].sum() == len(data.documents)
    assert told.more["kinds"]["rows"].sum() == len(data.evidence)
    origins = told.more["origins"]
    assert origins.loc[origins["status"] == "all", "relations"].sum() == len(data.relations)
    assert origins.loc[origins["status"] != "all", "relations"].sum() == len(data.relations)


def test_relations_on_one_origin_are_counted_by_origin_not_by_document(example) -> None:
    data = example.data
    group = dict(zip(data.documents["id"], data.documents["origin_group"], strict=True))
    behind: dict[str, set[str]] = {relation: set() for relation in data.relations["id"]}
    for row in data.evidence[data.evidence["stance"] == "supports"].to_dict("records"):
        behind[row["relation"]].add(group[row["document"]] or f"document {row['document']}")
    one = sum(len(found) == 1 for found in behind.values())
    whole = count_origins(data)
    assert whole[whole["status"].eq("all") & whole["origins"].eq("one")]["relations"].sum() == one
    alone = rank_origins(data)
    assert alone["relations"].sum() == one
    assert alone["relations"].is_monotonic_decreasing
    assert len(supporting_origins(data)) == sum(map(len, behind.values()))


def test_the_mixing_figure_counts_every_tie_once(example, drawn) -> None:
    table = drawn["mixing"].numbers
    assert table["ties"].sum() == example.study.graph.ecount()
    assert table["expected"].sum() == pytest.approx(example.study.graph.ecount())
    assert table["weak_ties"].sum() == sum(p < 0.5 for p in example.study.graph.es["probability"])
    assert f"{assortativity(example.study.graph):.2f}" in drawn["mixing"].caption


@pytest.mark.parametrize(
    ("ties", "expected", "sign"), [(8, 2, "▲"), (0, 2, "▼"), (2, 2, "≈"), (0, 0.1, "≈"), (1, 0, "▲")]
)
def test_cells_of_the_mixing_matrix_read_without_colour(ties, expected, sign) -> None:
    assert _sign(ties, expected) == sign
    assert _fill(ties, expected).startswith("#")


def compounds(events: list[dict[str, str]]) -> Dataset:
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in TABLES}
    rows["entities"] = [{"id": key, "type": "compound", "name": key} for key in ("c1", "c2", "c3")]
    rows["events"] = [{"id": f"e{number}", **event} for number, event in enumerate(events)]
    frames = {
        name: pd.DataFrame(rows[name], columns=SCHEMA.columns(name), dtype=object).fillna("").astype(str)
        for name in TABLES
    }
    return build_dataset("events", frames, {})


def test_states_follow_the_last_event_that_names_the_compound() -> None:
    events = [
        {"date": "2025-05", "type": "closure", "entities": "c1"},
        {"date": "2025-06-01", "type": "raid", "entities": "c1;c2"},
        {"date": "2025-06-01", "type": "exodus", "entities": "c2"},
        {"date": "2025-07-01", "type": "statement", "entities": "c2"},
        {"date": "2025-08-01", "type": "demolition", "entities": "", "place": "c3"},
    ]
    table = compound_states(compounds(events)).set_index("id")
    assert table["state"].to_dict() == {"c1": "raided", "c2": "emptied", "c3": "none"}
    assert table.loc["c1", "state_since"] == "2025-06-01"
    assert table.loc["c2", "event"] == "e2"
    assert set(OF_EVENTS.values()) | {"none"} == set(STATES) == set(FILLS)
    assert set(OF_EVENTS) <= set(SCHEMA.vocabularies["event_types"])
    assert compound_states(compounds([]))["state"].eq("none").all()


def test_the_map_gives_every_compound_state_and_rank(example, drawn) -> None:
    table = drawn["map"].numbers.set_index("id")
    assert table["state"].isin(STATES).all()
    ranks, scores = example.study.ranks.set_index("id"), example.study.scores.set_index("id")
    for node, row in table.iterrows():
        between = scores.loc[node, "betweenness"] > 0
        assert (
            row["betweenness_rank"] == ranks.loc[node, "betweenness"] if between else np.isnan(row["betweenness_rank"])
        )


def test_ties_abroad_have_no_country_in_common() -> None:
    data = read_dataset("mekong")
    table = ties_abroad(data, to_igraph(data))
    countries = data.entities.set_index("id")["countries"].str.split(";").map(set)
    assert len(table)
    for row in table.to_dict("records"):
        assert not countries[row["id"]] & countries[row["other"]]
        assert country_words(row["countries"])
    assert country_words("HK;XX") == "Hong Kong / XX"
