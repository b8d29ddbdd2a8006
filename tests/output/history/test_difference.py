"""What a record learned between two dates."""

from __future__ import annotations

import pytest

from netscam.errors import DateError
from netscam.output.history.difference import difference


def rows(found, table: str) -> list[list[str]]:
    chosen = found.changes[found.changes["table"] == table]
    return chosen[["id", "change", "column", "documents"]].to_numpy().tolist()


def test_a_small_case(case) -> None:
    found = difference(case, "2024-12-31", "2025-02-01", k=1)
    assert rows(found, "entities") == [
        ["auth", "new", "", "d3"],
        ["boss", "changed", "acts", "d3"],
        ["late", "new", "", "d3"],
    ]
    assert rows(found, "relations") == [
        ["r2", "changed", "evidence", "d3"],
        ["r2", "changed", "probability", "d3"],
        ["r2", "changed", "status", "d3"],
        ["r4", "new", "", "d3"],
        ["r5", "new", "", "d3"],
    ]
    assert rows(found, "events") == [[f"v{n}", "new", "", "d3"] for n in (2, 3, 4)]
    assert found.documents[["id", "new", "changed"]].to_numpy().tolist() == [["d3", 7, 4]]
    status = found.changes[found.changes["column"] == "status"].iloc[0]
    assert [status["before"], status["after"]] == ["alleged", "designated"]
    assert found.key_nodes["before"]["nodes"] == found.key_nodes["after"]["nodes"] == ["firm"]
    assert [found.size[name]["edges"] for name in ("before", "after")] == [4, 5]
    assert found.ranks.set_index("id").loc["late", "betweenness_before"] != 0


def test_an_end_that_becomes_known_is_a_change(case) -> None:
    found = difference(case, "2025-02-20", "2025-03-10", k=0)
    assert rows(found, "relations") == [["r2", "changed", "end", ""]]
    assert found.documents.empty


@pytest.mark.parametrize("date", ["2000", "2024-03-05", "2025-10-14", "2027"])
def test_no_time_no_change(mekong, date: str) -> None:
    found = difference(mekong, date, date, k=0, measures=["degree"])
    assert found.changes.empty
    assert found.documents.empty
    assert found.ranks["degree_change"].fillna(0).eq(0).all()
    assert found.size["before"] == found.size["after"] or date == "2000"  # NaN density of nothing


def test_what_is_new_adds_up(mekong) -> None:
    """Two steps bring together what one step does."""
    days = ("2025-09-30", "2025-10-14", "2025-11-30")
    new = [
        set(map(tuple, found.changes.loc[found.changes["change"].eq("new"), ["table", "id"]].to_numpy().tolist()))
        for found in (
            difference(mekong, one, other, k=0, measures=["degree"])
            for one, other in ((days[0], days[1]), (days[1], days[2]), (days[0], days[2]))
        )
    ]
    assert new[0] | new[1] == new[2]
    assert not new[0] & new[1]


def test_every_new_row_names_a_document_of_the_time(mekong) -> None:
    found = difference(mekong, "2025-10-13", "2025-10-14")
    fresh = set(found.documents["id"])
    assert set(mekong.documents.set_index("id").loc[list(fresh), "published"]) == {"2025-10-14"}
    for cell in found.changes.loc[found.changes["change"].eq("new"), "documents"]:
        assert cell
        assert set(cell.split(";")) <= fresh
    assert set(found.key_nodes["joined"]) == set(found.key_nodes["after"]["nodes"]) - set(
        found.key_nodes["before"]["nodes"]
    )
    assert set(found.to_dict()) == {"first", "second", "changes", "documents", "ranks", "key_nodes", "size"}


def test_the_earlier_date_comes_first(case) -> None:
    with pytest.raises(DateError, match="earlier"):
        difference(case, "2025", "2024")
