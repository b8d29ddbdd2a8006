"""What must be settled before publishing, pseudonyms that cannot be turned back, and tombstones that hold."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from netscam.cli import cli
from netscam.data.dataset import Dataset, check_dataset, read_dataset, write_dataset
from netscam.data.publication import CHECKS, publication_problems
from netscam.data.resolve.merge import merge
from netscam.data.withdrawals import drop_entities, is_withdrawal
from netscam.output.exporters import EXPORTERS, export
from netscam.output.page.profiles import PROFILES, apply_profile
from netscam.schema import load_schema
from tests.fuzz import seeds

READY = {
    "licenses": [{"name": "CC0-1.0"}],
    "contributors": [{"title": "Somebody"}],
    "version": "1.0.0",
    "netscam": {"as_of": "2026", "caveat": "A caveat."},
}


@pytest.fixture
def tiny(tmp_path: Path) -> Dataset:
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, content in seeds.tiny().items():
        (folder / name).write_bytes(content)
    data = read_dataset(folder)
    return replace(data, package={**data.package, **READY})


def with_cell(data: Dataset, key: str, column: str, value: object) -> Dataset:
    entities = data.entities.copy()
    entities.loc[entities["id"] == key, column] = value
    return replace(data, entities=entities)


def test_shipped_datasets_are_ready_to_be_published(tiny: Dataset) -> None:
    for name in ("mekong", "example"):
        assert publication_problems(read_dataset(name)) == []
    assert publication_problems(tiny) == []


@pytest.mark.parametrize(
    ("key", "column", "value", "rule"),
    [
        ("f1", "identifiers", "passport:N123", "publication-private"),
        ("f1", "identifiers", "la-national-id:5", "publication-private"),
        ("f1", "description", "Born 1970-02-01", "publication-private"),
        ("f1", "description", "write to jane@example.org", "publication-private"),
        ("f1", "latitude", 11.5, "publication-private"),
        ("f1", "description", "A known trafficker", "publication-wording"),
        ("f1", "status", "convicted", "publication-status"),
    ],
)
def test_what_stands_in_the_way_is_named(tiny: Dataset, key: str, column: str, value: object, rule: str) -> None:
    problems = publication_problems(with_cell(tiny, key, column, value))
    assert {problem.rule for problem in problems} == {rule}
    assert problems[0].column == column
    assert problems[0].message.startswith(key)


def test_persons_without_a_document_and_packages_without_a_licence(tiny: Dataset) -> None:
    alone = replace(tiny, evidence=tiny.evidence[tiny.evidence["relation"] != "r3"])
    assert {p.rule for p in publication_problems(alone)} == {"publication-person"}
    bare = publication_problems(replace(tiny, package={}))
    assert [p.column for p in bare] == ["contributors", "licenses", "netscam.as_of", "netscam.caveat", "version"]
    assert all(entry.summary for entry in CHECKS)


def test_strict_is_the_checklist_of_the_command_line(tiny: Dataset, tmp_path: Path) -> None:
    ready, not_yet = tmp_path / "ready", tmp_path / "not"
    write_dataset(tiny, ready)
    write_dataset(replace(tiny, package={"name": "x"}), not_yet)
    assert CliRunner().invoke(cli, ["validate", str(ready), "--strict"]).exit_code == 0
    assert CliRunner().invoke(cli, ["validate", str(not_yet)]).exit_code == 0
    refused = CliRunner().invoke(cli, ["validate", str(not_yet), "--strict"])
    assert refused.exit_code == 1
    assert "licenses: is not stated" in refused.stderr
    assert "not ready to be published" in refused.stderr


def test_no_type_and_no_word_for_victims() -> None:
    words = json.dumps([*load_schema().entity_types, *load_schema().relation_types]).lower()
    assert not any(word in words for word in ("victim", "survivor", "worker", "trafficked"))


def test_pseudonyms_are_the_same_in_a_release_and_cannot_be_turned_back(tiny: Dataset) -> None:
    from netscam.output.page import page_html, profiles

    data = read_dataset("mekong")
    public = PROFILES["public"]
    seen, ids = apply_profile(data, public)
    assert len(ids) > 3
    assert apply_profile(read_dataset("mekong"), public)[1] == ids
    longer = replace(data, entities=data.entities.assign(description=data.entities["description"] + " "))
    other = apply_profile(longer, public)[1]
    assert set(other.values()) == set(ids.values())
    assert other != ids, "another release numbers anew"
    assert sorted(ids, key=str) != sorted(ids, key=lambda key: ids[key]), "the order is not that of the names"
    assert not set(ids) & set(seen.entities["id"])
    spoken_of = replace(tiny, evidence=tiny.evidence.assign(credibility="2"))
    html = page_html(spoken_of, profile="public")
    assert "withheld-001" in html
    assert "Bob Sample" not in html
    private = spoken_of.entities[spoken_of.entities["id"] == "f1"]
    assert profiles._salt(private) not in html, "the key by which numbers were dealt is not in the file"


TELLING = {
    "entities": "per_zoltan_quixby,operator,Zoltán Quíxby,,KH,alleged,,,,ofac:987654,He was here\n"
    "per_wanda_weakling,operator,Wanda Weakling,,KH,alleged,,,,,\n"
    "com_zoltan_quixby,company,Zoltan Quixby Trading,Wanda Fashion,KH,recorded,,,,,Owned by ZOLTAN-QUIXBY\n",
    "relations": "rel_quixby,per_zoltan_quixby,com_zoltan_quixby,owns,,,,By Zoltan\n"
    "rw,per_wanda_weakling,com_zoltan_quixby,owns,,,,\nr9,k1,com_zoltan_quixby,linked_to,,,,\n",
    "evidence": "ev_quixby,rel_quixby,d9,supports,alleged,2,Quixby p. 3,with Wanda\new,rw,dw,supports,alleged,5,,\n"
    "e9,r9,d9,supports,reported,2,,\n",
    "documents": "dw,Weak,Blog,press,https://example.org/w,,2025-10-14,,en,E,\nd9,On Zoltan Quixby,Quixby Press,press,"
    "https://example.org/?id=987654,https://example.org/quixby,2025-10-14,,en,B,zoltan_group\n",
    "events": "ev_zoltan,2026-01-15,day,exodus,c1;per_zoltan_quixby,c1,,Wanda Weakling left,d1\n",
    "corrections": "x2,2026-02-01,relations,rel_quixby,note changed,no. 987654 was wrong,d9\n"
    "x3,2026-02-02,entities,per_gerda_gone,withdrawn,wrong person,d2\n",
}


def test_no_part_of_the_public_page_tells_who_is_withheld(tmp_path: Path) -> None:
    from netscam.output.page import page_html

    for name, rows in seeds.tiny().items():
        (tmp_path / name).write_text(rows.decode() + TELLING.get(name.removesuffix(".csv"), ""))
    package = json.loads(seeds.tiny()["datapackage.json"])
    package |= {"title": "File on Zoltan Quixby", "netscam": {"caveat": "Quixby is innocent.", "as_of": "2026"}}
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    data = replace(read_dataset(tmp_path), name="quixby-case")
    html = page_html(data, profile="public").lower()
    for word in ("zoltan", "zoltán", "quixby", "quíxby", "987654", "wanda", "weakling", "gerda"):
        assert word not in html, html[max(0, html.find(word) - 60) :][:120]
    assert data.hash()[:12] not in html, "names could be tried until the hash of the full record fits"
    assert "file on (withheld-" in html
    assert "each statement" in html or "statements" in html, "a caveat that cannot be shown gives way to the usual one"


def withdrawn(data: Dataset, key: str) -> Dataset:
    """The dataset with an entity taken out and its tombstone set."""
    stones = data.corrections.head(1).assign(
        id="t1",
        date="2026-03-01",
        table="entities",
        row=key,
        what_changed="withdrawn",
        why="the wrong person",
        document="",
    )
    return replace(drop_entities(data, [key]), corrections=stones)


def test_what_is_withdrawn_is_in_no_output_and_does_not_come_back(tiny: Dataset, tmp_path: Path) -> None:
    clean = withdrawn(tiny, "f1")
    read, problems = check_dataset(write_dataset(clean, tmp_path / "clean"))
    assert read is not None, problems
    for name in EXPORTERS.names():
        out = tmp_path / "out" / name / ("x" + EXPORTERS[name].details["suffix"].strip("/"))
        export(read, name, out)
        for path in [out] if out.is_file() else out.iterdir():
            assert b"Bob Sample" not in path.read_bytes(), name
    both = merge([tiny, clean]).data
    assert "f1" not in set(both.entities["id"])
    assert set(both.relations["target"]) == {"c1", "a1"}
    assert "f1" in set(both.corrections["row"])
    again = replace(clean, entities=tiny.entities, relations=tiny.relations, evidence=tiny.evidence)
    data, found = check_dataset(write_dataset(again, tmp_path / "again"))
    assert data is None
    assert [problem.rule for problem in found] == ["withdrawn"]


def test_a_tombstone_of_one_dataset_does_not_hit_rows_of_another(tiny: Dataset) -> None:
    stones = tiny.corrections.assign(table="relations", row="r3", what_changed="Withdrawn: retracted")
    less = replace(
        tiny,
        name="less",
        relations=tiny.relations[tiny.relations["id"] != "r3"],
        evidence=tiny.evidence[tiny.evidence["relation"] != "r3"],
        corrections=stones,
    )
    both = merge([less, replace(tiny, name="whole", corrections=tiny.corrections.head(0))]).data
    assert "r3" in set(both.relations["id"])
    assert set(both.corrections["row"]) == {"less:r3"}
    assert is_withdrawal(" Withdrawn, see why")
    assert not is_withdrawal("row removed")
