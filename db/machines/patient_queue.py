"""A queue that outlives a database which is gone for a while: what fails is tried again."""

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from generation.events import Reason
from generation.modes import Mode
from generation.request import Job, Picture, PictureNote
from generation.words.prompt import Prompt
from generation.work.queue import Queue, QueueUnwritable

T = TypeVar("T")

WAITS_S = (0.2, 0.5, 1.0, 2.0, *[5.0] * 60)
"""Seconds between the tries: about five minutes in all, in which a server is started again."""


class PatientQueue:
    """Passes everything on to `queue`. After `stop` nothing is tried twice."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()

    def claim(self) -> Job | None:
        return self._tried(self._queue.claim)

    def save_smaller(self, job_id: int, mode: Mode, reason: Reason) -> None:
        self._tried(lambda: self._queue.save_smaller(job_id, mode, reason))

    def save_picture(self, job: Job, picture: Picture, parameters: str) -> None:
        self._tried(lambda: self._queue.save_picture(job, picture, parameters))

    def finish(self, job_id: int, seconds: float) -> bool:
        return self._tried(lambda: self._queue.finish(job_id, seconds))

    def arrange(self, job_id: int, order: Sequence[tuple[int, PictureNote]]) -> None:
        self._tried(lambda: self._queue.arrange(job_id, order))

    def save_prompts(self, job_id: int, prompts: Sequence[Prompt], model: str) -> None:
        self._tried(lambda: self._queue.save_prompts(job_id, prompts, model))

    def save_embedding(self, face: bytes, embedding: bytes) -> None:
        self._tried(lambda: self._queue.save_embedding(face, embedding))

    def cancelled(self, job_id: int) -> None:
        self._tried(lambda: self._queue.cancelled(job_id))

    def fail(self, job_id: int, error: Exception, /) -> None:
        self._tried(lambda: self._queue.fail(job_id, error))

    def put_back(self, job_id: int) -> None:
        self._tried(lambda: self._queue.put_back(job_id))

    def cancel_wanted(self, job_id: int) -> bool:
        return self._tried(lambda: self._queue.cancel_wanted(job_id))

    def _tried(self, work: Callable[[], T]) -> T:
        for wait in WAITS_S:
            try:
                return work()
            except QueueUnwritable:
                if self._stopped.wait(wait):
                    raise
        return work()
