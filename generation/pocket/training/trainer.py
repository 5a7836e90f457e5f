"""Trains one network: goes on where it was cut off, and plots how the loss fell."""

from collections.abc import Callable, Iterator
from math import cos, pi
from pathlib import Path

import torch
from PIL import Image, ImageDraw
from torch import nn
from tqdm import tqdm

from generation.pocket.training.machine import Machine, Made
from generation.pocket.training.schedule import Schedule

SEED = 24
"""Seed of everything random in training."""

SAVED_EVERY = 200
"""Number of steps between two checkpoints: a kill costs no more than these."""

WARM_UP = 100
"""Number of steps in which the learning rate rises to its highest; then it falls as a cosine."""


class Trainer:
    """Trains `network` by a schedule; writes a checkpoint and a plot of the loss to `directory`.

    What a step does must depend on its number alone. Then a training that was cut off ends with the
    same weights as one that was not; on a GPU they differ in the last digits.
    """

    def __init__(
        self,
        name: str,
        network: nn.Module,
        schedule: Schedule,
        directory: Path,
        machine: Machine,
    ) -> None:
        self._network, self._steps, self._name = network.to(machine.device), schedule.steps, name
        self._machine = machine
        # Named after the schedule, so that no other schedule goes on from this checkpoint.
        self._checkpoint = directory / f"{name}-{schedule}.pt"
        self._plot = directory / f"{name}-loss.png"
        self._optimizer = torch.optim.AdamW(
            network.parameters(), lr=schedule.rate, betas=(0.9, 0.99), fused=True
        )
        self._rate = torch.optim.lr_scheduler.LambdaLR(self._optimizer, self._factor)
        self._losses: list[float] = []
        directory.mkdir(parents=True, exist_ok=True)
        if self._checkpoint.is_file():
            self._restore()

    def batches(self, make: Callable[[int], Made]) -> Iterator[Made]:
        """Make a batch for each step that is left, from the step's number; save now and then."""
        begun = len(self._losses)
        numbers = range(begun, self._steps)
        bar = tqdm(self._machine.ahead(make, numbers), self._name, self._steps, initial=begun)
        for step, batch in zip(numbers, bar, strict=True):
            yield batch
            bar.set_postfix(loss=f"{self._losses[-1]:.4f}", refresh=False)
            if (step + 1) % SAVED_EVERY == 0 or step + 1 == self._steps:
                self._save()

    def descend(self, loss: torch.Tensor) -> None:
        """Take one step of gradient descent."""
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self._rate.step()
        self._losses.append(float(loss.detach()))

    def _factor(self, step: int) -> float:
        return min((step + 1) / WARM_UP, 0.5 + 0.5 * cos(pi * min(step / max(self._steps, 1), 1)))

    def _save(self) -> None:
        state = {
            "network": self._network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "schedule": self._rate.state_dict(),
            "losses": self._losses,
        }
        unfinished = self._checkpoint.with_suffix(".part")
        torch.save(state, unfinished)
        unfinished.replace(self._checkpoint)  # so a kill leaves a whole checkpoint
        _plotted(self._losses).save(self._plot)

    def _restore(self) -> None:
        device = self._machine.device
        state = torch.load(self._checkpoint, weights_only=True, map_location=device)
        self._network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._rate.load_state_dict(state["schedule"])
        self._losses = state["losses"]


def _plotted(losses: list[float], width: int = 640, height: int = 320) -> Image.Image:
    """Plot the loss, its mean for each column of pixels; the axis begins at nought."""
    chunk = -(-len(losses) // width)
    means = [
        sum(part) / len(part)
        for k in range(0, len(losses), chunk)
        if (part := losses[k : k + chunk])
    ]
    top = max(means)
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    points = [
        (k * width / len(means), height - mean / top * (height - 20))
        for k, mean in enumerate(means)
    ]
    pen.line(points, fill=(36, 84, 206), width=2)
    pen.text((8, 4), f"{top:.4f} at most, {means[-1]:.4f} last, {len(losses)} steps", fill="black")
    return picture
