"""Tables and JSON on a terminal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from netscam.data.rules import RULES
from netscam.output.codebook import codebook, markdown_table
from netscam.output.printing import frame_text, json_ready, nested_text
from netscam.schema import load_schema


@dataclass(frozen=True)
class Result:
    nodes: tuple[str, ...]
    value: float


def test_text_left_numbers_right() -> None:
    frame = pd.DataFrame({"id": ["a", "bbb"], "value": [1.0, np.nan]})
    assert frame_text(frame) == "id   value\na        1\nbbb      -"


def test_an_empty_table_prints_its_header() -> None:
    assert frame_text(pd.DataFrame({"id": [], "name": []})) == "id  name"


def test_json_of_results() -> None:
    value = {
        "r": Result(("a",), np.float64("nan")),
        "t": pd.DataFrame({"x": [np.int64(1)]}),
        "p": Path("x"),
        "n": pd.NA,
    }
    assert json_ready(value) == {"r": {"nodes": ["a"], "value": None}, "t": [{"x": 1}], "p": "x", "n": None}


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_anything_plain_becomes_strict_json(value: object) -> None:
    json.loads(json.dumps(json_ready(value), allow_nan=False))


def test_nested_text() -> None:
    assert nested_text({"a": 1, "b": {"c": 0.123456}}).split() == ["a", "1", "b", "c", "0.1235"]


def test_codebook_has_everything() -> None:
    text = codebook()
    schema = load_schema()
    for names in (schema.entity_types, schema.relation_types, schema.statuses, *schema.vocabularies.values()):
        for name in names:
            assert f"`{name}`" in text or f"**{name}**" in text or f"{name}.csv" in text
    for table in schema.tables:
        assert f"## {table}.csv" in text
    for rule in RULES.names():
        assert f"| `{rule}` |" in text


def test_pipes_in_a_cell_are_escaped() -> None:
    assert markdown_table(["a"], [["x|y"]]).endswith("| x\\|y |")
