"""How far the mean of a sample can be from the mean of all, whatever they are."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

from netscam.analysis.large.size import FAILURE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass
class Running:
    """Sums over samples of numbers in [0, 1], one number per vertex and sample, taken in by batches of one size."""

    total: NDArray[np.float64]
    squares: NDArray[np.float64]
    count: int = 0
    batches: int = 0

    def add(self, values: NDArray[np.float64], count: int = 1) -> None:
        """Take in the sum of some samples."""
        self.total += values
        self.squares += (values / count) ** 2
        self.count += count
        self.batches += 1

    @property
    def mean(self) -> NDArray[np.float64]:
        """Mean of the samples."""
        return self.total / self.count

    def bound(self, population: int) -> float:
        """Largest error of any mean, held with probability ``1 - FAILURE`` for all vertices together.

        The smaller of Hoeffding's bound and the empirical Bernstein bound of Maurer and Pontil, each at half of the
        allowed failure and both valid for draws without replacement (the second is taken over the means of the
        batches). 0 where everything was drawn.

        Parameters
        ----------
        population
            How many numbers there are to draw from.

        References
        ----------
        Hoeffding, W. (1963). Probability inequalities for sums of bounded random variables. JASA 58, 13-30.
        Maurer, A., & Pontil, M. (2009). Empirical Bernstein bounds and sample variance penalization. COLT 2009.
        """
        if self.count >= population or not len(self.total):
            return 0.0
        hoeffding = hoeffding_error(self.count, len(self.total), FAILURE / 2)
        if self.batches < 2:
            return hoeffding
        spread = float((self.squares / self.batches - self.mean**2).max())
        variance = max(0.0, spread) * self.batches / (self.batches - 1)
        odds = log(4 * len(self.total) / (FAILURE / 2))
        bernstein = sqrt(2 * variance * odds / self.batches) + 7 * odds / (3 * (self.batches - 1))
        return min(hoeffding, bernstein)


def hoeffding_error(samples: int, vertices: int, failure: float) -> float:
    """Error of a mean of numbers in [0, 1] that no vertex exceeds but with the given probability.

    Examples
    --------
    >>> round(hoeffding_error(1000, 100_000, 0.1), 3)
    0.085
    """
    return sqrt(log(2 * vertices / failure) / (2 * samples))
