"""Trains one network: goes on where it was cut off, averages the weights, plots the loss."""

from collections.abc import Iterator
from math import cos, pi
from pathlib import Path

import torch
from PIL import Image, ImageDraw
from torch import nn
from tqdm import tqdm

from generation.pocket.training.machine import Machine
from generation.pocket.training.schedule import Schedule

SEED = 24
"""Seed of everything random in training."""

SAVED_EVERY = 500
"""Number of steps between two checkpoints: a kill costs no more than these."""

WARM_UP = 100
"""Number of steps in which the learning rate rises to its highest; then it falls as a cosine."""

LAST_RATE = 0.02
"""Share of the highest learning rate that is left at the end."""

AVERAGED = 0.9995
"""Share of the average of the weights that a step leaves as it was, once 20,000 are done; before,
the average is over the last tenth of the steps. It draws better than the weights themselves, which
jump about."""


class Trainer:
    """Trains `network` by a schedule; writes a checkpoint and a plot of the loss to `directory`.

    What a step does must depend on its number alone. Then a training that was cut off ends with the
    same weights as one that was not; on a GPU they differ in the last digits. In the end the
    network has the average of its weights.
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
        self._device = machine.device
        # Named after the schedule, so that no other schedule goes on from this checkpoint.
        self._checkpoint = directory / f"{name}-{schedule}.pt"
        self._plot = directory / f"{name}-loss.png"
        self._parameters: list[torch.Tensor] = list(network.parameters())
        self._average = [one.detach().clone() for one in self._parameters]
        self._optimizer = torch.optim.AdamW(
            self._parameters, lr=schedule.rate, betas=(0.9, 0.99), fused=True
        )
        self._rate = torch.optim.lr_scheduler.LambdaLR(self._optimizer, self._factor)
        self._losses: list[float] = []
        self._unread: list[torch.Tensor] = []
        directory.mkdir(parents=True, exist_ok=True)
        if self._checkpoint.is_file():
            self._restore()
        if self.done:
            self._finish()

    @property
    def done(self) -> bool:
        """Whether an earlier run took all steps."""
        return len(self._losses) >= self._steps

    def steps(self) -> Iterator[tuple[int, torch.Generator]]:
        """Give the number of each step that is left and its dice; save now and then."""
        begun = len(self._losses)
        dice = torch.Generator(self._device)
        bar = tqdm(range(begun, self._steps), self._name, self._steps, initial=begun)
        for step in bar:
            yield step, dice.manual_seed(SEED * 1_000_000 + step)
            if (step + 1) % SAVED_EVERY == 0 or step + 1 == self._steps:
                self._save()
                bar.set_postfix(loss=f"{self._losses[-1]:.4f}", refresh=False)
        self._finish()

    def descend(self, loss: torch.Tensor) -> None:
        """Take one step of gradient descent."""
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._parameters, 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad()  # now: a recorded step writes its gradients where these are
        self._rate.step()
        self._unread.append(loss.detach().clone())  # to read it would be to wait for a GPU
        done = len(self._losses) + len(self._unread)
        moved = 1 - min(AVERAGED, done / (done + 10))
        with torch.no_grad():
            torch._foreach_lerp_(self._average, self._parameters, moved)

    def _factor(self, step: int) -> float:
        fallen = 0.5 + 0.5 * cos(pi * min(step / max(self._steps, 1), 1))
        return min((step + 1) / WARM_UP, LAST_RATE + (1 - LAST_RATE) * fallen)

    def _finish(self) -> None:
        with torch.no_grad():
            torch._foreach_copy_(self._parameters, self._average)

    def _save(self) -> None:
        self._losses += [float(loss) for loss in self._unread]
        self._unread = []
        state = {
            "network": self._network.state_dict(),
            "average": self._average,
            "optimizer": self._optimizer.state_dict(),
            "schedule": self._rate.state_dict(),
            "losses": self._losses,
        }
        unfinished = self._checkpoint.with_suffix(".part")
        torch.save(state, unfinished)
        unfinished.replace(self._checkpoint)  # so a kill leaves a whole checkpoint
        _plotted(self._losses).save(self._plot)

    def _restore(self) -> None:
        state = torch.load(self._checkpoint, weights_only=True, map_location=self._device)
        self._network.load_state_dict(state["network"])
        self._average = state["average"]
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
