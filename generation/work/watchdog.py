"""Notices when a device no longer answers: nothing can end its step, but people can hear of it."""

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class Watchdog:
    """Calls `alarm` with a job's id, on its own thread, after `patience` s without a sign of life.

    It calls once per silence; the next sign makes it watch again.
    """

    def __init__(self, patience: float, alarm: Callable[[int], None]) -> None:
        self._patience = patience
        self._alarm = alarm
        self._sign = threading.Condition()
        self._signs = 0
        """Number of signs so far."""
        self._signs_at_alarm = -1
        """Number of signs before the last alarm."""
        self._watched: int | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def pat(self, job_id: int | None) -> None:
        """Give a sign of life of a job; None: there is nothing to watch."""
        with self._sign:
            self._watched = job_id
            self._signs += 1
            self._sign.notify()

    def stop(self) -> None:
        self._ended = True
        self.pat(None)

    def _run(self) -> None:
        while not self._ended:
            silent = self._wait_for_silence()
            if silent is not None:
                self._sound_alarm(silent)

    def _wait_for_silence(self) -> int | None:
        """Wait for the next sign, and return None; if it does not come in time, return the job."""
        with self._sign:
            seen, watched = self._signs, self._watched
            is_watching = watched is not None and self._signs_at_alarm != seen
            patience = self._patience if is_watching else None
            if self._sign.wait_for(lambda: self._signs != seen, patience):
                return None
            self._signs_at_alarm = seen
            return watched

    def _sound_alarm(self, job_id: int) -> None:
        try:
            self._alarm(job_id)
        except Exception:
            log.exception("Nobody heard that job %s fell silent", job_id)
