"""Pictures that were held back because they may be indecent: their person may see them alone."""

import asyncio
import contextlib
from collections.abc import Iterator

from telegram import CallbackQuery, Chat, InputMediaPhoto, Message, Update

from db import JobRecord
from generation.errors import Refusal
from handlers.albums import enlargement
from handlers.albums.picture_files import NamedFile, send_files
from handlers.albums.repeats import own_job
from handlers.core import keyboards
from handlers.core.buttons import ButtonDone, ButtonOld, message_of, pressed
from handlers.core.context import Context
from handlers.core.decency import Seen
from handlers.core.replies import UPLOAD_TIMEOUT_S, acknowledge, until_taken


class PictureLost(Refusal):
    """The picture's file is no longer there, or can't be read."""


async def show(update: Update, context: Context) -> None:
    """Show the pictures that are blurred above, behind Telegram's own veil."""
    query, _job, held = await _held(update, context)
    await acknowledge(query)
    message = message_of(query)
    photos = [one.content for one in held]
    if len(photos) == 1:  # Telegram's albums begin at two
        await until_taken(
            lambda: message.reply_photo(
                photos[0], has_spoiler=True, do_quote=False, write_timeout=UPLOAD_TIMEOUT_S
            )
        )
        return
    media = [InputMediaPhoto(photo, has_spoiler=True) for photo in photos]
    await until_taken(
        lambda: message.reply_media_group(media, do_quote=False, write_timeout=UPLOAD_TIMEOUT_S)
    )


async def files(update: Update, context: Context) -> None:
    """Send the pictures that were held back as files, as they were drawn."""
    query, job, held = await _held(update, context)
    await acknowledge(query)
    with reading_pictures():
        contents = [await asyncio.to_thread(enlargement.hidden, one.content) for one in held]
    named = [
        NamedFile(file_name(job, one.number), content)
        for one, content in zip(held, contents, strict=True)
    ]
    await send_files(context, message_of(query), named)


async def _held(update: Update, context: Context) -> tuple[CallbackQuery, JobRecord, list[Seen]]:
    """Read `album:<verb>:<job>:<person>`: only in the person's own chat, and only theirs."""
    query, (_, job_id) = pressed(update, context, count=2)
    if message_of(query).chat.type != Chat.PRIVATE:
        raise ButtonOld
    job = await own_job(context, job_id)
    held = [one for one in await seen_album(context, job) if one.indecent]
    if not held:
        raise ButtonDone
    return query, job, held


async def seen_album(context: Context, job: JobRecord) -> list[Seen]:
    """Give an album's pictures, looked at. Raises PictureLost and NotChecked."""
    with reading_pictures():
        _, seen = await context.drawing.decency.album(job)
    if not seen:
        raise PictureLost
    return seen


async def tell_of_held(context: Context, job: JobRecord, message: Message) -> None:
    """Say which files are not sent, and offer them. In a group nobody gets them."""
    private = message.chat.type == Chat.PRIVATE
    keyboard = keyboards.held_files(context.say, job.id, context.person.id) if private else None
    text = context.say("files-held" if private else "files-held-in-group")
    await message.reply_text(text, reply_markup=keyboard, do_quote=False)


@contextlib.contextmanager
def reading_pictures() -> Iterator[None]:
    """Raise PictureLost when a file can't be read: its album may be deleted at any time."""
    try:
        yield
    except OSError as error:
        raise PictureLost from error


def file_name(job: JobRecord, number: int, mark: str = "") -> str:
    """Name a file by the seed of its picture."""
    return f"{job.seeds[number - 1]}{mark}.png"
