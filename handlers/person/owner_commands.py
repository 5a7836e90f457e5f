"""What only the owner does: become the owner, /allow and /block."""

from telegram import Chat, Message, Update

from db import WAITING
from generation.errors import Refusal
from handlers.core.buttons import NUMBER_DIGITS
from handlers.core.context import Context, message_in
from handlers.core.invocation import words_after_command


class AllowWhom(Refusal):
    """The command names nobody."""


class NeverTheOwner(Refusal):
    """The owner tried to shut themselves out."""


async def become_owner(message: Message, context: Context, code: str) -> None:
    """Make the first person with the one-time link the owner."""
    accepted = context.services.access.accepts(code)
    if accepted and await context.people.users.make_owner(context.person.id):
        await message.reply_text(context.say("owner-made"))
    else:
        await message.reply_text(context.say("owner-link-void"))


async def allow(update: Update, context: Context) -> None:
    """Let a person in, or a whole group."""
    await _decide(message_in(update), context, allowed=True)


async def block(update: Update, context: Context) -> None:
    await _decide(message_in(update), context, allowed=False)


async def _decide(message: Message, context: Context, *, allowed: bool) -> None:
    person = _whom(message)
    outcome = "allowed" if allowed else "blocked"
    if person:
        person_id, name = person
        if person_id == context.person.id:
            raise NeverTheOwner
        await context.people.users.allow(person_id, allowed)
        text = context.say(f"person-{outcome}", name=name)
        if not allowed and (stopped := await _stop_jobs(person_id, context)):
            text += " " + context.say("block-cancelled", count=stopped)
        await message.reply_text(text)
    elif message.chat.type != Chat.PRIVATE:
        await context.people.chats.allow(message.chat.id, allowed)
        await message.reply_text(context.say(f"group-{outcome}"))
    else:
        raise AllowWhom


async def _stop_jobs(person_id: int, context: Context) -> int:
    """Cancel the person's jobs, the waiting ones without telling them; give how many."""
    jobs = await context.drawing.jobs.cancel_of(person_id)
    waiting = [job.id for job in jobs if job.state in WAITING]
    for job_id in waiting:
        await context.drawing.jobs.told(job_id)
    if len(waiting) < len(jobs):
        context.drawing.workers.cancel()
    await context.drawing.delivery.forget(waiting)
    return len(jobs)


def _whom(message: Message) -> tuple[int, str] | None:
    """Find the person who is replied to or numbered; None: the group. Raises AllowWhom."""
    given = words_after_command(message)
    replied = message.reply_to_message
    if replied and replied.forum_topic_created:
        replied = None  # no reply of a person's: in a topic every message replies to its first
    if replied and replied.from_user and not replied.from_user.is_bot:
        return replied.from_user.id, replied.from_user.first_name
    if replied:
        raise AllowWhom  # a bot, or an anonymous admin: the whole group is not meant
    if not given:
        return None
    if not given.isdecimal() or len(given) > NUMBER_DIGITS:
        raise AllowWhom
    return int(given), given
