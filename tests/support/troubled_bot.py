"""`python -m tests.support.troubled_bot`: the bot, whose generator, disk and clock fail on order.

Orders are files in the folder TROUBLES, which another process writes and removes: `generator` has
the share of steps that fail, `disk` stands for a disk that refuses to be written, `clock` has the
seconds by which the computer's clock is wrong.
"""

import os
import random
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

from sqlalchemy import Pool, event

import bot
from db import tables
from generation.request import GenerationRequest, Picture, Step
from generation.words.prompt import Prompt
from tests.support import short_waits
from tests.support.scripted_generator import ScriptedGenerator

TROUBLES = Path(os.environ.get("TROUBLES", "."))

ERRORS = (RuntimeError("CUDA error: device-side assert"), MemoryError(), OSError("read failed"))
"""What a generator may raise in the middle of an album."""


def ordered(name: str) -> str | None:
    """Read an order; None: all is well."""
    try:
        return (TROUBLES / name).read_text(encoding="ascii")
    except OSError:
        return None


class FailingGenerator(ScriptedGenerator):
    def album(
        self,
        request: GenerationRequest,
        on_step: Callable[[Step], None],
        prompts: Sequence[Prompt] = (),
    ) -> Iterator[Picture]:
        def may_fail(step: Step) -> None:
            if random.random() < float(ordered("generator") or 0):  # noqa: S311 - a lot
                raise random.choice(ERRORS)  # noqa: S311 - a lot
            on_step(step)

        yield from super().album(request, may_fail, prompts)
        self.requests.clear()  # what it noted for tests would fill the memory
        self.drawn_from.clear()


class WrongClock(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz) + timedelta(seconds=float(ordered("clock") or 0))


def refuse(connection: sqlite3.Connection, *_: object) -> None:
    """Have SQLite say what it says of a disk that may only be read."""
    connection.execute(f"PRAGMA query_only = {ordered('disk') is not None}")


if __name__ == "__main__":
    setattr(tables, "datetime", WrongClock)  # noqa: B010 - it exports none
    event.listen(Pool, "checkout", refuse)
    short_waits.shorten()
    sys.exit(bot.main([FailingGenerator()]))
