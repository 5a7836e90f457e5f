"""News of what happens, for the chat page's event streams and for tests that wait."""

import asyncio
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from playground.request import Json

T = TypeVar("T")
Event = tuple[str, Json]


class Feed:
    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event | None]] = set()
        self._held: list[Event] = []
        self._changed = asyncio.Event()

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    def publish(self, name: str, data: Json) -> None:
        """Have this told by the next `tell`: once it is saved."""
        self._held.append((name, data))

    def tell(self) -> None:
        """Tell everybody who listens what was published, and let those who wait look again."""
        held, self._held = self._held, []
        for event in held:
            for queue in self._listeners:
                queue.put_nowait(event)
        self.wake()

    def forget(self) -> None:
        """Drop what was published and not told: it hasn't happened."""
        self._held = []

    def close(self) -> None:
        """End every stream."""
        for queue in self._listeners:
            queue.put_nowait(None)

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Event | None]]:
        """Queue everything that is published from now on; None ends the stream."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def wake(self) -> None:
        """Let everybody who waits look again: something has changed."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_for(self, predicate: Callable[[], T | None], seconds: float) -> T:
        """Return the predicate's first truthy value; TimeoutError names what was waited for."""
        try:
            async with asyncio.timeout(seconds):
                while not (value := predicate()):
                    await self._changed.wait()
                return value
        except TimeoutError:
            raise TimeoutError(f"waited {seconds:g} s for {_name(predicate)}") from None


def _name(predicate: Callable[[], object]) -> str:
    name = getattr(predicate, "__name__", repr(predicate))
    if name != "<lambda>":
        return name
    try:
        return inspect.getsource(predicate).strip()
    except OSError:
        return name
