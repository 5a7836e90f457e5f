"""The buttons under an album, and under each of its pictures."""

import asyncio
import contextlib
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from telegram import CallbackQuery, InputMediaDocument, Message, Update
from telegram.error import TelegramError

from db import AT_REST, JobRecord
from generation.errors import Refusal
from handlers.albums.generate import start_job
from handlers.albums.repeats import anew, in_quality, more_like_it, own_job
from handlers.core import keyboards
from handlers.core.buttons import ButtonOld, message_of, number, pressed
from handlers.core.context import Context
from handlers.core.replies import UPLOAD_TIMEOUT_S, acknowledge, replying_to

ENLARGEMENT = 2
"""How many times longer each side of an enlarged picture is."""

ENLARGING = ThreadPoolExecutor(1, "pictures")
"""One picture is enlarged at a time, on a thread of its own: the database needs the others."""


class PictureLost(Refusal):
    """The picture's file is no longer there."""


async def again(update: Update, context: Context) -> None:
    """Draw the same words from new seeds."""
    query, job = await _album(update, context)
    await start_job(context, await anew(context, job, message_of(query)))
    await acknowledge(query)


async def quality(update: Update, context: Context) -> None:
    """Draw the same seeds in the slowest mode."""
    query, job = await _album(update, context)
    await start_job(context, await in_quality(context, job, message_of(query)))
    await acknowledge(query)


async def files(update: Update, context: Context) -> None:
    """Send the pictures as files: as they were drawn, with their parameters inside."""
    query, job = await _album(update, context)
    pictures = context.drawing.albums.of(job.id).pictures
    if not pictures:
        raise PictureLost
    await acknowledge(query)
    message = message_of(query)
    with _reading_pictures():
        contents = [await asyncio.to_thread(file.read_bytes) for file in pictures]
    names = [_name(job, file) for file in pictures]
    if len(pictures) == 1:  # Telegram's albums begin at two
        await _send_file(message, contents[0], names[0])
        return
    await message.reply_media_group(
        [
            InputMediaDocument(content, filename=name)
            for content, name in zip(contents, names, strict=True)
        ],
        reply_parameters=replying_to(message.message_id),
        read_timeout=UPLOAD_TIMEOUT_S,
        write_timeout=UPLOAD_TIMEOUT_S,
    )


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
    if gone:
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
        context.say("album-done"),
        reply_markup=keyboards.album(context.say, job.count, job.id, context.person.id),
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
    await acknowledge(query)
    with _reading_pictures():
        content = await asyncio.to_thread(path.read_bytes)
    await _send_file(message_of(query), content, _name(job, path))


async def large(update: Update, context: Context) -> None:
    """Send the picture enlarged, as a file: Telegram would shrink a photo again."""
    query, job, picture = await _picture(update, context)
    path = _file(context, job, picture)
    await acknowledge(query)
    loop = asyncio.get_running_loop()
    with _reading_pictures():
        content = await loop.run_in_executor(ENLARGING, _enlarged, path)
    await _send_file(message_of(query), content, _name(job, path, "-large"))


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


def _file(context: Context, job: JobRecord, picture: int) -> Path:
    path = context.drawing.albums.picture(job.id, picture)
    if path is None:
        raise PictureLost
    return path


@contextlib.contextmanager
def _reading_pictures() -> Iterator[None]:
    """Raise PictureLost when a file is missing: its album may be deleted at any time."""
    try:
        yield
    except FileNotFoundError as error:
        raise PictureLost from error


def _name(job: JobRecord, file: Path, mark: str = "") -> str:
    """Name a file by the seed of its picture."""
    return f"{job.seed + int(file.stem) - 1}{mark}.png"


def _enlarged(file: Path) -> bytes:
    """Enlarge by Lanczos, which adds no detail; the parameters stay."""
    info, content = PngInfo(), io.BytesIO()
    with Image.open(file) as picture:
        info.add_text("parameters", picture.info.get("parameters", ""))
        side = (picture.width * ENLARGEMENT, picture.height * ENLARGEMENT)
        picture.resize(side, Image.Resampling.LANCZOS).save(content, "PNG", pnginfo=info)
    return content.getvalue()


async def _send_file(message: Message, content: bytes, name: str) -> None:
    await message.reply_document(
        content,
        filename=name,
        reply_parameters=replying_to(message.message_id),
        read_timeout=UPLOAD_TIMEOUT_S,
        write_timeout=UPLOAD_TIMEOUT_S,
    )
