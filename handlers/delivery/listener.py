"""From a job's events to its status message, and at the end to the album in the chat."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any, ParamSpec, TypeVar

import httpx
from telegram import Bot, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from db import Albums, Chats, DataUnwritable, JobCard, Jobs, State
from generation.errors import Refusal
from generation.request import (
    Cancelled,
    Downloading,
    Drawn,
    Event,
    Failed,
    Generated,
    JobEvent,
    NotLoaded,
    Progress,
    QueueBroken,
    Started,
    Stuck,
    WordsCut,
)
from handlers import album, keyboards
from handlers.errors import sentence
from handlers.owner import Owner
from handlers.replies import RECONNECT_S, seconds_of, tell
from handlers.status import progress_text
from handlers.statuses import Statuses
from handlers.texts import Say, Texts

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")

ALBUM = "album"
"""The name of the tasks that a stop waits for."""


class BrokenOff(Refusal):
    """The bot went down with the job twice, or before it could say how the job had failed."""


class Delivery:
    """Hears the worker, tells the person."""

    def __init__(
        self,
        bot: Bot,
        jobs: Jobs,
        albums: Albums,
        chats: Chats,
        statuses: Statuses,
        owner: Owner,
        texts: Texts,
        model: str,
    ) -> None:
        """`model`: the name that stands under every album."""
        self._bot = bot
        self._statuses = statuses
        self._owner = owner
        self._jobs = jobs
        self._albums = albums
        self._chats = chats
        self._texts = texts
        self._model = model
        self._cuts: dict[int, str] = {}
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asking = asyncio.Lock()

    # From the start to the stop

    async def start(self) -> None:
        """Listen, and pick up what the last run left."""
        self._loop = asyncio.get_running_loop()
        await self._jobs.recover()
        for job in await self._jobs.untold():
            match job.state:
                case State.DELIVERED:
                    self._spawn(self._offer(job), job.id)
                case State.CANCELLED:
                    self._spawn(self._end(job, Cancelled(job.id)), job.id)
                case _:
                    self._spawn(self._end(job, Failed(job.id, BrokenOff())), job.id)
        for job in await self._jobs.in_state(State.DELIVERING):
            self._spawn(self._ask(job), job.id)
        for job in await self._jobs.in_state(State.GENERATED):
            self.deliver(job.id)
        for job in await self._jobs.in_state(State.QUEUED):
            self._spawn(self._statuses.pick_up(job), job.id)
        self._spawn(self._statuses.move_up())
        self._spawn(self._listen())

    async def stop(self, patience: float) -> None:
        """Let started albums finish within `patience` s; everything else is in the database."""
        await self._statuses.stop()
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

    async def ended(self, job: JobCard, event: Cancelled | Failed) -> None:
        self._spawn(self._end(job, event), job.id)
        await self._statuses.move_up()

    async def cancelling(self, job: JobCard) -> None:
        (await self._statuses.of(job)).insist(self._say(job)("cancelling"))

    async def forget(self, job_ids: list[int]) -> None:
        """Stop sending what was erased, and take its status messages away."""
        for job_id in job_ids:
            sending = [task for task in self._tasks if task.get_name().endswith(f" {job_id}")]
            for task in sending:
                task.cancel()
            await asyncio.gather(*sending, return_exceptions=True)
            self._cuts.pop(job_id, None)
            if line := self._statuses.drop(job_id):
                await line.close(None)
        await self._statuses.move_up()

    def deliver(self, job_id: int) -> None:
        """Send a generated album, in the background."""
        self._spawn(self._deliver(job_id), job_id, ALBUM)

    async def send_again(self, job_id: int, person_id: int) -> bool:
        """Send an album that did not arrive; False when this person was not asked about it."""
        job = await self._answered(job_id, person_id, State.GENERATED)
        if job:
            self.deliver(job_id)
        return job is not None

    async def arrived(self, job_id: int, person_id: int) -> bool:
        """Put the buttons under an album that did arrive; False as above."""
        job = await self._answered(job_id, person_id, State.DELIVERED)
        if job:
            self._spawn(self._offer(job), job.id)
        return job is not None

    async def _answered(self, job_id: int, person_id: int, state: State) -> JobCard | None:
        async with self._asking:
            job = await self._jobs.card(job_id)
            if job is None or job.ticket.person_id != person_id:
                return None
            moved = await self._jobs.move(job_id, old=State.IN_DOUBT, new=state)
            return job if moved else None

    # Events

    async def _listen(self) -> None:
        while True:
            event = await self._events.get()
            try:
                await self._on(event)
            except Exception:
                log.exception("The news of a job could not be told: %r", event)

    async def _on(self, event: Event) -> None:
        if isinstance(event, QueueBroken):
            await self._owner.hears_of_trouble(event.error)
            return
        if isinstance(event, Downloading):
            await self._statuses.downloading(event.done, event.whole)
            return
        if isinstance(event, NotLoaded):
            self._statuses.downloaded()
            await self._owner.hears_of_no_model(event.error)
            return
        if isinstance(event, Generated):
            self._owner.trouble_is_over()
            self.deliver(event.job_id)
            return
        if job := await self._jobs.card(event.job_id):  # or it was erased meanwhile
            await self._on_job(job, event)

    async def _on_job(self, job: JobCard, event: JobEvent) -> None:
        match event:
            case Started():
                self._statuses.downloaded()
                self._owner.model_is_here()
                await self._show(job, self._say(job)("preparing"))
                await self._statuses.move_up()
            case WordsCut():
                self._cuts[job.id] = event.words
                await self._show(job, self._say(job)("preparing"))
            case Progress():
                if event.seconds_left is not None:
                    self._statuses.heard(job.id, event.seconds_left)
                await self._show(job, progress_text(self._say(job), event))
            case Drawn():
                await self._show_first(job)
            case Stuck():
                await self._show(job, self._say(job)("stuck"))
                await self._owner.hears_of_silence(event.seconds)
            case Cancelled() | Failed():
                await self.ended(job, event)

    async def _show(self, job: JobCard, text: str) -> None:
        text += album.cut_line(self._say(job), self._cuts.get(job.id, ""))
        await self._statuses.show(job, text)

    async def _show_first(self, job: JobCard) -> None:
        """Let a person see the first picture early; a group has fewer edits to spare."""
        file = self._albums.picture(job.id, 1)
        if file and job.count > 1 and job.ticket.chat_id > 0:
            line = await self._statuses.of(job)
            line.picture(await asyncio.to_thread(file.read_bytes))

    async def _end(self, job: JobCard, event: Cancelled | Failed) -> None:
        """Say how a job ended that brought no album; what it drew before may be asked for."""
        say = self._say(job)
        text, keyboard = say("cancelled"), None
        if isinstance(event, Failed):
            text = sentence(say, event.error)
        elif made := len(self._albums.of(job.id).pictures):
            text = say("cancelled-made", count=made)
            keyboard = keyboards.made(say, made, job.id, job.ticket.person_id)
        line = await self._statuses.of(job)
        if keyboard:
            self._statuses.set_aside(job.id)
        self._close(job)
        if not await line.close(text, keyboard):
            await self._tell(job, text, keyboard)
        await self._written(self._jobs.told, job.id)

    # The album

    async def _deliver(self, job_id: int) -> None:
        """Send the album once. In doubt whether it arrived, ask; never send it twice in silence."""
        if not await self._written(
            self._jobs.move, job_id, old=State.GENERATED, new=State.DELIVERING
        ):
            return
        job = await self._jobs.card(job_id)
        if job is None:
            return
        line = await self._statuses.of(job)
        line.show(self._say(job)("sending"))
        try:
            sent = await album.send(self._bot, job, self._albums.of(job_id), self._caption(job))
        except Exception as error:  # noqa: BLE001 - each ends in an answer to the person
            await self._not_sent(job, error)
        else:
            numbers = [one.message_id for one in sent]
            await self._written(self._jobs.delivered, job_id, numbers)
            self._spawn(self._offer(replace(job, sent=tuple(numbers))), job.id)

    async def _offer(self, job: JobCard) -> None:
        """Put what can be done with the album under it: an album itself has no buttons."""
        line = await self._statuses.of(job)
        self._close(job)
        await line.close(None)
        say = self._say(job)
        keyboard = keyboards.album(say, job.count, job.id, job.ticket.person_id)
        if job.sent:  # they belong to the album, whatever asked for it
            job = replace(job, ticket=replace(job.ticket, message_id=job.sent[0]))
        await self._tell(job, say("album-done"), keyboard)
        await self._written(self._jobs.told, job.id)

    async def _not_sent(self, job: JobCard, error: Exception) -> None:
        match error:
            case Forbidden():
                log.info("Job %s: the chat is closed to the bot, the album stays here", job.id)
                await self._written(self._jobs.move, job.id, old=State.DELIVERING, new=State.FAILED)
                await self._written(self._jobs.told, job.id)
                await (await self._statuses.of(job)).stop()
                self._close(job)
            case RetryAfter():
                await self._try_later(job, seconds_of(error))
            case ChatMigrated():
                await self._written(self._chats.migrate, job.ticket.chat_id, error.new_chat_id)
                await self._try_later(job, 0)
            case NetworkError() if _never_left(error):
                await self._try_later(job, RECONNECT_S)
            case TelegramError() if not isinstance(error, BadRequest):
                log.warning("Job %s: no word whether the album arrived: %s", job.id, error)
                self._spawn(self._ask(job), job.id)
            case _:
                await self._written(self._jobs.move, job.id, old=State.DELIVERING, new=State.FAILED)
                self._spawn(self._end(job, Failed(job.id, error)), job.id)

    async def _try_later(self, job: JobCard, seconds: float) -> None:
        await self._written(self._jobs.move, job.id, old=State.DELIVERING, new=State.GENERATED)
        if line := self._statuses.drop(job.id):  # the chat may be another one by then
            await line.stop()
        self._spawn(self._deliver_after(seconds, job.id), job.id)

    async def _deliver_after(self, seconds: float, job_id: int) -> None:
        await asyncio.sleep(seconds)
        self.deliver(job_id)

    async def _ask(self, job: JobCard) -> None:
        """The album may have arrived: let the person say."""
        say = self._say(job)
        line = await self._statuses.of(job)
        self._close(job)
        await line.close(None)
        await self._written(self._jobs.announced, job.id, None)
        async with self._asking:  # the answer may be there before the state is
            keyboard = keyboards.send_again(say, job.id, job.ticket.person_id)
            await self._tell(job, say("in-doubt", words=album.name(job)), keyboard)
            await self._written(self._jobs.move, job.id, old=State.DELIVERING, new=State.IN_DOUBT)

    async def _tell(
        self, job: JobCard, text: str, keyboard: InlineKeyboardMarkup | None = None
    ) -> None:
        await tell(self._bot, self._chats, job.ticket, text, keyboard)

    async def _written(
        self, write: Callable[P, Awaitable[R]], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Write, however long the disk refuses: what was said or sent must not be forgotten."""
        while True:
            try:
                return await write(*args, **kwargs)
            except DataUnwritable as error:
                await self._owner.hears_of_trouble(error.__cause__ or error)
                await asyncio.sleep(RECONNECT_S)

    # Small things

    def _close(self, job: JobCard) -> None:
        self._statuses.drop(job.id)
        self._cuts.pop(job.id, None)

    def _caption(self, job: JobCard) -> str:
        return album.caption(self._say(job), job, self._model, self._cuts.get(job.id, ""))

    def _say(self, job: JobCard) -> Say:
        return self._texts.say(job.ticket.language)

    def _spawn(
        self, work: Coroutine[Any, Any, None], job_id: int | None = None, kind: str = ""
    ) -> None:
        """Work in the background; what is for a job ends with it."""
        task = asyncio.create_task(work, name=f"{kind} {job_id}")
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("A delivery broke off", exc_info=error)


def _never_left(error: NetworkError) -> bool:
    """Without a connection nothing can have arrived."""
    return isinstance(
        error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
    )
