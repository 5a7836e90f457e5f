"""The buttons under an album, and under each of its pictures."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from db import AT_REST, JobRecord
from generation.errors import Refusal
from generation.modes import FINEST
from handlers.albums import enlargement
from handlers.albums.enlargement import PictureFile
from handlers.albums.generate import start_job
from handlers.albums.held_pictures import (
    file_name,
    reading_pictures,
    seen_album,
    tell_of_held,
)  # fmt: skip
from handlers.albums.picture_files import NamedFile, send_files
from handlers.albums.repeats import anew, in_finest_mode, more_like_it, once_more, own_job
from handlers.core import keyboards
from handlers.core.buttons import ButtonOld, message_of, number, pressed
from handlers.core.context import Context
from handlers.core.replies import acknowledge

ENLARGING = ThreadPoolExecutor(1, "pictures")
"""One picture is enlarged at a time, on a thread of its own: the database needs the others."""


UNDER_WAY: set[tuple[int, int, str]] = set()
"""Presses whose files are being sent: the chat, the message with the button, and its data."""


class OnItsWay(Refusal):
    """The same button's earlier press is still being worked on."""


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


async def files(update: Update, context: Context) -> None:
    """Send the pictures as files: as they were drawn, with their parameters inside."""
    query, job = await _album(update, context)
    message = message_of(query)
    with _once(query):
        seen = await seen_album(context, job)
        await acknowledge(query)
        shown = [one for one in seen if not one.indecent]
        with reading_pictures():
            contents = [await asyncio.to_thread(enlargement.as_drawn, one.content) for one in shown]
        named = [
            NamedFile(file_name(job, one.number), content)
            for one, content in zip(shown, contents, strict=True)
        ]
        if named:
            await send_files(context, message, named)
        if len(shown) < len(seen):
            await tell_of_held(context, job, message)


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
    message = message_of(query)
    await message.edit_text(
        context.drawing.delivery.text_under(job, context.say, message.chat.id),
        reply_markup=keyboards.album(
            context.say,
            job.count,
            job.id,
            context.person.id,
            finest=job.mode_name == FINEST,
            held=bool(context.drawing.decency.held(job)),
            group=message.chat.id < 0,
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
    with _once(query):
        await _send_file(context, query, job, picture, enlargement.as_drawn)


async def large(update: Update, context: Context) -> None:
    """Send the picture enlarged, as a file: Telegram would shrink a photo again."""
    query, job, picture = await _picture(update, context)
    with _once(query):
        await _send_file(context, query, job, picture, enlargement.enlarge, "-large")


async def _send_file(
    context: Context,
    query: CallbackQuery,
    job: JobRecord,
    picture: int,
    make: Callable[[bytes], PictureFile],
    mark: str = "",
) -> None:
    """Send what is made of a picture; say why not, if it is held back."""
    message = message_of(query)
    with reading_pictures():
        seen = await context.drawing.decency.picture(job, picture)
        await acknowledge(query)
        if seen.indecent:
            await tell_of_held(context, job, message)
            return
        loop = asyncio.get_running_loop()
        content = await loop.run_in_executor(ENLARGING, make, seen.content)
    await send_files(context, message, [NamedFile(file_name(job, picture, mark), content)])


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
