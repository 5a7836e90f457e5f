"""From a job's events to its status message, and at the end to the album in the chat."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto, Message
from telegram.constants import MessageLimit
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from db import Album, Albums, Chats, JobCard, Jobs, State
from generation.errors import Refusal
from generation.request import Cancelled, Event, Failed, Generated, Progress, Started
from handlers import keyboards
from handlers.errors import sentence
from handlers.replies import replying_to
from handlers.status import StatusLine
from handlers.texts import Say, Texts

log = logging.getLogger(__name__)

PAUSE_PRIVATE_S = 1.0
PAUSE_GROUP_S = 8.0
"""Between edits. Telegram counts 20 calls a minute in a group, and the album is one of them."""

ALBUM_TIMEOUT_S = 60.0
RECONNECT_S = 5.0
BAR_LENGTH = 10


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

    # From the start to the stop

    async def start(self) -> None:
        """Listen, and pick up what the last run left."""
        self._loop = asyncio.get_running_loop()
        for job in await self._jobs.recover():
            await self._end(job, Failed(job.id, FailedTwice()))
        for job in await self._jobs.in_state(State.DELIVERING):
            await self._ask(job)
        for job in await self._jobs.in_state(State.GENERATED):
            self.deliver(job.id)
        for job in await self._jobs.in_state(State.QUEUED):
            if job.status_message_id is None:
                self._spawn(self.announce(job))
        self._spawn(self._listen())

    async def stop(self) -> None:
        """Let a started album finish; everything else is in the database."""
        for line in self._lines.values():
            await line.stop()
        for task in self._tasks:
            if task.get_name() != "album":
                task.cancel()
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
        message: Message = await self._bot.send_message(
            ticket.chat_id,
            say("queued", ahead=await self._jobs.ahead(job.id)),
            message_thread_id=ticket.thread_id,
            reply_parameters=replying_to(ticket.message_id),
            reply_markup=keyboards.cancel(say, job.id, ticket.person_id),
        )
        await self._jobs.announced(job.id, message.message_id)
        await line.place(message.message_id)

    async def cancelled(self, job: JobCard) -> None:
        await self._end(job, Cancelled(job.id))

    async def cancelling(self, job: JobCard) -> None:
        (await self._line(job)).show(self._say(job)("cancelling"))

    async def forget(self, job_ids: list[int]) -> None:
        """Take away the status messages of jobs that were erased."""
        for job_id in job_ids:
            self._cuts.pop(job_id, None)
            if line := self._lines.pop(job_id, None):
                await line.close(None)

    def deliver(self, job_id: int) -> None:
        """Send a generated album, in the background."""
        self._spawn(self._deliver(job_id), name="album")

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
                self._cuts[job.id] = event.cut
                await self._show(job, self._say(job)("preparing"))
            case Progress():
                await self._show(job, progress_text(self._say(job), event))
            case Generated():
                self.deliver(job.id)
            case Cancelled() | Failed():
                await self._end(job, event)

    async def _show(self, job: JobCard, text: str) -> None:
        say = self._say(job)
        if cut := self._cuts.get(job.id):
            text += "\n" + say("cut", words=shortened(cut, 200))
        line = await self._line(job)
        line.show(text, keyboards.cancel(say, job.id, job.ticket.person_id))

    async def _end(self, job: JobCard, event: Cancelled | Failed) -> None:
        """Say how a job ended that brought no album."""
        say = self._say(job)
        text = sentence(say, event.error) if isinstance(event, Failed) else say("cancelled")
        line = await self._line(job)
        self._close(job)
        if line.placed:
            await line.close(text)
        else:
            await self._reply(job, text)

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
            await self._send(job, self._albums.of(job_id))
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
                self._close(job)
            case RetryAfter():
                await self._try_later(job, _seconds(error.retry_after))
            case ChatMigrated():
                await self._chats.migrate(job.ticket.chat_id, error.new_chat_id)
                await self._try_later(job, 0)
            case NetworkError() if _never_left(error):
                await self._try_later(job, RECONNECT_S)
            case NetworkError() if not isinstance(error, BadRequest):
                log.warning("Job %s: no word whether the album arrived: %s", job.id, error)
                await self._ask(job)
            case _:
                await self._jobs.move(job.id, old=State.DELIVERING, new=State.FAILED)
                await self._end(job, Failed(job.id, error))

    async def _send(self, job: JobCard, album: Album) -> None:
        if len(album.pictures) != job.count:
            raise FileNotFoundError(f"{len(album.pictures)} of {job.count} pictures are there")
        ticket = job.ticket
        caption = self._caption(job)
        pictures = await asyncio.gather(
            *(asyncio.to_thread(picture.read_bytes) for picture in album.pictures)
        )
        send: Callable[..., Awaitable[object]] = self._bot.send_media_group
        content: dict[str, object] = {
            "media": [
                InputMediaPhoto(picture, caption=caption if number == 0 else None)
                for number, picture in enumerate(pictures)
            ]
        }
        if len(pictures) == 1:  # Telegram's albums begin at two
            send, content = self._bot.send_photo, {"photo": pictures[0], "caption": caption}
        await send(
            chat_id=ticket.chat_id,
            **content,
            message_thread_id=ticket.thread_id,
            reply_parameters=replying_to(ticket.message_id),
            read_timeout=ALBUM_TIMEOUT_S,
            write_timeout=ALBUM_TIMEOUT_S,
        )

    def _caption(self, job: JobCard) -> str:
        say = self._say(job)
        caption = say(
            "album",
            words=shortened(job.words, 600),
            preset=job.preset,
            seed=str(job.seed),
            seconds=f"{job.seconds or 0:.1f}",
            model=self._model,
        )
        if cut := self._cuts.get(job.id):
            caption += "\n" + say("cut", words=shortened(cut, 200))
        return shortened(caption, MessageLimit.CAPTION_LENGTH)

    async def _try_later(self, job: JobCard, seconds: float) -> None:
        await self._jobs.move(job.id, old=State.DELIVERING, new=State.GENERATED)
        if line := self._lines.pop(job.id, None):  # the chat may be another one by then
            await line.stop()
        asyncio.get_running_loop().call_later(seconds, self.deliver, job.id)

    async def _ask(self, job: JobCard) -> None:
        """The album may have arrived: let the person say."""
        say = self._say(job)
        keyboard = keyboards.send_again(say, job.id, job.ticket.person_id)
        line = await self._line(job)
        self._close(job)
        await line.close(None)
        await self._reply(job, say("in-doubt"), keyboard)

    async def _reply(
        self, job: JobCard, text: str, keyboard: InlineKeyboardMarkup | None = None
    ) -> None:
        await self._bot.send_message(
            job.ticket.chat_id,
            text,
            message_thread_id=job.ticket.thread_id,
            reply_parameters=replying_to(job.ticket.message_id),
            reply_markup=keyboard,
        )

    # Small things

    def _close(self, job: JobCard) -> None:
        self._lines.pop(job.id, None)
        self._cuts.pop(job.id, None)

    def _say(self, job: JobCard) -> Say:
        return self._texts.say(job.ticket.language)

    def _spawn(self, work: Awaitable[None], name: str | None = None) -> None:
        task = asyncio.ensure_future(work)
        if name:
            task.set_name(name)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("A delivery broke off", exc_info=error)


def progress_text(say: Say, progress: Progress) -> str:
    filled = round(progress.share * BAR_LENGTH)
    return say(
        "progress",
        bar="▰" * filled + "▱" * (BAR_LENGTH - filled),
        percent=str(round(progress.share * 100)),
        picture=str(min(progress.picture + 1, progress.pictures)),
        pictures=str(progress.pictures),
        seconds=str(round(progress.seconds_left)),
    )


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _never_left(error: NetworkError) -> bool:
    """Without a connection nothing can have arrived."""
    return isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout)


def _seconds(wait: float | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
