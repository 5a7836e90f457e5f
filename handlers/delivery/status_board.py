"""The status messages of all jobs, from the acceptance to the end."""

import logging

from telegram import Bot, Message
from telegram.error import TelegramError

from db import DataUnwritable, JobCard, Jobs, Line, Place, State
from handlers import album, keyboards
from handlers.replies import in_topic, replying_to
from handlers.status import Pace, StatusLine, downloading_text, place_text
from handlers.texts import Say, Texts

log = logging.getLogger(__name__)

PAUSE_PRIVATE_S = 1.0
PAUSE_GROUP_S = 8.0
"""Between edits. Telegram counts 20 calls a minute in a group, and the albums are among them."""

NEAR, FAR_STEP = 10, 5
"""Places in the line: an edit of everybody's message for each album would be in its way."""


class Statuses:
    """Finds each job's message, or makes it."""

    def __init__(self, bot: Bot, jobs: Jobs, line: Line, texts: Texts) -> None:
        self._bot = bot
        self._jobs = jobs
        self._line = line
        self._texts = texts
        self._open: dict[int, StatusLine] = {}
        self._paces: dict[int, Pace] = {}
        self._pictured: set[int] = set()
        """Cancelled jobs whose message ended as a picture: their album may still be asked for."""
        self._download: tuple[int, int] | None = None
        """How many bytes of the model are here, and of how many, while it is downloaded."""

    async def announce(self, job: JobCard) -> None:
        """Say where the job stands, in a message that will follow it."""
        line = await self.of(job)
        say = self._say(job)
        ticket = job.ticket
        text = self._waiting(say, await self._line.place(job.id))
        keyboard = keyboards.cancel(say, job.id, ticket.person_id)

        async def send(thread_id: int | None) -> Message:
            return await self._bot.send_message(
                ticket.chat_id,
                line.headed(text),
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
            await self._jobs.announced(job.id, message.message_id)
        except DataUnwritable as error:  # the job was taken down, and is not lost
            log.warning("Job %s will have another status message: %s", job.id, error)
        await line.place(message.message_id, text, keyboard)

    async def pick_up(self, job: JobCard) -> None:
        """Let a waiting job's message follow it again after a start, or a move of its chat."""
        if job.status_message_id is None:
            await self.announce(job)
        else:
            await self.of(job)

    async def follow(self, old_chat_id: int) -> None:
        """Announce anew what waits in a chat that has moved: its messages are out of reach."""
        lost = [job_id for job_id, line in self._open.items() if line.chat_id == old_chat_id]
        for job_id in lost:
            await self._open.pop(job_id).stop()
            job = await self._jobs.card(job_id)
            if job and job.state in (State.QUEUED, State.RUNNING):
                await self.announce(job)

    async def show(self, job: JobCard, text: str) -> None:
        """Let the job's message say this, above a button that cancels the job."""
        line = await self.of(job)
        line.show(text, keyboards.cancel(self._say(job), job.id, job.ticket.person_id))

    def heard(self, job_id: int, seconds_left: float) -> None:
        """Those who wait for a running job wait as long as it says itself."""
        self._line.heard(job_id, seconds_left)

    async def move_up(self) -> None:
        """Tell those who wait how many are ahead of them now; the far ones at every fifth step."""
        for job, place in await self._line.waiting():
            if job.id in self._open and (place.ahead <= NEAR or place.ahead % FAR_STEP == 0):
                await self.show(job, self._waiting(self._say(job), place))

    async def downloading(self, done: int, whole: int) -> None:
        """Tell those who wait that the model has to be downloaded first; in bytes."""
        self._download = done, whole
        await self.move_up()

    def downloaded(self) -> None:
        """Say that the model is here, or given up: places in the line count again."""
        self._download = None

    def _waiting(self, say: Say, place: Place) -> str:
        if self._download:
            return downloading_text(say, *self._download)
        return place_text(say, place.ahead, place.seconds)

    async def of(self, job: JobCard) -> StatusLine:
        if line := self._open.get(job.id):
            return line
        chat_id = job.ticket.chat_id
        pause = PAUSE_PRIVATE_S if chat_id > 0 else PAUSE_GROUP_S
        pace = self._paces.setdefault(chat_id, Pace(pause))
        words = album.name(job)
        heading = self._say(job)("status-heading", words=words, preset=job.preset)
        line = self._open[job.id] = StatusLine(
            self._bot, chat_id, pace, heading, captioned=job.id in self._pictured
        )
        self._pictured.discard(job.id)
        if job.status_message_id is not None:
            await line.place(job.status_message_id)
        return line

    def drop(self, job_id: int) -> StatusLine | None:
        """Give the job's line up, to whoever ends it."""
        return self._open.pop(job_id, None)

    def set_aside(self, job_id: int) -> None:
        """Give up the line of a cancelled job, whose message may be needed again."""
        line = self.drop(job_id)
        if line and line.captioned:
            self._pictured.add(job_id)

    async def stop(self) -> None:
        for line in list(self._open.values()):
            await line.stop()

    def _say(self, job: JobCard) -> Say:
        return self._texts.say(job.ticket.language)
