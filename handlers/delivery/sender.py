"""Sends the albums of generated jobs: each once, and again only if its person wants that."""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from telegram import Bot, Message
from telegram.error import BadRequest

from db import Chats, JobRecord, Jobs, State, Ticket
from generation.modes import FINEST
from generation.words.styles import StyleEntry
from handlers.core import keyboards
from handlers.core.decency import Decency
from handlers.core.phrases import album_name
from handlers.core.rejections import Doubtful, Moved, Passes, meaning_of
from handlers.core.replies import RECONNECT_S, TRIES, until_taken
from handlers.delivery import album
from handlers.delivery.background import Background
from handlers.delivery.endings import Endings
from handlers.delivery.status_board import StatusBoard
from handlers.delivery.teller import Teller

log = logging.getLogger(__name__)


class Sender:
    def __init__(
        self,
        bot: Bot,
        jobs: Jobs,
        chats: Chats,
        board: StatusBoard,
        teller: Teller,
        endings: Endings,
        background: Background,
        decency: Decency,
        model: str,
        styles: Mapping[str, StyleEntry],
    ) -> None:
        """`model`: its name in the caption of every album; `styles` are named there too."""
        self._bot = bot
        self._jobs = jobs
        self._decency = decency
        self._chats = chats
        self._board = board
        self._teller = teller
        self._endings = endings
        self._background = background
        self._model = model
        self._styles = styles
        self._asking = asyncio.Lock()
        self._tries: Counter[int] = Counter()
        """How often the sending of a job's album was refused for now."""
        self._copying: set[tuple[int, int]] = set()
        """The jobs whose albums are being sent once more, and the chats."""

    def deliver(self, job_id: int) -> None:
        """Send a generated album, in the background."""
        self._background.run(self._deliver(job_id), job_id, finishes=True)

    async def offer_buttons(self, job: JobRecord) -> None:
        """Put a message with buttons under the album: an album itself can have none."""
        await self._take_status_away(job)
        await self._put_buttons_under(job)
        await self._teller.written(self._jobs.told, job.id)

    async def _put_buttons_under(self, job: JobRecord) -> None:
        say, finest = self._teller.say(job), job.mode_name == FINEST
        chat_id, held = job.ticket.chat_id, self._decency.held(job)
        keyboard = keyboards.album(
            say, job.count, job.id, job.ticket.person_id, finest=finest,
            held=bool(held), group=chat_id < 0,
        )  # fmt: skip
        if job.sent:  # reply to the album rather than to its command
            job = replace(job, ticket=replace(job.ticket, message_id=job.sent[0]))
        text = album.under(say, job, self._model, self._styles, held, chat_id)
        await self._teller.tell(job, text, keyboard)

    async def ask(self, job: JobRecord) -> None:
        """Ask the person whether the album arrived."""
        say = self._teller.say(job)
        await self._take_status_away(job)
        await self._teller.written(self._jobs.announced, job.id, None)
        async with self._asking:  # an answer waits until the state is written
            keyboard = keyboards.send_again(say, job.id, job.ticket.person_id)
            await self._teller.tell(job, say("in-doubt", words=album_name(job)), keyboard)
            await self._move(job, State.IN_DOUBT)

    async def send_again(self, job_id: int, person_id: int) -> bool:
        """Send an album that did not arrive; False if the person was not asked about it."""
        job = await self._answered(job_id, person_id, State.GENERATED)
        if job:
            self.deliver(job_id)
        return job is not None

    async def arrived(self, job_id: int, person_id: int) -> bool:
        """Put the buttons under an album that arrived; False if the person was not asked."""
        job = await self._answered(job_id, person_id, State.DELIVERED)
        if job:
            self._background.run(self.offer_buttons(job), job.id)
        return job is not None

    def send_copy(self, job: JobRecord, ticket: Ticket) -> bool:
        """Send an album that arrived once more, to where `ticket` says; False if that is begun."""
        if (job.id, ticket.chat_id) in self._copying:
            return False
        self._copying.add((job.id, ticket.chat_id))
        copy = replace(job, ticket=ticket, sent=())
        self._background.run(self._send_copy(copy), job.id, finishes=True)
        return True

    async def _send_copy(self, job: JobRecord) -> None:
        say = self._teller.say(job)
        captions = album.captions(say, job, self._model, self._styles)
        try:
            job, sent = await until_taken(
                lambda: album.send(self._bot, job, self._decency, captions)
            )
        except Exception as error:  # noqa: BLE001 - each ends in an answer to the person
            log.info("Job %s: its album could not be sent once more: %s", job.id, error)
            await self._endings.not_copied(job, error)
        else:
            numbers, file_ids = _numbers(sent), self._file_ids(job, sent)
            await self._teller.written(
                self._jobs.sent_again, job.id, job.ticket.chat_id, numbers, file_ids
            )
            await self._put_buttons_under(replace(job, sent=tuple(numbers)))
        finally:
            self._copying.discard((job.id, job.ticket.chat_id))

    async def _answered(self, job_id: int, person_id: int, state: State) -> JobRecord | None:
        async with self._asking:
            job = await self._jobs.get(job_id)
            if job is None or job.ticket.person_id != person_id:
                return None
            moved = await self._jobs.move(job_id, old=State.IN_DOUBT, new=state)
            return job if moved else None

    async def _deliver(self, job_id: int) -> None:
        """Send the album once; if nobody knows whether it arrived, ask."""
        if not await self._teller.written(
            self._jobs.move, job_id, old=State.GENERATED, new=State.DELIVERING
        ):
            return
        job = await self._jobs.get(job_id)
        if job is None:
            return
        say = self._teller.say(job)
        (await self._board.of(job)).show(say("sending"))
        captions = album.captions(say, job, self._model, self._styles)
        try:
            job, sent = await album.send(self._bot, job, self._decency, captions)
        except Exception as error:  # noqa: BLE001 - each ends in an answer to the person
            await self._not_sent(job, error)
        else:
            self._tries.pop(job_id, None)
            numbers = _numbers(sent)
            file_ids = self._file_ids(job, sent)
            await self._teller.written(self._jobs.delivered, job_id, numbers, file_ids)
            await self._decency.count(job, self._model)
            job = replace(job, sent=tuple(numbers))
            self._background.run(self.offer_buttons(job), job.id)

    async def _not_sent(self, job: JobRecord, error: Exception) -> None:
        match meaning_of(error):
            case Passes(seconds) if seconds is not None:
                await self._try_later(job, seconds)
            case Passes() if not isinstance(error, BadRequest):  # no connection, or no Telegram
                await self._try_later(job, RECONNECT_S)
            case Passes() if self._tries[job.id] < TRIES:
                self._tries[job.id] += 1
                await self._try_later(job, RECONNECT_S * 2 ** self._tries[job.id])
            case Moved(chat_id):
                await self._teller.written(self._chats.migrate, job.ticket.chat_id, chat_id)
                if status := self._board.set_free(job.id):  # it is out of reach in the old chat
                    await status.stop()
                await self._try_later(job, 0)
            case Doubtful():
                log.warning("Job %s: no word whether the album arrived: %s", job.id, error)
                self._background.run(self.ask(job), job.id)
            case _:
                log.info("Job %s: the album could not be sent, and stays here: %s", job.id, error)
                self._tries.pop(job.id, None)
                await self._move(job, State.FAILED)
                self._background.run(self._endings.not_sent(job, error), job.id)

    async def _try_later(self, job: JobRecord, seconds: float) -> None:
        await self._move(job, State.GENERATED)
        self._background.run(self._deliver_after(seconds, job.id), job.id)

    async def _deliver_after(self, seconds: float, job_id: int) -> None:
        await asyncio.sleep(seconds)
        self.deliver(job_id)

    def _file_ids(self, job: JobRecord, sent: Sequence[Message]) -> list[str]:
        """Give the id of each photo's largest size; none where some were blurred or left out."""
        if self._decency.held(job):
            return []
        return [message.photo[-1].file_id for message in sent if message.photo]

    async def _move(self, job: JobRecord, state: State) -> None:
        await self._teller.written(self._jobs.move, job.id, old=State.DELIVERING, new=state)

    async def _take_status_away(self, job: JobRecord) -> None:
        status = await self._board.of(job)
        self._board.drop(job.id)
        await status.close(None)


def _numbers(sent: list[Message]) -> list[int]:
    return [message.message_id for message in sent]
