"""Whether the bot is online."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

GRACE = 3.0  # s after a poll in which the bot still counts as online


class Presence:
    """Online while a poll is open, and shortly after it."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.online = False
        self._changed = changed
        self._open = 0
        self._leaving: asyncio.TimerHandle | None = None

    @contextmanager
    def here(self) -> Iterator[None]:
        self._open += 1
        if self._leaving:
            self._leaving.cancel()
        self._set(online=True)
        try:
            yield
        finally:
            self._open -= 1
            if not self._open:
                loop = asyncio.get_running_loop()
                self._leaving = loop.call_later(GRACE, lambda: self._set(online=False))

    def close(self) -> None:
        if self._leaving:
            self._leaving.cancel()

    def _set(self, *, online: bool) -> None:
        if self.online is not online:
            self.online = online
            self._changed()
