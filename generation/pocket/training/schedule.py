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

FROM_SCRATCH: dict[str, Schedules] = {
    "cpu": {
        "autoencoder": Schedule(4500, 1e-3, 8),
        "text": Schedule(1600, 1e-3, 32),
        "image": Schedule(3400, 1e-3, 32),
        "unet": Schedule(30_000, 6e-4, 32),
    },
    "cuda": {
        "autoencoder": Schedule(5000, 1.2e-3, 512),
        "text": Schedule(800, 1e-3, 256),
        "image": Schedule(2000, 1e-3, 256),
        "unet": Schedule(6000, 1e-3, 1024),
    },
}
"""Schedules of a new model, by device. A GPU waits for Python, so large batches take it hardly
longer. These schedules were never run on a GPU; those of `FINE_TUNING` were."""

FINE_TUNING: dict[str, Schedules] = {
    "cpu": {
        "image": Schedule(4500, 6e-4, 32),
        "unet": Schedule(8000, 3.6e-4, 32),
    },
    "cuda": {
        "autoencoder": Schedule(2400, 1.2e-3, 512),
        "image": Schedule(700, 1e-3, 256),
        "unet": Schedule(1500, 1e-3, 1024),
    },
}
"""Schedules of a model that was trained before, by device. A part that is not named stays as it is:
the text encoder knows its words. A CPU has no time for a better autoencoder; the UNet learns the
new latents in a few hundred steps."""

DATASET_SIZE = {"cpu": 20_000, "cuda": 80_000}
"""Number of portraits that the UNet is trained with, by device."""
