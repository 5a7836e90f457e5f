"""Notices when a device no longer answers: a wedged step can't be ended, but it can be told."""

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class Watchdog:
    """Calls `alarm` with a job's id, on its own thread, after `patience` s without a sign of life.

    Once a silence; a sign that comes after all makes it watch again.
    """

    def __init__(self, patience: float, alarm: Callable[[int], None]) -> None:
        self._patience = patience
        self._alarm = alarm
        self._news = threading.Condition()
        self._signs = 0
        self._told_of = -1
        """The sign after which a silence was told."""
        self._watched: int | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def pat(self, job_id: int | None) -> None:
        """Say that this job is alive; None: there is nothing to watch."""
        with self._news:
            self._watched = job_id
            self._signs += 1
            self._news.notify()

    def stop(self) -> None:
        self._ended = True
        self.pat(None)

    def _run(self) -> None:
        while not self._ended:
            silent = self._wait()
            if silent is not None:
                self._tell(silent)

    def _wait(self) -> int | None:
        """Wait for the next sign; give the job that fell silent meanwhile, if one did."""
        with self._news:
            seen, watched = self._signs, self._watched
            patience = None if watched is None or self._told_of == seen else self._patience
            if self._news.wait_for(lambda: self._signs != seen, patience):
                return None
            self._told_of = seen
            return watched

    def _tell(self, job_id: int) -> None:
        try:
            self._alarm(job_id)
        except Exception:
            log.exception("Nobody heard that job %s fell silent", job_id)
