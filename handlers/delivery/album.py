"""An album as a message: its caption, and how it is sent."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from telegram import Bot, InputMediaPhoto, Message
from telegram.constants import MessageLimit
from telegram.error import BadRequest

from db import JobRecord
from generation.modes import Likeness
from generation.request import PictureNote
from generation.sizes import Size
from generation.words.story import caption_of
from generation.words.styles import StyleEntry
from handlers.core.decency import Decency, Seen
from handlers.core.lengths import length, shortened
from handlers.core.phrases import likeness_name, loras_text, mode_name, style_name
from handlers.core.rejections import Final, meaning_of
from handlers.core.remarks import remark_lines
from handlers.core.replies import UPLOAD_TIMEOUT_S, in_topic, replying_to
from handlers.texts import Say

log = logging.getLogger(__name__)

Styles = Mapping[str, StyleEntry]
"""All styles by their names: an album is told by a style's title."""

WORDS_SHOWN = 600
"""Most characters of the album's words in its caption."""

LEAST_WORDS = 120
"""Characters of a caption that are left to the album's words, whatever stands below them."""

SCENE_SHOWN = 200
"""Most characters of each scene in the list of a story's scenes."""


async def send(
    bot: Bot, job: JobRecord, decency: Decency, captions: Sequence[str]
) -> tuple[JobRecord, list[Message]]:
    """Send the album as one message group, by the ids of its photos if it was sent before.

    `captions`: one for each picture; empty: none. In a private chat indecent pictures are blurred,
    in a group they are left out: perhaps nothing is sent. Gives the job with what was found of its
    pictures, too. Raises FileNotFoundError when pictures are missing, NotChecked, and what Telegram
    says.
    """
    seen: list[Seen] = []
    if len(job.file_ids) == job.count:
        if not decency.passed(job):
            job, seen = await decency.album(job)
        if decency.passed(job):
            try:
                return job, await _send(bot, job, job.file_ids, captions)
            except BadRequest as error:
                if not isinstance(meaning_of(error), Final):
                    raise
                log.info(
                    "Job %s: its photos are no longer known, the files are sent: %s", job.id, error
                )
    if not seen:
        job, seen = await decency.album(job)
    if len(seen) != job.count:
        raise FileNotFoundError(f"{len(seen)} of {job.count} pictures are there")
    shown = [one for one in seen if not (one.indecent and job.ticket.chat_id < 0)]
    if not shown:
        return job, []
    photos = await asyncio.gather(*(one.veiled() for one in shown))
    return job, await _send(bot, job, photos, _captions_of(shown, captions, job))


def _captions_of(shown: Sequence[Seen], captions: Sequence[str], job: JobRecord) -> list[str]:
    """Give the captions of the pictures that are shown: the album's own stands under the first."""
    if job.scenes:
        return [captions[one.number - 1] for one in shown]
    return [captions[0], *[""] * (len(shown) - 1)]


async def _send(
    bot: Bot, job: JobRecord, photos: Sequence[bytes | str], captions: Sequence[str]
) -> list[Message]:
    """Send photos; a string is the id of one that Telegram has."""
    method: Callable[..., Awaitable[Message | tuple[Message, ...]]] = bot.send_media_group
    content: dict[str, object] = {
        "media": [
            InputMediaPhoto(photo, caption=caption or None)
            for photo, caption in zip(photos, captions, strict=True)
        ]
    }
    if len(photos) == 1:  # Telegram's albums begin at two
        method, content = bot.send_photo, {"photo": photos[0], "caption": captions[0]}

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


def captions(say: Say, job: JobRecord, model: str, styles: Styles) -> list[str]:
    """Write the caption of each picture: a story's scenes, or else the album's on the first."""
    if job.scenes:
        scenes = map(caption_of, job.scenes[: job.count])
        return [shortened(scene, MessageLimit.CAPTION_LENGTH) for scene in scenes]
    return [_caption(say, job, model, styles), *[""] * (job.count - 1)]


def under(
    say: Say, job: JobRecord, model: str, styles: Styles, held: Sequence[int], chat_id: int
) -> str:
    """Write what stands under the album in a chat, above its buttons.

    Under an album whose pictures have captions Telegram shows none of them, so that a story's
    scenes and its details are said here. `held`: the numbers of pictures that are not shown as they
    are.
    """
    done = held_text(say, job, held, chat_id) + say("album-done")
    if not job.scenes:
        return done
    scenes = [
        say("scene-line", number=str(number), words=shortened(caption_of(scene), SCENE_SHOWN))
        for number, scene in enumerate(job.scenes[: job.count], start=1)
    ]
    lines = [
        say("story-told", count=len(scenes)),
        *scenes,
        "",
        _details(say, job, model, styles) + _lines(say, job),
        "",
        done,
    ]
    return shortened("\n".join(lines), MessageLimit.MAX_TEXT_LENGTH)


def held_text(say: Say, job: JobRecord, held: Sequence[int], chat_id: int) -> str:
    """Say which pictures are blurred or left out, in a paragraph; empty: none."""
    if not held:
        return ""
    kind = "blurred" if chat_id > 0 else "all-held" if len(held) == job.count else "held"
    shown = [str(number) for number in range(1, job.count + 1) if number not in held]
    numbers = ", ".join(map(str, held))
    said = say(f"pictures-{kind}", count=len(held), numbers=numbers, shown=", ".join(shown))
    return f"{said}\n\n"


def _caption(say: Say, job: JobRecord, model: str, styles: Styles) -> str:
    """Write the album's caption, with what its pictures don't show as it was said.

    Its own words make room for the lines below, which are to be read nowhere else.
    """
    details = _details(say, job, model, styles)
    room = MessageLimit.CAPTION_LENGTH - LEAST_WORDS - length(details)
    below = details + _lines(say, job, room)

    def text(words: str) -> str:
        return say("album", words=words) + "\n" + below

    room = max(MessageLimit.CAPTION_LENGTH - length(text("")), 0)
    words = shortened(job.words, min(room, WORDS_SHOWN))
    return shortened(text(words), MessageLimit.CAPTION_LENGTH)


def _manner(say: Say, job: JobRecord, styles: Styles) -> str:
    """Name the mode; the likeness, style, LoRAs and shape where they are not the usual ones."""
    parts = [mode_name(say, job.mode_name)]
    if job.likeness is not Likeness.NORMAL:
        parts.append(say("album-with-likeness", likeness=likeness_name(say, job.likeness)))
    if job.style:
        parts.append(style_name(styles, job.style, job.ticket.language))
    if loras := loras_text(job, job.loras):
        parts.append(loras)
    if job.size is not Size.SQUARE:
        parts.append(say(f"size-{job.size}"))
    return ", ".join(parts)


def _details(say: Say, job: JobRecord, model: str, styles: Styles) -> str:
    return say(
        "album-line" if job.seconds else "album-line-part",
        mode=_manner(say, job, styles),
        seed=str(job.seed),
        seconds=f"{job.seconds or 0:.1f}",
        model=job.model or model,
    )


def _lines(say: Say, job: JobRecord, room: int = MessageLimit.MAX_TEXT_LENGTH) -> str:
    likeness = likeness_lines(say, job.notes)
    return likeness + remark_lines(say, job, room - length(likeness))


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
