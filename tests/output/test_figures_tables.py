"""Exported CSV: readable by anything, and no cell acts as a formula."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netscam.output.tables import FORMULA_STARTS, export_csv


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_text_that_begins_like_a_formula_is_guarded(start) -> None:
    for text in (f"{start}1+1", f"  {start}cmd"):
        assert cells(export_csv(pd.DataFrame({"a": [text]})))[1][0] == f"'{text}"


def test_numbers_are_left_alone() -> None:
    frame = pd.DataFrame({"f": [-1.5, float("nan"), 1e300, 0.1 + 0.2], "i": [-3, 0, 5, 10**12], "b": [True, False] * 2})
    assert export_csv(frame) == (
        "f,i,b\n-1.5,-3,true\n,0,false\n1e+300,5,true\n0.30000000000000004,1000000000000,false\n"
    )
    assert export_csv(frame[["f"]], digits=3).splitlines()[4] == "0.3"


def test_missing_values_are_empty() -> None:
    frame = pd.DataFrame({"a": pd.array([1, pd.NA], dtype="Int64"), "b": ["x", None], "c": [pd.NaT, pd.NaT]})
    assert export_csv(frame) == "a,b,c\n1,x,\n,,\n"


def test_quotes_line_ends_and_mark() -> None:
    text = export_csv(pd.DataFrame({"a": ['say "x"', "one,two", "line\nbreak"]}), bom=True)
    assert text.startswith("\ufeffa\n")
    assert "\r" not in text
    assert [row[0] for row in cells(text[1:])] == ["a", 'say "x"', "one,two", "line\nbreak"]


def test_column_names_are_guarded_too() -> None:
    assert export_csv(pd.DataFrame({"=x": [1]})).startswith("'=x\n")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1, max_size=8))
def test_any_text_comes_back(texts) -> None:
    back = [row[0] for row in cells(export_csv(pd.DataFrame({"a": texts, "b": 1})))[1:]]
    for text, found in zip(texts, back, strict=True):
        assert found == (f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text)
        assert not found.startswith(FORMULA_STARTS)


@given(st.floats(allow_infinity=False))
def test_any_number_comes_back(number) -> None:
    found = cells(export_csv(pd.DataFrame({"a": [number], "b": ["x"]})))[1][0]
    assert found == "" if np.isnan(number) else float(found) == number
