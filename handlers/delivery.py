"""From a job's events to its status message, and at the end to the album in the chat."""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import httpx
from telegram import Bot, InlineKeyboardMarkup, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from db import Albums, Chats, JobCard, Jobs, State
from generation.errors import Refusal
from generation.request import Cancelled, Event, Failed, Generated, Progress, Started, WordsCut
from handlers import album, keyboards
from handlers.errors import sentence
from handlers.replies import RECONNECT_S, replying_to, tell
from handlers.status import StatusLine, progress_text
from handlers.texts import Say, Texts

log = logging.getLogger(__name__)

PAUSE_PRIVATE_S = 1.0
PAUSE_GROUP_S = 8.0
"""Between edits. Telegram counts 20 calls a minute in a group, and the album is one of them."""

ALBUM = "album"
"""The name of the tasks that a stop waits for."""


class FailedTwice(Refusal):
    """The job took the bot down with it twice."""


class Delivery:
    """Hears the worker, tells the person."""

    def __init__(
        self, bot: Bot, jobs: Jobs, albums: Albums, chats: Chats, texts: Texts, model: str
    ) -> None:
        """`model`: the name that stands under every album."""
        self._bot = bot
        self._jobs = jobs
        self._albums = albums
        self._chats = chats
        self._texts = texts
        self._model = model
        self._lines: dict[int, StatusLine] = {}
        self._cuts: dict[int, str] = {}
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asking = asyncio.Lock()

    # From the start to the stop

    async def start(self) -> None:
        """Listen, and pick up what the last run left."""
        self._loop = asyncio.get_running_loop()
        for job in await self._jobs.recover():
            await self._end(job, Failed(job.id, FailedTwice()))
        for job in await self._jobs.in_state(State.DELIVERING):
            self._spawn(self._ask(job))
        for job in await self._jobs.in_state(State.GENERATED):
            self.deliver(job.id)
        for job in await self._jobs.in_state(State.QUEUED):
            if job.status_message_id is None:
                self._spawn(self.announce(job))
        self._spawn(self._listen())

    async def stop(self, patience: float) -> None:
        """Let started albums finish within `patience` s; everything else is in the database."""
        for line in list(self._lines.values()):
            await line.stop()
        albums = {task for task in self._tasks if task.get_name().startswith(ALBUM)}
        for task in self._tasks - albums:
            task.cancel()
        if albums:
            await asyncio.wait(albums, timeout=patience)
        for task in self._tasks:
            task.cancel()  # the next start asks whether a broken-off album arrived
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def hear(self, event: Event) -> None:
        """Take an event of the worker. Called on its thread."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._events.put_nowait, event)

    # Called by the handlers

    async def announce(self, job: JobCard) -> None:
        """Say where the job stands, in a message that will follow it."""
        line = await self._line(job)
        say = self._say(job)
        ticket = job.ticket
        try:
            message: Message = await self._bot.send_message(
                ticket.chat_id,
                await self._position(job),
                message_thread_id=ticket.thread_id,
                reply_parameters=replying_to(ticket.message_id),
                reply_markup=keyboards.cancel(say, job.id, ticket.person_id),
            )
        except TelegramError as error:
            log.warning("Job %s waits without a status message: %s", job.id, error)
            return
        await self._jobs.announced(job.id, message.message_id)
        await line.place(message.message_id)

    async def cancelled(self, job: JobCard) -> None:
        await self._end(job, Cancelled(job.id))

    async def cancelling(self, job: JobCard) -> None:
        (await self._line(job)).insist(self._say(job)("cancelling"))

    async def forget(self, job_ids: list[int]) -> None:
        """Stop sending what was erased, and take its status messages away."""
        for job_id in job_ids:
            sending = [task for task in self._tasks if task.get_name() == _task_name(job_id)]
            for task in sending:
                task.cancel()
            await asyncio.gather(*sending, return_exceptions=True)
            self._cuts.pop(job_id, None)
            if line := self._lines.pop(job_id, None):
                await line.close(None)

    def deliver(self, job_id: int) -> None:
        """Send a generated album, in the background."""
        self._spawn(self._deliver(job_id), name=_task_name(job_id))

    async def send_again(self, job_id: int, person_id: int) -> bool:
        """Send an album that did not arrive; False when this person was not asked about it."""
        async with self._asking:
            job = await self._jobs.card(job_id)
            if job is None or job.ticket.person_id != person_id:
                return False
            sent = await self._jobs.move(job_id, old=State.IN_DOUBT, new=State.GENERATED)
        if sent:
            self.deliver(job_id)
        return sent

    # Events

    async def _listen(self) -> None:
        while True:
            event = await self._events.get()
            try:
                await self._on(event)
            except Exception:
                log.exception("The news of a job could not be told: %r", event)

    async def _on(self, event: Event) -> None:
        job = await self._jobs.card(event.job_id)
        if job is None:
            return  # erased meanwhile
        match event:
            case Started():
                await self._show(job, self._say(job)("preparing"))
                await self._move_up()
            case WordsCut():
                self._cuts[job.id] = event.words
                await self._show(job, self._say(job)("preparing"))
            case Progress():
                await self._show(job, progress_text(self._say(job), event))
            case Generated():
                self.deliver(job.id)
            case Cancelled() | Failed():
                self._spawn(self._end(job, event))

    async def _move_up(self) -> None:
        """Tell those who wait how many are ahead of them now."""
        for job in await self._jobs.in_state(State.QUEUED):
            if line := self._lines.get(job.id):
                keyboard = keyboards.cancel(self._say(job), job.id, job.ticket.person_id)
                line.show(await self._position(job), keyboard)

    async def _position(self, job: JobCard) -> str:
        return self._say(job)("queued", ahead=await self._jobs.ahead(job.id))

    async def _show(self, job: JobCard, text: str) -> None:
        say = self._say(job)
        text += album.cut_line(say, self._cuts.get(job.id, ""))
        line = await self._line(job)
        line.show(text, keyboards.cancel(say, job.id, job.ticket.person_id))

    async def _end(self, job: JobCard, event: Cancelled | Failed) -> None:
        """Say how a job ended that brought no album."""
        say = self._say(job)
        text = sentence(say, event.error) if isinstance(event, Failed) else say("cancelled")
        line = await self._line(job)
        self._close(job)
        if not await line.close(text):
            self._spawn(self._tell(job, text))

    async def _line(self, job: JobCard) -> StatusLine:
        if line := self._lines.get(job.id):
            return line
        private = job.ticket.chat_id > 0
        line = StatusLine(
            self._bot, job.ticket.chat_id, PAUSE_PRIVATE_S if private else PAUSE_GROUP_S
        )
        self._lines[job.id] = line
        if job.status_message_id is not None:
            await line.place(job.status_message_id)
        return line

    # The album

    async def _deliver(self, job_id: int) -> None:
        """Send the album once. In doubt whether it arrived, ask; never send it twice in silence."""
        if not await self._jobs.move(job_id, old=State.GENERATED, new=State.DELIVERING):
            return
        job = await self._jobs.card(job_id)
        if job is None:
            return
        line = await self._line(job)
        line.show(self._say(job)("sending"))
        try:
            await album.send(self._bot, job, self._albums.of(job_id), self._caption(job))
        except Exception as error:  # noqa: BLE001 - each ends in an answer to the person
            await self._not_sent(job, error)
        else:
            await self._jobs.move(job_id, old=State.DELIVERING, new=State.DELIVERED)
            self._close(job)
            await line.close(None)

    async def _not_sent(self, job: JobCard, error: Exception) -> None:
        match error:
            case Forbidden():
                log.info("Job %s: the chat is closed to the bot, the album stays here", job.id)
                await self._jobs.move(job.id, old=State.DELIVERING, new=State.FAILED)
                await (await self._line(job)).stop()
                self._close(job)
            case RetryAfter():
                await self._try_later(job, _seconds(error.retry_after))
            case ChatMigrated():
                await self._chats.migrate(job.ticket.chat_id, error.new_chat_id)
                await self._try_later(job, 0)
            case NetworkError() if _never_left(error):
                await self._try_later(job, RECONNECT_S)
            case TelegramError() if not isinstance(error, BadRequest):
                log.warning("Job %s: no word whether the album arrived: %s", job.id, error)
                self._spawn(self._ask(job))
            case _:
                await self._jobs.move(job.id, old=State.DELIVERING, new=State.FAILED)
                await self._end(job, Failed(job.id, error))

    async def _try_later(self, job: JobCard, seconds: float) -> None:
        await self._jobs.move(job.id, old=State.DELIVERING, new=State.GENERATED)
        if line := self._lines.pop(job.id, None):  # the chat may be another one by then
            await line.stop()
        self._spawn(self._deliver_after(seconds, job.id))

    async def _deliver_after(self, seconds: float, job_id: int) -> None:
        await asyncio.sleep(seconds)
        self.deliver(job_id)

    async def _ask(self, job: JobCard) -> None:
        """The album may have arrived: let the person say."""
        say = self._say(job)
        line = await self._line(job)
        self._close(job)
        await line.close(None)
        await self._jobs.announced(job.id, None)
        async with self._asking:  # the answer may be there before the state is
            keyboard = keyboards.send_again(say, job.id, job.ticket.person_id)
            await self._tell(job, say("in-doubt"), keyboard)
            await self._jobs.move(job.id, old=State.DELIVERING, new=State.IN_DOUBT)

    async def _tell(
        self, job: JobCard, text: str, keyboard: InlineKeyboardMarkup | None = None
    ) -> None:
        await tell(self._bot, self._chats, job.ticket, text, keyboard)

    # Small things

    def _close(self, job: JobCard) -> None:
        self._lines.pop(job.id, None)
        self._cuts.pop(job.id, None)

    def _caption(self, job: JobCard) -> str:
        return album.caption(self._say(job), job, self._model, self._cuts.get(job.id, ""))

    def _say(self, job: JobCard) -> Say:
        return self._texts.say(job.ticket.language)

    def _spawn(self, work: Coroutine[Any, Any, None], name: str | None = None) -> None:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("A delivery broke off", exc_info=error)


def _task_name(job_id: int) -> str:
    return f"{ALBUM} {job_id}"


def _never_left(error: NetworkError) -> bool:
    """Without a connection nothing can have arrived."""
    return isinstance(
        error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
    )


def _seconds(wait: float | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
