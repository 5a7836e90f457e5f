"""Tasks beside the handlers: an album is sent while its person goes on writing."""

import asyncio
import logging
from collections.abc import Coroutine
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

from db import DataUnwritable
from generation.log_marks import JOB

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Purpose:
    """Which job a task is for, and whether a stop waits for it."""

    job_id: int | None
    finishes: bool


class Background:
    """Tasks, and what each of them is for."""

    def __init__(self) -> None:
        self._tasks: dict[asyncio.Task[None], _Purpose] = {}

    def run(
        self, work: Coroutine[Any, Any, None], job_id: int | None = None, *, finishes: bool = False
    ) -> None:
        """Start a task. If it `finishes`, a stop waits for its end."""
        marked = copy_context()
        marked.run(JOB.set, job_id)
        task = asyncio.create_task(work, context=marked)
        self._tasks[task] = _Purpose(job_id, finishes)
        task.add_done_callback(self._done)

    async def cancel_job(self, job_id: int) -> None:
        """Cancel all tasks of a job."""
        tasks = [task for task, purpose in self._tasks.items() if purpose.job_id == job_id]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def stop(self, patience: float) -> None:
        """Wait up to `patience` seconds for the tasks that finish; cancel all others."""
        finishing = {task for task, purpose in self._tasks.items() if purpose.finishes}
        for task in self._tasks.keys() - finishing:
            task.cancel()
        if finishing:
            await asyncio.wait(finishing, timeout=patience)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.pop(task, None)
        if task.cancelled() or not (error := task.exception()):
            return
        # The trouble with the data is told and logged elsewhere, once.
        known = isinstance(error, DataUnwritable)
        log.error("A delivery broke off: %r", error, exc_info=None if known else error)
