"""How slow this computer is just now: the limits of strangers' files are for one that isn't."""

import zlib
from time import perf_counter

SAMPLE = bytes(range(256)) * 4_000
SAMPLE_S = 0.002
"""Seconds that one core of an AMD EPYC of 2024 takes to pack the sample in a slow moment."""

TRIES = 3
"""Somebody else's turn in the middle makes one of them longer."""

SLOWEST = 4.0
"""No computer that draws pictures is slower."""


def slowness() -> float:
    """Give by how much longer than that core this one takes: 1 to SLOWEST."""
    return min(max(min(_packing() for _ in range(TRIES)) / SAMPLE_S, 1.0), SLOWEST)


def _packing() -> float:
    began = perf_counter()
    zlib.compress(SAMPLE, 1)
    return perf_counter() - began
