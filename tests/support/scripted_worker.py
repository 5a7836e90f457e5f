"""`python -m tests.support.scripted_worker`: a machine as a process, drawing by script.

`STEP_S` is how long a denoising step takes, in seconds. While a file lies at `GATE`, it makes the
same step again and again, from the picture `GATE_FROM` on. `DIES_AT=words` has it kill itself, as a
broken driver would, when it draws what has these words in it; `FAILS_AT=words` has the device fail.
`NOISE` is the side of its pictures in pixels, which no PNG makes smaller. `UNLOADABLE` is how often
its model can't be loaded.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

import bot
from db.machines import engine, post, registry
from generation.models.sources import ModelIncomplete
from generation.request import GenerationRequest, Picture, Step
from generation.words.prompt import Prompt
from tests.support import short_waits
from tests.support.scripted_generator import ScriptedGenerator

LOOK_S = 0.01
"""Seconds between two looks at the gate."""

HEARTBEAT_S = 0.2
"""Seconds between the machine's signs of life, and its other looks at the database."""


class PacedGenerator(ScriptedGenerator):
    def __init__(self, script: dict[str, str]) -> None:
        super().__init__()
        self._step_s = float(script.get("STEP_S", "0"))
        self._gate = Path(script.get("GATE", "/no gate"))
        self._gate_from = int(script.get("GATE_FROM", "0"))
        self._deadly, self._failing = script.get("DIES_AT", ""), script.get("FAILS_AT", "")
        missing = ModelIncomplete(model="scripted", file="unet/model.safetensors")
        self.unloadable = [missing] * int(script.get("UNLOADABLE", "0"))
        if side := int(script.get("NOISE", "0")):
            self.picture = lambda _request, seed: noise(side, seed)

    def album(
        self,
        request: GenerationRequest,
        on_step: Callable[[Step], None],
        prompts: Sequence[Prompt] = (),
    ) -> Iterator[Picture]:
        def paced(step: Step) -> None:
            if self._deadly and self._deadly in request.words:
                os.kill(os.getpid(), signal.SIGKILL)
            if self._failing and self._failing in request.words:
                raise RuntimeError("the device failed")
            time.sleep(self._step_s)
            on_step(step)
            while step.picture >= self._gate_from and self._gate.exists():
                time.sleep(LOOK_S)
                on_step(step)

        yield from super().album(request, paced, prompts)


def noise(side: int, seed: int) -> Image.Image:
    """Give the square of noise that this seed always gives."""
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, 3), np.uint8)
    return Image.fromarray(pixels)


def shorten() -> None:
    """Shorten the pauses between two signs of life, and between two tries."""
    short_waits.shorten()
    for module in (engine, post, registry):
        module.HEARTBEAT_S = HEARTBEAT_S  # type: ignore[attr-defined]
    engine.POLL_S = engine.RETRY_S = post.LOAD_AGAIN_S = registry.NAME_WAIT_S = HEARTBEAT_S


if __name__ == "__main__":
    shorten()
    sys.exit(bot.main([PacedGenerator(dict(os.environ))], ["worker"]))
