"""What a network is worth at one moment: efficiency, pairs, largest component, density."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netscam.analysis.dismantle.kernels.chance import below
from netscam.analysis.jit import kernel
from netscam.analysis.keynodes.kernels import component_labels

Ints = NDArray[np.int64]
Rows = NDArray[np.int32]
Words = NDArray[np.uint64]
Floats = NDArray[np.float64]


@kernel
def ones(word: np.uint64) -> int:
    """How many bits of a word are set."""
    x = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@kernel
def nearness_from(starts: Ints, ends: Rows, sources: Ints) -> float:
    """Sum of 1 / steps over all pairs of a source and a node that it reaches; 64 sources are walked at once."""
    n = len(starts) - 1
    words = (len(sources) + 63) // 64
    seen = np.zeros((n, words), np.uint64)
    for s in range(len(sources)):
        seen[sources[s], s // 64] |= np.uint64(1) << np.uint64(s % 64)
    front, fresh = seen.copy(), np.zeros((n, words), np.uint64)
    total, steps, found = 0.0, 0, 1
    while found:
        steps += 1
        found = 0
        for v in range(n):
            for k in range(words):
                fresh[v, k] = np.uint64(0)
            for e in range(starts[v], starts[v + 1]):
                w = ends[e]
                for k in range(words):
                    fresh[v, k] |= front[w, k]
            for k in range(words):
                new = fresh[v, k] & ~seen[v, k]
                fresh[v, k] = new
                if new:
                    found += ones(new)
        for v in range(n):
            for k in range(words):
                seen[v, k] |= fresh[v, k]
        total += found / steps
        front, fresh = fresh, front
    return total


@kernel
def nearness(starts: Ints, ends: Rows, exact: int, sources: int, chance: Words) -> float:
    """Sum of 1 / steps over ordered pairs: all of them up to ``exact`` nodes, beyond that from sampled ``sources``."""
    n = len(starts) - 1
    if n <= exact:
        return nearness_from(starts, ends, np.arange(n))
    chosen = np.empty(sources, np.int64)
    for i in range(sources):
        chosen[i] = below(chance, n)
    return nearness_from(starts, ends, chosen) * n / sources


@kernel
def measured(starts: Ints, ends: Rows, at_start: int, exact: int, sources: int, chance: Words, out: Floats) -> None:
    """Write efficiency, efficiency by the pairs of the start, connected pairs, largest component and density."""
    n = len(starts) - 1
    total = nearness(starts, ends, exact, sources, chance)
    sizes = component_labels(starts, ends, np.ones(n, np.bool_))[1]
    pairs, largest = 0.0, 0
    for size in sizes:
        pairs += size * (size - 1) / 2.0
        largest = max(largest, size)
    room = n * (n - 1.0)
    out[0] = total / room if n > 1 else 0.0
    out[1] = total / (at_start * (at_start - 1.0)) if at_start > 1 else 0.0
    out[2] = pairs
    out[3] = largest
    out[4] = len(ends) / room if n > 1 else 0.0
