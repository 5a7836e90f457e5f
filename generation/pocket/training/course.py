"""How each part of the pocket model is taught, on two CPU cores and on a GPU."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Course:
    """`rate` is AdamW's highest learning rate. It is written as checkpoints are named."""

    steps: int
    rate: float
    batch: int

    def __str__(self) -> str:
        return f"{self.steps}x{self.batch}"


Courses = Mapping[str, Course]
"""By part."""

FRESH: dict[str, Courses] = {
    "cpu": {
        "autoencoder": Course(4500, 1e-3, 8),
        "text": Course(1600, 1e-3, 32),
        "image": Course(3400, 1e-3, 32),
        "unet": Course(30_000, 6e-4, 32),
    },
    "cuda": {
        "autoencoder": Course(5000, 1.2e-3, 512),
        "text": Course(800, 1e-3, 256),
        "image": Course(2000, 1e-3, 256),
        "unet": Course(6000, 1e-3, 1024),
    },
}
"""By device. A GPU takes hardly longer for so large a batch: it waits for Python all the same. Its
course from the beginning was never run; the one below was, on a card with memory to spare."""

FURTHER: dict[str, Courses] = {
    "cpu": {
        "image": Course(4500, 6e-4, 32),
        "unet": Course(8000, 3.6e-4, 32),
    },
    "cuda": {
        "autoencoder": Course(2400, 1.2e-3, 512),
        "image": Course(700, 1e-3, 256),
        "unet": Course(1500, 1e-3, 1024),
    },
}
"""Of a model that has been trained before: it knows the words. What isn't named stays as it is.
New latents, which a CPU has no time for, the UNet learns in a few hundred steps."""

POOL = {"cpu": 20_000, "cuda": 80_000}
"""Portraits that the UNet is taught with."""
