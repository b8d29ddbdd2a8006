"""Months, quarters, years and spans."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netscam.data.history.periods import days_between, periods, record_span, span_end
from netscam.errors import DateError, GraphError


def test_known_periods() -> None:
    assert [p.label for p in periods("2025-11-30", "2026-02")] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert [(p.label, p.end) for p in periods("2024", "2024-02-10")] == [
        ("2024-01", "2024-01-31"),
        ("2024-02", "2024-02-29"),
    ]
    assert [(p.label, p.end) for p in periods("2025-03", "2025-04", "quarter")] == [
        ("2025-Q1", "2025-03-31"),
        ("2025-Q2", "2025-06-30"),
    ]
    assert [(p.label, p.end) for p in periods("2024-06", "2025", "year")] == [
        ("2024", "2024-12-31"),
        ("2025", "2025-12-31"),
    ]


def test_bad_periods() -> None:
    with pytest.raises(DateError, match="before"):
        periods("2025", "2024")
    with pytest.raises(GraphError, match="week"):
        periods("2025", "2025", "week")
    with pytest.raises(DateError):
        periods("25", "2025")


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)), st.integers(0, 400))
def test_months_leave_no_gap(first: datetime.date, days: int) -> None:
    last = first + datetime.timedelta(days=days)
    found = periods(first.isoformat(), last.isoformat())
    assert found[0].label == first.isoformat()[:7]
    assert found[-1].label == last.isoformat()[:7]
    numbers = [int(p.label[:4]) * 12 + int(p.label[5:]) for p in found]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


@pytest.mark.parametrize(
    ("date", "span", "end"),
    [
        ("2025-10-01", "24m", "2027-10-01"),
        ("2024-02-29", "1y", "2025-02-28"),
        ("2025-01-31", "1m", "2025-02-28"),
        ("2025-12", "10d", "2026-01-10"),
    ],
)
def test_span_end(date: str, span: str, end: str) -> None:
    assert span_end(date, span) == end


@pytest.mark.parametrize("span", ["", "24", "m", "0m", "-3m", "3 m", "9999y"])
def test_bad_spans(span: str) -> None:
    with pytest.raises(DateError):
        span_end("2025-10-01", span)


def test_days_between() -> None:
    assert days_between("2024-02-28", "2024-03-01") == 2


def test_record_span(case, make_case) -> None:
    assert record_span(case, "valid") == ("2020", "2025-02-01")
    assert record_span(case, "known") == ("2024-03-05", "2025-02-01")
    with pytest.raises(GraphError):
        record_span(case, "wall")
    with pytest.raises(DateError, match="start"):
        record_span(make_case(relations=[("r6", "shop", "park", "owns", "", "")], evidence=[]), "valid")
