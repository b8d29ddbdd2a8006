"""Which pairs without a recorded tie look like tied ones: learned from the record by hiding ties in it again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from netscam.analysis.keynodes.csr import CSR, csr_from_edges

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
REPEATS = 4
"""How often ties are hidden to learn from."""
RIDGE = 1.0
NEWTON_STEPS = 40
MOST_PATHS = 20_000_000
"""Paths of two ties beyond which pairs are not looked at one by one."""


@dataclass(frozen=True, eq=False)
class NearPairs:
    """Pairs without a tie that have a common neighbour.

    Parameters
    ----------
    ends
        Shape (p, 2), smaller number first, in lexicographic order.
    features
        Shape (p, 7); see `near_pairs`.
    """

    ends: Ints
    features: Floats


def near_pairs(csr: CSR) -> NearPairs:
    """List the untied pairs with a common neighbour, with what tells likely ties from unlikely ones.

    Features: sum, product and difference of the log degrees, log of the common neighbours, root of the resource
    allocation index (Zhou, Lue and Zhang, European Physical Journal B 71, 2009), Jaccard index and its root.
    """
    from scipy import sparse

    degree = csr.degrees.astype(np.float64)
    if float((degree**2).sum()) > MOST_PATHS:
        return NearPairs(np.empty((0, 2), np.int64), np.empty((0, 7)))
    ties = sparse.csr_array((np.ones(csr.indices.size), csr.indices, csr.indptr), shape=(csr.n, csr.n))
    shared = sparse.triu(ties @ ties, k=1, format="csr")
    shared = sparse.csr_array(shared - shared.multiply(ties))
    shared.eliminate_zeros()
    shared.sort_indices()
    listed = shared.tocoo()
    u, v, common = listed.coords[0].astype(np.int64), listed.coords[1].astype(np.int64), listed.data
    share = sparse.diags_array(1.0 / np.maximum(degree, 1.0))
    allocation = np.asarray(sparse.csr_array(ties @ share @ ties)[u, v]).ravel() if u.size else np.empty(0)
    log = np.log(degree + 1.0)
    jaccard = common / np.maximum(degree[u] + degree[v] - common, 1.0)
    features = np.column_stack(
        [log[u] + log[v], log[u] * log[v], np.abs(log[u] - log[v]), np.log(common), np.sqrt(allocation), jaccard]
    )
    return NearPairs(np.column_stack([u, v]), np.column_stack([features, np.sqrt(jaccard)]))


def learn(csr: CSR, missing: float, rng: np.random.Generator) -> tuple[Floats, float]:
    """Hide ties again and learn which pairs hide one.

    Parameters
    ----------
    csr
        The record.
    missing
        Share of the ties to hide.
    rng
        Stream of random numbers.

    Returns
    -------
    probability, near
        Probability of a tie for every pair of ``near_pairs(csr)``, and the share of the hidden ties that such pairs
        held.
    """
    edges, pairs = csr.edges(), near_pairs(csr)
    known: list[Floats] = []
    hidden: list[npt.NDArray[np.bool_]] = []
    total = 0
    for _ in range(REPEATS if len(pairs.ends) else 0):
        away = rng.random(len(edges)) < missing
        seen = near_pairs(csr_from_edges(csr.n, edges[~away]))
        codes = edges[away] @ np.array([csr.n, 1])
        known.append(seen.features)
        hidden.append(np.isin(seen.ends @ np.array([csr.n, 1]), codes))
        total += int(away.sum())
    right = np.concatenate(hidden) if hidden else np.zeros(0, np.bool_)
    if not right.any():
        return np.zeros(len(pairs.ends)), 0.0
    return _logistic(np.concatenate(known), right.astype(np.float64), pairs.features), float(right.sum() / total)


def _logistic(features: Floats, right: Floats, asked: Floats) -> Floats:
    """Probabilities from a logistic regression with a small ridge, by damped Newton steps."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    known = np.column_stack([np.ones(len(features)), (features - mean) / spread])
    weights = np.zeros(known.shape[1])
    weights[0] = np.log(right.mean() / max(1e-9, 1.0 - right.mean()))
    ridge = RIDGE * np.eye(weights.size)
    ridge[0, 0] = 1e-9
    for _ in range(NEWTON_STEPS):
        chance = _sigmoid(known @ weights)
        curvature = (known * (chance * (1 - chance))[:, None]).T @ known + ridge
        step = np.linalg.solve(curvature, known.T @ (right - chance) - ridge @ weights)
        step *= min(1.0, 1.0 / max(1e-12, float(np.abs(step).max())))
        weights += step
        if np.abs(step).max() < 1e-5:
            break
    return _sigmoid(np.column_stack([np.ones(len(asked)), (asked - mean) / spread]) @ weights)


def _sigmoid(value: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(value, -30.0, 30.0))))
