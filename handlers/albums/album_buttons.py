"""The buttons under an album, and under each of its pictures."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from telegram import CallbackQuery, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from db import AT_REST, JobRecord, KeptPicture, Ticket
from generation.errors import Refusal
from generation.modes import FINEST
from handlers.albums import enlargement
from handlers.albums.generate import start_job
from handlers.albums.picture_files import NamedFile, send_files
from handlers.albums.repeats import anew, in_finest_mode, more_like_it, once_more, own_job
from handlers.core import keyboards
from handlers.core.buttons import ButtonDone, ButtonOld, message_of, number, one_of, pressed
from handlers.core.context import Context
from handlers.core.replies import acknowledge, take_buttons_away

ENLARGING = ThreadPoolExecutor(1, "pictures")
"""One picture is enlarged at a time, on a thread of its own: the database needs the others."""


UNDER_WAY: set[tuple[int, int, str]] = set()
"""Presses whose files are being sent: the chat, the message with the button, and its data."""


class PictureLost(Refusal):
    """The picture's file is no longer there, or can't be read."""


class OnItsWay(Refusal):
    """The same button's earlier press is still being worked on."""


class PrivateChatClosed(Refusal):
    """The person has not opened their private chat with the bot, so nothing can be sent there."""


async def again(update: Update, context: Context) -> None:
    """Draw the same words from new seeds."""
    query, job = await _album(update, context)
    await start_job(context, await anew(context, job, message_of(query)))
    await acknowledge(query)


async def quality(update: Update, context: Context) -> None:
    """Draw the same seeds in the best mode."""
    query, job = await _album(update, context)
    await start_job(context, await in_finest_mode(context, job, message_of(query)))
    await acknowledge(query)


async def retry(update: Update, context: Context) -> None:
    """Draw an album that failed once more, from the same seeds."""
    query, job = await _album(update, context)
    await start_job(context, await once_more(context, job, message_of(query)))
    await acknowledge(query)


async def send(update: Update, context: Context) -> None:
    """Send an album once more, as it was drawn, to where this was asked."""
    query, job = await _album(update, context)
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


async def files(update: Update, context: Context) -> None:
    """Send the pictures as files: as they were drawn, with their parameters inside."""
    query, job = await _album(update, context)
    pictures = context.drawing.albums.of(job.id).pictures
    if not pictures:
        raise PictureLost
    with _once(query):
        await acknowledge(query)
        with _reading_pictures():
            contents = [await asyncio.to_thread(enlargement.read, file) for file in pictures]
        named = [
            NamedFile(_name(job, file), content)
            for file, content in zip(pictures, contents, strict=True)
        ]
        await send_files(context, message_of(query), named)


async def delete(update: Update, context: Context) -> None:
    """Ask whether the person is sure."""
    query, job = await _album(update, context)
    await acknowledge(query)
    await message_of(query).edit_text(
        context.say("album-delete-sure"),
        reply_markup=keyboards.delete_album(context.say, job.id, context.person.id),
    )


async def erase(update: Update, context: Context) -> None:
    """Delete the album from the disk, and from the chat as far as Telegram lets us."""
    query, job = await _album(update, context)
    if job.state not in AT_REST:
        raise ButtonOld
    gone = await _delete_messages(context, job)
    left = await context.drawing.jobs.erase(job.id)
    if left:
        await context.services.owner_alerts.pictures_left(left)
    if gone and message_of(query).chat.id == job.ticket.chat_id:
        await acknowledge(query)
    else:
        await acknowledge(query, context.say("album-deleted-here"), alert=True)
    await message_of(query).edit_text(context.say("album-left" if left else "album-deleted"))


async def _delete_messages(context: Context, job: JobRecord) -> bool:
    """Delete the album's messages; False when they are older than two days, or out of reach."""
    if not job.sent:
        return False
    try:
        return await context.bot.delete_messages(job.ticket.chat_id, job.sent)
    except TelegramError:
        return False


async def open_picture(update: Update, context: Context) -> None:
    query, job, picture = await _picture(update, context)
    await acknowledge(query)
    await message_of(query).edit_text(
        context.say("picture-chosen", number=picture),
        reply_markup=keyboards.picture(context.say, job.id, picture, context.person.id),
    )


async def back(update: Update, context: Context) -> None:
    """Show the album's own buttons again."""
    query = update.callback_query
    verb = (query.data if query and query.data else "").partition(":")[0]
    query, job = await (
        _album(update, context) if verb == "album" else _of_picture(update, context)
    )
    await acknowledge(query)
    await message_of(query).edit_text(
        context.drawing.delivery.text_under(job, context.say),
        reply_markup=keyboards.album(
            context.say, job.count, job.id, context.person.id, finest=job.mode_name == FINEST
        ),
    )


async def near(update: Update, context: Context) -> None:
    """Draw close variations of the picture."""
    query, job, picture = await _picture(update, context)
    await start_job(context, await more_like_it(context, job, message_of(query), picture))
    await acknowledge(query)


async def file(update: Update, context: Context) -> None:
    """Send the picture as a file, as it was drawn."""
    query, job, picture = await _picture(update, context)
    path = _file(context, job, picture)
    with _once(query):
        await acknowledge(query)
        with _reading_pictures():
            content = await asyncio.to_thread(enlargement.read, path)
        await send_files(context, message_of(query), [NamedFile(_name(job, path), content)])


async def large(update: Update, context: Context) -> None:
    """Send the picture enlarged, as a file: Telegram would shrink a photo again."""
    query, job, picture = await _picture(update, context)
    path = _file(context, job, picture)
    loop = asyncio.get_running_loop()
    with _once(query):
        await acknowledge(query)
        with _reading_pictures():
            content = await loop.run_in_executor(ENLARGING, enlargement.enlarge, path)
        named = NamedFile(_name(job, path, "-large"), content)
        await send_files(context, message_of(query), [named])


async def _album(update: Update, context: Context) -> tuple[CallbackQuery, JobRecord]:
    """Read `album:<verb>:<job>:<person>`."""
    query, (_, job_id) = pressed(update, context, count=2)
    return query, await own_job(context, job_id)


async def _picture(update: Update, context: Context) -> tuple[CallbackQuery, JobRecord, int]:
    """Read `picture:<verb>:<job>:<number>:<person>`."""
    query, (_, job_id, picture) = pressed(update, context, count=3)
    job = await own_job(context, job_id)
    if not 1 <= number(picture) <= job.count:
        raise ButtonOld
    return query, job, number(picture)


async def _of_picture(update: Update, context: Context) -> tuple[CallbackQuery, JobRecord]:
    query, job, _ = await _picture(update, context)
    return query, job


def _file(context: Context, job: JobRecord, picture: int) -> KeptPicture:
    path = context.drawing.albums.picture(job.id, picture)
    if path is None:
        raise PictureLost
    return path


@contextlib.contextmanager
def _reading_pictures() -> Iterator[None]:
    """Raise PictureLost when a file can't be read: its album may be deleted at any time."""
    try:
        yield
    except OSError as error:
        raise PictureLost from error


@contextlib.contextmanager
def _once(query: CallbackQuery) -> Iterator[None]:
    """Raise OnItsWay when an earlier press of the same button is still being worked on."""
    message = message_of(query)
    button = message.chat.id, message.message_id, query.data or ""
    if button in UNDER_WAY:
        raise OnItsWay
    UNDER_WAY.add(button)
    try:
        yield
    finally:
        UNDER_WAY.discard(button)


def _name(job: JobRecord, file: KeptPicture, mark: str = "") -> str:
    """Name a file by the seed of its picture."""
    return f"{job.seeds[file.number - 1]}{mark}.png"
