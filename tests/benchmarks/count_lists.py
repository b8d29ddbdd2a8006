"""What the real lists hold, counted with pandas alone: the independent side of the importers' counts.

Run it beside ``netscam import``: ``python tests/benchmarks/count_lists.py [folder of the lists]``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

LISTS = Path(__file__).resolve().parents[3] / "shared" / "lists"


def plain(path: Path, **options: Any) -> pd.DataFrame:
    """A CSV as text, nothing converted."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding_errors="replace", **options)


def rows(path: Path) -> int:
    """Rows of a CSV with a header."""
    return len(plain(path))


def parties(path: Path) -> pd.DataFrame:
    """Parties of a primary file of OFAC, without the 0x1A line."""
    frame = plain(path, header=None)
    return frame[frame[0].str.isdigit()].replace("-0- ", "")


def ofac(path: Path) -> dict[str, int]:
    """Records, links and wallets of a primary file of OFAC; ``whole`` leaves out a last clause that was cut."""
    frame = parties(path)
    remarks = frame[11]
    cut = remarks.str.len() >= 1000
    whole = remarks.where(~cut, remarks.str.rpartition("; ")[0])
    wallet = r"Digital Currency Address - \S+ ([^\s;.]+)"
    return {
        "records": len(frame),
        "individual": int(frame[2].eq("individual").sum()),
        "entity": int(frame[2].eq("").sum()),
        "vessel": int(frame[2].eq("vessel").sum()),
        "aircraft": int(frame[2].eq("aircraft").sum()),
        "links": int(remarks.str.count("Linked To: ").sum()),
        "links_whole": int(whole.str.count("Linked To: ").sum()),
        "wallets": int(remarks.str.extractall(wallet)[0].nunique()),
        "wallets_whole": int(whole.str.extractall(wallet)[0].nunique()),
        "remarks_cut": int(cut.sum()),
    }


def ofac_more(primary: Path, add: Path, alt: Path) -> dict[str, int]:
    """Addresses and other names, and how many of them are of parties that the primary file has not."""
    known = set(parties(primary)[0])
    addresses = plain(add, header=None).replace("-0- ", "")
    addresses = addresses[addresses[0].str.isdigit()]
    names = plain(alt, header=None)
    names = names[names[0].str.isdigit()]
    ours = addresses[addresses[0].isin(known)]
    empty = ours[[2, 3, 4]].eq("").all(axis=1)
    text = ours.loc[~empty, [2, 3, 4]].agg(" ".join, axis=1).str.casefold()
    return {
        "addresses": len(addresses),
        "addresses_of_others": len(addresses) - len(ours),
        "addresses_empty": int(empty.sum()),
        "addresses_distinct": int(text.str.replace(r"\W+", " ", regex=True).str.strip().nunique()),
        "names": len(names),
        "names_of_others": int((~names[0].isin(known)).sum()),
    }


def ftm(path: Path) -> dict[str, Any]:
    """Schemata of FollowTheMoney entities, and what of their links can be read."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    frame = pd.DataFrame({"id": [r["id"] for r in records], "schema": [r["schema"] for r in records]})
    things = frame[~frame["schema"].isin(["Family", "Occupancy"])]
    family = [r["properties"] for r in records if r["schema"] == "Family"]
    pairs = {frozenset((p["person"][0], p["relative"][0])) for p in family}
    known = set(things["id"])
    return {
        "schemata": dict(Counter(frame["schema"])),
        "things": things["id"].nunique(),
        "family_pairs": sum(pair <= known and len(pair) == 2 for pair in pairs),
        "occupancies_without_post": sum(r["schema"] == "Occupancy" and "post" not in r["properties"] for r in records),
    }


def linkurious(nodes: Path, edges: Path) -> dict[str, int]:
    """Distinct nodes, and distinct pairs of nodes with an edge."""
    links = plain(edges)
    pairs = {frozenset(pair) for pair in zip(links["source"], links["target"], strict=True)}
    return {"nodes": plain(nodes)["id"].nunique(), "edges": len(links), "pairs": sum(len(pair) == 2 for pair in pairs)}


def main(folder: Path) -> None:
    """Print every count."""
    more = folder / "ofac_add_alt_2026-06"
    primary = folder / "ofac_sdn_2024-05" / "sdn.csv"
    panama = folder / "panama_power_players"
    found = {
        "ofac 2024-05": ofac(primary),
        "ofac 2022-12": ofac(folder / "ofac_sdn_2022-12" / "sdn.csv"),
        "ofac add and alt 2026-06 on 2024-05": ofac_more(primary, more / "add.csv", more / "alt.csv"),
        "followthemoney": ftm(folder / "ftm_sample_opensanctions_2024-03" / "entities.ftm.json"),
        "panama": linkurious(panama / "merged_nodes.csv", panama / "merged_edges.csv"),
        "scam designations": {n: rows(folder / "ofac_sea_scam_2026" / f"{n}.csv") for n in ("entities", "links")},
    }
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else LISTS)
