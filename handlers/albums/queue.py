"""/queue, /cancel, and the buttons under a job."""

from telegram import Update
from telegram.constants import MessageLimit

from db import JobCard, State
from generation.request import Cancelled
from handlers import album
from handlers.buttons import ButtonNotYours, ButtonOld, message_of, number, pressed
from handlers.context import Context, message_in
from handlers.lengths import length
from handlers.replies import acknowledge, replying_to
from handlers.status import place_text

SHOWN = 20
"""Jobs of one person, in one message."""


async def queue(update: Update, context: Context) -> None:
    """Say where the person's jobs stand, and how many wait in all."""
    message = message_in(update)
    waiting = await context.services.line.waiting()
    drawn = await context.services.jobs.in_state(State.RUNNING)
    say = context.say
    here = (context.person.id, message.chat.id)
    lines = [_line(context, job, say("queue-drawing")) for job in drawn if _of(job) == here]
    lines += [
        _line(context, job, place_text(say, place.ahead, place.seconds))
        for job, place in waiting
        if _of(job) == here
    ]
    in_all = say("queue-all", count=len(waiting) + len(drawn))
    await message.reply_text(
        _fitting(lines[:SHOWN], in_all), reply_parameters=replying_to(message.message_id)
    )


async def cancel(update: Update, context: Context) -> None:
    """Stop what waits at once, and what runs within a step: what /queue shows in this chat."""
    message = message_in(update)
    jobs = await context.services.jobs.cancel_of(context.person.id, message.chat.id)
    for job in jobs:
        await _cancel(job, context)
    await message.reply_text(
        context.say("cancel-done", count=len(jobs)) if jobs else context.say("nothing-to-cancel"),
        reply_parameters=replying_to(message.message_id),
    )


async def cancel_button(update: Update, context: Context) -> None:
    """Stop a job: its person may, the admins of its group, and the bot's owner."""
    query = update.callback_query
    if query is None or not query.data or query.data.count(":") != 2:  # noqa: PLR2004 - verb:job:person
        raise ButtonOld
    _, job_id, person_id = query.data.split(":")
    job = await context.services.jobs.card(number(job_id))
    if job is None:
        raise ButtonOld
    if not await _may_cancel(job, context):
        raise ButtonNotYours if number(person_id) != context.person.id else ButtonOld
    job = await context.services.jobs.cancel(job.id)
    if job is None:
        raise ButtonOld
    await _cancel(job, context)
    await acknowledge(query)


async def send_again(update: Update, context: Context) -> None:
    """The person says that the album did not arrive."""
    query, (job_id,) = pressed(update, context, known=1)
    if not await context.services.delivery.send_again(number(job_id), context.person.id):
        raise ButtonOld
    await acknowledge(query)
    await message_of(query).edit_reply_markup(None)


async def arrived(update: Update, context: Context) -> None:
    """The person says that the album did arrive."""
    query, (job_id,) = pressed(update, context, known=1)
    if not await context.services.delivery.arrived(number(job_id), context.person.id):
        raise ButtonOld
    await acknowledge(query)
    await message_of(query).edit_reply_markup(None)


async def send_made(update: Update, context: Context) -> None:
    """The person wants what a cancelled job had drawn."""
    query, (job_id,) = pressed(update, context, known=1)
    job = await context.services.jobs.card(number(job_id))
    if job is None or job.ticket.person_id != context.person.id:
        raise ButtonOld
    made = len(context.services.albums.of(job.id).pictures)
    owner = context.person.owner
    if not made or not await context.services.line.keep(job.id, made, owner=owner):
        raise ButtonOld
    context.services.delivery.deliver(job.id)
    await acknowledge(query)
    await message_of(query).edit_reply_markup(None)


async def _may_cancel(job: JobCard, context: Context) -> bool:
    if context.person.owner or context.person.id == job.ticket.person_id:
        return True
    if job.ticket.chat_id > 0:
        return False
    return await context.services.admins.has(job.ticket.chat_id, context.person.id)


async def _cancel(job: JobCard, context: Context) -> None:
    if job.state == State.QUEUED:
        await context.services.delivery.ended(job, Cancelled(job.id))
    else:
        context.services.workers.cancel()
        await context.services.delivery.cancelling(job)


def _fitting(lines: list[str], last: str) -> str:
    """Put as many lines above the last one as a message takes."""
    text = "\n".join([*lines, last])
    return _fitting(lines[:-1], last) if length(text) > MessageLimit.MAX_TEXT_LENGTH else text


def _of(job: JobCard) -> tuple[int, int]:
    """Whose it is, and in which chat: what somebody asked for elsewhere is nobody's business."""
    return job.ticket.person_id, job.ticket.chat_id


def _line(context: Context, job: JobCard, where: str) -> str:
    return context.say("queue-line", words=album.name(job), preset=job.preset, where=where)
