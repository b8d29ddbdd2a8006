"""Before and after a window in which sites were closed or left."""

from __future__ import annotations

import pytest

from netscam.analysis.summary import summary
from netscam.errors import DateError, UnknownNameError
from netscam.graph.build import to_igraph
from netscam.output.history.difference import difference
from netscam.output.history.exodus import exodus
from netscam.output.history.timeline import timeline


def test_a_small_case(case) -> None:
    found = exodus(case, first="2025-01", last="2025-01")
    assert found.gone == ("park",)
    assert found.active == ("site",)  # raided, which is not gone
    assert found.actors[["id", "gone", "active"]].to_numpy().tolist() == [["shop", "park", ""]]
    assert found.connecting().empty
    assert found.unnamed["event"].tolist() == ["v4"]
    assert found.ties.to_numpy().tolist() == [["owns", 1]]
    raided = exodus(case, first="2024", last="2024", states=["raided"])
    assert raided.gone == ("site",)
    assert set(raided.actors["id"]) == {"firm", "late"}
    assert exodus(case, first="2023", last="2023").gone == ()


@pytest.mark.parametrize("events", [[], [("v2", "2025-01-15", "designation", "boss", "site", None, "d3")]])
def test_a_record_without_events_of_these_kinds_loses_nothing(make_case, events) -> None:
    found = exodus(make_case(events=events), first="2025-01", last="2025-01")
    assert found.gone == ()
    assert found.unnamed.empty
    assert found.active == ("park", "site")
    assert (found.carried["before"] == found.carried["after"]).all()


def test_results_of_history_show_themselves(case) -> None:
    told = [exodus(case, first="2025-01", last="2025-01"), timeline(case, step="year")]
    told += [difference(case, "2024-04-01", "2025-03-01", k=1)]
    words = ["1 compounds gone", "steps by year", "What the record learned"]
    for result, word in zip(told, words, strict=True):
        shown = result._repr_html_()
        assert word in shown
        assert shown.count("<table") == 1


def test_january_2026(mekong) -> None:
    found = exodus(mekong, draws=20)
    assert found.gone == ("cmp_bokor", "cmp_jin_bei", "cmp_kk_park", "cmp_long_bay", "cmp_zone_8_legend_park")
    assert not set(found.gone) & set(found.active)
    table = found.carried.set_index("quantity")
    graph = to_igraph(mekong)
    whole = summary(graph)
    assert table.loc["connected_pairs", "before"] == whole.connected_pairs
    graph.delete_vertices(list(found.gone))
    assert table.loc["connected_pairs", "after"] == summary(graph).connected_pairs
    assert table.loc["ties", "after"] == graph.ecount()
    assert table["share"].between(0, 1).all()
    for row in found.connecting().to_dict("records"):
        assert set(row["gone"].split(";")) <= set(found.gone)
        assert set(filter(None, row["active"].split(";"))) <= set(found.active)
    inside = found.events[found.events["when"].eq("window")]
    assert inside["document"].ne("").all()
    assert inside["publisher"].notna().all()


def test_what_the_record_cannot_show_is_said(mekong) -> None:
    words = " ".join(exodus(mekong, draws=1).notes)
    assert "12 events" in words
    assert "not known to be active" in words
    assert "must not be added" in words


def test_bad_questions(case) -> None:
    with pytest.raises(UnknownNameError):
        exodus(case, states=["sunk"])
    with pytest.raises(DateError):
        exodus(case, first="2025", last="2024")
