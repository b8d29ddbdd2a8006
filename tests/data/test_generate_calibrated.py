"""Calibrated cases: valid, repeatable, and with grades that keep their word."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from netscam.data.dataset import read_dataset, write_dataset
from netscam.data.evidence import relation_probabilities, tie_factor
from netscam.data.generate_calibrated import Paper, generate_calibrated, true_dataset
from netscam.errors import UnknownNameError


def outcomes(seeds: int, paper: Paper | None = None) -> pd.DataFrame:
    """Stated probability and truth of every relation of some cases."""
    frames = []
    for seed in range(seeds):
        made = generate_calibrated(relations=160, cells=6, seed=seed, paper=paper)
        p = relation_probabilities(made.data) * tie_factor(made.data)
        frames.append(pd.DataFrame({"p": p, "true": ~p.index.isin(made.false_relations), "seed": seed}))
    return pd.concat(frames, ignore_index=True)


def test_a_calibrated_case_is_a_valid_dataset(tmp_path: Path) -> None:
    made = generate_calibrated(seed=2)
    folder = write_dataset(made.data, tmp_path / "calibrated")
    again = read_dataset(folder, strict=True)
    assert again.hash() == made.data.hash()
    assert again.synthetic
    assert made.data.evidence["stance"].value_counts()["disputes"] > 0
    assert 0 < len(made.false_relations) < len(made.data.relations)


def test_the_same_seed_gives_the_same_case() -> None:
    one, two, other = (generate_calibrated(seed=seed) for seed in (4, 4, 5))
    assert one.data.hash() == two.data.hash() != other.data.hash()
    assert one.false_relations == two.false_relations


def test_among_relations_of_one_probability_that_share_is_true() -> None:
    table = outcomes(30)
    table["bin"] = pd.cut(table["p"], [0.0, 0.45, 0.7, 0.85, 1.0])
    for _, rows in table.groupby("bin", observed=True):
        by_case = (rows["true"] - rows["p"]).groupby(rows["seed"]).agg(["sum", "size"])
        error = 4 * by_case["sum"].std() * len(by_case) ** 0.5 / by_case["size"].sum()
        assert error < 0.25
        assert rows["true"].mean() == pytest.approx(rows["p"].mean(), abs=error)


def test_origins_err_together_unless_told_otherwise() -> None:
    """The number of true relations varies between cases far more than if each were drawn alone."""
    spread = {}
    for together in (True, False):
        table = outcomes(16, Paper(together=together))
        excess = (table["true"] - table["p"]).groupby(table["seed"]).sum()
        alone = np.sqrt((table["p"] * (1 - table["p"])).groupby(table["seed"]).sum().mean())
        spread[together] = excess.std() / alone
    assert spread[True] > 2
    assert spread[False] < 1.4


def test_the_true_dataset_has_no_false_relation() -> None:
    made = generate_calibrated(seed=1)
    truth = true_dataset(made)
    assert not set(truth.relations["id"]) & set(made.false_relations)
    assert len(truth.relations) + len(made.false_relations) == len(made.data.relations)
    assert set(truth.evidence["relation"]) <= set(truth.relations["id"])
    assert truth.entities.equals(made.data.entities)


def test_documents_of_one_origin_are_graded_alike_or_one_worse() -> None:
    documents = generate_calibrated(seed=3, paper=Paper(origins=5, copies=4)).data.documents
    assert documents["origin_group"].nunique() == 5
    assert len(documents) == 20
    for _, rows in documents.groupby("origin_group"):
        grades = rows["reliability"].map("ABCDE".index)
        assert grades.max() - grades.min() <= 1
        assert grades.iloc[0] == grades.min()


def test_an_unknown_prior_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        generate_calibrated(prior="hopeful")
