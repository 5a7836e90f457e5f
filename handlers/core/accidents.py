"""What went wrong unexpectedly, and the number under which each stands in the log."""

import logging
import secrets
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

ROOT = Path(__file__).parents[2]

KEPT = 10
"""Accidents that the owner is shown."""


@dataclass(frozen=True, slots=True)
class Accident:
    """`kind` is the error's class, and `where` the last line of ours that it came through.

    An error's message is not here: it may quote what a person said.
    """

    number: str
    kind: str
    where: str
    at: datetime
    """When, in UTC."""
    told: "asyncio.Future[bool] | None" = None
    """Whether a person was told of it, once that is known; None: nobody waits for anything."""


class Accidents(logging.Handler):
    """Hears of each error that is logged with its traceback."""

    def __init__(self, tell: Callable[[Accident], None] = lambda _: None) -> None:
        """`tell` hears of each, on the thread that it happened on."""
        super().__init__(logging.ERROR)
        self._tell = tell
        self.last: deque[Accident] = deque(maxlen=KEPT)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record, if it is an accident."""
        error = record.exc_info[1] if record.exc_info else None
        number = reference_of(record)
        if error is None or number is None:
            return
        at = datetime.fromtimestamp(record.created, UTC)
        told = getattr(record, "told", None)
        accident = Accident(number, type(error).__name__, _where(error), at, told)
        self.last.append(accident)
        self.count += 1
        self._tell(accident)


def reference_of(record: logging.LogRecord) -> str | None:
    """Give the number of an accident, a new one if nobody gave it one; None if it is none."""
    if record.levelno < logging.ERROR or not record.exc_info:
        return None
    if not getattr(record, "reference", None):
        record.__dict__["reference"] = new_reference()  # where `extra` puts it, too
    return str(record.__dict__["reference"])


def new_reference() -> str:
    return secrets.token_hex(3).upper()


def _where(error: BaseException) -> str:
    """Find the last frame of our own code; a cause's, where the error was only passed on."""
    while error.__cause__:
        error = error.__cause__
    ours = ""
    for frame in traceback.extract_tb(error.__traceback__):
        file = Path(frame.filename)
        if file.is_relative_to(ROOT) and ".venv" not in file.parts:
            ours = f"{file.relative_to(ROOT)}:{frame.lineno}"
    return ours or "?"
