"""The paper trail of a synthetic case: names, documents, graded evidence and events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netscam.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd

SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeo"]
SITES = (("KH", 12.6, 104.9), ("MM", 16.7, 98.5), ("LA", 20.4, 100.1), ("TH", 15.9, 101.0))
PREFIX = {"recruitment_account": "rec", "organization": "org", "company": "com", "compound": "cmp", "operator": "ope"}
KINDS = ("government", "court", "press", "press", "ngo", "academic")
GRADES = {"government": "AB", "court": "A", "press": "BCD", "ngo": "BC", "academic": "B"}
FIRST_YEAR, LAST_YEAR = 2019, 2025


def entity_rows(
    kinds: Sequence[str] | Any, cell: Sequence[int] | Any, rng: np.random.Generator, *, role: str = "", first: int = 0
) -> pd.DataFrame:
    """Entities of given types with invented names; ``cell`` and ``role`` are kept as extra columns."""
    import numpy as np
    import pandas as pd

    kinds, cell = np.asarray(kinds, dtype=object), np.asarray(cell)
    number = np.arange(first, first + len(kinds))
    labels = {name: kind.label for name, kind in load_schema().entity_types.items()}
    ids = [f"{PREFIX.get(kind, kind[:3])}_{n:06d}" for kind, n in zip(kinds, number, strict=True)]
    site = number % len(SITES)
    located = kinds == "compound"
    jitter = rng.uniform(-0.8, 0.8, (len(kinds), 2)).round(3)
    latitude = np.array([SITES[s][1] for s in site]) + jitter[:, 0]
    longitude = np.array([SITES[s][2] for s in site]) + jitter[:, 1]
    return pd.DataFrame(
        {
            "id": ids,
            "type": kinds,
            "name": _names(number, [labels[kind] for kind in kinds]),
            "aliases": "",
            "countries": [SITES[s][0] for s in site],
            "status": np.where(np.isin(kinds, ["operator", "company"]), "alleged", ""),
            "latitude": [f"{v:.3f}" if here else "" for v, here in zip(latitude, located, strict=True)],
            "longitude": [f"{v:.3f}" if here else "" for v, here in zip(longitude, located, strict=True)],
            "coordinate_precision": np.select([located, kinds == "address"], ["exact", "street"], ""),
            "identifiers": [f"synthetic:{n}" for n in number],
            "description": "Invented for testing.",
            "cell": cell,
            "role": role or np.where(cell < 0, "broker", "member"),
        }
    )


def _names(number: Any, labels: list[str]) -> list[str]:
    base = len(SYLLABLES)
    words = [
        SYLLABLES[(n * 7 + 3) % base] + SYLLABLES[(n // base) % base] + SYLLABLES[(n * 11) % base]
        for n in number.tolist()
    ]
    return [f"{word.capitalize()} {n} ({label})" for word, n, label in zip(words, number.tolist(), labels, strict=True)]


def record_tables(entities: pd.DataFrame, links: pd.DataFrame, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Documents and evidence for every relation, as text tables ready for ``build_dataset``."""
    import pandas as pd

    schema = load_schema()
    documents = _documents(max(12, len(links) // 4), rng)
    evidence = _evidence(links, documents, rng)
    relations = pd.DataFrame(
        {
            "id": links["id"],
            "source": links["source"],
            "target": links["target"],
            "relation": links["relation"],
            "start": _dates(len(links), rng, blank=0.5),
            "end": "",
            "share": _shares(links["relation"], rng),
            "description": "",
        }
    )
    corrections = pd.DataFrame({name: pd.Series([], dtype="str") for name in schema.columns("corrections")})
    return {
        "entities": entities[schema.columns("entities")],
        "relations": relations,
        "evidence": evidence,
        "documents": documents,
        "corrections": corrections,
    }


def _shares(relation: pd.Series[str], rng: np.random.Generator) -> list[str]:
    drawn = rng.integers(5, 101, len(relation))
    return [str(share) if kind == "owns" and share % 2 else "" for kind, share in zip(relation, drawn, strict=True)]


def _documents(count: int, rng: np.random.Generator) -> pd.DataFrame:
    import pandas as pd

    kind = [KINDS[i] for i in rng.integers(0, len(KINDS), count)]
    grade = [GRADES[k][i % len(GRADES[k])] for k, i in zip(kind, rng.integers(0, 6, count), strict=True)]
    copies = rng.random(count) < 0.2
    origin = [f"origin_{n - 1 if copy and n else n}" for n, copy in enumerate(copies)]
    ids = [f"d{n:06d}" for n in range(1, count + 1)]
    return pd.DataFrame(
        {
            "id": ids,
            "title": [f"Invented {k} document {n}" for n, k in enumerate(kind, start=1)],
            "publisher": [f"Invented {k} publisher {n % 9}" for n, k in enumerate(kind, start=1)],
            "kind": kind,
            "url": [f"https://example.org/{document}" for document in ids],
            "archived_url": "",
            "published": _dates(count, rng),
            "accessed": "2026-01-01",
            "language": "en",
            "reliability": grade,
            "origin_group": origin,
        }
    )


def _evidence(links: pd.DataFrame, documents: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One to three supporting rows a relation, weaker ones for false relations, and a few denials."""
    import numpy as np
    import pandas as pd

    true = links["true"].to_numpy(bool)
    rows = np.where(true, 1 + rng.binomial(2, 0.3, len(links)), 1)
    relation = np.repeat(np.arange(len(links)), rows)
    weak = documents.index[documents["reliability"].isin(["C", "D"])].to_numpy()
    document = rng.integers(0, len(documents), len(relation))
    document = np.where(true[relation] | (len(weak) == 0), document, rng.choice(weak, len(relation)))
    grade = np.where(
        true[relation], rng.choice(4, len(relation), p=[0.35, 0.4, 0.2, 0.05]) + 1, rng.integers(4, 6, len(relation))
    )
    status = np.array(["reported", "alleged", "designated", "charged"])[rng.integers(0, 4, len(relation))]
    denied = np.flatnonzero(rng.random(len(links)) < 0.02)
    table = pd.DataFrame(
        {
            "relation": links["id"].to_numpy()[np.concatenate([relation, denied])],
            "document": documents["id"].to_numpy()[
                np.concatenate([document, rng.integers(0, len(documents), len(denied))])
            ],
            "stance": ["supports"] * len(relation) + ["disputes"] * len(denied),
            "status": np.concatenate([status, np.full(len(denied), "denied")]),
            "credibility": np.concatenate([grade, np.full(len(denied), 6)]).astype(str),
        }
    ).drop_duplicates(["relation", "document", "stance"], ignore_index=True)
    table.insert(0, "id", [f"e{number:07d}" for number in range(1, len(table) + 1)])
    return table.assign(locator="", note="")


def events_table(entities: pd.DataFrame, documents: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Invented events of every type, at compounds and about operators."""
    import pandas as pd

    kinds = list(load_schema().vocabularies["event_types"])
    count = max(len(kinds), min(2000, len(entities) // 4))
    compounds = entities.loc[entities["type"] == "compound", "id"].to_numpy()
    subjects = entities.loc[entities["type"].isin(["operator", "company", "compound"]), "id"].to_numpy()
    kind = [kinds[n % len(kinds)] for n in range(count)]
    people = rng.integers(20, 3000, count)
    counted = {"raid", "arrest", "exodus"}
    return pd.DataFrame(
        {
            "id": [f"ev_{n:05d}" for n in range(1, count + 1)],
            "date": _dates(count, rng),
            "date_precision": "day",
            "type": kind,
            "entities": subjects[rng.integers(0, len(subjects), count)],
            "place": compounds[rng.integers(0, len(compounds), count)],
            "people": [str(p) if k in counted else "" for p, k in zip(people, kind, strict=True)],
            "summary": [f"Invented event: {k.replace('_', ' ')}" for k in kind],
            "document": documents["id"].to_numpy()[rng.integers(0, len(documents), count)],
        }
    )


def _dates(count: int, rng: np.random.Generator, *, blank: float = 0.0) -> list[str]:
    year = rng.integers(FIRST_YEAR, LAST_YEAR + 1, count)
    month, day = rng.integers(1, 13, count), rng.integers(1, 29, count)
    empty = rng.random(count) < blank
    return [
        "" if e else f"{y}-{m:02d}-{d:02d}"
        for y, m, d, e in zip(year.tolist(), month.tolist(), day.tolist(), empty, strict=True)
    ]
