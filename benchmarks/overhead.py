"""What the bot adds to an album: `python -m benchmarks.overhead`.

The generator's pictures (512 px, so noisy that PNG compresses them badly) are made beforehand, and
its steps cost nothing. What is left between the command and the album is the bot, the database, six
PNG files, and HTTP. The fake Telegram runs in the same process; the time in which it decodes the
pictures and makes JPEGs of them is measured too, and subtracted.

With `--machine` the same pictures are drawn by another process, which takes its jobs from a
Postgres: what that adds is counted too. Pictures are looked at before they are sent, while the next
one is drawn: `--drawing` has each take so many milliseconds, as a fast card would, and takes them
off again; `--unchecked` leaves the look out.
"""

import argparse
import asyncio
import contextlib
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import skimage.data
from PIL import Image
from pydantic import SecretStr

import bot
from commands.run import run
from config import Settings
from generation.download_news import DownloadNews
from generation.modes import Mode
from generation.request import GenerationRequest, Picture, Step
from generation.words.prompt import Prompt
from handlers.texts import Texts
from playground import ApiRequest, Playground, World
from playground.api import ANSWERS
from tests.support.consenting import consent
from tests.support.postgres import postgres

ANN = 101
"""Ann's Telegram id."""

TARGET_MS = 250
"""Most milliseconds that the bot should add to an album."""

PICTURES = 6

DRAW = "--draw"
"""The option of the process that is the machine."""

PATIENCE_S = 120
"""Seconds after which a missing answer is an error."""


class InstantGenerator:
    """Draws in no time."""

    model_name = "instant"
    photographs = False
    half_precision_given_up = False

    def __init__(self, seconds: float = 0.0) -> None:
        """`seconds`: how long a picture takes, in which the processor is free."""
        self._seconds = seconds
        dice = np.random.default_rng(7)
        photo = np.asarray(Image.fromarray(skimage.data.astronaut()), np.int16)
        self._pictures = [
            Image.fromarray(np.clip(photo + dice.integers(-9, 9, photo.shape), 0, 255).astype("u1"))
            for _ in range(PICTURES)
        ]

    def load(self, on_news: Callable[[DownloadNews], None] | None = None) -> None:
        pass

    def unload(self) -> bool:
        return False

    def can_draw(self, _mode: Mode) -> bool:
        return True

    def prompts(self, request: GenerationRequest) -> tuple[Prompt, ...]:
        return (Prompt(request.words, ""),)

    def album(
        self,
        request: GenerationRequest,
        on_step: Callable[[Step], None],
        prompts: Sequence[Prompt] = (),  # noqa: ARG002 - it draws the same of all
    ) -> Iterator[Picture]:
        for index, image in enumerate(self._pictures[: request.count]):
            for step in range(request.mode.steps):
                on_step(Step(index, step + 1, request.mode.steps))
            time.sleep(self._seconds)
            yield Picture(index, request.seed + index, image)

    def mend(
        self, _request: GenerationRequest, _prompt: Prompt, picture: Image.Image, *_: object
    ) -> Image.Image:
        return picture

    def forget(self) -> None:
        pass


class TelegramClock:
    """Measures the time that the fake Telegram spends on albums."""

    def __init__(self) -> None:
        self.seconds = 0.0
        answers = cast("dict[str, Any]", ANSWERS)
        self._answer = answers["sendMediaGroup"]
        answers["sendMediaGroup"] = self._time

    async def _time(self, world: World, params: dict[str, Any]) -> object:
        began = time.perf_counter()
        try:
            return await self._answer(world, params)
        finally:
            self.seconds += time.perf_counter() - began


@contextlib.contextmanager
def machine(url: str, data: Path, drawing: float) -> Iterator[None]:
    """Run a machine as a process of its own until the end of the block.

    A picture takes it `drawing` milliseconds.
    """
    own = {"DATABASE_URL": url, "DATA_DIR": str(data), "MODEL": "pocket", "MACHINE": "machine"}
    command = [sys.executable, "-m", __spec__.name, DRAW, "--drawing", str(drawing)]
    process = subprocess.Popen(command, env=os.environ | own)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


async def measure(
    albums: int, url: str | None = None, drawing: float = 0.0, *, checked: bool = True
) -> list[tuple[float, float]]:
    """Measure each album's milliseconds: the bot's, and the fake Telegram's.

    `url` is that of a Postgres, from which a machine takes its jobs; `drawing` has the milliseconds
    that a picture takes.
    """
    generator = InstantGenerator(drawing / 1000)
    arrived = asyncio.Event()
    telegram = TelegramClock()

    def heard(request: ApiRequest) -> None:
        if request.method == "sendMessage" and "Tap a number" in str(request.params.get("text")):
            arrived.set()  # the bot sends this right after the album

    with tempfile.TemporaryDirectory() as data:
        async with Playground(port=0, on_request=heard) as playground:
            settings = Settings(
                telegram_bot_token=SecretStr(playground.token),
                telegram_api_url=playground.url,
                owner_id=ANN,
                model="pocket",
                data_dir=Path(data),
                database_url=url,
                workers=0 if url else 1,
                check_pictures=checked,
            )
            stop = asyncio.Event()
            running = asyncio.create_task(
                run(settings, Texts().say("en"), stop, [] if url else [generator])
            )
            photo = io.BytesIO()
            Image.fromarray(skimage.data.astronaut()).save(photo, "JPEG")
            await playground.send_photo(ANN, ANN, photo.getvalue(), "/register")
            await consent(playground, ANN)
            await playground.wait_for(
                lambda: any("🧬" in m.get("text", "") for m in playground.world.messages(ANN)),
                PATIENCE_S,
            )
            times = []
            for _ in range(albums + 1):
                arrived.clear()
                began, fake_before = time.perf_counter(), telegram.seconds
                await playground.send_text(ANN, ANN, "/generate a knight")
                await asyncio.wait_for(arrived.wait(), PATIENCE_S)
                fake = telegram.seconds - fake_before
                took = 1000 * (time.perf_counter() - began - fake) - PICTURES * drawing
                times.append((took, 1000 * fake))
            stop.set()
            await running
    return times[1:]  # the first one waited for the machine, and for imports


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--albums", type=int, default=30)
    parser.add_argument("--machine", action="store_true", help="another process draws, by Postgres")
    parser.add_argument("--drawing", type=float, default=0, help="milliseconds of a picture")
    parser.add_argument("--unchecked", action="store_true", help="pictures are not looked at")
    parser.add_argument(DRAW, action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.draw:
        sys.exit(bot.main([InstantGenerator(options.drawing / 1000)], ["worker"]))
    with contextlib.ExitStack() as stack:
        url = None
        if options.machine:
            url = stack.enter_context(postgres()).url()
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            stack.enter_context(machine(url, Path(folder), options.drawing))
        checked = not options.unchecked
        measured = asyncio.run(measure(options.albums, url, options.drawing, checked=checked))
    times = [added for added, _ in measured]
    print(
        f"added to an album, ms: median {statistics.median(times):.0f} (target {TARGET_MS}), "
        f"{min(times):.0f} to {max(times):.0f}, {len(times)} albums; "
        f"the fake Telegram's own: {statistics.median(fake for _, fake in measured):.0f}"
    )


if __name__ == "__main__":
    main()
