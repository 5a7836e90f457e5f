"""Saves an album's pictures while the next ones are drawn."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from generation.request import Picture


class Saving:
    """Calls `save` with each picture, in their order, on a thread of its own.

    As a context it ends when the last one is saved, and raises what went wrong with it.
    """

    def __init__(self, save: Callable[[Picture], None]) -> None:
        self._save = save
        self._thread = ThreadPoolExecutor(1, "saving")
        self._last: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._thread.shutdown()
        if error is None:
            self._wait()

    def add(self, picture: Picture) -> None:
        """Have a picture saved, once the one before it is. Raises what went wrong with that."""
        self._wait()
        self._last = self._thread.submit(self._save, picture)

    def _wait(self) -> None:
        if self._last is not None:
            self._last.result()
