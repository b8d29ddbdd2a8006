"""Matching of names: precision and recall on labelled pairs beside plain rapidfuzz, and blocking of 400,000 names.

Run as ``python tests/benchmarks/bench_names.py [--fit] [--quick]``. The labelled pairs are split in two halves by the
groups of names that occur together, so that no name stands in both. ``--fit`` fits the weights on the first half and
prints them as ``weights.json``; every figure printed is of the second half, which the fit never sees. The blocking
part puts the labelled true pairs of companies among the names of GLEIF and counts how many are proposed; ``--quick``
takes 40,000 names. Needs the reference folder beside the checkout; says so and stops without it.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from netscam.data.resolve.align import align
from netscam.data.resolve.blocking import candidate_pairs
from netscam.data.resolve.names import Kind, read_name
from netscam.data.resolve.score import compare_forms, compare_names, features

LISTS = Path(__file__).resolve().parents[2] / ".." / "shared" / "lists"
RISING = ("shared", "covered", "whole", "initials", "variants", "script", "single")
AT_MOST = {"numbers": -1.5, "number_extra": -0.5}
PENALTY = 8.0
BASELINES: dict[str, Callable[[str, str], float]] = {
    "rapidfuzz WRatio": fuzz.WRatio,
    "rapidfuzz token_set_ratio": fuzz.token_set_ratio,
    "rapidfuzz token_sort_ratio": fuzz.token_sort_ratio,
    "rapidfuzz ratio": fuzz.ratio,
    "rapidfuzz Jaro-Winkler": JaroWinkler.similarity,
}
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pair:
    """A labelled pair."""

    first: str
    second: str
    kind: Kind
    same: bool
    fold: int


def read_pairs() -> list[Pair]:
    """Labelled pairs with a fold from 0 to 9; pairs that share a name have one fold."""
    with (LISTS / "name_pairs" / "cases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parent: dict[str, str] = {}

    def find(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for row in rows:
        parent[find(row["name1"].casefold())] = find(row["name2"].casefold())
    return [
        Pair(
            row["name1"],
            row["name2"],
            "person" if row["schema"] == "Person" else "organization",
            row["is_match"] == "true",
            int(hashlib.sha256(find(row["name1"].casefold()).encode()).hexdigest(), 16) // 7 % 10,
        )
        for row in rows
    ]


def fit(pairs: Iterable[Pair], kind: Kind) -> dict[str, float]:
    """Weights of a logistic regression with a ridge, each held to the sign that its meaning demands."""
    from scipy.optimize import minimize

    chosen = [pair for pair in pairs if pair.kind == kind]
    forms = [(read_name(pair.first, kind), read_name(pair.second, kind)) for pair in chosen]
    rows = [features(a, b, align(a, b)) for a, b in forms]
    names = list(rows[0])
    x = np.array([list(row.values()) for row in rows])
    y = np.array([pair.same for pair in chosen], float)
    scale = np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        z = (x / scale) @ weights
        ridge = PENALTY * np.r_[0.0, weights[1:]]
        value = np.sum(np.logaddexp(0, z) - y * z) + weights[1:] @ ridge[1:] / 2
        return float(value), (x / scale).T @ (1 / (1 + np.exp(-z)) - y) + ridge

    limits = [(None, None) if n == "constant" else (0, None) if n in RISING else (None, _limit(n, kind, s))
              for n, s in zip(names, scale, strict=True)]  # fmt: skip
    start = np.array([min(0.0, high or 0.0) for _, high in limits])
    weights = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=limits).x / scale
    return {name: round(float(value), 3) for name, value in zip(names, weights, strict=True) if abs(value) >= 5e-4}


def _limit(name: str, kind: Kind, scale: float) -> float:
    return AT_MOST.get(name, 0.0) * scale if kind == "organization" else 0.0


def curve(same: NDArray[np.bool_], score: Floats) -> tuple[float, float, float, float, float]:
    """Best F1 with its precision, recall and threshold, and average precision."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(same[order])
    last = np.r_[np.diff(score[order]) != 0, True]
    precision, recall = (hits / np.arange(1, len(same) + 1))[last], (hits / same.sum())[last]
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    best = int(np.argmax(f1))
    average = float(np.sum(np.diff(np.r_[0.0, recall]) * precision))
    return float(f1[best]), float(precision[best]), float(recall[best]), float(score[order][last][best]), average


def at(same: NDArray[np.bool_], said: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a decision."""
    hits = float((same & said).sum())
    precision, recall = hits / max(said.sum(), 1), hits / max(same.sum(), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


def report(pairs: list[Pair]) -> None:
    """Print the figures of the half that was held out."""
    kept = [pair for pair in pairs if pair.fold >= 5]
    same = np.array([pair.same for pair in kept])
    scores = {"netscam": np.array([compare_names(p.first, p.second, p.kind).likelihood for p in kept])}
    for name, function in BASELINES.items():
        scores[name] = np.array([function(p.first.lower(), p.second.lower()) for p in kept])
    print(f"{len(kept)} pairs held out, {same.sum()} of them the same\n")
    print(f"{'method':<28} {'avg prec':>8} {'best F1':>8} {'prec':>6} {'recall':>6} {'at':>7}")
    for name, score in scores.items():
        f1, precision, recall, threshold, average = curve(same, score)
        print(f"{name:<28} {average:8.3f} {f1:8.3f} {precision:6.3f} {recall:6.3f} {threshold:7.3f}")
    print("\nnetscam and the best baseline (WRatio) along the curve")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        mine = at(same, scores["netscam"] >= threshold)
        theirs = at(same, scores["rapidfuzz WRatio"] >= 65 + 35 * (threshold - 0.3) / 0.6)
        level = 65 + 35 * (threshold - 0.3) / 0.6
        print(f"at {threshold:.1f}: precision {mine[0]:.3f} recall {mine[1]:.3f} F1 {mine[2]:.3f}   |   "
              f"at {level:5.1f}: precision {theirs[0]:.3f} recall {theirs[1]:.3f} F1 {theirs[2]:.3f}")  # fmt: skip


def block(pairs: list[Pair], most: int | None) -> None:
    """Print time and recall of blocking among the names of GLEIF."""
    with gzip.open(LISTS / "gleif_names" / "gleif_lei_unique.csv.gz", "rt", encoding="utf-8", newline="") as file:
        names = [row["legal_name"] for row in csv.DictReader(file)][:most]
    planted = [pair for pair in pairs if pair.kind == "organization" and pair.same]
    rows = [*names, *(name for pair in planted for name in (pair.first, pair.second))]
    started = time.perf_counter(), time.process_time()
    forms = [read_name(name, "organization") for name in rows]
    found = candidate_pairs(forms)
    blocked = time.process_time() - started[1]
    likely = [compare_forms(forms[a], forms[b]).likelihood for a, b in found.pairs.tolist()]
    wall, cpu = time.perf_counter() - started[0], time.process_time() - started[1]
    places = {(len(names) + 2 * k, len(names) + 2 * k + 1) for k in range(len(planted))}
    met = places & set(map(tuple, found.pairs.tolist()))
    print(f"\n{len(rows)} names: {found.considered} pairs met, {len(found.pairs)} looked at closely, "
          f"{sum(p >= 0.5 for p in likely)} at 0.5 or more, {found.crowded} blocks too crowded")  # fmt: skip
    print(f"CPU {cpu:.1f} s ({blocked:.1f} s of it reading and blocking), wall {wall:.1f} s")
    print(
        f"{len(met)} of {len(planted)} planted true pairs are among the pairs looked at ({len(met) / len(planted):.1%})"
    )


def main(words: list[str]) -> int:
    """Fit if asked to, then report."""
    if not LISTS.is_dir():
        print("the reference folder is not beside the checkout; nothing to measure on")
        return 0
    pairs = read_pairs()
    if "--fit" in words:
        half = [pair for pair in pairs if pair.fold < 5]
        kinds: tuple[Kind, ...] = ("person", "organization")
        print(json.dumps({"about": ABOUT, "weights": {kind: fit(half, kind) for kind in kinds}}, indent=2))
        return 0
    report(pairs)
    if "--no-blocking" not in words:
        block(pairs, 40_000 if "--quick" in words else None)
    return 0


ABOUT = (
    "Weights of the features of score.py, fitted by tests/benchmarks/bench_names.py --fit on one half of a public set "
    "of labelled name pairs. Signs are held to what the features mean. For organizations the weights of numbers are "
    "at least as strong as set by hand: funds and series companies that differ in a number are different legal persons."
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
