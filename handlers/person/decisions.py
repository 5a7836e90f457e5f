"""What the owner decides about a person, and who hears of it."""

import logging

from telegram.error import TelegramError

from db import WAITING, Canceller, Decision, Guest, Standing
from generation.errors import Refusal
from handlers.core.cards import OWN_LIMIT
from handlers.core.context import Context

log = logging.getLogger(__name__)


class NeverTheOwner(Refusal):
    """The owner tried to shut themselves out."""


async def decide(
    person_id: int, decision: Decision, context: Context, *, undecided: bool = False
) -> int | None:
    """Do what the owner decided; give how many albums were cancelled by it.

    Who asked hears that they are let in. `undecided`: only if nothing has been decided yet; None:
    something has. Raises NeverTheOwner and NotAPerson.
    """
    if person_id == context.person.id:
        raise NeverTheOwner
    before = await context.people.guests.decide(
        person_id, decision, limit=OWN_LIMIT, undecided=undecided
    )
    if before is None:
        return None
    if decision in (Decision.BLOCK, Decision.REMOVE):
        return await _stop_jobs(person_id, context)
    if before.standing is Standing.ASKS:
        await _welcome(before, decision, context)
    return 0


async def _welcome(guest: Guest, decision: Decision, context: Context) -> None:
    """Tell who asked that they may come in, in their language, and what to do first."""
    say = context.services.texts.say(guest.language or "")
    limited = decision is Decision.LIMIT
    welcome = say("let-in-limited", count=OWN_LIMIT) if limited else say("let-in")
    if not await context.people.characters.exists(guest.id):
        await context.people.users.await_next(guest.id, "photo")
        welcome += "\n\n" + say("start")
    try:
        await context.bot.send_message(guest.id, welcome)
    except TelegramError as error:  # they see it when they come
        log.info("Who was let in could not be told: %s", error)


async def _stop_jobs(person_id: int, context: Context) -> int:
    """Cancel the person's jobs, the waiting ones without telling them; give how many."""
    jobs = await context.drawing.jobs.cancel_of(person_id, by=Canceller.BLOCK)
    waiting = [job.id for job in jobs if job.state in WAITING]
    for job_id in waiting:
        await context.drawing.jobs.told(job_id)
    if len(waiting) < len(jobs):
        context.drawing.workers.cancel()
    await context.drawing.delivery.abandon(waiting)
    await context.drawing.delivery.take_away(waiting)
    return len(jobs)
