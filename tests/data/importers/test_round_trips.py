"""What netscam exports and reads again comes back with its types, standings and spans of shares."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from netscam import read_dataset
from netscam.data.dataset import Dataset
from netscam.output.exporters import export

Run = Callable[..., Any]


def by_name(data: Dataset, columns: list[str]) -> pd.DataFrame:
    frame = data.entities[["name", "type", "countries", *columns]].astype(object).fillna("")
    return frame.sort_values(["name", "type", "countries"]).reset_index(drop=True)


def test_followthemoney_keeps_types_standings_and_precision(run: Run, tmp_path: Path) -> None:
    before = read_dataset("mekong")
    path = export(before, "ftm", tmp_path / "m.ftm.json")
    after = run("opensanctions", {"m.ftm.json": path.read_text(encoding="utf-8")}).data
    bodies = [frame[frame["type"] != "authority"] for frame in (before.entities, after.entities)]
    assert len(bodies[0]) == len(bodies[1])
    for column in ("type", "status", "coordinate_precision"):
        counts = [frame[column].fillna("").value_counts().to_dict() for frame in bodies]
        assert counts[0] == counts[1], column
    charged = before.entities.loc[before.entities["status"].fillna("").ne(""), ["name", "status"]]
    named = after.entities.loc[after.entities["status"].fillna("").ne(""), ["name", "status"]]
    assert sorted(map(tuple, charged.to_numpy())) == sorted(map(tuple, named.to_numpy()))
    ofac = {item for cell in before.entities["identifiers"].dropna() for item in cell.split(";") if item[:5] == "ofac:"}
    back = {item for cell in after.entities["identifiers"].dropna() for item in cell.split(";")}
    kinds = ("wallet", "address", "place", "compound", "recruitment_account")
    elsewhere = before.entities.loc[before.entities["type"].isin(kinds), "identifiers"].fillna("")
    assert ofac - {item for cell in elsewhere for item in cell.split(";")} <= back


def test_a_foreign_summary_is_no_type(run: Run) -> None:
    record = {
        "id": "a",
        "schema": "Person",
        "properties": {"name": ["Ann"], "summary": ["type: compound; status: convicted"]},
    }
    entity = run("opensanctions", {"x.ftm.json": json.dumps(record)}).entity("a")
    assert (entity["type"], entity["status"]) == ("person", "")


def test_bods_keeps_spans_of_shares(run: Run, tmp_path: Path) -> None:
    share = {"minimum": 25, "exclusiveMaximum": 50}
    statements = [
        {"statementId": "s1", "recordId": "p", "recordType": "person", "recordDetails": {"names": [{"fullName": "P"}]}},
        {"statementId": "s2", "recordId": "k", "recordType": "entity", "recordDetails": {"name": "K"}},
        {
            "statementId": "s3",
            "recordId": "r",
            "recordType": "relationship",
            "statementDate": "2024-01-01",
            "recordDetails": {
                "subject": "k",
                "interestedParty": "p",
                "interests": [{"type": "shareholding", "share": share}],
            },
        },
    ]
    before = run("bods", {"x.json": json.dumps(statements)}).data
    path = export(before, "bods", tmp_path / "back.json")
    told = [s for s in json.loads(path.read_text(encoding="utf-8")) if s["recordType"] == "relationship"]
    assert [s["recordDetails"]["interests"][0]["share"] for s in told] == [share]
    after = run("bods", {"back.json": path.read_text(encoding="utf-8")}).data
    assert ", share 25 to under 50 %" in after.relations["description"].item()
