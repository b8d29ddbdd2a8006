"""Randomness inside igraph, set from a seed and handed back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def igraph_random(seed: int) -> Iterator[None]:
    """Let igraph draw from a generator of its own within the block.

    igraph has one source of random numbers per process, by default Python's ``random`` module. Inside the block it is
    a fresh ``random.Random(seed)``; afterwards it is the ``random`` module again, whose state has not moved. igraph
    cannot be asked which generator it had before, so one that a caller has set by hand has to be set again. Not for
    two threads at once.

    Parameters
    ----------
    seed
        Any integer.

    Examples
    --------
    >>> import igraph
    >>> with igraph_random(4):
    ...     first = igraph.Graph.Erdos_Renyi(n=9, m=9).get_edgelist()
    >>> with igraph_random(4):
    ...     first == igraph.Graph.Erdos_Renyi(n=9, m=9).get_edgelist()
    True
    """
    import random

    import igraph as ig

    ig.set_random_number_generator(random.Random(seed))
    try:
        yield
    finally:
        ig.set_random_number_generator(random)


def child_seeds(seed: int, count: int) -> list[int]:
    """Independent seeds from one; the first of many are the same as the first of few.

    Examples
    --------
    >>> child_seeds(0, 3)[:2] == child_seeds(0, 2)
    True
    """
    import numpy as np

    return [int(state) for state in np.random.SeedSequence(seed).generate_state(count, np.uint64)]
