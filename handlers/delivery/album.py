"""An album as a message: its caption, and how it is sent."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import Bot, InputMediaPhoto, Message
from telegram.constants import MessageLimit
from telegram.error import BadRequest

from db import Album, JobRecord
from generation.modes import Likeness
from generation.request import PictureNote
from generation.words.prompt import Prompt
from handlers.core.lengths import length, shortened
from handlers.core.phrases import likeness_name, mode_name
from handlers.core.rejections import Final, meaning_of
from handlers.core.replies import UPLOAD_TIMEOUT_S, in_topic, replying_to
from handlers.texts import Say

log = logging.getLogger(__name__)

WORDS_SHOWN = 600
"""Most characters of the album's words in its caption."""

IGNORED_SHOWN = 120
"""Most characters of the words that it does not show, in each of the lines about them."""


async def send(bot: Bot, job: JobRecord, album: Album, caption: str) -> list[Message]:
    """Send the album as one message group, by the ids of its photos if it was sent before.

    Raises FileNotFoundError when pictures are missing, and what Telegram says.
    """
    if len(job.file_ids) == job.count:
        try:
            return await _send(bot, job, job.file_ids, caption)
        except BadRequest as error:
            if not isinstance(meaning_of(error), Final):
                raise
            log.info(
                "Job %s: its photos are no longer known, the files are sent: %s", job.id, error
            )
    if len(album.pictures) != job.count:
        raise FileNotFoundError(f"{len(album.pictures)} of {job.count} pictures are there")
    pictures = await asyncio.gather(
        *(asyncio.to_thread(picture.read_bytes) for picture in album.pictures)
    )
    return await _send(bot, job, pictures, caption)


async def _send(
    bot: Bot, job: JobRecord, photos: Sequence[bytes | str], caption: str
) -> list[Message]:
    """Send photos; a string is the id of one that Telegram has."""
    method: Callable[..., Awaitable[Message | tuple[Message, ...]]] = bot.send_media_group
    content: dict[str, object] = {
        "media": [
            InputMediaPhoto(photo, caption=caption if number == 0 else None)
            for number, photo in enumerate(photos)
        ]
    }
    if len(photos) == 1:  # Telegram's albums begin at two
        method, content = bot.send_photo, {"photo": photos[0], "caption": caption}

    async def into(thread_id: int | None) -> Message | tuple[Message, ...]:
        return await method(
            chat_id=job.ticket.chat_id,
            **content,
            message_thread_id=thread_id,
            reply_parameters=replying_to(job.ticket.message_id),
            read_timeout=UPLOAD_TIMEOUT_S,
            write_timeout=UPLOAD_TIMEOUT_S,
        )

    sent = await in_topic(into, job.ticket.thread_id)
    return [sent] if isinstance(sent, Message) else list(sent)


def caption(say: Say, job: JobRecord, model: str) -> str:
    """Write the album's caption, with the words that its pictures don't show.

    Its own words make room for the lines below, which are to be read nowhere else.
    """
    details = {
        "mode": _mode(say, job),
        "seed": str(job.seed),
        "seconds": f"{job.seconds or 0:.1f}",
        "model": model,
    }
    lines = likeness_lines(say, job.notes) + ignored_lines(say, job.prompts)

    def text(words: str) -> str:
        return say("album" if job.seconds else "album-part", words=words, **details) + lines

    room = max(MessageLimit.CAPTION_LENGTH - length(text("")), 0)
    words = shortened(job.words, min(room, WORDS_SHOWN))
    return shortened(text(words), MessageLimit.CAPTION_LENGTH)


def _mode(say: Say, job: JobRecord) -> str:
    """Name the mode, and the likeness where that is not the usual one."""
    mode = mode_name(say, job.mode_name)
    if job.likeness is Likeness.NORMAL:
        return mode
    return say("mode-likeness", mode=mode, likeness=likeness_name(say, job.likeness))


def likeness_lines(say: Say, notes: Sequence[PictureNote]) -> str:
    """Say of each picture, by its number, how like its person it is, and what was mended."""
    scores = ", ".join(
        say("picture-unlike" if note.likeness is None else "picture-likeness",
            number=str(number), percent=str(round((note.likeness or 0) * 100)))
        for number, note in enumerate(notes, start=1)
    )  # fmt: skip
    mended = [str(number) for number, note in enumerate(notes, start=1) if note.mended]
    lines = [say("album-likeness", scores=scores)] if scores else []
    if mended:
        lines.append(say("album-mended", count=len(mended), numbers=", ".join(mended)))
    return "".join("\n" + line for line in lines)


def ignored_lines(say: Say, prompts: Sequence[Prompt]) -> str:
    """Name the words that the pictures don't show, a line for each reason."""
    unknown = dict.fromkeys(word for prompt in prompts for word in prompt.unknown)
    lines = {
        "words-cut": ", ".join(prompt.cut for prompt in prompts if prompt.cut),
        "words-unknown": ", ".join(word for word in unknown if word.isascii()),
        "words-not-english": ", ".join(word for word in unknown if not word.isascii()),
    }
    return "".join(
        "\n" + say(text, words=shortened(words, IGNORED_SHOWN))
        for text, words in lines.items()
        if words
    )
