"""The status messages of all jobs, from the acceptance to the end."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass, replace
from functools import partial

from telegram import Bot, Message
from telegram.error import TelegramError

from db import AT_REST, UNFINISHED, DataUnwritable, JobRecord, Jobs, Position, WaitEstimates
from generation.download_news import Downloading, DownloadWaits
from generation.events import Reason, Resting
from handlers.core import keyboards
from handlers.core.phrases import (
    album_name,
    mode_name,
    position_text,
    resting_text,
    shown_ahead,
    story_name,
)  # fmt: skip
from handlers.core.remarks import english_line, english_of, remark_lines
from handlers.core.replies import in_topic, replying_to
from handlers.delivery.progress import download_text
from handlers.delivery.status_message import Content, Pace, StatusMessage
from handlers.texts import Say, Texts

log = logging.getLogger(__name__)

PAUSE_PRIVATE_S = 1.0
PAUSE_GROUP_S = 8.0
"""Seconds between edits. Telegram counts 20 calls a minute in a group, albums among them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a waiting job's message tells. The seconds alone, which pass, are no reason to edit."""

    ahead: int
    nobody_can: bool
    resting: Resting | None
    download: Downloading | DownloadWaits | None


class StatusBoard:
    """Finds each job's message, or makes it."""

    def __init__(self, bot: Bot, jobs: Jobs, waits: WaitEstimates, texts: Texts) -> None:
        self._bot = bot
        self._jobs = jobs
        self._waits = waits
        self._texts = texts
        self._open: dict[int, StatusMessage] = {}
        self._paces: dict[int, Pace] = {}
        self._pictured: set[int] = set()
        """Cancelled jobs whose message ended as a picture: their album may still be asked for."""
        self._drawing: set[int] = set()
        """The jobs that are being drawn: a place in the queue must not come after that."""
        self._shown: dict[int, Shown] = {}
        """What the message of each job that waits says: where that has changed it is edited."""
        self._looking = asyncio.Lock()
        self._machine_rests: Resting | None = None
        self._paused = False
        self._download: Downloading | DownloadWaits | None = None
        """How far the model is while it is downloaded, or what it waits for."""

    async def announce(self, job: JobRecord) -> None:
        """Say where the job stands, in a message that will follow it."""
        status = await self.of(job)
        with status.announcement():
            await self._announce(job, status)
        await self.move_up()  # it may have come before others

    async def _announce(self, job: JobRecord, status: StatusMessage) -> None:
        now = await self._jobs.get(job.id)
        if now is None or now.state in AT_REST:  # a quick worker: how it ended has been told
            self.set_free(job.id)
            return
        say = self._say(job)
        ticket = job.ticket
        position = await self._waits.position(job.id)
        shown = self._to_show(position)  # as of now: it may be something else once it is sent
        text = self._waiting_text(say, position) + remark_lines(say, job)
        keyboard = keyboards.cancel(say, job.id, ticket.person_id)

        async def send(thread_id: int | None) -> Message:
            return await self._bot.send_message(
                ticket.chat_id,
                status.headed(text),
                message_thread_id=thread_id,
                reply_parameters=replying_to(ticket.message_id),
                reply_markup=keyboard,
            )

        try:
            message = await in_topic(send, ticket.thread_id)
        except TelegramError as error:
            log.warning("Job %s waits without a status message: %s", job.id, error)
            return
        try:
            digest = Content(status.headed(text), keyboard).digest
            await self._jobs.announced(job.id, message.message_id, digest)
        except DataUnwritable as error:  # the job was taken down, and is not lost
            log.warning("Job %s will have another status message: %s", job.id, error)
        self._shown.setdefault(job.id, shown)
        await status.attach(message.message_id, text, keyboard)

    async def pick_up(self, job: JobRecord) -> None:
        """Let a waiting job's message follow it again after a start, or a move of its chat."""
        if job.status_message_id is None:
            await self.announce(job)
        else:
            await self.of(job)

    async def follow(self, old_chat_id: int) -> None:
        """Announce anew what waits in a chat that has moved: its messages are out of reach."""
        lost = [job_id for job_id, status in self._open.items() if status.chat_id == old_chat_id]
        for job_id in lost:
            status = self.set_free(job_id)
            if status is None:
                continue  # it ended while another one was announced
            await status.stop()
            job = await self._jobs.get(job_id)
            if job and job.state in UNFINISHED:
                await self.announce(job)

    async def show(self, job: JobRecord, text: str) -> None:
        """Let the job's message say this, its words in English, and what is not drawn as was said.

        Below it is a button that cancels the job, and in private one that puts the English right:
        in a group the bot would not hear the answer.
        """
        say = self._say(job)
        status = await self.of(job)
        status.heading = _heading(say, job)  # the mode may be a smaller one by now
        english = bool(english_of(job)) and job.ticket.chat_id > 0
        keyboard = keyboards.cancel(say, job.id, job.ticket.person_id, english=english)
        status.show(text + english_line(say, job) + remark_lines(say, job), keyboard)

    def show_picture(self, job_id: int, picture: bytes) -> None:
        """Show a picture in the job's message, unless its end has come already."""
        if status := self._open.get(job_id):
            status.show_picture(picture)

    def insist(self, job: JobRecord, text: str) -> None:
        """Let the job's message say this until the end, unless that has come already."""
        if status := self._open.get(job.id):
            status.insist(text)

    def note_drawing(self, job_id: int) -> None:
        """Take it that the job waits no more."""
        self._drawing.add(job_id)

    async def wait_again(self, job_id: int) -> None:
        """Take it that a job which was being drawn waits in the queue again, and say so."""
        self._drawing.discard(job_id)
        self._shown.pop(job_id, None)
        await self.move_up()

    def note_remaining(self, job_id: int, seconds: float) -> None:
        """Take it from a running job how long it still needs: others wait for that."""
        self._waits.note_remaining(job_id, seconds)

    async def move_up(self) -> None:
        """Tell those who wait how many are ahead of them now, where that has changed.

        One look after the other: what an earlier one saw must not be told after a later one.
        """
        async with self._looking:
            for job, position in await self._waits.waiting():
                if job.id not in self._open or job.id in self._drawing:
                    continue
                shown = self._to_show(position)
                if self._shown.get(job.id) != shown:
                    self._shown[job.id] = shown
                    await self.show(job, self._waiting_text(self._say(job), position))

    async def downloading(self, news: Downloading | DownloadWaits) -> None:
        """Tell those who wait that the model has to be downloaded first, and how that goes."""
        self._download = news
        await self.move_up()

    def downloaded(self) -> None:
        """Say that the model is here, or given up: positions in the queue count again."""
        self._download = None

    async def rest(self, resting: Resting | None) -> None:
        """Tell those who wait why no album is begun now; None: they are."""
        self._machine_rests = resting
        await self._tell_of_rest()

    async def pause(self, *, paused: bool) -> None:
        """Tell those who wait that the owner lets no album be begun, or that they do again."""
        self._paused = paused
        if self._machine_rests and self._machine_rests.reason is Reason.PAUSED:
            self._machine_rests = None  # a worker that says so will say it again, if it is true
        await self._tell_of_rest()

    async def _tell_of_rest(self) -> None:
        paused = Resting(Reason.PAUSED) if self._paused else None
        self._waits.resting = paused or self._machine_rests
        await self.move_up()

    def _waiting_text(self, say: Say, position: Position) -> str:
        if self._waits.resting:  # perhaps only since the wait was foretold
            where = position_text(say, replace(position, seconds=None))
            return f"{resting_text(say, self._waits.resting)}\n{where}"
        if self._download:
            return download_text(say, self._download)
        return position_text(say, position)

    def _to_show(self, position: Position) -> Shown:
        ahead = shown_ahead(position.ahead)
        return Shown(ahead, position.nobody, self._waits.resting, self._download)

    async def of(self, job: JobRecord) -> StatusMessage:
        if status := self._open.get(job.id):
            return status
        chat_id = job.ticket.chat_id
        pause = PAUSE_PRIVATE_S if chat_id > 0 else PAUSE_GROUP_S
        pace = self._paces.setdefault(chat_id, Pace(pause))
        say = self._say(job)
        status = self._open[job.id] = StatusMessage(
            self._bot,
            chat_id,
            pace,
            _heading(say, job),
            partial(self._note_said, job.id),
            captioned=job.id in self._pictured,
        )
        self._pictured.discard(job.id)
        if job.status_message_id is not None:
            await status.attach(job.status_message_id, said=job.status_digest)
        return status

    def drop(self, job_id: int) -> StatusMessage | None:
        """Give up the message of a job that ends here; whoever ends it closes the message."""
        self._shown.pop(job_id, None)
        self._drawing.discard(job_id)
        return self.set_free(job_id)

    def set_free(self, job_id: int) -> StatusMessage | None:
        """Give up the message of a job that goes on, with another one perhaps."""
        return self._open.pop(job_id, None)

    def set_aside(self, job_id: int) -> None:
        """Give up the message of a cancelled job. It may be needed again."""
        status = self.drop(job_id)
        if status and status.captioned:
            self._pictured.add(job_id)

    async def stop(self) -> None:
        for status in list(self._open.values()):
            await status.stop()

    async def _note_said(self, job_id: int, digest: str | None) -> None:
        """Record what a message says, if the disk takes it."""
        with contextlib.suppress(DataUnwritable):
            await self._jobs.status_says(job_id, digest)

    def _say(self, job: JobRecord) -> Say:
        return self._texts.say(job.ticket.language)


def _heading(say: Say, job: JobRecord) -> str:
    """Say what the message is about."""
    mode = mode_name(say, job.mode_name)
    if job.scenes:
        return say("status-heading-story", count=len(job.scenes), words=story_name(job), mode=mode)
    return say("status-heading", words=album_name(job), mode=mode)
