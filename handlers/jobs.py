"""/cancel, and the buttons under a job."""

from telegram import Update

from db import JobCard, State
from handlers.buttons import ButtonNotYours, ButtonOld, message_of, number, pressed
from handlers.context import Context, message_in
from handlers.replies import replying_to


async def cancel(update: Update, context: Context) -> None:
    """Stop what waits at once, and what runs within a step."""
    message = message_in(update)
    jobs = await context.services.jobs.cancel_of(context.person.id)
    for job in jobs:
        await _cancel(job, context)
    if not jobs:
        await message.reply_text(
            context.say("nothing-to-cancel"), reply_parameters=replying_to(message.message_id)
        )


async def cancel_button(update: Update, context: Context) -> None:
    query = update.callback_query
    if query is None or not query.data or query.data.count(":") != 2:  # noqa: PLR2004 - verb:job:person
        raise ButtonOld
    _, job_id, person_id = query.data.split(":")
    if number(person_id) != context.person.id and not context.person.owner:
        raise ButtonNotYours
    whose = None if context.person.owner else context.person.id
    job = await context.services.jobs.cancel(number(job_id), whose)
    if job is None:
        raise ButtonOld
    await _cancel(job, context)
    await query.answer()


async def send_again(update: Update, context: Context) -> None:
    """The person says that the album did not arrive."""
    query, (job_id,) = pressed(update, context, known=1)
    if not await context.services.delivery.send_again(number(job_id), context.person.id):
        raise ButtonOld
    await query.answer()
    await message_of(query).edit_reply_markup(None)


async def _cancel(job: JobCard, context: Context) -> None:
    if job.state == State.QUEUED:
        await context.services.delivery.cancelled(job)
    else:
        context.services.worker.cancel()
        await context.services.delivery.cancelling(job)
