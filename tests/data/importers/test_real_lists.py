"""The real lists beside the checkout, counted independently with pandas alone."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

COUNTS = Path(__file__).resolve().parents[2] / "benchmarks" / "count_lists.py"
Checked = Callable[..., Any]


@pytest.fixture(scope="module")
def count() -> Any:
    spec = importlib.util.spec_from_file_location("count_lists", COUNTS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lists(shared: Path, name: str) -> Path:
    folder = shared / "lists" / name
    if not folder.exists():
        pytest.skip(f"{name} is not at hand")
    return folder


@pytest.fixture(scope="module")
def ofac(shared: Path, tmp_path_factory: pytest.TempPathFactory, import_checked: Checked) -> Any:
    files = [
        lists(shared, "ofac_sdn_2024-05") / "sdn.csv",
        *sorted(lists(shared, "ofac_add_alt_2026-06").glob("*.csv")),
    ]
    return import_checked("ofac", files, tmp_path_factory.mktemp("ofac"))


def test_ofac_every_record_is_read(ofac: Any, shared: Path, count: Any) -> None:
    counted = count.ofac(lists(shared, "ofac_sdn_2024-05") / "sdn.csv")
    parties = {kind: number for kind, number in ofac.report.read.items() if kind.startswith("party")}
    assert sum(parties.values()) == counted["records"] == 14_965
    assert parties["party: individual"] == counted["individual"]
    refused = ofac.report.drops["entity that netscam refuses [victim]"]
    assert ofac.data.entities["id"].str.fullmatch(r"ofac-\d+").sum() + refused == counted["records"]
    assert (ofac.data.entities["type"] == "wallet").sum() == counted["wallets_whole"]


def test_ofac_links(ofac: Any, shared: Path, count: Any) -> None:
    counted = count.ofac(lists(shared, "ofac_sdn_2024-05") / "sdn.csv")
    notes, drops = ofac.report.notes, ofac.report.drops
    unresolved = drops["Linked To with a name that is not on the list"]
    unresolved += drops["Linked To with a name that several parties bear"]
    cut = counted["links"] - counted["links_whole"]
    assert notes["Linked To resolved"] + unresolved == counted["links"] - cut
    assert notes["Linked To resolved"] > 6_300
    assert unresolved <= 12
    assert (ofac.data.relations["relation"] == "linked_to").sum() > 6_300


def test_ofac_addresses_and_names(ofac: Any, shared: Path, count: Any) -> None:
    folder = lists(shared, "ofac_add_alt_2026-06")
    counted = count.ofac_more(lists(shared, "ofac_sdn_2024-05") / "sdn.csv", folder / "add.csv", folder / "alt.csv")
    read, drops = ofac.report.read, ofac.report.drops
    assert (read["address"], read["other name"]) == (counted["addresses"], counted["names"])
    assert drops["address of a party that is not on the list"] == counted["addresses_of_others"]
    assert drops["other name of a party that is not on the list"] == counted["names_of_others"]
    assert drops["address without text"] == counted["addresses_empty"]
    assert (ofac.data.entities["type"] == "address").sum() == pytest.approx(counted["addresses_distinct"], rel=0.01)


def test_followthemoney(shared: Path, count: Any, tmp_path: Path, import_checked: Checked) -> None:
    folder = lists(shared, "ftm_sample_opensanctions_2024-03")
    ran = import_checked("opensanctions", [folder], tmp_path)
    counted = count.ftm(folder / "entities.ftm.json")
    assert dict(ran.report.read) == counted["schemata"]
    assert len(ran.data.entities) == counted["things"]
    assert len(ran.relations("family_of")) == counted["family_pairs"]
    assert ran.report.drops["Occupancy without post"] == counted["occupancies_without_post"]
    simple = import_checked("opensanctions", [folder / "targets.simple.csv"], tmp_path / "simple")
    assert len(simple.data.entities) == count.rows(folder / "targets.simple.csv")


def test_panama_power_players(shared: Path, count: Any, tmp_path: Path, import_checked: Checked) -> None:
    folder = lists(shared, "panama_power_players")
    ran = import_checked("icij", [folder / "merged_nodes.csv", folder / "merged_edges.csv"], tmp_path)
    counted = count.linkurious(folder / "merged_nodes.csv", folder / "merged_edges.csv")
    assert len(ran.data.entities) == counted["nodes"]
    assert len({frozenset((s, t)) for s, _, t in ran.relations()}) == counted["pairs"]


def test_every_bods_example(shared: Path, tmp_path: Path, import_checked: Checked) -> None:
    examples = sorted((lists(shared, "bods_standard") / "examples").glob("*.json"))
    for path in examples:
        ran = import_checked("bods", [path], tmp_path / path.stem)
        assert sum(number for kind, number in ran.report.read.items() if kind.startswith("statement")) > 0
        assert "relation with an end that is not among the entities" not in ran.report.drops, path.name


def test_transcribed_scam_designations(shared: Path, count: Any, tmp_path: Path, import_checked: Checked) -> None:
    folder = lists(shared, "ofac_sea_scam_2026")
    ran = import_checked("table", [folder / "entities.csv", folder / "links.csv"], tmp_path)
    assert len(ran.data.entities) == count.rows(folder / "entities.csv")
    assert sum(ran.report.drops.values()) + len(ran.data.relations) == count.rows(folder / "links.csv")
