"""Notices when a device no longer answers: a wedged step can't be ended, but it can be told."""

import threading
from collections.abc import Callable


class Watch:
    """Calls `alarm` with a job's id, on its own thread, after `patience` s without a sign of life.

    Once a silence; a sign that comes after all makes it watch again.
    """

    def __init__(self, patience: float, alarm: Callable[[int], None]) -> None:
        self._patience = patience
        self._alarm = alarm
        self._news = threading.Condition()
        self._signs = 0
        self._watched: int | None = None
        self._ended = False
        self._told = False
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def sign(self, job_id: int | None) -> None:
        """Say that this job is alive; None: there is nothing to watch."""
        with self._news:
            self._watched = job_id
            self._signs += 1
            self._news.notify()

    def stop(self) -> None:
        self._ended = True
        self.sign(None)

    def _run(self) -> None:
        while not self._ended:
            silent = self._wait()
            if silent is not None:
                self._alarm(silent)

    def _wait(self) -> int | None:
        """Wait for the next sign; give the job that fell silent meanwhile, if one did."""
        with self._news:
            seen, watched = self._signs, self._watched
            patience = None if watched is None or self._told else self._patience
            self._told = not self._news.wait_for(lambda: self._signs != seen, patience)
            return watched if self._told else None
