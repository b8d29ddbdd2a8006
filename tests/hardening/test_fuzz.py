"""A short fuzz of a fixed seed: every kind of file that netscam reads, damaged; the long one is ``make fuzz``."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import pytest

pytest.importorskip("openpyxl", reason="openpyxl is not installed")
pytest.importorskip("defusedxml", reason="defusedxml is not installed")
from tests.fuzz.mutate import tricks
from tests.fuzz.targets import REFUSED, VALID, run_case, targets

TARGETS = targets()
TRICKS, DAMAGED = 4, 4
"""Cases of each kind of file: known tricks, dealt out among the kinds in turn, and damaged copies."""
WHERE_IT_TELLS = {
    "ofac sdn.xml": ("entity expansion", "external entity", "remote DTD", "deep elements"),
    "table xlsx": ("zip bomb", "zip of nothing"),
    "table json": ("deep but closed lists", "half a pair", "a number of 100,000 digits"),
    "table mapping.toml": ("deep tables",),
    "prior.json": ("deep lists", "1e999", "a number of 100,000 digits"),
    "decisions.csv": ("a cell of 1 MB", "deep objects"),
    "edge list": ("a number of 100,000 digits", "only NULs"),
    "datapackage.json": ("deep objects", "1e999", "half a pair"),
}
"""Tricks that a kind of file has to be tried with."""


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_files_are_read_or_refused_in_place(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    rng = random.Random(zlib.crc32(name.encode()))
    known = tricks(target.good)
    chosen = {*rng.sample(sorted(known), TRICKS), *WHERE_IT_TELLS.get(name, ())}
    contents = [known[label] for label in sorted(chosen)]
    contents += [target.mutate(target.good, rng) for _ in range(DAMAGED)]
    assert run_case(target, target.good, tmp_path / "good") == VALID
    for number, content in enumerate(contents):
        assert run_case(target, content, tmp_path / str(number)) in (VALID, REFUSED)


def test_what_xml_entities_would_read_is_not_read(tmp_path: Path) -> None:
    target = TARGETS["ofac sdn.xml"]
    for number, label in enumerate(WHERE_IT_TELLS["ofac sdn.xml"][:3]):
        outcome = run_case(target, tricks(target.good)[label], tmp_path / str(number))
        assert outcome == REFUSED or not (tmp_path / str(number) / "out" / "entities.csv").read_text().count("root:")
