"""/queue, /cancel, and the buttons under a job."""

from telegram import Chat, Update
from telegram.constants import MessageLimit

from db import WAITING, Canceller, JobGone, JobRecord
from generation.events import Cancelled
from handlers.albums.repeats import own_job
from handlers.core.buttons import ButtonDone, ButtonNotYours, ButtonOld, message_of, number, pressed
from handlers.core.context import Context, message_in
from handlers.core.lengths import length
from handlers.core.phrases import album_name, mode_name, position_text, resting_text
from handlers.core.replies import acknowledge, replying_to, take_buttons_away

MOST_SHOWN = 20
"""Most jobs of a person that a message lists."""


async def queue(update: Update, context: Context) -> None:
    """Say where the person's jobs stand, how many wait in all, and whether they all do, and why."""
    message = message_in(update)
    line = await context.drawing.waits.line()
    say = context.say
    here = (context.person.id, message.chat.id)
    lines = [
        _line(context, job, say("queue-drawing")) for job in line.running if _origin(job) == here
    ]
    lines += [
        _line(context, job, position_text(say, position))
        for job, position in line.waiting
        if _origin(job) == here
    ]
    in_all = say("queue-all", count=len(line))
    if resting := context.drawing.waits.resting:
        in_all = f"{resting_text(say, resting)}\n{in_all}"
    await message.reply_text(
        _fitting(lines[:MOST_SHOWN], in_all), reply_parameters=replying_to(message.message_id)
    )


async def cancel(update: Update, context: Context) -> None:
    """Stop the person's jobs of this chat: waiting ones at once, running ones within a step.

    A question that the person was asked is dropped, as by any command.
    """
    message = message_in(update)
    jobs = await context.drawing.jobs.cancel_of(context.person.id, message.chat.id)
    for job in jobs:
        await stop(job, context)
    lines = []
    if context.person.awaits and message.chat.type == Chat.PRIVATE:
        lines.append(context.say("question-dropped", awaited=context.person.awaits))
    if jobs:
        lines.append(context.say("cancel-done", count=len(jobs)))
    await message.reply_text(
        "\n".join(lines) or context.say("nothing-to-cancel"),
        reply_parameters=replying_to(message.message_id),
    )


async def cancel_button(update: Update, context: Context) -> None:
    """Stop a job. Its person, the admins of its group and the bot's owner may do that."""
    query = update.callback_query
    if query is None or not query.data or query.data.count(":") != 2:  # noqa: PLR2004 - verb:job:person
        raise ButtonOld
    _, job_id, person_id = query.data.split(":")
    job = await context.drawing.jobs.get(number(job_id))
    if job is None:
        raise JobGone if number(person_id) == context.person.id else ButtonNotYours
    if not await _may_cancel(job, context):
        raise ButtonNotYours if number(person_id) != context.person.id else ButtonOld
    own = context.person.id == job.ticket.person_id
    by = Canceller.PERSON if own else Canceller.ADMIN
    job = await context.drawing.jobs.cancel(job.id, by)
    if job is None:
        raise ButtonDone
    await stop(job, context)
    await acknowledge(query)


async def send_again(update: Update, context: Context) -> None:
    """Send an album again that, as its person says, did not arrive."""
    query, (job_id,) = pressed(update, context, count=1)
    job = await own_job(context, job_id)
    if not await context.drawing.delivery.send_again(job.id, context.person.id):
        raise ButtonDone
    await acknowledge(query)
    await take_buttons_away(message_of(query))


async def arrived(update: Update, context: Context) -> None:
    """Take the person's word that the album has arrived."""
    query, (job_id,) = pressed(update, context, count=1)
    job = await own_job(context, job_id)
    if not await context.drawing.delivery.arrived(job.id, context.person.id):
        raise ButtonDone
    await acknowledge(query)
    await take_buttons_away(message_of(query))


async def send_partial(update: Update, context: Context) -> None:
    """Send the pictures that a cancelled job had drawn."""
    query, (job_id,) = pressed(update, context, count=1)
    job = await own_job(context, job_id)
    drawn = len(context.drawing.albums.of(job.id).pictures)
    owner = context.person.owner
    if not drawn or not await context.drawing.admission.accept_partial(job.id, drawn, owner=owner):
        raise ButtonDone
    await take_buttons_away(message_of(query))  # before the delivery writes into the same message
    context.drawing.delivery.deliver(job.id)
    await acknowledge(query)


async def _may_cancel(job: JobRecord, context: Context) -> bool:
    if context.person.owner or context.person.id == job.ticket.person_id:
        return True
    if job.ticket.chat_id > 0:
        return False
    return await context.services.group_admins.has(job.ticket.chat_id, context.person.id)


async def stop(job: JobRecord, context: Context) -> None:
    """Let a job that was cancelled end, and tell of it."""
    if job.state in WAITING:
        await context.drawing.delivery.ended(job, Cancelled(job.id))
    else:
        context.drawing.workers.cancel()
        await context.drawing.delivery.cancelling(job)


def _fitting(lines: list[str], last: str) -> str:
    """Put as many lines above the last one as fit into a message."""
    text = "\n".join([*lines, last])
    return _fitting(lines[:-1], last) if length(text) > MessageLimit.MAX_TEXT_LENGTH else text


def _origin(job: JobRecord) -> tuple[int, int]:
    """Give the job's person and chat: one chat must not see what was asked for in another."""
    return job.ticket.person_id, job.ticket.chat_id


def _line(context: Context, job: JobRecord, where: str) -> str:
    mode = mode_name(context.say, job.mode_name)
    return context.say("queue-line", words=album_name(job), mode=mode, where=where)
