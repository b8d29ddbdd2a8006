"""Rankings judged by what came later, and nothing that came later in the rankings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from netscam.data.dataset import Dataset
from netscam.data.history.blind import blind_record
from netscam.data.select import first_day, last_day
from netscam.errors import DataError, DateError, GraphError, UnknownNameError
from netscam.output.history.backtest import Judging, backtest
from netscam.output.history.foresight import foresights

CUTOFF = "2025-10-01"
QUICK = Judging(draws=50, k=0)
FEW = ["degree", "betweenness", "constraint"]


@pytest.fixture(scope="module")
def found(mekong):
    return backtest(mekong, cutoff=CUTOFF, judging=Judging(draws=200, k=2))


def test_counts_add_up(found, mekong) -> None:
    assert found.candidates == sum(found.known[state] for state in ("later", "beyond", "none"))
    assert found.positives == found.known["later"] == len(found.entities) == 6
    assert found.prevalence == found.positives / found.candidates
    assert not set(found.unknown_later) & set(found.entities["id"])
    assert found.observed_until == "2026-07-30"
    assert not found.whole_horizon
    assert (found.entities["earliest"] > CUTOFF).all()
    assert (found.entities["known_since"] <= CUTOFF).all()
    assert (found.entities["lead_days"] > 0).all()


def test_every_measure_and_the_set_are_judged(found) -> None:
    from netscam.analysis.centrality import MEASURES

    assert set(found.rankings["ranking"]) == {*MEASURES.names(), "key_nodes", "random"}
    low, value, high = (found.rankings[f"roc_auc{end}"] for end in ("_low", "", "_high"))
    assert ((low <= value) & (value <= high)).all()
    chance = found.rankings.set_index("ranking").loc["random"]
    assert chance["roc_auc"] == 0.5
    assert chance["precision_at_5"] == pytest.approx(found.prevalence)


def test_auc_is_that_of_the_places(found, mekong) -> None:
    """Mann-Whitney from the sum of the positives' places."""
    p, n = found.positives, found.candidates - found.positives
    for name in ("degree", "pagerank", "constraint"):
        below = found.candidates + 1 - found.entities[name]
        auc = (below.sum() - p * (p + 1) / 2) / (p * n)
        assert found.rankings.set_index("ranking").loc[name, "roc_auc"] == pytest.approx(auc)


def test_small_and_poor_results_are_said(found) -> None:
    words = " ".join(found.notes)
    assert "6 of 86 candidates" in words
    assert "Fewer than 30 positives" in words
    assert "hindsight" in words
    assert "The record ends on 2026-07-30" in words
    assert f"{len(found.unknown_later)} entities" in words


def test_the_other_reading_is_beside_it(mekong) -> None:
    stated, inferred = (
        backtest(mekong, cutoff=CUTOFF, dating=dating, judging=QUICK, measures=FEW) for dating in ("stated", "inferred")
    )
    pd.testing.assert_frame_equal(inferred.rankings, stated.other_reading["rankings"])
    pd.testing.assert_frame_equal(inferred.other_reading["rankings"], stated.rankings)
    assert (stated.positives, inferred.positives) == (6, 11)
    assert stated.other_reading["positives"] == 11


def _hindsight(data: Dataset) -> Dataset:
    """The record with everything after the cutoff, and all that curators may have written later, told otherwise."""
    late = data.documents["published"].map(last_day).gt(CUTOFF) | data.documents["published"].eq("")
    gone = set(data.documents.loc[late, "id"])
    evidence = data.evidence.assign(status="alleged", note="x", credibility="4")
    return replace(
        data,
        entities=data.entities.assign(name="N", status="convicted", description="seen", identifiers="ofac:1"),
        relations=data.relations.assign(description="told later"),
        evidence=evidence[~evidence["document"].isin(gone)].reset_index(drop=True),
        documents=data.documents[~late].reset_index(drop=True),
        events=data.events[~data.events["document"].isin(gone)].assign(summary="s").reset_index(drop=True),
        costs=None,
    )


def test_nothing_written_later_changes_what_is_ranked(mekong) -> None:
    one, other = blind_record(mekong, CUTOFF), blind_record(_hindsight(mekong), CUTOFF)
    for name in ("entities", "relations", "evidence", "documents", "events"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), obj=name)


def test_a_leaking_record_is_refused(mekong) -> None:
    clean = blind_record(mekong, CUTOFF)
    told = clean.entities.assign(identifiers=["ofac:1", *[""] * (len(clean.entities) - 1)])
    for leaking in (mekong, blind_record(mekong, "2026-07-30"), replace(clean, entities=told)):
        with pytest.raises(DataError, match="leak"):
            backtest(mekong, cutoff=CUTOFF, record=leaking, judging=QUICK, measures=FEW)


def test_a_leak_would_show(make_case) -> None:
    """If acts were ties of the network, those acted on would lead; the record of the time does not know them."""
    many = {f"p{n:02d}": "operator" for n in range(20)}
    ties = [(f"a{n}", f"p{n:02d}", f"p{(n + 1) % 20:02d}", "associate_of", "", "") for n in range(20)]
    hits = [
        (f"s{n}_{m}", f"p{n:02d}", f"p{m:02d}", "associate_of", "", "") for n in (3, 11) for m in range(20) if m != n
    ]
    data = make_case(
        entities=many,
        relations=[*ties, *hits],
        evidence=[
            *((t[0], "d1", "supports", "reported") for t in ties),
            *((t[0], "d3", "supports", "reported") for t in hits),
        ],
        events=[("v", "2025-01-20", "designation", "p03;p11", "", None, "d3")],
        statuses={},
    )
    honest = backtest(data, cutoff="2024-12-31", measures=["degree"], judging=QUICK).rankings.set_index("ranking")
    assert honest.loc["degree", "roc_auc"] == 0.5
    with pytest.raises(DataError, match="not known by the cutoff"):
        backtest(data, cutoff="2024-12-31", record=blind_record(data, "2025-02-01"), measures=["degree"], judging=QUICK)


def _renamed(data: Dataset, names: dict[str, str]) -> Dataset:
    def cells(column: pd.Series) -> pd.Series:
        return column.map(lambda cell: ";".join(names.get(part, part) for part in cell.split(";")))

    def table(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
        turned = frame.assign(**{name: cells(frame[name]) for name in columns})
        return turned.sort_values("id", ignore_index=True)

    return replace(
        data,
        entities=table(data.entities, "id"),
        relations=table(data.relations, "source", "target"),
        events=table(data.events, "entities", "place"),
        costs=None,
    )


def test_ids_have_no_say(mekong) -> None:
    """Those designated later under the first ids of all, and under the last."""
    ids = mekong.entities["id"].tolist()
    order = np.random.default_rng(0).permutation(len(ids))
    names = {old: f"z{number:04d}" for old, number in zip(ids, order, strict=True)}
    names |= {"per_chen_zhi": "a0", "off_kok_an": "a1"}
    one = backtest(mekong, cutoff=CUTOFF, judging=QUICK).rankings
    other = backtest(_renamed(mekong, names), cutoff=CUTOFF, judging=QUICK).rankings
    values = [name for name in one if not name.endswith(("_low", "_high"))]
    pd.testing.assert_frame_equal(one[values], other[values])


def test_a_case_with_a_known_answer(make_case) -> None:
    ties = [(f"r{n}", "hub", f"q{n}", "associate_of", "", "") for n in range(8)]
    data = make_case(
        entities={"hub": "operator", **{f"q{n}": "operator" for n in range(8)}, "done": "operator"},
        relations=[*ties, ("r9", "done", "hub", "associate_of", "", "")],
        evidence=[(f"r{n}", "d1", "supports", "reported") for n in range(10) if n != 8],
        events=[("v0", "2024-03-01", "designation", "done", "", None, "d1"),
                ("v1", "2025-01-20", "designation", "hub;new", "", None, "d3")],
        statuses={},
    )  # fmt: skip
    data = replace(data, events=data.events.assign(entities=["done", "hub"]))
    found = backtest(data, cutoff="2024-12-31", measures=["degree"], judging=Judging(draws=50, k=1))
    assert (found.candidates, found.positives, found.known["already"]) == (9, 1, 1)
    table = found.rankings.set_index("ranking")
    for name in ("degree", "key_nodes"):
        assert table.loc[name, ["precision_at_5", "average_precision", "roc_auc"]].tolist() == [0.2, 1.0, 1.0]
    assert set(found.sets) == {("hub",)}
    assert found.entities.loc[0, "lead_days"] == 321


def test_bad_questions(mekong, case) -> None:
    with pytest.raises(DateError):
        backtest(mekong, cutoff="2025-13")
    with pytest.raises(DateError):
        backtest(mekong, cutoff=CUTOFF, horizon="soon")
    for wrong in ({"event": "raid"}, {"measures": ["fame"]}, {"dating": "guessed"}):
        with pytest.raises(UnknownNameError):
            backtest(mekong, cutoff=CUTOFF, judging=QUICK, **wrong)
    with pytest.raises(GraphError, match="was known"):
        backtest(case, cutoff="2000")


def test_foresights_agree_with_the_backtest(mekong) -> None:
    seen = foresights(mekong, measures=["degree"], first="2025-09", last="2025-09", draws=50)
    found = backtest(mekong, cutoff="2025-09-30", measures=["degree"], judging=QUICK)
    row = seen.scores.iloc[0]
    assert (row["candidates"], row["positives"]) == (found.candidates, found.positives)
    assert row["roc_auc"] == found.rankings.set_index("ranking").loc["degree", "roc_auc"]
    places = seen.places.set_index("id")["place"]
    assert places.reindex(found.entities["id"]).tolist() == found.entities["degree"].tolist()
    assert (seen.places["acted"].map(first_day) > "2025-09-30").all()
