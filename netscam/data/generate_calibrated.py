"""Synthetic cases whose grades keep their word: the truth behind every claim is drawn from the grades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from netscam.data.evidence import find_prior
from netscam.data.generate import Generated, generate
from netscam.data.typed import typed_table
from netscam.schema import Prior

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

GRADES = ("A", "B", "C", "D", "E")
GRADE_SHARES = (0.2, 0.35, 0.25, 0.15, 0.05)
CREDIBILITY_SHARES = (0.35, 0.35, 0.2, 0.1)
DENIED = 0.04


@dataclass(frozen=True)
class Paper:
    """How the paper trail of a calibrated case is made.

    Parameters
    ----------
    origins
        Number of origin groups. The first ones stand behind most claims, as sanctions lists do.
    copies
        Documents of each origin group: it and those that copied from it, each with the grade of the first or one worse.
    repeats
        Further documents of the same origin that repeat a claim: 0 to this number.
    confirmed
        Share of the claims that a second origin makes too.
    together
        Whether the documents of an origin are reliable or worthless together; otherwise each claim is drawn apart.
    """

    origins: int = 12
    copies: int = 3
    repeats: int = 2
    confirmed: float = 0.25
    together: bool = True


def generate_calibrated(
    *,
    relations: int = 160,
    cells: int = 6,
    planted: int = 3,
    errors: float = 0.3,
    prior: str | Prior = "default",
    paper: Paper | None = None,
    seed: int = 0,
    name: str = "calibrated",
) -> Generated:
    """Make a case with erroneous and dependent documents, and a truth for which the grades are calibrated.

    The entities and relations are those of ``generate``; documents and evidence are made anew, and only then is it
    drawn what is true: an origin is reliable with the probability of its grade, a claim of a reliable origin is true
    with its credibility, a claim of a worthless one with the prior's ``base``. A relation is true if a supporting claim
    is true and no denial is; one that ends at an address must also be a tie, with the address's factor. Among all
    relations of one grade the share of true ones is then what the grade says, but in one case they err together.

    Parameters
    ----------
    relations, cells, planted, errors, seed, name
        As for ``generate``; ``errors`` adds random pairs to the planted structure.
    prior
        What the grades mean in this world.
    paper
        How the paper trail is made.

    Returns
    -------
    Generated
        A valid dataset that is marked synthetic. ``false_relations`` are those that the draw made false; the planted
        roles in ``truth`` are those of the structure before it.

    Raises
    ------
    GraphError
        The sizes do not fit together.
    UnknownNameError
        An unknown prior.
    """
    import numpy as np

    chosen, how = find_prior(prior), paper or Paper()
    made = generate(relations=relations, cells=cells, planted=planted, errors=errors, seed=seed, name=name)
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(7,))))
    documents = _documents(made.data.documents, how, rng)
    claims = _claims(made.data.relations, how, rng)
    evidence = _evidence(claims, how, rng)
    grade = documents.set_index("id")["reliability"]
    true = _truth(evidence.assign(reliability=evidence["document"].map(grade)), chosen, how, rng)
    ties = _ties(made.data.entities, made.data.relations, chosen, rng)
    held = made.data.relations["id"].map(true).to_numpy(bool) & ties
    columns = list(made.data.evidence.columns)
    events = made.data.events.assign(document=documents["id"].iloc[0])
    data = replace(
        made.data,
        documents=typed_table("documents", documents),
        evidence=typed_table("evidence", evidence[columns]),
        events=events,
    )
    false = tuple(made.data.relations["id"][~held])
    return Generated(data, made.truth, false)


def true_dataset(made: Generated) -> Any:
    """The case without its false relations: what a perfect record would hold."""
    data = made.data
    relations = data.relations[~data.relations["id"].isin(made.false_relations)].reset_index(drop=True)
    evidence = data.evidence[data.evidence["relation"].isin(relations["id"])].reset_index(drop=True)
    return replace(data, relations=relations, evidence=evidence)


def _documents(like: pd.DataFrame, how: Paper, rng: np.random.Generator) -> pd.DataFrame:
    """``copies`` documents of every origin; the row of another document lends date and publisher."""
    import numpy as np
    import pandas as pd

    count = how.origins * how.copies
    first = rng.choice(len(GRADES), how.origins, p=GRADE_SHARES)
    worse = np.arange(how.copies) > 0
    grade = np.minimum(first[:, None] + worse * rng.integers(0, 2, (how.origins, how.copies)), len(GRADES) - 1)
    rows = like.iloc[np.arange(count) % len(like)].reset_index(drop=True)
    ids = [f"d{number:06d}" for number in range(1, count + 1)]
    origin = np.repeat(np.arange(how.origins), how.copies)
    fresh = {
        "id": ids,
        "title": [f"Invented document {number} of origin {o}" for number, o in enumerate(origin, start=1)],
        "url": [f"https://example.org/{document}" for document in ids],
        "reliability": [GRADES[g] for g in grade.ravel()],
        "origin_group": [f"origin_{o}" for o in origin],
    }
    return pd.DataFrame({**{column: rows[column] for column in rows.columns}, **fresh})


def _claims(relations: pd.DataFrame, how: Paper, rng: np.random.Generator) -> pd.DataFrame:
    """Which origin supports or disputes which relation, with its credibility."""
    import numpy as np
    import pandas as pd

    size = len(relations)
    share = 1.0 / np.arange(1, how.origins + 1)
    share /= share.sum()
    first = rng.choice(how.origins, size, p=share)
    second = (first + 1 + rng.integers(0, max(1, how.origins - 1), size)) % how.origins
    twice = np.flatnonzero((rng.random(size) < how.confirmed) & (second != first))
    denied = np.flatnonzero(rng.random(size) < DENIED)
    row = np.concatenate([np.arange(size), twice, denied])
    return pd.DataFrame(
        {
            "relation": relations["id"].to_numpy()[row],
            "origin": np.concatenate([first, second[twice], rng.choice(how.origins, len(denied))]),
            "stance": ["supports"] * (size + len(twice)) + ["disputes"] * len(denied),
            "credibility": rng.choice(4, len(row), p=CREDIBILITY_SHARES) + 1,
        }
    )


def _evidence(claims: pd.DataFrame, how: Paper, rng: np.random.Generator) -> pd.DataFrame:
    """Rows of the documents that make each claim: the origin's first document, and copies with the same grade."""
    import numpy as np

    repeats = 1 + rng.integers(0, 1 + min(how.repeats, how.copies - 1), len(claims))
    rows = claims.iloc[np.repeat(np.arange(len(claims)), repeats)].reset_index(drop=True)
    nth = rows.groupby(["relation", "origin", "stance"]).cumcount().to_numpy()
    number = rows["origin"].to_numpy() * how.copies + nth + 1
    ids = [f"e{n:07d}" for n in range(1, len(rows) + 1)]
    status = np.where(rows["stance"].eq("disputes"), "denied", "reported")
    return rows.assign(
        id=ids,
        document=[f"d{n:06d}" for n in number],
        credibility=rows["credibility"].astype(str),
        status=status,
        locator="",
        note="",
    )


def _truth(rows: pd.DataFrame, prior: Prior, how: Paper, rng: np.random.Generator) -> Mapping[str, bool]:
    """Tell the story forward: origins turn out reliable or not, then their claims true or not, then relations."""
    rows = rows.assign(
        r=rows["reliability"].map(dict(prior.reliability)).astype(float),
        c=rows["credibility"].map(dict(prior.credibility)).astype(float),
    )
    rows = rows.assign(p=rows["r"] * rows["c"] + (1 - rows["r"]) * prior.base)
    best = rows.sort_values(["relation", "stance", "origin", "p"], ascending=[True, True, True, False], kind="stable")
    best = best.drop_duplicates(["relation", "stance", "origin"])
    luck: dict[tuple[int, str], float] = {}
    true: dict[str, bool] = {}
    denied: set[str] = set()
    for row in best.to_dict("records"):
        draw = luck.setdefault((row["origin"], row["stance"]), float(rng.random()))
        reliable = (draw if how.together else float(rng.random())) < row["r"]
        right = float(rng.random()) < (row["c"] if reliable else prior.base)
        if row["stance"] == "supports":
            true[row["relation"]] = true.get(row["relation"], False) or right
        elif right:
            denied.add(row["relation"])
    return {relation: held and relation not in denied for relation, held in true.items()}


def _ties(entities: pd.DataFrame, relations: pd.DataFrame, prior: Prior, rng: np.random.Generator) -> Any:
    """Whether each relation is a tie at all: only in doubt at addresses, which are street-level here."""
    addresses = set(entities.loc[entities["type"] == "address", "id"])
    at_address = relations["source"].isin(addresses) | relations["target"].isin(addresses)
    return ~at_address.to_numpy() | (rng.random(len(relations)) < prior.address["street"])
