"""A training run: one that goes on where it was cut off, and shows how its loss fell."""

from collections.abc import Callable, Iterator
from math import cos, pi
from pathlib import Path

import torch
from PIL import Image, ImageDraw
from torch import nn
from tqdm import tqdm

from generation.pocket.training.course import Course
from generation.pocket.training.workshop import Made, Workshop

SEED = 24
"""Of all that training draws by chance."""

SAVED_EVERY = 200
"""Steps: what a kill costs at most."""

WARM_UP = 100
"""Steps in which the learning rate rises to its full height, before it falls as a cosine."""


class Run:
    """Trains `network` by a course; its checkpoint and loss curve lie in `directory`.

    What a step does may depend on its number only, so that a run that was cut off ends with the
    same weights as one that was not (on a GPU, but for the last digits of its sums).
    """

    def __init__(
        self,
        name: str,
        network: nn.Module,
        course: Course,
        directory: Path,
        workshop: Workshop,
    ) -> None:
        self._network, self._steps, self._name = network.to(workshop.device), course.steps, name
        self._workshop = workshop
        # Another course's checkpoint is no beginning of this one.
        self._checkpoint = directory / f"{name}-{course}.pt"
        self._picture = directory / f"{name}-loss.png"
        self._optimizer = torch.optim.AdamW(
            network.parameters(), lr=course.rate, betas=(0.9, 0.99), fused=True
        )
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimizer, self._factor)
        self._losses: list[float] = []
        directory.mkdir(parents=True, exist_ok=True)
        if self._checkpoint.is_file():
            self._restore()

    def lessons(self, make: Callable[[int], Made]) -> Iterator[Made]:
        """Give what `make` makes of each step that is still to be done; save now and then."""
        begun = len(self._losses)
        numbers = range(begun, self._steps)
        bar = tqdm(self._workshop.ahead(make, numbers), self._name, self._steps, initial=begun)
        for step, lesson in zip(numbers, bar, strict=True):
            yield lesson
            bar.set_postfix(loss=f"{self._losses[-1]:.4f}", refresh=False)
            if (step + 1) % SAVED_EVERY == 0 or step + 1 == self._steps:
                self._save()

    def descend(self, loss: torch.Tensor) -> None:
        """Take one optimizer step."""
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self._schedule.step()
        self._losses.append(float(loss.detach()))

    def _factor(self, step: int) -> float:
        return min((step + 1) / WARM_UP, 0.5 + 0.5 * cos(pi * min(step / max(self._steps, 1), 1)))

    def _save(self) -> None:
        state = {
            "network": self._network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "schedule": self._schedule.state_dict(),
            "losses": self._losses,
        }
        unfinished = self._checkpoint.with_suffix(".part")
        torch.save(state, unfinished)
        unfinished.replace(self._checkpoint)  # a kill leaves the old one or the new one
        _curve(self._losses).save(self._picture)

    def _restore(self) -> None:
        device = self._workshop.device
        state = torch.load(self._checkpoint, weights_only=True, map_location=device)
        self._network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._schedule.load_state_dict(state["schedule"])
        self._losses = state["losses"]


def _curve(losses: list[float], width: int = 640, height: int = 320) -> Image.Image:
    """Plot the mean loss of each column's steps, from nought to the highest."""
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
