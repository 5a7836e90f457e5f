"""The start takes up what the last run left unfinished."""

from db import WAITING, Jobs, State, error_of
from generation.errors import Refusal
from generation.events import Cancelled, Failed
from handlers.delivery.background import Background
from handlers.delivery.endings import Endings
from handlers.delivery.sender import Sender
from handlers.delivery.status_board import StatusBoard


class BrokenOff(Refusal):
    """The bot crashed on the job twice, or before it could say why the job failed."""


async def take_up(
    jobs: Jobs, board: StatusBoard, sender: Sender, endings: Endings, background: Background
) -> None:
    """Queue running jobs again, and continue all others where they stood."""
    await jobs.recover()
    for job in await jobs.untold():
        match job.state:
            case State.DELIVERED:
                background.run(sender.offer_buttons(job), job.id)
            case State.CANCELLED:
                background.run(endings.tell(job, Cancelled(job.id)), job.id)
            case State.FAILED:
                error = error_of(job.failure) if job.failure else BrokenOff()
                background.run(endings.tell(job, Failed(job.id, error)), job.id)
            case State.QUEUED | State.RUNNING | State.GENERATED | State.DELIVERING | State.IN_DOUBT:
                raise ValueError(f"job {job.id} has not ended: {job.state}")
    for job in await jobs.in_state(State.DELIVERING):
        background.run(sender.ask(job), job.id)
    for job in await jobs.drawn():
        sender.deliver(job.id)
    for job in await jobs.in_state(*WAITING):
        background.run(board.pick_up(job), job.id)
    background.run(board.move_up())
