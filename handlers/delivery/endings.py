"""The endings of jobs that brought no album, or one that could not be sent."""

from telegram import InlineKeyboardMarkup

from db import Albums, Canceller, JobRecord, Jobs
from generation.events import Cancelled, Failed
from generation.words.translator import NotTranslated
from handlers.core import keyboards
from handlers.core.phrases import album_name
from handlers.core.rejections import (
    Closed,
    Doubtful,
    Final,
    Meaning,
    Missing,
    TooLarge,
    meaning_of,
)  # fmt: skip
from handlers.delivery.status_board import StatusBoard
from handlers.delivery.status_message import StatusMessage
from handlers.delivery.teller import Teller
from handlers.texts import Say
from handlers.texts.sentences import sentence, telling


class Endings:
    def __init__(self, jobs: Jobs, albums: Albums, board: StatusBoard, teller: Teller) -> None:
        self._jobs = jobs
        self._albums = albums
        self._board = board
        self._teller = teller

    async def tell(self, job: JobRecord, event: Cancelled | Failed) -> None:
        """Tell the person how the job ended, and offer what can be done about it."""
        say, person_id = self._teller.say(job), job.ticket.person_id
        if isinstance(event, Failed):
            english = isinstance(event.error, NotTranslated) and job.ticket.chat_id > 0
            keyboard = keyboards.retry(say, job.id, person_id, english=english)
            with telling(say, event.error) as it:
                it.done = await self._end(job, it.text, keyboard)
            return
        drawn = len(self._albums.of(job.id).pictures)
        if job.cancelled_by is Canceller.BLOCK:
            await self._end(job, say("cancelled-blocked"), None)
        elif drawn:
            keyboard = keyboards.partial_album(say, drawn, job.id, person_id)
            await self._end(job, _cancelled(say, job, drawn), keyboard, may_go_on=True)
        else:
            await self._end(job, _cancelled(say, job, drawn), None)

    async def not_sent(self, job: JobRecord, error: Exception) -> None:
        """Say why a drawn album could not be sent, where that can be said, and offer it again."""
        say = self._teller.say(job)
        if len(self._albums.of(job.id).pictures) < job.count:
            await self.tell(job, Failed(job.id, error))
            return
        status = await self._board.of(job)
        self._board.drop(job.id)
        await self._offer(job, why_not_sent(say, error), meaning_of(error), status)
        await self._teller.written(self._jobs.told, job.id)

    async def not_copied(self, job: JobRecord, error: Exception) -> None:
        """Say why an album could not be sent once more, and offer that again."""
        say = self._teller.say(job)
        if isinstance(error, FileNotFoundError):
            await self._teller.tell(job, say("picture-lost"))
        else:
            await self._offer(job, why_not_sent(say, error), meaning_of(error), None)

    async def _offer(
        self, job: JobRecord, reason: str, meaning: Meaning, status: StatusMessage | None
    ) -> None:
        """Offer a drawn album: in its chat, by the status message if there is one, or alone."""
        say, person_id = self._teller.say(job), job.ticket.person_id
        text = say("not-sent", reason=reason)
        keyboard = keyboards.unsent(say, job.id, person_id, group=job.ticket.chat_id < 0)
        if isinstance(meaning, Closed):
            if status:
                await status.stop()
        elif (status and await status.close(text, keyboard)) or await self._teller.tell_here(
            job, text, keyboard
        ):
            return
        text = say("not-sent-to-group", words=album_name(job), reason=reason)
        keyboard = keyboards.unsent(say, job.id, person_id, group=False)
        await self._teller.tell_privately(job, text, keyboard)

    async def _end(
        self,
        job: JobRecord,
        text: str,
        keyboard: InlineKeyboardMarkup | None,
        *,
        may_go_on: bool = False,
    ) -> bool:
        """Say it in the job's status, or below it; False when its person can't be told."""
        status = await self._board.of(job)
        if may_go_on:
            self._board.set_aside(job.id)
        self._board.drop(job.id)
        told = await status.close(text, keyboard) or await self._teller.tell(
            job, status.headed(text), keyboard
        )
        await self._teller.written(self._jobs.told, job.id)
        return told


def why_not_sent(say: Say, error: Exception) -> str:
    """Name what keeps an album from its chat; an accident has a number."""
    match meaning_of(error):
        case Missing(right):
            return say(f"right-{right}")
        case TooLarge():
            return say("too-large-to-send")
        case Closed():
            return say("chat-closed")
        case Doubtful():
            return say("may-have-arrived")
        case Final():
            return sentence(say, error)
        case _:
            return say("not-taken")


def _cancelled(say: Say, job: JobRecord, drawn: int) -> str:
    text = say("cancelled-by-admin" if job.cancelled_by is Canceller.ADMIN else "cancelled")
    return f"{text} {say('drawn-before', count=drawn)}" if drawn else text
