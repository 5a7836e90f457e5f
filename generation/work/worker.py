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
    WordsCut,
)
from generation.request import AlbumGenerator, Job, Picture, Prompt, Step
from generation.work.picture_parameters import parameters
from generation.work.watchdog import Watchdog

log = logging.getLogger(__name__)

WORKER = "worker"
"""The name of the worker threads."""

RETRY_S = 5
"""Seconds until the queue is tried again that failed: a full disk, a locked database."""

TELLING_SHARE = 0.1
"""The share of an album that must be drawn before the rest is foretold: first steps are slow."""

SILENCE_S = 600
"""Seconds without a step after which a device counts as stuck. The slowest machine that is known to
work takes a minute for a step, on a CPU."""


class JobDamaged(Exception):  # noqa: N818 - what its person is told has a number
    """A job whose record can't be read. It has failed."""

    def __init__(self, job_id: int) -> None:
        super().__init__(job_id)
        self.job_id = job_id


class QueueUnwritable(Exception):  # noqa: N818 - it passes
    """A full disk, or one that may only be read. What was under way waits until that is over."""


class Queue(Protocol):
    """Where jobs come from and where their pictures go. Called on worker threads.

    A claim gives a job to one worker only, and raises JobDamaged for a record that can't be read.
    `save_picture` is given the picture's parameters, as image programs write them into their
    files. All of these may raise QueueUnwritable.
    """

    def claim(self) -> Job | None: ...
    def save_picture(self, job: Job, picture: Picture, parameters: str) -> None: ...
    def finish(self, job_id: int, seconds: float) -> None: ...
    def cancelled(self, job_id: int) -> None: ...
    def fail(self, job_id: int) -> None: ...
    def put_back(self, job_id: int) -> None: ...
    def cancel_wanted(self, job_id: int) -> bool: ...


class _Interrupted(Exception):  # noqa: N818 - not an error: somebody asked for it
    pass


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
        self._stopping = threading.Event()
        self._to_load = threading.Event()
        self._to_load.set()  # at the start: so its first album waits for nothing
        self._loading = threading.Event()
        self._to_cancel = threading.Event()
        self._to_put_back: int | None = None
        self._unloaded: Exception | None = None
        """Why the model is not there."""
        self._percent = -1
        """Of a download, what was told last."""
        self._watchdog = Watchdog(silence, lambda job_id: self._tell(Stuck(job_id, silence)))
        self._thread = threading.Thread(target=self._run, name=WORKER, daemon=True)

    def start(self) -> None:
        self._watchdog.start()
        self._thread.start()

    def ring(self) -> None:
        """Say that there may be a job. It is reason enough to try again for a missing model."""
        self._to_load.set()
        self._bell.set()

    def cancel(self) -> None:
        """Have the running job look, at its next step, whether it was cancelled."""
        self._to_cancel.set()

    def stop(self, timeout: float) -> bool:
        """Put the running job back and end the thread; False when that took more than `timeout` s.

        A model that is being loaded is not waited for: there is no job to put back.
        """
        self._stopping.set()
        self._bell.set()
        self._watchdog.stop()
        if self._loading.is_set():
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._bell.clear()  # before the claim, so that no ring is lost
            try:
                self._put_back()
                if self._to_load.is_set():  # before a job: those who wait can still cancel
                    self._to_load.clear()
                    self._load()
                elif job := self._queue.claim():
                    self._work(job)
                else:
                    self._bell.wait()
            except JobDamaged as damage:
                self._tell(Failed(damage.job_id, damage))
            except Exception as error:  # the thread must outlive what the queue does not
                log.exception("The queue failed; it is tried again in %s s", RETRY_S)
                self._tell(QueueBroken(error))
                self._bell.wait(RETRY_S)
        with contextlib.suppress(QueueUnwritable):  # the next start finds it
            self._put_back()

    def _load(self) -> None:
        """Load the model before a job is claimed: until then those who wait can cancel."""
        self._unloaded, self._percent = None, -1
        self._loading.set()
        try:
            self._generator.load(self._on_bytes)
        except _Interrupted:
            log.info("The download is broken off; the next start goes on with it")
        except Exception as error:  # noqa: BLE001 - whoever asks for an album is told
            self._unloaded = error
            self._tell(NotLoaded(error))
        finally:
            self._loading.clear()

    def _on_bytes(self, done: int, whole: int) -> None:
        if self._stopping.is_set():
            raise _Interrupted
        if (percent := done * 100 // whole) != self._percent:
            self._percent = percent
            self._tell(Downloading(done, whole))

    def _work(self, job: Job) -> None:
        try:
            self._end(job)
        except QueueUnwritable:
            self._to_put_back = job.id
            raise

    def _end(self, job: Job) -> None:
        try:
            try:
                self._draw(job)
            finally:
                self._watchdog.pat(None)
        except _Interrupted:
            self._interrupted(job)
        except QueueUnwritable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a job did, the next one must run
            self._queue.fail(job.id)
            self._tell(Failed(job.id, error))

    def _put_back(self) -> None:
        """Put back what could not even be put back when the disk was full."""
        if self._to_put_back is not None:
            self._queue.put_back(self._to_put_back)
            self._to_put_back = None

    def _draw(self, job: Job) -> None:
        self._to_cancel.set()  # its cancelling may have been cut off by a stop
        self._look(job)
        if self._unloaded:
            raise self._unloaded
        self._tell(Started(job.id))
        prompt = self._generator.prompt(job.request)
        self._look(job)
        if prompt.cut:
            self._tell(WordsCut(job.id, prompt.cut))
        self._watchdog.pat(job.id)
        drawing_since = time.monotonic()

        def on_step(step: Step) -> None:
            self._watchdog.pat(job.id)
            self._look(job)
            made = step.picture + step.together * step.step / step.steps
            share = made / job.request.count
            left = (time.monotonic() - drawing_since) * (1 - share) / share
            told = left if share >= TELLING_SHARE else None
            of = job.request.count
            self._tell(Progress(job.id, step.picture, step.together, of, share, told))

        for picture in self._generator.album(job.request, on_step):
            self._save_picture(job, picture, prompt)
        seconds = time.monotonic() - drawing_since
        self._queue.finish(job.id, seconds)
        self._tell(Generated(job.id, job.request.mode.name, seconds))

    def _save_picture(self, job: Job, picture: Picture, prompt: Prompt) -> None:
        model = self._generator.model_name
        self._queue.save_picture(job, picture, parameters(job.request, picture, prompt, model))
        if picture.index == 0:
            self._tell(Drawn(job.id))

    def _look(self, job: Job) -> None:
        """Raise when this job is to end here. The database is asked only after a cancel."""
        if self._stopping.is_set():
            raise _Interrupted
        if self._to_cancel.is_set():
            self._to_cancel.clear()
            if self._queue.cancel_wanted(job.id):
                raise _Interrupted

    def _tell(self, event: Event) -> None:
        """Let every listener hear it; what goes wrong with one is not the others' business."""
        for listener in self._listeners:
            try:
                listener(event)
            except Exception:
                log.exception("A listener failed at %r", event)

    def _interrupted(self, job: Job) -> None:
        if self._stopping.is_set():
            self._queue.put_back(job.id)
        else:
            self._queue.cancelled(job.id)
            self._tell(Cancelled(job.id))
