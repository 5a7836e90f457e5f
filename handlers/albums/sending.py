"""The buttons that send an album once more: here, or to the person alone."""

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from db import JobRecord, Ticket
from generation.errors import Refusal
from handlers.albums.held_pictures import PictureLost
from handlers.albums.repeats import own_job
from handlers.core.buttons import ButtonDone, message_of, one_of, pressed
from handlers.core.context import Context
from handlers.core.replies import acknowledge, take_buttons_away


class PrivateChatClosed(Refusal):
    """The person has not opened their private chat with the bot, so nothing can be sent there."""


async def send(update: Update, context: Context) -> None:
    """Send an album once more, as it was drawn, to where this was asked."""
    query, (_, job_id) = pressed(update, context, count=2)
    job = await own_job(context, job_id)
    await _send_to(context, job, context.ticket(message_of(query)))
    await acknowledge(query)


async def send_unsent(update: Update, context: Context) -> None:
    """Send an album that could not be sent: here, or to the person alone."""
    query, (place, job_id) = pressed(update, context, count=2)
    job, message = await own_job(context, job_id), message_of(query)
    ticket = context.ticket(message)
    if one_of(place, ("here", "alone")) == "alone":
        ticket = ticket.alone()
        await _check_private_chat(context)
    await _send_to(context, job, ticket, lambda: take_buttons_away(message))
    await acknowledge(query)


async def send_alone(update: Update, context: Context) -> None:
    """Send a group's album to its person alone: what is left out there is blurred here."""
    query, (_, job_id) = pressed(update, context, count=2)
    job, message = await own_job(context, job_id), message_of(query)
    await _check_private_chat(context)
    await _send_to(context, job, context.ticket(message).alone())
    await acknowledge(query, context.say("held-sent-alone"))


async def _send_to(
    context: Context,
    job: JobRecord,
    ticket: Ticket,
    accepted: Callable[[], Awaitable[None]] | None = None,
) -> None:
    pictures = context.drawing.albums.of(job.id).pictures
    if job.count not in (len(job.file_ids), len(pictures)):
        raise PictureLost
    if not await context.drawing.delivery.send_to(job, ticket, accepted):
        raise ButtonDone


async def _check_private_chat(context: Context) -> None:
    try:
        await context.bot.send_chat_action(context.person.id, ChatAction.UPLOAD_PHOTO)
    except TelegramError as error:
        raise PrivateChatClosed from error
