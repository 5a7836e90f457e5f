"""The worker thread: one job after another, off the event loop."""

import contextlib
import logging
import threading
from collections.abc import Sequence
from dataclasses import replace

from generation.download_news import Downloading, DownloadNews, DownloadWaits, TokenIgnored
from generation.events import (
    Cancelled,
    Event,
    Failed,
    Generated,
    HalfPrecisionGivenUp,
    Listener,
    NotLoaded,
    QueueBroken,
    Reason,
    Resting,
    Resumed,
    Stuck,
)
from generation.faces.sight import Sights
from generation.request import AlbumGenerator, Job
from generation.work.budget import Budget
from generation.work.drawing import Drawing, Interrupted
from generation.work.neighbour import Action, Neighbour, Verdict
from generation.work.queue import JobDamaged, Queue, QueueUnwritable
from generation.work.samples import Samples
from generation.work.watchdog import Watchdog

log = logging.getLogger(__name__)

WORKER = "worker"
"""The name of the worker threads."""

RETRY_S = 5
"""Seconds until a queue that failed is tried again: its disk was full, or its database locked."""

QUIET_S = 20
"""Seconds without a job after which a worker draws what nobody waits for: whoever has just come is
not to share the machine with it."""

LOOK_S = 30
"""Seconds until a worker looks again whether it would be in somebody's way."""

SILENCE_S = 600
"""Seconds without a step after which a device counts as stuck. The slowest machine that is known to
work, a CPU, takes a minute for a step."""


class Worker:
    """Claims jobs and draws them. `listeners` hear every event, on the threads that work.

    After `silence` s without a step they hear, on another thread, that the device is stuck. With
    `sights` pictures are compared with their person, and made better within the `budget`. While
    there are no jobs, `samples` are drawn. `neighbour` says when that is in somebody's way; without
    one it never is.
    """

    def __init__(
        self,
        queue: Queue,
        generator: AlbumGenerator,
        listeners: Sequence[Listener],
        silence: float = SILENCE_S,
        sights: Sights | None = None,
        budget: Budget | None = None,
        samples: Samples | None = None,
        neighbour: Neighbour | None = None,
    ) -> None:
        self._queue = queue
        self._generator = generator
        self._listeners = listeners
        self._sights = sights
        self._budget = budget or Budget()
        self._samples = samples
        self._neighbour = neighbour
        self._verdict = Verdict()
        """What the neighbour said last."""
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
        self._knows_of_precision = False
        """Whether the listeners know that half precision was given up."""
        self._last_percent = -1
        """The percentage of a download that the listeners heard last."""
        self._watchdog = Watchdog(silence, lambda job_id: self._emit(Stuck(job_id, silence)))
        self.thread = threading.Thread(target=self._run, name=WORKER, daemon=True)

    def start(self) -> None:
        self._watchdog.start()
        self.thread.start()

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
        self.thread.join(timeout)
        return not self.thread.is_alive()

    def _run(self) -> None:
        while not self._stop_wanted.is_set():
            self._bell.clear()  # before the claim, so that no ring is lost
            try:
                self._put_back()
                resting = self._look_round()
                if self._neighbour and resting and resting.reason is Reason.MEMORY:
                    self._neighbour.give_back(self._generator.unload)
                    self._load_wanted.set()  # then before a claim: waiting jobs can be cancelled
                    self._bell.wait(LOOK_S)
                elif self._load_wanted.is_set():  # before a claim: waiting jobs can be cancelled
                    self._load_wanted.clear()
                    self._load()
                elif resting:
                    self._bell.wait(LOOK_S)
                elif job := self._queue.claim():
                    self._work(job)
                else:
                    self._idle()
            except JobDamaged as damage:
                self._emit(Failed(damage.job_id, damage))
            except QueueUnwritable as error:
                self._wait_for_the_queue(error)
            except Exception as error:  # whatever the queue does, the thread must go on
                log.exception("The queue failed; it is tried again in %s s", RETRY_S)
                self._wait_for_the_queue(error)
        with contextlib.suppress(QueueUnwritable):  # the next start puts it back
            self._put_back()

    def _look_round(self) -> Resting | None:
        """Give why no album may be begun now, if so; tell when that has changed."""
        before = self._verdict.resting
        self._verdict = self._neighbour.verdict() if self._neighbour else Verdict()
        resting = self._verdict.resting
        if resting != before:
            log.info("Albums wait: %s", resting.reason if resting else "no more")
            self._emit(resting or Resumed())
        return resting

    def _idle(self) -> None:
        """Wait for the bell; if it stays quiet, draw samples until it rings."""
        if self._load_error or not (self._samples and self._samples.wanted):
            self._bell.wait(LOOK_S if self._neighbour and self._neighbour.watches else None)
        elif not self._bell.wait(QUIET_S) and self._at_leisure():
            with contextlib.suppress(Interrupted):
                self._samples.draw(self._generator, self._raise_if_called)

    def _at_leisure(self) -> bool:
        return self._neighbour is None or self._neighbour.at_leisure()

    def _raise_if_called(self) -> None:
        if self._bell.is_set() or not self._at_leisure():
            raise Interrupted

    def _wait_for_the_queue(self, error: Exception) -> None:
        self._emit(QueueBroken(error))
        self._bell.wait(RETRY_S)

    def _load(self) -> None:
        self._load_error, self._last_percent = None, -1
        self._is_loading.set()
        try:
            self._generator.load(self._on_news)
        except Interrupted:
            log.info("The download is broken off; the next start goes on with it")
        except Exception as error:  # noqa: BLE001 - it becomes the failure of the next jobs
            self._load_error = error
            self._emit(NotLoaded(error))
        finally:
            self._is_loading.clear()

    def _on_news(self, news: DownloadNews) -> None:
        """Pass on what people would notice: whole percents, and a wait once."""
        if self._stop_wanted.is_set():
            raise Interrupted
        match news:
            case Downloading(done, whole):
                if (percent := done * 100 // whole) == self._last_percent:
                    return
                self._last_percent = percent
            case DownloadWaits():
                if not news.notable:
                    return
                log.warning("The download waits %s s: %s", news.seconds, news.why.text_id())
                self._last_percent = -1  # the next byte tells that the wait is over
            case TokenIgnored():
                pass
        self._emit(news)

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
                self._tell_of_precision()
        except Interrupted:
            self._record_interruption(job)
        except QueueUnwritable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a job does, the next one must run
            self._queue.fail(job.id, error)
            self._emit(Failed(job.id, error))

    def _tell_of_precision(self) -> None:
        if self._generator.half_precision_given_up and not self._knows_of_precision:
            self._knows_of_precision = True
            self._emit(HalfPrecisionGivenUp())

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
        job = self._as_small_as_wanted(job)
        drawing = Drawing(
            job, self._queue, self._generator, self._sights, self._budget,
            emit=self._emit, interrupt=lambda: self._raise_if_interrupted(job),
            alive=lambda: self._watchdog.pat(job.id),
        )  # fmt: skip
        seconds = drawing.run()
        if not self._queue.finish(job.id, seconds):
            raise Interrupted  # the cancel came after the last step
        self._emit(Generated(job.id, job.request.mode.name, seconds))

    def _as_small_as_wanted(self, job: Job) -> Job:
        """Give the job in the next smaller mode, if the neighbour said so before its claim."""
        neighbour, verdict = self._neighbour, self._verdict
        if not (neighbour and verdict.reason and verdict.action is Action.SMALLER):
            return job
        mode = neighbour.smaller(job.request.mode, self._generator.can_draw)
        if mode is None:
            return job
        self._queue.save_smaller(job.id, mode, verdict.reason)
        return replace(job, request=replace(job.request, mode=mode))

    def _raise_if_interrupted(self, job: Job) -> None:
        """Raise Interrupted at a stop or a cancel. Only after a cancel is the queue asked."""
        if self._stop_wanted.is_set():
            raise Interrupted
        if self._some_cancel_wanted.is_set():
            self._some_cancel_wanted.clear()
            if self._queue.cancel_wanted(job.id):
                raise Interrupted

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
                log.exception("A listener failed at %s", type(event).__name__)
