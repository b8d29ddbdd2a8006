"""Networks as they may be in full: the record with ties that it may miss."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from netscam.analysis.keynodes.csr import CSR, csr_from_edges
from netscam.analysis.keynodes.missing.near import learn, near_pairs
from netscam.graph.sample import MISSING, stream

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
SHARPNESS = 2.0
"""Power of the learned probabilities: likely ties are favoured, since many unlikely ones together would join all."""
CERTAIN = 0.9


@dataclass(frozen=True, eq=False)
class Stacked:
    """Graphs on the same nodes, one behind the other.

    Parameters
    ----------
    indptr
        Shape (draws, n + 1).
    indices
        Neighbours of all graphs.
    offset
        Where each graph starts in ``indices``, shape (draws + 1,).
    """

    indptr: Ints
    indices: npt.NDArray[np.int32]
    offset: Ints


@dataclass(frozen=True, eq=False)
class Imputation:
    """How the missing ties of one record are drawn.

    Parameters
    ----------
    csr
        The record.
    ends, weight
        Pairs with a common neighbour and what their probabilities are proportional to, shape (p, 2) and (p,).
    wanted
        Missing ties between such pairs, as expected.
    """

    csr: CSR
    ends: Ints
    weight: Floats
    wanted: float

    def draw(self, strength: float, seed: int, number: int) -> CSR:
        """One full network, with the share ``strength`` of the expected ties put in."""
        rng = stream(seed, MISSING, number)
        added = self.ends[rng.random(len(self.ends)) < _scaled(self.weight, strength * self.wanted)]
        return csr_from_edges(self.csr.n, np.concatenate([self.csr.edges(), added]))

    def stack(self, strength: float, seed: int, numbers: range) -> Stacked:
        """Several full networks."""
        drawn = [self.draw(strength, seed, number) for number in numbers]
        sizes = [graph.indices.size for graph in drawn]
        return Stacked(
            np.array([graph.indptr for graph in drawn]),
            np.concatenate([graph.indices for graph in drawn]),
            np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        )


def imputation_of(csr: CSR, missing: float, rng: np.random.Generator) -> Imputation:
    """Learn from a record how its missing ties may be drawn.

    Only ties between nodes with a common neighbour are drawn: ties between strangers cannot be foreseen, and putting in
    as many at random as may be missing joins everything whichever set is taken.

    Parameters
    ----------
    csr
        The record.
    missing
        Share of all ties that the record misses.
    rng
        Stream for the ties that are hidden to learn from.
    """
    chance, near = learn(csr, missing, rng)
    wanted = csr.m * missing / (1.0 - missing)
    return Imputation(
        csr=csr,
        ends=near_pairs(csr).ends,
        weight=chance**SHARPNESS,
        wanted=near * wanted,
    )


def _scaled(weight: Floats, total: float) -> Floats:
    """Probabilities in proportion to ``weight`` that sum to ``total``, none above CERTAIN."""
    result = weight
    for _ in range(20):
        result = np.minimum(CERTAIN, result * (total / max(1e-300, float(result.sum()))))
    return result
