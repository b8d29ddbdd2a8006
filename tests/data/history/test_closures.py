"""Which sites are said to be closed, emptied or raided in a window."""

from __future__ import annotations

import pytest

from netscam.data.history.closures import ended_relations, site_events, unnamed_events, window
from netscam.errors import DateError, UnknownNameError


def test_events_of_a_window(case) -> None:
    table = site_events(case, "2025-01-10", "2025-02")
    assert table[["id", "state", "when", "certain", "event"]].to_numpy().tolist() == [
        ["site", "raided", "before", False, "v1"],
        ["park", "emptied", "window", False, "v3"],  # 2025-01 only touches the window
    ]
    assert site_events(case, "2025", "2025")["certain"].tolist() == [False, True]
    assert site_events(case, "2023", "2023")["when"].tolist() == ["after", "after"]


def test_the_place_of_an_event_is_not_its_subject(case) -> None:
    assert unnamed_events(case, "2025", "2025")["event"].tolist() == ["v4"]
    assert "v4" not in site_events(case, "2025", "2025")["event"].tolist()


def test_other_types_can_be_sites(case) -> None:
    assert site_events(case, "2025", "2025", types=["company"]).empty
    assert unnamed_events(case, "2025", "2025", types=["company"])["event"].tolist() == ["v3", "v4"]
    with pytest.raises(UnknownNameError):
        site_events(case, "2025", "2025", types=["farm"])


def test_ended_relations(case) -> None:
    assert ended_relations(case, "2025-03-15", "2025-04")["id"].tolist() == ["r2"]
    assert ended_relations(case, "2026", "2026").empty


def test_windows() -> None:
    assert window("2026", "2026-02") == ("2026-01-01", "2026-02-28")
    with pytest.raises(DateError):
        window("2026-02", "2026-01")
