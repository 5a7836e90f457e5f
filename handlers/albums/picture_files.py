"""Pictures sent as files: to the chat where they were asked for, or else to the person alone."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Chat, InputMediaDocument, Message
from telegram.error import TelegramError

from db import Ticket
from generation.errors import Refusal
from handlers.albums.enlargement import PictureFile
from handlers.core.context import Context
from handlers.core.rejections import Missing, meaning_of
from handlers.core.replies import UPLOAD_TIMEOUT_S, in_topic, replying_to, until_taken


class FilesRefused(Refusal):
    """Neither the group nor the person's private chat takes the files."""


@dataclass(frozen=True, slots=True)
class NamedFile:
    name: str
    picture: PictureFile


async def send_files(context: Context, message: Message, files: Sequence[NamedFile]) -> None:
    """Send files in reply to `message`; where its group takes none, to the person's private chat.

    Raises FilesRefused when neither takes them.
    """
    ticket = context.ticket(message)
    try:
        await _send(context, ticket, files)
    except TelegramError as error:
        meaning = meaning_of(error)
        if not isinstance(meaning, Missing) or message.chat.type == Chat.PRIVATE:
            raise
        reason = context.say(f"right-{meaning.right}")
        try:
            await _send(context, ticket.alone(), files)
        except TelegramError as refused:
            raise FilesRefused(reason=reason) from refused
        with contextlib.suppress(TelegramError):  # words may be forbidden there too
            await message.reply_text(context.say("sent-alone", reason=reason))


async def _send(context: Context, ticket: Ticket, files: Sequence[NamedFile]) -> None:
    bot = context.bot

    async def into(thread_id: int | None) -> object:
        place = {
            "chat_id": ticket.chat_id,
            "message_thread_id": thread_id,
            "reply_parameters": replying_to(ticket.message_id),
            "read_timeout": UPLOAD_TIMEOUT_S,
            "write_timeout": UPLOAD_TIMEOUT_S,
        }
        if len(files) == 1:  # Telegram's albums begin at two
            (one,) = files
            return await bot.send_document(
                document=one.picture.content,
                filename=one.name,
                thumbnail=one.picture.thumbnail,
                **place,  # type: ignore[arg-type]
            )
        media = [
            InputMediaDocument(
                one.picture.content, filename=one.name, thumbnail=one.picture.thumbnail
            )
            for one in files
        ]
        return await bot.send_media_group(media=media, **place)  # type: ignore[arg-type]

    await until_taken(lambda: in_topic(into, ticket.thread_id))
