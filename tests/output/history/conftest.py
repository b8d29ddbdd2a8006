"""The hand-made records of the tests of tables, here too."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from netscam.data.dataset import Dataset, read_dataset

HOME = Path(__file__).parents[2] / "data" / "history" / "conftest.py"


def _builder() -> Callable[..., Dataset]:
    spec = importlib.util.spec_from_file_location("history_case", HOME)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.build_case


@pytest.fixture(scope="session")
def make_case() -> Callable[..., Dataset]:
    """Builder of hand-made records."""
    return _builder()


@pytest.fixture(scope="session")
def case(make_case: Callable[..., Dataset]) -> Dataset:
    """The base case."""
    return make_case()


@pytest.fixture(scope="session")
def mekong() -> Dataset:
    """The shipped record."""
    return read_dataset("mekong")
