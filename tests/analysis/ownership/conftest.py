from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from netscam.analysis.ownership.holdings import Holdings, read_holdings

Rows = list[tuple[str, str, float | None]]


def relations_of(rows: Rows) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["source", "target", "share"])
    frame["share"] = frame["share"].astype(float)
    frame.insert(0, "id", [f"r{n:03}" for n in range(len(rows))])
    return frame


@pytest.fixture(scope="session")
def held() -> Callable[[Rows], Holdings]:
    """Holdings from rows of owner, entity and share in percent; None where it is missing."""
    return lambda rows: read_holdings(relations_of(rows))
