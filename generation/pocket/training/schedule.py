"""How long each part of the pocket model is trained, on two CPU cores and on a GPU."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schedule:
    """Optimizer steps, AdamW's highest learning rate, and examples in a batch.

    As text it is what a checkpoint's file name ends with.
    """

    steps: int
    rate: float
    batch_size: int

    def __str__(self) -> str:
        return f"{self.steps}x{self.batch_size}"


Schedules = Mapping[str, Schedule]
"""One schedule for each part that is trained, by the part's name."""

LOOKS = Schedule(1800, 2e-4, 64)
"""Schedule of the network that reads portraits, on any device: two cores need a quarter of an hour.
It goes on from the one that is shipped, and would forget what that knows at a higher rate."""

SEEN = Schedule(600, 2e-3, 64)
"""Schedule of both readers of what SFace saw, on any device: a CPU has taught it in a minute. After
400 to 1,000 steps it is equally often right about real people."""

REGIONS = Schedule(4000, 2e-3, 32)
"""Schedule of the network that marks regions: two cores need ten minutes."""

FROM_SCRATCH: dict[str, Schedules] = {
    "cpu": {
        "autoencoder": Schedule(9000, 1e-3, 2),
        "text": Schedule(1600, 1e-3, 32),
        "image": Schedule(5000, 1e-3, 32),
        "unet": Schedule(30_000, 6e-4, 32),
        "photographs": Schedule(3000, 4e-4, 32),
    },
    "cuda": {
        "autoencoder": Schedule(20_000, 1.5e-3, 32),
        "text": Schedule(3000, 1e-3, 512),
        "image": Schedule(5000, 1e-3, 512),
        "unet": Schedule(25_000, 1e-3, 640),
        "photographs": Schedule(3000, 6e-4, 512),
    },
}
"""Schedules of a new model, by device. Steps of a GPU are so quick that its time is best spent on
large batches."""

FINE_TUNING: dict[str, Schedules] = {
    "cpu": {
        "text": Schedule(800, 3e-4, 32),
        "image": Schedule(4500, 6e-4, 32),
        "unet": Schedule(6000, 2e-4, 32),
        "photographs": Schedule(1200, 3e-4, 32),
        "looks": LOOKS,
        "seen": SEEN,
        "age": SEEN,
        "regions": REGIONS,
    },
    "cuda": {
        "autoencoder": Schedule(16_000, 1e-3, 32),
        "text": Schedule(3000, 5e-4, 512),
        "image": Schedule(5000, 1e-3, 512),
        "unet": Schedule(25_000, 1e-3, 640),
        "photographs": Schedule(3000, 6e-4, 512),
        "looks": LOOKS,
        "seen": SEEN,
        "age": SEEN,
        "regions": REGIONS,
    },
}
"""Schedules of a model that was trained before, by device. A part that is not named stays as it is:
a CPU has no time for a better autoencoder."""

POOL = {"cpu": 12_000, "cuda": 48_000}
"""Number of portraits that everything is taught with, by device."""

AUTOENCODER_POOL = 20_000
"""Number of them that the autoencoder needs at most: it can begin when these are drawn."""

READER_POOL = {"looks": 20_000, "seen": 9_000, "age": 9_000, "regions": 6_000}
"""Number of photographs that each network that reads photos is taught with."""
