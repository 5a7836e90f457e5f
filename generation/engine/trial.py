"""Whether another way of computing gives right results, and faster, on this very device.

Imports torch.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

ROUNDS = 3
TOLERANCE = {torch.float32: 1e-3, torch.float16: 2e-2, torch.bfloat16: 1e-1}
"""The difference that still counts as right, as a share of the output's largest value.

Sums in another order differ by less, a wrong channel by far more."""

Clock = Callable[[], float]
"""Gives seconds."""


def same(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Say whether two outputs differ by no more than rounding."""
    tolerance = TOLERANCE[one.dtype]
    plain, tried = one.float(), other.float()
    return bool((plain - tried).abs().max() <= tolerance * plain.abs().max())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a trial: the seconds of each way's fastest call.

    The fastest ones are compared: whatever else the machine does can only slow a call down.
    """

    right: bool
    known: float
    other: float

    @property
    def better(self) -> bool:
        return self.right and self.other < self.known


def compare(
    known: Callable[[], torch.Tensor],
    other: Callable[[], torch.Tensor],
    clock: Clock = time.perf_counter,
    prepare: Callable[[bool], object] = bool,
) -> Verdict:
    """Call both by turns. `prepare` is told before each call whether it is the other's."""
    times: Sequence[list[float]] = ([], [])
    for _ in range(ROUNDS + 1):
        outputs: list[torch.Tensor] = []
        for is_other, call in enumerate((known, other)):
            prepare(bool(is_other))
            began = clock()
            outputs.append(call().cpu())  # which waits for the device
            times[is_other].append(clock() - began)
    # The first round is left out: it also does what is done only once.
    return Verdict(same(*outputs), min(times[0][1:]), min(times[1][1:]))
