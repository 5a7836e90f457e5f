"""The worker thread: one job after another, off the event loop."""

import contextlib
import logging
import threading
import time
from collections.abc import Sequence
from typing import Protocol

from generation.events import (
    Cancelled,
    Downloading,
    Drawn,
    Event,
    Failed,
    Generated,
    Listener,
    NotLoaded,
    Progress,
    QueueBroken,
    Started,
    Stuck,
    WordsIgnored,
)
from generation.request import AlbumGenerator, Job, Picture, Prompt, Step
from generation.work.picture_parameters import write_parameters
from generation.work.watchdog import Watchdog

log = logging.getLogger(__name__)

WORKER = "worker"
"""The name of the worker threads."""

RETRY_S = 5
"""Seconds until a queue that failed is tried again: its disk was full, or its database locked."""

ESTIMATE_SHARE = 0.1
"""Share of an album that is drawn before the seconds left are estimated: the first steps are slow.
"""

SILENCE_S = 600
"""Seconds without a step after which a device counts as stuck. The slowest machine that is known to
work, a CPU, takes a minute for a step."""


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
    `save_picture` gets the picture's parameters, as image programs write them into their files.
    `finish` says no to a job that is to be cancelled.
    Every method may raise QueueUnwritable.
    """

    def claim(self) -> Job | None: ...
    def save_picture(self, job: Job, picture: Picture, parameters: str) -> None: ...
    def finish(self, job_id: int, seconds: float) -> bool: ...
    def cancelled(self, job_id: int) -> None: ...
    def fail(self, job_id: int) -> None: ...
    def put_back(self, job_id: int) -> None: ...
    def cancel_wanted(self, job_id: int) -> bool: ...


class _Interrupted(Exception):  # noqa: N818 - not an error: somebody asked for it
    """The worker is stopping, or the running job was cancelled."""


class Worker:
    """Claims jobs and draws them. `listeners` hear every event, on the worker thread.

    After `silence` s without a step they hear, on another thread, that the device is stuck.
    """

    def __init__(
        self,
        queue: Queue,
        generator: AlbumGenerator,
        listeners: Sequence[Listener],
        silence: float = SILENCE_S,
    ) -> None:
        self._queue = queue
        self._generator = generator
        self._listeners = listeners
        self._bell = threading.Event()
        self._stop_wanted = threading.Event()
        self._load_wanted = threading.Event()
        self._load_wanted.set()  # so that the first album does not wait for the model
        self._is_loading = threading.Event()
        self._some_cancel_wanted = threading.Event()
        self._job_to_put_back: int | None = None
        """The job that could not be put back, because the queue was not writable."""
        self._load_error: Exception | None = None
        """Why the model could not be loaded."""
        self._last_percent = -1
        """The percentage of a download that the listeners heard last."""
        self._watchdog = Watchdog(silence, lambda job_id: self._emit(Stuck(job_id, silence)))
        self._thread = threading.Thread(target=self._run, name=WORKER, daemon=True)

    def start(self) -> None:
        self._watchdog.start()
        self._thread.start()

    def ring(self) -> None:
        """Say that there may be a job. If the model could not be loaded, it is tried again."""
        self._load_wanted.set()
        self._bell.set()

    def cancel(self) -> None:
        """Make the running job check, at its next step, whether it was cancelled."""
        self._some_cancel_wanted.set()

    def stop(self, timeout: float) -> bool:
        """Put the running job back and end the thread; False if that takes more than `timeout` s.

        While the model is being loaded there is no job to put back, so nothing is waited for.
        """
        self._stop_wanted.set()
        self._bell.set()
        self._watchdog.stop()
        if self._is_loading.is_set():
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stop_wanted.is_set():
            self._bell.clear()  # before the claim, so that no ring is lost
            try:
                self._put_back()
                if self._load_wanted.is_set():  # before a claim: waiting jobs can be cancelled
                    self._load_wanted.clear()
                    self._load()
                elif job := self._queue.claim():
                    self._work(job)
                else:
                    self._bell.wait()
            except JobDamaged as damage:
                self._emit(Failed(damage.job_id, damage))
            except QueueUnwritable as error:
                self._wait_for_the_queue(error)
            except Exception as error:  # whatever the queue does, the thread must go on
                log.exception("The queue failed; it is tried again in %s s", RETRY_S)
                self._wait_for_the_queue(error)
        with contextlib.suppress(QueueUnwritable):  # the next start puts it back
            self._put_back()

    def _wait_for_the_queue(self, error: Exception) -> None:
        self._emit(QueueBroken(error))
        self._bell.wait(RETRY_S)

    def _load(self) -> None:
        self._load_error, self._last_percent = None, -1
        self._is_loading.set()
        try:
            self._generator.load(self._on_bytes)
        except _Interrupted:
            log.info("The download is broken off; the next start goes on with it")
        except Exception as error:  # noqa: BLE001 - it becomes the failure of the next jobs
            self._load_error = error
            self._emit(NotLoaded(error))
        finally:
            self._is_loading.clear()

    def _on_bytes(self, done: int, whole: int) -> None:
        if self._stop_wanted.is_set():
            raise _Interrupted
        if (percent := done * 100 // whole) != self._last_percent:
            self._last_percent = percent
            self._emit(Downloading(done, whole))

    def _work(self, job: Job) -> None:
        """Draw a job and record how it ended; if that can't be written, put it back later."""
        try:
            self._draw_or_record_why_not(job)
        except QueueUnwritable:
            self._job_to_put_back = job.id
            raise

    def _draw_or_record_why_not(self, job: Job) -> None:
        try:
            try:
                self._draw(job)
            finally:
                self._watchdog.pat(None)
        except _Interrupted:
            self._record_interruption(job)
        except QueueUnwritable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a job does, the next one must run
            self._queue.fail(job.id)
            self._emit(Failed(job.id, error))

    def _put_back(self) -> None:
        """Put back the job that could not be put back while the queue was not writable."""
        if self._job_to_put_back is not None:
            self._queue.put_back(self._job_to_put_back)
            self._job_to_put_back = None

    def _draw(self, job: Job) -> None:
        self._some_cancel_wanted.set()  # perhaps the bot stopped before it could cancel this job
        self._raise_if_interrupted(job)
        if self._load_error:
            raise self._load_error
        self._emit(Started(job.id))
        prompt = self._generator.prompt(job.request)
        self._raise_if_interrupted(job)
        if prompt.cut or prompt.unknown:
            self._emit(WordsIgnored(job.id, prompt.cut, prompt.unknown))
        self._watchdog.pat(job.id)
        drawing_since = time.monotonic()

        def on_step(step: Step) -> None:
            self._watchdog.pat(job.id)
            self._raise_if_interrupted(job)
            self._emit(_progress(job, step, time.monotonic() - drawing_since))

        for picture in self._generator.album(job.request, on_step):
            self._save_picture(job, picture, prompt)
        seconds = time.monotonic() - drawing_since
        if not self._queue.finish(job.id, seconds):
            raise _Interrupted  # the cancel came after the last step
        self._emit(Generated(job.id, job.request.mode.name, seconds))

    def _save_picture(self, job: Job, picture: Picture, prompt: Prompt) -> None:
        parameters = write_parameters(job.request, picture, prompt, self._generator.model_name)
        self._queue.save_picture(job, picture, parameters)
        if picture.index == 0:
            self._emit(Drawn(job.id))

    def _raise_if_interrupted(self, job: Job) -> None:
        """Raise _Interrupted at a stop or a cancel. Only after a cancel is the queue asked."""
        if self._stop_wanted.is_set():
            raise _Interrupted
        if self._some_cancel_wanted.is_set():
            self._some_cancel_wanted.clear()
            if self._queue.cancel_wanted(job.id):
                raise _Interrupted

    def _record_interruption(self, job: Job) -> None:
        if self._stop_wanted.is_set():
            self._queue.put_back(job.id)
        else:
            self._queue.cancelled(job.id)
            self._emit(Cancelled(job.id))

    def _emit(self, event: Event) -> None:
        """Let every listener hear an event; one that fails does not stop the others."""
        for listener in self._listeners:
            try:
                listener(event)
            except Exception:
                log.exception("A listener failed at %r", event)


def _progress(job: Job, step: Step, seconds: float) -> Progress:
    count = job.request.count
    share = (step.picture + step.together * step.step / step.steps) / count
    left = seconds * (1 - share) / share if share >= ESTIMATE_SHARE else None
    return Progress(job.id, step.picture, step.together, count, share, left)
