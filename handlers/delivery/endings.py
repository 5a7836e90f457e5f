"""The endings of jobs that brought no album."""

from db import Albums, JobRecord, Jobs
from generation.events import Cancelled, Failed
from handlers.core import keyboards
from handlers.delivery.status_board import StatusBoard
from handlers.delivery.teller import Teller
from handlers.texts.sentences import sentence


class Endings:
    def __init__(self, jobs: Jobs, albums: Albums, board: StatusBoard, teller: Teller) -> None:
        self._jobs = jobs
        self._albums = albums
        self._board = board
        self._teller = teller

    async def tell(self, job: JobRecord, event: Cancelled | Failed) -> None:
        """Tell the person how the job ended, and offer pictures that it drew before."""
        say = self._teller.say(job)
        text, keyboard = say("cancelled"), None
        if isinstance(event, Failed):
            text = sentence(say, event.error)
        elif drawn := len(self._albums.of(job.id).pictures):
            text = say("cancelled-made", count=drawn)
            keyboard = keyboards.partial_album(say, drawn, job.id, job.ticket.person_id)
        status = await self._board.of(job)
        if keyboard:
            self._board.set_aside(job.id)
        self._board.drop(job.id)
        if not await status.close(text, keyboard):
            await self._teller.tell(job, text, keyboard)
        await self._teller.written(self._jobs.told, job.id)
