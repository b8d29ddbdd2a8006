"""The curated dataset with the lists of 2026, beside counts taken with pandas alone; skipped without the lists."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from netscam import read_dataset
from netscam.cli import cli
from netscam.data.dataset import Dataset, table_csv
from netscam.data.resolve.decisions import Decision
from netscam.data.resolve.enrich import enrich
from netscam.data.resolve.merge import merge
from netscam.data.resolve.pairs import find_duplicates
from netscam.data.resolve.score import compare_names


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def listed(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The scam designations of 2026 in the form of sdn.csv, read with add.csv and alt.csv by the importer."""
    from netscam.data.importers.registry import import_files

    folder = tmp_path_factory.mktemp("ofac")
    rows = read(shared / "lists" / "ofac_sea_scam_2026" / "entities.csv").to_dict("records")
    with (folder / "sdn.csv").open("w", encoding="utf-8", newline="") as file:
        for row in rows:
            kind = "-0- " if row["sdn_type"] == "entity" else row["sdn_type"]
            csv.writer(file).writerow([row["ent_num"], row["name"], kind, row["program"], *["-0- "] * 8])
    extra = shared / "lists" / "ofac_add_alt_2026-06"
    files = [folder / "sdn.csv", extra / "add.csv", extra / "alt.csv"]
    with import_files("ofac", files, name="ofac-2026", published="2026-06") as imported:
        return imported.dataset()


def test_every_listed_entity_is_found_by_its_number(listed: Dataset, shared: Path) -> None:
    curated = read_dataset("mekong")
    numbers = set(read(shared / "lists" / "ofac_sea_scam_2026" / "entities.csv")["ent_num"])
    cells = curated.entities["identifiers"].str.split(";").explode()
    named = set(cells[cells.str.startswith("ofac:", na=False)].str.removeprefix("ofac:"))
    found = enrich(curated, listed)
    assert len(found.matched) == len(numbers & named) > 200
    for name, before in curated.tables().items():
        after = found.data.tables()[name]
        assert table_csv(after[after["id"].isin(before["id"])].reset_index(drop=True)) == table_csv(before)
    assert found.added["evidence"] > 300


def test_join_with_decisions(listed: Dataset) -> None:
    curated = read_dataset("mekong")
    pairs = find_duplicates([curated, listed], least=0.8)
    across = pairs[(pairs["first_dataset"] == "mekong") & (pairs["second_dataset"] == "ofac-2026")]
    sure = across[across["reasons"].str.contains("same identifier ofac")]
    assert len(sure) > 200
    decisions = [
        Decision(*sorted((row.first, row.second)), "same", "test", "2026-11-24", row.reasons)
        for row in sure.itertuples()
    ]
    merged = merge([curated, listed], decisions)
    by_number = merge([curated, listed], same_identifier=["ofac"])
    assert set(merged.ids) <= set(by_number.ids)
    ofac = 1  # the office itself, which both have under another name
    assert len(merged.data.entities) == len(curated.entities) + len(listed.entities) - len(decisions) - ofac


def run(*words: str | Path) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, f"{words}: {result.output}"
    return result.stdout


def test_from_the_lists_to_the_fifty_percent_rule_by_commands(shared: Path, tmp_path: Path) -> None:
    scam = shared / "lists" / "ofac_sea_scam_2026"
    rows, links = read(scam / "entities.csv"), read(scam / "links.csv")
    wallets = read(scam / "crypto_addresses.csv")
    folder = tmp_path / "published"
    folder.mkdir()
    with (folder / "sdn.csv").open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
        for row in rows.to_dict("records"):
            remarks = [f"Digital Currency Address - {w.currency} {w.address}"
                       for w in wallets[wallets["ent_num"] == row["ent_num"]].itertuples()]  # fmt: skip
            remarks += [f"Linked To: {name}" for name in links.loc[links["source"] == row["ent_num"], "target_name"]]
            kind = "-0- " if row["sdn_type"] == "entity" else row["sdn_type"]
            text = f"{'; '.join(remarks)}." if remarks else "-0- "
            writer.writerow([int(row["ent_num"]), row["name"], kind, row["program"], *["-0- "] * 7, text])
        file.write("\x1a\r\n")
    extra = shared / "lists" / "ofac_add_alt_2026-06"
    lists, review, joined = tmp_path / "lists", tmp_path / "review.csv", tmp_path / "joined"
    run(
        "import",
        "ofac",
        folder / "sdn.csv",
        extra / "add.csv",
        extra / "alt.csv",
        "-o",
        lists,
        "--published",
        "2026-06",
    )
    imported = read_dataset(lists)
    assert imported.relations["relation"].eq("linked_to").sum() == len(links[["source", "target"]].drop_duplicates())
    assert imported.entities["type"].eq("wallet").sum() == wallets["address"].nunique()
    run("duplicates", "mekong", lists, "-o", review)
    with review.open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    for pair in pairs:
        if "same identifier ofac" in pair["reasons"] and pair["first_dataset"] != pair["second_dataset"]:
            pair |= {"decision": "same", "who": "Ann Analyst", "when": "2026-11-24", "why": "one entry number"}
    with review.open("w", encoding="utf-8", newline="") as file:
        writer_back = csv.DictWriter(file, pairs[0])
        writer_back.writeheader()
        writer_back.writerows(pairs)
    run("merge", "mekong", lists, "--decisions", review, "-o", joined)
    run("enrich", "mekong", "--with", f"ofac:{lists}", "-o", tmp_path / "enriched")
    for made in (lists, joined, tmp_path / "enriched"):
        run("validate", made)
    report = json.loads((joined / "merge_report.json").read_text(encoding="utf-8"))
    merged = read_dataset(joined)
    both = {f"ofac-{n}" for n in rows["ent_num"]} & set(report["ids"])
    assert len(both) == len([pair for pair in pairs if pair["decision"]]) > 200
    assert report["ids"][imported.entities.loc[imported.entities["type"] == "authority", "id"].item()] == "org_ofac"
    told = json.loads(run("ownership", joined, "--authority", "org_ofac", "--format", "json"))
    assert all(row["proof"] for row in told["rows"])
    assert set(merged.relations["relation"]) >= {"linked_to", "sanctioned_by", "registered_at"}


def test_better_than_plain_rapidfuzz_on_labelled_pairs(shared: Path) -> None:
    from rapidfuzz.fuzz import WRatio

    rows = read(shared / "lists" / "name_pairs" / "cases.csv").to_dict("records")
    same = [row["is_match"] == "true" for row in rows]
    kinds = ["person" if row["schema"] == "Person" else "organization" for row in rows]
    mine = [compare_names(r["name1"], r["name2"], k).likelihood for r, k in zip(rows, kinds, strict=True)]
    theirs = [WRatio(row["name1"].lower(), row["name2"].lower()) for row in rows]
    assert best_f1(same, mine) > best_f1(same, theirs) + 0.05


def best_f1(same: list[bool], score: list[float]) -> float:
    best = 0.0
    for threshold in sorted(set(score)):
        said = [value >= threshold for value in score]
        hits = sum(a and b for a, b in zip(same, said, strict=True))
        best = max(best, 2 * hits / (sum(same) + sum(said)))
    return best
