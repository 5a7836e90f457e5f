"""An album as a message: its caption, and how it is sent."""

import asyncio
from typing import TYPE_CHECKING

from telegram import Bot, InputMediaPhoto, Message
from telegram.constants import MessageLimit

from db import Album, JobRecord
from handlers.core.lengths import shortened
from handlers.core.replies import UPLOAD_TIMEOUT_S, in_topic, replying_to
from handlers.texts import Say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

WORDS_SHOWN = 600
"""Most characters of the album's words in its caption."""

CUT_SHOWN = 200
"""Most characters of the words that the model did not read."""


async def send(bot: Bot, job: JobRecord, album: Album, caption: str) -> list[Message]:
    """Send the album as one message group. Raises FileNotFoundError when pictures are missing."""
    if len(album.pictures) != job.count:
        raise FileNotFoundError(f"{len(album.pictures)} of {job.count} pictures are there")
    pictures = await asyncio.gather(
        *(asyncio.to_thread(picture.read_bytes) for picture in album.pictures)
    )
    method: Callable[..., Awaitable[Message | tuple[Message, ...]]] = bot.send_media_group
    content: dict[str, object] = {
        "media": [
            InputMediaPhoto(picture, caption=caption if number == 0 else None)
            for number, picture in enumerate(pictures)
        ]
    }
    if len(pictures) == 1:  # Telegram's albums begin at two
        method, content = bot.send_photo, {"photo": pictures[0], "caption": caption}

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


def caption(say: Say, job: JobRecord, model: str, cut: str) -> str:
    """Write the album's caption; `cut`: the words that the model did not read."""
    text = say(
        "album" if job.seconds else "album-part",
        words=shortened(job.words, WORDS_SHOWN),
        mode=job.mode_name,
        seed=str(job.seed),
        seconds=f"{job.seconds or 0:.1f}",
        model=model,
    )
    return shortened(text + cut_line(say, cut), MessageLimit.CAPTION_LENGTH)


def cut_line(say: Say, cut: str) -> str:
    return "\n" + say("cut", words=shortened(cut, CUT_SHOWN)) if cut else ""
