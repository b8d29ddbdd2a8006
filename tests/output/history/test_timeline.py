"""The network month by month."""

from __future__ import annotations

import pytest

from netscam.analysis.communities import find_communities
from netscam.analysis.summary import summary
from netscam.data.select import select
from netscam.errors import DateError, GraphError, UnknownNameError
from netscam.graph.build import to_igraph
from netscam.output.history.timeline import RUNS, timeline


def test_known_clock_of_a_small_case(case) -> None:
    table = timeline(case, clock="known", first="2024-02", last="2025-02").steps.set_index("period")
    assert table["ties"].tolist() == [0, 3, 3, 3] + [4] * 8 + [5]
    # r2 and r6 have no start, nor has r5, which came in 2025
    assert table.loc[["2024-03", "2024-06", "2025-02"], "undated_ties"].tolist() == [2, 2, 3]
    assert table.loc["2024-06", ["communities", "largest_component", "components"]].tolist() == [2, 4, 2]
    assert table.loc["2024-03", "births"] == 2


def test_valid_clock_of_a_small_case(case) -> None:
    table = timeline(case, first="2019", last="2026", step="year").steps.set_index("period")
    # r1 from 2020, r3 from 2024-05, r2 until 2025-03; r5 and r6 from ever
    assert table["ties"].tolist() == [3, 4, 4, 4, 4, 5, 4, 4]
    assert table["undated_ties"].tolist() == [3, 3, 3, 3, 3, 3, 2, 2]
    assert table["nodes"].nunique() == 1


@pytest.mark.parametrize("clock", ["valid", "known"])
def test_the_last_month_is_the_record(mekong, clock: str) -> None:
    last = timeline(mekong, ["degree"], clock=clock, first="2026-06", last="2026-07")
    choice = {"at": "2026-07-31"} if clock == "valid" else {"known_by": "2026-07-31"}
    graph = to_igraph(select(mekong, **choice))
    found, row = summary(graph), last.steps.iloc[-1]
    assert [row["nodes"], row["ties"], row["components"], row["largest_component"], row["connected_pairs"]] == [
        found.nodes,
        found.edges,
        found.components,
        found.largest_component,
        found.connected_pairs,
    ]
    nodes = last.nodes[last.nodes["period"] == "2026-07"].set_index("id")
    assert nodes["degree"].sum() == 2 * found.edges
    own = find_communities(graph, runs=RUNS).membership.reindex(nodes.index)
    assert (nodes["community"].groupby(own).nunique() == 1).all()
    assert nodes["community"].nunique() == own.nunique() == row["communities"]


def test_one_clock_moves_while_the_other_is_held(mekong) -> None:
    then = timeline(select(mekong, known_by="2025-10-01"), first="2025-09", last="2025-09").steps.iloc[0]
    part = summary(to_igraph(select(mekong, known_by="2025-10-01", at="2025-09-30")))
    assert then["ties"] == part.edges


def test_a_community_keeps_its_number_through_months_without_news(mekong) -> None:
    found = timeline(mekong, clock="known", first="2025-02", last="2025-04")
    assert found.steps["ties"].nunique() == 1
    wide = found.nodes.pivot_table(index="id", columns="period", values="community")
    assert wide.nunique(axis=1).eq(1).all()
    assert found.changes[found.changes["period"].ne("2025-02")].empty


def test_defaults_and_json(case) -> None:
    found = timeline(case, ["betweenness"], clock="known")
    assert [found.steps["period"].iloc[0], found.steps["period"].iloc[-1]] == ["2024-03", "2025-02"]
    plain = found.to_dict()
    assert set(plain) == {"clock", "step", "rule", "parameters", "rows", "nodes", "changes"}
    assert {"period", "id", "community", "betweenness", "betweenness_rank"} <= set(plain["nodes"][0])
    assert found.to_frame() is found.steps
    empty = timeline(case, ["betweenness"], clock="known", first="2023-01", last="2023-02")
    assert empty.nodes.empty
    assert {"betweenness", "betweenness_rank"} <= set(empty.nodes)


def test_bad_questions(case) -> None:
    with pytest.raises(DateError):
        timeline(case, first="2025", last="2024")
    with pytest.raises(GraphError):
        timeline(case, clock="wall")
    with pytest.raises(UnknownNameError):
        timeline(case, ["fame"], first="2025-01", last="2025-01")
