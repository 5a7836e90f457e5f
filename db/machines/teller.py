"""Tells a machine's news on a thread of its own: the one that draws waits for no network."""

import contextlib
import threading
import time
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from db.machines.news import News, encode
from db.refusals import DataUnwritable
from generation.events import Progress

PROGRESS_S = 0.5
"""Least seconds between two progress events: a status message is edited less often, and a server
passes on the news of all machines one after the other."""

LAST_S = 2.0
"""Most seconds for the last news at a stop."""


class Teller:
    """News that are lost the bot reads from the job's row."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        """`tell` may raise what the database says."""
        self._tell = tell
        self._news: list[News] = []
        self._progress_at = 0.0
        self._stopping = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="teller", daemon=True)
        self._thread.start()

    def hear(self, news: News) -> None:
        """Take news, from any thread. Progress gives way to newer progress."""
        with self._changed:
            if isinstance(news, Progress):
                if news.share < 1 and time.monotonic() - self._progress_at < PROGRESS_S:
                    return
                self._progress_at = time.monotonic()
                if self._news and isinstance(self._news[-1], Progress):
                    self._news.pop()
            self._news.append(news)
            self._changed.notify()

    def stop(self) -> None:
        """Tell what there is still to tell, and end."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join(LAST_S)

    def _run(self) -> None:
        while (news := self._next()) is not None:
            with contextlib.suppress(SQLAlchemyError, DataUnwritable):
                self._tell(encode(news))

    def _next(self) -> News | None:
        with self._changed:
            self._changed.wait_for(lambda: self._news or self._stopping)
            return self._news.pop(0) if self._news else None
