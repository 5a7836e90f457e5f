"""Where jobs come from and where their pictures go."""

from collections.abc import Sequence
from typing import Protocol

from generation.events import Reason
from generation.modes import Mode
from generation.request import Job, Picture, PictureNote
from generation.words.prompt import Prompt


class JobDamaged(Exception):  # noqa: N818 - named after what happened, as refusals are
    """A job whose record can't be read. It counts as failed."""

    def __init__(self, job_id: int) -> None:
        super().__init__(job_id)
        self.job_id = job_id


class QueueUnwritable(Exception):  # noqa: N818 - it passes
    """The disk is full or read-only. The running job waits until the queue can be written."""


class Queue(Protocol):
    """Where jobs come from and where their pictures go. It is called on worker threads.

    `claim` gives a job to one worker only; it raises JobDamaged if the job's record can't be read.
    `save_smaller` gets the mode in which a job is drawn in place of its own, and why; its next
    claim forgets that.
    `save_picture` gets the picture's parameters, as image programs write them into their files.
    `save_prompts` gets what the model of that name reads, before the first step.
    `arrange` gets the index and the note of each picture in the order in which they are shown.
    `finish` says no to a job that is to be cancelled.
    Every method may raise QueueUnwritable.
    """

    def claim(self) -> Job | None: ...
    def save_smaller(self, job_id: int, mode: Mode, reason: Reason) -> None: ...
    def save_picture(self, job: Job, picture: Picture, parameters: str) -> None: ...
    def finish(self, job_id: int, seconds: float) -> bool: ...
    def arrange(self, job_id: int, order: Sequence[tuple[int, PictureNote]]) -> None: ...
    def save_prompts(self, job_id: int, prompts: Sequence[Prompt], model: str) -> None: ...
    def save_embedding(self, face: bytes, embedding: bytes) -> None: ...
    def cancelled(self, job_id: int) -> None: ...
    def fail(self, job_id: int, error: Exception, /) -> None: ...
    def put_back(self, job_id: int) -> None: ...
    def cancel_wanted(self, job_id: int) -> bool: ...
