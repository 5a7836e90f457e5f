"""/register: a photo is sent, and a face in it becomes the person's own."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

from telegram import InlineKeyboardMarkup, InputFile, InputMediaPhoto, Message, Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from generation.character import Character
from generation.errors import Refusal
from handlers.core import keyboards
from handlers.core.buttons import message_of, number, pressed
from handlers.core.context import Context, message_in
from handlers.core.replies import acknowledge
from handlers.person import traits

ASKS_TO_REGISTER = re.compile(r"^/register(@\w+)?(\s|$)", re.IGNORECASE)
NAME_LIMIT = 64
"""Most characters of a character's name."""

READING = ThreadPoolExecutor(32, "photos")
"""Threads that wait for photos to be read, so many that nobody's photos keep the others from their
turn. They are apart because the database needs the other threads."""


class FileTooBig(Refusal):
    """The file is larger than those that Telegram hands to bots."""


class PhotoGone(Refusal):
    """The message with the photo was deleted."""


async def register(update: Update, context: Context) -> None:
    """Ask for a photo, or take the one that the command replies to."""
    message = message_in(update)
    if message.reply_to_message and _has_file(message.reply_to_message):
        await _register(message.reply_to_message, context)
        return
    await context.people.users.await_next(context.person.id, "photo")
    await message.reply_text(context.say("send-photo"))


async def photo(update: Update, context: Context) -> None:
    """Register a photo that was asked for; ask whether to use one that was not."""
    message = message_in(update)
    media_group = message.media_group_id
    if media_group and not await context.people.users.starts_media_group(
        context.person.id, media_group
    ):
        return  # of several photos the first one counts
    asked = context.person.awaits == "photo" or ASKS_TO_REGISTER.match(message.caption or "")
    if asked or not await context.people.characters.exists(context.person.id):
        await _register(message, context)
    else:
        await message.reply_text(
            context.say("replace-face"),
            reply_markup=keyboards.replace_face(context.say, context.person.id),
            do_quote=True,
        )


async def replace(update: Update, context: Context) -> None:
    """Register the photo that the question was about."""
    query, _ = pressed(update, context, count=1)
    question = message_of(query)
    if question.reply_to_message is None or not _has_file(question.reply_to_message):
        raise PhotoGone
    await _register(question.reply_to_message, context)
    await question.edit_reply_markup(None)
    await acknowledge(query)


async def next_face(update: Update, context: Context) -> None:
    """Offer the next face of the photo; after the last one, the first again."""
    query, (_, face_id) = pressed(update, context, count=2)
    faces = await context.people.characters.offers(context.person.id)
    following = [face for face in faces if face > number(face_id)] or faces
    picture, caption, keyboard = await _question(context, following[0], faces)
    await message_of(query).edit_media(
        InputMediaPhoto(picture, caption=caption), reply_markup=keyboard
    )
    await acknowledge(query)


async def take(update: Update, context: Context) -> None:
    """Make the face on the button the person's own."""
    query, (_, face_id) = pressed(update, context, count=2)
    question = message_of(query)
    character = await _take(context, number(face_id))
    await question.edit_caption(context.say("registered", name=character.name))
    await traits.ask(question, context, character.traits)
    await acknowledge(query)


async def _register(message: Message, context: Context) -> None:
    await _give_notice(message, context)
    data = await _download(message)
    loop = asyncio.get_running_loop()
    faces = await loop.run_in_executor(READING, context.people.faces.find, data, context.person.id)
    offered = await context.people.characters.offer(
        context.person.id, [face.image for face in faces]
    )
    if len(offered) > 1:
        picture, caption, keyboard = await _question(context, offered[0], offered)
        await message.reply_photo(picture, caption=caption, reply_markup=keyboard)
        return
    character = await _take(context, offered[0])
    await message.reply_photo(
        InputFile(character.face, "face.png"),
        caption=context.say("registered", name=character.name),
    )
    await traits.ask(message, context, character.traits)


async def _give_notice(message: Message, context: Context) -> None:
    """Before the person's first photo is read, say what of it is stored."""
    noticed = context.person.awaits == "photo"  # the request for a photo says it
    if not noticed and not await context.people.characters.exists(context.person.id):
        await context.people.users.await_next(context.person.id, "photo")
        await message.reply_text(context.say("storage"))


async def _question(
    context: Context, face_id: int, faces: list[int]
) -> tuple[bytes, str, InlineKeyboardMarkup]:
    """Ask whether this face is the person's: give the crop, the words and the buttons."""
    return (
        await context.people.characters.offered(context.person.id, face_id),
        context.say("which-face", count=len(faces), number=faces.index(face_id) + 1),
        keyboards.faces(context.say, face_id, context.person.id, more=len(faces) > 1),
    )


async def _take(context: Context, face_id: int) -> Character:
    name = context.user.first_name[:NAME_LIMIT]
    character = await context.people.characters.take(context.person.id, face_id, name)
    await context.people.users.await_next(context.person.id, None)
    return character


def _has_file(message: Message) -> bool:
    return bool(message.photo or message.document)


async def _download(message: Message) -> bytes:
    """Fetch the photo. Raises FileTooBig, PhotoGone."""
    attachment = message.photo[-1] if message.photo else message.document
    if attachment is None:
        raise PhotoGone
    limit = FileSizeLimit.FILESIZE_DOWNLOAD
    too_big = FileTooBig(limit=int(limit) // 1_000_000)
    if (attachment.file_size or 0) > limit:
        raise too_big
    try:
        file = await attachment.get_file()
    except BadRequest as error:
        if "too big" in error.message.lower():
            raise too_big from error
        raise PhotoGone from error
    return bytes(await file.download_as_bytearray())
