from __future__ import annotations

import pandas as pd

from netscam.analysis.ownership.shells import CAUTION, shell_signals


def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    numbers = ("1984330", "1984331", "1999999", "2000000")
    entities = [(f"c{n}", "company", "", f"vg-company:{number};ofac:5546{n}") for n, number in enumerate(numbers)]
    entities += [("s", "address", "street", ""), ("t", "address", "city", ""), ("o", "person", "", "")]
    relations = [(f"a{n}", f"c{n}", "s", "registered_at", f"2019-03-0{n + 1}") for n in range(3)]
    relations += [(f"t{n}", f"c{n}", "t", "registered_at", "") for n in range(4)]
    relations += [(f"d{n}", "o", f"c{n}", "directs", "2019") for n in range(1, 4)]
    return (
        pd.DataFrame(entities, columns=["id", "type", "coordinate_precision", "identifiers"]),
        pd.DataFrame(relations, columns=["id", "source", "target", "relation", "start"]),
    )


def test_each_signal_names_its_companies_and_its_rows() -> None:
    found = shell_signals(*tables())
    assert [(s.kind, s.through, s.companies) for s in found] == [
        ("shared-address", "s", ("c0", "c1", "c2")),
        ("shared-officer", "o", ("c1", "c2", "c3")),
        ("registration-dates", "s", ("c0", "c1", "c2")),
        ("registration-numbers", "vg-company", ("c0", "c1")),
        ("registration-numbers", "vg-company", ("c2", "c3")),
    ]
    assert found[0].relations == ("a0", "a1", "a2")
    assert all(s.kind in CAUTION and s.reason for s in found)


def test_limits_are_kept() -> None:
    entities, relations = tables()
    assert {s.kind for s in shell_signals(entities, relations, smallest=4, gap=0)} == set()
    kinds = {s.kind for s in shell_signals(entities, relations, days=0, gap=0)}
    assert kinds == {"shared-address", "shared-officer"}


def test_row_order_does_not_matter() -> None:
    entities, relations = tables()
    assert shell_signals(entities, relations) == shell_signals(entities.iloc[::-1], relations.iloc[::-1])
