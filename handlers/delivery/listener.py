"""Takes the workers' events to the event loop, and shows them to whom they concern."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

from db import DataUnwritable, JobRecord, Jobs, State
from generation.download_news import Downloading, DownloadWaits, TokenIgnored
from generation.events import (
    Cancelled,
    Drawn,
    Event,
    Failed,
    Generated,
    HalfPrecisionGivenUp,
    JobNews,
    MachineNews,
    Mending,
    NotLoaded,
    Progress,
    PromptsWritten,
    PutBack,
    QueueBroken,
    Redrawing,
    Resting,
    Resumed,
    Started,
    Stuck,
)
from handlers.core.decency import Decency, NotChecked
from handlers.delivery.background import Background
from handlers.delivery.endings import Endings
from handlers.delivery.owner_alerts import OwnerAlerts
from handlers.delivery.progress import progress_text, refinement_text
from handlers.delivery.sender import Sender
from handlers.delivery.status_board import StatusBoard
from handlers.delivery.teller import Teller

log = logging.getLogger(__name__)

Note = Callable[[JobRecord, Generated | Cancelled | Failed], None]
"""Hears how each job's drawing ended."""


class Listener:
    def __init__(
        self,
        jobs: Jobs,
        decency: Decency,
        board: StatusBoard,
        alerts: OwnerAlerts,
        teller: Teller,
        sender: Sender,
        endings: Endings,
        background: Background,
        note: Note,
    ) -> None:
        self._jobs = jobs
        self._decency = decency
        self._board = board
        self._alerts = alerts
        self._teller = teller
        self._sender = sender
        self._endings = endings
        self._background = background
        self._note = note
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._drawn: dict[int, JobRecord] = {}
        """The jobs that are being drawn, each read once: a step comes many times a second."""

    def start(self) -> None:
        """Listen from now on. Called on the event loop."""
        self._loop = asyncio.get_running_loop()

    def hear(self, event: Event) -> None:
        """Take an event of a worker. Called on the worker's thread."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._events.put_nowait, event)

    async def run(self) -> None:
        """Show the events one after the other, until cancelled."""
        while True:
            event = await self._events.get()
            try:
                await self._on(event)
            except DataUnwritable as error:
                await self._alerts.data_unwritable(error)
            except Exception:
                log.exception("The news of a job could not be told: %s", type(event).__name__)

    async def ended(self, job: JobRecord, event: Cancelled | Failed) -> None:
        """Tell the person that a job ended without an album, and move the others up."""
        self._note(job, event)
        self._background.run(self._endings.tell(job, event), job.id)
        await self._board.move_up()

    async def _on(self, event: Event) -> None:
        match event:
            case Generated():
                self._drawn.pop(event.job_id, None)
                self._alerts.data_written()
                self._sender.deliver(event.job_id)
                if job := await self._jobs.get(event.job_id):
                    self._note(job, event)
            case PutBack():
                self._drawn.pop(event.job_id, None)
                await self._board.wait_again(event.job_id)
            case Started() | PromptsWritten() | Cancelled() | Failed():
                self._drawn.pop(event.job_id, None)  # how it stands in the database counts
                await self._on_job(event)
            case Progress() | Drawn() | Redrawing() | Mending() | Stuck():
                await self._on_job(event)
            case _:
                await self._on_machine(event)

    async def _on_machine(self, event: MachineNews) -> None:
        match event:
            case QueueBroken():
                await self._alerts.data_unwritable(event.error)
            case Downloading() | DownloadWaits():
                await self._board.downloading(event)
            case TokenIgnored():
                await self._alerts.token_ignored()
            case Resting():
                await self._board.rest(event)
            case Resumed():
                await self._board.rest(None)
            case NotLoaded():
                self._board.downloaded()
                await self._alerts.model_missing(event.error)
            case HalfPrecisionGivenUp():
                await self._alerts.half_precision_given_up()

    def read_again(self) -> None:
        """Read jobs anew: some were erased, or have gone to another chat."""
        self._drawn.clear()

    async def _job(self, job_id: int) -> JobRecord | None:
        """Give the job of an event; None when it was erased meanwhile."""
        job = self._drawn.get(job_id) or await self._jobs.get(job_id)
        if job and job.state is State.RUNNING:
            self._drawn[job_id] = job
        return job

    async def _on_job(self, event: JobNews) -> None:
        job = await self._job(event.job_id)
        if job is None:
            return
        say = self._teller.say(job)
        match event:
            case Started():
                self._board.downloaded()
                self._alerts.model_loaded()
                self._board.note_drawing(job.id)
                await self._board.show(job, say("preparing"))
                await self._board.move_up()
            case PromptsWritten():
                await self._board.show(job, say("preparing"))
            case Progress():
                if event.seconds_left is not None:
                    self._board.note_remaining(job.id, event.seconds_left)
                await self._board.show(job, progress_text(say, event))
            case Redrawing() | Mending():
                self._board.note_remaining(job.id, event.seconds_left)
                await self._board.show(job, refinement_text(say, event))
            case Drawn():
                # In the background: the look takes a moment, and other news don't wait for it.
                self._background.run(self._show_first_picture(job), job.id)
            case Stuck():
                await self._board.show(job, say("stuck"))
                await self._alerts.device_silent(event.seconds)
            case Cancelled() | Failed():
                await self.ended(job, event)

    async def _show_first_picture(self, job: JobRecord) -> None:
        """Show the first picture early, if it may be shown as it is.

        In private only: a group has fewer edits to spare.
        """
        if job.count == 1 or job.ticket.chat_id < 0:
            return
        with contextlib.suppress(OSError, NotChecked):  # the album will tell
            seen = await self._decency.picture(job, 1)
            if not seen.indecent:
                self._board.show_picture(job.id, seen.content)
