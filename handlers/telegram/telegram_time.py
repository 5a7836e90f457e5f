"""What time it is at Telegram: this computer's clock may be wrong, and is not asked."""

import logging
import sys
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

log = logging.getLogger(__name__)


def sleepless() -> float:
    """Give the seconds of a clock that nobody sets, and that goes on while the computer sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


class TelegramTime:
    """Goes by the `Date` of Telegram's last answer, and counts on from there.

    Where a server tells none, the newest message says how late it is at least: by that nothing is
    taken for older than it is.
    """

    def __init__(self, clock: Callable[[], float] = sleepless) -> None:
        self._clock = clock
        self._told = self._at = 0.0

    @property
    def hooks(self) -> dict[str, Any]:
        """What httpx has to be given, so that each answer sets the time."""
        return {"event_hooks": {"response": [self._note]}}

    def now(self) -> int:
        """Give the seconds of Telegram's clock; a time long past before it has said anything."""
        return int(self._told + self._clock() - self._at)

    def at_least(self, seconds: int) -> None:
        """Take it for not earlier than this."""
        if seconds > self.now():
            self._set(seconds)

    async def _note(self, response: httpx.Response) -> None:
        try:
            self._set(int(parsedate_to_datetime(response.headers["Date"]).timestamp()))
        except (KeyError, ValueError, OverflowError):
            log.debug("The server tells no time")

    def _set(self, seconds: int) -> None:
        self._told, self._at = seconds, self._clock()
