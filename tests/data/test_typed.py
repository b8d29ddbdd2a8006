"""Rows in id order."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netscam.data.typed import LONGEST, id_order, in_order

IDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST // 2)
DTYPES = [pd.StringDtype("pyarrow", na_value=np.nan), object]


@pytest.mark.parametrize("dtype", DTYPES)
@given(ids=st.lists(IDS | st.text("ab", max_size=LONGEST + 1) | st.text("a\0", max_size=LONGEST + 1)))
@settings(deadline=None)
def test_ids_are_sorted_by_their_bytes_and_equal_ones_keep_their_order(dtype, ids):
    order = id_order(pd.Series(ids, dtype=dtype))
    assert order.tolist() == sorted(range(len(ids)), key=lambda row: ids[row].encode())


@pytest.mark.parametrize("length", [1, 8, 9, 16, 17, LONGEST, LONGEST + 1])
def test_rows_follow_their_ids_whatever_the_length(length):
    rng = np.random.Generator(np.random.PCG64(length))
    ids = sorted({"".join(word) for word in rng.choice(list("-.09AZ_az"), (500, length))})
    frame = pd.DataFrame({"id": pd.Series(ids, dtype="str"), "number": np.arange(len(ids))})
    mixed = frame.take(rng.permutation(len(ids))).reset_index(drop=True)
    pd.testing.assert_frame_equal(in_order(mixed, id_order(mixed["id"])), frame)
    assert in_order(frame, id_order(frame["id"])) is frame


def test_a_part_of_a_longer_column_is_sorted_alone():
    whole = pd.Series(["z", "b", "a", "c", "A"], dtype=DTYPES[0])
    assert id_order(whole[1:4]).tolist() == [1, 0, 2]


@pytest.mark.parametrize("dtype", DTYPES)
def test_missing_ids_come_last_in_the_order_in_which_they_stand(dtype):
    assert id_order(pd.Series(["b", "a", None, "", None], dtype=dtype)).tolist() == [3, 1, 0, 2, 4]


def test_a_nul_is_a_byte_like_any_other():
    assert id_order(pd.Series(["b", "a\0\0", "a\0", "a"], dtype=DTYPES[0])).tolist() == [3, 2, 1, 0]
