"""The delivery: it brings albums to the chats, and news about them. Other rooms use only this."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from telegram import Bot

from db import Albums, Chats, JobRecord, Jobs, State, Ticket, WaitEstimates
from generation.events import Cancelled, Event, Failed
from generation.words.styles import StyleEntry
from handlers.core.decency import Decency
from handlers.delivery import album
from handlers.delivery.background import Background
from handlers.delivery.endings import Endings
from handlers.delivery.listener import Listener, Note
from handlers.delivery.owner_alerts import OwnerAlerts
from handlers.delivery.recovery import take_up
from handlers.delivery.sender import Sender
from handlers.delivery.status_board import StatusBoard
from handlers.delivery.teller import Teller
from handlers.texts import Say, Texts


class Delivery:
    """What `handlers.core.context.Delivery` asks for; it starts and stops with the bot."""

    def __init__(
        self,
        bot: Bot,
        jobs: Jobs,
        albums: Albums,
        chats: Chats,
        waits: WaitEstimates,
        alerts: OwnerAlerts,
        texts: Texts,
        decency: Decency,
        model: str,
        styles: Mapping[str, StyleEntry],
        note: Note,
    ) -> None:
        """`model`: its name in the caption of every album; `styles` are named there too.

        `note` hears how each job's drawing ended.
        """
        self._jobs = jobs
        self._decency = decency
        self._model = model
        self._styles = styles
        self._background = Background()
        self._board = StatusBoard(bot, jobs, waits, texts)
        teller = Teller(bot, chats, texts, alerts)
        self._endings = Endings(jobs, albums, self._board, teller)
        self._teller = teller
        self._sender = Sender(
            bot,
            jobs,
            chats,
            self._board,
            teller,
            self._endings,
            self._background,
            decency,
            model,
            styles,
        )
        self._listener = Listener(
            jobs,
            decency,
            self._board,
            alerts,
            teller,
            self._sender,
            self._endings,
            self._background,
            note,
        )

    async def start(self) -> None:
        """Listen to the workers, and take up what the last run left unfinished."""
        self._listener.start()
        await take_up(self._jobs, self._board, self._sender, self._endings, self._background)
        self._background.run(self._listener.run())

    async def stop(self, patience: float) -> None:
        """Wait up to `patience` seconds for uploads, and stop all else: the database has it.

        About an upload that is cut off, the next start asks whether its album arrived.
        """
        await self._board.stop()
        await self._background.stop(patience)

    def hear(self, event: Event) -> None:
        """Take an event of a worker. Called on the worker's thread."""
        self._listener.hear(event)

    async def pause(self, *, paused: bool) -> None:
        await self._board.pause(paused=paused)

    async def announce(self, job: JobRecord) -> None:
        await self._board.announce(job)

    async def follow(self, old_chat_id: int) -> None:
        self._listener.read_again()
        await self._board.follow(old_chat_id)

    def deliver(self, job_id: int) -> None:
        self._sender.deliver(job_id)

    async def ended(self, job: JobRecord, event: Cancelled | Failed) -> None:
        await self._listener.ended(job, event)

    async def cancelling(self, job: JobRecord) -> None:
        self._board.insist(job, self._teller.say(job)("cancelling"))

    async def abandon(self, job_ids: list[int]) -> None:
        self._listener.read_again()
        for job_id in job_ids:
            await self._background.cancel_job(job_id)

    async def take_away(self, job_ids: list[int]) -> None:
        statuses = [status for job_id in job_ids if (status := self._board.drop(job_id))]
        await asyncio.gather(*(status.close(None) for status in statuses))
        await self._board.move_up()

    async def send_to(
        self,
        job: JobRecord,
        ticket: Ticket,
        accepted: Callable[[], Awaitable[None]] | None = None,
    ) -> bool:
        """Send a drawn album to where `ticket` says; False if that is begun or done already.

        `accepted` is called before anything is sent: what is said of the sending comes after it.
        """
        if job.state is State.DELIVERED:
            begun = self._sender.send_copy(job, ticket)
        else:
            begun = await self._jobs.redirect(job.id, ticket)
        if begun and accepted:
            await accepted()
        if begun and job.state is not State.DELIVERED:
            self._sender.deliver(job.id)
        return begun

    def text_under(self, job: JobRecord, say: Say, chat_id: int) -> str:
        held = self._decency.held(job)
        return album.under(say, job, self._model, self._styles, held, chat_id)

    async def send_again(self, job_id: int, person_id: int) -> bool:
        return await self._sender.send_again(job_id, person_id)

    async def arrived(self, job_id: int, person_id: int) -> bool:
        return await self._sender.arrived(job_id, person_id)
