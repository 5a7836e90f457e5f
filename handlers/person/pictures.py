"""The pictures in a message, and their files."""

from telegram import Message
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from generation.errors import Refusal
from handlers.core import files
from handlers.core.media_groups import parts_of


class FileTooBig(Refusal):
    """The file is larger than those that Telegram hands to bots."""


class PhotoGone(Refusal):
    """The message with the photo was deleted."""


def pictures_in(message: Message) -> list[Message]:
    """Give the parts of a message that may be pictures, in their order: photos and files."""
    return [part for part in parts_of(message) if _may_be_picture(part)]


def is_film(message: Message) -> bool:
    """Say whether it moves; Telegram makes films of GIFs."""
    mime_type = message.document.mime_type if message.document else None
    return bool(message.animation or message.video or (mime_type or "").startswith("video/"))


async def download(picture: Message) -> bytes:
    """Fetch the picture's file. Raises FileTooBig, PhotoGone, FileOutOfReach."""
    attachment = picture.photo[-1] if picture.photo else picture.document
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
    return await files.content(file)


def _may_be_picture(message: Message) -> bool:
    return bool(message.photo or (message.document and not is_film(message)))
